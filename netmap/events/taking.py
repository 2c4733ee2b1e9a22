"""Events of somebody else's calendar as sessions of a programme, once and not twice.

A session taken from a calendar keeps in ``source`` a mark of what the calendar said. Where a row
still says just that, a change in the calendar changes the row; where people have edited it, it is
theirs.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from netmap.events.foreign import Foreign, ForeignDate
from netmap.events.models import Session
from netmap.events.programme import Programme
from netmap.events.uids import taken_uid
from netmap.findings import Finding, Level, Place
from netmap.networks.areas import plain
from netmap.privacy import Audience
from netmap.times import MONTHS, in_clock_change
from netmap.vocabulary import Vocabulary

NEW, UPDATED, UNCHANGED = "new", "updated", "unchanged"
_TWO = 2
_SOURCE = re.compile(r"calendar ([0-9a-f]{6}), as taken ([0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What people say about events that their calendar does not say.

    Attributes:
        kind: The kind of them all; None where each says its own by its categories.
        otherwise: The kind of those that do not say.
        hub: Whose they are, None where they are nobody's.
        audience: Who may see them; staff where None.
    """

    kind: str | None = None
    otherwise: str | None = None
    hub: str | None = None
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A session, and what became of its row: ``new``, ``updated`` or ``unchanged``."""

    session: Session
    change: str


@dataclass(frozen=True, slots=True)
class Taking:
    """What a programme takes from a calendar.

    Attributes:
        sessions: The table as it should be, in its order, new rows at the end.
        taken: What came from the calendar, by start.
        left_alone: One for each date and each row that was not taken or not changed, with why.
        kindless: How many dates were left alone only because nobody says of what kind they are.
    """

    sessions: tuple[Session, ...]
    taken: tuple[Taken, ...]
    left_alone: tuple[Finding, ...]
    kindless: int

    @property
    def changed(self) -> bool:
        """Tell whether the table is another than before."""
        return any(one.change != UNCHANGED for one in self.taken)


def take(
    programme: Programme, found: Foreign, calendar: str, kinds: Vocabulary, wishes: Wishes
) -> Taking:
    """Make sessions of the dates of a calendar.

    Args:
        programme: The programme with the sessions it has, for staff.
        found: The calendar, read for the programme's zone and dates.
        calendar: What the calendar is called, the same next month.
        kinds: The kinds of events there are.
        wishes: What the calendar does not say.
    """
    work = _Work(programme, found.shown, calendar, kinds, wishes)
    for one in found.dates:
        work.consider(one)
    work.leave_unfit()
    work.miss({one.key for one in found.dates})
    return Taking(
        (*(work.kept.get(s.uid, s) for s in programme.sessions), *work.new),
        tuple(work.taken),
        (*found.left_out, *work.left),
        work.kindless,
    )


class _Work:
    def __init__(
        self, programme: Programme, shown: str, calendar: str, kinds: Vocabulary, wishes: Wishes
    ) -> None:
        self.programme, self.shown, self.kinds, self.wishes = programme, shown, kinds, wishes
        self.calendar = sha256(calendar.encode()).hexdigest()[:6]
        self.zone = programme.settings.time_zone
        self.rows = {session.uid: session for session in programme.sessions}
        self.kept: dict[str, Session] = {}
        self.new: list[Session] = []
        self.taken: list[Taken] = []
        self.left: list[Finding] = []
        self.unfit: dict[tuple[int, str, str], list[ForeignDate]] = {}
        self.kindless = 0

    def consider(self, one: ForeignDate) -> None:
        """Take one date, or say why not."""
        uid = self._uid(one.key)
        row = self.rows.get(uid)
        kind = self._kind(one) or (row.kind if row else None)
        why = _unfit(one, self.zone, known=row is not None)
        if why is None and kind is None:
            self.kindless += 1
            why = "no-kind", "does not say what kind of event it is: name one with --kind"
        if why is not None:
            self.unfit.setdefault((one.number, *why), []).append(one)
        elif row is None and kind is not None:
            session = self._made(uid, one, kind)
            self.new.append(session)
            self.taken.append(Taken(session, NEW))
        elif row is not None:
            self._compare(row, one)

    def leave_unfit(self) -> None:
        """Say of each event once why its dates were not taken."""
        for (_, code, why), dates in self.unfit.items():
            more = f" and {len(dates) - 1:,} later dates" if dates[1:] else ""
            if len(dates) == _TWO:
                more = f" and {_day(dates[1].span.starts)}"
            first = _day(dates[0].span.starts)
            message = f"event {dates[0].number} ({first}{more}) {why}."
            self._leave(code, message, dates[0])

    def miss(self, keys: Iterable[str]) -> None:
        """Say which rows came from this calendar and are not in it any more."""
        there = {self._uid(key) for key in keys}
        for row in self.programme.sessions:
            taken = _SOURCE.fullmatch(row.source or "")
            if not taken or taken[1] != self.calendar or row.uid in there or row.cancelled:
                continue
            message = (
                f"the session of {_day(row.starts)} is no longer in the calendar; "
                "cancel it in the table if it is off."
            )
            place = Place(self.programme.file, row.at.row)
            self.left.append(Finding(Level.WARNING, "no-longer-there", message, place, row.uid))

    def _uid(self, key: str) -> str:
        return taken_uid(self.programme.name, key, self.programme.domain)

    def _kind(self, one: ForeignDate) -> str | None:
        if self.wishes.kind:
            return self.wishes.kind
        said = (self.kinds.resolve(word) for word in one.categories)
        return next((kind for kind in said if kind), None) or self.wishes.otherwise

    def _compare(self, row: Session, one: ForeignDate) -> None:
        """Change a row as its calendar has changed, unless people have edited it."""
        now = _mark(one.title or None, one.span.starts, one.span.ends, one.status)
        then = _SOURCE.fullmatch(row.source or "")
        here = _mark(row.title, row.starts, row.ends, row.status)
        if now == here or (then and then[2] == now):
            self.taken.append(Taken(row, UNCHANGED))
        elif then and then[2] == here and not row.unread:
            session = row.model_copy(
                update={
                    "title": one.title or None,
                    "starts": one.span.starts,
                    "ends": one.span.ends,
                    "status": one.status,
                    "all_day": one.day,
                    "source": self._source(now),
                }
            )
            self.kept[row.uid] = session
            self.taken.append(Taken(session, UPDATED))
        else:
            message = (
                f"{_named(one)} has changed in the calendar, and people have edited its row "
                f"({self.programme.file} row {row.at.row}), which was left as it is."
            )
            self._leave("edited-by-people", message, one, level=Level.WARNING)

    def _made(self, uid: str, one: ForeignDate, kind: str) -> Session:
        venues = {plain(word): v.id for v in self.programme.venues for word in (v.id, v.name)}
        venue = venues.get(plain(one.place)) if one.place else None
        return Session(
            uid=uid,
            hub=self.wishes.hub,
            kind=kind,
            title=one.title or None,
            starts=one.span.starts,
            ends=one.span.ends,
            all_day=one.day,
            time_zone=self.zone,
            venue=venue,
            status=one.status,
            # Whoever keeps that calendar has settled when it is.
            locked=True,
            audience=self.wishes.audience.value if self.wishes.audience else None,
            source=self._source(
                _mark(one.title or None, one.span.starts, one.span.ends, one.status)
            ),
            notes=f"Place in the calendar: {one.place}" if one.place and not venue else None,
        )

    def _source(self, mark: str) -> str:
        return f"calendar {self.calendar}, as taken {mark}"

    def _leave(
        self, code: str, message: str, one: ForeignDate, level: Level = Level.NOTICE
    ) -> None:
        place = Place(self.shown, one.line)
        self.left.append(Finding(level, code, message, place, one.uid or None))


def _unfit(one: ForeignDate, zone: str, *, known: bool) -> tuple[str, str] | None:
    """Say why a date cannot be a session, as a code and the rest of a sentence; None if it can."""
    if one.free_busy:
        return "busy-time", "is a busy time and no event: take it with --busy"
    if one.private:
        return "private", "is private: take its time, and nothing else, with --busy"
    if one.status == "cancelled" and not known:
        return "called-off", "is called off, and was not in the programme"
    if one.day and not one.busy and one.status != "cancelled":
        return "marked-day", "marks a day and takes no time: add a row by hand if it is an event"
    if not one.day and in_clock_change(one.span.starts, zone):
        return "clock-change", "begins in an hour that the clocks skip or repeat"
    return None


def _named(one: ForeignDate) -> str:
    return f"event {one.number} ({_day(one.span.starts)})"


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def _mark(title: str | None, starts: datetime, ends: datetime | None, status: str | None) -> str:
    """Make a digest of what a calendar says of a session."""
    parts = (title or "", starts.isoformat(), ends.isoformat() if ends else "", status or "")
    return sha256("\n".join(parts).encode()).hexdigest()[:8]
