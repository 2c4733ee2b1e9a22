"""Each line of a feed is what the icalendar library would write, and never more than one line."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netmap.events.calendar import Heading, Manner, calendar_bytes, event_bytes, tint
from netmap.events.lines import address, escaped, folded, quoted, text_line
from netmap.events.occurrence import Occurrence, one_line, plain_text
from netmap.events.told import Entry

# What escaping, folding and injection are about, more often than chance would bring it.
_CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from('\\;,:\n\r"^é漢😀\u2028\x85\x0b\x00\ufeff\ud800'),
)
ANY = st.text(_CHARACTERS, max_size=400)
PEOPLES = st.lists(
    st.one_of(
        ANY,
        st.sampled_from(
            [
                "\r\nBEGIN:VEVENT\r\n",
                "\nEND:VCALENDAR",
                "\rATTENDEE:mailto:a@b.c",
                "\\",
                "wörd " * 30,
            ]
        ),
    ),
    max_size=5,
).map("".join)
STAMP = datetime(2027, 1, 4, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


# icalendar 7.3 takes a backslash before a capital N for a break, and so loses it; ours keeps it.
def _kept(text: str) -> str:
    return text.replace("\\N", "\\n")


@settings(max_examples=300, deadline=None)
@given(st.text(_CHARACTERS, max_size=400).map(plain_text).map(_kept))
@example("é" * 200)
@example(("x" * 61) + "\\" * 30)
@example("^" * 200)
def test_a_text_is_escaped_and_folded_as_the_library_does_it(text: str) -> None:
    """The library is right and slow: it encodes each character on its own."""
    theirs = icalendar.Event()
    theirs.add("description", text)
    ours = b"BEGIN:VEVENT\r\n" + text_line("DESCRIPTION", text) + b"END:VEVENT\r\n"
    assert ours == theirs.to_ical()


@settings(max_examples=200, deadline=None)
@given(PEOPLES.map(one_line).map(_kept), PEOPLES.map(plain_text).map(_kept), st.booleans())
def test_an_event_is_what_the_library_would_write(title: str, text: str, whole: bool) -> None:  # noqa: FBT001  # drawn
    """Property by property, in its order, with the parameters RFC 7986 asks for."""
    starts = datetime(2027, 2, 2, 0 if whole else 10)  # noqa: DTZ001  # local
    one = Occurrence(
        uid="a@example.org", row="a", starts=starts,
        ends=starts + (timedelta(days=1) if whole else timedelta(hours=2)),
        zone="Europe/London", title=title, description=text, location=title, point=(-1.5, 53.8),
        categories=(title, "b"), link="https://example.org/a", joins=True,
        tint="skills", all_day=whole,
    )  # fmt: skip
    event = icalendar.Event()
    event.add("uid", one.uid)
    event.add("dtstamp", STAMP)
    event.add("last-modified", STAMP)
    event.add("sequence", 3)
    assert one.ends is not None
    event.add("dtstart", starts.date() if whole else starts.replace(tzinfo=LONDON))
    event.add("dtend", one.ends.date() if whole else one.ends.replace(tzinfo=LONDON))
    event.add("summary", title)
    event.add("status", "CONFIRMED")
    if text:
        event.add("description", text)
    if title:
        event.add("location", title)
    event.add("geo", (53.8, -1.5))
    event.add("categories", [title, "b"])
    event.add("color", tint("skills"))
    event.add("url", one.link)
    event.add("conference", icalendar.vUri(one.link), parameters={"VALUE": "URI"})
    name = {"CN": "Us, and them"}
    event.add("organizer", icalendar.vCalAddress("https://example.org/c"), parameters=name)
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -timedelta(minutes=45))
    event.add_component(alarm)
    manner = Manner("https://example.org/c", "Us, and them", "", 45)
    assert event_bytes(Entry(one, 3, STAMP), manner) == event.to_ical()


@settings(max_examples=200, deadline=None)
@given(PEOPLES, PEOPLES)
def test_a_heading_is_one_calendar_whatever_stands_in_it(name: str, text: str) -> None:
    """A network's title is anybody's words too."""
    heading = Heading("hub/a.ics", one_line(name), plain_text(text), "https://e.org/a b", "")
    content = calendar_bytes(heading, (), Manner("https://e.org/", name))
    read = icalendar.Calendar.from_ical(content)
    # The library's types are unions of everything, so they are let go here.
    assert not list(read.walk("VEVENT"))
    assert set(read.keys()) == {
        "VERSION", "PRODID", "METHOD", "DESCRIPTION", "X-WR-CALDESC", "NAME", "X-WR-CALNAME",
        "COLOR", "REFRESH-INTERVAL", "SOURCE", "X-PUBLISHED-TTL",
    }  # fmt: skip
    assert b"SOURCE;VALUE=URI:https://e.org/a%20b\r\n" in content


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_nothing_can_end_a_line_but_its_end(text: str) -> None:
    """Whatever reaches a writer unwashed, it is one line, of characters, with no control in it."""
    for made in (
        folded(f"X:{text}"),
        text_line("X", text),
        folded(f"X;CN={quoted(text)}:y"),
        folded(f"X:{address(text)}"),
    ):
        assert made.endswith(b"\r\n")
        parts = made.removesuffix(b"\r\n").split(b"\r\n ")
        assert all(len(part) + (number > 0) <= 75 for number, part in enumerate(parts))
        whole = b"".join(parts)
        assert not set(whole) & ({*range(32), 127} - {9})
        assert all(part.decode() is not None for part in parts)


def test_a_backslash_before_a_capital_n_stays() -> None:
    r"""A path such as C:\New must not become two lines."""
    assert escaped("C:\\New") == "C:\\\\New"
