"""What is known about every community in every area that a finding may be made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import Facts
from netmap.gaps.deciding import State, answers, decide
from netmap.gaps.gap import Gap
from netmap.gaps.known import Known, know
from netmap.gaps.pairs import Candidates, Pairs, candidates_of, pairs_of
from netmap.networks.alternatives import Alternative

if TYPE_CHECKING:
    Codes = np.ndarray[tuple[int, int], np.dtype[np.int8]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]

__all__ = ["Context", "Known", "State", "community_states", "know"]

_DISTANCE = frozenset({"urban_km", "rural_km", "urban_minutes", "rural_minutes", "detour"})
# What is worked out once, and the settings it rests on.
_RESTS_ON: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "aggregates",
            "answers",
            "asked_about",
            "asked_places",
            "bases",
            "belonging",
            "candidates",
            "codes",
            "communities",
            "counted",
            "enquiries",
            "lists",
            "lowest",
            "points",
            "remote",
            "remote_for",
            "residents",
            "residents_once",
            "ties",
            "total",
            "_activities_at",
            "_kin",
            "_narrower",
            "_next_below",
            "_populations",
        ),
        frozenset(),
    ),
    "within_reach": _DISTANCE,
    "pairs": frozenset({"community_share", "community_people"}),
    "answered": frozenset({"stale_months"}),
    "states": _DISTANCE | {"stale_months"},
    "traits": frozenset({"stale_months"}),
    "_provision": frozenset({"stale_months"}),
}


@dataclass(frozen=True)
class Context(Facts):
    """What every rule may look at, with what is known about each community."""

    @cached_property
    def pairs(self) -> Pairs:
        """The areas and communities that are looked at together."""
        return pairs_of(self, self.candidates)

    @cached_property
    def candidates(self) -> Candidates:
        """The areas and communities of :attr:`pairs`, whatever makes a community."""
        return candidates_of(self)

    @cached_property
    def states(self) -> "Codes":
        """Which state holds for each of :attr:`pairs`, looked at or not; codes of ``State``."""
        return decide(self, self.pairs.areas, self.pairs.communities, self.answered)

    @cached_property
    def answered(self) -> "Codes":
        """What the enquiries about each of :attr:`pairs` answered."""
        return answers(self, self.pairs.areas, self.pairs.communities)

    @cached_property
    def told(self) -> "Truths":
        """Which of :attr:`pairs` are told of: a child in its parent's state is told with it."""
        told = self.pairs.looked_at.copy()
        for community, column in self.pairs.column.items():
            for above in self.communities.ancestors(community):
                if above in self.pairs.column:
                    parent = self.pairs.column[above]
                    told[:, column] &= ~(
                        self.pairs.looked_at[:, parent]
                        & (self.states[:, parent] == self.states[:, column])
                    )
        return told

    def hold(self, gaps: Sequence[Gap], state: State) -> list[bool]:
        """Tell for each gap whether its pair is looked at, and in a state."""
        rows, columns = self.pairs.row, self.pairs.column
        area = np.array([rows.get(gap.area or "", -1) for gap in gaps], dtype=np.intp)
        community = np.array([columns.get(gap.community or "", -1) for gap in gaps], dtype=np.intp)
        held = self.pairs.looked_at[area, community] & (self.states[area, community] == state.code)
        stands: list[bool] = (held & (area >= 0) & (community >= 0)).tolist()
        return stands

    def varied(self, alternative: Alternative) -> "Context":
        """Make the context under other settings; what these cannot change is not done again."""
        settings = alternative.of(self.register.settings)
        other = replace(self, register=replace(self.register, settings=settings))
        for name, keys in _RESTS_ON.items():
            if name in vars(self) and not keys & alternative.keys:
                vars(other)[name] = vars(self)[name]
        return other

    @property
    def areas_told(self) -> frozenset[str]:
        """The areas of which any pair is told."""
        return frozenset(self.pairs.areas[n] for n in np.unique(np.nonzero(self.told)[0]))

    def in_state(self, state: State) -> Iterator[Known]:
        """Go through what is known of the pairs in a state, by area and community."""
        for n, c in zip(*np.nonzero(self.told & (self.states == state.code)), strict=True):
            yield self._gathered(int(n), int(c), state)

    @property
    def communities_known(self) -> Iterator[Known]:
        """Go through what is known about every pair that a finding may be made of."""
        for n, c in zip(*np.nonzero(self.told), strict=True):
            yield self._gathered(int(n), int(c), list(State)[self.states[n, c]])

    def _gathered(self, n: int, c: int, state: State) -> Known:
        """Gather one pair, with the communities below it that are told of with it."""
        area, community = self.pairs.areas[n], self.pairs.communities[c]
        narrower, below = self._narrower[c], ()
        if len(narrower):
            alike = self.pairs.looked_at[n, narrower] & (self.states[n, narrower] == state.code)
            below = tuple(self.pairs.communities[one] for one in narrower[alike])
        uncovered = self._uncovered(area, community, n) if state is State.SPECIFIC else ()
        return know(self, area, community, state, (below, uncovered))

    @cached_property
    def _narrower(self) -> "list[np.ndarray[tuple[int], np.dtype[np.intp]]]":
        """The columns of the communities below each."""
        return [
            np.array([n for one, n in self.pairs.column.items() if one in narrower], dtype=np.intp)
            for narrower in map(self.communities.descendants, self.pairs.communities)
        ]

    def _uncovered(self, area: str, community: str, n: int) -> tuple[str, ...]:
        """Name what lies next below a community and has no part in what was found for it."""
        communities = self.communities
        next_below = self._next_below.get(community, ())
        column = self.pairs.column
        untold = [c for c in next_below if c not in column or not self._told_of[n, column[c]]]
        if not untold:
            return ()
        specific = know(self, area, community, State.SPECIFIC).specific
        named = {c for activity in specific for c in activity.communities}
        if not named or named & {community, *communities.ancestors(community)}:
            return ()
        return tuple(c for c in untold if not named & self.kin(c))

    @cached_property
    def _told_of(self) -> "Truths":
        """Which of :attr:`pairs` anything is known about: who lives there, or what was asked."""
        return self.pairs.looked_at | self.pairs.residents.described

    @cached_property
    def _next_below(self) -> dict[str, tuple[str, ...]]:
        """The communities directly below each that has any."""
        found: dict[str, tuple[str, ...]] = {}
        for community in self.communities:
            above = self.communities.terms[community].parent
            if above:
                found[above] = (*found.get(above, ()), community)
        return found

    @cached_property
    def part_covered(self) -> tuple[Known, ...]:
        """What was found for a community, where all of it is for communities below it alone."""
        found = []
        for community, c in self.pairs.column.items():
            if not self.communities.descendants(community):
                continue
            wider = frozenset((community, *self.communities.ancestors(community)))
            for_all = self.within_reach.counting(
                self.provision_for(community).specific & self.traits.naming(wider)
            )
            for n in np.flatnonzero(self.told[:, c] & (self.states[:, c] == State.SPECIFIC.code)):
                row = self.within_reach.row.get(self.pairs.areas[n])
                if row is None or not for_all[row]:
                    found.append(self._gathered(int(n), c, State.SPECIFIC))
        found.sort(key=lambda known: (known.area, known.community))
        return tuple(known for known in found if known.uncovered)


def community_states(context: Context) -> list[Known]:
    """List what is known about every pair that a finding may be made of, by area and community."""
    return list(context.communities_known)
