"""Events as schema.org JSON-LD, for search engines and other people's programs.

It stands in a page as a block of data, which no browser runs. Everything a browser could take for
markup is written as an escape, so that no text of a register can end the block.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from netmap.events.announcing import Announcement, last_day
from netmap.events.changes import MOVED, Change
from netmap.events.occurrence import Occurrence, one_line

_SCHEMA = "https://schema.org"
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029\u007f"}


def linked_data(
    announcements: Iterable[Announcement],
    changes: Mapping[str, Change],
    address: Callable[[Announcement], str],
) -> str:
    """Write events as JSON-LD, ready to stand between the tags of a script element.

    Args:
        announcements: The dates to tell of, as the audience may see them; what is hidden and
            groups' own meetings are passed over, because no page tells of them.
        changes: The last change of each, by UID.
        address: Where a date is to be read; empty where that is not known.
    """
    graph = [
        _event(said, changes.get(said.entry.occurrence.uid), address(said))
        for said in announcements
        if not said.own and not said.hidden
    ]
    return escaped_json({"@context": _SCHEMA, "@graph": graph})


def escaped_json(value: object) -> str:
    """Write JSON in which nothing can end a script element or begin a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _event(said: Announcement, change: Change | None, address: str) -> dict[str, Any]:
    one = said.entry.occurrence
    moved = change is not None and MOVED in change.kinds and change.was is not None
    found: dict[str, Any] = {
        "@type": "Event",
        "identifier": one.uid,
        "name": one.title,
        "startDate": _moment(one.starts, one),
        "endDate": _end(one),
        "eventStatus": _status(one, moved=moved),
        "previousStartDate": _moment(change.was, one)
        if moved and change and change.was and one.status != "cancelled"
        else None,
        "eventAttendanceMode": _mode(one),
        "location": _location(said),
        "organizer": {"@type": "Organization", "name": said.hub} if said.hub else None,
        "description": one.description,
        "keywords": ", ".join(one.categories),
        "url": address,
    }
    # What is not known is left out: nothing is said of prices, because nothing is recorded.
    return {key: value for key, value in found.items() if value}


def _status(one: Occurrence, *, moved: bool) -> str:
    if one.status == "cancelled":
        return f"{_SCHEMA}/EventCancelled"
    return f"{_SCHEMA}/{'EventRescheduled' if moved else 'EventScheduled'}"


def _somewhere(one: Occurrence) -> bool:
    return bool(one.location) and not (one.link and one.online)


def _mode(one: Occurrence) -> str | None:
    if one.link:
        return f"{_SCHEMA}/{'Mixed' if _somewhere(one) else 'Online'}EventAttendanceMode"
    return f"{_SCHEMA}/OfflineEventAttendanceMode" if _somewhere(one) else None


def _location(said: Announcement) -> object:
    one = said.entry.occurrence
    found: list[dict[str, Any]] = []
    if _somewhere(one):
        place: dict[str, Any] = {"@type": "Place", "name": one.location}
        if said.area:
            place["address"] = {"@type": "PostalAddress", "addressLocality": one_line(said.area)}
        if one.point is not None:
            longitude, latitude = one.point
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": round(latitude, 6),
                "longitude": round(longitude, 6),
            }
        found.append(place)
    if one.link:
        found.append({"@type": "VirtualLocation", "url": one.link})
    return found[0] if len(found) == 1 else found


def _end(one: Occurrence) -> str | None:
    if one.all_day:
        return last_day(one).isoformat()
    return _moment(one.ends, one) if one.ends else None


def _moment(local: datetime, one: Occurrence) -> str:
    """Write a local time with its offset from UTC; of what lasts whole days, the day."""
    if one.all_day:
        return local.date().isoformat()
    return local.replace(tzinfo=ZoneInfo(one.zone)).isoformat(timespec="seconds")
