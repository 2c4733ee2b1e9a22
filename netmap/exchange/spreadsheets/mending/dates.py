"""Dates as people write them, day before month; nothing else is guessed.

A date that an American would read otherwise is taken day first and said in both readings. One that
only an American could have written is left to somebody who knows.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.months import month_number, said
from netmap.exchange.spreadsheets.mending.outcomes import (
    Understood,
    mended,
    quoted,
    refused,
    taken,
    warned,
)

_LONGEST = 64
_BAD = "bad-date"
_HINT = "Write it as 2026-03-31."
_ENDS = frozenset({"until", "funding_ends", "due"})
_OPEN_ENDED = frozenset(
    {"ongoing", "on-going", "present", "current", "now", "permanent", "rolling", "continuing"}
    | {"indefinite", "open ended", "open-ended", "no end date", "no end"}
)
_COUNTED_FROM = date(1899, 12, 30)
_FIRST_COUNTED, _LAST_COUNTED = date(1980, 1, 1), date(2100, 12, 31)
_LIKELY_YEARS = range(1900, 2101)
_THIS_CENTURY = 70
_TWO_DIGITS = 2

_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed|weds|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?(?:[\s,.]+|$)",
    re.IGNORECASE,
)
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)|\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:am|pm)?"
_TIME = re.compile(
    rf"(?:T|[\s,]+(?:at\s+)?)(?:{_CLOCK})\s*(?:Z|UTC|GMT|BST|[+-]\d{{2}}:?\d{{2}})?$", re.IGNORECASE
)
_APART = r"\s*[/.\-\\]\s*|\s+"
_DAY = r"(\d{1,2})\s*(?:st|nd|rd|th)?"
_NAME = r"([a-z]{3,10})\.?"
_YEAR = r"'?(\d{4}|\d{2})"


def read_day(text: str, column: str) -> Understood:
    """Read a date.

    Args:
        text: The cell, tidied.
        column: The column it stands in: where a time ends, a month ends on its last day.

    Returns:
        The day as ISO text, or nothing and the reason.
    """
    if len(text) > _LONGEST:
        return _none(text)
    if column in _ENDS and text.casefold().strip(" .") in _OPEN_ENDED:
        message = f"{quoted(text)} is no day; the cell is left empty."
        return mended("", "open-ended", message)
    bare = _TIME.sub("", _WEEKDAY.sub("", plain_marks(text), count=1)).strip(" ,.")
    for form, read in _FORMS:
        found = form.fullmatch(bare)
        if found is not None:
            return read(found, column)
    return _none(text)


def _none(text: str) -> Understood:
    return refused(_BAD, f"{quoted(text)} is not a date.", _HINT)


def _year(digits: str) -> int:
    """Give the year of two digits, or of four; 70 to 99 are of the last century."""
    number = int(digits)
    if len(digits) > _TWO_DIGITS:
        return number
    return number + (2000 if number < _THIS_CENTURY else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _dated(year: int, month: int, day: int) -> Understood:
    """Take a day of which every part is certain."""
    found = _date(year, month, day)
    if found is None:
        return refused(_BAD, f"there is no day {day}/{month}/{year}.", _HINT)
    if found.year not in _LIKELY_YEARS:
        message = f"the year {found.year} is unlikely; it is taken as it stands."
        return warned(found.isoformat(), "unlikely-date", message, _HINT)
    return taken(found.isoformat())


def _year_first(found: re.Match[str], _: str) -> Understood:
    return _dated(int(found[1]), int(found[2]), int(found[3]))


def _day_first(found: re.Match[str], _: str) -> Understood:
    day, month, year = int(found[1]), int(found[2]), _year(found[3])
    swapped = _date(year, day, month)
    here = _dated(year, month, day)
    if swapped is None or day == month:
        return here
    if not here.value:
        message = (
            f"day first there is no month {month}; in American order it would be {said(swapped)}."
        )
        return refused(_BAD, message, f"If that is what is meant, write {swapped.isoformat()}.")
    message = (
        f"read as {said(date(year, month, day))}; in American order it would be {said(swapped)}."
    )
    hint = f"To be sure, write {here.value}."
    return here.and_also(*warned(here.value, "date-order", message, hint).remarks)


def _month_named(day: str, name: str, year: str) -> Understood:
    month = month_number(name)
    if month is None:
        return refused(_BAD, f"{quoted(name)} is not the name of a month.", _HINT)
    return _dated(_year(year), month, int(day))


def _only_month(year: int, month: int | None, column: str, text: str) -> Understood:
    """Take the first day of a month, or the last where something ends with it."""
    if month is None or _date(year, month, 1) is None:
        return _none(text)
    ends = column in _ENDS
    day = calendar.monthrange(year, month)[1] if ends else 1
    which = "last" if ends else "first"
    message = f"only the month is said; its {which} day is taken, {said(date(year, month, day))}."
    return mended(date(year, month, day).isoformat(), "month-only", message)


def _year_then_two(found: re.Match[str], column: str) -> Understood:
    year, month = int(found[1]), int(found[2])
    if month == (year + 1) % 100:
        message = f"{quoted(found[0])} could be a month, or two years that follow one another."
        return refused(_BAD, message, _HINT)
    return _only_month(year, month, column, found[0])


def _counted(found: re.Match[str], _: str) -> Understood:
    """Read a date as spreadsheets count days; the count that begins in 1904 is not guessed."""
    day = _COUNTED_FROM + timedelta(days=int(found[1]))
    if not _FIRST_COUNTED <= day <= _LAST_COUNTED:
        return _none(found[0])
    message = f"{found[0]} is how spreadsheets count days; it is {said(day)}."
    return mended(day.isoformat(), "date-serial", message)


def _without_blanks(found: re.Match[str], _: str) -> Understood:
    here = _dated(int(found[1]), int(found[2]), int(found[3]))
    if not here.value or int(found[1]) not in _LIKELY_YEARS:
        return _none(found[0])
    message = f"read as {said(date.fromisoformat(here.value))}."
    return mended(here.value, "date-digits", message)


def _no_year(found: re.Match[str], _: str) -> Understood:
    return refused(_BAD, f"{quoted(found[0])} has no year.", _HINT)


def _month_then_two(found: re.Match[str], _: str) -> Understood:
    month = month_number(found[1])
    if month is None:
        return _none(found[0])
    message = f"{quoted(found[0])} could be a day without a year, or a month of a year."
    return refused(_BAD, message, _HINT)


def _only_year(found: re.Match[str], _: str) -> Understood:
    hint = f"If the day does not matter, write {found[0]}-01-01."
    return refused(_BAD, f"{found[0]} is a year; the day is missing.", hint)


_Reader = Callable[[re.Match[str], str], Understood]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})", _year_first),
        (rf"(\d{{1,2}})(?:{_APART})(\d{{1,2}})(?:{_APART}){_YEAR}", _day_first),
        (
            rf"{_DAY}(?:\s*of)?[\s\-/.,]*{_NAME}[\s\-/.,]*{_YEAR}",
            lambda found, _: _month_named(found[1], found[2], found[3]),
        ),
        (
            rf"{_NAME}\s*{_DAY}[\s,]+{_YEAR}",
            lambda found, _: _month_named(found[2], found[1], found[3]),
        ),
        (
            rf"{_NAME}[\s\-/,]*'?(\d{{4}})",
            lambda found, c: _only_month(int(found[2]), month_number(found[1]), c, found[0]),
        ),
        (
            rf"{_NAME}(?:\s*-\s*|\s*')(\d{{2}})",
            lambda found, c: _only_month(_year(found[2]), month_number(found[1]), c, found[0]),
        ),
        (
            r"(\d{1,2})\s*[/-]\s*(\d{4})",
            lambda found, c: _only_month(int(found[2]), int(found[1]), c, found[0]),
        ),
        (r"(\d{4})\s*[/-]\s*(\d{1,2})", _year_then_two),
        (r"(\d{5})(?:\.\d+)?", _counted),
        (r"(\d{4})(\d{2})(\d{2})", _without_blanks),
        (rf"{_NAME}\s*(\d{{1,2}})", _month_then_two),
        (rf"{_DAY}(?:\s*of)?[\s\-/.]*{_NAME}", _no_year),
        (r"\d{1,2}[/.\-]\d{1,2}", _no_year),
        (r"[12]\d{3}", _only_year),
    )
)
