"""Repeating: rules of RFC 5545, expanded to local times.

Local times are naive. A rule finer than a day, or one that may search for ever without a result,
is refused: rules come from files anybody may have written.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
)
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
# Within a day or a week these select nothing, and looking for nothing takes long.
_ONLY_IN_MONTHS = frozenset({"BYMONTHDAY", "BYSETPOS"})
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_PERIODS = {"DAILY": 1, "WEEKLY": 7}
_FIRST_YEAR = 1970
_MOST = 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """A recurrence rule in parts that are known to be sound."""

    parts: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """Write it as in a calendar file."""
        return ";".join(f"{key}={value}" for key, value in self.parts)


def parse_rule(text: str) -> Rule | None:
    """Read ``FREQ=WEEKLY;BYDAY=TU`` with or without ``RRULE:`` before it.

    Returns:
        The rule; None where it is not one, or one that is refused.
    """
    body = re.sub(r"\s+", "", text).upper().removeprefix("RRULE:").rstrip(";")
    pairs = [part.partition("=") for part in body.split(";")]
    parts = {key: value for key, _, value in pairs}
    if len(parts) != len(pairs) or not all(value for _, _, value in pairs):
        return None
    if parts.get("FREQ") not in _FREQUENCIES or parts.keys() - _PARTS:
        return None
    if parts["FREQ"] in {"DAILY", "WEEKLY"} and parts.keys() & _ONLY_IN_MONTHS:
        return None
    until = parts.get("UNTIL", "")
    if until and not _UNTIL.fullmatch(until):
        return None
    rule = Rule(tuple(parts.items()))
    try:
        _made(rule, datetime(2000, 1, 3, 12, 0), "UTC")  # noqa: DTZ001  # local times are naive
    except (ValueError, TypeError, OverflowError):
        return None
    return rule


def expand(
    rule: Rule,
    first: datetime,
    zone: str,
    window: tuple[datetime, datetime],
    leave_out: Iterable[datetime] = (),
) -> list[datetime]:
    """List the starts of a repeating thing within a window.

    Args:
        rule: How it repeats.
        first: Its first start, local; it belongs to the series even where the rule skips it.
        zone: The zone of the local times, for an end that the rule gives in UTC.
        window: The first moment, and the first that is too late, local.
        leave_out: Starts that do not take place.

    Returns:
        Local starts in order, at most a thousand; none before 1970.
    """
    opens, closes = window
    if first.year < _FIRST_YEAR:
        return []
    gone = frozenset(leave_out)
    begins = _nearer(dict(rule.parts), first, opens)
    series = takewhile(lambda start: start < closes, _made(rule, begins, zone))
    within = [start for start in islice(series, 100 * _MOST) if start >= opens]
    if opens <= first < closes and first not in within:
        within.insert(0, first)
    return [start for start in within if start not in gone][:_MOST]


def _nearer(parts: Mapping[str, str], first: datetime, opens: datetime) -> datetime:
    """Move the start of a rule towards a window, by whole periods, so that it gives the same dates.

    Walking there from the first date takes most of the time of a large feed.
    """
    days = _PERIODS.get(parts["FREQ"])
    if days is None or "COUNT" in parts or first >= opens:
        return first
    period = days * int(parts.get("INTERVAL", "1"))
    # One period early: of the first week of a rule only the days after its start are dates.
    whole = (opens - first).days // period - 1
    return first + timedelta(days=max(whole, 0) * period)


def _made(rule: Rule, first: datetime, zone: str) -> rrule:
    parts = dict(rule.parts)
    until = parts.pop("UNTIL", "")
    made = rrulestr(";".join(f"{k}={v}" for k, v in parts.items()), dtstart=first)
    if not isinstance(made, rrule):
        raise TypeError(made)
    return made.replace(until=_until(until, zone)) if until else made


def _until(text: str, zone: str) -> datetime:
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = datetime.strptime(match[1], "%Y%m%d")  # noqa: DTZ007  # local times are naive
    if match[2] is None:
        return day + timedelta(days=1, microseconds=-1)
    at = datetime.strptime(match[1] + match[2], "%Y%m%d%H%M%S")  # noqa: DTZ007
    if not match[3]:
        return at
    return at.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
