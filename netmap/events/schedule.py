"""Putting a programme on days and into venues: greedy, then improved one session at a time.

Hard rules are never broken; wishes have costs (:mod:`netmap.events.wishes`). Where the even spread
leaves no room for somebody, that hub is tried again first and as early as can be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from netmap.errors import NoScheduleError
from netmap.events import explaining
from netmap.events.diary import Diary
from netmap.events.models import Session, Venue
from netmap.events.programme import INVENTED, Programme, marked, title_in_words
from netmap.events.resolving import resolved
from netmap.events.uids import planned_number, planned_uid
from netmap.events.wanted import Wanted, answered, wanted_for
from netmap.events.wishes import Wishes, against_date, against_venue
from netmap.networks.register import Register

_ATTEMPTS = 6
_ROUNDS = 4
_CLEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule, and why it is as it is.

    Attributes:
        sessions: Every session of the programme by start, hub and UID; the table as it should be.
        optimal: Whether nothing better can be had: every wish is granted.
        unmet: The wishes that could not be granted, one sentence each.
        kept: How many sessions that were there stay as they were.
        moved: How many had to move.
        cancelled: How many were called off because the programme no longer asks for them.
        why: For each session by UID why it is where it is, and what it gave up.
    """

    sessions: tuple[Session, ...]
    optimal: bool
    unmet: tuple[str, ...] = ()
    kept: int = 0
    moved: int = 0
    cancelled: int = 0
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """A start and a venue."""

    starts: datetime
    venue: Venue | None


class _Stuck(Exception):  # noqa: N818  # not an error: the next attempt begins with it
    def __init__(self, one: Wanted) -> None:
        super().__init__(str(one))
        self.one = one


def plan(programme: Programme, register: Register, day: date) -> Plan:
    """Put a programme on days and into venues.

    What is past, locked or repeating stays; other sessions move only where a hard rule forces
    them to; what is missing is added. The same programme, register and day give the same plan.

    Args:
        programme: What is to be held, with the sessions there are; resolved here if it is not.
        register: The full register of its network, for staff.
        day: Today.

    Raises:
        NoScheduleError: Something cannot be placed; the conflicting wishes are named.
    """
    programme, _ = resolved(programme, register)
    wishes = Wishes(programme, register)
    wanted = wanted_for(programme, wishes.hubs)
    if programme.settings.event and not wanted:
        raise NoScheduleError(programme.name, explaining.nobody(programme))
    early: tuple[str | None, ...] = ()
    for _ in range(_ATTEMPTS):
        work = _Work(programme, wishes, wanted, day, frozenset(early))
        try:
            return work.done(early)
        except _Stuck as stuck:
            if stuck.one.hub in early[:1]:
                raise NoScheduleError(
                    programme.name,
                    explaining.conflicts(work.diary, wishes, stuck.one, work.dates(stuck.one)),
                ) from None
            early = (stuck.one.hub, *(hub for hub in early if hub != stuck.one.hub))
            last = work, stuck.one
    work, one = last
    raise NoScheduleError(
        programme.name, explaining.conflicts(work.diary, wishes, one, work.dates(one))
    )


class _Work:
    """One attempt: what is placed so far."""

    def __init__(
        self,
        programme: Programme,
        wishes: Wishes,
        wanted: Sequence[Wanted],
        day: date,
        early: frozenset[str | None],
    ) -> None:
        self.programme, self.wishes, self.day, self.early = programme, wishes, day, early
        starts = programme.settings.starts
        self.wanted = [replace(w, ideal=starts) if w.hub in early else w for w in wanted]
        self.diary = Diary(programme, day)
        self.placed: dict[Wanted, Session] = {}
        self.fresh: set[str] = set()
        self.moved: dict[str, str] = {}
        self.called_off: set[str] = set()
        self.rest: list[Session] = []
        self.origin: dict[Wanted, Session] = {}
        # What can be asked of the placed sessions quickly.
        self._series: dict[tuple[str, int], list[Wanted]] = {}
        for one in self.wanted:
            self._series.setdefault(one.series, []).append(one)

    def done(self, early: Iterable[str | None]) -> Plan:
        waiting = self._keep()
        first = list(early)
        order = sorted(
            waiting,
            key=lambda w: (
                first.index(w.hub) if w.hub in first else len(first),
                not (w.ordered or w.days_apart),
                w.place if w.ordered else 0,
                w.ideal,
                w.hub or "",
                w.block,
                w.place,
            ),
        )
        for one in order:
            self._place(one, self._best(one))
        self._improve([w for w in order if w.hub not in self.early])
        return self._result()

    def _keep(self) -> list[Wanted]:
        """Enter what stays; give back what has yet to be placed."""
        found, others = answered(self.programme, self.wanted)
        for session in others:
            self._keep_other(session)
        settled = {w: s for w, s in found.items() if s.settled or s.starts.date() <= self.day}
        for one, session in settled.items():
            self._enter(one, session)
        waiting = [w for w in self.wanted if w not in found]
        free = [(w, s) for w, s in found.items() if w not in settled]
        for one, session in sorted(free, key=lambda p: (not p[1].confirmed, p[1].starts, p[1].uid)):
            reason = self.diary.broken(session) or self._out_of_order(one, session)
            if reason is None and one.hub in self.early and not session.confirmed:
                # What stood there left no room for the rest of its hub's events.
                reason = "room is needed for what has been added"
            if reason is None:
                self._enter(one, session)
            else:
                self.moved[session.uid] = reason
                self.origin[one] = session
                waiting.append(one)
        return waiting

    def _keep_other(self, session: Session) -> None:
        made = planned_number(session.uid, self.programme.name, session.hub, session.kind)
        idle = session.settled or session.cancelled or session.confirmed
        if made is not None and not idle and session.starts.date() > self.day:
            self.called_off.add(session.uid)
            session = session.model_copy(update={"status": "cancelled"})
        self.rest.append(session)
        if not session.cancelled:
            self.diary.enter(session)

    def _enter(self, one: Wanted, session: Session) -> None:
        self.placed[one] = session
        self.diary.enter(session)

    def dates(self, one: Wanted) -> tuple[date, date]:
        """Find the first and last day an event may have, by the others of its series."""
        gap = timedelta(days=max(one.days_apart, 1 if one.ordered else 0))
        settings = self.programme.settings
        first = max(settings.starts, self.day + timedelta(days=1))
        last = settings.ends
        if not one.ordered:
            return first, last
        first += gap * sum(
            o.place < one.place and o not in self.placed for o in self._series[one.series]
        )
        last -= gap * sum(
            o.place > one.place and o not in self.placed for o in self._series[one.series]
        )
        for other in self._series[one.series]:
            if other.place == one.place or other not in self.placed:
                continue
            there, steps = self.placed[other].starts.date(), abs(other.place - one.place)
            if other.place < one.place:
                first = max(first, there + gap * steps)
            else:
                last = min(last, there - gap * steps)
        return first, last

    def _out_of_order(self, one: Wanted, session: Session) -> str | None:
        day = session.starts.date()
        for other in self._series[one.series]:
            if other is one or other not in self.placed:
                continue
            there = self.placed[other].starts.date()
            if one.ordered and (there - day).days * (other.place - one.place) <= 0:
                return "it is out of its order in the sequence"
            if abs((there - day).days) < one.days_apart:
                return f"it is less than {one.days_apart // 7} weeks from another of its kind"
        return None

    def _apart(self, one: Wanted, day: date) -> bool:
        return all(
            abs((self.placed[other].starts.date() - day).days) >= one.days_apart
            for other in self._series[one.series]
            if other is not one and other in self.placed
        )

    def _own(self, hub: str | None) -> list[Session]:
        placed = [s for w, s in self.placed.items() if w.hub == hub]
        return [*placed, *(s for s in self.rest if s.hub == hub and not s.cancelled)]

    def _meeting(self) -> dict[date, list[str]]:
        found: dict[date, list[str]] = {}
        for one, session in self.placed.items():
            found.setdefault(session.starts.date(), []).append(one.hub or "")
        return found

    def _cost(self, one: Wanted, spot: Spot) -> float:
        day = spot.starts.date()
        own = self.diary.days_of(one.hub)
        others = self._meeting().get(day, [])
        return against_date(self.wishes, one, day, own, others) + against_venue(
            self.wishes, one, spot.venue, day, self._own(one.hub)
        )

    def _best(self, one: Wanted) -> Spot:
        """Find the cheapest day and venue that break no hard rule.

        Raises:
            _Stuck: There is none.
        """
        first, last = self.dates(one)
        own_days, meeting, own = self.diary.days_of(one.hub), self._meeting(), self._own(one.hub)
        ranked = sorted(
            (against_date(self.wishes, one, day, own_days, meeting.get(day, ())), day)
            for day in self.diary.days
            if first <= day <= last and self._apart(one, day)
        )
        best: tuple[float, datetime, str] | None = None
        chosen: Spot | None = None
        for cost, day in ranked:
            if best is not None and cost >= best[0]:
                break
            for venue in self.wishes.venues(one.hub) or (None,):
                total = cost + against_venue(self.wishes, one, venue, day, own)
                if best is not None and total >= best[0] + _CLEARLY:
                    continue
                starts = self.diary.first_start(one.hub, day, venue, one.minutes)
                key = (total, starts, venue.id if venue else "") if starts else None
                if key and starts and (best is None or key < best):
                    best, chosen = key, Spot(starts, venue)
        if chosen is None:
            raise _Stuck(one)
        return chosen

    def _place(self, one: Wanted, spot: Spot) -> None:
        old = self.origin.get(one)
        session = _moved(old, one, spot) if old else self._made(one, spot)
        if not old:
            self.fresh.add(session.uid)
        self._enter(one, session)

    def _made(self, one: Wanted, spot: Spot) -> Session:
        programme, settings = self.programme, self.programme.settings
        taken = {s.uid for s in programme.sessions} | self.fresh
        number = (
            1
            + sum(
                w.block < one.block and w.kind == one.kind and w.hub == one.hub for w in self.wanted
            )
            + one.place
        )
        while (
            uid := planned_uid(programme.name, one.hub, one.kind, number, programme.domain)
        ) in taken:
            number += 1
        title = title_in_words(programme, one.kind, one.theme, one.hub)
        invented = settings.confidence == "illustrative"
        return Session(
            uid=uid,
            hub=one.hub,
            kind=one.kind,
            theme=one.theme,
            title=marked(title) if invented else title,
            starts=spot.starts,
            ends=spot.starts + timedelta(minutes=one.minutes),
            time_zone=settings.time_zone,
            venue=spot.venue.id if spot.venue else None,
            status="tentative",
            audience=settings.audience.value if settings.audience else None,
            description=INVENTED if invented else None,
            confidence=settings.confidence,
        )

    def _improve(self, candidates: Sequence[Wanted]) -> None:
        """Move sessions one at a time while that makes things better."""
        for _ in range(_ROUNDS):
            better = False
            for one in candidates:
                session = self.placed.pop(one)
                self.diary.strike(session)
                here = Spot(session.starts, self.programme.venue_of(session))
                spot = self._best(one)
                if self._cost(one, spot) < self._cost(one, here) - _CLEARLY:
                    session, better = _at(session, one, spot), True
                self._enter(one, session)
            if not better:
                return

    def _result(self) -> Plan:
        sessions = sorted(
            [*self.placed.values(), *self.rest], key=lambda s: (s.starts, s.hub or "", s.uid)
        )
        unmet = explaining.unmet(self.diary, self.wishes, self.placed)
        there = {s.uid for s in self.programme.sessions}
        return Plan(
            sessions=tuple(sessions),
            optimal=not unmet,
            unmet=unmet,
            kept=len(there - set(self.moved) - self.called_off),
            moved=len(self.moved),
            cancelled=len(self.called_off),
            why=explaining.why(
                self.wishes,
                self.placed,
                sessions,
                self.fresh,
                self.moved,
                self.called_off,
                self.day,
            ),
        )


def _at(session: Session, one: Wanted, spot: Spot) -> Session:
    return session.model_copy(
        update={
            "starts": spot.starts,
            "ends": spot.starts + timedelta(minutes=one.minutes),
            "venue": spot.venue.id if spot.venue else None,
        }
    )


def _moved(session: Session, one: Wanted, spot: Spot) -> Session:
    """Give a session its new place; nobody has yet confirmed that one."""
    moved = _at(session, one, spot)
    length = session.span.ends - session.starts
    ends = (
        spot.starts + length
        if session.ends and length <= timedelta(minutes=one.minutes)
        else moved.ends
    )
    unread = {k: v for k, v in session.unread.items() if k not in {"starts", "ends", "venue"}}
    return moved.model_copy(update={"status": "tentative", "ends": ends, "unread": unread})
