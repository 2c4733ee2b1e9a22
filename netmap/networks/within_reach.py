"""Which activities people of each area can get to: near them, in their area, or serving it.

The distances are worked out in :mod:`netmap.networks.catchments`; what follows from being within
reach is for :mod:`netmap.networks.reach`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.catchments import Pairs, pairs_within
from netmap.networks.models import Activity
from netmap.networks.network_settings import ReachSettings
from netmap.networks.register import Register
from netmap.places import distance_class, to_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray


def in_reach(register: Register, activities: Sequence[Activity]) -> dict[str, tuple[Activity, ...]]:
    """List the activities that people of each area can get to; remote ones are left out.

    Args:
        register: The network.
        activities: Which activities to look for.

    Returns:
        For each area but the anonymised ones its activities, in the order given.
    """
    codes = [area.code for area in register.areas if not area.anonymised]
    there = [a for a in activities if not a.remote]
    areas_m, activities_m = projected(register, codes, there)
    edge = catchments_km(register, codes)
    pairs = pairs_within(areas_m, activities_m, edge, detour=register.settings.reach.detour)
    reached = reached_in(register, codes, there, pairs)
    return {code: tuple(there[i] for i in sorted(reached[n])) for n, code in enumerate(codes)}


def reached_in(
    register: Register, codes: Sequence[str], activities: Sequence[Activity], pairs: Pairs
) -> list[set[int]]:
    """For each area, the indices of the activities within reach: near, in its line, or serving it.

    An aggregate stands at its area's point for distances, and is in no other area's reach.
    """
    lines = {code: register.areas.line(code) for code in codes}
    found: list[set[int]] = [set() for _ in codes]
    index = {code: n for n, code in enumerate(codes)}
    for n, i in zip(pairs.area.tolist(), pairs.activity.tolist(), strict=True):
        if not activities[i].aggregate:
            found[n].add(i)
    for i, activity in enumerate(activities):
        own = register.area_of(activity)
        within = (own, *register.areas.ancestors(own)) if own else ()
        for code in (*within, *(c for served in activity.serves for c in lines.get(served, ()))):
            if code in index:
                found[index[code]].add(i)
    return found


def catchments_km(register: Register, codes: Sequence[str]) -> "NDArray[np.float64]":
    """Look up how far the people of each area can travel, by its rural/urban class."""
    settings: ReachSettings = register.settings.reach
    by_class = {"urban": settings.urban_km, "rural": settings.rural_km}
    return np.array([by_class[distance_class(register.areas[c].rural_urban)] for c in codes])


def projected(
    register: Register, codes: Sequence[str], activities: Sequence[Activity]
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Project areas and activities together, so that one CRS fits both."""
    nowhere = (np.nan, np.nan)
    degrees = np.array(
        [register.areas[c].point or nowhere for c in codes]
        + [register.point_of(a) or nowhere for a in activities],
        dtype=np.float64,
    ).reshape(-1, 2)
    metres = to_metres(degrees)
    return metres[: len(codes)], metres[len(codes) :]
