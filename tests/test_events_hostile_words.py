"""Whatever people, or other programs, write into a register, a feed stays a feed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.events import Programme, Session, Venue, feeds, told_json
from netmap.events.settings import ProgrammeSettings
from netmap.findings import Place
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, Organisation
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import WorkspaceSettings

AT = Place("a file", 2)
MONDAY = date(2027, 1, 4)
EVENT = {
    "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "COLOR",
    "DESCRIPTION", "LOCATION", "GEO", "CATEGORIES", "URL", "CONFERENCE", "ORGANIZER",
}  # fmt: skip
NASTY = [
    "\r\nATTENDEE:mailto:a@b.c\r\n",
    "\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\n",
    "\rBEGIN:VALARM\rACTION:DISPLAY",
    "\u2028URL:http://evil\u2029",
    "\x85END:VCALENDAR\x0b\x0c\x1c\x1d\x1e",
    "\x00\x07\x1b[31m\ufeff\ud83d",
    '";X=1:;,\\n\\N^n',
    "٪😀é漢字",
]
WORDS = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(max_size=30), st.just("é" * 80)),
    min_size=1,
    max_size=4,
).map("".join)


def written(word: Any) -> tuple[dict[str, bytes], bytes]:
    """Publish a programme and a network whose every word comes from a function of its name."""
    shire = Area(at=AT, code="shire", name=word("area"))
    hub = Organisation(at=AT, id="hub", name=word("hub"), roles=("hub",), area="shire")
    group = Activity(
        at=AT, id="g", name=word("name"), organisation="hub", description=word("description"),
        how_to_join=word("how"), cost=word("cost"), approach="online", area="shire",
        venue=word("venue"), website=f"https://{word('website')}",
        schedule="every Tuesday 18:00-20:00 from 5 Jan 2027 until 12 Jan 2027",
    )  # fmt: skip
    register = Register(
        "example",
        NetworkSettings(title=word("title"), disclaimer=word("disclaimer")),
        MONDAY,
        organisations=(hub,),
        activities=(group,),
        areas=Areas([shire]),
    )
    session = Session(
        at=AT, uid="s@example.org", hub="hub", kind="skills", theme=word("theme"),
        title=word("title"),
        starts=datetime(2027, 2, 2, 10), ends=datetime(2027, 2, 2, 12), venue="hall",  # noqa: DTZ001
        online_url=f"https://{word('website')}", audience="public", description=word("description"),
        hosts=("hub", word("host")),
    )  # fmt: skip
    untitled = session.model_copy(
        update={"uid": f"t{word('uid')}", "title": None, "venue": word("venue")}
    )
    programme = Programme(
        name="year",
        settings=ProgrammeSettings(
            title=word("programme"), network="example", starts=MONDAY, ends=date(2027, 12, 31)
        ),
        venues=(Venue(at=AT, id="hall", name=word("hall"), area="shire"),),
        sessions=(session, untitled),
    )
    programme = replace(programme, words=replace(programme.words, kinds={"skills": word("kind")}))
    workspace = WorkspaceSettings(
        title=word("workspace"),
        publisher=word("publisher"),
        contact_url=f"https://{word('contact')}",
        base_url=f"https://{word('base')}",
    )
    made, told = feeds([programme], {"example": register}, Audience.STAFF, MONDAY, workspace, {})
    return made, told_json(told["activities.example"])


def _is_sound(made: dict[str, bytes]) -> None:
    for path, content in made.items():
        lines = content.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert all(len(line) <= 75 for line in lines)
        assert not set(content.replace(b"\r\n", b"")) & ({*range(32), 127} - {9})
        assert all(line.decode() is not None for line in lines)
        calendar: Any = icalendar.Calendar.from_ical(content)
        assert len(calendar.events) == 2
        assert content.count(b"\r\nBEGIN:") == 2 + 3, path
        for event in calendar.events:
            assert set(event) <= EVENT
            assert not event.errors


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_word_of_a_register_or_programme_can_add_to_a_feed(data: st.DataObject) -> None:
    """Each field on its own words: one bad line costs every subscriber the whole feed."""
    words: dict[str, str] = {}

    def word(name: str) -> str:
        if name not in words:
            words[name] = data.draw(WORDS, label=name)
        return words[name]

    made, _ = written(word)
    _is_sound(made)


@pytest.mark.parametrize("nasty", [*NASTY, "w" * 1_000_000, "é,\\" * 300_000])
def test_one_word_in_every_field_is_survived(nasty: str) -> None:
    """A title of a megabyte is cut, not repeated in every date of a year."""
    made, record = written(lambda _: nasty)
    _is_sound(made)
    assert max(len(content) for content in made.values()) < 60_000
    assert len(record) < 10_000
