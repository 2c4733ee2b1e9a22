"""When groups meet: ``schedule`` in plain English or as an RRULE with a start.

What cannot be understood is reported, never guessed. A fortnight without a first date is followed
from an arbitrary week, marked uncertain, and reported too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from netmap.events.exceptions import DAY, NONE, Exceptions, day_in, exceptions_in
from netmap.events.openings import WEEKDAYS, weekday_of
from netmap.events.recurrence import Rule, expand, parse_rule
from netmap.findings import Finding, Level
from netmap.networks.models import Activity
from netmap.networks.register import Register
from netmap.times import LONDON, add_months, in_clock_change, is_zone

# A Monday long before any feed; a rule that needs no first date may start from it.
_ANCHOR = date(2000, 1, 3)
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?"
_TIMES = re.compile(rf"\b{_CLOCK}\s*(?:-|–|—|to|until|till)\s*{_CLOCK}(?![\d/])", re.IGNORECASE)  # noqa: RUF001
_TIME = re.compile(
    r"\b(\d{1,2})(?:[:.](\d\d))\s*(am|pm)?(?![\d/])|\b(\d{1,2})\s*(am|pm)\b", re.IGNORECASE
)
_FROM = re.compile(rf"\b(?:from|starting|beginning)(?: on)?\s+({DAY})")
_UNTIL = re.compile(rf"\b(?:until|till|ending)(?: on)?\s+({DAY})")
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
# As far as feeds do.
_LOOK_AHEAD = 14


@dataclass(frozen=True, slots=True)
class Held:
    """One date of something that happens again and again.

    Attributes:
        planned: The local start its rule gives it, by which calendars know it for ever.
        starts: When it starts, local; another moment where it was moved.
        length: How long it lasts, None where that is not said.
        cancelled: Whether it is told as not taking place.
    """

    planned: datetime
    starts: datetime
    length: timedelta | None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """When something happens again and again.

    Attributes:
        first: Its first start, local.
        length: How long it lasts, None where that is not said.
        rule: How it repeats.
        zone: The zone of its times.
        exceptions: What departs from the rule.
        uncertain: Whether it is not known which weeks are meant.
    """

    first: datetime
    length: timedelta | None
    rule: Rule
    zone: str
    exceptions: Exceptions = NONE
    uncertain: bool = False

    def dates(self, window: tuple[datetime, datetime]) -> list[Held]:
        """List its dates within a window by start, cancelled ones too.

        None starts in an hour that the clocks skip or repeat.
        """
        return [one for one in self._dates(window) if not in_clock_change(one.starts, self.zone)]

    def starts(self, window: tuple[datetime, datetime]) -> list[datetime]:
        """List the local starts within a window of what does take place."""
        return [one.starts for one in self.dates(window) if not one.cancelled]

    def in_clock_changes(self, window: tuple[datetime, datetime]) -> list[datetime]:
        """List the starts within a window that do not exist or come twice, so are in no feed."""
        found = self._dates(window)
        return [one.starts for one in found if in_clock_change(one.starts, self.zone)]

    def unmet(self) -> list[date]:
        """List the days said to be cancelled or moved on which nothing would happen anyway."""
        return [day for day in sorted(self.exceptions.named) if not self._planned_on(day)]

    def _dates(self, window: tuple[datetime, datetime]) -> list[Held]:
        opens, closes = window
        departing = self.exceptions
        gone = {one.planned for one in departing.moved}
        found = {
            start: Held(start, start, self.length, start.date() in departing.cancelled)
            for start in expand(self.rule, self.first, self.zone, window)
            if start.date() not in gone and not departing.leave_out(start.date())
        }
        for day in departing.added:
            start = day if isinstance(day, datetime) else datetime.combine(day, self.first.time())
            if opens <= start < closes:
                found.setdefault(start, Held(start, start, self.length))
        held = [*found.values(), *(m for m in self._moved() if opens <= m.starts < closes)]
        return sorted(held, key=lambda one: (one.starts, one.planned))

    def _moved(self) -> Iterator[Held]:
        for one in self.exceptions.moved:
            for planned in self._planned_on(one.planned):
                starts = datetime.combine(one.day, one.at or planned.time())
                yield Held(planned, starts, one.length or self.length)

    def _planned_on(self, day: date) -> list[datetime]:
        opens = datetime.combine(day, time.min)
        return expand(self.rule, self.first, self.zone, (opens, opens + timedelta(days=1)))


@lru_cache(maxsize=4096)
def parse_schedule(text: str, zone: str = LONDON) -> Meeting | None:
    """Read a schedule.

    Args:
        text: An RRULE with a DTSTART, or plain English such as ``every Tuesday 18:00-20:00``,
            which may go on with ``from``, ``until``, ``except``, ``not in``, ``cancelled on``,
            ``moved to`` and ``also on`` and days (:mod:`netmap.events.exceptions`).
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
    month = register.as_of.replace(day=1)
    days = month, add_months(month, _LOOK_AHEAD)
    window = datetime.combine(days[0], time.min), datetime.combine(days[1], time.min)
    return [
        found
        for one in register.activities
        if one.schedule
        for found in _schedule_findings(one, zone, window)
    ]


def _schedule_findings(
    activity: Activity, zone: str, window: tuple[datetime, datetime]
) -> Iterator[Finding]:
    text, place = activity.schedule or "", replace(activity.at, column="schedule")
    meeting = parse_schedule(text, zone)
    if meeting is None:
        message = f"'{text}' does not say when in words netmap knows; it is in no calendar."
        hint = "Write: every Tuesday 18:00-20:00, or first Monday of the month 10:00-12:00."
        yield Finding(Level.WARNING, "unreadable-schedule", message, place, text, hint)
        return
    if meeting.uncertain:
        message = f"'{text}' does not say which weeks, so calendars may have the wrong ones."
        hint = f"Add a date on which it meets: {text} from 2027-01-05."
        yield Finding(Level.WARNING, "schedule-without-start", message, place, text, hint)
    for day in meeting.unmet():
        message = f"'{text}' cancels or moves {day:%d %b %Y}, when it would not meet anyway."
        hint = "Name a day on which it usually meets."
        yield Finding(Level.WARNING, "no-such-meeting", message, place, text, hint)
    missed = meeting.in_clock_changes(window)
    if missed:
        days = " and ".join(f"{start:%d %b %Y}" for start in missed)
        message = f"the clocks change in the hour it starts on {days}, so that is in no calendar."
        hint = "Write another hour for those days: moved from 28 Mar 2027 to 28 Mar 2027 02:30."
        yield Finding(Level.WARNING, "clock-change", message, place, text, hint)


def _from_english(text: str, zone: str) -> Meeting | None:
    taken = exceptions_in(_NOON.sub("12pm", text))
    if taken is None:
        return None
    text, departing = taken
    text, until = _taken(_UNTIL, text)
    text, since = _taken(_FROM, text)
    clock = _clock(text)
    if clock is None:
        return None
    rest, at, length = clock
    found = _pattern(re.sub(r"[\s,;:.]+$|^[\s,;:.]+", "", rest))
    if found is None:
        return None
    rule = parse_rule(found + (f";UNTIL={until:%Y%m%d}T235959" if until else ""))
    if rule is None:
        return None
    first = _first(rule, datetime.combine(since or _ANCHOR, at), zone)
    if first is None:
        return None
    return Meeting(first, length, rule, zone, departing, since is None and "INTERVAL" in found)


def _first(rule: Rule, earliest: datetime, zone: str) -> datetime | None:
    """Find the first date that the rule itself gives."""
    plain = Rule(tuple(part for part in rule.parts if part[0] != "UNTIL"))
    # `expand` counts the day it begins with, so it begins a day early and that one is left out.
    before = earliest - timedelta(days=1)
    step = Rule(tuple(p for p in plain.parts if p[0] != "INTERVAL"))
    window = (earliest, earliest + timedelta(days=400))
    return next(iter(expand(step, before, zone, window)), None)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, date | None]:
    """Take a day out of a text, where one is said that is the day of a year."""
    found = pattern.search(text)
    day = day_in(found[1]) if found else None
    if not found or not isinstance(day, date):
        # What stays makes the whole one that cannot be read.
        return text, None
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), day


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
_LEFT_OUT = re.compile(r"EXDATE(?:;TZID=([^:;\s]+))?(?:;[^:\s]*)?:(\S+)")
_ADDED = re.compile(r"RDATE(?:;TZID=([^:;\s]+))?(?:;[^:\s]*)?:(\S+)")


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
        length = ends - first if ends and ends > first else _length(text)
        if start[3]:
            first = _there(first, "UTC", named)
        left_out = frozenset(day.date() for day in _listed(_LEFT_OUT, text, first, named))
        added = frozenset(_listed(_ADDED, text, first, named))
    except (ValueError, KeyError, OSError):
        return None
    return Meeting(first, length, made, named, Exceptions(days=left_out, added=added))


def _length(text: str) -> timedelta | None:
    found = _DURATION.search(text)
    length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)) if found else None
    return length or None


def _listed(pattern: re.Pattern[str], text: str, first: datetime, zone: str) -> list[datetime]:
    """List the local moments of EXDATE or RDATE; a day alone is at the hour of the first start.

    Raises:
        ValueError: One is not a date.
    """
    found = []
    for named, values in pattern.findall(text):
        for value in values.split(","):
            written = value.partition("/")[0]
            if "T" not in written:
                day = datetime.strptime(written, "%Y%m%d")  # noqa: DTZ007
                found.append(datetime.combine(day.date(), first.time()))
                continue
            at = datetime.strptime(written.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
            there = "UTC" if written.endswith("Z") else named or zone
            found.append(_there(at, there, zone))
    return found


def _there(local: datetime, zone: str, other: str) -> datetime:
    moment = local.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(ZoneInfo(other)).replace(tzinfo=None)
