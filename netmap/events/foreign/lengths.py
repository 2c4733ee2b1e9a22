"""How long an event lasts: by its end, by its length, or what is usual."""

from dataclasses import replace
from datetime import timedelta

from icalendar.error import InvalidCalendar
from icalendar.prop import vDuration

from netmap.events.foreign.lines import Line
from netmap.events.foreign.moments import Dated, Moment, dated, in_utc, moment
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.parts import Part
from netmap.events.foreign.timezones import Zones
from netmap.events.models import ASSUMED

_DAY = timedelta(days=1)
_LONGEST_STAY = timedelta(days=400)


def length_of(part: Part, start: Moment, zones: Zones, noticed: Noticed) -> timedelta:
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


def period_of(rest: str, at: Moment, of: Dated, zones: Zones, noticed: Noticed) -> timedelta | None:
    """Find how long a period lasts, given by its end or its length."""
    if rest[:1] in {"P", "p", "+", "-"}:
        length = _duration(rest)
    else:
        end = moment(rest, of, zones, noticed, like=at)
        length = in_utc(end.local, end.zone) - in_utc(at.local, at.zone) if end else None
    return length if length and timedelta() < length <= _LONGEST_STAY else None
