"""What is placed where, what the hard rules leave for the rest, and what it all costs.

The cost of a time and that of a venue add up: no rule or wish is about both but whether the venue
can be had then. So the cheapest choice is the smallest sum that is open.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.events.placing.problem import Event, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Costs = NDArray[np.float64]
    Truths = NDArray[np.bool_]

SAME_DAY, SAME_WEEK, WEEK = 40.0, 3.0, 7
PARTNER_DAY = 2.0
SAME_TOWN, OFTEN_THERE, NOT_RURAL, NO_EVENING, ALL_EVENING = 3.0, 2.0, 4.0, 2.0, 2.0
# Of the sessions of a hub, as many should be in the evening at least, and at most.
EVENINGS_LEAST, EVENINGS_MOST = 4, 2
HAIR = 1e-9


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """How good a schedule is: first how many events have no place, then what it costs."""

    unplaced: int
    cost: float

    def better_than(self, other: "Score") -> bool:
        """Tell whether it is better by more than rounding."""
        if self.unplaced != other.unplaced:
            return self.unplaced < other.unplaced
        return self.cost < other.cost - HAIR


@dataclass(frozen=True, slots=True)
class HubWishes:
    """How the sessions of one hub should be shared out.

    Attributes:
        rural: How many should be in rural places.
        towns: How many of them one town should have at the most; a large number where places do
            not rotate.
        evenings: How many should be in the evening at least.
        most_evenings: And at the most.
    """

    rural: int
    towns: int
    evenings: int
    most_evenings: int


class Board:
    """Events on times and venues; fixed ones are there from the beginning."""

    def __init__(self, problem: Problem) -> None:
        """Begin with the sessions that stay."""
        self.problem = problem
        self.time = [0 if event.fixed else -1 for event in problem.events]
        self.venue = list(self.time)
        self.wished = {hub: hub_wishes(problem, hub) for hub in problem.of_hub}
        self._partners: dict[str, list[str]] = {}
        for partner, numbers in problem.of_partner.items():
            for n in numbers:
                self._partners.setdefault(problem.events[n].wanted.hub or "", []).append(partner)
        self._partners = {hub: sorted(set(found)) for hub, found in self._partners.items()}
        self._days = {partner: Counter[int]() for partner in problem.of_partner}
        # The cost, kept up to date: of each event alone, of crowded days, and of each hub.
        self._alone, self._crowded = 0.0, 0
        self._hub_cost: dict[str, float] = dict.fromkeys(problem.of_hub, 0.0)
        self._changed = set(problem.of_hub)
        self._unplaced = len(problem.free)
        for n, event in enumerate(problem.events):
            if event.fixed:
                self._count(n, 1)
                self._unplaced += 1  # it never was among those without a place

    def copy(self) -> tuple[list[int], list[int]]:
        """Give what is placed where, to come back to."""
        return self.time.copy(), self.venue.copy()

    def restore(self, placed: tuple[list[int], list[int]]) -> None:
        """Come back to what :meth:`copy` gave."""
        self.undo((n, placed[0][n], placed[1][n]) for n in self.problem.free)

    def placed(self, n: int) -> bool:
        """Tell whether an event has a place."""
        return self.time[n] >= 0

    def place(self, n: int, time: int, venue: int) -> None:
        """Put an event somewhere."""
        self.time[n], self.venue[n] = time, venue
        self._count(n, 1)

    def take(self, n: int) -> None:
        """Take an event off."""
        if self.placed(n):
            self._count(n, -1)
            self.time[n] = self.venue[n] = -1

    def undo(self, before: Iterable[tuple[int, int, int]]) -> None:
        """Put events back where they were: number, time and venue; -1 where they had no place."""
        before = list(before)
        for n, _, _ in before:
            self.take(n)
        for n, time, venue in before:
            if time >= 0:
                self.place(n, time, venue)

    def _count(self, n: int, step: int) -> None:
        event = self.problem.events[n]
        hub, day = event.wanted.hub or "", self._day(n)
        for partner in self._partners.get(hub, ()):
            days = self._days[partner]
            self._crowded += step if days[day] >= (1 if step > 0 else 2) else 0
            days[day] += step
        alone = event.against_time[self.time[n]] + event.choices.against_venue[self.venue[n]]
        self._alone += step * float(alone)
        self._changed.add(hub)
        self._unplaced -= step

    def _day(self, n: int) -> int:
        return int(self.problem.events[n].choices.day[self.time[n]])

    def possible(self, n: int, *, leaving_room: bool = True) -> "Truths":
        """Tell which choices of an event break no hard rule beside what is placed.

        Args:
            n: The event, not placed.
            leaving_room: Whether the others of its series must still find days; they need not
                where an event is to be placed at any price.

        Returns:
            Truths of shape (times, venues).
        """
        problem, event = self.problem, self.problem.events[n]
        choices = event.choices
        starts, ends = choices.start, choices.start + event.minutes
        fits = np.ones(len(choices.times), dtype=bool)
        if "taken" not in problem.relaxed:
            for other in problem.of_hub[event.wanted.hub or ""]:
                if other != n and self.placed(other):
                    begins, stops = self._span(other)
                    fits &= (starts >= stops) | (ends <= begins)
        fits &= self._in_series(n, leaving_room=leaving_room)
        can: Truths = choices.open & fits[:, None]
        if "taken" not in problem.relaxed:
            for v, venue in enumerate(choices.venues):
                for other in problem.at_venue.get(venue.id, ()) if venue else ():
                    if other != n and self.placed(other) and self._is_at(other, venue.id):  # type: ignore[union-attr]
                        begins, stops = self._span(other)
                        can[:, v] &= (starts >= stops) | (ends <= begins)
        return can

    def _span(self, n: int) -> tuple[int, int]:
        event = self.problem.events[n]
        begins = int(event.choices.start[self.time[n]])
        return begins, begins + event.minutes

    def _is_at(self, n: int, venue: str) -> bool:
        there = self.problem.events[n].choices.venues[self.venue[n]]
        return there is not None and there.id == venue

    def _in_series(self, n: int, *, leaving_room: bool) -> "Truths":
        problem, event = self.problem, self.problem.events[n]
        day, place = event.choices.day, event.wanted.place
        fits = np.ones(len(day), dtype=bool)
        before = after = 0
        for other in problem.series[event.wanted.series]:
            if other == n:
                continue
            apart, ordered = problem.gap(n, other)
            first = problem.events[other].wanted.place < place
            if not self.placed(other):
                before, after = before + first, after + (not first)
            elif apart and ordered:
                there = self._day(other)
                fits &= day >= there + apart if first else day <= there - apart
            elif apart:
                fits &= np.abs(day - self._day(other)) >= apart
        if leaving_room and (before or after):
            gap, ordered = self._step(event)
            if gap and ordered:
                first_day, last_day = (one.toordinal() for one in problem.window)
                fits &= (day >= first_day + gap * before) & (day <= last_day - gap * after)
        return fits

    def _step(self, event: Event) -> tuple[int, bool]:
        ordered = event.wanted.ordered and "order" not in self.problem.relaxed
        apart = 0 if "apart" in self.problem.relaxed else event.wanted.days_apart
        return max(apart, 1 if ordered else 0), ordered

    def costs(self, n: int) -> "tuple[Costs, Costs]":
        """Say what each time and each venue of an event would add to the cost, as placed now."""
        problem, event = self.problem, self.problem.events[n]
        choices, hub = event.choices, event.wanted.hub or ""
        at_time, at_venue = event.against_time.copy(), choices.against_venue.copy()
        evenings = rural = 0
        towns: Counter[int] = Counter()
        own = problem.of_hub[hub]
        rank = own.index(n)
        for position, other in enumerate(own):
            if other == n or not self.placed(other):
                continue
            there = problem.events[other].choices
            at_time += _close(np.abs(choices.day - self._day(other)))
            evenings += bool(there.evening[self.time[other]])
            v = self.venue[other]
            rural += bool(there.rural[v])
            town = int(there.town[v])
            towns[town] += 1
            if town >= 0 and abs(position - rank) == 1 and self._rotates(hub):
                at_venue += SAME_TOWN * (choices.town == town)
        wished = self.wished[hub]
        for partner in self._partners.get(hub, ()):
            busy = self._days[partner]
            if busy:
                crowded = np.isin(choices.day, [day for day, count in busy.items() if count > 0])
                at_time += PARTNER_DAY * crowded
        step = _evenings(wished, evenings + 1) - _evenings(wished, evenings)
        at_time += step * choices.evening
        at_venue += (_rural(wished, rural + 1) - _rural(wished, rural)) * choices.rural
        for town, count in towns.items():
            if town >= 0 and count >= wished.towns:
                at_venue += OFTEN_THERE * (choices.town == town)
        return at_time, at_venue

    def _rotates(self, _hub: str) -> bool:
        return self.problem.wishes.programme.settings.where.rotate

    def best(self, n: int, *, leaving_room: bool = True) -> tuple[float, int, int] | None:
        """Find the cheapest choice of an event: cost, time and venue; the earliest of several."""
        can = self.possible(n, leaving_room=leaving_room)
        if not can.any():
            return None
        at_time, at_venue = self.costs(n)
        whole = np.where(can, at_time[:, None] + at_venue[None, :], np.inf)
        # Rounded, so that one order of adding up is not better than another.
        at = int(np.round(whole, 6).argmin())
        time, venue = divmod(at, whole.shape[1])
        return float(whole[time, venue]), time, venue

    def cost_of(self, n: int) -> float:
        """Say what a placed event adds to the cost."""
        time, venue = self.time[n], self.venue[n]
        self.take(n)
        at_time, at_venue = self.costs(n)
        self.place(n, time, venue)
        return float(at_time[time] + at_venue[venue])

    def score(self) -> Score:
        """Say how good what is placed is."""
        for hub in self._changed:
            self._hub_cost[hub] = self._of_hub(hub, self.problem.of_hub[hub])
        self._changed.clear()
        cost = self._alone + sum(self._hub_cost.values()) + PARTNER_DAY * self._crowded
        return Score(self._unplaced, round(cost, 6))

    def _of_hub(self, hub: str, numbers: Iterable[int]) -> float:
        problem, wished = self.problem, self.wished[hub]
        cost, last = 0.0, -1
        days: list[int] = []
        towns: Counter[int] = Counter()
        evenings = rural = 0
        for n in numbers:
            if not self.placed(n):
                last = -1
                continue
            choices = problem.events[n].choices
            day, town = self._day(n), int(choices.town[self.venue[n]])
            cost += float(_close(np.abs(np.array(days, dtype=np.int64) - day)).sum())
            days.append(day)
            cost += SAME_TOWN * (town >= 0 and town == last and self._rotates(hub))
            last = town
            towns[town] += 1
            evenings += bool(choices.evening[self.time[n]])
            rural += bool(choices.rural[self.venue[n]])
        over = sum(max(count - wished.towns, 0) for town, count in towns.items() if town >= 0)
        return cost + OFTEN_THERE * over + _evenings(wished, evenings) + _rural(wished, rural)


def _close(apart: "NDArray[np.int64]") -> "Costs":
    return np.where(apart == 0, SAME_DAY, np.where(apart < WEEK, SAME_WEEK, 0.0))


def _evenings(wished: HubWishes, count: int) -> float:
    few, many = max(wished.evenings - count, 0), max(count - wished.most_evenings, 0)
    return NO_EVENING * few + ALL_EVENING * many


def _rural(wished: HubWishes, count: int) -> float:
    return NOT_RURAL * max(wished.rural - count, 0)


def hub_wishes(problem: Problem, hub: str) -> HubWishes:
    """Work out how the sessions of a hub should be shared out, as far as they can be."""
    where = problem.wishes.programme.settings.where
    events = [problem.events[n] for n in problem.of_hub[hub]]
    many = len(events)
    free = [event.choices for event in events if not event.fixed]
    towns = {int(town) for one in free for town in one.town if town >= 0}
    evening = any(bool((c.evening & c.open.any(axis=1)).any()) for c in free)
    daytime = any(bool((~c.evening & c.open.any(axis=1)).any()) for c in free)
    shared = evening and daytime
    return HubWishes(
        rural=-int(-many * where.rural_share // 1) if where.rural_share else 0,
        towns=-(-many // len(towns)) if where.rotate and towns else many,
        evenings=many // EVENINGS_LEAST if shared else 0,
        most_evenings=-(-many // EVENINGS_MOST) if shared else many,
    )
