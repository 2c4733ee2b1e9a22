"""How one cell of a programme's tables becomes a value: local times, openings, rules, days.

They stand beside the cells of a register (:mod:`netmap.networks.cells`) and complain the same way.
"""

import re
from datetime import date, datetime, time
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from netmap import times
from netmap.events.openings import Opening, parse_openings
from netmap.events.recurrence import parse_rule
from netmap.networks.cells import Reading, fault, split

_LOCAL = re.compile(r"(\S+?)(?:T|\s+)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.0+)?)?(\S*)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}")
_YEARS = range(1970, 2200)


def whole_day(value: object, info: ValidationInfo) -> date | None:
    """Read a cell that holds a day and no hour; None where it holds anything else."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    if isinstance(info.context, Reading) and times.is_day_first(value):
        info.context.day_first = True
    day = times.parse_date(value)
    return day if day and day.year in _YEARS else None


def _local_time(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    found = _LOCAL.fullmatch(value)
    day = times.parse_date(found[1]) if found else None
    hint = "Write it as 2027-02-02T10:00:00, the time on the wall there."
    if found is None or day is None or day.year not in _YEARS:
        raise fault("bad-time", f"'{value}' is not a day with a time.", hint)
    if found[5]:
        raise fault("bad-time", f"'{value}' has more than a local time.", hint)
    if isinstance(info.context, Reading) and times.is_day_first(found[1]):
        info.context.day_first = True
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3]), int(found[4] or 0)))
    except ValueError:
        raise fault("bad-time", f"'{value}' is not a time of the day.", hint) from None


def _zone(value: object) -> object:
    if isinstance(value, str) and not times.is_zone(value):
        raise fault("bad-zone", f"'{value}' is not a time zone.", "Write it as Europe/London.")
    return value


def _openings(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = parse_openings(value)
    if found is None:
        hint = "Write it as TU 10:00-16:00; TH"
        raise fault("bad-openings", f"'{value}' does not say when the venue is available.", hint)
    return found


def _rule(value: object) -> object:
    if isinstance(value, str):
        found = parse_rule(value)
        if found is None:
            hint = "Write it as FREQ=WEEKLY;BYDAY=TU, by the day, week, month or year."
            raise fault("bad-rule", f"'{value}' is not a rule that can be followed.", hint)
        return str(found)
    return value


def _days(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = tuple(times.parse_date(item) for item in split(value))
    if None in found:
        raise fault("bad-date", f"'{value}' holds what is not a date.", "2027-03-30; 2027-04-06")
    return found


LocalTime = Annotated[datetime, BeforeValidator(_local_time)]
LocalTimeOrNone = Annotated[datetime | None, BeforeValidator(_local_time)]
Zone = Annotated[str | None, BeforeValidator(_zone)]
Openings = Annotated[tuple[Opening, ...], BeforeValidator(_openings)]
RuleText = Annotated[str | None, BeforeValidator(_rule)]
Days = Annotated[tuple[date, ...], BeforeValidator(_days)]
