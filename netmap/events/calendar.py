"""The bytes of a calendar: RFC 5545 and 7986, as every reader that was tried takes them.

Every event is written once and put into each calendar it belongs to. Nothing random and no clock:
the same entries give the same bytes. Tests hold them against the ``icalendar`` library.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from netmap.events.lines import address, escaped, line, quoted, text_line, texts_line
from netmap.events.told import Entry
from netmap.events.zones import vtimezone
from netmap.networks.register import Point
from netmap.times import in_clock_change, to_utc

PRODUCT = "-//netmap//community-netmap//EN"
_REFRESH = "PT12H"
# Says of a calendar that there was no room for all its dates, and which is the last.
CUT_SHORT = "X-NETMAP-UNTIL"
# Names of CSS, which RFC 7986 asks for: dark enough for white words on them.
_TINTS = (
    "steelblue", "seagreen", "chocolate", "slateblue", "firebrick", "darkcyan", "mediumvioletred",
    "olivedrab", "royalblue", "sienna", "teal", "indigo", "crimson",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manner:
    """What is the same for every event of a run.

    Attributes:
        contact: The address of who publishes, empty where none is public. Only with one is a
            calendar said to be published (``METHOD``), as each event must then name who does.
        publisher: Their name.
        page: The page for what has no address of its own.
        alarm_minutes: How long before the start calendars shall ring; None for never.
    """

    contact: str = ""
    publisher: str = ""
    page: str = ""
    alarm_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself.

    Attributes:
        key: What tells it from others; its colour follows from it.
        name: What people see in their list of calendars.
        description: What it holds.
        address: Where it will be found, empty where that is not known.
        page: The page about it, empty likewise.
        until: The last day it holds, where there was no room for later ones.
    """

    key: str
    name: str
    description: str
    address: str = ""
    page: str = ""
    until: date | None = None


def calendar_bytes(
    heading: Heading, events: Iterable[tuple[Entry, bytes]], manner: Manner = Manner()
) -> bytes:
    """Put written events into a calendar, in the order given, with the zones they need."""
    pairs = list(events)
    zones = sorted({entry.occurrence.zone for entry, _ in pairs} or {"Europe/London"})
    parts = [zone for name in zones if (zone := vtimezone(name))]
    return b"".join(
        [_head(heading, manner), *parts, *(written for _, written in pairs), b"END:VCALENDAR\r\n"]
    )


def _head(heading: Heading, manner: Manner) -> bytes:
    # No UID, though RFC 7986 has one for calendars: vdirsyncer takes it for that of each event in
    # turn, and of a whole feed keeps one date.
    parts = [
        b"BEGIN:VCALENDAR\r\n",
        line("VERSION", "2.0"),
        line("PRODID", PRODUCT),
        line("METHOD", "PUBLISH") if manner.contact else b"",
        text_line("DESCRIPTION", heading.description),
        text_line("X-WR-CALDESC", heading.description),
        text_line("NAME", heading.name),
        text_line("X-WR-CALNAME", heading.name),
        line("COLOR", tint(heading.key)),
        line("REFRESH-INTERVAL;VALUE=DURATION", _REFRESH),
        line("SOURCE;VALUE=URI", address(heading.address)) if heading.address else b"",
        line("URL", address(heading.page)) if heading.page else b"",
        line("X-PUBLISHED-TTL", _REFRESH),
        line(CUT_SHORT, f"{heading.until:%Y%m%d}") if heading.until else b"",
    ]
    return b"".join(parts)


def tint(name: str) -> str:
    """Choose a colour by a name: the same one every time."""
    # With this number before them, no two kinds of event that netmap knows share a colour.
    return _TINTS[int(sha256(f"95 {name}".encode()).hexdigest()[:8], 16) % len(_TINTS)]


def event_bytes(entry: Entry, manner: Manner = Manner()) -> bytes:
    """Write one event: the lines of its VEVENT, folded at 75 octets, ended by CRLF."""
    one = entry.occurrence
    stamp = f"{_basic(entry.stamp.replace(tzinfo=None))}Z"
    first, middle, last = _same_all_along(
        one.summary, one.description, one.location, one.point, one.categories, one.link,
        one.status, one.tint, manner, joins=one.joins,
    )  # fmt: skip
    return b"".join(
        [
            first,
            _moment("DTSTART", one.starts, one.zone, all_day=one.all_day),
            _moment("DTEND", one.ends, one.zone, all_day=one.all_day) if one.ends else b"",
            f"DTSTAMP:{stamp}\r\n".encode(),
            line("UID", escaped(one.uid)),
            f"SEQUENCE:{entry.sequence}\r\n".encode(),
            middle,
            f"LAST-MODIFIED:{stamp}\r\n".encode(),
            last,
        ]
    )


@lru_cache(maxsize=256)
def _same_all_along(
    summary: str,
    description: str,
    location: str,
    point: Point | None,
    categories: tuple[str, ...],
    link: str,
    status: str,
    colour: str,
    manner: Manner,
    *,
    joins: bool,
) -> tuple[bytes, bytes, bytes]:
    """Write what all dates of a series share: what stands before, between and after their own."""
    page = link or manner.page
    middle = [
        texts_line("CATEGORIES", categories) if categories else b"",
        line("COLOR", tint(colour)) if colour else b"",
        line("CONFERENCE;VALUE=URI", address(link)) if joins else b"",
        text_line("DESCRIPTION", description) if description else b"",
        _geo(point) if point else b"",
    ]
    last = [
        text_line("LOCATION", location) if location else b"",
        _organizer(manner) if manner.contact else b"",
        line("STATUS", status.upper()),
        line("URL", address(page)) if page else b"",
        _alarm(summary, manner.alarm_minutes) if status != "cancelled" else b"",
        b"END:VEVENT\r\n",
    ]
    return b"BEGIN:VEVENT\r\n" + text_line("SUMMARY", summary), b"".join(middle), b"".join(last)


def _moment(name: str, local: datetime, zone: str, *, all_day: bool) -> bytes:
    """Write a local time with its zone; in UTC where no VTIMEZONE can be written for it.

    In UTC too where it ends in an hour that the clocks skip or repeat: readers disagree there.
    """
    if all_day:
        return f"{name};VALUE=DATE:{local:%Y%m%d}\r\n".encode()
    doubtful = _clocks_change(local.date(), zone) and in_clock_change(local, zone)
    if doubtful or vtimezone(zone) is None:
        return f"{name}:{_basic(to_utc(local, zone).replace(tzinfo=None))}Z\r\n".encode()
    return f"{name};TZID={zone}:{_basic(local)}\r\n".encode()


@lru_cache(maxsize=2048)
def _clocks_change(day: date, zone: str) -> bool:
    midnight = datetime.combine(day, time.min, ZoneInfo(zone))
    return midnight.utcoffset() != (midnight + timedelta(days=1)).utcoffset()


def _basic(moment: datetime) -> str:
    # Several times as fast as strftime, which is most of what remains to be written.
    return moment.isoformat(timespec="seconds").replace("-", "").replace(":", "")


def _geo(point: Point) -> bytes:
    longitude, latitude = (f"{degrees:.6f}".rstrip("0") for degrees in point)
    whole = (f"{text}0" if text.endswith(".") else text for text in (latitude, longitude))
    return line("GEO", ";".join(whole))


def _organizer(manner: Manner) -> bytes:
    name = f";CN={quoted(manner.publisher)}" if manner.publisher else ""
    return line(f"ORGANIZER{name}", address(manner.contact))


def _alarm(summary: str, minutes: int | None) -> bytes:
    if minutes is None:
        return b""
    return b"".join(
        [
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n",
            text_line("DESCRIPTION", summary),
            line("TRIGGER", f"-PT{minutes}M"),
            b"END:VALARM\r\n",
        ]
    )
