"""What people subscribe with reads our feeds alike: the same dates, local times and words.

Each reader is a program of somebody else's. Those that are no Python packages of ours are asked for
from outside, once, and a reader that cannot be had is skipped with the reason.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from netmap.events import Programme, Session, Venue, feed_window, feeds
from netmap.events.dates import each_of_network, of_programme
from netmap.events.occurrence import Occurrence
from netmap.events.redaction import for_audience
from netmap.events.settings import ProgrammeSettings
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import WorkspaceSettings

WriteNetwork = Callable[..., tuple[Register, Any]]
MONDAY = date(2027, 1, 4)
LONDON = ZoneInfo("Europe/London")
SETTINGS = WorkspaceSettings(
    title="Sieć wsparcia",
    publisher="Hub, with a comma",
    contact_url="https://example.org/contact",
    base_url="https://example.org/network/",
    uid_domain="example.org",
)
WELSH = "Grŵp cefnogi; llŷn, môr a mynydd"
URDU = "ہم خیال گروپ، ہر بدھ"
POLISH = "Grupa wsparcia „Żółw”: źdźbło, łąka"
LONG = ("Bring a friend; tea, cake & talk\\walk.\nPob croeso: ŵ ŷ ł ہم خیال 😀\n" * 40)[:2000]
ICAL_JS = "2.2.1"
SCHEDULE = (
    "every Tuesday 18:00-20:00, 9 Mar 2027 moved to 10 Mar 2027 19:00-21:30, "
    "cancelled on 6 Apr 2027, not in August, except 2 Nov 2027 and 26 Oct 2027"
)


@dataclass(frozen=True, order=True)
class Seen:
    """One date as a person sees it: moments in UTC, whole days as dates."""

    uid: str
    starts: str
    ends: str
    title: str
    text: str
    place: str
    status: str


def _told(one: Occurrence) -> Seen:
    ends = one.ends or one.starts
    if one.all_day:
        when = one.starts.date().isoformat(), ends.date().isoformat()
    else:
        when = _utc(one.starts.replace(tzinfo=LONDON)), _utc(ends.replace(tzinfo=LONDON))
    return Seen(one.uid, *when, one.summary, one.description, one.location, one.status.upper())


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


@pytest.fixture(name="sample")
def _sample(tmp_path: Path, write_network: WriteNetwork) -> tuple[Path, tuple[Seen, ...]]:
    """Write a feed with all that readers are known to stumble over, and say what is in it."""
    register, _ = write_network(
        tmp_path,
        {
            "organisations": "id,name,roles,area\nhub,The Hub,hub,town\n",
            "areas": "code,name\ntown,Town\n",
            "activities": "id,name,organisation,area,venue,schedule,approach\n"
            f'g,"{WELSH}",hub,town,"Neuadd; the hall","{SCHEDULE}",support_group\n',
        },
    )
    programme = _programme()
    made, _ = feeds([programme], {"example": register}, Audience.PUBLIC, MONDAY, SETTINGS, {})
    window = feed_window(MONDAY)
    seen = for_audience(programme, register, Audience.PUBLIC)
    meetings = each_of_network(register, "Europe/London", "example.org", window, {})
    groups = [one for dates in meetings for one in dates]
    head, _, rest = made["year.ics"].partition(b"BEGIN:VEVENT")
    groups_events = made["activities/example.ics"].partition(b"BEGIN:VEVENT")[2]
    # One file, so that every reader is started once: the two feeds share their zones and heading.
    whole = head + b"BEGIN:VEVENT" + rest.removesuffix(b"END:VCALENDAR\r\n")
    file = tmp_path / "sample.ics"
    file.write_bytes(whole + b"BEGIN:VEVENT" + groups_events)
    return file, tuple(sorted(_told(one) for one in [*of_programme(seen, window), *groups]))


def _programme() -> Programme:
    def at(month: int, day: int, hour: int) -> datetime:
        return datetime(2027, month, day, hour)  # noqa: DTZ001  # local

    usual = {"hub": "hub", "kind": "skills", "audience": "public", "status": "confirmed"}
    two = timedelta(hours=2)
    sessions = [
        Session(
            **usual, uid="weekly@example.org", title=URDU, starts=at(1, 6, 18), ends=at(1, 6, 20),
            repeats="FREQ=WEEKLY;BYDAY=WE", excepted=(date(2027, 3, 31), date(2027, 11, 3)),
            venue="hall", description=LONG,
        ),
        Session(
            **usual, uid="days@example.org", title=POLISH, starts=at(7, 2, 0), ends=at(7, 4, 0),
            all_day=True, online_url="https://meet.example/ż?a=1,2;b",
        ),
        # The nights of each change; two end in the hour that is skipped, or comes twice.
        *(
            Session(
                **usual, uid=f"night-{n}@example.org", title=f"Night {n}", starts=starts,
                ends=starts + two, venue="hall",
            )
            for n, starts in enumerate(
                [*(at(3, 27, 23), at(3, 28, 2), at(3, 28, 22)),
                 *(at(10, 30, 23), at(10, 31, 2), at(10, 31, 23))]
            )
        ),
        Session(
            **usual | {"status": "cancelled"}, uid="off@example.org", title="Off",
            starts=at(5, 5, 9),
        ),
    ]  # fmt: skip
    settings = ProgrammeSettings(
        title="Year", network="example", starts=date(2027, 1, 1), ends=date(2027, 12, 31)
    )
    hall = Venue(id="hall", name="Hall", area="town", latitude=53.8, longitude=-1.5)
    return Programme(
        name="year",
        settings=settings,
        domain="example.org",
        venues=(hall,),
        sessions=tuple(sessions),
    )


def _moment(found: Any) -> str:
    return _utc(found) if isinstance(found, datetime) else found.isoformat()


def with_recurring_ical_events(file: Path) -> Iterator[Seen]:
    """Read with the expansion that many Python programs use."""
    calendar: Any = icalendar.Calendar.from_ical(file.read_bytes())
    for event in recurring_ical_events.of(calendar).between((2026, 1, 1), (2029, 1, 1)):
        starts = event["DTSTART"].dt
        yield Seen(
            str(event["UID"]),
            _moment(starts),
            _moment(event["DTEND"].dt if "DTEND" in event else starts),
            str(event["SUMMARY"]),
            str(event.get("DESCRIPTION", "")),
            str(event.get("LOCATION", "")),
            str(event["STATUS"]),
        )


def with_ical(file: Path) -> Iterator[Seen]:
    """Read with Home Assistant's library, which is strict."""
    stream = pytest.importorskip("ical.calendar_stream", reason="the package ical is not installed")
    calendar = stream.IcsCalendarStream.calendar_from_ics(file.read_text(encoding="utf-8"))
    for event in calendar.timeline:
        yield Seen(
            event.uid,
            _moment(event.dtstart),
            _moment(event.dtend or event.dtstart),
            event.summary,
            event.description or "",
            event.location or "",
            str(getattr(event.status, "value", event.status)),
        )


_READ = """
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
const root = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], 'utf-8')));
for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
const moment = (t) => t.isDate ? t.toString() : t.toJSDate().toISOString();
console.log(JSON.stringify(root.getAllSubcomponents('vevent').map((one) => {
  const event = new ICAL.Event(one);
  return [event.uid, moment(event.startDate), moment(event.endDate ?? event.startDate),
    event.summary, event.description ?? '', event.location ?? '',
    one.getFirstPropertyValue('status')];
})));
"""


def with_ical_js(file: Path) -> Iterator[Seen]:
    """Read with Thunderbird's and Nextcloud's engine, zones by the file's own VTIMEZONE."""
    script = _ical_js()
    done = subprocess.run(
        [str(shutil.which("node")), str(script), str(file)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    for uid, starts, ends, *words in json.loads(done.stdout):
        yield Seen(uid, _from_js(starts), _from_js(ends), *words)


def _from_js(text: str) -> str:
    return text if "T" not in text else _utc(datetime.fromisoformat(text))


def _ical_js() -> Path:
    """Find ical.js, which ``.ci/run`` installs; tests themselves fetch nothing."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: feeds were not read by ical.js")
    folder = Path(os.environ.get("NETMAP_NODE_MODULES", "node")).absolute()
    if not (folder / "node_modules" / "ical.js").is_dir():
        pytest.skip(
            f"ical.js is not installed: npm install --prefix {folder.name} ical.js@{ICAL_JS}, or "
            "NETMAP_NODE_MODULES names the folder it is in"
        )
    script = folder / "read.mjs"
    script.write_text(_READ, encoding="utf-8")
    return script


@pytest.mark.parametrize("read", [with_recurring_ical_events, with_ical, with_ical_js])
def test_a_reader_sees_what_was_told(
    read: Callable[[Path], Iterator[Seen]], sample: tuple[Path, tuple[Seen, ...]]
) -> None:
    """Every date, at its hour there, with its words, on both sides of both clock changes."""
    file, told = sample
    assert tuple(sorted(read(file))) == told


def test_the_sample_has_what_readers_stumble_over(
    sample: tuple[Path, tuple[Seen, ...]],
) -> None:
    """A sample that lost its hard cases would pass with any reader."""
    _, told = sample
    groups = [one for one in told if one.uid.startswith("activity-")]
    assert [one.status for one in told].count("CANCELLED") == 2
    hours = {datetime.fromisoformat(one.starts).astimezone(LONDON).time() for one in groups}
    assert hours == {time(18), time(19)}
    assert {one.starts[11:13] for one in groups} == {"17", "18", "19"}
    assert not any(one.starts[:7] == "2027-08" for one in groups)
    assert any(one.ends == "2027-07-04" for one in told)
    assert max(len(one.text) for one in told) > 1900
