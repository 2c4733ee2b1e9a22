"""Calendars and news in another language: all of it, told once, and English when it is back."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from defusedxml import ElementTree

from netmap import language
from netmap.events import Kept, Programme, Session, Told, feeds
from netmap.events.announcing import announced
from netmap.events.changes import changes_of
from netmap.events.linked_data import linked_data
from netmap.events.news import Channel, changes_rss
from netmap.events.programme import INVENTED, is_marked, marked
from netmap.events.publishing import entries
from netmap.events.settings import ProgrammeSettings
from netmap.language.pseudo import PSEUDO_LANGUAGE, PseudoTexts, changed
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import WorkspaceSettings

WriteNetwork = Callable[..., tuple[Register, Any]]
MONDAY = date(2027, 1, 4)
TUESDAY = date(2027, 1, 5)
SETTINGS = WorkspaceSettings(title="Ω", uid_domain="example.org")
_PLAIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave English in force."""
    yield
    language.use(language.ENGLISH)


def at(day: int, hour: int = 10) -> datetime:
    """Make a local time in February 2027."""
    return datetime(2027, 2, day, hour)  # noqa: DTZ001  # local


def session(uid: str, day: int, **fields: Any) -> Session:
    """Make a public session online, of two hours."""
    given = {"kind": "λ", "audience": "public", "status": "confirmed", "title": "Λόγος"} | fields
    return Session(uid=f"{uid}@x", starts=at(day), ends=at(day, 12), **given)


def programme(*sessions: Session, **settings: Any) -> Programme:
    """Make a programme of these sessions."""
    year = date(2027, 1, 1), date(2027, 12, 31)
    made = ProgrammeSettings(title="Ψ", network="example", starts=year[0], ends=year[1], **settings)
    return Programme(name="year", settings=made, domain="example.org", sessions=sessions)


@pytest.fixture(name="registers")
def _registers(tmp_path: Path, write_network: WriteNetwork) -> dict[str, Register]:
    files = {
        "organisations": "id,name\no,Ω\n",
        "activities": """
            id,name,organisation,approach,schedule,cost,how_to_join,status,website,confidence
            a,Λ,o,drop_in,every Tuesday 18:00-20:00,£1,…,unknown,https://x.example/,illustrative
            b,Φ,o,telephone,every second Tuesday 18:00-20:00,,,,,
            c,Γ,o,online,every Friday 18:00-20:00,,,,https://x.example/,
        """,
    }
    register, _ = write_network(tmp_path, files)
    return {"example": replace(register, settings=_titled(register.settings))}


def _titled(settings: Any) -> Any:
    return settings.model_copy(update={"title": "Δ", "disclaimer": ""})


def told_by(
    one: Programme,
    registers: Mapping[str, Register],
    told: Mapping[str, Told],
    day: date,
    kept: Kept | None = None,
) -> tuple[list[icalendar.Event], dict[str, Told]]:
    """Publish for everyone; give every event."""
    made, after = feeds(
        [one], registers, Audience.PUBLIC, day, SETTINGS, told, withdraw=True, kept=kept
    )
    whole = [made[path] for path in ("year.ics", "activities/example.ics") if path in made]
    return [e for each in whole for e in icalendar.Calendar.from_ical(each).events], after


def words(events: list[icalendar.Event]) -> set[str]:
    """Gather what subscribers read, without addresses."""
    found: set[str] = set()
    for event in events:
        read = [
            str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION") if name in event
        ]
        read += map(str, event.categories)
        found |= {line for text in read for line in re.sub(r"https://\S+", "", text).split("\n")}
    return found


EVERY = (
    session("a", 2, online_url="https://x.example/", confidence="illustrative", status=None),
    session("b", 3, status="cancelled"),
    session("c", 4, title=None, description=INVENTED),
)


def test_nothing_that_subscribers_read_stays_english(registers: dict[str, Register]) -> None:
    """Not the mark of an example, nor how to join, nor that something is called off."""
    language.use(PseudoTexts(PSEUDO_LANGUAGE))
    found, _ = told_by(programme(*EVERY), registers, {}, MONDAY)
    read = words(found)
    assert not [text for text in read if _PLAIN.search(text)]
    for text in (
        *("(illustrative)", "Cancelled", "Online", "By telephone", "Drop in", "Take part online"),
        *("Which weeks it meets", "Whether it still meets", "Cost", "How to join", INVENTED),
    ):
        assert any(changed(text) in one for one in read), text


def test_a_change_of_language_is_told_once_and_on_every_date_with_words(
    registers: dict[str, Register],
) -> None:
    """What a subscriber sees has changed; a second build in the language changes nothing."""
    one, kept = programme(*EVERY, session("d", 5)), Kept()
    before, told = told_by(one, registers, {}, MONDAY, kept)
    language.use(PseudoTexts(PSEUDO_LANGUAGE))
    for day in (TUESDAY, TUESDAY + timedelta(days=1)):
        after, new = told_by(one, registers, told, day, kept)
        assert (after, new) == told_by(one, registers, told, day)
        told = new
        rose = {str(e["UID"]): e["SEQUENCE"] for e in after}
        assert [rose[f"{uid}@x"] for uid in "abcd"] == [1, 1, 1, 0]
    language.use(language.ENGLISH)
    back, _ = told_by(one, registers, told, TUESDAY + timedelta(days=2), kept)
    assert words(back) == words(before)


def test_groups_called_off_are_said_anew_though_what_was_made_is_kept(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The date is the very same; the word before its title is not."""
    schedule = "every Tuesday 18:00-20:00, cancelled on 9 February 2027"
    files = {
        "organisations": "id,name\no,Ω\n",
        "activities": f'id,name,organisation,schedule\na,Λ,o,"{schedule}"\n',
    }
    registers, kept = {"example": write_network(tmp_path, files)[0]}, Kept()
    _, told = told_by(programme(), registers, {}, MONDAY, kept)
    before, told = told_by(programme(), registers, told, MONDAY, kept)
    language.use(PseudoTexts(PSEUDO_LANGUAGE))
    after, _ = told_by(programme(), registers, told, MONDAY, kept)
    assert (words(before), words(after)) == (
        {"Λ", "Cancelled: Λ"},
        {"Λ", changed("Cancelled: ") + "Λ"},
    )


def test_the_news_is_in_the_language_and_says_so(registers: dict[str, Register]) -> None:
    """Readers choose a voice by the language; days of RSS are English whatever it is."""
    told = told_by(programme(*EVERY, session("d", 5)), registers, {}, MONDAY)[1]
    language.use(PseudoTexts(PSEUDO_LANGUAGE))
    moved = session("d", 9, title="Μύθος"), session("e", 10)
    given: Any = (
        [programme(*EVERY[:1], *moved)], registers, Audience.PUBLIC, TUESDAY, SETTINGS, told,
    )  # fmt: skip
    held = entries(*given, withdraw=True)
    every = [entry for those in held.values() for entry in those]
    changes = changes_of(every, told.values(), {})
    dates = announced(held, (), registers, {})
    channel = Channel("Ω", "Ω", "https://x.example/")
    rss = changes_rss(dates, changes, channel, lambda _: "")
    root = ElementTree.fromstring(rss)
    assert root.findtext("channel/language") == PSEUDO_LANGUAGE
    texts = [
        re.sub(r"https://\S+|<br>|Europe/London|&\w+;", "", one.text or "")
        for tag in ("title", "description", "category")
        for one in root.iter(tag)
    ]
    assert not [text for text in texts if _PLAIN.search(text)]
    assert changed("Moved: ") + "Μύθος" in texts
    assert all(one.text and one.text.endswith("GMT") for one in root.iter("pubDate"))
    assert '"eventAttendanceMode":"https://schema.org/OnlineEvent' in linked_data(
        dates, changes, lambda _: ""
    )


def test_a_mark_in_english_is_put_into_words_anew() -> None:
    """Programmes planned in English stay right when the language is changed."""
    title = marked("Λόγος")
    assert title == "Λόγος (illustrative)" == marked(title)
    language.use(PseudoTexts(PSEUDO_LANGUAGE))
    assert marked(title) == marked(marked(title)) == "Λόγος " + changed("(illustrative)")
    assert is_marked(title)
    assert is_marked(marked(title))
    assert not is_marked("Λόγος")
