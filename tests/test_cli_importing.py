"""The journeys through `netmap import`, as hub staff and their scripts meet them."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from netmap.cli import run

Read = Callable[..., dict[str, Any]]

SHEET = """Groups of Northmoor,,,,
,,,,
Name,Run by,Town,Post code,Last checked
Chai Club,Moor Mind,Northmoor,AB11AA,2026-03-01
Knit,Moor Mind,Northmoor,AB1 1AB,03/04/2026
Walk,Moor Mind,Northmoor,none,not yet
,,Northmoor,,
Total,,,,3
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Make a workspace without networks, and a folder for people's own files beside it."""
    place = tmp_path / "ws"
    place.mkdir()
    (place / "netmap.toml").write_text('title = "Example"\n', encoding="utf-8")
    return place


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Write a spreadsheet as people keep it."""
    file = tmp_path / "Groups March 2026.csv"
    file.write_text(SHEET, encoding="utf-8")
    return file


def netmap(workspace: Path, *arguments: str) -> int:
    """Run a command on a fixed day, with nobody to ask; give its exit code."""
    return run(["--workspace", str(workspace), "--as-of", "2026-11-22", *arguments])


@pytest.fixture
def as_json(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Read:
    """Give the function that imports a file into `moor` and reads what was printed."""

    def reading(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        code = netmap(workspace, "import", *arguments, "--into", "moor", "--format", "json")
        printed = capsys.readouterr()
        assert code == 0, printed.err
        said: dict[str, Any] = json.loads(printed.out)
        rows = said["rows"]
        assert rows["read"] == rows["taken"] + rows["set_aside"]
        assert rows["set_aside"] == len(said["set_aside"])
        return said

    return reading


def files(folder: Path) -> Mapping[str, bytes]:
    """Read all that is in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def test_the_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Hub staff learn a command from its example."""
    assert run(["import", "--help"]) == 0
    assert "Example: netmap import groups.xlsx --into leeds" in capsys.readouterr().out


def test_a_preview_writes_nothing(workspace: Path, sheet: Path, as_json: Read) -> None:
    """Looking is safe: not in the network, and not beside the file."""
    before = files(workspace.parent)
    said = as_json(str(sheet), "--preview")
    assert said["preview"]
    assert said["tables"]["organisations"]["new"]
    assert said["written"] == []
    assert said["checked"] is None
    assert files(workspace.parent) == before


def test_what_is_said_in_json_is_complete(sheet: Path, as_json: Read) -> None:
    """A script finds the counts, the headings, the difference and every note with its place."""
    said = as_json(str(sheet))
    assert set(said) == {
        *("file", "network", "kind", "source", "preview", "rows", "headings", "tables"),
        *("set_aside", "notes", "written", "checked"),
    }
    assert said["rows"] == {"unit": "rows", "read": 5, "taken": 3, "set_aside": 2}
    assert [note["row"] for note in said["set_aside"]] == [7, 8]
    (heading,) = said["headings"]
    assert (heading["table"], heading["row"]) == ("activities", 3)
    letters = [column["letter"] for column in heading["columns"]]
    assert letters == ["A", "B", "C", "D", "E"]
    (date,) = [note for note in said["notes"] if note["code"] == "date-order"]
    assert (date["column"], date["row"], date["value"]) == ("E", 5, "03/04/2026")
    assert date["became"] == "2026-04-03"
    assert said["tables"]["activities"]["new"] == ["Chai Club", "Knit", "Walk"]


def test_nothing_but_json_is_on_standard_output(
    workspace: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe into another program must not be broken by a message."""
    assert netmap(workspace, "import", str(sheet), "--into", "moor", "--format", "json") == 0
    printed = capsys.readouterr()
    json.loads(printed.out)
    assert printed.err == ""


def test_importing_twice_changes_no_byte(workspace: Path, sheet: Path, as_json: Read) -> None:
    """Nobody should fear to do it again; the second time, headings are not spoken of."""
    as_json(str(sheet))
    once = files(workspace)
    again = as_json(str(sheet))
    assert files(workspace) == once
    assert again["written"] == []
    assert again["tables"]["activities"] == {
        "new": [],
        "changed": [],
        "missing": [],
        "removed": [],
        "unchanged": 3,
    }
    assert {c["how"] for h in again["headings"] for c in h["columns"]} == {"remembered"}
    assert not [note for note in again["notes"] if "heading" in note["code"]]


def test_an_import_can_be_undone(workspace: Path, sheet: Path, as_json: Read) -> None:
    """What stood before stands again, and a second undo says that there is nothing."""
    as_json(str(sheet))
    before = files(workspace)
    sheet.write_text(SHEET.replace("Knit,", "Knitting,"), encoding="utf-8")
    assert as_json(str(sheet))["written"]
    assert files(workspace) != before
    assert netmap(workspace, "import", "--undo", "--into", "moor") == 0
    after = files(workspace)
    kept = {name for name in before if not name.endswith(".zip")}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_next_month_has_the_same_source(workspace: Path, sheet: Path, as_json: Read) -> None:
    """The file is called after the month; what moved, changed or went is known all the same."""
    assert as_json(str(sheet))["source"] == "groups"
    rows = SHEET.replace("AB1 1AB", "AB2 2BB").splitlines()
    april = sheet.with_name("Groups April 2026 v2.csv")
    april.write_text("\n".join([*rows[:3], rows[4], rows[3]]), encoding="utf-8")
    said = as_json(str(april))
    assert said["source"] == "groups"
    activities = said["tables"]["activities"]
    assert activities["new"] == []
    assert activities["changed"] == [{"row": "Knit", "cells": {"postcode": ["AB1 1AB", "AB2 2BB"]}}]
    assert activities["missing"] == ["Walk"]
    assert activities["removed"] == []
    gone = as_json(str(april), "--remove-missing")["tables"]["activities"]
    assert gone["removed"] == ["Walk"]
    kept = (workspace / "networks/moor/activities.csv").read_text(encoding="utf-8")
    assert "Walk" not in kept
    assert "Knit" in kept


def test_a_source_can_be_named(sheet: Path, as_json: Read) -> None:
    """Two partners may both send a file called groups."""
    assert as_json(str(sheet), "--source", "North Partner")["source"] == "north-partner"


def test_a_marked_copy_comes_back_beside_the_file(sheet: Path, as_json: Read) -> None:
    """People put right what is coloured, in a workbook they know."""
    copy = Path(as_json(str(sheet))["checked"])
    assert copy == sheet.with_name("groups-checked.xlsx")
    book = openpyxl.load_workbook(copy)
    listed = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert "Groups March 2026!E5" in listed
    assert book.worksheets[1]["E5"].comment is not None
    assert book.worksheets[1]["A4"].comment is None


def test_the_marked_copy_is_made_anew_once_all_is_right(tmp_path: Path, as_json: Read) -> None:
    """A copy with last month's problems would send people looking for what they put right."""
    file = tmp_path / "orgs.csv"
    file.write_text("Organisation,Post code\nMoor Mind,ab11aa\n", encoding="utf-8")
    copy = Path(as_json(str(file))["checked"])
    file.write_text("Organisation,Post code\nMoor Mind,AB1 1AA\n", encoding="utf-8")
    said = as_json(str(file))
    assert said["notes"] == []
    assert Path(said["checked"]) == copy
    first = openpyxl.load_workbook(copy).worksheets[0]
    words = " ".join(str(cell.value) for row in first.iter_rows() for cell in row)
    assert "Nothing was noticed" in words
    assert "the space was missing" not in words


def test_a_cell_is_complained_of_once(tmp_path: Path, as_json: Read) -> None:
    """What the reader says of a cell, the register need not say again in other words."""
    file = tmp_path / "orgs.csv"
    file.write_text("Organisation,Consent until\nMoor Mind,soon\n", encoding="utf-8")
    notes = [note for note in as_json(str(file))["notes"] if note["column"] == "B"]
    assert [note["code"] for note in notes] == ["bad-date"]


def test_in_a_pipe_nothing_is_asked_and_what_is_not_clear_is_said(
    tmp_path: Path, workspace: Path, as_json: Read
) -> None:
    """A script must not hang; --yes accepts what is only likely."""
    file = tmp_path / "orgs.csv"
    file.write_text("Organisation,Pstcode\nMoor Mind,AB1 1AA\n", encoding="utf-8")
    asked = as_json(str(file))
    (column,) = [c for c in asked["headings"][0]["columns"] if c["heading"] == "Pstcode"]
    assert (column["how"], column["column"]) == ("suggested", "postcode")
    (note,) = [note for note in asked["notes"] if note["code"] == "heading-not-agreed"]
    assert "--yes" in note["hint"]
    said = as_json(str(file), "--yes")
    assert "heading-not-agreed" not in {note["code"] for note in said["notes"]}
    kept = (workspace / "networks/moor/organisations.csv").read_text(encoding="utf-8")
    assert kept.splitlines()[1].count("AB1 1AA") >= 1


def test_text_says_each_thing_once(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hub staff read every line; none should tell them twice."""
    file = tmp_path / "orgs.csv"
    file.write_text(
        "Organisation,Post code,Car park,Phone\nMoor Mind,AB11AA,yes,x\n", encoding="utf-8"
    )
    assert netmap(workspace, "import", str(file), "--into", "moor") == 0
    printed = capsys.readouterr().out
    assert printed.count("Car park") == 1
    assert printed.count("verified_on") == 1
    assert "'AB11AA' is taken as 'AB1 1AA': the space was missing. (B2)" in printed
    assert "'x' has no number in it. (D2)" in printed
    assert "'x': 'x'" not in printed
    assert "Undo with: netmap import --undo --into moor" in printed


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--kind", "graphlm"), 12, "graphml"),
        (("--table", "organisation"), 12, "organisations"),
        (("--tie-kind", "fundz"), 12, "funds"),
    ],
)
def test_an_unknown_word_gets_the_likely_one(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    workspace: Path,
    sheet: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A slip of the pen is not a search through the manual."""
    assert netmap(workspace, "import", str(sheet), "--into", "moor", *arguments) == code
    assert said in capsys.readouterr().err
    assert not (workspace / "networks").exists()


def test_a_network_of_a_like_name_is_not_made_by_a_slip(
    workspace: Path, sheet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`moore` beside `moor` would halve the register; --new says that it is meant."""
    assert netmap(workspace, "import", str(sheet), "--into", "northmoor") == 0
    capsys.readouterr()
    assert netmap(workspace, "import", str(sheet), "--into", "nothmoor") == 10
    assert "northmoor" in capsys.readouterr().err
    assert not (workspace / "networks/nothmoor").exists()
    assert netmap(workspace, "import", str(sheet), "--into", "nothmoor", "--new") == 0
    assert (workspace / "networks/nothmoor/organisations.csv").is_file()


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 2**20))
    return out.getvalue()


def _blank_sheet() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].cell(5, 5).value = " "
    book.save(out)
    return out.getvalue()


_XML_BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph id="&b;"/></graphml>"""

HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "bomb.xlsx": _zip_bomb,
    "blank.xlsx": _blank_sheet,
    "nul.csv": lambda: b"\0" * 5000,
    "nothing.csv": lambda: b"",
    "blanks.csv": lambda: b" , , \r\n" * 50,
    "bomb.graphml": lambda: _XML_BOMB,
    "broken.xlsx": lambda: _zip_bomb()[:500],
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "words.csv": lambda: b"Dear all,\nplease find below nothing,\nregards\n",
    "page.xls": lambda: b"<html><body><table></table></body></html>",
    "deep.json": lambda: b"[" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_a_message_and_nothing_else(
    name: str, workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever comes by email: exit code 11, one sentence with the file's name, nothing written."""
    file = tmp_path / name
    file.write_bytes(HOSTILE[name]())
    before = set(files(tmp_path))
    assert netmap(workspace, "import", str(file), "--into", "moor") == 11
    printed = capsys.readouterr()
    assert name in printed.err
    assert "Traceback" not in printed.err
    assert set(files(tmp_path)) == before


def test_a_file_that_is_not_there_is_a_message(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name was mistyped."""
    assert netmap(workspace, "import", "no.csv", "--into", "moor") == 11
    assert "there is no such file" in capsys.readouterr().err


def test_without_a_file_the_command_is_wrong(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only --undo needs none."""
    assert netmap(workspace, "import", "--into", "moor") == 2
    assert "--undo" in capsys.readouterr().err


def test_the_copy_that_was_put_right_can_be_imported_itself(
    workspace: Path, sheet: Path, as_json: Read
) -> None:
    """People correct what is coloured, where it is coloured, and send that."""
    copy = Path(as_json(str(sheet))["checked"])
    before = files(workspace)
    book = openpyxl.load_workbook(copy)
    book.worksheets[1]["E6"].value = "2026-02-01"
    book.save(copy)
    sent = copy.read_bytes()
    said = as_json(str(copy))
    assert said["source"] == "groups"
    assert said["tables"]["activities"]["changed"] == [
        {"row": "Walk", "cells": {"verified_on": ["", "2026-02-01"]}}
    ]
    assert said["tables"]["activities"]["unchanged"] == 2
    assert copy.read_bytes() == sent
    assert before.keys() <= files(workspace).keys()
