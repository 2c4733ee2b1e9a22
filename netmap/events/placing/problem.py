"""For each event the times and venues that break no hard rule by themselves, as arrays."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from netmap.events.avoidance import bank_holiday
from netmap.events.diary import hours_of, open_for, spans_of
from netmap.events.models import Session, Venue
from netmap.events.openings import WEEKDAYS
from netmap.events.wanted import Wanted
from netmap.events.wishes import Wishes, in_evening
from netmap.times import Span, days, in_clock_change

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Costs = NDArray[np.float64]
    Truths = NDArray[np.bool_]
    Whole = NDArray[np.int64]

K = TypeVar("K", bound=Hashable)

# The hard rules that somebody could give up, for finding out which of them conflict.
RULES = (
    "window", "weekdays", "hours", "holidays", "apart", "order", "openings", "size", "busy", "taken"
)  # fmt: skip
_WEEK = 7.0
_QUARTER = 15
_STEPS, _MOST_STARTS = 3, 8
_MUCH_LONGER = timedelta(days=365)
_EARLY, _LATE = time(7), time(23)
_CLOCKS_CHANGE = 4  # nowhere do they change later than in this hour


@dataclass(frozen=True, eq=False)
class Choices:
    """Where and when events of one hub, length and size can be.

    Attributes:
        times: Local starts, in order.
        day: Their days as ordinals.
        start: Their minutes since the first day of the calendar.
        evening: Which are in the evening.
        venues: The venues; None alone where no venue is listed.
        rural: Which are known to be in rural areas.
        town: What town each is in, as a number; -1 where that is not known.
        open: Which venue can be had at which time, shape (times, venues).
        against_time: What speaks against each time.
        against_venue: What speaks against each venue.
    """

    times: tuple[datetime, ...]
    venues: tuple[Venue | None, ...]
    day: "Whole"
    start: "Whole"
    evening: "Truths"
    rural: "Truths"
    town: "Whole"
    open: "Truths"
    against_time: "Costs"
    against_venue: "Costs"


@dataclass(frozen=True, eq=False)
class Event:
    """One event with its choices.

    Attributes:
        wanted: What is asked for.
        minutes: How long it lasts.
        choices: Where and when it can be.
        against_time: What speaks against each time, the distance from an even spread included.
        kept: The session that stays as it is, and leaves one choice; or None.
        origin: The session that has to move; or None.
    """

    wanted: Wanted
    minutes: int
    choices: Choices
    against_time: "Costs"
    kept: Session | None = None
    origin: Session | None = None

    @property
    def fixed(self) -> bool:
        """Tell whether it has one choice, whatever the rules say."""
        return self.kept is not None


@dataclass(frozen=True, eq=False)
class Problem:
    """All events of a programme, with what they have to do with one another.

    Attributes:
        wishes: What is wished for.
        events: The events, those that stay first.
        relaxed: The rules that are given up.
        window: The first day that can be used, and the last.
    """

    wishes: Wishes
    events: tuple[Event, ...]
    relaxed: frozenset[str] = frozenset()
    window: tuple[date, date] = (date.min, date.max)

    @cached_property
    def of_hub(self) -> Mapping[str, tuple[int, ...]]:
        """The events of each hub, by rank."""
        return _grouped((e.wanted.hub or "" for e in self.events), self._rank)

    @cached_property
    def series(self) -> Mapping[tuple[str, int], tuple[int, ...]]:
        """The events of each series, by place."""
        return _grouped((e.wanted.series for e in self.events), self._rank)

    @cached_property
    def of_partner(self) -> Mapping[str, tuple[int, ...]]:
        """The events of the hubs of each strategic partner that has several."""
        found: dict[str, list[int]] = {}
        for hub, numbers in self.of_hub.items():
            for partner in sorted(self.wishes.partners.get(hub, ())):
                found.setdefault(partner, []).extend(numbers)
        several = {p: ns for p, ns in found.items() if len({self._hub(n) for n in ns}) > 1}
        return {partner: tuple(sorted(numbers)) for partner, numbers in several.items()}

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The events that have to be placed."""
        return tuple(n for n, event in enumerate(self.events) if not event.fixed)

    @cached_property
    def at_venue(self) -> Mapping[str, tuple[int, ...]]:
        """The events that could be at each venue."""
        found: dict[str, list[int]] = {}
        for n, event in enumerate(self.events):
            for venue in event.choices.venues:
                if venue is not None:
                    found.setdefault(venue.id, []).append(n)
        return {venue: tuple(numbers) for venue, numbers in found.items()}

    def only(self, numbers: Sequence[int]) -> "Problem":
        """Make the problem of some of the events alone, in the order given."""
        events = tuple(self.events[n] for n in numbers)
        return Problem(self.wishes, events, self.relaxed, self.window)

    def gap(self, one: int, other: int) -> tuple[int, bool]:
        """Say how many days two events of a series must be apart, and whether one goes first."""
        first, second = self.events[one].wanted, self.events[other].wanted
        apart = 0 if "apart" in self.relaxed else first.days_apart
        ordered = first.ordered and "order" not in self.relaxed
        return max(apart, 1 if ordered else 0) * _steps(first, second, ordered=ordered), ordered

    def _hub(self, n: int) -> str:
        return self.events[n].wanted.hub or ""

    def _rank(self, n: int) -> tuple[int, int]:
        return self.events[n].wanted.rank, self.events[n].wanted.place


def _steps(one: Wanted, other: Wanted, *, ordered: bool) -> int:
    return abs(other.place - one.place) if ordered else 1


def _grouped(keys: Iterable[K], rank: Callable[[int], tuple[int, int]]) -> dict[K, tuple[int, ...]]:
    found: dict[K, list[int]] = {}
    for n, one in enumerate(keys):
        found.setdefault(one, []).append(n)
    return {one: tuple(sorted(numbers, key=rank)) for one, numbers in found.items()}


@dataclass(frozen=True)
class Standing:
    """What is there already.

    Attributes:
        kept: The sessions that stay, by the event they answer.
        waiting: The events that have to be placed.
        origin: Of these, the sessions that have to move.
        others: All other sessions that take place.
    """

    kept: Mapping[Wanted, Session]
    waiting: Sequence[Wanted]
    origin: Mapping[Wanted, Session] = field(default_factory=dict)
    others: Sequence[Session] = ()


def problem_of(
    wishes: Wishes, standing: Standing, today: date, relaxed: frozenset[str] = frozenset()
) -> Problem:
    """Lay out what can be where.

    Args:
        wishes: What is wished for.
        standing: What is there already.
        today: Only later days can be used.
        relaxed: Of :data:`RULES`, those that are given up.
    """
    layout = _Layout(wishes, standing, today, relaxed)
    events = [layout.staying(one, session) for one, session in standing.kept.items()]
    events += [layout.waiting(one, standing.origin.get(one)) for one in standing.waiting]
    return Problem(wishes, tuple(events), relaxed, layout.window)


class _Layout:
    """The choices of each hub, length and size, made once."""

    def __init__(
        self, wishes: Wishes, standing: Standing, today: date, relaxed: frozenset[str]
    ) -> None:
        self.wishes, self.relaxed = wishes, relaxed
        self.programme = wishes.programme
        settings = self.programme.settings
        first, last = max(settings.starts, today + timedelta(days=1)), settings.ends
        self.window = first, last + _MUCH_LONGER if "window" in relaxed else last
        self._days = [day for day in days(*self.window) if self._usable(day)]
        self._taken_hub: dict[str, list[Span]] = {}
        self._taken_venue: dict[str, list[Span]] = {}
        for session in standing.others if "taken" not in relaxed else ():
            for span in spans_of(session, *self.window, self.programme.zone_of(session)):
                self._taken_hub.setdefault(session.hub or "", []).append(span)
                if session.venue:
                    self._taken_venue.setdefault(session.venue, []).append(span)
        self._busy: dict[str | None, list[Span]] = {}
        for one in self.programme.busy if "busy" not in relaxed else ():
            self._busy.setdefault(one.hub, []).append(one.span)
        self._lengths: dict[str, set[int]] = {}
        for wanted in standing.waiting:
            self._lengths.setdefault(wanted.hub or "", set()).add(wanted.minutes)
        self._towns: dict[str, int] = {}
        self._made: dict[tuple[str | None, int, int | None], Choices] = {}

    def staying(self, one: Wanted, session: Session) -> Event:
        span, venue = session.span, self.programme.venue_of(session)
        choices = self._choices_of(one.hub, [span], (venue,), None, known=True)
        cost = choices.against_time + self._off(one, choices)
        minutes = round((span.ends - span.starts).total_seconds() / 60)
        return Event(one, minutes, choices, cost, kept=session)

    def waiting(self, one: Wanted, origin: Session | None) -> Event:
        key = one.hub, one.minutes, one.people
        if key not in self._made:
            venues: tuple[Venue | None, ...] = self.wishes.venues(one.hub) or (None,)
            length = timedelta(minutes=one.minutes)
            spans = [Span(at, at + length) for at in self._starts(one.hub, one.minutes, venues)]
            self._made[key] = self._choices_of(one.hub, spans, venues, one.people)
        choices = self._made[key]
        cost = choices.against_time + self._off(one, choices)
        if origin is not None:  # as near as can be to what people were told
            cost = cost + np.abs(choices.day - origin.starts.toordinal()) / _WEEK
        return Event(one, one.minutes, choices, cost, origin=origin)

    @staticmethod
    def _off(one: Wanted, choices: Choices) -> "Costs":
        off: Costs = np.abs(choices.day - one.ideal.toordinal()) / _WEEK
        return off

    def _usable(self, day: date) -> bool:
        when = self.programme.settings.when
        if "weekdays" not in self.relaxed and WEEKDAYS[day.weekday()] not in when.weekdays:
            return False
        return "holidays" in self.relaxed or bank_holiday(when.avoid, day) is None

    def _starts(
        self, hub: str | None, minutes: int, venues: Sequence[Venue | None]
    ) -> list[datetime]:
        """List starts worth trying: at opening, after one another, and as late as can be."""
        length = timedelta(minutes=minutes)
        before = sorted(timedelta(minutes=one) for one in self._lengths.get(hub or "", ()))
        own = self._taken_hub.get(hub or "", [])
        taken = [*own, *self._busy.get(None, ()), *(self._busy.get(hub, ()) if hub else ())]
        ends: dict[date, list[datetime]] = {}
        for span in own:
            ends.setdefault(span.ends.date(), []).append(span.ends)
        by_weekday: dict[int, list[time]] = {}
        found = []
        for day in self._days:
            if day.weekday() not in by_weekday:
                by_weekday[day.weekday()] = self._times(day, length, before, venues)
            starts = {datetime.combine(day, at) for at in by_weekday[day.weekday()]}
            starts |= {_round_up(end) for end in ends.get(day, ())}
            found += sorted(at for at in starts if self._allowed(Span(at, at + length), taken))
        return found

    def _times(
        self,
        day: date,
        length: timedelta,
        before: Sequence[timedelta],
        venues: Sequence[Venue | None],
    ) -> list[time]:
        earliest, latest = self._hours
        # Every opening has its first and its last start; only what follows others is limited.
        found: set[datetime] = set()
        after: dict[datetime, None] = {}
        for opens, closes in sorted({h for venue in venues for h in self._open(venue, day)}):
            first = _round_up(datetime.combine(day, max(opens, earliest)))
            last = datetime.combine(day, min(closes, latest)) - length
            last -= timedelta(minutes=last.minute % _QUARTER)
            if first > last:
                continue
            found |= {first, last}
            follow = (first + step * n for n in range(1, _STEPS + 1) for step in before)
            after |= dict.fromkeys(at for at in follow if at < last)
        room = max(_MOST_STARTS - len(found), 0)
        more = [at for at in after if at not in found][:room]
        return [at.time() for at in sorted((*found, *more))]

    @property
    def _hours(self) -> tuple[time, time]:
        when = self.programme.settings.when
        return (_EARLY, _LATE) if "hours" in self.relaxed else (when.earliest, when.latest)

    def _open(self, venue: Venue | None, day: date) -> list[tuple[time, time]]:
        if "openings" in self.relaxed:
            return [(time.min, time.max)]
        return hours_of(venue, day)

    def _allowed(self, span: Span, taken: Sequence[Span]) -> bool:
        earliest, latest = self._hours
        if span.starts.time() < earliest or span.ends.date() != span.starts.date():
            return False
        if span.ends.time() > latest:
            return False
        zone = self.programme.settings.time_zone
        if span.starts.hour <= _CLOCKS_CHANGE and in_clock_change(span.starts, zone):
            return False
        return not any(other.overlaps(span) for other in taken)

    def _choices_of(
        self,
        hub: str | None,
        spans: Sequence[Span],
        venues: tuple[Venue | None, ...],
        people: int | None,
        *,
        known: bool = False,
    ) -> Choices:
        """Make arrays of times and venues; `known` ones are taken as they are."""
        wishes = self.wishes
        start = np.array([_minute(span.starts) for span in spans], dtype=np.int64)
        can = np.ones((len(spans), len(venues)), dtype=bool)
        if not known:
            can &= np.array([self._large_enough(venue, people) for venue in venues])[None, :]
            by_hour: dict[tuple[int, time], list[bool]] = {}
            for n, span in enumerate(spans):
                key = span.starts.weekday(), span.starts.time()
                if key not in by_hour:
                    by_hour[key] = [self._can_be_had(venue, span) for venue in venues]
                can[n] &= by_hour[key]
            for v, venue in enumerate(venues):
                for taken in self._taken_venue.get(venue.id if venue else "", ()):
                    can[[span.overlaps(taken) for span in spans], v] = False
        return Choices(
            tuple(span.starts for span in spans),
            venues,
            np.array([span.starts.toordinal() for span in spans], dtype=np.int64),
            start,
            np.array([in_evening(span) for span in spans], dtype=bool),
            np.array([bool(wishes.is_rural(venue)) for venue in venues], dtype=bool),
            np.array([self._town(venue) for venue in venues], dtype=np.int64),
            can,
            np.array(wishes.against_times(hub, spans), dtype=np.float64),
            np.array([wishes.against_venue(hub, v, people) for v in venues], dtype=np.float64),
        )

    def _town(self, venue: Venue | None) -> int:
        town = self.wishes.town(venue)
        return -1 if town is None else self._towns.setdefault(town, len(self._towns))

    def _large_enough(self, venue: Venue | None, people: int | None) -> bool:
        if venue is None or venue.capacity is None or people is None or "size" in self.relaxed:
            return True
        return venue.capacity >= people

    def _can_be_had(self, venue: Venue | None, span: Span) -> bool:
        return venue is None or "openings" in self.relaxed or open_for(venue, span)


def _minute(at: datetime) -> int:
    return at.toordinal() * 24 * 60 + at.hour * 60 + at.minute


def _round_up(at: datetime) -> datetime:
    over = at.minute % _QUARTER
    whole = at.replace(second=0, microsecond=0)
    return whole + timedelta(minutes=_QUARTER - over if over or at != whole else 0)
