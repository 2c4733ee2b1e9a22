"""One event of somebody else's calendar, understood: when, how long, whether it takes time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from icalendar.parser import Contentline

from netmap.events.foreign.lengths import length_of, period_of
from netmap.events.foreign.lines import Line
from netmap.events.foreign.moments import Dated, Moment, dated, moment
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.parts import Part
from netmap.events.foreign.people import People, people_of
from netmap.events.foreign.timezones import Zones
from netmap.events.occurrence import one_line

_STATUSES = frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"})
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})
_COMMA = re.compile(r"(?<!\\),")
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
        length=length_of(part, start, zones, noticed),
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
                yield at, period_of(rest, at, of, zones, noticed) if rest else None


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
            length = period_of(rest, at, of, zones, noticed) if at and rest else None
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
