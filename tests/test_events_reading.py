"""A programme's files are read so that every fault is found and nobody's words are lost."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from netmap.errors import UnknownNameError, UnreadableFileError
from netmap.events import Programme, read_programme, sessions_csv
from netmap.findings import Finding, Level
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import open_workspace

TOML = 'title = "Year"\nnetwork = "example"\nstarts = 2027-01-01\nends = 2027-12-31\n'


def read(
    folder: Path, files: Mapping[str, str], toml: str = TOML
) -> tuple[Programme, list[Finding]]:
    """Write a workspace with one network and one programme, and read the programme."""
    (folder / "netmap.toml").write_text('uid_domain = "example.org"\n', encoding="utf-8")
    (folder / "networks" / "example").mkdir(parents=True)
    (folder / "networks" / "example" / "network.toml").write_text("", encoding="utf-8")
    (folder / "events").mkdir()
    for name, content in {"year.toml": toml, **files}.items():
        (folder / "events" / name).write_text(content, encoding="utf-8")
    return read_programme(open_workspace(folder), "year", load())


def places(findings: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    """Say level, code, row and column of each finding."""
    return [(f.level.value, f.code, f.place.row, f.place.column) for f in findings]


def test_faults_empty_optional_cells_and_set_rows_aside(tmp_path: Path) -> None:
    """One typing error must not cost the whole calendar, and must not go unsaid."""
    table = (
        "uid,kind,starts,ends,status,audience,colour\n"
        "a,networking,2027-02-02T10:00,2027-02-02T13:00,maybe,public,red\n"
        "b,networking,soon,,,,\n"
        "c,knitting,2027-02-03T10:00,,,,\n"
        "a,skills,2027-02-04T10:00,,,,\n"
        "d,skills,05/02/2027 10:00,2027-02-05T09:00,,everybody,\n"
    )
    programme, findings = read(tmp_path, {"year.csv": table})
    assert [s.uid for s in programme.sessions] == ["a", "d"]
    assert programme.sessions[1].starts == datetime(2027, 2, 5, 10)  # noqa: DTZ001  # local
    assert set(places(findings)) == {
        ("warning", "unknown-term", 2, "status"),
        ("error", "bad-time", 3, "starts"),
        ("error", "unknown-term", 4, "kind"),
        ("error", "duplicate-id", 5, "uid"),
        ("notice", "file-format", None, None),
        ("notice", "unknown-column", 1, "colour"),
        ("warning", "bad-end", 6, "ends"),
    }


def test_what_could_not_be_read_is_written_back_as_it_was(tmp_path: Path) -> None:
    """`events plan` rewrites the table; a typing error is for people to mend, not to lose."""
    table = (
        "uid,kind,starts,status,communities,colour\n"
        "a,networking,2027-02-02T10:00,maybe,bame; martians,red\n"
        "b,networking,soon,,,blue\n"
    )
    programme, _ = read(tmp_path, {"year.csv": table})
    written = sessions_csv(programme.sessions, programme.aside).decode()
    assert programme.sessions[0].communities == ("bame",)
    for words in ("maybe", "bame; martians", "red", "soon", "blue"):
        assert words in written


def test_an_empty_audience_means_staff(tmp_path: Path) -> None:
    """What nobody has cleared for the public is not public, nor is what cannot be read."""
    table = (
        "uid,kind,starts,audience\na,skills,2027-02-02T10:00,\nb,skills,2027-02-03T10:00,pubic\n"
    )
    programme, _ = read(tmp_path, {"year.csv": table})
    assert {s.meant_for for s in programme.sessions} == {Audience.STAFF}


def test_an_empty_uid_is_filled_the_same_way_each_time(tmp_path: Path) -> None:
    """A calendar knows a session by its UID, so it must not change from run to run."""
    table = "uid,kind,starts\n,skills,2027-02-02T10:00\n,skills,2027-02-03T10:00\n"
    programme, findings = read(tmp_path, {"year.csv": table})
    again, _ = read_programme(open_workspace(tmp_path), "year", load())
    uids = [s.uid for s in programme.sessions]
    assert len(set(uids)) == 2
    assert all(uid.endswith("@example.org") for uid in uids)
    assert uids == [s.uid for s in again.sessions]
    assert [f.code for f in findings] == ["uid-filled", "uid-filled"]


def test_an_unknown_observance_and_nation_are_found(tmp_path: Path) -> None:
    """A wish that is silently not understood looks like one that was granted."""
    when = '[when]\navoid = ["bank_holidays:GB-ENG", "observances:islamc", "bank_holidays:GB"]\n'
    _, findings = read(tmp_path, {}, TOML + when)
    assert [(f.code, f.value) for f in findings] == [
        ("unknown-observance", "observances:islamc"),
        ("unknown-observance", "bank_holidays:GB"),
    ]
    assert "observances:islamic" in findings[0].hint


def test_venues_and_terms_are_read(tmp_path: Path) -> None:
    """A venue whose opening cannot be read is not taken to be always open."""
    files = {
        "venues.csv": "id,name,available\nhall,Hall,TU 10:00-16:00; TH\nroom,Room,by request\n",
        "terms.csv": "name,starts,ends\nSpring,2027-01-04,2027-02-12\nWrong,2027-03-01,2027-02-01",
    }
    toml = TOML + '[when]\nterm_dates = "events/terms.csv"\n[where]\nvenues = "events/venues.csv"\n'
    programme, findings = read(tmp_path, files, toml)
    assert [(o.weekday, o.opens.hour) for o in programme.venue["hall"].available] == [
        (1, 10),
        (3, 0),
    ]
    assert "available" in programme.venue["room"].faulted
    assert [t.name for t in programme.terms] == ["Spring"]
    assert {f.code for f in findings} == {"bad-openings", "bad-term"}


def test_a_venue_that_looks_like_a_refuge_is_hidden_until_settled(tmp_path: Path) -> None:
    """A list of venues may hold the one address that must never be shown."""
    venues = "id,name,visibility\nx,Women's refuge,\ny,Old Refuge Cafe,public\n"
    toml = TOML + '[where]\nvenues = "events/venues.csv"\n'
    programme, findings = read(tmp_path, {"venues.csv": venues}, toml)
    assert [v.hidden_as.value for v in programme.venues] == ["withheld", "public"]
    assert [(f.code, f.place.row) for f in findings] == [("looks-like-refuge", 2)]


@pytest.mark.parametrize("starts", ["", "starts = 2028-01-01\n"])
def test_a_programme_without_sound_dates_cannot_be_used(tmp_path: Path, starts: str) -> None:
    """There is no default for when a year begins."""
    toml = f'network = "example"\n{starts}ends = 2027-12-31\n'
    with pytest.raises(UnreadableFileError):
        read(tmp_path, {}, toml)


def test_a_table_without_settings_is_no_programme(tmp_path: Path) -> None:
    """`venues.csv` and other people's tables lie in the same folder."""
    read(tmp_path, {"stray.csv": "uid\nx\n"})
    workspace = open_workspace(tmp_path)
    assert workspace.programmes() == ["year"]
    with pytest.raises(UnknownNameError):
        read_programme(workspace, "stray", load())


def test_a_missing_venue_table_is_an_error_with_a_place(tmp_path: Path) -> None:
    """Planning without venues because of a slip of the pen would be a surprise."""
    _, findings = read(tmp_path, {}, TOML + '[where]\nvenues = "events/venus.csv"\n')
    assert [(f.level, f.code, f.place.column) for f in findings] == [
        (Level.ERROR, "unreadable-file", "where.venues")
    ]


def test_dates_of_the_programme_are_dates(tmp_path: Path) -> None:
    """Settings are typed, so that nothing later has to guess."""
    programme, findings = read(tmp_path, {})
    assert (programme.settings.starts, findings) == (date(2027, 1, 1), [])
