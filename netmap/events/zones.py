"""The VTIMEZONE of a feed.

Europe/London is a constant: clients misread the lists of single dates that libraries make of it,
and read this short rule alike. Where a zone keeps one offset, or one plain yearly rule, one is
made; for any other the feed writes UTC.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from netmap.events.openings import WEEKDAYS
from netmap.times import LONDON

_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
# A rule has to have held for this long, and to hold for as long as any feed looks ahead.
_YEARS = range(2020, 2038)
_ORIGIN = 1970


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of offset: the local time at which it comes, and the offsets around it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool

    @property
    def kind(self) -> tuple[object, ...]:
        """What must be the same every year."""
        moment = self.at.month, self.at.weekday(), self.at.time()
        return (*moment, self.before, self.after, self.name, self.summer)


@lru_cache(maxsize=32)
def vtimezone(zone: str) -> bytes | None:
    """Write the VTIMEZONE of a zone.

    Returns:
        Its lines, ended by CRLF; None where no short and true one can be written.
    """
    text = _LONDON if zone == LONDON else _made(zone)
    return text.replace("\n", "\r\n").encode() if text else None


def _made(zone: str) -> str | None:
    years = [list(_changes(zone, year)) for year in _YEARS]
    if not any(years):
        at = datetime(_YEARS[0], 1, 1, tzinfo=ZoneInfo(zone))
        same = at.utcoffset() or timedelta()
        still = _Change(datetime(_ORIGIN, 1, 1), same, same, at.tzname() or zone, summer=False)  # noqa: DTZ001  # local times are naive
        return _wrapped(zone, [_part(still, "")])
    if any(len(year) != 2 for year in years):  # noqa: PLR2004  # there and back
        return None
    parts = [_yearly([year[n] for year in years]) for n in (0, 1)]
    return None if None in parts else _wrapped(zone, [part for part in parts if part])


def _changes(zone: str, year: int) -> Iterator[_Change]:
    info = ZoneInfo(zone)
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        low, high = day, day + timedelta(days=1)
        before, after = (_offset(moment, info) for moment in (low, high))
        while before != after and high - low > timedelta(seconds=1):
            middle = low + (high - low) / 2
            low, high = (middle, high) if _offset(middle, info) == before else (low, middle)
        if before != after:
            moment = (high + timedelta(seconds=30)).replace(second=0, microsecond=0)
            there = moment.astimezone(info)
            at = (moment + before).replace(tzinfo=None)
            yield _Change(at, before, after, there.tzname() or zone, summer=after > before)
        day += timedelta(days=1)


def _offset(moment: datetime, info: ZoneInfo) -> timedelta:
    return moment.astimezone(info).utcoffset() or timedelta()


def _yearly(changes: list[_Change]) -> str | None:
    """Write the rule that all these changes follow, one a year; None where there is none."""
    first = changes[0]
    if len({change.kind for change in changes}) > 1 or first.before.seconds % 60:
        return None
    nth = {(change.at.day - 1) // 7 + 1 for change in changes}
    last = all((change.at + timedelta(days=7)).month != change.at.month for change in changes)
    if not last and len(nth) > 1:
        return None
    place = -1 if last else nth.pop()
    weekday = WEEKDAYS[first.at.weekday()]
    rule = f"FREQ=YEARLY;BYMONTH={first.at.month};BYDAY={place}{weekday}"
    start = next(iter(rrulestr(rule, dtstart=datetime(_ORIGIN, 1, 1))))  # noqa: DTZ001  # as above
    return _part(replace(first, at=datetime.combine(start.date(), first.at.time())), rule)


def _part(change: _Change, rule: str) -> str:
    kind = "DAYLIGHT" if change.summer else "STANDARD"
    repeats = f"RRULE:{rule}\n" if rule else ""
    return (
        f"BEGIN:{kind}\nDTSTART:{change.at:%Y%m%dT%H%M%S}\n{repeats}TZNAME:{change.name}\n"
        f"TZOFFSETFROM:{_signed(change.before)}\nTZOFFSETTO:{_signed(change.after)}\nEND:{kind}\n"
    )


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _wrapped(zone: str, parts: list[str]) -> str:
    return f"BEGIN:VTIMEZONE\nTZID:{zone}\n{''.join(parts)}END:VTIMEZONE\n"
