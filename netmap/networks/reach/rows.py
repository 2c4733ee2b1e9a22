"""Reach: how far people of each area are from activities, and how much there is for them.

:func:`reach` puts a register's areas and activities through the arrays of
:mod:`netmap.networks.reach.catchments`; what is within reach is found in
:mod:`netmap.networks.reach.within`. Online and telephone activities are in no distance and no
count.
"""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity
from netmap.networks.people import community_count
from netmap.networks.reach.catchments import (
    decay_weights,
    nearest_km,
    pairs_within,
    supply_per_1000,
)
from netmap.networks.reach.within import catchments_km, projected, reached_in
from netmap.networks.register import Register
from netmap.networks.summary import population_of
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmap.privacy import Protected


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
    activities = _usable_activities(register, communities, community)
    specific = np.array(
        [bool(community) and is_specific(a, community or "", communities) for a in activities],
        dtype=bool,
    )
    areas_m, activities_m = projected(register, codes, activities)
    settings = register.settings.reach
    edge = catchments_km(register, codes)
    pairs = pairs_within(areas_m, activities_m, edge, detour=settings.detour)
    within = reached_in(register, codes, activities, pairs)
    reached = [within.indices(code).tolist() for code in codes]
    people = [_people(register, code, community) for code in codes]
    head_count = np.array([np.nan if n is None or isinstance(n, str) else n for n in people])
    placed = np.array([register.areas[c].point is not None for c in codes], dtype=bool)
    per_1000 = supply_per_1000(
        pairs,
        decay_weights(pairs.km, edge[pairs.area], settings.decay),
        _each_once(register, codes, head_count),
        _supply(activities),
    )
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


def usable_by(community: str | None, communities: Vocabulary) -> frozenset[str]:
    """Name the communities whose activities count as specific for one: itself and its parents."""
    return frozenset((community, *communities.ancestors(community))) if community else frozenset()


def is_specific(activity: Activity, community: str, communities: Vocabulary) -> bool:
    """Tell whether an activity is for a community, or for one above it."""
    return bool(set(activity.communities) & usable_by(community, communities))


def _usable_activities(
    register: Register, communities: Vocabulary, community: str | None
) -> list[Activity]:
    activities = [a for a in register.provision if not a.remote]
    if not community:
        return activities
    # Whom a total is for is not known, so nobody is told that they may use it.
    return [
        a
        for a in activities
        if a.open or (is_specific(a, community, communities) and not a.aggregate)
    ]


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


def _supply(activities: Sequence[Activity]) -> "NDArray[np.float64]":
    totals = {a.id for a in activities if a.aggregate}
    return np.array([float(_counts_for(a, totals)) for a in activities])


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
