"""What is taken in other people's calendars is known to a programme, hub by hub."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from netmap import networks
from netmap.events import (
    Busy,
    Programme,
    busy_calendar,
    for_audience,
    joined,
    matched_by,
    read_calendar,
    read_programme,
    resolved,
    window_of,
)
from netmap.findings import Finding, Level
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.times import Span
from netmap.vocabulary import load
from netmap.workspace import open_workspace

TOML = """title = "Year"
network = "example"
starts = 2027-01-01
ends = 2027-12-31
[when]
busy = [%s]
"""
HUBS = "id,name,roles\nmoor-mind,Moor & Hill Mind,hub\ndale-mind,Dale Mind,hub\ngroup,Tea,group\n"


def event(day: str, *more: str, title: str = "Board") -> str:
    """Write an event from ten to eleven on a day of 2027."""
    return "\r\n".join(
        [
            "BEGIN:VEVENT",
            f"UID:{day}@example.org",
            "DTSTAMP:20260101T000000Z",
            f"DTSTART:2027{day}T100000Z",
            f"DTEND:2027{day}T110000Z",
            f"SUMMARY:{title}",
            *more,
            "END:VEVENT",
            "",
        ]
    )


def ics(*events: str) -> str:
    """Write a calendar."""
    return f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n"


def read(
    folder: Path, files: Mapping[str, str], *patterns: str
) -> tuple[Programme, list[Finding], Register]:
    """Write a workspace with two hubs and these calendars, and read its programme."""
    place = folder / "ws"
    (place / "networks" / "example").mkdir(parents=True)
    (place / "events" / "external").mkdir(parents=True)
    (place / "netmap.toml").write_text("", encoding="utf-8")
    (place / "networks/example/network.toml").write_text("", encoding="utf-8")
    (place / "networks/example/organisations.csv").write_text(HUBS, encoding="utf-8")
    said = ", ".join(f'"{one}"' for one in patterns or ("events/external/*.ics",))
    (place / "events/year.toml").write_text(TOML % said, encoding="utf-8")
    for name, content in files.items():
        file = place / "events" / "external" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="")
    workspace = open_workspace(place)
    vocabularies = load()
    programme, findings = read_programme(workspace, "year", vocabularies)
    register, _ = networks.read(workspace, "example", date(2026, 11, 28), vocabularies)
    return programme, findings, register


def whose(programme: Programme) -> list[tuple[str, str | None]]:
    """Give the day of each busy time, and whose it is."""
    return [(f"{one.span.starts:%m-%d %H:%M}", one.hub) for one in programme.busy]


def test_a_calendar_called_after_a_hub_is_that_hubs(tmp_path: Path) -> None:
    """Dale's board meeting must not keep Moor from meeting; a festival keeps everybody."""
    files = {
        "dale-mind.ics": ics(event("0302")),
        "Moor and Hill Mind (1).ics": ics(event("0303")),
        "festival.ics": ics(event("0702")),
    }
    programme, _, register = read(tmp_path, files)
    done, findings = resolved(programme, register)
    assert whose(done) == [
        ("03-02 10:00", "dale-mind"),
        ("03-03 10:00", "moor-mind"),
        # July is British Summer Time.
        ("07-02 11:00", None),
    ]
    assert [(f.code, f.value) for f in findings] == [("busy-for-all", "festival")]
    again, findings = resolved(done, register)
    assert (again.busy, findings) == (done.busy, [])


def test_a_slip_in_a_hubs_name_is_pointed_out(tmp_path: Path) -> None:
    """A calendar that counts for everybody by mistake blocks the whole network."""
    programme, _, register = read(tmp_path, {"dale-mnd.ics": ics(event("0302"))})
    _, findings = resolved(programme, register)
    assert [f.hint for f in findings] == ["Did you mean 'dale-mind'?"]


def test_what_takes_no_time_is_not_busy_and_that_is_said(tmp_path: Path) -> None:
    """Planning that keeps clear of a cancelled meeting is as wrong as planning into a real one."""
    content = ics(
        event("0302"),
        event("0303", "STATUS:CANCELLED"),
        event("0304", "TRANSP:TRANSPARENT"),
        event("0305", "TRANSP:TRANSPARENT"),
    )
    programme, findings, _ = read(tmp_path, {"dale-mind.ics": content})
    assert whose(programme) == [("03-02 10:00", "dale-mind")]
    assert [f.message for f in findings if f.code == "not-busy"] == [
        "1 date called off: not avoided.",
        "2 dates marked as free time: not avoided.",
    ]


def test_titles_are_for_staff_and_private_ones_for_nobody(tmp_path: Path) -> None:
    """Why somebody is away is no business of the public, and what is private of nobody."""
    content = ics(event("0302"), event("0303", "CLASS:PRIVATE", title="Clinic"))
    programme, _, register = read(tmp_path, {"dale-mind.ics": content})
    assert [one.what for one in programme.busy] == ["Board", "Busy"]
    for audience in (Audience.PUBLIC, Audience.PARTNERS):
        assert for_audience(programme, register, audience).busy == ()
    assert len(for_audience(programme, register, Audience.STAFF).busy) == 2


def test_only_the_programmes_time_is_read(tmp_path: Path) -> None:
    """An old diary holds ten thousand dates that no plan will ever meet."""
    content = ics(event("0302").replace(":2027", ":2025"), event("1231"))
    programme, findings, _ = read(tmp_path, {"dale-mind.ics": content})
    assert whose(programme) == [("12-31 10:00", "dale-mind")]
    assert [f.code for f in findings] == ["outside-the-time"]


def test_a_calendar_that_cannot_be_read_is_an_error_and_planning_says_so(tmp_path: Path) -> None:
    """Whoever relies on a diary being kept clear of must hear that it is not."""
    files = {"dale-mind.ics": "<html>Please sign in</html>", "moor-mind.ics": ics(event("0302"))}
    programme, findings, _ = read(tmp_path, files)
    assert whose(programme) == [("03-02 10:00", "moor-mind")]
    assert [(f.level, f.code, f.place.file) for f in findings] == [
        (Level.ERROR, "unreadable-file", "events/external/dale-mind.ics")
    ]
    assert "dale-mind.ics" in programme.remarks[0]


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        ("events/external/*.ics", ["03-02"]),
        ("events/**/*.ics", ["03-02", "03-03"]),
        ("events/external/deeper/*.ics", ["03-03"]),
    ],
)
def test_patterns_reach_as_far_as_they_say(tmp_path: Path, pattern: str, days: list[str]) -> None:
    """A star is one folder's files, two stars any depth."""
    files = {"dale-mind.ics": ics(event("0302")), "deeper/moor-mind.ics": ics(event("0303"))}
    programme, findings, _ = read(tmp_path, files, pattern)
    assert [day[:5] for day, _ in whose(programme)] == days
    assert findings == []
    shown = [f"events/external/{name}" for name in files]
    assert sum(matched_by([pattern], one) for one in shown) == len(days)


@pytest.mark.parametrize(
    "pattern", ["../*.ics", "/etc/*.ics", "events/../../*.ics", "C:/x.ics", ""]
)
def test_no_pattern_leads_out_of_the_workspace(tmp_path: Path, pattern: str) -> None:
    """A workspace from somebody else must not make us read our own diary."""
    (tmp_path / "mine.ics").write_text(ics(event("0302")), encoding="utf-8")
    programme, findings, _ = read(tmp_path, {}, pattern)
    assert programme.busy == ()
    assert [(f.level, f.code, f.place.column) for f in findings] == [
        (Level.ERROR, "busy-outside", "when.busy")
    ]
    assert not matched_by([pattern], "../mine.ics")


def test_no_link_leads_out_of_the_workspace(tmp_path: Path) -> None:
    """A link is a way out too."""
    outside = tmp_path / "mine.ics"
    outside.write_text(ics(event("0302")), encoding="utf-8")
    (tmp_path / "ws/events/external").mkdir(parents=True)
    link = tmp_path / "ws/events/external/dale-mind.ics"
    try:
        link.symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")
    workspace = tmp_path / "ws"
    (workspace / "netmap.toml").write_text("", encoding="utf-8")
    (workspace / "events/year.toml").write_text(TOML % '"events/external/*.ics"', encoding="utf-8")
    programme, findings = read_programme(open_workspace(workspace), "year", load())
    assert programme.busy == ()
    assert "busy-outside" in [f.code for f in findings]


def test_a_pattern_that_matches_nothing_is_mentioned(tmp_path: Path) -> None:
    """A calendar put into the wrong folder looks like a free year."""
    _, findings, _ = read(tmp_path, {})
    assert [(f.level, f.code) for f in findings] == [(Level.NOTICE, "no-busy-file")]
    assert "netmap events import" in findings[0].hint


def test_what_is_harmless_is_said_once_a_kind(tmp_path: Path) -> None:
    """Of a thousand events without a stamp nobody reads a thousand lines."""
    days = [f"03{day:02}" for day in range(1, 12)]
    content = ics(*(event(day).replace("DTSTAMP:20260101T000000Z\r\n", "") for day in days))
    programme, findings, _ = read(tmp_path, {"dale-mind.ics": content})
    assert len(programme.busy) == 11
    assert [f.code for f in findings] == ["no-dtstamp"]
    assert "and 5 more" in findings[0].message


def local(text: str) -> datetime:
    """Read a local time."""
    return datetime.fromisoformat(f"2027-{text}")


def test_a_clean_calendar_says_when_and_nothing_else() -> None:
    """What is kept may be seen by many; two meetings in a row are one busy time."""
    spans = [
        Span(local("03-02T11:00"), local("03-02T12:00")),
        Span(local("03-02T10:00"), local("03-02T11:00")),
        Span(local("03-29T10:00"), local("03-29T11:00")),
    ]
    window = window_of(date(2027, 1, 1), date(2027, 12, 31))
    content = busy_calendar("dale-mind", spans, "Europe/London", "example.org", window)
    assert content == busy_calendar("dale-mind", spans, "Europe/London", "example.org", window)
    found = read_calendar(content, "dale-mind.ics", "Europe/London", window)
    assert [one.span for one in found.dates] == list(joined(spans))
    assert len(found.dates) == 2
    assert {one.title for one in found.dates} == {"Busy"}
    assert (found.repairs, found.left_out) == ((), ())


def test_busy_is_a_value() -> None:
    """The planner keeps busy times in sets, and compares them."""
    span = Span(local("03-02T11:00"), local("03-02T12:00"))
    assert len({Busy(span, None, "a.ics", "x"), Busy(span, None, "a.ics", "x")}) == 1
