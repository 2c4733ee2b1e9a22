"""News, table and linked data tell what the feeds tell, and nothing else."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from defusedxml import ElementTree

from netmap.errors import UnreadableFileError
from netmap.events import Programme, Session, Told, Venue, every_session, feeds, for_audience
from netmap.events.announcing import COLUMNS, Announcement, announced, dates_csv
from netmap.events.changes import Change, changes_json, changes_of, changes_path, read_changes
from netmap.events.linked_data import escaped_json, linked_data
from netmap.events.news import MOST_ITEMS, Channel, changes_rss, headline
from netmap.events.occurrence import Occurrence
from netmap.events.publishing import entries
from netmap.events.settings import ProgrammeSettings
from netmap.events.told import Entry
from netmap.networks import for_audience as register_for
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import WorkspaceSettings, open_workspace

WriteNetwork = Callable[..., tuple[Register, Any]]
MONDAY = date(2027, 1, 4)
TUESDAY = date(2027, 1, 5)
SETTINGS = WorkspaceSettings(title="Example", uid_domain="example.org")
CHANNEL = Channel("Changes", "What changed", "https://example.org/events/", "https://example.org/x")
PAYLOAD = "</script><!--<script>alert(1)</script>&amp;\u2028\x00\x0b\ud800\uffff=1+1 ]]>"


def at(day: int, hour: int = 10, month: int = 2) -> datetime:
    """Make a local time in 2027."""
    return datetime(2027, month, day, hour)  # noqa: DTZ001  # local


WEEKEND = {"starts": at(6, 0), "ends": at(8, 0), "all_day": True}


def session(uid: str, starts: datetime, **fields: Any) -> Session:
    """Make a public, confirmed session of two hours at the hub."""
    usual = {"hub": "hub", "kind": "skills", "venue": "hall", "audience": "public"}
    ends = starts + timedelta(hours=2)
    return Session(
        **{"uid": f"{uid}@example.org", "starts": starts, "ends": ends, "title": uid}
        | {"status": "confirmed"} | usual | fields
    )  # fmt: skip


@pytest.fixture(name="registers")
def _registers(tmp_path: Path, write_network: WriteNetwork) -> dict[str, Register]:
    files = {
        "organisations": """
            id,name,roles,area,visibility
            hub,The Hub,hub,shire,
            vague,Vague Hub,hub,shire,area_only
            secret,Secret Hub,hub,shire,withheld
        """,
        "areas": "code,name,parent\nshire,Shire,\ntown,Town,shire\n",
        "activities": """
            id,name,organisation,area,venue,schedule
            tuesday,Tuesday group,hub,town,Hall,every Tuesday 18:00-20:00
        """,
    }
    return {"example": write_network(tmp_path, files)[0]}


@dataclass
class Story:
    """A programme that is told again and again, as builds do it."""

    registers: Mapping[str, Register]
    audience: Audience = Audience.PUBLIC

    def __post_init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.known: dict[str, Change] = {}
        self.dates: tuple[Announcement, ...] = ()
        self.made: Mapping[str, bytes] = {}

    def tell(self, *sessions: Session, as_of: date = MONDAY) -> "Story":
        """Build once: the feeds, and what is told beside them."""
        hall = Venue(id="hall", name="Hall", area="town", latitude=53.8, longitude=-1.5)
        one = Programme(
            name="year",
            settings=ProgrammeSettings(
                title="Year", network="example", starts=date(2027, 1, 1), ends=date(2027, 12, 31)
            ),
            domain="example.org",
            venues=(hall,),
            sessions=sessions,
        )
        given = ([one], self.registers, self.audience, as_of, SETTINGS, self.told)
        held = entries(*given, withdraw=True)
        every = [entry for those in held.values() for entry in those]
        self.known = changes_of(every, self.told.values(), self.known)
        seen = [for_audience(one, self.registers["example"], self.audience)]
        registers = {
            name: register_for(register, self.audience, SETTINGS.privacy)
            for name, register in self.registers.items()
        }
        self.made, self.told = feeds(*given, withdraw=True)
        titles = {path: "The Hub" if path == "hub/hub.ics" else path for path in self.made}
        self.dates = announced(held, every_session(seen, as_of), registers, titles)
        return self

    @property
    def rss(self) -> bytes:
        """The news."""
        return changes_rss(self.dates, self.known, CHANNEL, _address)

    def items(self) -> dict[str, dict[str, str]]:
        """The news of the programme, by title; the groups' own meetings left aside."""
        found = [
            {part.tag: part.text or "" for part in item}
            for item in ElementTree.fromstring(self.rss).iter("item")
        ]
        return {one["title"]: one for one in found if "Tuesday group" not in one["title"]}

    def rows(self) -> dict[str, dict[str, str]]:
        """The table, by UID."""
        text = dates_csv(self.dates).decode()
        return {row["uid"]: row for row in csv.DictReader(io.StringIO(text))}

    def events(self) -> dict[str, Any]:
        """The linked data, by UID."""
        graph = json.loads(linked_data(self.dates, self.known, _address))["@graph"]
        return {one["identifier"]: one for one in graph}


def _address(said: Announcement) -> str:
    return f"https://example.org/events/#{said.entry.occurrence.uid}"


@pytest.fixture(name="story")
def _story(registers: dict[str, Register]) -> Story:
    return Story(registers)


def test_the_story_of_the_news(story: Story) -> None:
    """Four are told; then one moves, one is renamed, one is cancelled, one deleted, one new."""
    four = [session(name, at(n)) for n, name in enumerate(("a", "b", "c", "d"), start=2)]
    assert list(story.tell(*four).items()) == ["New: a", "New: b", "New: c", "New: d"]
    moved = four[0].model_copy(update={"starts": at(20), "ends": at(20, 12)})
    renamed = four[1].model_copy(update={"title": "bee"})
    off = four[2].model_copy(update={"status": "cancelled"})
    story.tell(moved, renamed, off, session("e", at(9)), as_of=TUESDAY)
    items = story.items()
    # All of one day, soonest first.
    assert list(items) == ["Renamed: bee", "Cancelled: c", "Cancelled: d", "New: e", "Moved: a"]
    assert "It was to be on Tuesday 2 February 2027, 10:00." in items["Moved: a"]["description"]
    assert "Saturday 20 February 2027, 10:00 to 12:00" in items["Moved: a"]["description"]
    assert items["Moved: a"]["guid"] == "a@example.org#1"
    assert items["New: e"]["guid"] == "e@example.org#0"
    assert items["Moved: a"]["pubDate"] == "Tue, 05 Jan 2027 00:00:00 GMT"
    assert items["Cancelled: d"]["link"] == "https://example.org/events/#d@example.org"


def test_the_news_stays_what_it_was_on_every_later_run(story: Story) -> None:
    """A reader that looks after the second build must still learn that it moved."""
    story.tell(session("a", at(2)))
    first = story.tell(session("a", at(3)), as_of=TUESDAY).rss
    again = story.tell(session("a", at(3)), as_of=TUESDAY + timedelta(days=9)).rss
    assert again == first
    assert "Moved: a" in story.items()


def test_what_comes_back_is_on_again(story: Story) -> None:
    """Cancelled by mistake, and put right the same day."""
    story.tell(session("a", at(2)))
    story.tell(session("a", at(2), status="cancelled"))
    assert list(story.items()) == ["Cancelled: a"]
    assert list(story.tell(session("a", at(2))).items()) == ["On again: a"]


def test_without_the_record_of_changes_a_change_is_still_told(story: Story) -> None:
    """Somebody deleted the file: what kind of change it was is lost, and no more."""
    story.tell(session("a", at(2)))
    story.tell(session("a", at(3)))
    story.known = {}
    assert list(story.tell(session("a", at(3))).items()) == ["Changed: a"]


def test_dates_of_a_series_are_one_item(story: Story) -> None:
    """Six weeks of one course are one piece of news, known by their last date."""
    series = session("course", at(2), repeats="FREQ=WEEKLY;COUNT=6")
    items = story.tell(series).items()
    assert list(items) == ["New: course (6 dates)"]
    assert items["New: course (6 dates)"]["guid"] == "course-20270309T100000@example.org#0"


def test_a_group_that_goes_on_is_no_news(story: Story) -> None:
    """Each month the window shows one month more of a weekly group."""
    story.tell(session("a", at(2)))
    titles = re.findall(rb"<title>New: Tuesday group[^<]*", story.rss)
    assert len(titles) == 1
    story.tell(session("a", at(2)), as_of=date(2027, 2, 1))
    assert len(re.findall(rb"<title>New: Tuesday group", story.rss)) == 1
    assert max(a.entry.stamp for a in story.dates).date() == date(2027, 2, 1)


def test_a_hundred_items_are_enough(story: Story) -> None:
    """A reader keeps what it has read."""
    story.tell(*(session(f"s{n}", at(2) + timedelta(hours=n)) for n in range(MOST_ITEMS + 20)))
    assert story.rss.count(b"<item>") == MOST_ITEMS


def test_nothing_in_any_text_breaks_out(story: Story) -> None:
    """Every word is somebody else's: three formats, three ways out, none taken."""
    story.tell(
        session(
            "a",
            at(2),
            title=PAYLOAD,
            theme=PAYLOAD,
            description=f"{PAYLOAD}\n{PAYLOAD}",
            online_url="https://example.org/<x>",
        ),
        session("=cmd", at(3), title="=HYPERLINK(1)", description="@SUM(1)"),
    )
    item = next(iter(story.items().values()))
    assert "<" not in item["title"]
    # Readers take a description for HTML: once more decoded, there is no element but the breaks.
    assert item["description"].count("alert(1)") == 2
    assert not re.search(r"<(?!br>)", item["description"])
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", story.rss)
    block = linked_data(story.dates, story.known, _address)
    assert not set(block) & set("<>&\u2028\u2029\x00\x0b")
    assert story.events()["a@example.org"]["name"].startswith("</script><!--")
    block.encode()
    cells = [cell for row in story.rows().values() for cell in row.values() if cell]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert story.rows()["'=cmd@example.org"]["title"] == "'=HYPERLINK(1)"


def test_json_in_a_page_holds_nothing_a_browser_could_take_for_markup() -> None:
    """It reads back as what it was."""
    given = {"<!--": "</SCRIPT >\u2028&"}
    assert escaped_json(given).isascii()
    assert json.loads(escaped_json(given)) == given


def test_the_table_tells_of_the_dates_of_the_feeds(story: Story) -> None:
    """One row to a date, with the feeds it is in; the groups' own meetings too."""
    story.tell(
        session("a", at(2), communities=("somali",)),
        session("b", at(3), online_url="https://x.org/"),
    )
    found: dict[str, set[str]] = {}
    for path, content in story.made.items():
        for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
            found.setdefault(str(event["UID"]), set()).add(f"feeds/{path}")
    rows = story.rows()
    assert {uid: set(row["feeds"].split(";")) for uid, row in rows.items()} == found
    row = rows["a@example.org"]
    assert list(row) == list(COLUMNS)
    assert [row[c] for c in ("starts", "ends", "time_zone", "status", "hub", "area", "place")] == [
        "2027-02-02T10:00:00", "2027-02-02T12:00:00", "Europe/London", "confirmed", "The Hub",
        "Town", "Hall, Town",
    ]  # fmt: skip
    assert rows["b@example.org"]["online_url"] == "https://x.org/"
    groups = [row for row in rows.values() if row["title"] == "Tuesday group"]
    assert len(groups) > 50
    assert {(row["hub"], row["kind"], row["area"]) for row in groups} == {
        ("The Hub", "Group's own meeting", "Town")
    }


def test_linked_data_says_when_where_and_by_whom(story: Story) -> None:
    """Winter and summer have their own offsets; nothing is said of prices."""
    story.tell(
        session("winter", at(2)),
        session("summer", at(6, month=7), venue=None, online_url="https://meet.example.org/x"),
        session("both", at(7, month=7), online_url="https://meet.example.org/x"),
        session("off", at(8, month=7), status="cancelled"),
    )
    found = story.events()
    winter = found["winter@example.org"]
    assert winter["@type"] == "Event"
    assert winter["startDate"] == "2027-02-02T10:00:00+00:00"
    assert winter["endDate"] == "2027-02-02T12:00:00+00:00"
    assert winter["eventStatus"] == "https://schema.org/EventScheduled"
    assert winter["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert winter["location"] == {
        "@type": "Place",
        "name": "Hall, Town",
        "address": {"@type": "PostalAddress", "addressLocality": "Town"},
        "geo": {"@type": "GeoCoordinates", "latitude": 53.8, "longitude": -1.5},
    }
    assert winter["organizer"] == {"@type": "Organization", "name": "The Hub"}
    assert "isAccessibleForFree" not in winter
    summer = found["summer@example.org"]
    assert summer["startDate"] == "2027-07-06T10:00:00+01:00"
    assert summer["location"] == {"@type": "VirtualLocation", "url": "https://meet.example.org/x"}
    assert summer["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")
    assert [one["@type"] for one in found["both@example.org"]["location"]] == [
        "Place",
        "VirtualLocation",
    ]
    assert found["both@example.org"]["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert found["off@example.org"]["eventStatus"].endswith("/EventCancelled")
    assert not [one for one in found.values() if "Tuesday group" in one["name"]]


def test_what_moved_is_rescheduled_from_when_it_was(story: Story) -> None:
    """A search engine that had the old day strikes it out."""
    story.tell(session("a", at(2)))
    one = story.tell(session("a", at(3))).events()["a@example.org"]
    assert one["eventStatus"] == "https://schema.org/EventRescheduled"
    assert one["previousStartDate"] == "2027-02-02T10:00:00+00:00"


def test_what_lasts_whole_days_is_told_by_its_days(story: Story) -> None:
    """A weekend from Saturday to Sunday ends on Sunday, not at midnight on Monday."""
    story.tell(session("retreat", at(6)).model_copy(update=WEEKEND))
    one = story.events()["retreat@example.org"]
    assert (one["startDate"], one["endDate"]) == ("2027-02-06", "2027-02-07")
    row = story.rows()["retreat@example.org"]
    assert (row["starts"], row["ends"]) == ("2027-02-06", "2027-02-07")
    said = story.items()["New: retreat"]["description"]
    assert "Saturday 6 February 2027 to Sunday 7 February 2027, all day" in said


def everything(story: Story) -> str:
    """Give all that is told, as one text."""
    block = linked_data(story.dates, story.known, _address)
    return story.rss.decode() + dates_csv(story.dates).decode() + block


@pytest.mark.parametrize(
    "hidden",
    [{"audience": "staff"}, {"audience": "partners"}, {"hub": "secret"}, {"audience": None}],
)
def test_what_an_audience_may_not_see_is_in_none_of_it(
    story: Story, hidden: dict[str, str | None]
) -> None:
    """Its title, its words, its link and its day."""
    told = {"title": "Hushed evening", "description": "Hushed", "online_url": "https://hushed.org/"}
    story.tell(session("a", at(2)), session("b", at(3, 17), **told, **hidden))
    assert "ushed" not in everything(story)
    assert "2027-02-03T17" not in everything(story)
    assert "Hushed evening" in everything(
        Story(story.registers, Audience.STAFF).tell(session("b", at(3), **told, **hidden))
    )


def test_of_what_is_known_by_its_area_only_the_area_is_told(story: Story) -> None:
    """No point, no venue, no link, no words."""
    secret = {"description": "Ring twice", "online_url": "https://hushed.org/", "venue": "hall"}
    story.tell(session("a", at(2), hub="vague", **secret))
    told = everything(story)
    assert not [w for w in ("Ring twice", "hushed", "GeoCoordinates", "53.8") if w in told]
    assert story.events()["a@example.org"]["location"]["name"] == "Town"


def test_of_what_is_hidden_later_only_that_it_is_off_is_told(story: Story) -> None:
    """Subscribers have its day already; its name and its hub are taken back."""
    story.tell(session("a", at(2), title="Open evening"))
    story.tell(session("a", at(2), title="Open evening", audience="staff"))
    assert "Open evening" not in everything(story)
    assert list(story.items()) == ["Cancelled"]
    row = story.rows()["a@example.org"]
    assert (row["title"], row["starts"]) == ("Cancelled", "2027-02-02T10:00:00")
    assert not [row[c] for c in ("hub", "kind", "area", "place", "description", "feeds") if row[c]]
    assert "a@example.org" not in story.events()
    assert b"Open evening" not in changes_json(story.known, Audience.PUBLIC)


def test_the_record_of_changes_reads_back(story: Story, tmp_path: Path) -> None:
    """What is new is in it by not being there, so that it stays short."""
    story.tell(session("a", at(2)), session("b", at(2)))
    story.tell(session("a", at(3), title="aye"), session("b", at(2)))
    workspace = open_workspace(tmp_path)
    file = tmp_path / changes_path(Audience.PUBLIC)
    file.parent.mkdir(exist_ok=True)
    assert read_changes(workspace, Audience.PUBLIC) == {}
    file.write_bytes(changes_json(story.known, Audience.PUBLIC))
    assert read_changes(workspace, Audience.PUBLIC) == {
        "a@example.org": Change(1, ("moved", "renamed"), at(2))
    }
    # Put where that of another audience should be, it is refused.
    (tmp_path / changes_path(Audience.STAFF)).write_bytes(file.read_bytes())
    with pytest.raises(UnreadableFileError):
        read_changes(workspace, Audience.STAFF)


@pytest.mark.parametrize("broken", [b"", b"[]", b"<<<<<<< HEAD", b'{"format": 1}'])
def test_a_record_that_is_none_is_refused(tmp_path: Path, broken: bytes) -> None:
    """A merge left unfinished should not pass for "nothing changed"."""
    (tmp_path / "netmap.toml").write_text('title = "Example"\n', encoding="utf-8")
    file = tmp_path / changes_path(Audience.PUBLIC)
    file.parent.mkdir()
    file.write_bytes(broken)
    with pytest.raises(UnreadableFileError):
        read_changes(open_workspace(tmp_path), Audience.PUBLIC)


def test_a_headline_keeps_what_is_no_markup() -> None:
    """Ampersands are common in names; angle brackets are not."""
    one = Occurrence("u", "r", at(2), None, "Europe/London", "Tea & <b>talk</b>")
    said = Announcement(Entry(one, 0, datetime.fromisoformat("2027-01-04T00:00Z")), "year")
    assert headline(said, Change(0, ("new",))) == "New: Tea & \u2039b\u203atalk\u2039/b\u203a"
    hidden = replace(said, entry=replace(said.entry, occurrence=replace(one, title="")))
    assert headline(hidden, Change(1, ("cancelled",))) == "Cancelled"
