"""The files of a network: what is not changed stays as it was, and an import is whole or undone."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.styles import Font
from shapely import MultiPolygon, box
from test_intake_merging import content, edited
from test_intake_rows import (
    codes,
    draft,
    imported,
    lines,
    network,
    organisations,
    planned,
    row,
)

from netmap.errors import CannotUndoError, CannotWriteError, UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.intake import keeping, undo, write
from netmap.exchange.intake.starting import network_file
from netmap.exchange.intake.worksheets import _edited
from netmap.tables import Table, read_tables
from netmap.workspace import write_atomically

A = {"name": "A", "phone": "1"}
HEADINGS = {"organisations": ("id", "name", "phone", "latitude", "longitude"), "ties": ("kind",)}


def tables(home: Path) -> dict[str, Table]:
    """Read a network's tables as the register does."""
    return read_tables(home, "x", HEADINGS, {})[0]


def workbook(home: Path, *rows: tuple[str | float | None, ...]) -> openpyxl.Workbook:
    """Write a workbook with a sheet of organisations, one cell in bold, and a sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Organisations"
    for cells in rows:
        sheet.append(cells)
    sheet["B2"].font = Font(bold=True)
    book.create_sheet("Notes")["A1"] = "=1+1"
    book.save(home / "register.xlsx")
    return book


def test_cells_headings_and_rows_of_people_s_own_stay(tmp_path: Path) -> None:
    """A rewritten table holds all it held, also what the register could not understand."""
    text = (
        "Name;ID;postcode;My notes;My notes;;phone\n"
        "\n"
        "  A ;a;not one;x;y;z;'+44 1;beyond\n"
        '"B;\nB";b;=1+1;;;;-5\n'
    )
    home = network(tmp_path, organisations=text)
    intake = imported(organisations({"name": "C", "sector": "arts"}), home)
    assert lines(home, "organisations") == [
        "Name,ID,postcode,My notes,My notes,,phone,,sector",
        "",
        "  A ,a,not one,x,y,z,'+44 1,beyond",
        '"B;',
        'B",b,=1+1,,,,-5',
        "C,c,,,,,,,arts",
    ]
    assert codes(intake.notes) == ["file-format"]
    assert "';' between cells" in intake.notes[0].message


def test_what_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path: Path) -> None:
    """A phone number begins with a plus; a number below nought is a number."""
    home = network(tmp_path)
    cells = {"name": "=cmd|x", "phone": "+44 1", "longitude": "-1.5", "latitude": "53.5"}
    made = organisations(cells)
    imported(made, home)
    assert lines(home, "organisations")[1] == "cmd-x,'=cmd|x,53.5,-1.5,'+44 1"
    assert tables(home)["organisations"].rows[0].cells == {**cells, "id": "cmd-x"}
    assert planned(made, home).files == {}


def test_a_table_that_does_not_change_is_not_rewritten(tmp_path: Path) -> None:
    """Windows line ends and semicolons are nobody's business until a cell changes."""
    home = network(tmp_path, organisations="id;name\r\na;A\r\n", areas="code\tname\r\nx\tX\r\n")
    intake = planned(organisations({"name": "B"}), home)
    assert "areas.csv" not in intake.files
    assert "organisations.csv" in intake.files


def test_a_table_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    """Writing half of what somebody has would lose the other half."""
    home = network(tmp_path, organisations='id,name\na,"A\nb,B\n')
    with pytest.raises(UnreadableFileError, match="row 2 is never closed"):
        planned(organisations(A), home)
    home = network(tmp_path, organisations="id,name\n", targets="a\x00")
    assert planned(organisations(A), home).taken == 1
    with pytest.raises(UnreadableFileError, match="NUL"):
        planned(draft(row("targets", 2, {"owner": "a"})), home)


def test_a_sheet_of_the_register_is_edited_in_its_place(tmp_path: Path) -> None:
    """Formats, other sheets and the values of their formulas are people's work."""
    home = network(tmp_path)
    workbook(home, ("Id", "Name", "Phone", "Latitude"), ("a", "A", None, 53.5), ("b", "B", 7, 1))
    with zipfile.ZipFile(home / "register.xlsx") as before:
        others = {n: before.read(n) for n in before.namelist() if "sheet1" not in n}
    made = organisations(
        {"id": "a", "name": "A", "phone": "+44"},
        {"name": "C & <D>", "latitude": "53.25", "sector": "arts"},
    )
    intake = imported(made, home)
    assert [path for path in intake.files if "imports" not in path] == ["register.xlsx"]
    with zipfile.ZipFile(home / "register.xlsx") as after:
        assert {n: after.read(n) for n in after.namelist() if "sheet1" not in n} == others
    sheet = openpyxl.load_workbook(home / "register.xlsx")["Organisations"]
    assert list(sheet.values) == [
        ("Id", "Name", "Phone", "Latitude", "sector"),
        ("a", "A", "'+44", 53.5, None),
        ("b", "B", 7, 1, None),
        ("c-and-d", "C & <D>", None, 53.25, "arts"),
    ]
    assert sheet["B2"].font.b
    assert planned(made, home).files == {}


def test_a_formula_is_not_overwritten(tmp_path: Path) -> None:
    """It would go on being worked out in people's minds."""
    home = network(tmp_path)
    workbook(home, ("id", "name", "phone"), ("a", "A", "=1+1"))
    with pytest.raises(UnreadableFileError, match="C2 is worked out by a formula"):
        _changed_over(home)


def _changed_over(home: Path) -> None:
    imported(organisations({"id": "a", "name": "A", "phone": "=1+1"}), home)
    imported(organisations({"id": "a", "name": "A", "phone": "3"}), home)


def test_a_row_that_goes_from_a_sheet_is_emptied(tmp_path: Path) -> None:
    """The rows below keep their places, and what points at them."""
    home = network(tmp_path)
    workbook(home, ("id", "name"))
    imported(organisations({"name": "A"}, {"name": "B"}), home)
    imported(organisations({"name": "B"}), home, remove=True)
    sheet = openpyxl.load_workbook(home / "register.xlsx")["Organisations"]
    assert list(sheet.values) == [("id", "name"), (None, None), ("b", "B")]


def test_parquet_stays_parquet(tmp_path: Path) -> None:
    """Large registers are Parquet for speed."""
    home = network(tmp_path)
    table = pa.table({"id": ["a"], "name": ["A"], "latitude": [53.5]})
    pq.write_table(table, home / "organisations.parquet")
    imported(organisations({"name": "B", "phone": "1"}), home)
    after = pq.read_table(home / "organisations.parquet")
    assert after.to_pydict() == {
        "id": ["a", "b"],
        "name": ["A", "B"],
        "latitude": ["53.5", None],
        "phone": [None, "1"],
    }


def shapes(**boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    """Make boundaries, WGS 84 degrees."""
    frame = gpd.GeoDataFrame(geometry=[box(*b) for b in boxes.values()], index=[*boxes])
    return frame.set_crs(4326)


def areas(boundaries: gpd.GeoDataFrame, **names: str) -> Draft:
    """Make a draft of areas with boundaries."""
    rows = (
        row("areas", n, {"code": code, "name": name})
        for n, (code, name) in enumerate(names.items(), start=1)
    )
    return replace(draft(*rows), boundaries=boundaries)


def test_boundaries_are_put_beside_those_there_are(tmp_path: Path) -> None:
    """One county after another; a new shape takes the place of the old one."""
    home = network(tmp_path, areas="code,name,aliases\nleeds,Leeds,E1\n")
    imported(areas(shapes(E1=(0, 0, 1, 1), B=(2, 0, 3, 1)), E1="Leeds", B="B"), home)
    made = areas(shapes(B=(5, 0, 6.12345678, 1), C=(7, 0, 8, 1)), B="B", C="C")
    imported(made, home)
    collection = json.loads((home / "areas.geojson").read_bytes())
    found = {f["properties"]["code"]: f["geometry"] for f in collection["features"]}
    assert list(found) == ["B", "C", "leeds"]
    assert [6.123457, 1.0] in found["B"]["coordinates"][0]
    assert all(list(f["properties"]) == ["code"] for f in collection["features"])
    assert planned(made, home).files == {}


def test_boundaries_of_another_kind_become_geojson(tmp_path: Path) -> None:
    """Two files of boundaries would contradict each other."""
    home = network(tmp_path, areas="code,name\nA,A\n")
    there = shapes(A=(0, 0, 1, 1)).reset_index(names="code")
    there.to_file(home / "areas.gpkg", driver="GPKG")
    intake = imported(areas(shapes(B=(2, 0, 3, 1)), B="B"), home)
    assert not (home / "areas.gpkg").exists()
    assert len(gpd.read_file(home / "areas.geojson")) == 2
    assert codes(intake.notes) == ["boundaries"]
    undo(home, "x")
    assert (home / "areas.gpkg").exists()
    assert not (home / "areas.geojson").exists()


def test_areas_kept_with_their_shapes_in_parquet_are_not_rewritten(tmp_path: Path) -> None:
    """Rewriting would lose the shapes; writing a second table would make an error."""
    home = network(tmp_path)
    there = shapes(A=(0, 0, 1, 1)).reset_index(names="code").assign(name="A")
    there.to_parquet(home / "areas.parquet")
    made = areas(shapes(B=(2, 0, 3, 1)), B="B")
    intake = planned(made, home)
    assert codes(intake.set_aside) == ["has-shapes"]
    assert intake.files == {}


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_any_program_s_sheet_is_edited(prefix: str) -> None:
    """Other programs than Excel write other XML: prefixes, rows and cells without numbers."""
    p = prefix
    space = f'xmlns{":x" if p else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = f'<{p}row spans="1:2"><{p}c t="n" s="4"><{p}v>1</{p}v></{p}c><{p}c/></{p}row>'
    xml = f"<{p}worksheet {space}><{p}sheetData>{cells}<{p}row/></{p}sheetData></{p}worksheet>"
    after = _edited(xml.encode(), {0: {0: "a<", 3: 5}, 2: {1: "b"}}, "x").decode()
    text = f'<{p}is><{p}t xml:space="preserve">'
    assert f'<{p}row><{p}c r="A1" s="4" t="inlineStr">{text}a&lt;</{p}t>' in after
    assert f'<{p}c/><{p}c r="D1"><{p}v>5</{p}v></{p}c></{p}row><{p}row/>' in after
    assert f'<{p}row r="3"><{p}c r="B3" t="inlineStr">{text}b</{p}t>' in after
    fromstring(after)


def test_an_empty_sheet_is_filled(tmp_path: Path) -> None:
    """People make the sheet first."""
    home = network(tmp_path)
    workbook(home)
    imported(organisations(A), home)
    sheet = openpyxl.load_workbook(home / "register.xlsx")["Organisations"]
    assert list(sheet.values) == [("id", "name", "phone"), ("a", "A", "1")]


def test_nothing_taken_makes_no_network(tmp_path: Path) -> None:
    """An empty network would stand in every list."""
    assert planned(organisations({"phone": "1"}), tmp_path / "leeds").files == {}


def test_shapes_of_no_area_are_left_out(tmp_path: Path) -> None:
    """`check` would complain of them ever after."""
    home = network(tmp_path)
    frame = shapes(A=(0, 0, 1, 1), Z=(2, 0, 3, 1))
    frame.loc["A", "geometry"] = MultiPolygon([box(0, 0, 1, 1)])
    intake = imported(areas(frame, A="A"), home)
    assert len(gpd.read_file(home / "areas.geojson")) == 1
    assert codes(intake.notes) == ["unknown-area"]


def test_a_new_network_gets_its_settings(tmp_path: Path) -> None:
    """It can be checked and built at once, and claims nothing it does not know."""
    home = tmp_path / "west-leeds"
    imported(draft(row("areas", 2, {"code": "x", "name": "X"})), home)
    assert (home / "network.toml").read_text(encoding="utf-8") == (
        'title = "West leeds"\nsource = "groups.xlsx"\nsurveyed = []\n'
    )
    assert lines(home, "organisations") == ["id,name"]
    assert b'source = "a\\"\\\\b"' in network_file("x", 'a"\\b')["network.toml"]


def test_an_import_is_undone(tmp_path: Path) -> None:
    """People see what an import did only when they look at the map."""
    home = network(tmp_path, organisations="id,name\na,A\n")
    before = content(home)
    imported(organisations({"name": "B"}), home)
    assert undo(home, "x") == ("imports/groups/organisations.csv", "organisations.csv")
    assert content(home) == before
    assert [p.name for p in home.iterdir() if p.is_dir()] == []
    with pytest.raises(CannotUndoError, match="no import to undo"):
        undo(home, "x")


def test_only_the_last_import_is_undone(tmp_path: Path) -> None:
    """Undoing an older one would undo the newer with it."""
    home = network(tmp_path)
    imported(organisations({"name": "A"}), home, "one")
    between = content(home)
    imported(organisations({"name": "B"}), home, "two")
    assert [p.name for p in (home / "imports").glob("*.zip")] == ["before-two.zip"]
    undo(home, "x")
    between.pop(str(Path("imports/before-one.zip")))
    assert content(home) == between


def test_what_was_edited_since_is_not_undone(tmp_path: Path) -> None:
    """An hour's corrections are not thrown away unasked."""
    home = network(tmp_path)
    imported(organisations(A), home)
    edited(home, "a,A,1", "a,A,2")
    before = content(home)
    with pytest.raises(CannotUndoError, match=r"edited since the import: organisations\.csv"):
        undo(home, "x")
    assert content(home) == before


def test_what_is_kept_leads_nowhere_outside(tmp_path: Path) -> None:
    """A zip from elsewhere must not write over other people's files."""
    home = network(tmp_path)
    (home / "imports").mkdir()
    manifest = {"after": {"../../x": None}, "absent": ["../../x"]}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
    (home / "imports" / "before-x.zip").write_bytes(out.getvalue())
    with pytest.raises(UnreadableFileError, match="outside"):
        undo(home, "x")


def test_the_same_import_keeps_the_same_bytes(tmp_path: Path) -> None:
    """No clock gets into a file."""
    kept = []
    for name in ("one", "two"):
        home = network(tmp_path / name, organisations="id,name\na,A\n")
        imported(organisations({"name": "B"}), home)
        kept.append(content(home))
    assert kept[0] == kept[1]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Refuse to write new content to any file in this list, as a full disk would."""
    files: list[Path] = []

    def refuse(file: Path, data: bytes) -> None:
        if file in files and not (file.exists() and file.read_bytes() == data):
            raise CannotWriteError(file, "the disk is full")
        write_atomically(file, data)

    monkeypatch.setattr(keeping, "write_atomically", refuse)
    return files


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("imports/before-groups.zip", "there"),
        ("organisations.csv", "there"),
        ("ties.csv", "there"),
        ("imports/before-groups.zip", "new"),
        ("network.toml", "new"),
        ("ties.csv", "new"),
    ],
)
def test_nothing_is_half_written(tmp_path: Path, failing: list[Path], name: str, home: str) -> None:
    """Whichever file cannot be written, all are as they were, and no folder is left."""
    folder = tmp_path / "leeds"
    if home == "there":
        network(tmp_path, organisations="id,name\na,A\n")
    cells = {"source_organisation": "A", "target_organisation": "B", "kind": "funds"}
    rows = organisations({"id": "a", "name": "A"}, {"name": "B"}).rows
    before = content(folder)
    intake = planned(draft(*rows, row("ties", 9, cells)), folder)
    failing.append(folder / name)
    with pytest.raises(CannotWriteError, match="disk is full"):
        write(intake, folder)
    assert content(folder) == before
    assert folder.exists() == (home == "there")
    assert not (folder / "imports").exists()


def test_an_undoing_that_fails_undoes_nothing(tmp_path: Path, failing: list[Path]) -> None:
    """Half an import undone would be neither the one state nor the other."""
    home = network(tmp_path, organisations="id,name\na,A\n", areas="code,name\nx,X\n")
    rows = (row("areas", 2, {"code": "y", "name": "Y"}), *organisations({"name": "B"}).rows)
    imported(draft(*rows), home)
    before = content(home)
    failing.append(home / "organisations.csv")
    with pytest.raises(CannotWriteError, match="disk is full"):
        undo(home, "x")
    assert content(home) == before


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    home = network(tmp_path)
    (home / "imports").write_text("mine", encoding="utf-8")
    intake = planned(organisations(A), home)
    with pytest.raises(CannotWriteError):
        write(intake, home)
    assert sorted(p.name for p in home.iterdir()) == ["imports", "network.toml"]
