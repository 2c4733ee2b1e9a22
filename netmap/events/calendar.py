"""The bytes of a calendar: RFC 5545 as the ``icalendar`` library writes it.

Every event is written once and put into each calendar it belongs to. Nothing random and no clock:
the same entries give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from netmap.events.told import Entry
from netmap.events.zones import vtimezone
from netmap.times import to_utc

PRODUCT = "-//netmap//community-netmap//EN"
_REFRESH = timedelta(hours=12)
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself.

    Attributes:
        uid: Its identity.
        name: What people see in their list of calendars.
        description: What it holds.
        address: Where it will be found, empty where that is not known.
        page: The page about it, empty likewise.
    """

    uid: str
    name: str
    description: str
    address: str = ""
    page: str = ""


def calendar_bytes(heading: Heading, events: Iterable[tuple[Entry, bytes]]) -> bytes:
    """Put written events into a calendar, by start and UID, with the zones they need."""
    ordered = sorted(events, key=lambda pair: (pair[0].occurrence.starts, pair[0].occurrence.uid))
    zones = sorted({entry.occurrence.zone for entry, _ in ordered} or {"Europe/London"})
    parts = [zone for name in zones if (zone := vtimezone(name))]
    parts += [written for _, written in ordered]
    head = _head(heading)
    return head.removesuffix(_END) + b"".join(parts) + _END


def _head(heading: Heading) -> bytes:
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add("prodid", PRODUCT)
    made.add("uid", heading.uid)
    made.add("name", heading.name)
    made.add("x-wr-calname", heading.name)
    made.add("description", heading.description)
    made.add("x-wr-caldesc", heading.description)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(_REFRESH))
    if heading.page:
        made.add("url", heading.page)
    if heading.address:
        made.add("source", icalendar.vUri(heading.address), parameters={"VALUE": "URI"})
    return bytes(made.to_ical())


def event_bytes(entry: Entry) -> bytes:
    """Write one event: the lines of its VEVENT, folded at 75 octets, ended by CRLF."""
    one, event = entry.occurrence, icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", entry.stamp)
    event.add("last-modified", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("dtstart", _moment(one.starts, one.zone))
    if one.ends is not None:
        event.add("dtend", _moment(one.ends, one.zone))
    event.add("summary", one.summary)
    event.add("status", one.status.upper())
    if one.description:
        event.add("description", one.description)
    if one.location:
        event.add("location", one.location)
    if one.point is not None:
        longitude, latitude = one.point
        event.add("geo", (round(latitude, 6), round(longitude, 6)))
    if one.categories:
        event.add("categories", list(one.categories))
    if one.link:
        event.add("url", one.link)
        event.add("conference", icalendar.vUri(one.link), parameters={"VALUE": "URI"})
    return bytes(event.to_ical())


def _moment(local: datetime, zone: str) -> datetime:
    """Give a local time its zone; in UTC where no VTIMEZONE can be written for it."""
    if vtimezone(zone) is None:
        return to_utc(local, zone)
    return local.replace(tzinfo=ZoneInfo(zone))
