"""Somebody's busy times as a calendar that says nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from hashlib import sha256

from netmap.events.busy import BUSY
from netmap.events.calendar import Heading, calendar_bytes, event_bytes
from netmap.events.occurrence import Occurrence
from netmap.events.told import Entry
from netmap.times import Span


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join times that overlap or touch, in order: nobody need know that they were several."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, span.ends))
        else:
            found.append(span)
    return tuple(found)


def busy_calendar(name: str, spans: Iterable[Span], zone: str, domain: str, window: Span) -> bytes:
    """Write busy times as a calendar: when, and nothing else.

    Args:
        name: The name of its file, without ending.
        spans: Local times; they are joined.
        zone: The zone of them.
        domain: The part after @ in UIDs.
        window: The time that was looked at; the same times and window give the same bytes.
    """
    # No clock here: what must have a date has that of the window.
    stamp = datetime.combine(window.starts.date(), time.min, UTC)
    events = []
    for span in joined(spans):
        told = f"{name}\n{span.starts.isoformat()}\n{span.ends.isoformat()}"
        uid = f"busy-{sha256(told.encode()).hexdigest()[:16]}@{domain}"
        one = Occurrence(uid, "", span.starts, span.ends, zone, BUSY)
        entry = Entry(one, 0, stamp)
        events.append((entry, event_bytes(entry)))
    heading = Heading(
        f"busy-{sha256(name.encode()).hexdigest()[:16]}@{domain}",
        f"{BUSY}: {name}",
        "When not to hold anything. Taken from somebody's calendar; nothing but times was kept.",
    )
    return calendar_bytes(heading, events)
