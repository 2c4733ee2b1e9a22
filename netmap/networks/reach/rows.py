"""Reach: how far people of each area are from activities, and how much there is for them.

:func:`work_out` puts a register's areas and activities through the arrays of this room, for many
communities in one pass; :func:`reach` gives the rows that ``netmap reach`` prints. Online and
telephone activities are in no distance and no count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity
from netmap.networks.people import count_or_estimate
from netmap.networks.reach.counting import Ground, how_many, nearest, supply
from netmap.networks.reach.travel import nearest_minutes
from netmap.networks.register import Register
from netmap.networks.summary import population_of
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmap.privacy import Protected


@dataclass(frozen=True, slots=True)
class ReachRow:
    """What the people of one area can get to; kilometres include ``detour``, None is infinite.

    ``people_from`` is the area above whose share the number of people is estimated by; None where
    the area's own is known. The minutes are those of the travel times, None where there are none.
    """

    area: str
    people: "Protected"
    nearest_km: float | None
    nearest_specific_km: float | None
    within_reach: int
    specific_within_reach: int | None
    supply_per_1000: float | None
    rural_urban: str | None
    people_from: str | None = None
    nearest_minutes: float | None = None
    nearest_specific_minutes: float | None = None


@dataclass(frozen=True, eq=False)
class Reached:
    """Reach of every area for several communities, as arrays of shape (areas, communities).

    Attributes:
        codes: The areas, in code order; the anonymised are not among them.
        communities: What was asked for; None stands for everybody and all activities.
        people: Head-counts; ``*`` where suppressed, None where unknown.
        people_from: The area whose share an estimate of people rests on, or None.
        nearest_km: To the nearest activity they may use, kilometres with detour; infinity where
            there is none.
        nearest_specific_km: To the nearest for them or a parent; infinity for everybody.
        within: How many they may use are within reach, int64.
        specific_within: How many of these are for them or a parent, int64.
        supply_per_1000: E2SFCA, activities per 1,000 people; NaN without a point or people.
    """

    codes: tuple[str, ...]
    communities: tuple[str | None, ...]
    people: tuple[tuple["Protected", ...], ...]
    people_from: tuple[tuple[str | None, ...], ...]
    nearest_km: "NDArray[np.float64]"
    nearest_specific_km: "NDArray[np.float64]"
    within: "NDArray[np.int64]"
    specific_within: "NDArray[np.int64]"
    supply_per_1000: "NDArray[np.float64]"


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
    found = work_out(register, communities, [community])
    named = community is not None
    minutes, specific = _minutes(register, communities, found, community)
    return tuple(
        ReachRow(
            code,
            found.people[n][0],
            _finite(found.nearest_km[n, 0], 2),
            _finite(found.nearest_specific_km[n, 0], 2) if named else None,
            int(found.within[n, 0]),
            int(found.specific_within[n, 0]) if named else None,
            _finite(found.supply_per_1000[n, 0], 4),
            register.areas[code].rural_urban,
            found.people_from[n][0],
            _finite(minutes[n], 1),
            _finite(specific[n], 1) if named else None,
        )
        for n, code in enumerate(found.codes)
    )


def work_out(
    register: Register,
    vocabulary: Vocabulary,
    communities: Sequence[str | None],
    points: "tuple[NDArray[np.float64], NDArray[np.float64]] | None" = None,
) -> Reached:
    """Work out reach for several communities at once.

    Args:
        register: The network.
        vocabulary: The communities and their parents.
        communities: Whose reach; None for everybody's.
        points: Where the areas and activities are, metres, where they were projected already.
    """
    ground = Ground.of(register, points)
    usable = np.array(
        [_usable(ground.activities, vocabulary, one) for one in communities], dtype=bool
    ).reshape(len(communities), -1)
    specific = np.array(
        [_specific(ground.activities, vocabulary, one) for one in communities], dtype=bool
    ).reshape(len(communities), -1)
    counted = [[_people(register, code, one) for one in communities] for code in ground.codes]
    heads = np.array(
        [[np.nan if n is None or isinstance(n, str) else n for n, _ in row] for row in counted],
        dtype=np.float64,
    ).reshape(len(ground.codes), len(communities))
    per_1000 = supply(ground, usable.T, people_once(register, ground.codes, heads))
    per_1000[~(np.isfinite(heads) & ground.placed[:, None])] = np.nan
    both = np.concatenate([usable, specific]).T
    split = len(communities)
    near, many = nearest(ground, both), how_many(ground, both)
    return Reached(
        ground.codes,
        tuple(communities),
        tuple(tuple(n for n, _ in row) for row in counted),
        tuple(tuple(source for _, source in row) for row in counted),
        near[:, :split],
        near[:, split:],
        many[:, :split],
        many[:, split:],
        per_1000,
    )


def supply_for_all(
    ground: Ground, residents: "NDArray[np.float64]", each_once: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Work out the supply of all activities for everybody (E2SFCA), as :func:`work_out` does.

    Args:
        ground: The areas and activities.
        residents: The residents of each area, shape (areas, 1); NaN where unknown.
        each_once: What :func:`people_once` gives for them.

    Returns:
        Activities per 1,000 people, shape (areas,); NaN without a point or people.
    """
    every = np.ones((len(ground.activities), 1), dtype=bool)
    per_1000 = supply(ground, every, each_once)[:, 0]
    per_1000[~(np.isfinite(residents[:, 0]) & ground.placed)] = np.nan
    return per_1000


def _minutes(
    register: Register, vocabulary: Vocabulary, found: Reached, community: str | None
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    """Find how long people travel to the nearest activity, and to the nearest specific one."""
    if register.travel is None:
        nowhere = np.full(len(found.codes), np.inf)
        return nowhere, nowhere
    there = [a for a in register.provision if not a.remote]
    usable = zip(there, _usable(there, vocabulary, community), strict=True)
    specific = zip(there, _specific(there, vocabulary, community), strict=True)
    return (
        nearest_minutes(register.travel, found.codes, [a.id for a, fits in usable if fits]),
        nearest_minutes(register.travel, found.codes, [a.id for a, fits in specific if fits]),
    )


def usable_by(community: str | None, communities: Vocabulary) -> frozenset[str]:
    """Name the communities whose activities count as specific for one: itself and its parents."""
    return frozenset((community, *communities.ancestors(community))) if community else frozenset()


def is_specific(activity: Activity, community: str, communities: Vocabulary) -> bool:
    """Tell whether an activity is for a community, or for one above it."""
    return bool(set(activity.communities) & usable_by(community, communities))


def _usable(
    activities: Sequence[Activity], vocabulary: Vocabulary, community: str | None
) -> list[bool]:
    """Tell which activities a community's members may use; whom a total is for is not known."""
    if community is None:
        return [True] * len(activities)
    wider = usable_by(community, vocabulary)
    return [a.open or (not a.aggregate and bool(wider & set(a.communities))) for a in activities]


def _specific(
    activities: Sequence[Activity], vocabulary: Vocabulary, community: str | None
) -> list[bool]:
    wider = usable_by(community, vocabulary)
    return [not a.aggregate and bool(wider & set(a.communities)) for a in activities]


def _people(register: Register, code: str, community: str | None) -> "tuple[Protected, str | None]":
    if community is None:
        return population_of(register, code), None
    return count_or_estimate(register, code, community)


def people_once(
    register: Register, codes: Sequence[str], people: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Count each person in the smallest area that counts them: an area less those below it."""
    index = {code: n for n, code in enumerate(codes)}
    parent = np.array(
        [index.get(register.areas[code].parent or "", -1) for code in codes], dtype=np.intp
    )
    inside = np.flatnonzero(parent >= 0)
    below = np.zeros_like(people)
    np.add.at(below, parent[inside], np.nan_to_num(people[inside], nan=0.0))
    return np.maximum(people - below, 0)


def _finite(figure: float, digits: int) -> float | None:
    return round(float(figure), digits) if np.isfinite(figure) else None
