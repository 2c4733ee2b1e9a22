"""The schedules of a directory as one schedule of a register.

A register has one rule for one activity. Days with the same hours become one rule; where there is
more, the first is the activity's and the rest is kept in a column of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from netmap.exchange.directories.parts import Part, text
from netmap.exchange.directories.times import Times, as_rule, as_words, bydays
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.times import LONDON, is_zone, parse_date

_CLOCK = re.compile(
    r"(?:\d{4}-\d\d-\d\dT)?(\d{1,2})[:.](\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?"
)
_WHOLE = re.compile(r"[0-9]{1,3}")
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY"})


def schedule_cells(schedules: Iterable[Part], spot: Spot, notes: list[Note]) -> dict[str, str]:
    """Read schedules as the cell ``schedule``, and ``other_schedules`` where one is not enough.

    Args:
        schedules: As the directory has them.
        spot: Where their service stands.
        notes: Gets what was read in one of two possible ways.
    """
    known: list[tuple[Times, str]] = []
    at = replace(spot, column="schedules")
    listed = list(schedules)
    if any(_has_offset(one) for one in listed):
        message = "hours with an offset from Greenwich are taken as hours on the clock there."
        notes.append(Note(Outcome.WARNED, "utc-hours", message, at))
    for one in listed:
        _add(known, _times(one), text(one, "description", "notes"))
    written = list(dict.fromkeys(filter(None, (_written(*one) for one in known))))
    if len(written) > 1:
        message = f"it has {len(written)} schedules; the first is taken, the others are kept apart."
        notes.append(Note(Outcome.WARNED, "several-schedules", message, at))
    cells = {"schedule": written[0] if written else "", "other_schedules": " | ".join(written[1:])}
    return {column: cell for column, cell in cells.items() if cell}


def _add(known: list[tuple[Times, str]], times: Times, words: str) -> None:
    """Add times to those before them where only the weekdays differ."""
    for number, (other, said) in enumerate(known):
        plain = replace(other, byday=()) == replace(times, byday=())
        if plain and times.byday and other.byday and not times.bymonthday:
            days = tuple(dict.fromkeys((*other.byday, *times.byday)))
            known[number] = (replace(other, byday=days), said or words)
            return
    known.append((times, words))


def _written(times: Times, words: str) -> str:
    return as_rule(times) or as_words(times) or words


def _times(part: Part) -> Times:
    freq = text(part, "freq").upper()
    days = bydays(text(part, "byday"))
    opens, closes = _clock(part, "opens_at"), _clock(part, "closes_at")
    interval = _whole(part, "interval") or 1
    starts = _day(part, "dtstart")
    if starts is None and interval == 1:
        starts = _day(part, "valid_from")
    freq = freq if freq in _FREQUENCIES else ("WEEKLY" if days and not freq else "")
    zone = text(part, "timezone")
    return Times(
        freq,
        days,
        _month_days(part) if freq == "MONTHLY" else (),
        max(interval, 1),
        opens,
        closes if opens and closes and closes > opens else None,
        starts,
        _day(part, "until") or _day(part, "valid_to"),
        _whole(part, "count"),
        zone if "/" in zone and is_zone(zone) else LONDON,
    )


def _clock(part: Part, name: str) -> time | None:
    found = _CLOCK.fullmatch(text(part, name))
    try:
        return time(int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _has_offset(part: Part) -> bool:
    found = _CLOCK.fullmatch(text(part, "opens_at"))
    return bool(found and found[3])


def _day(part: Part, name: str) -> date | None:
    said = text(part, name)
    return parse_date(said) if said else None


def _whole(part: Part, name: str) -> int | None:
    said = text(part, name)
    least, most = 1, 999
    known = _WHOLE.fullmatch(said) and least <= int(said) <= most
    return int(said) if known else None


def _month_days(part: Part) -> tuple[int, ...]:
    words = [word.strip() for word in text(part, "bymonthday").split(",")]
    found = [int(word) for word in words if re.fullmatch(r"-?\d{1,2}", word)]
    last = 31
    return tuple(day for day in found if day and abs(day) <= last)
