"""When groups meet: ``schedule`` in plain English or as an RRULE with a start.

What cannot be understood is reported, never guessed. A fortnight without a first date is followed
from an arbitrary week, marked uncertain, and reported too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from netmap.events.openings import WEEKDAYS, weekday_of
from netmap.events.recurrence import Rule, expand, parse_rule
from netmap.findings import Finding, Level
from netmap.networks.models import Activity
from netmap.networks.register import Register
from netmap.times import LONDON, in_clock_change, is_zone, parse_date

# A Monday long before any feed; a rule that needs no first date may start from it.
_ANCHOR = date(2000, 1, 3)
_DATE = r"(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})"
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?"
_TIMES = re.compile(rf"\b{_CLOCK}\s*(?:-|–|—|to|until|till)\s*{_CLOCK}(?![\d/])", re.IGNORECASE)  # noqa: RUF001
_TIME = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))\s*(am|pm)?(?![\d/])|\b(\d{1,2})\s*(am|pm)\b", re.IGNORECASE
)
_FROM = re.compile(rf"\b(?:from|starting|beginning)(?: on)?\s+{_DATE}", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|till|ending)\s+{_DATE}", re.IGNORECASE)
_EXCEPT = re.compile(
    rf"\b(?:except|not on|but not)(?: on)?\s+({_DATE}(?:\s*(?:,|;|and|&)\s*{_DATE})*)",
    re.IGNORECASE,
)
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1,
}  # fmt: skip
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ALSO = r"(?:\s*(?:,|and|&|\+)\s*(?:and\s+)?)"
_WORD = r"[a-z]{2,10}"
_ORDINAL = "|".join(_ORDINALS)
_MONTHLY = re.compile(
    rf"(?:monthly|every month|each month)?(?:on|,|:|\s)*(?:every|each|the|on the)?\s*"
    rf"(?P<nth>(?:{_ORDINAL})(?:{_ALSO}(?:the\s+)?(?:{_ORDINAL}))*)\s+(?P<day>{_WORD})"
    r"(?P<of>(?:\s+(?:of|in|every|each)(?:\s+(?:the|each|every))?)?\s+month|\s+monthly)?"
)
_FORTNIGHT = re.compile(
    rf"(?:every\s+(?:other|second|2nd)|alternate|fortnightly|(?:every|each)\s+fortnight|"
    rf"every\s+(?P<n>\d+|{'|'.join(_NUMBERS)})\s+weeks?)(?:\s*,|\s+on)?(?:\s+a)?\s+"
    rf"(?P<days>{_WORD}(?:{_ALSO}{_WORD})*)"
)
_WEEKLY = re.compile(
    rf"(?:every\s+week|each\s+week|weekly|every|each|on)?(?:\s*,|\s+on)?\s*"
    rf"(?P<days>{_WORD}(?:{_ALSO}{_WORD})*)"
)
_NOON = re.compile(r"\b(?:12\s*)?(?:noon|midday)\b")
_DAILY = re.compile(r"every\s*day|each day|daily")
_WORKING_DAYS = re.compile(
    r"(?:every\s+|each\s+|on\s+)?weekdays?|mon(?:day)?s?\s*(?:-|–|to)\s*fri(?:day)?s?"  # noqa: RUF001
)
_FREQUENT = 53
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Meeting:
    """When something happens again and again.

    Attributes:
        first: Its first start, local.
        length: How long it lasts, None where that is not said.
        rule: How it repeats.
        zone: The zone of its times.
        leave_out: Days on which it does not happen.
        uncertain: Whether it is not known which weeks are meant.
    """

    first: datetime
    length: timedelta | None
    rule: Rule
    zone: str
    leave_out: frozenset[date] = frozenset()
    uncertain: bool = False

    def starts(self, window: tuple[datetime, datetime]) -> list[datetime]:
        """List its local starts within a window; none in an hour that the clocks skip or repeat."""
        return [
            start
            for start in expand(self.rule, self.first, self.zone, window)
            if start.date() not in self.leave_out and not in_clock_change(start, self.zone)
        ]


def parse_schedule(text: str, zone: str = LONDON) -> Meeting | None:
    """Read a schedule.

    Args:
        text: An RRULE with a DTSTART, or plain English such as ``every Tuesday 18:00-20:00``,
            which may go on with ``from``, ``until`` and ``except`` and dates.
        zone: The zone of times in plain English.

    Returns:
        When it is; None where any part cannot be understood.
    """
    if len(text) > _LONGEST:
        return None
    if "RRULE" in text.upper() or "DTSTART" in text.upper():
        return _from_rule(text, zone)
    return _from_english(" ".join(text.split()).rstrip(".").lower(), zone)


def meets(activity: Activity) -> bool:
    """Tell whether an activity's own meetings belong in a calendar."""
    return bool(activity.schedule) and activity.current and not activity.aggregate


def check_schedules(register: Register, zone: str = LONDON) -> list[Finding]:
    """Report the schedules that cannot be understood, or not wholly."""
    written = [a for a in register.activities if a.schedule]
    return [found for one in written if (found := _schedule_finding(one, zone))]


def _schedule_finding(activity: Activity, zone: str) -> Finding | None:
    text, place = activity.schedule or "", replace(activity.at, column="schedule")
    meeting = parse_schedule(text, zone)
    if meeting is None:
        message = f"'{text}' does not say when in words netmap knows; it is in no calendar."
        hint = "Write: every Tuesday 18:00-20:00, or first Monday of the month 10:00-12:00."
        return Finding(Level.WARNING, "unreadable-schedule", message, place, text, hint)
    if meeting.uncertain:
        message = f"'{text}' does not say which weeks, so calendars may have the wrong ones."
        hint = f"Add a date on which it meets: {text} from 2027-01-05."
        return Finding(Level.WARNING, "schedule-without-start", message, place, text, hint)
    return None


def _from_english(text: str, zone: str) -> Meeting | None:
    text = _NOON.sub("12pm", text)
    text, leave_out = _taken(_EXCEPT, text)
    text, until = _taken(_UNTIL, text)
    text, since = _taken(_FROM, text)
    dates = [_dates(part) for part in (leave_out, until, since)]
    if any(found is None for found in dates):
        return None
    clock = _clock(text)
    if clock is None:
        return None
    rest, at, length = clock
    found = _pattern(re.sub(r"[\s,;:.]+$|^[\s,;:.]+", "", rest))
    if found is None:
        return None
    last = next(iter(dates[1] or ()), None)
    rule = parse_rule(found + (f";UNTIL={last:%Y%m%d}T235959" if last else ""))
    start = next(iter(dates[2] or ()), None)
    if rule is None:
        return None
    first = _first(rule, datetime.combine(start or _ANCHOR, at), zone)
    if first is None:
        return None
    uncertain = start is None and "INTERVAL" in found
    return Meeting(first, length, rule, zone, frozenset(dates[0] or ()), uncertain)


def _first(rule: Rule, earliest: datetime, zone: str) -> datetime | None:
    """Find the first date that the rule itself gives."""
    plain = Rule(tuple(part for part in rule.parts if part[0] != "UNTIL"))
    # `expand` counts the day it begins with, so it begins a day early and that one is left out.
    before = earliest - timedelta(days=1)
    step = Rule(tuple(p for p in plain.parts if p[0] != "INTERVAL"))
    window = (earliest, earliest + timedelta(days=400))
    return next(iter(expand(step, before, zone, window)), None)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.search(text)
    if not found:
        return text, ""
    return (text[: found.start()] + " " + text[found.end() :]).strip(), found[0]


def _dates(text: str) -> list[date] | None:
    found = [parse_date(item) for item in re.findall(_DATE, text)]
    return None if None in found else [day for day in found if day]


def _clock(text: str) -> tuple[str, time, timedelta | None] | None:
    """Take the hours out of a text: what is left, the start, and the length."""
    span = _TIMES.search(text)
    if span:
        h1, m1, half1, h2, m2, half2 = span.groups()
        if not any((m1, half1, m2, half2)):
            return None
        ends = _time(h2, m2, half2)
        begins = _time(h1, m1, half1) if half1 or not half2 else _before(h1, m1, half2, ends)
        if begins is None or ends is None:
            return None
        minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
        if minutes <= 0:
            return None
        return _without(text, span), begins, timedelta(minutes=minutes)
    one = _TIME.search(text)
    if not one:
        return None
    at = _time(one[1] or one[4], one[2], one[3] or one[5])
    return (_without(text, one), at, None) if at else None


def _without(text: str, found: re.Match[str]) -> str:
    before = re.sub(r"(?:\b(?:at|from|between))?\s*$", "", text[: found.start()])
    return f"{before} {text[found.end() :]}".strip()


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:  # noqa: PLR2004  # a clock face
            return None
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        return None


def _before(hour: str, minute: str | None, half: str, ends: time | None) -> time | None:
    """Read the first of ``11-1pm``: in the same half of the day where that comes before."""
    same = _time(hour, minute, half)
    return same if same and ends and same < ends else _time(hour, minute, "am")


def _pattern(text: str) -> str | None:
    if _DAILY.fullmatch(text):
        return "FREQ=DAILY"
    if _WORKING_DAYS.fullmatch(text):
        return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    monthly = _MONTHLY.fullmatch(text)
    said = "month" in text
    if monthly and (said or not text.startswith(("every second", "every 2nd"))):
        day = weekday_of(monthly["day"])
        nth = [_ORDINALS[word] for word in re.findall(rf"\b(?:{_ORDINAL})\b", monthly["nth"])]
        return (
            None
            if day is None
            else f"FREQ=MONTHLY;BYDAY={','.join(f'{n}{WEEKDAYS[day]}' for n in nth)}"
        )
    fortnight = _FORTNIGHT.fullmatch(text)
    if fortnight:
        days = _weekdays(fortnight["days"])
        number = fortnight["n"] or "2"
        every = _NUMBERS.get(number) or int(number)
        if not days or not 1 <= every <= _FREQUENT:
            return None
        return (
            f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}"
            if every > 1
            else f"FREQ=WEEKLY;BYDAY={days}"
        )
    weekly = _WEEKLY.fullmatch(text)
    days = _weekdays(weekly["days"]) if weekly else None
    return f"FREQ=WEEKLY;BYDAY={days}" if days else None


def _weekdays(text: str) -> str | None:
    words = [word for word in re.split(rf"{_ALSO}|\s+", text) if word]
    found = [weekday_of(word) for word in words]
    if not found or any(day is None for day in found):
        return None
    return ",".join(WEEKDAYS[day] for day in sorted({day for day in found if day is not None}))


_START = re.compile(r"DTSTART(?:;TZID=([^:;\s]+))?(?:;VALUE=DATE-TIME)?:(\d{8}T\d{6})(Z?)")
_END = re.compile(r"DTEND(?:;[^:\s]*)?:(\d{8}T\d{6})Z?")
_DURATION = re.compile(r"DURATION:PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?")
_RULE = re.compile(r"RRULE:(\S+)")
_LEFT_OUT = re.compile(r"EXDATE(?:;[^:\s]*)?:(\S+)")


def _from_rule(text: str, zone: str) -> Meeting | None:
    start, rule = _START.search(text), _RULE.search(text)
    made = parse_rule(rule[1]) if rule else None
    if start is None or made is None:
        return None
    named = start[1] or zone
    if not is_zone(named):
        return None
    try:
        first = datetime.strptime(start[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007  # local times are naive
        end = _END.search(text)
        ends = datetime.strptime(end[1], "%Y%m%dT%H%M%S") if end else None  # noqa: DTZ007
        gone = _left_out(_LEFT_OUT.findall(text))
    except ValueError:
        return None
    length = ends - first if ends and ends > first else _length(text)
    if start[3]:
        there = first.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(named))
        first = there.replace(tzinfo=None)
    return Meeting(first, length, made, named, gone)


def _length(text: str) -> timedelta | None:
    found = _DURATION.search(text)
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)) if found else None
    return length or None


def _left_out(found: Iterable[str]) -> frozenset[date]:
    days = [datetime.strptime(item[:8], "%Y%m%d") for part in found for item in part.split(",")]  # noqa: DTZ007
    return frozenset(day.date() for day in days)
