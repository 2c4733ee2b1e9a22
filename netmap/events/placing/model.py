"""The model CP-SAT solves: the rules and costs of the board, in hundredths.

One Boolean for each time of an event and for each venue of it; a time can be chosen with a venue
that can be had then.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.events.placing import board as costs
from netmap.events.placing.board import Board, Score
from netmap.events.placing.problem import Event

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

HUNDREDTHS = 100
_PATIENCE = 1.5  # seconds by the clock for each deterministic one


@dataclass(frozen=True, slots=True)
class Found:
    """What one solve found: values by variable, None where it found nothing; in hundredths."""

    values: list[int] | None
    objective: int
    bound: int
    proved: bool


class Model:
    """The model of one problem."""

    def __init__(self, board: Board, spare: Mapping[str, float] = MappingProxyType({})) -> None:
        """Make the model.

        Args:
            board: What is placed.
            spare: By how much the events of each hub could cost more than their least in a better
                schedule. A choice that costs its event more than so much is in none of them.
        """
        from ortools.sat.python import cp_model  # noqa: PLC0415  # an extra

        self.cp = cp_model
        self.model = cp_model.CpModel()
        self.problem, self.board, self.spare = board.problem, board, spare
        # With no other hub about, and no money for two sessions on one day, times only differ by
        # their day, by being in the evening, and by the venues that can be had.
        self.alone = len(spare) == 1 and max(spare.values()) < costs.SAME_DAY
        self.terms: list[Any] = []
        self.time: dict[int, list[Any]] = {}
        self.venue: dict[int, list[Any]] = {}
        self.out: dict[int, Any] = {}
        self.day: dict[int, Any] = {}
        # Pairs of events, and the variables that say which comes later and whether they are close.
        self.ahead: list[tuple[int, int, Any, dict[int, Any]]] = []
        self.start: dict[int, Any] = {}
        for n, event in enumerate(self.problem.events):
            self._event(n, event)
        for hub, numbers in self.problem.of_hub.items():
            self._one_at_a_time(numbers)
            self._apart(numbers)
            self._shared_out(hub, numbers)
        for numbers in self.problem.series.values():
            self._series(numbers)
        for venue, numbers in self.problem.at_venue.items():
            self._at_venue(venue, numbers)
        for numbers in self.problem.of_partner.values():
            self._partner(numbers)

    def where(self, n: int, values: list[int]) -> tuple[int, int] | None:
        """Read where an event is in a solution."""
        if n in self.out and values[self.out[n].index]:
            return None
        time = next(
            t for t, var in enumerate(self.time[n]) if var is not None and values[var.index]
        )
        venue = next(v for v, var in enumerate(self.venue[n]) if values[var.index])
        return time, venue

    def fewest_unplaced(self, seed: int, seconds: float) -> Found:
        """Place as many as can be."""
        self._hint()
        self.model.minimize(sum(self.out.values()))
        return self._solved(seed, seconds, lambda _what, _score: None)

    def cheapest(
        self, board: Board, seed: int, seconds: float, progress: Callable[[str, Score], None]
    ) -> Found:
        """Place as many as the board has, at the least cost."""
        unplaced = board.score().unplaced
        self.model.add(sum(self.out.values()) <= unplaced)
        self._hint()
        self.model.minimize(sum(self.terms))
        return self._solved(seed, seconds, progress, unplaced)

    def _solved(
        self,
        seed: int,
        seconds: float,
        progress: Callable[[str, Score], None],
        unplaced: int = 0,
    ) -> Found:
        solver = self.cp.CpSolver()
        solver.parameters.random_seed = seed % 2**31
        solver.parameters.num_workers = 4
        solver.parameters.interleave_search = True  # workers in turn: the same answer every time
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.max_time_in_seconds = max(seconds * _PATIENCE, 1.0)
        status = solver.solve(self.model, _follower(self.cp, progress, unplaced))
        there = status in (self.cp.OPTIMAL, self.cp.FEASIBLE)
        values = [*solver.response_proto.solution] if there else None
        known = math.isfinite(solver.best_objective_bound)
        bound = max(round(solver.best_objective_bound), 0) if known else 0
        objective = round(solver.objective_value) if there else -1
        return Found(values, objective, bound, status == self.cp.OPTIMAL)

    def _hint(self) -> None:
        self.model.clear_hints()  # type: ignore[no-untyped-call]
        for n in self.problem.free:
            placed = self.board.placed(n)
            self.model.add_hint(self.out[n], not placed)
            for t, var in enumerate(self.time[n]):
                if var is not None:
                    self.model.add_hint(var, placed and t == self.board.time[n])
            for v, var in enumerate(self.venue[n]):
                self.model.add_hint(var, placed and v == self.board.venue[n])
        for one, other, after, close in self.ahead:
            if self.board.placed(one) and self.board.placed(other):
                ahead = self._day_now(other) - self._day_now(one)
                self.model.add_hint(after, ahead > 0)
                for least, var in close.items():
                    self.model.add_hint(var, abs(ahead) < least)

    def _day_now(self, n: int) -> int:
        return int(self.problem.events[n].choices.day[self.board.time[n]])

    def _event(self, n: int, event: Event) -> None:
        model, choices = self.model, event.choices
        can = choices.open.any(axis=1) | event.fixed
        can &= self._affordable(event, can)
        if self.alone and not event.fixed:
            can = _undominated(event, can)
            can[self.board.time[n]] = True
        self.time[n] = [model.new_bool_var("") if one else None for one in can.tolist()]
        self.venue[n] = [model.new_bool_var("") for _ in choices.venues]
        times = [var for var in self.time[n] if var is not None]
        out = [] if event.fixed else [model.new_bool_var("")]
        if out:
            self.out[n] = out[0]
        model.add_exactly_one([*times, *out])
        model.add_exactly_one([*self.venue[n], *out])
        self.day[n] = self._counted(choices.day, self.time[n])
        self.start[n] = self._counted(choices.start, self.time[n])
        self._open(n, event)
        self.terms += [
            round(float(cost) * HUNDREDTHS) * var
            for cost, var in zip(event.against_time, self.time[n], strict=True)
            if var is not None
        ]
        self.terms += [
            round(float(cost) * HUNDREDTHS) * var
            for cost, var in zip(choices.against_venue, self.venue[n], strict=True)
        ]

    def _affordable(self, event: Event, can: Any) -> Any:
        """Tell what a better schedule could afford; what is placed now is always among it."""
        if not can.any():
            return can
        cost, spare = event.against_time, self.spare.get(event.wanted.hub or "", math.inf)
        return cost <= cost[can].min() + spare + 1 / HUNDREDTHS

    def _open(self, n: int, event: Event) -> None:
        """Let a venue be used at the times when it can be had: times alike are one class."""
        if event.fixed:
            return
        classes: dict[bytes, list[int]] = {}
        for t, row in enumerate(event.choices.open):
            if self.time[n][t] is not None:
                classes.setdefault(row.tobytes(), []).append(t)
        for times in classes.values():
            row = event.choices.open[times[0]]
            if row.all():
                continue
            among = self.model.new_bool_var("")
            self.model.add(sum(self.time[n][t] for t in times) == among)
            can = [self.venue[n][v] for v in np.flatnonzero(row)]
            self.model.add(sum(can) >= among)

    def _placed(self, *numbers: int) -> list[Any]:
        return [~self.out[n] for n in numbers if n in self.out]

    def _counted(self, values: Any, chosen: list[Any]) -> Any:
        """Make a number of the value that is chosen; the least of all where none is."""
        if not len(values):
            return 0
        least, most = int(values.min()), int(values.max())
        number = self.model.new_int_var(least, most, "")
        above = [
            int(value - least) * var
            for value, var in zip(values, chosen, strict=True)
            if var is not None and value != least
        ]
        self.model.add(number == least + sum(above))
        return number

    def _one_at_a_time(self, numbers: tuple[int, ...]) -> None:
        if "taken" in self.problem.relaxed or len(numbers) < 2:  # noqa: PLR2004  # two can clash
            return
        self.model.add_no_overlap(
            [self._interval(n, self._placed(n)) for n in self._clashing(numbers)]
        )

    def _clashing(self, numbers: tuple[int, ...]) -> list[int]:
        """Leave out what stays and clashes with what stays already: nobody can change that."""
        kept: list[int] = []
        spans: list[tuple[int, int]] = []
        for n in numbers:
            event = self.problem.events[n]
            if event.fixed:
                begins = int(event.choices.start[0])
                if any(begins < e and b < begins + event.minutes for b, e in spans):
                    continue
                spans.append((begins, begins + event.minutes))
            kept.append(n)
        return kept

    def _interval(self, n: int, when: list[Any]) -> Any:
        minutes, start = self.problem.events[n].minutes, self.start[n]
        if not when:
            return self.model.new_fixed_size_interval_var(start, minutes, "")
        return self.model.new_optional_fixed_size_interval_var(start, minutes, when[0], "")

    def _at_venue(self, venue: str, numbers: tuple[int, ...]) -> None:
        hubs = {self.problem.events[n].wanted.hub for n in numbers}
        if "taken" in self.problem.relaxed or len(hubs) < 2:  # noqa: PLR2004  # else the hub's own rule
            return
        intervals = []
        for n in self._clashing(numbers):
            event = self.problem.events[n]
            v = next(i for i, one in enumerate(event.choices.venues) if one and one.id == venue)
            intervals.append(self._interval(n, [self.venue[n][v]]))
        self.model.add_no_overlap(intervals)

    def _series(self, numbers: tuple[int, ...]) -> None:
        for position, one in enumerate(numbers):
            for other in numbers[position + 1 :]:
                apart, ordered = self.problem.gap(one, other)
                both_fixed = self.problem.events[one].fixed and self.problem.events[other].fixed
                if not apart or both_fixed:
                    continue
                placed = self._placed(one, other)
                ahead = self.day[other] - self.day[one]
                if ordered:
                    self.model.add(ahead >= apart).only_enforce_if(placed)
                    continue
                after = self.model.new_bool_var("")
                self.ahead.append((one, other, after, {}))
                self.model.add(ahead >= apart).only_enforce_if([*placed, after])
                self.model.add(-ahead >= apart).only_enforce_if([*placed, ~after])

    def _apart(self, numbers: tuple[int, ...]) -> None:
        """Price two sessions of a hub within a week, and on one day."""
        for position, one in enumerate(numbers):
            for other in numbers[position + 1 :]:
                events = self.problem.events
                if events[one].fixed and events[other].fixed:
                    continue
                same = events[one].wanted.series == events[other].wanted.series
                if same and self.problem.gap(one, other)[0] >= costs.WEEK:
                    continue
                ahead, placed = self.day[other] - self.day[one], self._placed(one, other)
                after = self.model.new_bool_var("")
                pair: dict[int, Any] = {}
                self.ahead.append((one, other, after, pair))
                for least, price in (
                    (costs.WEEK, costs.SAME_WEEK),
                    (1, costs.SAME_DAY - costs.SAME_WEEK),
                ):
                    close = self.model.new_bool_var("")
                    pair[least] = close
                    self.model.add(ahead >= least).only_enforce_if([*placed, ~close, after])
                    self.model.add(-ahead >= least).only_enforce_if([*placed, ~close, ~after])
                    self.terms.append(round(price * HUNDREDTHS) * close)

    def _over(self, count: Any, most: int, price: float, top: int) -> None:
        """Price every one of a count above the most that is wished for."""
        if top > most:
            over = self.model.new_int_var(0, top, "")
            self.model.add(over >= count - most)
            self.terms.append(round(price * HUNDREDTHS) * over)

    def _under(self, count: Any, least: int, price: float) -> None:
        if least > 0:
            under = self.model.new_int_var(0, least, "")
            self.model.add(under >= least - count)
            self.terms.append(round(price * HUNDREDTHS) * under)

    def _shared_out(self, hub: str, numbers: tuple[int, ...]) -> None:
        events, wished = self.problem.events, self.board.wished[hub]
        many = len(numbers)
        evenings = sum(
            var
            for n in numbers
            for var, evening in zip(self.time[n], events[n].choices.evening, strict=True)
            if var is not None and evening
        )
        rural = sum(
            var
            for n in numbers
            for var, is_rural in zip(self.venue[n], events[n].choices.rural, strict=True)
            if is_rural
        )
        self._under(evenings, wished.evenings, costs.NO_EVENING)
        self._over(evenings, wished.most_evenings, costs.ALL_EVENING, many)
        self._under(rural, wished.rural, costs.NOT_RURAL)
        towns = {int(t) for n in numbers for t in events[n].choices.town if t >= 0}
        rotates = self.problem.wishes.programme.settings.where.rotate
        for town in sorted(towns):
            there = [
                sum(
                    v
                    for v, t in zip(self.venue[n], events[n].choices.town, strict=True)
                    if t == town
                )
                for n in numbers
            ]
            self._over(sum(there), wished.towns, costs.OFTEN_THERE, many)
            for one, other in pairwise(there) if rotates else ():
                again = self.model.new_bool_var("")
                self.model.add(again >= one + other - 1)
                self.terms.append(round(costs.SAME_TOWN * HUNDREDTHS) * again)

    def _partner(self, numbers: tuple[int, ...]) -> None:
        by_day: dict[int, list[Any]] = {}
        for n in numbers:
            for day, var in zip(self.problem.events[n].choices.day, self.time[n], strict=True):
                if var is not None:
                    by_day.setdefault(int(day), []).append((n, var))
        for found in by_day.values():
            if len({n for n, _ in found}) > 1:
                self._over(sum(var for _, var in found), 1, costs.PARTNER_DAY, len(numbers))


def _undominated(event: Event, can: Any) -> Any:
    """Keep, of times of one day and part of it, those that cost less or leave more venues."""
    choices = event.choices
    kept = np.zeros_like(can)
    groups: dict[tuple[int, bool], list[int]] = {}
    for t in np.flatnonzero(can).tolist():
        groups.setdefault((int(choices.day[t]), bool(choices.evening[t])), []).append(t)
    for times in groups.values():
        taken: list[int] = []
        for t in sorted(times, key=lambda t: (event.against_time[t], -choices.open[t].sum())):
            if not any((choices.open[one] >= choices.open[t]).all() for one in taken):
                taken.append(t)
        kept[taken] = True
    return kept


def _follower(
    cp: "Any", progress: Callable[[str, Score], None], unplaced: int
) -> "cp_model.CpSolverSolutionCallback":
    class Follower(cp.CpSolverSolutionCallback):  # type: ignore[misc]  # the class is in an extra
        def on_solution_callback(self) -> None:
            progress("proving", Score(unplaced, self.objective_value / HUNDREDTHS))

    return Follower()
