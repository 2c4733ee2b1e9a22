"""Sessions without hours, and hours that are none: from the table to the check and back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from netmap.cli import run
from netmap.events import check, read_programme, sessions_csv
from netmap.networks.register import Register
from netmap.vocabulary import load
from netmap.workspace import open_workspace

WriteNetwork = Callable[..., tuple[Register, Any]]
TOML = 'network = "example"\nstarts = 2027-01-01\nends = 2027-12-31\n'
TABLE = """uid,kind,title,starts,ends,audience,status,repeats
days,training,Two days,2027-02-02,03/02/2027,public,confirmed,
day,training,One day,2027-02-09,,public,confirmed,
mixed,training,Mixed,2027-02-16,2027-02-16T12:00,public,confirmed,
night,training,Nights,2027-03-21T01:30,2027-03-21T02:30,public,confirmed,FREQ=WEEKLY;COUNT=3
"""


@pytest.fixture(name="workspace")
def _workspace(tmp_path: Path, write_network: WriteNetwork) -> tuple[Path, Register]:
    register, _ = write_network(tmp_path, {"organisations": "id,name\no,O\n"})
    (tmp_path / "events").mkdir(exist_ok=True)
    (tmp_path / "events" / "year.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "events" / "year.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path, register


def test_a_day_alone_is_a_whole_day_and_the_end_is_the_last(
    workspace: tuple[Path, Register],
) -> None:
    """People write the last day; calendars want the midnight after it."""
    programme, findings = read_programme(open_workspace(workspace[0]), "year", load())
    days, day, mixed, night = programme.sessions
    assert (days.all_day, days.span.starts, days.span.ends) == (
        True,
        datetime(2027, 2, 2),  # noqa: DTZ001  # local
        datetime(2027, 2, 4),  # noqa: DTZ001
    )
    assert (day.all_day, day.span.ends.date(), day.ends) == (True, date(2027, 2, 10), None)
    assert (mixed.all_day, mixed.ends, night.all_day) == (True, None, False)
    assert days.settled
    back = sessions_csv(programme.sessions).decode().splitlines()
    assert "2027-02-02,2027-02-03" in back[1]
    assert "2027-02-09,," in back[2]
    assert {(f.code, f.place.row) for f in findings if f.place} == {
        ("file-format", None),
        ("bad-time", 4),
    }
    assert ",2027-02-16,2027-02-16T12:00," in back[3]


def test_a_series_says_on_which_night_the_clocks_change(
    workspace: tuple[Path, Register],
) -> None:
    """The first night is sound; the second, 28 March 2027, has no half past one."""
    folder, register = workspace
    programme, _ = read_programme(open_workspace(folder), "year", load())
    found = check(programme, replace(register, as_of=date(2027, 1, 4)))
    (one,) = (f for f in found if f.code == "clock-change")
    assert one.place is not None
    assert (one.level.value, one.place.row, one.place.column) == ("error", 5, "starts")
    assert "28 Mar 2027" in one.message


def test_a_feed_can_be_had_without_what_is_off_and_with_alarms(
    workspace: tuple[Path, Register],
) -> None:
    """Both are asked for on the command line; a site's feeds have neither."""
    folder, _ = workspace
    table = folder / "events" / "year.csv"
    table.write_text(TABLE.replace("public,confirmed,\nday", "public,cancelled,\nday"))
    output = folder / "a.ics"
    words = ["--workspace", str(folder), "--as-of", "2027-01-04", "events", "feed"]
    assert run([*words, "--output", str(output)]) == 0
    content = output.read_bytes()
    assert (content.count(b"STATUS:CANCELLED"), content.count(b"BEGIN:VALARM")) == (1, 0)
    assert run([*words, "--output", str(output), "--no-cancelled", "--alarm", "30"]) == 0
    content = output.read_bytes()
    assert content.count(b"STATUS:CANCELLED") == 0
    assert content.count(b"TRIGGER:-PT30M") == content.count(b"BEGIN:VEVENT") == 4
