"""Zones, half-open spans, and days we do not meet.

Every function is told what day it is; nothing here looks at a clock. Local times are naive and
belong to a named zone; a span holds its start and not its end.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONDON = "Europe/London"
# strftime follows the machine's locale; what netmap writes is English.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NATIONS = {"GB-ENG": "ENG", "GB-WLS": "WLS", "GB-SCT": "SCT", "GB-NIR": "NIR"}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of local time: it holds its start, and not its end."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share a moment; touching ends do not."""
        return self.starts < other.ends and other.starts < self.ends


def add_months(day: date, months: int) -> date:
    """Go so many months on (or back), to the last day of a month that is too short."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def parse_date(text: str) -> date | None:
    """Read an ISO date, or a day-first one as British spreadsheets write it.

    Returns:
        The date, or None where the text is not a real date in either form.
    """
    text = text.strip()
    try:
        return date.fromisoformat(text[:10]) if text[4:5] == "-" else _day_first(text)
    except ValueError:
        return None


def _day_first(text: str) -> date | None:
    found = _DAY_FIRST.fullmatch(text.split(" ", maxsplit=1)[0])
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def is_day_first(text: str) -> bool:
    """Tell whether a date is written as day, month, year."""
    return _DAY_FIRST.fullmatch(text.strip().split(" ")[0]) is not None


def is_zone(name: str) -> bool:
    """Tell whether a time zone of that name is known."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def in_clock_change(local: datetime, zone: str) -> bool:
    """Tell whether a local time does not exist, or happens twice, on a clock-change day."""
    info = ZoneInfo(zone)
    early, late = local.replace(tzinfo=info, fold=0), local.replace(tzinfo=info, fold=1)
    return early.utcoffset() != late.utcoffset()


def to_utc(local: datetime, zone: str) -> datetime:
    """Turn a local time into UTC; the earlier of two where the hour happens twice."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


@lru_cache(maxsize=64)
def bank_holidays(nation: str, year: int) -> dict[date, str]:
    """List the bank holidays of one nation of the United Kingdom.

    Args:
        nation: ISO 3166-2: ``GB-ENG``, ``GB-WLS``, ``GB-SCT`` or ``GB-NIR``.
        year: The year.

    Returns:
        Date to name, in order of date.

    Raises:
        KeyError: The nation is not one of the four.
    """
    import holidays  # noqa: PLC0415  # only planning needs it

    # Without a nation the library leaves out Easter Monday and the August bank holiday.
    found = holidays.country_holidays("GB", subdiv=_NATIONS[nation], years=year)
    return dict(sorted(found.items()))


def days(first: date, last: date) -> Iterable[date]:
    """Walk the days from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
