"""Which activities people of each area can get to: near them, in their area, or serving it.

The distances are worked out in :mod:`netmap.networks.reach.catchments`; what follows from being
within reach is for :mod:`netmap.networks.reach.rows` and the rules of :mod:`netmap.gaps`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity
from netmap.networks.network_settings import ReachSettings
from netmap.networks.reach.catchments import Pairs
from netmap.networks.reach.travel import pairs_near
from netmap.networks.register import Register
from netmap.places import distance_class, to_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = 64  # bits


@dataclass(frozen=True, eq=False)
class WithinReach(Mapping[str, tuple[Activity, ...]]):
    """The activities that people of each area can get to, as a sparse matrix and as a mapping.

    Attributes:
        codes: The areas, in code order; the anonymised are not among them.
        activities: The in-person activities, in the order they were given.
        starts: Where each area's part of `found` begins, int64, one more than there are areas.
        found: Indices into `activities`, int32, in order within each area.
    """

    codes: tuple[str, ...]
    activities: tuple[Activity, ...]
    starts: "NDArray[np.int64]"
    found: "NDArray[np.int32]"
    _rows: dict[tuple[str, ...], "NDArray[np.intp]"] = field(default_factory=dict, repr=False)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The place of each area in `codes`."""
        return {code: n for n, code in enumerate(self.codes)}

    def rows_of(self, codes: tuple[str, ...]) -> "NDArray[np.intp]":
        """Find the places of some areas in `codes`; -1 for one that is not there."""
        if codes not in self._rows:
            self._rows[codes] = np.array([self.row.get(c, -1) for c in codes], dtype=np.intp)
        return self._rows[codes]

    def indices(self, code: str) -> "NDArray[np.int32]":
        """Point into `activities` at those within reach of one area."""
        n = self.row[code]
        return self.found[self.starts[n] : self.starts[n + 1]]

    def counting(self, chosen: "NDArray[np.bool_]") -> "NDArray[np.int64]":
        """Count those of some activities that are within reach of each area.

        Args:
            chosen: Which activities to count, one truth for each of `activities`.

        Returns:
            One count for each of `codes`, int64.
        """
        counts = np.zeros(len(self.codes), dtype=np.int64)
        some = self.starts[1:] > self.starts[:-1]
        if some.any():
            each = chosen.astype(np.int32)[self.found]
            counts[some] = np.add.reduceat(each, self.starts[:-1][some])
        return counts

    def having(self, kinds: "Sequence[NDArray[np.bool_]]") -> "list[NDArray[np.bool_]]":
        """Tell for each area whether anything of each kind is within reach, a word at a time.

        Args:
            kinds: For each kind one truth for each of `activities`.

        Returns:
            For each kind one truth for each of `codes`.
        """
        found: list[NDArray[np.bool_]] = []
        for start in range(0, len(kinds), _WORD):
            some = kinds[start : start + _WORD]
            bits = np.zeros(len(self.activities), dtype=np.uint64)
            for n, kind in enumerate(some):
                bits |= kind.astype(np.uint64) << np.uint64(n)
            gathered = self.gathering(bits)
            found += [(gathered >> np.uint64(n)) & np.uint64(1) != 0 for n in range(len(some))]
        return found

    def gathering(self, bits: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
        """Gather, for each area, the bits that any activity within reach has.

        Args:
            bits: One word for each of `activities`.

        Returns:
            One word for each of `codes`: the bitwise or; nought where nothing is within reach.
        """
        gathered = np.zeros(len(self.codes), dtype=np.uint64)
        some = self.starts[1:] > self.starts[:-1]
        if some.any():
            gathered[some] = np.bitwise_or.reduceat(bits[self.found], self.starts[:-1][some])
        return gathered

    def __getitem__(self, code: str) -> tuple[Activity, ...]:
        """List one area's activities, in the order they were given."""
        return tuple(self.activities[i] for i in self.indices(code))

    def __iter__(self) -> Iterator[str]:
        """Go through the areas in code order."""
        return iter(self.codes)

    def __len__(self) -> int:
        """Count the areas."""
        return len(self.codes)

    def __contains__(self, code: object) -> bool:
        """Tell whether an area was looked at, without listing its activities."""
        return code in self.row


def in_reach(
    register: Register,
    activities: Sequence[Activity],
    points: "tuple[NDArray[np.float64], NDArray[np.float64]] | None" = None,
    belong: "tuple[NDArray[np.int64], NDArray[np.int64]] | None" = None,
) -> WithinReach:
    """Find the activities that people of each area can get to; remote ones are left out.

    Args:
        register: The network.
        activities: Which activities to look for.
        points: What :func:`projected` gives for the areas and the activities in person, where
            that was worked out already.
        belong: What :func:`belonging` gives for them, likewise.
    """
    codes = [area.code for area in register.areas if not area.anonymised]
    there = [a for a in activities if not a.remote]
    points = points or projected(register, codes, there)
    pairs, _ = pairs_near(register, codes, there, points, catchments_km(register, codes))
    return reached_in(register, codes, there, pairs, belong)


def reached_in(
    register: Register,
    codes: Sequence[str],
    activities: Sequence[Activity],
    pairs: Pairs,
    belong: "tuple[NDArray[np.int64], NDArray[np.int64]] | None" = None,
) -> WithinReach:
    """Add to what is near an area what is in its line or serves it.

    An aggregate stands at its area's point for distances, and is in no other area's reach.
    """
    alone = np.array([not a.aggregate for a in activities], dtype=bool)
    near = alone[pairs.activity] if len(pairs.activity) else np.empty(0, dtype=bool)
    area, activity = belong or belonging(register, codes, activities)
    # One number for a pair: in order of areas, then activities. Few are in no catchment.
    width = max(len(activities), 1)
    keys = pairs.area[near] * width + pairs.activity[near]
    more = np.unique(area * width + activity)
    at = np.searchsorted(keys, more)
    new = np.append(keys, -1)[at] != more
    keys = np.insert(keys, at[new], more[new])
    starts = np.searchsorted(keys, np.arange(len(codes) + 1, dtype=np.int64) * width)
    found = (keys % width).astype(np.int32)
    return WithinReach(tuple(codes), tuple(activities), starts.astype(np.int64), found)


def belonging(
    register: Register, codes: Sequence[str], activities: Sequence[Activity]
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Pair activities with the areas they are in, those above these, and those they serve.

    Returns:
        Indices of areas into `codes`, and of activities; the same pair may stand there twice.
    """
    row = {code: n for n, code in enumerate(codes)}
    lines: dict[str, list[int]] = {}
    areas: list[int] = []
    numbers: list[int] = []
    for i, activity in enumerate(activities):
        own = register.area_of(activity)
        within = (own, *register.areas.ancestors(own)) if own else ()
        here = [row[code] for code in within if code in row]
        for served in activity.serves:
            if served not in lines:
                line = register.areas.line(served) if served in register.areas else ()
                lines[served] = [row[code] for code in line if code in row]
            here += lines[served]
        areas += here
        numbers += [i] * len(here)
    return np.array(areas, dtype=np.int64), np.array(numbers, dtype=np.int64)


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
