"""Files as people leave them, and CSV as netmap writes it."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.findings import Finding
from netmap.tables import Table, column_letter, guarded, read_csv, read_tables, tidy, write_csv

KNOWN = {"organisations": ("id", "name", "area", "verified_on"), "areas": ("code", "name")}
REQUIRED = {"organisations": ("id", "name")}
NAME = "organisations.csv"


def read(folder: Path, **files: bytes | str) -> tuple[dict[str, Table], list[Finding]]:
    """Write files into a folder (``organisations`` is a CSV) and read its tables."""
    for name, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        (folder / f"{name}.csv").write_bytes(raw)
    return read_tables(folder, "n", KNOWN, REQUIRED)


def names(table: Table) -> list[tuple[int, str | None]]:
    """Give each row's number and name."""
    return [(row.number, row.cells.get("name")) for row in table.rows]


def codes(findings: list[Finding]) -> list[str]:
    """Give the findings' codes."""
    return [finding.code for finding in findings]


def workbook(**sheets: list[list[object]]) -> openpyxl.Workbook:
    """Make a workbook with these sheets."""
    book = openpyxl.Workbook()
    if book.active is not None:
        book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


# ---------------------------------------------------------------------- CSV


@pytest.mark.parametrize(
    ("content", "quirks"),
    [
        ("id,name\na,Café\n".encode(), ()),
        ("id,name\r\na,Café\r\n".encode("utf-8-sig"), ("a byte-order mark",)),
        ("id;name\na;Café\n".encode("cp1252"), ("Windows text (cp1252)", "';' between cells")),
        ("id\tname\na\tCafé\n".encode(), ("tabs between cells",)),
        ("id\tname\na\tCafé\n".encode("utf-16"), ("UTF-16 text", "tabs between cells")),
        ("id|name\na|Cafe\u0301\n".encode(), ("'|' between cells",)),
    ],
)
def test_a_csv_file_is_read_however_excel_saved_it(
    tmp_path: Path, content: bytes, quirks: tuple[str, ...]
) -> None:
    """Nobody should have to know what an encoding is, but the file's habits are told."""
    tables, findings = read(tmp_path, organisations=content)
    assert names(tables["organisations"]) == [(2, "Café")]
    assert tables["organisations"].quirks == quirks
    assert findings == []


def test_headings_match_in_any_case_with_spaces_or_underscores(tmp_path: Path) -> None:
    """`Verified On` is `verified_on`, and column order is free."""
    tables, findings = read(tmp_path, organisations="Verified On,NAME,I-d\n2026-01-01,Hub,a\n")
    (row,) = tables["organisations"].rows
    assert row.cells == {"verified_on": "2026-01-01", "name": "Hub", "id": "a"}
    assert findings == []


def test_blank_lines_and_quoted_line_breaks_keep_spreadsheet_row_numbers(tmp_path: Path) -> None:
    """People look the row up in Excel, where a cell with two lines is still one row."""
    text = 'id,name\n\na,"two\nlines"\n,\nb,Last\n'
    tables, _ = read(tmp_path, organisations=text)
    assert names(tables["organisations"]) == [(3, "two\nlines"), (5, "Last")]


def test_more_cells_than_headings_are_told(tmp_path: Path) -> None:
    """An unquoted comma shifts a row; the place says where to look."""
    _, (finding,) = read(tmp_path, organisations="id,name\na,Leeds, Mind\n")
    assert finding.code == "extra-cells"
    assert (finding.place.row, finding.place.column) == (2, "column C")
    assert finding.value == "Mind"


def test_a_column_without_heading_is_kept_and_told_once(tmp_path: Path) -> None:
    """Two values, one finding; an empty column is nobody's business."""
    text = "id,name,,\na,A,x,\nb,B,y,\n"
    tables, (finding,) = read(tmp_path, organisations=text)
    assert (finding.code, finding.place.row, finding.place.column) == (
        "missing-heading",
        1,
        "column C",
    )
    assert tables["organisations"].rows[0].cells["column C"] == "x"


def test_a_heading_that_stands_twice_is_told_once(tmp_path: Path) -> None:
    """The first column counts."""
    tables, (finding,) = read(tmp_path, organisations="id,name,Name\na,first,second\n")
    assert (finding.code, finding.place.column) == ("duplicate-heading", "Name")
    assert names(tables["organisations"]) == [(2, "first")]


def test_a_table_without_a_needed_heading_is_one_finding_with_the_likely_one(
    tmp_path: Path,
) -> None:
    """Not one finding for every row."""
    tables, (finding,) = read(tmp_path, organisations="id,nmae\na,A\nb,B\n")
    assert (finding.code, finding.place.row, finding.place.column) == ("missing-heading", 1, "name")
    assert finding.hint == "Did you mean 'nmae'?"
    assert tables == {}


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n", b" \r\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    """However it came to be empty."""
    tables, findings = read(tmp_path, organisations=content)
    assert codes(findings) == ["empty-file"]
    assert tables == {}


@pytest.mark.parametrize(
    "content", [b"id,name\na,\x00\x01\x02", "id,name\na,b\n".encode("utf-16-le")]
)
def test_bytes_that_are_no_text_are_one_finding(tmp_path: Path, content: bytes) -> None:
    """A picture renamed to CSV must not become rows."""
    tables, (finding,) = read(tmp_path, organisations=content)
    assert (finding.code, finding.place.file) == ("unreadable-file", "n/organisations.csv")
    assert tables == {}


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(tmp_path: Path) -> None:
    """It would swallow every row after it without a word."""
    tables, (finding,) = read(tmp_path, organisations='id,name\na,A\nb,"B\nc,C\nd,D\n')
    assert names(tables["organisations"]) == [(2, "A")]
    assert (finding.code, finding.place.row) == ("unclosed-quote", 3)


def test_a_quotation_mark_inside_a_cell_is_only_a_mark(tmp_path: Path) -> None:
    """A 5" pipe and a height of 6' are no faults."""
    tables, findings = read(tmp_path, organisations='id,name\na,5" pipe\nb,B\n')
    assert names(tables["organisations"]) == [(2, '5" pipe'), (3, "B")]
    assert findings == []


def test_a_formula_is_never_taken_for_a_value(tmp_path: Path) -> None:
    """It would run in the next spreadsheet; a leading minus or plus is only text."""
    tables, (finding,) = read(
        tmp_path, organisations='id,name\na,"=HYPERLINK(""http://x"")"\nb,+44 113\nc,-\n'
    )
    assert (finding.code, finding.place.row, finding.place.column) == ("formula", 2, "name")
    assert tables["organisations"].rows[0].emptied == {"name"}
    assert names(tables["organisations"])[1:] == [(3, "+44 113"), (4, "-")]


def test_markup_is_told_and_kept_as_text(tmp_path: Path) -> None:
    """It is escaped wherever it is shown; `<5` is no markup."""
    tables, (finding,) = read(
        tmp_path, organisations="id,name\na,<script>alert(1)</script>\nb,ages <5 and >65\n"
    )
    assert (finding.code, finding.place.row) == ("markup", 2)
    assert names(tables["organisations"])[0] == (2, "<script>alert(1)</script>")


def test_control_characters_leave_a_cell() -> None:
    """They break XML, terminals and calendars."""
    assert tidy(" a\u0007b\u2028c\ufeff\u00a0 ") == "abc"


def test_what_is_no_table_is_told_with_the_likely_one(tmp_path: Path) -> None:
    """A misnamed file must not silently be missing; Excel's lock is no file of anybody's."""
    (tmp_path / "~$register.xlsx").write_bytes(b"lock")
    (tmp_path / ".~lock.register.xlsx#").write_bytes(b"lock")
    (tmp_path / "network.toml").touch()
    (tmp_path / "organisation.xlsx").write_bytes(b"")
    _, findings = read(tmp_path, orgnaisations="id,name\n", areas="code,name\n")
    assert [(f.code, f.place.file, f.hint) for f in findings] == [
        ("stray-file", "n/orgnaisations.csv", "Did you mean 'organisations'?"),
        ("stray-file", "n/organisation.xlsx", "Did you mean 'organisations'?"),
    ]


def test_one_csv_file_beside_a_register_is_read_alike(tmp_path: Path) -> None:
    """Venues and sessions have the same habits."""
    file = tmp_path / "venues.csv"
    file.write_bytes(b"ID;Name\nhall;Town Hall\n")
    table, findings = read_csv(file, "events/venues.csv", ("id", "name"), ("id",))
    assert table.rows[0].cells == {"id": "hall", "name": "Town Hall"}
    assert findings == []
    with pytest.raises(UnreadableFileError):
        read_csv(tmp_path / "gone.csv", "gone.csv", ("id",), ())


def test_columns_are_named_as_a_spreadsheet_does() -> None:
    """So that people find them."""
    assert [column_letter(n) for n in (0, 25, 26, 27, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AB",
        "ZZ",
        "AAA",
    ]


# ---------------------------------------------------------------------- workbooks


def test_numbers_and_dates_typed_in_excel_become_what_people_typed(tmp_path: Path) -> None:
    """7.0 is 7, a date is ISO, and a tick is yes."""
    rows: list[list[object]] = [
        ["id", "name", "area", "verified_on"],
        ["a", 7.0, True, dt.datetime(2026, 3, 31)],  # noqa: DTZ001  # as Excel has it
        ["b", 0.5, None, dt.date(2026, 4, 1)],
    ]
    workbook(Organisations=rows).save(tmp_path / "register.xlsx")
    tables, findings = read(tmp_path)
    assert [row.cells for row in tables["organisations"].rows] == [
        {"id": "a", "name": "7", "area": "yes", "verified_on": "2026-03-31"},
        {"id": "b", "name": "0.5", "verified_on": "2026-04-01"},
    ]
    assert tables["organisations"].file == "n/register.xlsx#Organisations"
    assert findings == []


def test_a_formula_that_was_never_worked_out_is_told(tmp_path: Path) -> None:
    """A program wrote it and no spreadsheet has opened it since: there is no value."""
    rows: list[list[object]] = [["id", "name"], ["a", "=1+1"]]
    workbook(organisations=rows).save(tmp_path / "register.xlsx")
    _, (finding,) = read(tmp_path)
    assert (finding.code, finding.place.file, finding.place.row, finding.place.column) == (
        "formula",
        "n/register.xlsx#organisations",
        2,
        "name",
    )


def test_hidden_and_stray_sheets_are_told_and_not_read(tmp_path: Path) -> None:
    """What people do not see should not be in their register."""
    book = workbook(organisations=[["id", "name"], ["a", "A"]], areas=[["code"]], Sheet3=[["x"]])
    book["areas"].sheet_state = "hidden"
    book.save(tmp_path / "register.xlsx")
    tables, findings = read(tmp_path)
    assert list(tables) == ["organisations"]
    assert [(f.code, f.value) for f in findings] == [
        ("hidden-sheet", "areas"),
        ("stray-sheet", "Sheet3"),
    ]


def test_blank_rows_of_a_sheet_keep_row_numbers(tmp_path: Path) -> None:
    """As in a CSV file."""
    rows: list[list[object]] = [["id", "name"], [], [None, " "], ["a", "A"]]
    workbook(organisations=rows).save(tmp_path / "register.xlsx")
    tables, _ = read(tmp_path)
    assert names(tables["organisations"]) == [(4, "A")]


def rezipped(book: openpyxl.Workbook, old: bytes, new: bytes) -> bytes:
    """Save a workbook with some bytes of its first sheet replaced."""
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                assert old in content
                content = content.replace(old, new)
            target.writestr(entry.filename, content)
    return changed.getvalue()


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    """Some programs write A1 whatever is there; three of four rows would be lost unsaid."""
    book = workbook(organisations=[["id", "name"], ["a", "A"], ["b", "B"], ["c", "C"]])
    content = rezipped(book, b'<dimension ref="A1:B4"', b'<dimension ref="A1:B2"')
    (tmp_path / "register.xlsx").write_bytes(content)
    tables, _ = read(tmp_path)
    assert names(tables["organisations"]) == [(2, "A"), (3, "B"), (4, "C")]


@pytest.mark.parametrize("content", [b"", b"id,name\na,A\n", b"PK\x03\x04broken"])
def test_a_workbook_that_is_no_zip_is_one_finding(tmp_path: Path, content: bytes) -> None:
    """A CSV renamed to .xlsx, or half a download."""
    (tmp_path / "register.xlsx").write_bytes(content)
    tables, (finding,) = read(tmp_path)
    assert (finding.code, finding.place.file) == ("unreadable-file", "n/register.xlsx")
    assert tables == {}


def test_a_zip_that_is_no_workbook_is_one_finding(tmp_path: Path) -> None:
    """A zipped folder renamed."""
    with zipfile.ZipFile(tmp_path / "register.xlsx", "w") as archive:
        archive.writestr("letter.txt", "dear")
    _, (finding,) = read(tmp_path)
    assert finding.code == "unreadable-file"


def test_a_broken_sheet_is_one_finding_and_the_others_are_read(tmp_path: Path) -> None:
    """It is only met while its rows are read."""
    book = workbook(organisations=[["id", "name"], ["a", "A"]], areas=[["code"], ["x"]])
    content = rezipped(book, b"</sheetData>", b"<c></sheetData>")
    (tmp_path / "register.xlsx").write_bytes(content)
    tables, (finding,) = read(tmp_path)
    assert (finding.code, finding.place.file) == (
        "unreadable-file",
        "n/register.xlsx#organisations",
    )
    assert list(tables) == ["areas"]


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """Half a megabyte that unpacks to 513 MB would stop the machine it is checked on."""
    file = tmp_path / "register.xlsx"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as sheet,
    ):
        for _ in range(513):
            sheet.write(bytes(2**20))
    assert file.stat().st_size < 2**22
    _, (finding,) = read(tmp_path)
    assert finding.code == "unreadable-file"
    assert "unpacks to 513 MB" in finding.message


# ---------------------------------------------------------------------- Parquet, several places


def test_a_parquet_table_reads_like_the_same_csv(tmp_path: Path) -> None:
    """Lists, dates, missing numbers and yes/no are written as people would."""
    content = pa.table(
        {
            "id": ["a", "b"],
            "name": [["x", "y"], None],
            "area": [1.0, float("nan")],
            "verified_on": [dt.date(2026, 3, 31), None],
        }
    )
    pq.write_table(content, tmp_path / "organisations.parquet")
    tables, findings = read(tmp_path)
    assert [(row.number, row.cells) for row in tables["organisations"].rows] == [
        (2, {"id": "a", "name": "x; y", "area": "1", "verified_on": "2026-03-31"}),
        (3, {"id": "b"}),
    ]
    assert findings == []


def test_broken_parquet_is_one_finding(tmp_path: Path) -> None:
    """Half a download."""
    (tmp_path / "areas.parquet").write_bytes(b"PAR1")
    _, (finding,) = read(tmp_path)
    assert (finding.code, finding.place.file) == ("unreadable-file", "n/areas.parquet")


def test_a_table_in_two_places_is_read_from_the_first_and_told(tmp_path: Path) -> None:
    """CSV before workbook before Parquet; both at once would be two truths."""
    workbook(organisations=[["id", "name"], ["x", "X"]]).save(tmp_path / "register.xlsx")
    pq.write_table(pa.table({"id": ["y"], "name": ["Y"]}), tmp_path / "organisations.parquet")
    tables, findings = read(tmp_path, organisations="id,name\na,A\n")
    assert names(tables["organisations"]) == [(2, "A")]
    assert [(f.code, f.place.file) for f in findings] == [
        ("table-twice", "n/register.xlsx#organisations"),
        ("table-twice", "n/organisations.parquet"),
    ]


# ---------------------------------------------------------------------- writing


@pytest.mark.parametrize("text", ["=1+1", "+44 113", "-5", "@home", "\t=1", "\r=1", "\n=1"])
def test_a_cell_that_would_run_is_guarded(text: str) -> None:
    """A name typed by a stranger must not run on the commissioner's computer."""
    assert write_csv(["name"], [{"name": text}]).decode().splitlines()[1].lstrip('"')[0] == "'"
    assert guarded(text) == f"'{text}"


def test_numbers_are_not_guarded_and_values_are_written_as_read() -> None:
    """A negative longitude stays a number; lists, dates and yes/no come back."""
    row = {
        "n": -1.5,
        "whole": 7.0,
        "yes": True,
        "none": None,
        "list": ["b", "a"],
        "set": frozenset({"b", "a"}),
        "day": dt.date(2026, 3, 31),
        "at": dt.datetime(2026, 3, 31, 18, 0),  # noqa: DTZ001  # local by design
        "left out": "x",
    }
    columns = [key for key in row if key != "left out"]
    assert write_csv(columns, [row]).decode().splitlines()[1] == (
        "-1.5,7,yes,,b;a,a;b,2026-03-31,2026-03-31T18:00:00"
    )


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(cells=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_what_is_written_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    """Imports and plans write CSV that people and netmap read again."""
    tidied = [(tidy(one), tidy(other)) for one, other in cells]
    # An apostrophe people typed before such a sign is what guarding writes.
    wanted = [
        {key: value for key, value in (("id", one), ("name", other)) if value}
        for one, other in tidied
        if not {one[:2], other[:2]} & {"'=", "'+", "'-", "'@"}
    ]
    file = tmp_path_factory.mktemp("written") / "x.csv"
    file.write_bytes(write_csv(["id", "name"], wanted))
    table, findings = read_csv(file, "x.csv", ("id", "name"), ())
    assert [dict(row.cells) for row in table.rows] == [row for row in wanted if row]
    assert [f for f in findings if f.code != "markup"] == []


def test_what_no_file_can_hold_is_left_out_of_a_csv() -> None:
    """A lone carriage return would break the row in two; half a character cannot be written."""
    written = write_csv(["id", "name"], [{"id": "a", "name": "One\rTwo\x00 \ud800end"}])
    assert written == b'id,name\na,"One\nTwo end"\n'
