"""The dates of a rule that somebody else wrote, within a window.

``dateutil`` knows the rules; here is what keeps a rule from costing more than it gives. The
calendar repeats itself every 400 years, so a series is followed near the end of the years that
there are: a search that will never find anything soon comes to the end. A series without a count is
entered shortly before the window.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from math import prod

from dateutil.rrule import rrule, rrulestr

from netmap.times import Span

_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_FINER = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_PARTS = frozenset(
    [
        "FREQ",
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "WKST",
        "BYMONTH",
        "BYMONTHDAY",
        "BYYEARDAY",
        "BYWEEKNO",
        "BYDAY",
        "BYSETPOS",
        "BYHOUR",
        "BYMINUTE",
        "BYSECOND",
    ]
)
_WITHIN_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_UNTIL = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z?))?")
_WEEKDAY = re.compile(r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)")
_YEARS = range(2, 9999)
_SHIFT = 19 * 400
_LAST = datetime(9999, 12, 31)  # noqa: DTZ001  # local times are naive
_LONGEST, _MOST_A_DAY, _LONGEST_INTERVAL, _MOST_COUNTED = 500, 24, 1000, 20_000
MOST_DATES = 2000
_MOST_STEPS = 1_500_000
_TOO_MANY = "the file holds too many long series"


class RuleRefusedError(Exception):
    """A rule cannot be followed; the message says why, to stand after 'because'."""


@dataclass
class Budget:
    """How much searching one file may cause, in days looked at."""

    left: int = _MOST_STEPS


@dataclass(frozen=True, slots=True)
class Followed:
    """The dates of a rule.

    Attributes:
        starts: Local starts within the window, in order.
        cut: Whether there were more than are taken.
        mended: What was odd about its end, as a code and a sentence; None where nothing was.
    """

    starts: tuple[datetime, ...]
    cut: bool = False
    mended: tuple[str, str] | None = None


def follow(
    text: str, first: datetime, zone: tzinfo, window: Span, budget: Budget, *, day: bool
) -> Followed:
    """List the starts that a rule gives within a window.

    Args:
        text: The rule, as ``FREQ=WEEKLY;BYDAY=TU``.
        first: The first start, local.
        zone: The zone of local times.
        window: From when to when, local.
        budget: What searching may still cost; it grows less.
        day: Whether the series is of whole days.

    Raises:
        RuleRefusedError: It cannot or must not be followed.
    """
    if budget.left <= 0:
        raise RuleRefusedError(_TOO_MANY)
    parts = _parts(text)
    end, mended = _end(parts.pop("UNTIL", ""), zone, day=day)
    closes = min(window.ends, end + timedelta(microseconds=1)) if end else window.ends
    start, unit = first, _DAYS[parts["FREQ"]]
    step = unit * int(parts.get("INTERVAL", "1"))
    if "COUNT" not in parts and parts["FREQ"] in {"DAILY", "WEEKLY"} and window.starts > first:
        start += timedelta(days=step * max((window.starts - first).days // step - 1, 0))
    found: list[datetime] = []
    reached = _LAST
    for shifted in _made(parts, start):
        at = shifted.replace(year=shifted.year - _SHIFT)
        if at >= closes or len(found) > MOST_DATES:
            reached = shifted
            break
        if at >= window.starts:
            found.append(at)
    begun = start.replace(year=start.year + _SHIFT)
    budget.left -= len(found) + max((reached - begun).days, 0) // step + 1
    return Followed(tuple(found[:MOST_DATES]), len(found) > MOST_DATES, mended)


def _parts(text: str) -> dict[str, str]:
    """Take a rule apart, and refuse what cannot or must not be followed."""
    body = re.sub(r"\s+", "", text[: _LONGEST + 1]).upper().removeprefix("RRULE:").strip(";")
    if len(body) > _LONGEST:
        raise RuleRefusedError("it is longer than any sensible rule")
    pairs = [part.partition("=") for part in body.split(";")]
    parts = {key: value for key, _, value in pairs if not key.startswith("X-")}
    if "RSCALE" in parts:
        raise RuleRefusedError("it is of another calendar than ours (RSCALE)")
    frequency = parts.get("FREQ", "")
    if frequency in _FINER:
        raise RuleRefusedError("it repeats within the day")
    if frequency not in _DAYS or not all(parts.values()):
        raise RuleRefusedError("it is no rule that is known")
    unknown = sorted(parts.keys() - _PARTS)
    if unknown:
        raise RuleRefusedError(f"it says {', '.join(unknown)[:40]}, which is not known")
    _check_numbers(parts)
    return parts


def _check_numbers(parts: dict[str, str]) -> None:
    for name, most in (("INTERVAL", _LONGEST_INTERVAL), ("COUNT", _MOST_COUNTED)):
        value = parts.get(name, "1")
        if not (value.isascii() and value.isdigit() and int(value[:9]) >= 1):
            raise RuleRefusedError(f"its {name} is no number that can be")
        if int(value[:9]) > most:
            if name == "INTERVAL":
                raise RuleRefusedError("its dates are too far apart")
            parts.pop("COUNT")
    if prod(len(parts[name].split(",")) for name in _WITHIN_DAY if name in parts) > _MOST_A_DAY:
        raise RuleRefusedError("it repeats too often within the day")
    days = parts.get("BYDAY", "MO").split(",")
    if not all(_WEEKDAY.fullmatch(one) for one in days):
        raise RuleRefusedError("it names days that are none")


def _made(parts: dict[str, str], start: datetime) -> rrule:
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    try:
        made = rrulestr(text, dtstart=start.replace(year=start.year + _SHIFT))
    except (ValueError, TypeError, OverflowError, IndexError, KeyError):
        raise RuleRefusedError("it is no rule that is known") from None
    if not isinstance(made, rrule):
        raise RuleRefusedError("it is no rule that is known")
    return made


def _end(text: str, zone: tzinfo, *, day: bool) -> tuple[datetime | None, tuple[str, str] | None]:
    """Find the last moment at which the series may still begin, and what is odd about it."""
    if not text:
        return None, None
    found = _UNTIL.fullmatch(text)
    if found is None:
        raise RuleRefusedError("its end cannot be read")
    last, clamped = _last_day(int(found[1]), int(found[2]), int(found[3]))
    if clamped:
        said = "the series ends on a day that there is not; the end of that month was taken."
        return last, ("until-no-day", said)
    if found[4] is None:
        said = "the series ends on a day and not at a time; that day still belongs to it."
        return last, None if day else ("until-a-day", said)
    if day:
        said = "a series of whole days ends at a time; the day of that time still belongs to it."
        return last, ("until-a-time", said)
    try:
        at = last.replace(hour=int(found[4]), minute=int(found[5]), second=int(found[6] or 0))
    except ValueError:
        raise RuleRefusedError("its end cannot be read") from None
    if found[7]:
        return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None), None
    said = "the end of the series has no zone; the one of its start was taken."
    return at, ("until-without-zone", said)


def _last_day(year: int, month: int, number: int) -> tuple[datetime, bool]:
    """Give the end of a day; of the month's last, where a month is shorter than was thought."""
    if year not in _YEARS or month not in range(1, 13) or number not in range(1, 32):
        raise RuleRefusedError("its end cannot be read")
    length = calendar.monthrange(year, month)[1]
    last = datetime(year, month, min(number, length), 23, 59, 59)  # noqa: DTZ001  # local times are naive
    return last, number > length
