"""How far the nearest activity is, how many are within reach, how much there is for people.

Arrays in, arrays out, for many layers in one pass. A layer is a choice of activities: those open
to a community, those for it. Points are metric, in metres; NaN and infinity stand for an unknown
place, from which and to which nothing is within reach. Distances are straight-line times
``detour``; what lies on the edge of a catchment is within it. Small registers are worked out on
whole matrices, large ones by compiled loops (:mod:`netmap.networks.reach.streaming`) with the same
numbers.
"""

from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach import dense
from netmap.networks.reach.catchments import Pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Layers = NDArray[np.bool_]

_METRES = 1000.0
_HAIR = 1 + 1e-12  # what lies on the edge is not lost to rounding
_NEXT_TO_NOTHING, _BEYOND_EVERYTHING = 1e-6, 1e15  # metres
# Below so many pairs a matrix is there before numba is imported.
SMALL = 3_000_000


def nearest_by_layer(
    areas: "Points", activities: "Points", layers: "Layers", *, detour: float
) -> "Points":
    """Measure from each area to its nearest activity of each layer.

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2).
        activities: One point per activity, same CRS, shape (m, 2); may be empty.
        layers: Which activities are in which layer, shape (m, layers).
        detour: Road distance over straight-line distance, at least 1.

    Returns:
        Kilometres, float64, shape (n, layers); infinity where there is no activity or no point.
    """
    known, placed = _finite(areas), _finite(activities)
    found = np.full((len(areas), layers.shape[1]), np.inf)
    if not len(known) or not len(placed):
        return found
    work = _work(len(known) * len(placed))
    metres = work.nearest_m(areas[known], activities[placed], layers[placed])
    found[known] = metres * (detour / _METRES)
    return found


def count_within(
    areas: "Points",
    activities: "Points",
    weights: "NDArray[np.int64]",
    layers: "Layers",
    catchment_km: "NDArray[np.float64]",
    *,
    detour: float,
) -> "NDArray[np.int64]":
    """Add up the activities of each layer within each area's own catchment.

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2).
        activities: One point per activity, same CRS, shape (m, 2).
        weights: What each activity counts for, int64.
        layers: Which activities are in which layer, shape (m, layers).
        catchment_km: How far the people of each area can travel.
        detour: Road distance over straight-line distance.

    Returns:
        Counts, int64, shape (n, layers).
    """
    radius = straight_m(catchment_km, detour)
    known, placed = _finite(areas, radius), _finite(activities)
    found = np.zeros((len(areas), layers.shape[1]), dtype=np.int64)
    if len(known) and len(placed):
        found[known] = _work(len(known) * len(placed)).counts(
            areas[known], activities[placed], weights[placed], layers[placed], radius[known]
        )
    return found


def supply_by_layer(
    areas: "Points",
    activities: "Points",
    people: "Points",
    supply: "NDArray[np.float64]",
    layers: "Layers",
    catchment_km: "NDArray[np.float64]",
    decay: str,
    *,
    detour: float,
) -> "Points":
    """Work out the supply of each layer per 1,000 people of each area (E2SFCA).

    First each activity is shared among the people of its layer who can get to it, near ones more;
    then each area adds up the shares it can get to. Source: enhanced two-step floating catchment
    area, Luo and Qi (2009); with the decay ``step`` the two-step one of Luo and Wang (2003).

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2).
        activities: One point per activity, same CRS, shape (m, 2).
        people: Who needs each layer, shape (n, layers), or (n,) where all layers are for the same;
            NaN counts as nobody.
        supply: What each activity counts for, shape (m,).
        layers: Which activities are in which layer, shape (m, layers).
        catchment_km: How far the people of each area can travel.
        decay: ``gaussian`` (1 % at the edge) or ``step``.
        detour: Road distance over straight-line distance.

    Returns:
        Activities per 1,000 people, float64, shape (n, layers); 0 where there is no point.
    """
    radius = straight_m(catchment_km, detour)
    known, placed = _finite(areas, radius), _finite(activities)
    found = np.zeros((len(areas), layers.shape[1]))
    if len(known) and len(placed):
        heads = np.nan_to_num(people, nan=0.0).reshape(len(areas), -1)
        shares = _work(len(known) * len(placed)).supply(
            areas[known],
            activities[placed],
            np.broadcast_to(heads, found.shape)[known],
            supply[placed],
            layers[placed],
            radius[known],
            gaussian=decay == "gaussian",
        )
        found[known] = shares * 1000
    return found


def pairs_within(
    areas: "Points", activities: "Points", catchment_km: "NDArray[np.float64]", *, detour: float
) -> Pairs:
    """List the activities within each area's own catchment.

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2).
        activities: One point per activity, same CRS, shape (m, 2).
        catchment_km: How far the people of each area can travel, in the order of `areas`.
        detour: Road distance over straight-line distance.
    """
    radius = straight_m(catchment_km, detour)
    known, placed = _finite(areas, radius), _finite(activities)
    if not len(known) or not len(placed):
        none = np.empty(0, dtype=np.int64)
        return Pairs(none, none, np.empty(0))
    area, activity, metres = _work(len(known) * len(placed)).list_pairs(
        areas[known], activities[placed], radius[known]
    )
    return Pairs(known[area], placed[activity], metres * (detour / _METRES))


def nearest_km(areas: "Points", activities: "Points", *, detour: float) -> "NDArray[np.float64]":
    """Measure from each area to its nearest activity, as :func:`nearest_by_layer` for one layer.

    Returns:
        Kilometres as float64, in the order of `areas`; infinity where there is no activity or no
        point.
    """
    all_of_them = np.ones((len(activities), 1), dtype=bool)
    found: NDArray[np.float64] = nearest_by_layer(areas, activities, all_of_them, detour=detour)
    return found[:, 0]


def _work(pairs: int) -> ModuleType:
    """Choose how so many pairs are looked at."""
    if pairs <= SMALL:
        return dense
    from netmap.networks.reach import streaming  # noqa: PLC0415  # waits for numba

    return streaming


def _finite(points: "Points", radius: "NDArray[np.float64] | None" = None) -> "NDArray[np.int64]":
    """Choose the points whose place is known, and whose catchment is."""
    known = np.isfinite(points).all(axis=1)
    if radius is not None:
        known &= ~np.isnan(radius)
    return np.flatnonzero(known)


def straight_m(catchment_km: "NDArray[np.float64]", detour: float) -> "NDArray[np.float64]":
    """Give catchments as straight lines, metres, such as can be divided by."""
    metres = np.asarray(catchment_km, dtype=np.float64) * (_METRES / detour * _HAIR)
    return np.clip(metres, _NEXT_TO_NOTHING, _BEYOND_EVERYTHING)
