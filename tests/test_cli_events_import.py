"""The journeys through `netmap events import`, as hub staff and their scripts meet them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from netmap.cli import run

YEAR = 'title = "Year"\nnetwork = "moor"\nstarts = 2027-01-01\nends = 2027-12-31\n'
TABLE = """uid,kind,starts,ends,status,colour
own@example.org,planning,2027-02-02T10:00,2027-02-02T12:00,confirmed,green
odd@example.org,knitting,soon,,,blue
"""
TRAINING = """UID:one@their.example
SEQUENCE:0
DTSTART;TZID=GMT Standard Time:20270309T100000
DTEND;TZID=GMT Standard Time:20270309T120000
SUMMARY:Safeguarding with Jane
CATEGORIES:Training
LOCATION:Moor Hall
ORGANIZER;CN=Jane Doe:mailto:jane.doe@example.org"""
CIRCLE = """UID:two@their.example
DTSTART;TZID=Europe/London:20270406T180000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Circle
LOCATION:Back room"""
CLINIC = """UID:three@their.example
DTSTART:20270510T090000Z
DTEND:20270510T100000Z
SUMMARY:Clinic
CLASS:PRIVATE"""
AWARENESS = """UID:four@their.example
DTSTART;VALUE=DATE:20271010
SUMMARY:Awareness day
TRANSP:TRANSPARENT"""


def calendar(*events: str) -> str:
    """Write a calendar as Outlook does, without stamps."""
    body = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".replace("\n", "\r\n")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Make a workspace with two hubs, a venue and a programme that has a session."""
    place = tmp_path / "ws"
    files = {
        "netmap.toml": 'uid_domain = "example.org"\n',
        "networks/moor/network.toml": "",
        "networks/moor/organisations.csv": "id,name,roles\nmoor-mind,Moor Mind,hub\nx,X,hub\n",
        "events/year.toml": YEAR + '[where]\nvenues = "events/venues.csv"\n',
        "events/year.csv": TABLE,
        "events/venues.csv": "id,name\nhall,Moor Hall\n",
    }
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(content, encoding="utf-8")
    return place


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Write somebody's calendar."""
    file = tmp_path / "moor-mind.ics"
    file.write_text(calendar(TRAINING, CIRCLE, CLINIC, AWARENESS), encoding="utf-8", newline="")
    return file


def netmap(workspace: Path, *arguments: str) -> int:
    """Run a command on a fixed day, with nobody to ask; give its exit code."""
    return run(["--workspace", str(workspace), "--as-of", "2026-11-28", *arguments])


def answer(workspace: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Import, and read the JSON that was printed."""
    capsys.readouterr()
    code = netmap(workspace, "events", "import", *arguments, "--format", "json")
    printed = capsys.readouterr()
    assert code == 0, printed.err
    said: dict[str, Any] = json.loads(printed.out)
    assert {"file", "taken", "left_alone", "repairs", "written"} <= said.keys()
    return said


def files(folder: Path) -> Mapping[str, bytes]:
    """Read all that is in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def table(workspace: Path) -> str:
    """Read the programme's table."""
    return (workspace / "events/year.csv").read_text(encoding="utf-8-sig")


def test_the_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Hub staff learn a command from its example."""
    assert run(["events", "import", "--help"]) == 0
    assert "Example: netmap events import leeds-mind.ics --busy" in capsys.readouterr().out


@pytest.mark.parametrize("how", [[], ["--busy"]])
def test_a_preview_writes_nothing(
    workspace: Path, theirs: Path, how: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """People look first, and looking must not change anything."""
    before = files(workspace)
    assert netmap(workspace, "events", "import", str(theirs), "--preview", *how) == 0
    printed = capsys.readouterr().out
    assert "Tue 09 Mar 2027 10:00 - 12:00" in printed
    assert "This was a preview: nothing was written." in printed
    assert "'GMT Standard Time' is taken as Europe/London" in printed
    assert files(workspace) == before


def test_busy_times_are_kept_and_nothing_else(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whose clinic, which title and who was invited stay in the calendar they came from."""
    said = answer(workspace, capsys, str(theirs), "--busy")
    assert (said["written"], said["hub"]) == ("events/external/moor-mind.ics", "moor-mind")
    assert [one["starts"] for one in said["taken"]] == [
        "2027-03-09T10:00:00",
        "2027-04-06T18:00:00",
        "2027-04-13T18:00:00",
        "2027-04-20T18:00:00",
        "2027-05-10T10:00:00",
    ]
    content = (workspace / said["written"]).read_text(encoding="utf-8")
    for word in ("Jane", "jane", "Safeguarding", "Circle", "Clinic", "Hall", "their.example"):
        assert word not in content
    assert content.count("SUMMARY:Busy") == 5


def test_it_says_how_to_keep_clear_of_busy_times(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A calendar that no programme looks at helps nobody, and then does once it is named."""
    assert netmap(workspace, "events", "import", str(theirs), "--busy", "--hub", "x") == 0
    printed = capsys.readouterr().out
    assert "Wrote events/external/x.ics: 5 busy times" in printed
    assert 'busy = ["events/external/*.ics"]' in printed
    toml = YEAR + '[when]\nbusy = ["events/external/*.ics"]\n'
    (workspace / "events/year.toml").write_text(toml, encoding="utf-8")
    assert netmap(workspace, "events", "import", str(theirs), "--busy", "--hub", "x") == 0
    printed = capsys.readouterr().out
    assert "Kept clear of when planning: year." in printed
    assert "busy = [" not in printed


def test_a_calendar_called_after_an_address_is_renamed(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Google names a calendar's file after the address of whose it is."""
    file = theirs.rename(theirs.parent / "jane.doe@example.org.ics")
    said = answer(workspace, capsys, str(file), "--busy")
    assert said["written"].startswith("events/external/calendar-")
    assert not any("jane" in name for name in files(workspace))


def test_events_become_rows_and_the_rest_of_the_table_stays(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each date is one row; what people wrote, even what cannot be read, is still there."""
    said = answer(workspace, capsys, str(theirs), "--hub", "moor-mind", "--kind", "skills")
    assert said["written"] == "events/year.csv"
    assert [(one["change"], one["starts"][:10]) for one in said["taken"]] == [
        ("new", "2027-03-09"),
        ("new", "2027-04-06"),
        ("new", "2027-04-13"),
        ("new", "2027-04-20"),
    ]
    rows = table(workspace)
    for word in ("own@example.org", "green", "knitting", "soon", "blue"):
        assert word in rows
    assert "jane" not in rows.lower()
    first = next(line for line in rows.splitlines() if "2027-03-09" in line)
    assert first.split(",")[1:9] == [
        "moor-mind",
        "skills",
        "",
        "Safeguarding with …",
        "2027-03-09T10:00:00",
        "2027-03-09T12:00:00",
        "Europe/London",
        "hall",
    ]
    assert rows.count("Place in the calendar: Back room") == 3


def test_a_new_session_is_for_staff_unless_somebody_says_otherwise(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has yet said that the public may know of what is in a diary."""
    answer(workspace, capsys, str(theirs))
    capsys.readouterr()
    assert netmap(workspace, "events", "list", "--audience", "public") == 0
    assert "Safeguarding" not in capsys.readouterr().out
    assert netmap(workspace, "events", "list") == 0
    assert "Safeguarding" in capsys.readouterr().out


def test_the_kind_is_told_by_categories_and_not_guessed(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe nobody can be asked, so what is not clear is left out and named."""
    said = answer(workspace, capsys, str(theirs))
    assert [one["kind"] for one in said["taken"]] == ["training"]
    assert {one["code"]: one["line"] for one in said["left_alone"]} == {
        "no-kind": 13,
        "private": 21,
        "marked-day": 28,
    }
    assert all(one["file"] == "moor-mind.ics" for one in said["left_alone"])
    assert "Clinic" not in json.dumps(said)


def test_importing_twice_changes_nothing(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People import the same file again because they are not sure they did."""
    answer(workspace, capsys, str(theirs), "--kind", "skills")
    before = table(workspace)
    said = answer(workspace, capsys, str(theirs), "--kind", "skills")
    assert said["written"] is None
    assert {one["change"] for one in said["taken"]} == {"unchanged"}
    assert table(workspace) == before


def change(theirs: Path, old: str, new: str) -> None:
    """Change somebody's calendar."""
    text = theirs.read_bytes().decode().replace(old, new)
    theirs.write_bytes(text.encode())


def test_a_change_in_the_calendar_changes_the_row_nobody_edited(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A meeting that was moved is moved here too, with its UID, so that subscribers are told."""
    uid = answer(workspace, capsys, str(theirs))["taken"][0]["uid"]
    change(theirs, "20270309", "20270310")
    said = answer(workspace, capsys, str(theirs))
    assert [(one["uid"], one["change"], one["starts"]) for one in said["taken"]] == [
        (uid, "updated", "2027-03-10T10:00:00")
    ]
    assert "2027-03-09" not in table(workspace)
    change(theirs, "CATEGORIES:Training", "STATUS:CANCELLED")
    said = answer(workspace, capsys, str(theirs))
    assert [(one["uid"], one["status"]) for one in said["taken"]] == [(uid, "cancelled")]


def test_what_people_edited_is_left_as_it_is_and_said(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody gave the session a better title; a new date in the calendar must not undo that."""
    answer(workspace, capsys, str(theirs))
    edited = table(workspace).replace("Safeguarding with …", "Keeping each other safe")
    (workspace / "events/year.csv").write_text(edited, encoding="utf-8")
    same = answer(workspace, capsys, str(theirs))
    assert (same["written"], same["taken"][0]["title"]) == (None, "Keeping each other safe")
    change(theirs, "20270309", "20270310")
    said = answer(workspace, capsys, str(theirs))
    assert said["written"] is None
    assert "edited-by-people" in [one["code"] for one in said["left_alone"]]
    assert table(workspace) == edited


def test_other_columns_of_a_taken_row_are_peoples_own(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Opening a session to the public is no edit of what the calendar says, and stays."""
    answer(workspace, capsys, str(theirs))
    lines = [
        line.replace(",hall,", ",,") if "Safeguarding" in line else line
        for line in table(workspace).splitlines()
    ]
    (workspace / "events/year.csv").write_text("\n".join(lines), encoding="utf-8")
    change(theirs, "20270309", "20270310")
    said = answer(workspace, capsys, str(theirs))
    assert [(one["change"], one["venue"]) for one in said["taken"]] == [("updated", None)]


def test_what_is_no_longer_there_is_named(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An event deleted in the calendar is not deleted here behind people's backs."""
    uid = answer(workspace, capsys, str(theirs))["taken"][0]["uid"]
    theirs.write_text(calendar(CIRCLE), encoding="utf-8")
    said = answer(workspace, capsys, str(theirs))
    assert ("no-longer-there", uid) in [(one["code"], one["value"]) for one in said["left_alone"]]
    assert uid in table(workspace)
    theirs.with_name("other.ics").write_text(calendar(CIRCLE), encoding="utf-8")
    other = answer(workspace, capsys, str(theirs.with_name("other.ics")))
    assert "no-longer-there" not in [one["code"] for one in other["left_alone"]]


def test_a_whole_day_becomes_a_session_of_a_whole_day(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A conference of two days has no hours, and none are made up."""
    days = "UID:c\nDTSTART;VALUE=DATE:20270601\nDTEND;VALUE=DATE:20270603\nSUMMARY:Conference"
    theirs.write_text(calendar(days), encoding="utf-8")
    said = answer(workspace, capsys, str(theirs), "--kind", "training")
    assert len(said["taken"]) == 1
    assert ",2027-06-01,2027-06-02," in table(workspace)
    again = answer(workspace, capsys, str(theirs), "--kind", "training")
    assert [one["change"] for one in again["taken"]] == ["unchanged"]


def test_a_calendar_can_be_for_one_of_several_programmes(
    workspace: Path, theirs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With two programmes it must be said which; busy time needs none."""
    (workspace / "events/next.toml").write_text(YEAR, encoding="utf-8")
    assert netmap(workspace, "events", "import", str(theirs)) == 2
    assert "next, year" in capsys.readouterr().err
    said = answer(workspace, capsys, str(theirs), "--into", "next")
    assert said["written"] == "events/next.csv"
    assert answer(workspace, capsys, str(theirs), "--busy")["written"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--into", "yaer"], 12, "Did you mean 'year'?"),
        (["--hub", "moor-mnd", "--busy"], 12, "Did you mean 'moor-mind'?"),
        (["--kind", "trainin"], 12, "Did you mean 'training'?"),
        (["--busy", "--kind", "training"], 2, "busy time has no kind"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_put_right(
    workspace: Path,
    theirs: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    words: str,
) -> None:
    """A slip of the pen must not put a calendar in the wrong place."""
    before = files(workspace)
    assert netmap(workspace, "events", "import", str(theirs), *arguments) == code
    assert words in capsys.readouterr().err
    assert files(workspace) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.ics", "<html>Sign in</html>", "it is a web page"),
        ("empty.ics", "", "it is empty"),
        (None, None, "there is no such file"),
    ],
)
def test_what_is_no_calendar_is_refused(
    workspace: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str | None,
    content: str | None,
    words: str,
) -> None:
    """A download that went wrong must not look like an empty diary."""
    file = tmp_path / (name or "nowhere.ics")
    if content is not None:
        file.write_text(content, encoding="utf-8")
    for how in ([], ["--busy"]):
        assert netmap(workspace, "events", "import", str(file), *how) == 11
        assert words in capsys.readouterr().err
    assert not (workspace / "events/external").exists()


def test_the_internet_is_not_asked(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It works without a network, and says what to do instead."""
    assert netmap(workspace, "events", "import", "https://example.org/a.ics") == 11
    assert "save the calendar as a file first" in capsys.readouterr().err
