"""How far the nearest activity is, how many are within reach, how much there is for people.

Arrays in, arrays out, for many layers in one pass. A layer is a choice of activities: those open
to a community, those for it. Points are metric, in metres; NaN and infinity stand for an unknown
place, from which and to which nothing is within reach. Distances are straight-line times
``detour``; what lies on the edge of a catchment is within it. Small registers are worked out on
whole matrices, large ones by compiled loops (:mod:`netmap.networks.reach.streaming`) with the same
numbers.
"""

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
_WORD = 64
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
    at, there, chosen = areas[known], activities[placed], layers[placed]
    if _small(at, there):
        metres = dense.nearest_m(at, there, chosen)
    else:
        from netmap.networks.reach import streaming  # noqa: PLC0415  # waits for numba

        metres = np.concatenate(
            [streaming.nearest_m(at, there, _bits(part), part.shape[1]) for part in _words(chosen)],
            axis=1,
        )
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
    known, placed = _finite(areas), _finite(activities)
    found = np.zeros((len(areas), layers.shape[1]), dtype=np.int64)
    if not len(known) or not len(placed):
        return found
    at, there = areas[known], activities[placed]
    radius = _radius(catchment_km[known], detour)
    # Activities in the same layers are counted together, and told apart only at the end.
    patterns, kinds = np.unique(layers[placed], axis=0, return_inverse=True)
    kinds = kinds.reshape(-1).astype(np.int64)
    if _small(at, there):
        by_kind = dense.counts(at, there, weights[placed], kinds, radius)
    else:
        from netmap.networks.reach import streaming  # noqa: PLC0415

        by_kind = streaming.counts(at, there, weights[placed], kinds, radius)
    found[known] = by_kind @ patterns.astype(np.int64)
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
        people: Who needs each layer, shape (n, layers); NaN counts as nobody.
        supply: What each activity counts for, shape (m,).
        layers: Which activities are in which layer, shape (m, layers).
        catchment_km: How far the people of each area can travel.
        decay: ``gaussian`` (1 % at the edge) or ``step``.
        detour: Road distance over straight-line distance.

    Returns:
        Activities per 1,000 people, float64, shape (n, layers); 0 where there is no point.
    """
    known, placed = _finite(areas), _finite(activities)
    found = np.zeros((len(areas), layers.shape[1]))
    if not len(known) or not len(placed):
        return found
    at, there, chosen = areas[known], activities[placed], layers[placed]
    heads = np.nan_to_num(people[known], nan=0.0)
    radius = _radius(catchment_km[known], detour)
    gaussian = decay == "gaussian"
    if _small(at, there):
        shares = dense.supply(at, there, heads, supply[placed], chosen, radius, gaussian=gaussian)
    else:
        from netmap.networks.reach import streaming  # noqa: PLC0415

        parts, start = [], 0
        for part in _words(chosen):
            width = part.shape[1]
            some = np.flatnonzero(part.any(axis=1))
            parts.append(
                streaming.supply(
                    at,
                    there[some],
                    np.ascontiguousarray(heads[:, start : start + width]),
                    supply[placed][some],
                    _bits(part[some]),
                    radius,
                    gaussian=gaussian,
                )
                if len(some)
                else np.zeros((len(at), width))
            )
            start += width
        shares = np.concatenate(parts, axis=1)
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
    known, placed = _finite(areas), _finite(activities)
    if not len(known) or not len(placed):
        none = np.empty(0, dtype=np.int64)
        return Pairs(none, none, np.empty(0))
    at, there = areas[known], activities[placed]
    radius = _radius(catchment_km[known], detour)
    if _small(at, there):
        area, activity = dense.list_pairs(at, there, radius)
    else:
        from netmap.networks.reach import streaming  # noqa: PLC0415

        area, activity = streaming.list_pairs(at, there, radius)
    apart = at[area] - there[activity]
    km = np.sqrt(np.square(apart).sum(axis=1)) * (detour / _METRES)
    return Pairs(known[area], placed[activity], km)


def nearest_km(areas: "Points", activities: "Points", *, detour: float) -> "NDArray[np.float64]":
    """Measure from each area to its nearest activity, as :func:`nearest_by_layer` for one layer.

    Returns:
        Kilometres as float64, in the order of `areas`; infinity where there is no activity or no
        point.
    """
    all_of_them = np.ones((len(activities), 1), dtype=bool)
    found: NDArray[np.float64] = nearest_by_layer(areas, activities, all_of_them, detour=detour)
    return found[:, 0]


def _small(areas: "Points", activities: "Points") -> bool:
    return len(areas) * len(activities) <= SMALL


def _finite(points: "Points") -> "NDArray[np.int64]":
    return np.flatnonzero(np.isfinite(points).all(axis=1))


def _radius(catchment_km: "NDArray[np.float64]", detour: float) -> "NDArray[np.float64]":
    radius: NDArray[np.float64] = catchment_km * (_METRES / detour * _HAIR)
    return radius


def _words(layers: "Layers") -> "list[Layers]":
    """Part layers into words of 64 bits."""
    return [layers[:, n : n + _WORD] for n in range(0, layers.shape[1], _WORD)]


def _bits(layers: "Layers") -> "NDArray[np.uint64]":
    """Write the layers of each activity as the bits of one word."""
    bits = np.zeros(len(layers), dtype=np.uint64)
    for n in range(layers.shape[1]):
        bits |= layers[:, n].astype(np.uint64) << np.uint64(n)
    return bits
