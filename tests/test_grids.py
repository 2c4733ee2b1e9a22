"""Grids: any common spreadsheet as cells people see, and hostile ones refused in a sentence."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Outcome
from netmap.exchange.grids import Oddity, book_of, is_spreadsheet


def workbook(tmp_path: Path, rows: list[list[Any]], name: str = "groups.xlsx") -> Path:
    """Write a workbook with one sheet called Groups."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Groups"
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def changed(tmp_path: Path, rows: list[list[Any]], change: Any) -> Path:
    """Write a workbook, and let the test change its sheet first."""
    file = workbook(tmp_path, rows)
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def test_a_cell_is_the_text_people_see(tmp_path: Path) -> None:
    """Dates, whole numbers and yes/no come as people would have typed them."""
    row = ["Ubuntu", 25.0, datetime(2026, 3, 4), date(2026, 3, 5), True, None, 0.5]  # noqa: DTZ001
    grid = book_of(workbook(tmp_path, [row]), "groups.xlsx").grids[0]
    assert list(grid.rows[0]) == ["Ubuntu", "25", "2026-03-04", "2026-03-05", "yes", "", "0.5"]
    assert grid.odd[0, 2] is Oddity.DATE
    assert grid.odd[0, 1] is Oddity.NUMBER
    assert (0, 0) not in grid.odd


def test_leading_zeros_survive_typed_and_shown(tmp_path: Path) -> None:
    """A charity number or telephone number without its nought is another number."""

    def show_zeros(book: Any) -> None:
        book.active["B1"].number_format = "00000000"

    grid = book_of(changed(tmp_path, [["0113", 1234567]], show_zeros), "g").grids[0]
    assert list(grid.rows[0]) == ["0113", "01234567"]


def test_a_percentage_is_read_as_it_is_shown(tmp_path: Path) -> None:
    """35 % is stored as 0.35; taken as a share of 0.35 % it would be a hundred times too small."""

    def show_percent(book: Any) -> None:
        book.active["A1"].number_format = "0%"

    assert book_of(changed(tmp_path, [[0.35]], show_percent), "g").grids[0].rows[0][0] == "35%"


def test_a_formula_that_was_never_worked_out_is_marked(tmp_path: Path) -> None:
    """Written by a program, it has no value yet: an empty cell would be a silent loss."""
    grid = book_of(workbook(tmp_path, [["Leeds", "=A1"]]), "g").grids[0]
    assert grid.rows[0][1] == "=A1"
    assert grid.odd[0, 1] is Oddity.FORMULA


def test_an_error_in_a_cell_is_marked(tmp_path: Path) -> None:
    """#REF! is not the name of a group."""

    def break_cell(book: Any) -> None:
        book.active["A1"].value = "#REF!"
        book.active["A1"].data_type = "e"

    grid = book_of(changed(tmp_path, [["x", "y"]], break_cell), "g").grids[0]
    assert grid.odd[0, 0] is Oddity.ERROR


def test_hidden_and_ignored_sheets_are_said_and_not_read(tmp_path: Path) -> None:
    """What people hid they did not mean to give; what they did not mean to hide they must hear."""

    def hide(book: Any) -> None:
        book.create_sheet("Old").sheet_state = "hidden"
        book.create_sheet("Scratch (ignore)")

    book = book_of(changed(tmp_path, [["Name"]], hide), "groups.xlsx")
    assert [grid.sheet for grid in book.grids] == ["Groups"]
    assert [note.spot.sheet for note in book.notes] == ["Old", "Scratch (ignore)"]
    assert "hidden" in book.notes[0].message


def test_merged_cells_are_known(tmp_path: Path) -> None:
    """A title over three columns is no heading; an area merged over three rows belongs to all."""

    def merge(book: Any) -> None:
        book.active.merge_cells("A1:C1")

    grid = book_of(changed(tmp_path, [["Groups in 2026", None, None]], merge), "g").grids[0]
    assert grid.merged == ((0, 0, 0, 2),)


def test_blank_rows_keep_the_numbers_of_those_below(tmp_path: Path) -> None:
    """A message that names row 4 must mean the row 4 people see."""
    grid = book_of(workbook(tmp_path, [[None], [None], ["Name"], ["Ubuntu"]]), "g").grids[0]
    assert grid.cell(3, 0) == "Ubuntu"
    assert str(grid.spot(3, 0)) == "Groups!A4"


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    """Many charities still keep .xls."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Groups")
    for column, value in enumerate(["Ubuntu", "0113", 12]):
        sheet.write(0, column, value)
    sheet.write(0, 3, date(2026, 3, 4), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    hidden = book.add_sheet("Old")
    hidden.visibility = 1
    book.save(str(tmp_path / "groups.xls"))
    read = book_of(tmp_path / "groups.xls", "groups.xls")
    assert list(read.grids[0].rows[0]) == ["Ubuntu", "0113", "12", "2026-03-04"]
    assert read.grids[0].odd[0, 3] is Oddity.DATE
    assert [note.spot.sheet for note in read.notes] == ["Old"]


def opendocument(tmp_path: Path, repeated: int = 1) -> Path:
    """Write an OpenDocument spreadsheet with one cell, its row repeated."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Groups")
    row = TableRow(numberrowsrepeated=repeated)
    cell = TableCell(valuetype="string", numbercolumnsrepeated=min(repeated, 16000))
    cell.addElement(P(text="Ubuntu"))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(tmp_path / "groups.ods"))
    return tmp_path / "groups.ods"


def test_an_opendocument_spreadsheet_is_read(tmp_path: Path) -> None:
    """Free office programs write .ods."""
    assert book_of(opendocument(tmp_path), "g").grids[0].rows[0][0] == "Ubuntu"


def test_an_opendocument_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    """Two kilobytes can stand for sixteen thousand million cells."""
    with pytest.raises(UnreadableFileError, match="more than 5,000,000 cells"):
        book_of(opendocument(tmp_path, 1_000_000), "groups.ods")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_stands_between_cells_is_told(tmp_path: Path, delimiter: str) -> None:
    """A title above, and a comma in a name, must not mislead."""
    lines = ["Groups", "", f"Name{delimiter}Town", f'"Hope; Leeds"{delimiter}Leeds']
    (tmp_path / "g.csv").write_text("\n".join([*lines, f"Ubuntu, BME{delimiter}York"] * 5), "utf-8")
    rows = book_of(tmp_path / "g.csv", "g.csv", ["Name"]).grids[0].rows
    assert list(rows[2]) == ["Name", "Town"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_understood(tmp_path: Path, encoding: str) -> None:
    """Excel writes three of these, and says which in none of them."""
    (tmp_path / "g.csv").write_text("Name,Town\nCafé Siân,Ynys Môn\n", encoding)
    assert book_of(tmp_path / "g.csv", "g.csv").grids[0].cell(1, 0) == "Café Siân"


def test_the_line_that_names_the_delimiter_is_no_row(tmp_path: Path) -> None:
    """Some programs write `sep=;` first; the rows below keep their numbers."""
    (tmp_path / "g.csv").write_text("sep=;\nName;Town\n", "utf-8")
    grid = book_of(tmp_path / "g.csv", "g.csv").grids[0]
    assert list(grid.rows) == [[], ["Name", "Town"]]


def test_an_unclosed_quotation_mark_is_said_and_the_rows_above_are_read(tmp_path: Path) -> None:
    """It would swallow the rest of the file in silence."""
    (tmp_path / "g.csv").write_text('Name,Town\nUbuntu,Leeds\n"Hope,York\nJoy,Hull\n', "utf-8")
    book = book_of(tmp_path / "g.csv", "g.csv")
    assert len(book.grids[0].rows) == 2
    assert [(n.outcome, n.spot.row) for n in book.notes] == [(Outcome.REFUSED, 3)]


def test_a_file_of_nul_bytes_is_refused(tmp_path: Path) -> None:
    """It is no text, whatever its name."""
    (tmp_path / "g.csv").write_bytes(b"\x00" * 5000)
    with pytest.raises(UnreadableFileError, match="NUL"):
        book_of(tmp_path / "g.csv", "g.csv")


@pytest.mark.parametrize("content", [b"", b"\n" * 5000, b",,,;\r\n" * 5000])
def test_a_file_of_blanks_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nothing would be imported, and nobody told why."""
    (tmp_path / "g.csv").write_bytes(content)
    with pytest.raises(UnreadableFileError, match="nothing but blanks"):
        book_of(tmp_path / "g.csv", "g.csv")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """Half a gigabyte of noughts packs into less than a megabyte."""
    with zipfile.ZipFile(tmp_path / "g.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(6):
            archive.writestr(f"xl/media/{part}.bin", b"\x00" * (100 * 2**20))
    with pytest.raises(UnreadableFileError, match="600 MB"):
        book_of(tmp_path / "g.xlsx", "g.xlsx")


def test_a_sheet_of_two_hundred_megabytes_of_blanks_is_refused(tmp_path: Path) -> None:
    """A sheet formatted to its last row looks empty and takes minutes to read."""
    file = workbook(tmp_path, [["Name"]])
    blanks = b'<row><c r="A1" s="1"/></row>' * (200 * 2**20 // 28)
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b"<worksheet><sheetData>" + blanks
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(UnreadableFileError, match=r"200 MB.*delete the blank rows"):
        book_of(file, "groups.xlsx")


def test_links_to_other_workbooks_are_said_and_not_followed(tmp_path: Path) -> None:
    """The values last seen stand; nothing is fetched."""
    file = workbook(tmp_path, [["Name"]])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    assert [note.code for note in book_of(file, "g").notes] == ["external-links"]


def test_a_web_page_called_xls_is_refused_with_advice(tmp_path: Path) -> None:
    """Some databases export HTML under a spreadsheet's name."""
    (tmp_path / "g.xls").write_bytes(b"<html><table></table></html>")
    with pytest.raises(UnreadableFileError, match=r"save it as \.xlsx"):
        book_of(tmp_path / "g.xls", "g.xls")


@pytest.mark.parametrize("name", ["g.xlsx", "g.ods", "g.xls"])
def test_a_broken_file_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    """A download that stopped half way is no traceback."""
    for start in (b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken"):
        (tmp_path / name).write_bytes(start)
        with pytest.raises(UnreadableFileError, match="cannot be read"):
            book_of(tmp_path / name, name)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    """A zip of photographs is no register."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    (tmp_path / "g.xlsx").write_bytes(content.getvalue())
    with pytest.raises(UnreadableFileError, match="holds no spreadsheet"):
        book_of(tmp_path / "g.xlsx", "g.xlsx")


def test_spreadsheets_are_known_by_their_names(tmp_path: Path) -> None:
    """A folder called groups.csv is none."""
    (tmp_path / "groups.csv").mkdir()
    assert not is_spreadsheet(tmp_path / "groups.csv")
    assert is_spreadsheet(workbook(tmp_path, [["Name"]]))
