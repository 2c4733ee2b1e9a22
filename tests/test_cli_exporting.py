"""The command that hands a network on: the ending chooses, and what is lost is said."""

import zipfile
from pathlib import Path

import pytest

from netmap.build.exporting import export
from netmap.build.workplace import open_for
from netmap.cli import run
from netmap.exchange.formats import FORMATS, ending_of
from netmap.privacy import Audience
from netmap.times import parse_date

DAY = "2026-11-22"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Start an example workspace of invented data."""
    folder = tmp_path / "work"
    assert run(["init", str(folder), "--example"]) == 0
    return folder


def network_in(workspace: Path) -> str:
    """Name the example network."""
    return next(one.name for one in sorted((workspace / "networks").iterdir()) if one.is_dir())


def exported(workspace: Path, file: Path, *words: str, day: str = DAY) -> int:
    """Export the example network."""
    return run(
        [
            *("--workspace", str(workspace), "--as-of", day),
            *("export", network_in(workspace), str(file), *words),
        ]
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_the_ending_chooses_the_format(workspace: Path, tmp_path: Path, ending: str) -> None:
    """One option less to know, and the file opens in the program people think of."""
    day = parse_date(DAY)
    assert day is not None
    assert exported(workspace, tmp_path / f"Mine{ending.upper()}", "--audience", "partners") == 0
    place = open_for(workspace, day, Audience.PARTNERS)
    content = (tmp_path / f"Mine{ending.upper()}").read_bytes()
    assert content == export(place, network_in(workspace), ending).content


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_network_gives_the_same_bytes(
    workspace: Path, tmp_path: Path, ending: str
) -> None:
    """A file that changes without a change is sent round again for nothing."""
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    assert exported(workspace, first) == exported(workspace, second) == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("ending", FORMATS)
def test_what_was_exported_comes_back_unchanged(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    """Whoever opens a file, looks, and hands it back has changed nothing."""
    file = tmp_path / f"mine{ending}"
    assert exported(workspace, file, "--audience", "staff") == 0
    words = ["import", str(file), "--into", network_in(workspace), "--preview"]
    assert run(["--workspace", str(workspace), "--as-of", DAY, *words]) == 0
    said = capsys.readouterr().out
    assert "unchanged" in said
    assert "changed:" not in said
    assert "new:" not in said


@pytest.mark.parametrize("name", ["mine.doc", "mine", ".gpkg", "mine.json", "mine.csv"])
def test_an_ending_that_is_not_known_brings_the_endings_that_are(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A guess at the format would be a file that opens nowhere."""
    assert exported(workspace, tmp_path / name) == 2
    said = " ".join(capsys.readouterr().err.split())
    for ending in FORMATS:
        assert ending in said
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("name", "meant"), [("x.json", ".kumu.json or .oruk.json"), ("x.csv", ".csv.zip")]
)
def test_an_ending_that_is_nearly_one_brings_the_whole_of_it(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, meant: str
) -> None:
    """Two programs share .json, and no table alone is a network."""
    assert exported(workspace, tmp_path / name) == 2
    assert f"Did you mean {meant}?" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("folder", ["networks", "networks/new", "events", "maps"])
def test_nothing_is_exported_to_where_netmap_reads(
    workspace: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    """An export beside the tables would be read as a second copy of them."""
    assert exported(workspace, workspace / folder / "mine.gpkg") == 13
    assert "choose a folder outside it" in capsys.readouterr().err
    assert not (workspace / folder / "mine.gpkg").exists()


def test_what_the_format_cannot_carry_is_said(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a network that looks whole misleads whoever gets it."""
    assert exported(workspace, tmp_path / "mine.graphml") == 0
    heard = capsys.readouterr()
    assert "not in it: Graph files carry no activities" in heard.err
    assert heard.out == ""


def test_the_public_is_whom_a_file_is_for_unless_said(workspace: Path, tmp_path: Path) -> None:
    """Forgetting an option must not hand out notes."""
    table = workspace / "networks" / network_in(workspace) / "organisations.csv"
    rows = table.read_text(encoding="utf-8").splitlines()
    rows = [f"{rows[0]},Donor", *(f"{row},Goldfinch" for row in rows[1:])]
    table.write_text("\n".join((*rows, "")), encoding="utf-8")
    assert exported(workspace, tmp_path / "mine.csv.zip") == 0
    assert exported(workspace, tmp_path / "ours.csv.zip", "--audience", "staff") == 0
    told = [
        zipfile.ZipFile(tmp_path / name).read("organisations.csv").decode()
        for name in ("mine.csv.zip", "ours.csv.zip")
    ]
    assert ["Goldfinch" in one for one in told] == [False, True]


def test_a_network_that_is_not_there_leaves_what_stood_there(
    workspace: Path, tmp_path: Path
) -> None:
    """A slip of the pen must not cost last month's file."""
    (tmp_path / "mine.gpkg").write_bytes(b"last month")
    words = ["export", "nowhere", str(tmp_path / "mine.gpkg")]
    assert run(["--workspace", str(workspace), *words]) == 10
    assert (tmp_path / "mine.gpkg").read_bytes() == b"last month"


def test_of_two_endings_the_longer_one_counts() -> None:
    """A Kumu workbook is no register, though it ends in .xlsx."""
    assert ending_of("net.kumu.xlsx") == ".kumu.xlsx"
    assert ending_of("net.xlsx") == ".xlsx"
    assert ending_of("kumu.xlsx") == ".xlsx"
