"""One event of somebody else's calendar, understood: when, how long, whether it takes time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256

from icalendar.error import InvalidCalendar
from icalendar.parser import Contentline
from icalendar.prop import vDuration

from netmap.events.foreign.lines import Line
from netmap.events.foreign.moments import Dated, Moment, dated, in_utc, moment
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.parts import Part
from netmap.events.foreign.people import People, people_of
from netmap.events.foreign.timezones import Zones
from netmap.events.models import ASSUMED
from netmap.events.occurrence import one_line

_STATUSES = frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"})
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_COMMA = re.compile(r"(?<!\\),")
_DAY = timedelta(days=1)
_LONGEST_STAY = timedelta(days=400)
_SHOWN_UID = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """An event, or one changed date of a series.

    Attributes:
        number: The so-manyth event of the file.
        line: The line it begins on.
        uid: What its calendar knows it by; made where it has none.
        shown: The UID as messages show it, empty where it may say who somebody is.
        start: When it first begins.
        length: How long it lasts by the clock on the wall.
        replaces: Which date of its series it takes the place of; None for the series itself.
        onwards: Whether it is about all later dates too.
        sequence: How often it was changed, as its calendar counts.
        rules: The lines of its rules.
        less: The lines of rules whose dates are left out.
        extra: Further starts, with their lengths where they have their own.
        except_: Starts that do not take place.
        status: ``tentative``, ``confirmed``, ``cancelled``, or None where it does not say.
        free: Whether its time is not taken.
        private: Whether nobody is to know what it is.
        title: In one line, without the names of those invited; empty for what is private.
        place: Likewise.
        categories: As written.
    """

    number: int
    line: int
    uid: str
    shown: str
    start: Moment
    length: timedelta
    replaces: Moment | None = None
    onwards: bool = False
    sequence: int = 0
    rules: tuple[Line, ...] = ()
    less: tuple[Line, ...] = ()
    extra: tuple[tuple[Moment, timedelta | None], ...] = ()
    except_: tuple[Moment, ...] = ()
    status: str | None = None
    free: bool = False
    private: bool = False
    title: str = ""
    place: str = ""
    categories: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How messages name it."""
        return f"event {self.number}"


def entry_of(part: Part, zones: Zones, noticed: Noticed) -> Entry | None:
    """Understand one event; None, and why, where its time cannot be read."""
    people = people_of(part.invited)
    line = part.first("UID")
    uid = one_line(line.value) if line else ""
    shown = "" if people.named_in(uid) else uid[:_SHOWN_UID]
    noticed.about(part.number, shown)
    start = _start(part, zones, noticed)
    if start is None:
        return None
    uid = uid or _made_uid(part, start, noticed)
    if part.first("DTSTAMP") is None:
        noticed.repair("no-dtstamp", "it does not say when it was written (DTSTAMP).", part.line)
    private = part.word("CLASS") in _PRIVATE
    replaces, onwards = _replaces(part, start, zones, noticed)
    status = part.word("STATUS")
    return Entry(
        number=part.number,
        line=part.line,
        uid=uid,
        shown=shown,
        start=start,
        length=_length(part, start, zones, noticed),
        replaces=replaces,
        onwards=onwards,
        sequence=_whole(part.word("SEQUENCE")),
        rules=tuple(part.lines.get("RRULE", ())),
        less=tuple(part.lines.get("EXRULE", ())),
        extra=tuple(_extra(part, start, zones, noticed)),
        except_=tuple(_excepted(part, start, zones, noticed)),
        status=status.lower() if status in _STATUSES else None,
        free=part.word("TRANSP") == "TRANSPARENT"
        or part.word("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE",
        private=private,
        title="" if private else _text(part, "SUMMARY", people, noticed),
        place="" if private else _text(part, "LOCATION", people, noticed),
        categories=() if private else _categories(part, people),
    )


def _start(part: Part, zones: Zones, noticed: Noticed) -> Moment | None:
    line = part.first("DTSTART")
    if line is None:
        message = f"event {part.number} does not say when it begins."
        noticed.leave("no-start", message, part.line, fault=True)
        return None
    of = dated(line, zones)
    start = moment(of.values[0], of, zones, noticed) if of.values else None
    if start is None:
        message = f"event {part.number} begins at no time that can be read."
        noticed.leave("bad-start", message, line.number, fault=True)
    return start


def _made_uid(part: Part, start: Moment, noticed: Noticed) -> str:
    summary = part.first("SUMMARY")
    told = f"{start.key.isoformat()}\n{summary.value if summary else ''}"
    noticed.repair("no-uid", "it has no UID; one was made from its start and title.", part.line)
    return f"made-{sha256(told.encode()).hexdigest()[:16]}"


def _length(part: Part, start: Moment, zones: Zones, noticed: Noticed) -> timedelta:
    """Find how long it lasts: by its end, its length, or what is usual."""
    usual = _DAY if start.day else ASSUMED
    line = part.first("DTEND")
    if line is not None:
        of = dated(line, zones)
        end = moment(of.values[0], of, zones, noticed, like=start) if of.values else None
        return _until(end, start, line, usual, noticed)
    line = part.first("DURATION")
    if line is not None:
        length = _duration(line.value)
        if length is not None and timedelta() < length <= _LONGEST_STAY:
            return max(length, _DAY) if start.day else length
        noticed.repair(
            "bad-duration", f"its length makes no sense; {_said(usual)} taken.",
            line.number, "DURATION", look=True,
        )  # fmt: skip
        return usual
    if not start.day:
        noticed.repair("no-end", f"it does not say when it ends; {_said(usual)} taken.", part.line)
    return usual


def _said(usual: timedelta) -> str:
    return "one day was" if usual == _DAY else "two hours were"


def _until(
    end: Moment | None, start: Moment, line: Line, usual: timedelta, noticed: Noticed
) -> timedelta:
    if end is not None and end.day != start.day:
        message = "its start and its end are not of one kind, a day and a time; both were kept."
        noticed.repair("day-and-time", message, line.number, "DTEND", look=True)
        whole = replace(start, day=False)
        length = (
            replace(end, day=False, zone=whole.zone if end.day else end.zone)
            .seen_from(whole.zone)
            .local
            - whole.local
        )
        return length if timedelta() < length <= _LONGEST_STAY else usual
    if end is None:
        message = f"its end cannot be read; {_said(usual)} taken."
        noticed.repair("bad-end", message, line.number, "DTEND", look=True)
        return usual
    length = end.seen_from(start.zone).local - start.local
    if length == timedelta():
        message = f"it ends as it begins; {_said(usual)} taken."
        noticed.repair("no-length", message, line.number, "DTEND")
        return usual
    if length < timedelta() or length > _LONGEST_STAY:
        what = "ends before it begins" if length < timedelta() else "would last for years"
        message = f"it {what}; {_said(usual)} taken."
        noticed.repair("bad-end", message, line.number, "DTEND", look=True)
        return usual
    return length


def _duration(text: str) -> timedelta | None:
    try:
        found: timedelta = vDuration.from_ical(text.strip().upper()[:40])  # type: ignore[no-untyped-call]
    except (InvalidCalendar, ValueError, OverflowError):
        return None
    return found


def _replaces(
    part: Part, start: Moment, zones: Zones, noticed: Noticed
) -> tuple[Moment | None, bool]:
    line = part.first("RECURRENCE-ID")
    if line is None:
        return None, False
    of = dated(line, zones)
    found = moment(of.values[0], of, zones, noticed, like=start) if of.values else None
    if found is not None and found.day and not start.day:
        message = "a day stands for a time of its series; what begins on that day was replaced."
        noticed.repair("recurrence-id-a-day", message, line.number, line.name)
    if found is None:
        message = "which date of its series it replaces cannot be read; it was taken as one more."
        noticed.repair("bad-recurrence-id", message, line.number, line.name, look=True)
    return found, of.future


def _extra(
    part: Part, start: Moment, zones: Zones, noticed: Noticed
) -> Iterator[tuple[Moment, timedelta | None]]:
    """Read the further dates of an event (RDATE), some with lengths of their own."""
    for line in part.lines.get("RDATE", ()):
        of = dated(line, zones)
        for written in of.values:
            first, _, rest = written.partition("/")
            at = moment(first, of, zones, noticed, like=start)
            if at is None:
                _unread(noticed, line)
            else:
                yield at, _period(rest, at, of, zones, noticed) if rest else None


def _period(rest: str, at: Moment, of: Dated, zones: Zones, noticed: Noticed) -> timedelta | None:
    """Find how long a period lasts, given by its end or its length."""
    if rest[:1] in {"P", "p", "+", "-"}:
        length = _duration(rest)
    else:
        end = moment(rest, of, zones, noticed, like=at)
        length = in_utc(end.local, end.zone) - in_utc(at.local, at.zone) if end else None
    return length if length and timedelta() < length <= _LONGEST_STAY else None


def _excepted(part: Part, start: Moment, zones: Zones, noticed: Noticed) -> Iterator[Moment]:
    for line in part.lines.get("EXDATE", ()):
        of = dated(line, zones)
        found = [moment(written, of, zones, noticed, like=start) for written in of.values]
        if None in found or not found:
            _unread(noticed, line)
        if any(one and one.day for one in found) and not start.day:
            message = "a day is left out of a series of times; all that begins on that day was."
            noticed.repair("exdate-a-day", message, line.number, line.name)
        yield from (one for one in found if one)


def _unread(noticed: Noticed, line: Line) -> None:
    message = "a date in this line cannot be read; it was passed over."
    noticed.repair("bad-date", message, line.number, line.name, look=True)


def periods_of(part: Part, zones: Zones, noticed: Noticed) -> Iterator[tuple[Moment, timedelta]]:
    """Read the busy times of a free/busy calendar; those that are said to be free are left out."""
    for line in part.lines.get("FREEBUSY", ()):
        head, _, value = line.text.partition(":")
        if "FBTYPE=FREE" in head.upper().replace('"', ""):
            continue
        of = Dated(line, None, says_date=False, future=False, values=tuple(value.split(",")))
        for written in of.values:
            first, _, rest = written.strip().partition("/")
            at = moment(first, of, zones, noticed)
            length = _period(rest, at, of, zones, noticed) if at and rest else None
            if at is None or length is None:
                _unread(noticed, line)
            else:
                yield at, length


def _text(part: Part, name: str, people: People, noticed: Noticed) -> str:
    line = part.first(name)
    if line is None:
        return ""
    try:
        text = Contentline(line.text).parts()[2]  # type: ignore[no-untyped-call]
    except ValueError:
        # Its parameters are broken; the words after the first colon still are what people wrote.
        text = line.value
    kept, gone = people.without(one_line(text))
    if gone:
        message = "the name or address of somebody was taken out of its words."
        noticed.repair("name-removed", message, line.number, name)
    return kept


def _categories(part: Part, people: People) -> tuple[str, ...]:
    found = [
        people.without(one_line(word.replace("\\", "")))[0]
        for line in part.lines.get("CATEGORIES", ())
        for word in _COMMA.split(line.value)
    ]
    return tuple(dict.fromkeys(word for word in found if word))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004  # enough
