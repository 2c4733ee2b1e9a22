"""How long people travel from each area to each activity, as people supplied it.

A value: :mod:`netmap.networks.travel_files` reads one, redaction makes a poorer one for an
audience, and :mod:`netmap.networks.reach.travel` says what is within reach by it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """Minutes from areas to activities; a pair that is not in it has no way within its horizon.

    Attributes:
        areas: The codes of the areas the table speaks of, in order.
        activities: The ids of the activities it speaks of, in order.
        area: For each pair its place in `areas`, int32; in order of area, then activity, each
            pair once.
        activity: For each pair its place in `activities`, int32.
        minutes: How long it takes, float32, nought or more.
    """

    areas: tuple[str, ...]
    activities: tuple[str, ...]
    area: "NDArray[np.int32]"
    activity: "NDArray[np.int32]"
    minutes: "NDArray[np.float32]"

    def of(self, activities: Collection[str]) -> "TravelTimes":
        """Keep the times to some activities; of the others not even the ids stay."""
        kept = tuple(one for one in self.activities if one in activities)
        if len(kept) == len(self.activities):
            return self
        place = places(self.activities, kept)[self.activity]
        there = place >= 0
        return TravelTimes(
            self.areas,
            kept,
            self.area[there],
            place[there].astype(np.int32),
            self.minutes[there],
        )


def travel_times(
    areas: Sequence[str],
    activities: Sequence[str],
    area: "NDArray[np.int32]",
    activity: "NDArray[np.int32]",
    minutes: "NDArray[np.float32]",
) -> tuple[TravelTimes, int]:
    """Put pairs in order.

    Args:
        areas: Codes, each once, in any order.
        activities: Ids, each once, in any order.
        area: For each pair its place in `areas`.
        activity: For each pair its place in `activities`.
        minutes: How long it takes; NaN where there is no way.

    Returns:
        The travel times; of a pair that stands twice the shortest. How many pairs stood twice.
    """
    codes, ids = sorted(areas), sorted(activities)
    width = max(len(ids), 1)
    keys = places(areas, codes)[area] * width + places(activities, ids)[activity]
    repeated = 0
    if not (keys[1:] > keys[:-1]).all():
        order = np.argsort(keys)
        keys, minutes = keys[order], minutes[order]
        first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        repeated = len(keys) - len(first)
        # No way at all is no number, and longer than any.
        keys, minutes = keys[first], np.fmin.reduceat(minutes, first)
    there = ~np.isnan(minutes)
    keys = keys[there]
    made = TravelTimes(
        tuple(codes),
        tuple(ids),
        (keys // width).astype(np.int32),
        (keys % width).astype(np.int32),
        minutes[there],
    )
    return made, repeated


def renewed(
    old: TravelTimes | None,
    names: tuple[Sequence[str], Sequence[str]],
    pairs: "tuple[NDArray[np.int32], NDArray[np.int32]]",
    minutes: "NDArray[np.float32]",
) -> tuple[TravelTimes, int]:
    """Add times to those there are; of a pair that both have, the new time counts.

    Args:
        old: The times there are, if any.
        names: Codes of areas and ids of activities, each once.
        pairs: For each time the places of its area and activity among these.
        minutes: The new times; NaN where there is no way.

    Returns:
        All of them, and how many of the old were said anew.
    """
    if old is None:
        return travel_times(*names, *pairs, minutes)[0], 0
    codes, ids = sorted({*old.areas, *names[0]}), sorted({*old.activities, *names[1]})
    width = max(len(ids), 1)
    mine = places(old.areas, codes)[old.area] * width + places(old.activities, ids)[old.activity]
    new = places(names[0], codes)[pairs[0]] * width + places(names[1], ids)[pairs[1]]
    stays = ~np.isin(mine, new)
    keys = np.concatenate([mine[stays], new])
    made, _ = travel_times(
        codes,
        ids,
        (keys // width).astype(np.int32),
        (keys % width).astype(np.int32),
        np.concatenate([old.minutes[stays], minutes]),
    )
    return made, int(len(mine) - stays.sum())


def places(names: Sequence[str], wanted: Sequence[str]) -> "NDArray[np.int64]":
    """Find where each name stands among those wanted, int64; -1 where it does not."""
    place = {name: n for n, name in enumerate(wanted)}
    return np.array([place.get(name, -1) for name in names], dtype=np.int64)
