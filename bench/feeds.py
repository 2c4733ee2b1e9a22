"""Calendar feeds: what it costs to write a thousand of a hundred events, and to read a large one.

Beside netmap stand the ``icalendar`` library alone and a bare writer, which only puts the same
lines together: it knows no window, no exceptions, nothing that was told before. Each runs in a
process of its own, one after the other; seconds are of the processor, so that a busy machine
matters less, and memory is the most the process ever had. Limits: cold 15 s and 300 MB, warm 1 s,
reading no slower than icalendar.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from netmap.networks.register import Register

GROUPS, EVENTS = 1_000, 100
DAY = date(2026, 11, 28)
ZONE = ZoneInfo("Europe/London")
STAMP = datetime(2026, 11, 28, tzinfo=UTC)
TEXT = "A friendly group for anybody who has been feeling low; tea, talk and a walk.\n" * 3
_DAYS = ("Mondays and Thursdays", "Tuesdays and Fridays", "Wednesdays and Saturdays")
# The window of the day opens on 1 October, so that this is about a hundred dates.
_LAST = "19 September 2027"


def register(changed: int | None = None) -> "Register":
    """Make a network of a thousand groups, each in an area of its own; one may be renamed."""
    from netmap.findings import Place  # noqa: PLC0415
    from netmap.networks.areas import Areas  # noqa: PLC0415
    from netmap.networks.models import Activity, Area  # noqa: PLC0415
    from netmap.networks.network_settings import NetworkSettings  # noqa: PLC0415
    from netmap.networks.register import Register  # noqa: PLC0415

    at = Place("made up", 1)
    areas = [Area(at=at, code=f"w{n:04}", name=f"Ward {n}") for n in range(GROUPS)]
    groups = [
        Activity(
            at=at, id=f"g{n}", name=f"{'New f' if n == changed else 'F'}riends of ward {n}",
            approach="support_group", area=f"w{n:04}", venue="Community centre", description=TEXT,
            how_to_join="Ring us, or just come", latitude=53 + n / 10_000, longitude=-1.5,
            website=f"https://example.org/groups/{n}",
            schedule=f"{_DAYS[n % 3]} {9 + n % 9}:{n % 4 * 15:02}-{11 + n % 9}:00 until {_LAST}",
        )
        for n in range(GROUPS)
    ]  # fmt: skip
    return Register(
        "big", NetworkSettings(title="Big"), DAY, activities=tuple(groups), areas=Areas(areas)
    )


def netmap() -> dict[str, float]:
    """Write all feeds and the record, then again after one change."""
    from netmap.events import Kept, feeds, told_json  # noqa: PLC0415
    from netmap.privacy import Audience  # noqa: PLC0415
    from netmap.workspace import WorkspaceSettings  # noqa: PLC0415

    settings, kept = WorkspaceSettings(title="Big"), Kept()
    before, after = register(), register(changed=500)
    base = most_mb()
    start = time.process_time()
    given = Audience.PUBLIC, DAY, settings
    made, told = feeds([], {"big": before}, *given, {})
    record = told_json(told["activities.big"])
    cold = time.process_time() - start
    size, count = sum(map(len, made.values())), len(told["activities.big"].events)
    cold_mb = most_mb()
    del made, record
    feeds([], {"big": before}, *given, told, kept=kept)
    start = time.process_time()
    made, new = feeds([], {"big": after}, *given, told, kept=kept)
    warm = time.process_time() - start
    alike, new_told = feeds([], {"big": after}, *given, told)
    assert (alike, new_told) == (made, new)  # noqa: S101  # what is kept must be right
    return {"cold": cold, "warm": warm, "mb": cold_mb, "base": base, "size": size, "count": count}


def most_mb() -> float:
    """Say the most memory this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def dates(group: int) -> Iterable[tuple[str, datetime, datetime]]:
    """Give a group's hundred dates: UID, start, end."""
    first = datetime(2026, 10, 5, 9 + group % 9, tzinfo=ZONE)
    for n in range(EVENTS):
        starts = first + timedelta(days=3.5 * n // 1)
        yield f"{group}-{n}@example.org", starts, starts + timedelta(hours=2)


def icalendar_alone() -> dict[str, float]:
    """Write the same through the library's objects, a constant zone for each."""
    import icalendar  # noqa: PLC0415

    from netmap.events.zones import vtimezone  # noqa: PLC0415

    zone = icalendar.Timezone.from_ical(vtimezone("Europe/London") or b"")
    start, size = time.process_time(), 0
    for group in range(GROUPS):
        calendar = icalendar.Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//bench//EN")
        calendar.add_component(zone)
        for uid, starts, ends in dates(group):
            event = icalendar.Event()
            event.add("uid", uid)
            event.add("dtstamp", STAMP)
            event.add("last-modified", STAMP)
            event.add("sequence", 0)
            event.add("dtstart", starts)
            event.add("dtend", ends)
            event.add("summary", f"Friends of ward {group}")
            event.add("status", "CONFIRMED")
            event.add("description", TEXT + "How to join: Ring us, or just come")
            event.add("location", f"Community centre, Ward {group}")
            event.add("geo", (53 + group / 10_000, -1.5))
            event.add("categories", ["Support group"])
            event.add("color", "teal")
            event.add("url", f"https://example.org/groups/{group}")
            calendar.add_component(event)
        size += len(calendar.to_ical())
    return {"cold": time.process_time() - start, "mb": most_mb(), "size": size}


def bare() -> dict[str, float]:
    """Write the same with f-strings and our folding, and nothing else."""
    from netmap.events.lines import line, text_line  # noqa: PLC0415
    from netmap.events.zones import vtimezone  # noqa: PLC0415

    zone, start, size = vtimezone("Europe/London") or b"", time.process_time(), 0
    for group in range(GROUPS):
        parts = [b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n", zone]
        for uid, starts, ends in dates(group):
            parts += [
                b"BEGIN:VEVENT\r\n",
                text_line("SUMMARY", f"Friends of ward {group}"),
                line("DTSTART;TZID=Europe/London", f"{starts:%Y%m%dT%H%M%S}"),
                line("DTEND;TZID=Europe/London", f"{ends:%Y%m%dT%H%M%S}"),
                b"DTSTAMP:20261128T000000Z\r\n",
                line("UID", uid),
                b"SEQUENCE:0\r\nCATEGORIES:Support group\r\nCOLOR:teal\r\n",
                text_line("DESCRIPTION", TEXT + "How to join: Ring us, or just come"),
                line("GEO", f"{53 + group / 10_000};-1.5"),
                b"LAST-MODIFIED:20261128T000000Z\r\n",
                text_line("LOCATION", f"Community centre, Ward {group}"),
                b"STATUS:CONFIRMED\r\n",
                line("URL", f"https://example.org/groups/{group}"),
                b"END:VEVENT\r\n",
            ]
        size += len(b"".join([*parts, b"END:VCALENDAR\r\n"]))
    return {"cold": time.process_time() - start, "mb": most_mb(), "size": size}


def sample() -> bytes:
    """Write ten thousand events into one calendar, past what feeds hold."""
    from netmap.events.calendar import Heading, calendar_bytes, event_bytes  # noqa: PLC0415
    from netmap.events.occurrence import Occurrence  # noqa: PLC0415
    from netmap.events.told import Entry  # noqa: PLC0415

    pairs = []
    for group in range(100):
        for uid, starts, ends in dates(group):
            one = Occurrence(
                uid, uid, starts.replace(tzinfo=None), ends.replace(tzinfo=None), "Europe/London",
                f"Friends of ward {group}", description=TEXT, location=f"Hall, Ward {group}",
                point=(-1.5, 53.0), categories=("Support group",), tint="a",
            )  # fmt: skip
            entry = Entry(one, 0, STAMP)
            pairs.append((entry, event_bytes(entry)))
    return calendar_bytes(Heading("a", "A", "B"), pairs)


def reading() -> dict[str, float]:
    """Read ten thousand events as somebody else's calendar."""
    from netmap.events.foreign import read_calendar  # noqa: PLC0415
    from netmap.times import Span  # noqa: PLC0415

    content, start = sample(), time.process_time()
    span = Span(datetime(2026, 1, 1), datetime(2029, 1, 1))  # noqa: DTZ001  # local
    found = read_calendar(content, "a.ics", "Europe/London", span)
    return {"cold": time.process_time() - start, "count": len(found.dates), "mb": most_mb()}


def reading_with_icalendar() -> dict[str, float]:
    """Read the same with the library."""
    import icalendar  # noqa: PLC0415

    content, start = sample(), time.process_time()
    found = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {"cold": time.process_time() - start, "count": len(found), "mb": most_mb()}


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    one.__name__: one for one in (netmap, icalendar_alone, bare, reading, reading_with_icalendar)
}


def measured(name: str) -> dict[str, float]:
    """Run one part in a process of its own."""
    command = [sys.executable, str(Path(__file__)), "--part", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure and print a table, or one part as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    part = parser.parse_args().part
    if part:
        print(json.dumps(PARTS[part]()))
        return
    ours, theirs, least = (measured(name) for name in ("netmap", "icalendar_alone", "bare"))
    print(f"{GROUPS} groups' feeds, {ours['count']:,.0f} events, {ours['size'] / 1e6:.0f} MB")
    print(f"{'':<28}{'seconds':>9}{'MB':>7}{'times bare':>12}   limit")
    rows = (
        ("netmap, cold", ours["cold"], ours["mb"], "15 s, 300 MB"),
        ("netmap, one group renamed", ours["warm"], 0, "1 s"),
        ("icalendar alone", theirs["cold"], theirs["mb"], ""),
        ("bare writer", least["cold"], least["mb"], ""),
    )
    for name, seconds, mb, limit in rows:
        print(f"{name:<28}{seconds:>9.2f}{mb:>7.0f}{seconds / least['cold']:>12.1f}   {limit}")
    ours, theirs = measured("reading"), measured("reading_with_icalendar")
    print(f"\nreading {ours['count']:,.0f} of 10,000 events")
    for name, found in (("netmap", ours), ("icalendar", theirs)):
        print(f"{name:<28}{found['cold']:>9.2f}{found['mb']:>7.0f}")


if __name__ == "__main__":
    main()
