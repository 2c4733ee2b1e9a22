"""When a venue can be had: ``TU 10:00-16:00; TH``.

Openings are weekdays with hours, or whole days. Which of them suit is for the schedule.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = r"[A-Za-z]{2,9}"
_PART = re.compile(
    rf"(?P<days>{_DAYS}(?:\s*[-–,]\s*{_DAYS})*)"  # noqa: RUF001  # people type this dash
    r"(?:\s+(?P<h1>\d{1,2})[:.](?P<m1>\d\d)\s*[-–]\s*(?P<h2>\d{1,2})[:.](?P<m2>\d\d))?"  # noqa: RUF001
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours on one weekday (0 is Monday); any time of that day where there are none."""

    weekday: int
    opens: time = time.min
    closes: time = time.max


def weekday_of(text: str) -> int | None:
    """Read a weekday: two letters, its name, or its beginning or plural; 0 is Monday."""
    word = text.strip().lower()
    words = {word, word.removesuffix("s")}  # Weds is how people shorten it
    for number, name in enumerate(_NAMES):
        if any(len(one) > 1 and name.lower().startswith(one) for one in words):
            return number
    return None


def parse_openings(text: str) -> tuple[Opening, ...] | None:
    """Read what stands under ``available``.

    Returns:
        The openings in the order written; None where any part cannot be understood.
    """
    found: list[Opening] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        match = _PART.fullmatch(part)
        days = _days(match["days"]) if match else None
        if match is None or not days:
            return None
        hours = _hours(match)
        if hours is None:
            return None
        found.extend(Opening(day, *hours) for day in days)
    return tuple(found)


def _hours(match: re.Match[str]) -> tuple[time, time] | None:
    if match["h1"] is None:
        return time.min, time.max
    try:
        opens = time(int(match["h1"]), int(match["m1"]))
        late = match["h2"], match["m2"]
        closes = time.max if late == ("24", "00") else time(int(late[0]), int(late[1]))
    except ValueError:
        return None
    return (opens, closes) if opens < closes else None


def _days(text: str) -> list[int] | None:
    found: list[int] = []
    for item in re.split(r"\s*,\s*", text):
        ends = [weekday_of(end) for end in re.split(r"\s*[-–]\s*", item)]  # noqa: RUF001
        if any(end is None for end in ends) or len(ends) > 2:  # noqa: PLR2004  # from and to
            return None
        first, last = ends[0] or 0, ends[-1] or 0
        found.extend((first + n) % 7 for n in range((last - first) % 7 + 1))
    return found


def in_words(days: Iterable[int]) -> str:
    """Name weekdays: ``Tuesday, Wednesday and Thursday``."""
    names = [_NAMES[day] for day in days]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
