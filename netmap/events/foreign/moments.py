"""Days and times as calendars write them, and as they ought not to."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from netmap.events.foreign.lines import Line
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.timezones import Zones

_VALUE = re.compile(
    r"(\d{4})(-?)(\d\d)-?(\d\d)"
    r"(?:(?:T|\s+)(\d\d)(:?)(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
# The value is found by its looks: zones without quotation marks hold colons of their own.
_DATED = re.compile(
    r"[^;:]+(?P<parameters>.*?):\s*(?P<value>[+-]?P[\dA-Z]+|\d{4}-?\d\d-?\d\d.*)", re.DOTALL
)
_TZID = re.compile(r";\s*TZID\s*=\s*(?:\"([^\"]*)\"|(.*?))\s*(?=;\s*[A-Z-]+\s*=|$)", re.IGNORECASE)
_IS_DATE = re.compile(r";\s*VALUE\s*=\s*\"?DATE\"?\s*(?=;|$)", re.IGNORECASE)
_FUTURE = re.compile(r";\s*RANGE\s*=\s*\"?THISANDFUTURE", re.IGNORECASE)
_YEARS = range(1900, 2201)
_ALL_DAY_HOUR = 24
_LONGEST, _LONGEST_PARAMETERS = 40, 1000


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time of a day in a zone.

    Attributes:
        local: The time on the wall there, naive; midnight for a day.
        zone: Its zone.
        day: Whether it is a whole day.
        floating: Whether its zone is not its own but the one assumed.
    """

    local: datetime
    zone: tzinfo
    day: bool = False
    floating: bool = False

    @property
    def key(self) -> datetime:
        """What two writings of one moment have in common: UTC, or the bare day."""
        return self.local if self.day else in_utc(self.local, self.zone)

    @property
    def is_utc(self) -> bool:
        """Tell whether it was given in UTC."""
        return self.zone is UTC

    def seen_from(self, zone: tzinfo) -> "Moment":
        """Say the same moment by another clock; a day stays the day it is."""
        if self.day:
            return self
        local = self.local.replace(tzinfo=self.zone).astimezone(zone).replace(tzinfo=None)
        return replace(self, local=local, zone=zone)


def in_utc(local: datetime, zone: tzinfo) -> datetime:
    """Turn a local time into UTC, naive; one that the clocks skip comes out an hour later."""
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Dated:
    """A line about days or times, taken apart.

    Attributes:
        line: The line.
        zone: The zone it names, None where it names none.
        says_date: Whether it says that it holds days.
        future: Whether it is about this date and all later ones.
        values: What it holds, each as written.
    """

    line: Line
    zone: tzinfo | None
    says_date: bool
    future: bool
    values: tuple[str, ...]


def dated(line: Line, zones: Zones) -> Dated:
    """Take apart a line that holds days, times or periods."""
    found = _DATED.fullmatch(line.text)
    parameters, value = (found["parameters"], found["value"]) if found else ("", line.value)
    parameters = parameters[:_LONGEST_PARAMETERS]
    named = _TZID.search(parameters)
    written = (named[1] or named[2] or "") if named else ""
    zone = zones.find(written, line.number) if written.strip() else None
    values = tuple(v for one in value.split(",") if (v := one.strip().removesuffix("\\n")))
    return Dated(
        line,
        zone,
        _IS_DATE.search(parameters) is not None,
        _FUTURE.search(parameters) is not None,
        values,
    )


def moment(
    written: str, of: Dated, zones: Zones, noticed: Noticed, like: Moment | None = None
) -> Moment | None:
    """Read one value.

    Args:
        written: The value.
        of: The line it is from.
        zones: The zones of the calendar.
        noticed: Told what had to be mended.
        like: The start of the event, whose zone a time without one has.

    Returns:
        The moment; None where it is none that can be.
    """
    found = _VALUE.fullmatch(written) if len(written) <= _LONGEST else None
    if found is None or int(found[1]) not in _YEARS:
        return None
    day = found[5] is None
    local = _local(found)
    if local is None:
        return None
    if found[2] or found[6] or (found[9] or "Z").upper() != "Z":
        _say(
            noticed,
            of,
            "written-otherwise",
            f"'{written}' is not written as a calendar should; it was understood.",
            written,
        )
    if day:
        if not of.says_date:
            message = f"'{written}' is a day, though the line does not say VALUE=DATE."
            _say(noticed, of, "day-unsaid", message, written)
        return Moment(local, zones.floating, day=True)
    if of.says_date:
        message = (
            f"the line says that it holds a day, but '{written}' has a time; the time was taken."
        )
        _say(noticed, of, "time-in-day", message, written)
    return _timed(local, found[9], of, zones, noticed, like)


def _timed(
    local: datetime,
    ending: str | None,
    of: Dated,
    zones: Zones,
    noticed: Noticed,
    like: Moment | None,
) -> Moment:
    if ending:
        if of.zone is not None:
            message = "the time is in UTC and names another zone too; UTC was taken."
            _say(noticed, of, "utc-with-zone", message)
        return Moment(local, _at(ending))
    if of.zone is not None:
        return Moment(local, of.zone)
    if like is not None and not like.day:
        if not like.floating:
            message = "the time has no zone; the one of its start was taken."
            _say(noticed, of, "floating-time", message)
        return Moment(local, like.zone, floating=like.floating)
    zone = zones.floating
    message = f"the time has no zone; {zones.named(zone)} was taken."
    _say(noticed, of, "floating-time", message)
    return Moment(local, zone, floating=True)


def _at(ending: str) -> tzinfo:
    if ending.upper() == "Z":
        return UTC
    distance = timedelta(hours=int(ending[1:3]), minutes=int(ending[-2:]))
    return timezone(-distance if ending[0] == "-" else distance)


def _local(found: re.Match[str]) -> datetime | None:
    """Make the local time; 24:00 is the next midnight, and a leap second the one before."""
    hour, minute, second = int(found[5] or 0), int(found[7] or 0), min(int(found[8] or 0), 59)
    late = hour == _ALL_DAY_HOUR and not minute and not second
    try:
        at = datetime(  # noqa: DTZ001  # local times are naive
            int(found[1]), int(found[3]), int(found[4]), 0 if late else hour, minute, second
        )
    except ValueError:
        return None
    return at + timedelta(days=1) if late else at


def _say(noticed: Noticed, of: Dated, code: str, message: str, value: str | None = None) -> None:
    noticed.repair(code, message, of.line.number, of.line.name, value=value)
