"""Distances and catchments: arrays in, arrays out, and nothing of registers.

Distances are straight-line in a metric CRS times ``detour``.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
_METRES = 1000.0
_EDGE = 0.01  # what the Gaussian falls to at the edge of the catchment


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sparse area-activity pairs within the catchments, in order of area, then activity.

    Attributes:
        area: Index of the area, int64.
        activity: Index of the activity, int64.
        km: The distance, kilometres with detour, float64.
    """

    area: "NDArray[np.int64]"
    activity: "NDArray[np.int64]"
    km: "NDArray[np.float64]"


def nearest_km(
    areas: "NDArray[np.float64]", activities: "NDArray[np.float64]", *, detour: float
) -> "NDArray[np.float64]":
    """Measure from each area to its nearest activity.

    Args:
        areas: One point per area, metric CRS, metres, shape (n, 2); NaN where unknown.
        activities: One point per activity, same CRS, shape (m, 2); may be empty.
        detour: Road distance over straight-line distance, at least 1.

    Returns:
        Kilometres as float64, in the order of `areas`; infinity where there is no activity or no
        point.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415  # only reach needs it

    found = np.full(len(areas), np.inf)
    known = np.isfinite(areas).all(axis=1)
    points = activities[np.isfinite(activities).all(axis=1)]
    if len(points) and known.any():
        found[known] = KDTree(points).query(areas[known])[0] * detour / _METRES
    return found


def pairs_within(
    areas: "NDArray[np.float64]",
    activities: "NDArray[np.float64]",
    catchment_km: "NDArray[np.float64]",
    *,
    detour: float,
) -> Pairs:
    """List the activities within each area's own catchment.

    Args:
        areas: One point per area, metric CRS, metres; NaN where unknown.
        activities: One point per activity, same CRS; NaN where unknown.
        catchment_km: How far the people of each area can travel, in the order of `areas`.
        detour: Road distance over straight-line distance.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415

    placed = np.flatnonzero(np.isfinite(activities).all(axis=1))
    known = np.flatnonzero(np.isfinite(areas).all(axis=1))
    if not len(placed) or not len(known):
        none = np.empty(0, dtype=np.int64)
        return Pairs(none, none, np.empty(0))
    radii = catchment_km[known] * _METRES / detour
    # A hair more than the radius, so that what lies on the edge is not lost to rounding.
    near = KDTree(activities[placed]).query_ball_point(
        areas[known], radii * (1 + 1e-12), return_sorted=True
    )
    sizes = np.fromiter((len(found) for found in near), dtype=np.int64, count=len(near))
    area = np.repeat(known, sizes)
    flat = [index for found in near for index in found]
    activity = placed[np.asarray(flat, dtype=np.int64)]
    km = np.linalg.norm(areas[area] - activities[activity], axis=1) * detour / _METRES
    return Pairs(area, activity, km)


def decay_weights(
    km: "NDArray[np.float64]", catchment_km: "NDArray[np.float64]", decay: str
) -> "NDArray[np.float64]":
    """Weigh distances: 1 on the spot, falling to 1 % at the edge (Gaussian), or 1 (step).

    Source: Gaussian decay after Luo and Qi (2009), scaled to the catchment's edge.
    """
    if decay == "step":
        return np.ones_like(km)
    falling: NDArray[np.float64] = np.exp(np.log(_EDGE) * np.square(km / catchment_km))
    return falling


def supply_per_1000(
    pairs: Pairs,
    weights: "NDArray[np.float64]",
    people: "NDArray[np.float64]",
    supply: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """Work out the supply of activities per 1,000 people of each area (E2SFCA).

    First each activity is shared among the people who can get to it, near ones more; then each
    area adds up the shares it can get to. Source: enhanced two-step floating catchment area, Luo
    and Qi (2009).

    Args:
        pairs: Area-activity pairs within the catchments.
        weights: The decay of each pair.
        people: People of each area; NaN counts as nobody.
        supply: What each activity counts for.

    Returns:
        Activities per 1,000 people, in the order of `people`.
    """
    demand = np.bincount(
        pairs.activity,
        weights=np.nan_to_num(people)[pairs.area] * weights,
        minlength=len(supply),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(demand > 0, supply / demand, 0.0)
    shares = np.bincount(pairs.area, weights=ratio[pairs.activity] * weights, minlength=len(people))
    return shares.astype(np.float64) * 1000
