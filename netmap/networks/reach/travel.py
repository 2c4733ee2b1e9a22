"""What is within reach by travel times, and by the straight line where the times say nothing.

A pair is within reach when its minutes are within the limit of the area's rural/urban class. Areas
and activities that the travel times do not speak of at all are judged by the straight line; so
that both can be added up, such a pair takes the same part of the limit in minutes as its
kilometres are of the catchment: half of the catchment is half of the time.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity
from netmap.networks.reach.catchments import Pairs
from netmap.networks.reach.layers import pairs_within
from netmap.networks.register import Register
from netmap.networks.travel_times import TravelTimes, places
from netmap.places import distance_class

if TYPE_CHECKING:
    from numpy.typing import NDArray


def limits_minutes(register: Register, codes: Sequence[str]) -> "NDArray[np.float64]":
    """Look up how long the people of each area can travel, by its rural/urban class."""
    settings = register.settings.reach
    by_class = {"urban": settings.urban_minutes, "rural": settings.rural_minutes}
    return np.array([by_class[distance_class(register.areas[c].rural_urban)] for c in codes])


def travel_pairs(
    travel: TravelTimes,
    codes: Sequence[str],
    activities: Sequence[str],
    limit_minutes: "NDArray[np.float64]",
) -> Pairs:
    """List the activities within each area's own limit.

    Args:
        travel: The travel times.
        codes: The areas.
        activities: The ids of the activities.
        limit_minutes: How long the people of each area can travel, in the order of `codes`.

    Returns:
        Pairs of places in `codes` and `activities`; their ``km`` are minutes.
    """
    area, activity, minutes = _among(travel, codes, activities)
    # In single precision as the times are, or 30.1 would not be within 30.1.
    near = (area >= 0) & (activity >= 0)
    near &= minutes <= limit_minutes.astype(np.float32)[area]
    return _ordered(area[near], activity[near], minutes[near].astype(np.float64))


def nearest_minutes(
    travel: TravelTimes, codes: Sequence[str], activities: Sequence[str]
) -> "NDArray[np.float64]":
    """Find how long each area's people travel to the nearest of some activities.

    Returns:
        Minutes as float64, in the order of `codes`; infinity where there is no way.
    """
    area, activity, minutes = _among(travel, codes, activities)
    known = (area >= 0) & (activity >= 0)
    found = np.full(len(codes), np.inf)
    np.minimum.at(found, area[known], minutes[known].astype(np.float64))
    return found


def pairs_near(
    register: Register,
    codes: Sequence[str],
    activities: Sequence[Activity],
    points: "tuple[NDArray[np.float64], NDArray[np.float64]]",
    edge_km: "NDArray[np.float64]",
) -> "tuple[Pairs, NDArray[np.float64]]":
    """List the activities near each area, by travel times where the register has any.

    Args:
        register: The network.
        codes: The areas.
        activities: The activities.
        points: One point per area and one per activity, metric CRS, metres; NaN where unknown.
        edge_km: How far the people of each area can travel, in the order of `codes`.

    Returns:
        The pairs, and the limit of each area in the same unit: kilometres with detour, or where
        the register has travel times, minutes.
    """
    detour = register.settings.reach.detour
    travel = register.travel
    if travel is None:
        return pairs_within(*points, edge_km, detour=detour), edge_km
    ids = [one.id for one in activities]
    limit = limits_minutes(register, codes)
    timed = travel_pairs(travel, codes, ids, limit)
    told_areas = places(codes, travel.areas) >= 0
    told = places(ids, travel.activities) >= 0
    # What the times do not speak of: such areas to everything, the others to such activities.
    rest = [
        pairs_within(_only(points[0], ~told_areas), points[1], edge_km, detour=detour),
        pairs_within(_only(points[0], told_areas), _only(points[1], ~told), edge_km, detour=detour),
    ]
    pairs = [timed, *(_as_minutes(one, edge_km, limit) for one in rest)]
    return (
        _ordered(
            np.concatenate([p.area for p in pairs]),
            np.concatenate([p.activity for p in pairs]),
            np.concatenate([p.km for p in pairs]),
        ),
        limit,
    )


def _among(
    travel: TravelTimes, codes: Sequence[str], activities: Sequence[str]
) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]":
    """Give each pair's places among some areas and activities, -1 where it is not among them."""
    area = places(travel.areas, codes)[travel.area]
    activity = places(travel.activities, activities)[travel.activity]
    return area, activity, travel.minutes


def _ordered(
    area: "NDArray[np.int64]", activity: "NDArray[np.int64]", minutes: "NDArray[np.float64]"
) -> Pairs:
    order = np.lexsort((activity, area))
    return Pairs(area[order], activity[order], minutes[order])


def _only(points: "NDArray[np.float64]", chosen: "NDArray[np.bool_]") -> "NDArray[np.float64]":
    """Leave the other points unknown."""
    left: NDArray[np.float64] = np.where(chosen[:, None], points, np.nan)
    return left


def _as_minutes(
    pairs: Pairs, edge_km: "NDArray[np.float64]", limit_minutes: "NDArray[np.float64]"
) -> Pairs:
    share = pairs.km / edge_km[pairs.area]
    return Pairs(pairs.area, pairs.activity, share * limit_minutes[pairs.area])
