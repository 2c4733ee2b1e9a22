"""Reach: how far people of each area are from activities, and how much there is for them.

Arrays in, arrays out: :func:`nearest_km`, :func:`pairs_within` and :func:`supply_per_1000` know
nothing of registers. :func:`reach` puts a register's areas and activities through them. Distances
are straight-line in a metric CRS times ``detour``; a supplied travel-time table replaces them.
Online and telephone activities are in no distance and no count.
"""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity, ReachSettings
from netmap.networks.people import community_count
from netmap.networks.register import Register
from netmap.networks.summary import population_of
from netmap.places import distance_class, to_metres
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmap.privacy import Protected

_METRES = 1000.0
_EDGE = 0.01  # what the Gaussian falls to at the edge of the catchment


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What the people of one area can get to; kilometres include ``detour``, None is infinite."""

    area: str
    people: "Protected"
    nearest_km: float | None
    nearest_specific_km: float | None
    within_reach: int
    specific_within_reach: int | None
    supply_per_1000: float | None
    rural_urban: str | None


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


def catchments_km(register: Register, codes: Sequence[str]) -> "NDArray[np.float64]":
    """Look up how far the people of each area can travel, by its rural/urban class."""
    settings: ReachSettings = register.settings.reach
    by_class = {"urban": settings.urban_km, "rural": settings.rural_km}
    return np.array([by_class[distance_class(register.areas[c].rural_urban)] for c in codes])


def usable_by(community: str | None, communities: Vocabulary) -> frozenset[str]:
    """Name the communities whose activities count as specific for one: itself and its parents."""
    return frozenset((community, *communities.ancestors(community))) if community else frozenset()


def is_specific(activity: Activity, community: str, communities: Vocabulary) -> bool:
    """Tell whether an activity is for a community, or for one above it."""
    return bool(set(activity.communities) & usable_by(community, communities))


def reach(
    register: Register, communities: Vocabulary, community: str | None = None
) -> tuple[ReachRow, ...]:
    """Work out the reach of every area that has a point or people, in code order.

    Args:
        register: The network.
        communities: The communities and their parents.
        community: Count only what its members may use: open activities, those for it and those
            for a parent of it. None counts all activities, and leaves the specific figures out.
    """
    codes = [area.code for area in register.areas if not area.anonymised]
    activities = [a for a in register.provision if not a.remote]
    if community:
        # Whom a total is for is not known, so nobody is told that they may use it.
        activities = [
            a
            for a in activities
            if a.open or (is_specific(a, community, communities) and not a.aggregate)
        ]
    specific = np.array(
        [bool(community) and is_specific(a, community or "", communities) for a in activities],
        dtype=bool,
    )
    areas_m, activities_m = projected(register, codes, activities)
    settings = register.settings.reach
    edge = catchments_km(register, codes)
    pairs = pairs_within(areas_m, activities_m, edge, detour=settings.detour)
    reached = _reached(register, codes, activities, pairs)
    people = [_people(register, code, community) for code in codes]
    head_count = np.array([np.nan if n is None or isinstance(n, str) else n for n in people])
    totals = {a.id for a in activities if a.aggregate}
    supply = np.array([float(_counts_for(a, totals)) for a in activities])
    placed = np.array([register.areas[c].point is not None for c in codes], dtype=bool)
    weights = decay_weights(pairs.km, edge[pairs.area], settings.decay)
    per_1000 = supply_per_1000(pairs, weights, _each_once(register, codes, head_count), supply)
    alone = np.array([not a.aggregate for a in activities], dtype=bool)
    near = _with_own_totals(
        nearest_km(areas_m, activities_m[alone], detour=settings.detour),
        [[i for i in found if not alone[i]] for found in reached],
        areas_m,
        activities_m,
        settings.detour,
    )
    near_specific = nearest_km(areas_m, activities_m[alone & specific], detour=settings.detour)
    return tuple(
        ReachRow(
            code,
            people[n],
            _finite(near[n]),
            _finite(near_specific[n]) if community else None,
            _number(activities, reached[n]),
            _number(activities, {i for i in reached[n] if specific[i]}) if community else None,
            round(float(per_1000[n]), 4) if placed[n] and np.isfinite(head_count[n]) else None,
            register.areas[code].rural_urban,
        )
        for n, code in enumerate(codes)
    )


def _with_own_totals(
    near: "NDArray[np.float64]",
    totals: Sequence[Sequence[int]],
    areas: "NDArray[np.float64]",
    activities: "NDArray[np.float64]",
    detour: float,
) -> "NDArray[np.float64]":
    """Let each area be near the totals it is in itself; nobody else is near a total."""
    own = [
        nearest_km(areas[[n]], activities[list(found)], detour=detour)[0] if found else np.inf
        for n, found in enumerate(totals)
    ]
    nearest: NDArray[np.float64] = np.minimum(near, np.array(own))
    return nearest


def _people(register: Register, code: str, community: str | None) -> "Protected":
    return (
        community_count(register, code, community) if community else population_of(register, code)
    )


def _counts_for(activity: Activity, totals: Container[str]) -> int:
    """Say how many activities a row adds to a sum in which these totals are already."""
    return 0 if activity.part_of in totals else activity.count or 1


def _number(activities: Sequence[Activity], reached: Collection[int]) -> int:
    """Count activities; a named one that is part of a total counts where the total does not."""
    totals = {activities[i].id for i in reached if activities[i].aggregate}
    return sum(_counts_for(activities[i], totals) for i in reached)


def _each_once(
    register: Register, codes: Sequence[str], people: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Count each person in the smallest area that counts them: an area less those below it."""
    index = {code: n for n, code in enumerate(codes)}
    below = [
        sum(
            people[index[child]]
            for child in register.areas.children.get(code, ())
            if child in index and np.isfinite(people[index[child]])
        )
        for code in codes
    ]
    return np.maximum(people - np.array(below, dtype=np.float64), 0)


def _finite(km: float) -> float | None:
    return round(float(km), 2) if np.isfinite(km) else None


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


def _reached(
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
    reached = _reached(register, codes, there, pairs)
    return {code: tuple(there[i] for i in sorted(reached[n])) for n, code in enumerate(codes)}
