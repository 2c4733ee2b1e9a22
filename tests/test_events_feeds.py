"""Subscribers' calendars stay right through every change, and never show what is hidden."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from netmap.errors import UnknownNameError, UnreadableFileError, WithdrawalError
from netmap.events import (
    Kept,
    Programme,
    Session,
    Told,
    Venue,
    check_feeds,
    feed,
    feeds,
    read_all_told,
    read_told,
    told_json,
    told_path,
)
from netmap.events.settings import ProgrammeSettings
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import WorkspaceSettings, open_workspace

WriteNetwork = Callable[..., tuple[Register, Any]]
MONDAY = date(2027, 1, 4)
SETTINGS = WorkspaceSettings(title="Example", uid_domain="example.org")
Feeds = Mapping[str, bytes]


def at(day: int, hour: int = 10, month: int = 2) -> datetime:
    """Make a local time in 2027."""
    return datetime(2027, month, day, hour)  # noqa: DTZ001  # local


def session(uid: str, starts: datetime, **fields: Any) -> Session:
    """Make a public, confirmed session of two hours at the hub."""
    usual = {"hub": "hub", "kind": "skills", "venue": "hall", "audience": "public"}
    ends = starts + timedelta(hours=2)
    return Session(
        **{"uid": f"{uid}@example.org", "starts": starts, "ends": ends, "title": uid}
        | {"status": "confirmed"} | usual | fields
    )  # fmt: skip


def programme(*sessions: Session) -> Programme:
    """Make a programme of these sessions."""
    settings = ProgrammeSettings(
        title="Year", network="example", starts=date(2027, 1, 1), ends=date(2027, 12, 31)
    )
    hall = Venue(id="hall", name="Hall", area="town", latitude=53.8, longitude=-1.5)
    return Programme(
        name="year", settings=settings, domain="example.org", venues=(hall,), sessions=sessions
    )


@pytest.fixture(name="registers")
def _registers(tmp_path: Path, write_network: WriteNetwork) -> dict[str, Register]:
    files = {
        "organisations": """
            id,name,roles,area,visibility
            hub,The Hub,hub,shire,
            other,Other Hub,hub,shire,
            secret,Secret Hub,hub,shire,withheld
        """,
        "areas": "code,name,parent\nshire,Shire,\ntown,Town,shire\n",
        "activities": """
            id,name,organisation,area,venue,schedule,visibility,latitude,longitude
            tuesday,Tuesday group,hub,town,Hall,every Tuesday 18:00-20:00,,53.8,-1.5
            quiet,Quiet group,hub,town,Flat 7,every Monday 10:00-11:00,area_only,53.8,-1.5
            hidden,Hidden group,hub,town,House,every Friday 10:00-11:00,withheld,53.8,-1.5
        """,
    }
    return {"example": write_network(tmp_path, files)[0]}


def told_to(
    registers: Mapping[str, Register],
    sessions: tuple[Session, ...],
    told: Mapping[str, Told],
    as_of: date = MONDAY,
    audience: Audience = Audience.PUBLIC,
    **options: Any,
) -> tuple[Feeds, dict[str, Told]]:
    """Publish these sessions."""
    return feeds([programme(*sessions)], registers, audience, as_of, SETTINGS, told, **options)


def read(content: bytes) -> Any:
    """Read a feed; the library's types are unions of everything, so they are let go here."""
    return icalendar.Calendar.from_ical(content)


def events(content: bytes) -> dict[str, Any]:
    """Read a feed: its events by title."""
    return {str(e["SUMMARY"]): e for e in read(content).events}


def test_the_story_of_a_feed(registers: dict[str, Register]) -> None:
    """Publish; move one, cancel, delete and rename another; publish again, and again unchanged."""
    told: dict[str, Told] = {}
    first = tuple(
        session(name, at(day))
        for name, day in (("stays", 2), ("moves", 3), ("off", 4), ("goes", 5), ("renamed", 6))
    )
    made, told = told_to(registers, first, told)
    before = events(made["year.ics"])
    assert {str(e["STATUS"]) for e in before.values()} == {"CONFIRMED"}
    assert {e["SEQUENCE"] for e in before.values()} == {0}
    assert {e["DTSTAMP"].dt for e in before.values()} == {
        datetime.fromisoformat("2027-01-04T00:00Z")
    }

    changed = (
        first[0],
        first[1].model_copy(update={"starts": at(10), "ends": at(10, 12)}),
        first[2].model_copy(update={"status": "cancelled"}),
        first[4].model_copy(update={"title": "its new name"}),
    )
    tuesday = MONDAY + timedelta(days=1)
    made, told = told_to(registers, changed, told, tuesday)
    after = events(made["year.ics"])
    off = {"Cancelled: off", "Cancelled: goes"}
    assert set(after) == {"stays", "moves", "its new name", *off}
    assert after["stays"].to_ical() == before["stays"].to_ical()
    assert after["its new name"]["UID"] == before["renamed"]["UID"]
    for title in ("moves", "its new name", *off):
        assert after[title]["SEQUENCE"] == 1
        assert after[title]["DTSTAMP"].dt == datetime.fromisoformat("2027-01-05T00:00Z")
        assert after[title]["LAST-MODIFIED"].dt == after[title]["DTSTAMP"].dt
    assert after["Cancelled: goes"]["STATUS"] == "CANCELLED"
    assert after["Cancelled: goes"]["DTSTART"].dt == before["goes"]["DTSTART"].dt
    assert after["Cancelled: goes"]["UID"] == before["goes"]["UID"]
    assert after["Cancelled: off"]["STATUS"] == "CANCELLED"

    again, told_again = told_to(registers, changed, told, tuesday + timedelta(days=9))
    assert again == made
    assert told_again == told
    assert told_json(told_again["year"]) == told_json(told["year"])


def test_a_calendar_that_obeys_sequence_follows_the_story(registers: dict[str, Register]) -> None:
    """Google and others keep what they have unless SEQUENCE is higher, whatever else changed."""
    steps = (
        {"title": "first"},
        {"title": "second"},
        {"title": "second", "starts": at(9), "ends": at(9, 12)},
        {"title": "second", "starts": at(9), "ends": at(9, 12), "status": "cancelled"},
        None,
        {"title": "first"},
    )
    kept: dict[str, Any] = {}
    told: dict[str, Told] = {}
    for step in steps:
        one = () if step is None else (session("a", at(2)).model_copy(update=step),)
        made, told = told_to(registers, one, told)
        for event in read(made["year.ics"]).events:
            if event["UID"] not in kept or event["SEQUENCE"] > kept[event["UID"]]["SEQUENCE"]:
                kept[str(event["UID"])] = event
        (seen,) = kept.values()
        (new,) = read(made["year.ics"]).events
        assert seen.to_ical() == new.to_ical()
    assert (seen["SUMMARY"], seen["SEQUENCE"], seen["STATUS"]) == ("first", 5, "CONFIRMED")


def test_two_changes_on_one_day_are_both_noticed(registers: dict[str, Register]) -> None:
    """The second is told one second later, or calendars would keep the first."""
    _, told = told_to(registers, (session("a", at(2)),), {})
    _, told = told_to(registers, (session("a", at(3)),), told)
    made, _ = told_to(registers, (session("a", at(4)),), told)
    event = events(made["year.ics"])["a"]
    assert event["SEQUENCE"] == 2
    assert event["DTSTAMP"].dt == datetime.fromisoformat("2027-01-04T00:00:02Z")


def test_a_tombstone_goes_thirty_days_after_its_own_start(registers: dict[str, Register]) -> None:
    """It would otherwise clutter calendars for ever."""
    _, told = told_to(registers, (session("goes", at(2)),), {})
    for as_of, left in ((date(2027, 3, 4), 1), (date(2027, 3, 5), 0)):
        made, told = told_to(registers, (), told, as_of)
        assert made["year.ics"].count(b"BEGIN:VEVENT") == left


def test_a_session_that_comes_back_goes_on_counting(registers: dict[str, Register]) -> None:
    """A calendar ignores an event whose SEQUENCE is below what it has."""
    one = (session("a", at(2)),)
    _, told = told_to(registers, one, {})
    _, told = told_to(registers, (), told)
    made, _ = told_to(registers, one, told)
    assert events(made["year.ics"])["a"]["SEQUENCE"] == 2


def test_a_withdrawal_of_many_stops(registers: dict[str, Register]) -> None:
    """A table emptied by mistake must not cancel a year; five of a dozen are fewer than a third."""
    many = tuple(session(f"s{n}", at(n)) for n in range(1, 13))
    _, told = told_to(registers, many, {})
    with pytest.raises(WithdrawalError, match="6 of the 12"):
        told_to(registers, many[6:], told)
    made, _ = told_to(registers, many[6:], told, withdraw=True)
    assert made["year.ics"].count(b"STATUS:CANCELLED") == 6
    made, _ = told_to(registers, many[5:], told)
    assert made["year.ics"].count(b"STATUS:CANCELLED") == 5


def test_a_session_moved_to_another_place_is_not_cancelled_where_it_was(
    registers: dict[str, Register],
) -> None:
    """Who subscribed to the town learns where it is now, not that it is off."""
    _, told = told_to(registers, (session("a", at(2)),), {})
    made, _ = told_to(registers, (session("a", at(2), venue=None),), told)
    assert events(made["area/town.ics"])["a"]["STATUS"] == "CONFIRMED"


def test_every_feed_of_the_contract_is_there(registers: dict[str, Register]) -> None:
    """An area feed holds what is below it; a community's holds what is for those within it."""
    one = session("a", at(2), communities=("somali",), kind="networking")
    words = replace(
        programme(one).words,
        wider={"somali": ("black_african", "black", "bame")},
        communities=dict.fromkeys(["somali", "black_african", "black", "bame"], "x"),
    )
    made, _ = feeds(
        [replace(programme(one), words=words)], registers, Audience.PUBLIC, MONDAY, SETTINGS, {}
    )
    assert set(made) == {
        "year.ics", "hub/hub.ics", "hub/other.ics", "area/town.ics", "area/shire.ics",
        "kind/networking.ics", "community/somali.ics", "community/black_african.ics",
        "community/black.ics", "community/bame.ics", "activities/example.ics",
        "activities/example/shire.ics", "activities/example/town.ics",
    }  # fmt: skip
    for path, content in made.items():
        held = 0 if path == "hub/other.ics" else 1
        if not path.startswith("activities/"):
            assert content.count(b"BEGIN:VEVENT") == held, path


def test_a_staff_session_leaves_no_trace_with_the_public(
    registers: dict[str, Register], tmp_path: Path
) -> None:
    """What staff were told is kept apart from what the public were told."""
    both = (session("open", at(2)), session("confidential", at(3), audience="staff"))
    made, told = told_to(registers, both, {}, audience=Audience.STAFF)
    assert b"confidential" in made["year.ics"]
    (tmp_path / "events").mkdir()
    for name, record in told.items():
        (tmp_path / told_path(name, Audience.STAFF)).write_bytes(told_json(record))
    workspace = open_workspace(tmp_path)
    public = read_all_told(workspace, [programme(*both)], registers, Audience.PUBLIC)
    made, told = told_to(registers, both, public)
    for content in (*made.values(), *map(told_json, told.values())):
        assert b"confidential" not in content
        # Nor is its day told of anywhere: the groups of the sample do not meet on it.
        assert b"20270203" not in content
        assert b"2027-02-03" not in content


def test_what_is_hidden_later_leaves_a_tombstone_that_says_nothing(
    registers: dict[str, Register],
) -> None:
    """Subscribers must not go there; they must not be told again who it was."""
    open_one = session("u1", at(2), title="Party at ours")
    hidden = open_one.model_copy(update={"hub": "secret"})
    _, told = told_to(registers, (open_one,), {})
    made, told = told_to(registers, (hidden,), told)
    (event,) = read(made["year.ics"]).events
    assert set(event) == {
        "UID",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "STATUS",
    }
    assert (event["SUMMARY"], event["STATUS"]) == ("Cancelled", "CANCELLED")
    assert all(b"Party" not in content for content in made.values())
    assert b"Party" not in told_json(told["year"])
    again, told_again = told_to(registers, (hidden,), told, MONDAY + timedelta(days=3))
    assert (again, told_again) == (made, told)


@pytest.mark.parametrize(
    "nasty",
    [
        "x\r\nATTENDEE:mailto:a@b.c",
        "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil",
        "x\rBEGIN:VALARM",
        "x\u2028URL:http://evil",
        "x\x85URL:http://evil\x0bURL:y\x0cURL:z",
        "bell\x07 and \x00 nul \ufeff",
        'a;b,c\\n:"d',
        "é" * 3000 + "😀" * 3000,
        "w" * 1_000_000,
    ],
)
def test_no_text_can_add_a_line_or_a_property(registers: dict[str, Register], nasty: str) -> None:
    """Tables are written by anybody; one bad line costs every subscriber the whole feed."""
    plain, _ = told_to(registers, (session("plain", at(2), description="d", hub="hub"),), {})
    one = session("x", at(2), title=nasty, description=nasty, theme=nasty, hosts=(nasty,))
    made, _ = told_to(registers, (one,), {})
    content = made["year.ics"]
    (event,) = read(content).events
    (expected,) = read(plain["year.ics"]).events
    assert set(event) == set(expected)
    assert len(content) < 100_000
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(byte in content.replace(b"\r\n", b"") for byte in b"\r\n\x00\x07\x0b\x0c")
    # A line folded inside a character would not be text any more.
    assert all(line.decode() is not None for line in lines)


def test_local_time_stays_on_both_sides_of_the_clock_changes(
    registers: dict[str, Register],
) -> None:
    """A group at six in the evening meets at six in March, in April and in November."""
    weekly = session("w", at(6, 18, month=1), repeats="FREQ=WEEKLY;BYDAY=WE")
    sessions = (weekly, session("winter", at(2)), session("summer", at(6, 10, month=7)))
    made, _ = told_to(registers, sessions, {})
    calendar = read(made["year.ics"])
    found = recurring_ical_events.of(calendar).between((2027, 1, 1), (2028, 1, 1))
    hours = {(str(e["SUMMARY"]), e["DTSTART"].dt.hour) for e in found}
    assert hours == {("w", 18), ("winter", 10), ("summer", 10)}
    offsets = {e["DTSTART"].dt.utcoffset() for e in found if str(e["SUMMARY"]) == "w"}
    assert offsets == {timedelta(0), timedelta(hours=1)}
    assert made["year.ics"].count(b"RRULE") == 2
    assert b"RDATE" not in made["year.ics"]


def test_a_series_is_one_event_a_date_with_a_uid_of_its_own(registers: dict[str, Register]) -> None:
    """Series with exceptions are read differently by every calendar; single dates are not."""
    weekly = session("w", at(3), repeats="FREQ=WEEKLY;COUNT=4", excepted=(date(2027, 2, 10),))
    made, _ = told_to(registers, (weekly,), {})
    uids = [str(e["UID"]) for e in read(made["year.ics"]).events]
    assert uids == [
        "w-20270203T100000@example.org",
        "w-20270217T100000@example.org",
        "w-20270224T100000@example.org",
    ]


def test_groups_meetings_are_shown_as_their_visibility_allows(
    registers: dict[str, Register],
) -> None:
    """One feed, three groups: one in full, one by its area, one not at all."""
    made, told = told_to(registers, (), {})
    content = made["activities/example.ics"]
    found = read(content).events
    by_name = {str(e["SUMMARY"]): e for e in found}
    assert set(by_name) == {"Tuesday group", "Quiet group"}
    assert (by_name["Tuesday group"]["LOCATION"], "GEO" in by_name["Tuesday group"]) == (
        "Hall, Town",
        True,
    )
    assert (by_name["Quiet group"]["LOCATION"], "GEO" in by_name["Quiet group"]) == ("Town", False)
    assert b"Flat 7" not in content
    starts = [e["DTSTART"].dt.date() for e in found]
    assert (min(starts), max(starts)) == (date(2026, 12, 1), date(2028, 1, 31))
    later, _ = told_to(registers, (), told, date(2027, 1, 31))
    assert later == made


def test_a_calendar_says_who_it_is_and_how_often_to_look(registers: dict[str, Register]) -> None:
    """Google reads one name and others another; Nextcloud looks weekly unless it is told."""
    content = told_to(registers, (session("a", at(2)),), {})[0]["hub/hub.ics"]
    lines = content.decode().split("\r\n")
    for line in (
        "NAME:The Hub: events",
        "X-WR-CALNAME:The Hub: events",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VTIMEZONE",
        "DTSTART;TZID=Europe/London:20270202T100000",
        "GEO:53.8;-1.5",
        "LOCATION:Hall\\, Town",
    ):
        assert line in lines
    assert not any(line.startswith(("METHOD", "ATTENDEE", "URL", "SOURCE")) for line in lines)
    # vdirsyncer takes the UID of a calendar for that of each event, and keeps one of them.
    assert not any(line.startswith("UID:") for line in lines[: lines.index("BEGIN:VEVENT")])
    address = SETTINGS.model_copy(update={"base_url": "https://example.org/n/"})
    made, _ = feeds([programme()], registers, Audience.PUBLIC, MONDAY, address, {})
    assert b"SOURCE;VALUE=URI:https://example.org/n/feeds/hub/hub.ics" in made["hub/hub.ics"]


def test_one_feed_can_be_filtered(registers: dict[str, Register]) -> None:
    """`netmap events feed --hub hub --kind skills` is what both filters let through."""
    sessions = (
        session("a", at(2)),
        session("b", at(3), hub="other"),
        session("c", at(4), kind="networking"),
        session("d", at(5), status="cancelled"),
    )
    given: Any = [programme(*sessions)], registers, Audience.PUBLIC, MONDAY, SETTINGS, {}
    assert set(events(feed(*given, hub="hub", kind="skills"))) == {"a", "Cancelled: d"}
    assert set(events(feed(*given, hub="hub", kind="skills", tombstones=False))) == {"a"}
    assert set(events(feed(*given, area="shire"))) == {"a", "b", "c", "Cancelled: d"}
    with pytest.raises(UnknownNameError, match="secret"):
        feed(*given, hub="secret")


def test_a_record_that_cannot_be_read_is_not_started_again(tmp_path: Path) -> None:
    """Beginning at nought would make calendars ignore every later change."""
    (tmp_path / "netmap.toml").write_text("", encoding="utf-8")
    (tmp_path / "events").mkdir()
    file = tmp_path / "events" / "year.published.json"
    workspace = open_workspace(tmp_path)
    assert read_told(workspace, "year", Audience.PUBLIC) == Told("year", Audience.PUBLIC)
    file.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="merge"):
        read_told(workspace, "year", Audience.PUBLIC)


def test_a_record_comes_back_as_it_was_written(
    registers: dict[str, Register], tmp_path: Path
) -> None:
    """One event to a line, so that git can merge two people's builds."""
    _, told = told_to(registers, (session("a", at(2)), session("b", at(3))), {})
    content = told_json(told["year"])
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "year.published.json").write_bytes(content)
    assert read_told(open_workspace(tmp_path), "year", Audience.PUBLIC) == told["year"]
    assert sum(line.startswith(b'"a@example.org"') for line in content.splitlines()) == 1
    assert len([line for line in content.splitlines() if b"@example.org" in line]) == 2


def test_a_calendar_is_published_only_where_somebody_can_be_named(
    registers: dict[str, Register],
) -> None:
    """METHOD obliges every event to name an organiser; half of that is refused by some readers."""
    sessions = (session("a", at(2)), session("off", at(3), status="cancelled"))
    named = SETTINGS.model_copy(
        update={"contact_url": "https://example.org/contact", "publisher": 'The "Hub", Leeds'}
    )
    made, _ = feeds([programme(*sessions)], registers, Audience.PUBLIC, MONDAY, named, {})
    for content in made.values():
        calendar = read(content)
        assert calendar["METHOD"] == "PUBLISH"
        for event in calendar.events:
            assert event["ORGANIZER"] == "https://example.org/contact"
            assert event["ORGANIZER"].params["CN"] == "The 'Hub', Leeds"
            assert "ATTENDEE" not in event
    unnamed, told = told_to(registers, sessions, {})
    assert not any(b"METHOD" in one or b"ORGANIZER" in one for one in unnamed.values())
    # Who publishes is no change of an event.
    _, again = feeds([programme(*sessions)], registers, Audience.PUBLIC, MONDAY, named, told)
    assert again == told


def test_colours_categories_and_links_stand_where_readers_look(
    registers: dict[str, Register],
) -> None:
    """One colour a kind, a link to join in the text too, and the word for it in the calendar."""
    sessions = (
        session("a", at(2), venue=None, online_url="https://meet.example/ä b"),
        session("b", at(3)),
        session("c", at(4), kind="networking"),
    )
    made, _ = told_to(registers, sessions, {})
    found = events(made["year.ics"])
    assert found["a"]["COLOR"] == found["b"]["COLOR"] != found["c"]["COLOR"]
    assert b"CONFERENCE;VALUE=URI:https://meet.example/%C3%A4%20b\r\n" in made["year.ics"]
    assert b"URL:https://meet.example/%C3%A4%20b\r\n" in made["year.ics"]
    assert "Take part online: https://meet.example/" in found["a"]["DESCRIPTION"]
    assert (found["a"]["LOCATION"], "CONFERENCE" in found["b"]) == ("Online", False)
    assert found["c"]["CATEGORIES"].to_ical() == b"Networking"


def test_alarms_and_tombstones_are_as_asked_for(registers: dict[str, Register]) -> None:
    """Nobody's phone rings because of a feed, unless they wanted it to."""
    sessions = (session("a", at(2)), session("off", at(3), status="cancelled"))
    given: Any = [programme(*sessions)], registers, Audience.PUBLIC, MONDAY, SETTINGS, {}
    assert b"VALARM" not in feed(*given)
    content = feed(*given, alarm_minutes=90)
    assert content.count(b"BEGIN:VALARM") == 1
    (alarm,) = events(content)["a"].walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-90)
    quiet = SETTINGS.model_copy(
        update={"feeds": SETTINGS.feeds.model_copy(update={"show_cancelled": False})}
    )
    made, told = feeds([programme(*sessions)], registers, Audience.PUBLIC, MONDAY, quiet, {})
    assert set(events(made["year.ics"])) == {"a"}
    assert told == told_to(registers, sessions, {})[1]


def test_a_whole_day_is_told_as_days_and_ends_the_day_after(registers: dict[str, Register]) -> None:
    """A conference of two days has no hours, and no zone that could move it."""
    days = session("days", at(2, 0), ends=at(4, 0), all_day=True)
    made, told = told_to(registers, (days,), {})
    assert b"DTSTART;VALUE=DATE:20270202\r\nDTEND;VALUE=DATE:20270204\r\n" in made["year.ics"]
    assert b'"starts": "2027-02-02"' in told_json(told["year"])
    made, _ = told_to(registers, (), told)
    (event,) = read(made["year.ics"]).events
    assert (event["STATUS"], event["DTEND"].dt) == ("CANCELLED", date(2027, 2, 4))


def test_a_large_feed_keeps_the_nearest_whole_days_and_says_so(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Google drops a feed that is too large; each area's own still has every date."""
    groups = "".join(
        f"g{n},Group {n},hub,{'north' if n % 2 else 'south'},every Tuesday 18:00-20:00\n"
        for n in range(30)
    )
    register, _ = write_network(
        tmp_path,
        {
            "organisations": "id,name,area\nhub,Hub,north\n",
            "areas": "code,name\nnorth,North\nsouth,South\n",
            "activities": f"id,name,organisation,area,schedule\n{groups}",
        },
    )
    registers = {"example": register}
    made, told = feeds([], registers, Audience.PUBLIC, MONDAY, SETTINGS, {})
    whole, north = made["activities/example.ics"], made["activities/example/north.ics"]
    days = {event["DTSTART"].dt.date() for event in read(whole).events}
    # Thirty-three whole Tuesdays from the first of the month, of thirty groups each.
    assert (len(read(whole).events), min(days), max(days)) == (
        990,
        date(2027, 1, 5),
        date(2027, 8, 17),
    )
    assert b"Later dates than 17 August 2027" in whole
    assert len(told["activities.example"].events) == 2 * len(read(north).events) == 30 * 61
    assert [(one.place.file, one.code) for one in check_feeds(made) if one.place] == [
        ("feeds/activities/example.ics", "large-feed")
    ]


def test_a_group_that_moves_or_cancels_one_date_tells_its_subscribers(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The rest of the series is not touched, and the moved date is moved, not new."""

    def publish(schedule: str, told: Mapping[str, Told]) -> tuple[dict[str, Any], dict[str, Told]]:
        files = {
            "organisations": "id,name\no,O\n",
            "activities": f'id,name,schedule\na,A,"{schedule}"\n',
        }
        register, _ = write_network(tmp_path, files)
        made, new = feeds([], {"example": register}, Audience.PUBLIC, MONDAY, SETTINGS, told)
        return {str(e["UID"])[-27:-12]: e for e in read(made["activities/example.ics"]).events}, new

    before, told = publish("every Tuesday 18:00-20:00", {})
    after, told = publish(
        "every Tuesday 18:00-20:00, 9 Feb 2027 moved to 10 Feb 2027, cancelled on 16 Feb 2027, "
        "except 23 Feb 2027",
        told,
    )
    assert before.keys() == after.keys()
    changed = {uid for uid in after if after[uid].to_ical() != before[uid].to_ical()}
    assert changed == {"20270209T180000", "20270216T180000", "20270223T180000"}
    assert {after[uid]["SEQUENCE"] for uid in changed} == {1}
    assert after["20270209T180000"]["DTSTART"].dt.day == 10
    assert after["20270209T180000"]["STATUS"] == "CONFIRMED"
    assert after["20270216T180000"]["STATUS"] == after["20270223T180000"]["STATUS"] == "CANCELLED"


def test_what_is_kept_between_runs_changes_no_byte(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A server that keeps what it worked out must say what a fresh build says."""

    def register(name: str, second: str) -> Register:
        files = {
            "organisations": "id,name\no,O\n",
            "activities": f"id,name,schedule\na,{name},every Tuesday 18:00-20:00\nb,B,{second}\n",
        }
        return write_network(tmp_path, files)[0]

    monday, friday = "every Monday 10:00-11:00", "every Friday 10:00-11:00"
    later = SETTINGS.model_copy(update={"contact_url": "https://example.org/c"})
    steps = (
        (register("A", monday), MONDAY, SETTINGS),
        (register("A", monday), MONDAY, SETTINGS),
        (register("New", monday), MONDAY, SETTINGS),
        (register("New", friday), MONDAY + timedelta(days=1), SETTINGS),
        (register("New", friday), MONDAY + timedelta(days=1), later),
        (register("New", friday), MONDAY + timedelta(days=40), later),
        (register("A", monday), MONDAY + timedelta(days=40), later),
    )
    kept, told = Kept(), dict[str, Told]()
    for number, (one, day, settings) in enumerate(steps):
        sessions = (session("s", at(2 + number // 2)),)
        given: Any = [programme(*sessions)], {"example": one}, Audience.PUBLIC, day, settings, told
        made, new = feeds(*given, kept=kept)
        assert (made, new) == feeds(*given)
        told = new
    # As after a merge in which the record went back to what it was.
    unsaid: Any = (*given[:-1], {})
    assert feeds(*unsaid, kept=kept) == feeds(*unsaid)
