"""What a schedule says beside its rule, in plain English: days left out, cancelled, moved, added.

``except 25 Dec 2026 and 1 Jan 2027``, ``not in August``, ``cancelled on 6 Apr 2027``, ``6 Apr 2027
moved to 13 Apr 2027 19:00-21:00``, ``also on 8 Apr 2027``. Each clause is taken out of the text it
stands in; what cannot be understood stays, and makes the whole schedule one that cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from netmap.events.openings import weekday_of
from netmap.times import MONTHS, bank_holidays, parse_date

_MONTH_WORDS = {
    word: number
    for number, name in enumerate(MONTHS, start=1)
    for word in (name.lower(), name[:3].lower(), *(["sept"] if number == 9 else []))  # noqa: PLR2004
}
_MONTH = rf"(?:{'|'.join(sorted(_MONTH_WORDS, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+(?:the\s+)?)?"
_NUMBER = r"(?<![\d:./])\d{1,2}(?:st|nd|rd|th)?(?![\d:./])"
_NUMBERED = rf"{_NUMBER}(?:\s+of)?\s+{_MONTH}(?:,?\s+\d{{4}})?"
_PLAIN = r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
DAY = rf"(?:{_WEEKDAY}(?:{_PLAIN}|{_NUMBERED}))"
_ONE_DAY = re.compile(
    rf"(?P<weekday>[a-z]*)\s*(?:the\s+)?(?:(?P<plain>{_PLAIN})|"
    rf"(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_MONTH})"
    r"(?:,?\s+(?P<year>\d{4}))?)"
)
_NATIONS = {
    "england": "GB-ENG", "england and wales": "GB-ENG", "wales": "GB-WLS", "scotland": "GB-SCT",
    "northern ireland": "GB-NIR",
}  # fmt: skip
_HOLIDAYS = rf"bank holidays in (?:{'|'.join(sorted(_NATIONS, key=len, reverse=True))})\b"
_WHOLE_MONTH = rf"{_MONTH}(?:\s+\d{{4}})?"
_TO = r"\s*(?:to|until|till|through|-|–)\s*"  # noqa: RUF001  # people type this dash
_ITEM = rf"(?:{_HOLIDAYS}|{DAY}(?:{_TO}{DAY})?|{_WHOLE_MONTH}(?:{_TO}{_WHOLE_MONTH})?)"
_AND = r"\s*(?:,\s*(?:and|or|nor)\b|,|;|&|\band\b|\bor\b|\bnor\b)\s*(?:on\s+|in\s+|during\s+)?"
_LEAD = r"(?:[,;(]|\band\b|\bbut\b|\s)*"
_SHARED = re.compile(
    rf"({_NUMBER})(\s*(?:,\s*and\b|,|&|\band\b|\bor\b|to|-|–)\s*)"  # noqa: RUF001
    rf"(?={_NUMBER}(?:\s+of)?\s+({_MONTH}(?:,?\s+\d{{4}})?))"
)
_EXCEPT = re.compile(
    rf"{_LEAD}\b(?:except|excluding|apart from|not|no (?:meetings?|sessions?|groups?)|closed)"
    rf"(?: on| in| during| for)?\s+(?:the\s+)?(?P<items>{_ITEM}(?:{_AND}{_ITEM})*)\)?"
)
_CANCELLED = re.compile(rf"{_LEAD}\bcancelled(?: on)?\s+(?P<items>{DAY}(?:{_AND}{DAY})*)\)?")
_ALSO = re.compile(rf"{_LEAD}\b(?:also|plus)(?: on)?\s+(?P<items>{DAY}(?:{_AND}{DAY})*)\)?")
_HOURS = r"(?P<hours>(?:\s+at)?\s+\d{1,2}[:.]\d\d(?:\s*(?:-|–|to)\s*\d{1,2}[:.]\d\d)?)?"  # noqa: RUF001
_MOVED = re.compile(
    rf"{_LEAD}(?:\bmoved from\s+(?P<from1>{DAY})\s+to\s+(?P<to1>{DAY})|"
    rf"(?P<from2>{DAY})\s+(?:is\s+)?moved to\s+(?P<to2>{DAY})|"
    rf"(?:\bon\s+)?(?P<to3>{DAY})\s+instead of\s+(?P<from3>{DAY})){_HOURS}\)?"
)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)")
_LAST_OF_YEAR, _DAYS = 12, 366


@dataclass(frozen=True, slots=True)
class Moved:
    """One date that is held on another day, at other hours where those are said."""

    planned: date
    day: date
    at: time | None = None
    length: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What departs from a rule.

    Attributes:
        days: Days left out.
        yearly: Days left out every year, as (month, day).
        months: Months left out every year.
        nations: Whose bank holidays are left out, ISO 3166-2.
        cancelled: Days that are told as cancelled.
        moved: Dates held on other days.
        added: Days beside those of the rule; with an hour where it is not the usual one.
    """

    days: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()
    months: frozenset[int] = frozenset()
    nations: frozenset[str] = frozenset()
    cancelled: frozenset[date] = frozenset()
    moved: tuple[Moved, ...] = ()
    added: frozenset[date] = frozenset()  # a datetime is a date too

    def leave_out(self, day: date) -> bool:
        """Tell whether nothing happens on a day."""
        return (
            day in self.days
            or day.month in self.months
            or (day.month, day.day) in self.yearly
            or any(day in bank_holidays(nation, day.year) for nation in self.nations)
        )

    @property
    def named(self) -> frozenset[date]:
        """The days that should be among those of the rule, or the exception is a slip."""
        return self.cancelled | {one.planned for one in self.moved}


NONE = Exceptions()


@dataclass
class _Found:
    days: set[date] = field(default_factory=set)
    yearly: set[tuple[int, int]] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    nations: set[str] = field(default_factory=set)


def exceptions_in(text: str) -> tuple[str, Exceptions] | None:
    """Take the exceptions out of a schedule.

    Args:
        text: In lower case, with single spaces.

    Returns:
        What is left of the text, and the exceptions; None where a day is none, or its weekday is
        another.
    """
    text = _spelled_out(text)
    moved: list[Moved] = []
    found, cancelled, added = _Found(), set[date](), set[date]()
    while match := _MOVED.search(text):
        one = _moved(match)
        if one is None:
            return None
        moved.append(one)
        text = _without(text, match)
    for pattern, into in ((_CANCELLED, cancelled), (_ALSO, added)):
        while match := pattern.search(text):
            days = [day_in(item) for item in re.findall(DAY, match["items"])]
            if not all(isinstance(day, date) for day in days):
                return None
            into.update(day for day in days if isinstance(day, date))
            text = _without(text, match)
    while match := _EXCEPT.search(text):
        items = [one[0] for one in re.finditer(_ITEM, match["items"])]
        if not all(_leave_out(item, found) for item in items):
            return None
        text = _without(text, match)
    left = Exceptions(
        frozenset(found.days),
        frozenset(found.yearly),
        frozenset(found.months),
        frozenset(found.nations),
        frozenset(cancelled),
        tuple(moved),
        frozenset(added),
    )
    return text, left


def day_in(text: str) -> date | tuple[int, int] | None:
    """Read a day: a date, or (month, day) where no year is said; None where it is no such day."""
    match = _ONE_DAY.fullmatch(text.strip())
    if match is None:
        return None
    if match["plain"]:
        day = parse_date(match["plain"])
    else:
        month = _MONTH_WORDS[match["month"].rstrip(".")]
        # In a leap year every day there can be is one.
        day = _date(int(match["year"] or 2000), month, int(match["number"]))
    if day is None:
        return None
    if match["plain"] or match["year"]:
        told = weekday_of(match["weekday"]) if match["weekday"] else day.weekday()
        return day if told == day.weekday() else None
    return None if match["weekday"] else (day.month, day.day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spelled_out(text: str) -> str:
    """Give each of ``25 and 26 Dec 2026`` its month."""
    while (longer := _SHARED.sub(r"\1 \3\2", text, count=1)) != text:
        text = longer
    return text


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _moved(match: re.Match[str]) -> Moved | None:
    planned = day_in(match["from1"] or match["from2"] or match["from3"])
    day = day_in(match["to1"] or match["to2"] or match["to3"])
    if not isinstance(planned, date) or not isinstance(day, date):
        return None
    hours = [_time(*one) for one in _CLOCK.findall(match["hours"] or "")]
    if not hours:
        return Moved(planned, day)
    begins, ends = hours[0], hours[-1]
    if begins is None or ends is None:
        return None
    if len(hours) == 1:
        return Moved(planned, day, begins)
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    return Moved(planned, day, begins, timedelta(minutes=minutes)) if minutes > 0 else None


def _time(hour: str, minute: str) -> time | None:
    try:
        return time(int(hour), int(minute))
    except ValueError:
        return None


def _leave_out(item: str, found: _Found) -> bool:
    """Note one thing that is left out; tell whether it could be understood."""
    if item.startswith("bank holidays in "):
        found.nations.add(_NATIONS[item.removeprefix("bank holidays in ")])
        return True
    if re.search(DAY, item):
        ends = [day_in(one) for one in re.findall(DAY, item)]
        return _leave_out_days(ends, found)
    months = [
        (_MONTH_WORDS[word.rstrip(".")], int(year or 0))
        for word, year in re.findall(rf"({_MONTH})(?:\s+(\d{{4}}))?", item)
    ]
    return _leave_out_months(months, found)


def _leave_out_days(ends: list[date | tuple[int, int] | None], found: _Found) -> bool:
    first, last = ends[0], ends[-1]
    if isinstance(first, tuple) and isinstance(last, date):
        # "20 Dec to 3 Jan 2027": the year before where the months say so.
        year = last.year if first <= (last.month, last.day) else last.year - 1
        first = _date(year, *first)
    if isinstance(first, date) and isinstance(last, date):
        if not 0 <= (last - first).days <= _DAYS:
            return False
        found.days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
        return True
    if isinstance(first, tuple) and isinstance(last, tuple):
        found.yearly.update(_each_year(first, last))
        return True
    return False


def _each_year(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    day, end = date(2000, *first), date(2000 if first <= last else 2001, *last)
    while day <= end:
        yield day.month, day.day
        day += timedelta(days=1)


def _leave_out_months(months: list[tuple[int, int]], found: _Found) -> bool:
    (first, since), (last, year) = months[0], months[-1]
    if not since and not year:
        found.months.update(_through(first, last))
        return True
    since = since or (year if first <= last else year - 1)
    if not year or (since, first) > (year, last) or year - since > 1:
        return False
    day, end = (
        _date(since, first, 1),
        _date(year + last // _LAST_OF_YEAR, last % _LAST_OF_YEAR + 1, 1),
    )
    if day is None or end is None:
        return False
    found.days.update(day + timedelta(days=n) for n in range((end - day).days))
    return True


def _through(first: int, last: int) -> Iterator[int]:
    month = first
    yield month
    while month != last:
        month = month % _LAST_OF_YEAR + 1
        yield month
