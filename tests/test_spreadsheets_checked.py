"""The copy of people's own workbook that says what netmap noticed."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grids.grid import Book, Grid
from netmap.exchange.spreadsheets.checked import checked_workbook
from netmap.exchange.spreadsheets.marking import painting, problem_sheet
from netmap.exchange.spreadsheets.marking.marks import COLOURS, WORDS
from netmap.exchange.spreadsheets.marking.problem_sheet import free_title

FILE = "groups.xlsx"
LINKS = b"""<?xml version="1.0"?><externalLink
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"""


def spot(row: int | None, column: str = "", sheet: str = "Groups") -> Spot:
    """Name a cell."""
    return Spot(FILE, sheet, row, column)


MENDED = Note(
    Outcome.MENDED, "postcode", "the space was missing.", spot(2, "B"), "LS11UR", "LS1 1UR"
)
WARNED = Note(Outcome.WARNED, "date-order", "two readings.", spot(2, "C"), "3/4/26", "2026-04-03")
REFUSED = Note(
    Outcome.REFUSED, "bad-date", "it is no date.", spot(3, "C"), "soon", None, "Write it out."
)
ASIDE = Note(Outcome.REFUSED, "no-name", "it has no name.", spot(4))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Make a workbook with a formula, a text that begins with =, a comment and a merged cell."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Groups"
    for row in (["Name", "Postcode", "Checked", "Sum"], ["A", "LS11UR", "3/4/26", "=1+1"]):
        sheet.append(row)
    sheet.append(["=2+2", "LS1 1UR", "soon", 7])
    sheet["A3"].data_type = "s"
    sheet["A3"].font = Font(bold=True, color="FFFFFF")
    sheet["A3"].fill = PatternFill("solid", fgColor="000000")
    sheet["C3"].comment = Comment("ask Jo", "Kim")
    sheet["A4"] = "merged"
    sheet.merge_cells("A4:B5")
    sheet.column_dimensions["A"].width = 33
    file = tmp_path / FILE
    book.save(file)
    return file


def reopened(content: bytes) -> Any:
    """Open what was written."""
    return openpyxl.load_workbook(io.BytesIO(content))


def fills(sheet: Any) -> dict[str, str]:
    """Give the colour of each coloured cell."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb[2:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid"
    }


def formulas(content: bytes) -> int:
    """Count the formulas in all sheets, as the file itself has them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(
            archive.read(name).count(b"<f>") + archive.read(name).count(b"<f ")
            for name in archive.namelist()
            if name.endswith(".xml")
        )


def checked(file: Path, *notes: Note, aside: tuple[Note, ...] = ()) -> bytes:
    """Mark a workbook."""
    return checked_workbook(file, FILE, Book(()), notes, aside)


def test_problem_cells_have_the_colour_of_their_worst_note(workbook: Path) -> None:
    """People look for colours first."""
    also = Note(Outcome.MENDED, "blank", "a blank.", spot(3, "C"), "soon", "soon")
    sheet = reopened(checked(workbook, MENDED, WARNED, also, REFUSED))["Groups"]
    assert fills(sheet) == {
        "B2": COLOURS[Outcome.MENDED],
        "C2": COLOURS[Outcome.WARNED],
        "C3": COLOURS[Outcome.REFUSED],
        "A3": "000000",
    }


def test_each_comment_begins_with_the_word_for_its_colour(workbook: Path) -> None:
    """Who cannot tell the colours apart reads the word."""
    sheet = reopened(checked(workbook, MENDED, WARNED, REFUSED))["Groups"]
    assert sheet["B2"].comment.text == "Mended: the space was missing. Taken: LS1 1UR"
    assert sheet["C2"].comment.text == "Please look: two readings. Taken: 2026-04-03"
    assert sheet["C3"].comment.text.startswith("Not taken: it is no date. Write it out.")
    assert sheet["B2"].comment.author == "netmap"


def test_the_comment_somebody_wrote_stays(workbook: Path) -> None:
    """It is their workbook."""
    sheet = reopened(checked(workbook, REFUSED))["Groups"]
    assert sheet["C3"].comment.text.endswith("Kim wrote: ask Jo")


def test_colours_differ_in_lightness_and_black_reads_well_on_each() -> None:
    """Printed in grey, and for eyes that see no red, three outcomes are still three."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lights = [light(COLOURS[outcome]) + 0.05 for outcome in Outcome]
    assert lights[0] > 1.3 * lights[1] > 1.3 * 1.3 * lights[2]
    assert min(lights) / 0.05 > 4.5
    assert len(set(WORDS.values())) == 3


def test_a_row_set_aside_is_marked_in_its_first_cell(workbook: Path) -> None:
    """The reason stands where the row begins."""
    aside = Note(Outcome.REFUSED, "no-name", "it has no name.", spot(3))
    book = reopened(checked(workbook, aside=(aside,)))
    cell = book["Groups"]["A3"]
    assert cell.comment.text == "Not taken: this row was set aside: it has no name."
    assert cell.fill.fgColor.rgb[2:] == COLOURS[Outcome.REFUSED]
    # White letters would be lost on the new ground.
    assert (cell.font.color.rgb[2:], cell.font.b) == ("000000", True)


def test_a_note_on_a_merged_cell_is_on_the_cell_that_shows(workbook: Path) -> None:
    """The cells beneath cannot be seen."""
    note = Note(Outcome.WARNED, "merged", "look.", spot(5, "B"), "merged")
    sheet = reopened(checked(workbook, note))["Groups"]
    assert sheet["A4"].comment.text == "Please look: look."


def test_problems_stand_first_with_a_key_and_links(workbook: Path) -> None:
    """The workbook opens at the list, and each line leads to its cell."""
    whole = Note(Outcome.WARNED, "hidden-sheet", "a sheet is hidden.", Spot(FILE))
    book = reopened(checked(workbook, MENDED, WARNED, REFUSED, whole, aside=(ASIDE,)))
    assert book.sheetnames == ["Problems", "Groups"]
    sheet = book.active
    assert sheet.title == "Problems"
    assert [s.sheet_view.tabSelected for s in book.worksheets] == [True, False]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == f"What netmap noticed in {FILE}"
    assert [row[:1] for row in rows[1:4]] == [["Not taken"], ["Please look"], ["Mended"]]
    assert [str(row[1])[:2] for row in rows[1:4]] == ["2:", "2:", "1:"]
    heading = next(at for at, row in enumerate(rows, 1) if row[0] == "Where")
    assert sheet.freeze_panes == f"A{heading + 1}"
    assert sheet.auto_filter.ref == f"A{heading}:F{heading + 5}"
    assert [row[:5] for row in rows[heading:]] == [
        [FILE, "Please look", None, None, "A sheet is hidden."],
        ["Groups!B2", "Mended", "LS11UR", "LS1 1UR", "The space was missing."],
        ["Groups!C2", "Please look", "3/4/26", "2026-04-03", "Two readings."],
        ["Groups!C3", "Not taken", "soon", "left empty", "It is no date."],
        ["Groups row 4", "Not taken", None, "the row was set aside", "It has no name."],
    ]
    assert sheet.cell(heading + 2, 1).hyperlink.location == "'Groups'!B2"
    assert sheet.cell(heading + 5, 1).hyperlink.location == "'Groups'!A4"
    assert sheet.cell(heading + 1, 1).hyperlink is None


def test_a_sheet_of_the_same_name_is_theirs() -> None:
    """Whatever its case: Excel makes no difference."""
    assert free_title(["Groups"]) == "Problems"
    assert free_title(["problems"]) == "Problems (netmap)"
    assert free_title(["Problems", "PROBLEMS (netmap)"]) == "Problems (netmap 2)"


def test_the_users_own_formulas_and_widths_stay_and_none_is_added(workbook: Path) -> None:
    """A copy that computes less than theirs is of no use; one that computes more is a danger."""
    evil = Note(Outcome.REFUSED, "x", "=1+1", spot(2, "A"), '=HYPERLINK("http://x")', "+1", "@A1")
    content = checked(workbook, evil, aside=(ASIDE,))
    assert formulas(content) == 1
    book = reopened(content)
    assert (book["Groups"]["D2"].value, book["Groups"]["D2"].data_type) == ("=1+1", "f")
    assert (book["Groups"]["A3"].value, book["Groups"]["A3"].data_type) == ("=2+2", "s")
    assert book["Groups"].column_dimensions["A"].width == 33
    listed = [[cell.value for cell in row] for row in book["Problems"].iter_rows()]
    assert ['=HYPERLINK("http://x")', "+1", "=1+1", "@A1"] in [row[2:] for row in listed]


def test_the_same_file_gives_the_same_bytes(workbook: Path) -> None:
    """Importing twice changes nothing."""
    assert checked(workbook, MENDED, REFUSED) == checked(workbook, MENDED, REFUSED)
    with zipfile.ZipFile(io.BytesIO(checked(workbook))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z</dcterms:modified>" in archive.read("docProps/core.xml")


def test_a_copy_has_no_links_to_other_workbooks(workbook: Path, tmp_path: Path) -> None:
    """Opening the copy must not open, or ask for, another file."""
    book = openpyxl.load_workbook(workbook)
    book["Groups"]["D3"] = "='[1]Budget'!A1"
    book.save(workbook)
    linked = tmp_path / "linked.xlsx"
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(linked, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/externalLinks/externalLink1.xml", LINKS)
    content = checked(linked, MENDED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "external" in name.casefold()]
        assert not [name for name in archive.namelist() if b"[1]Budget" in archive.read(name)]
    assert reopened(content)["Groups"]["D2"].value == "=1+1"


def test_comments_are_few_enough_for_excel_and_the_rest_is_said(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst keep their comments; what has none is coloured and listed."""
    monkeypatch.setattr(painting, "MOST_COMMENTS", 1)
    book = reopened(checked(workbook, MENDED, REFUSED))
    assert book["Groups"]["B2"].comment is None
    assert book["Groups"]["B2"].fill.fgColor.rgb[2:] == COLOURS[Outcome.MENDED]
    assert book["Groups"]["C3"].comment is not None
    said = [row[0].value for row in book["Problems"].iter_rows() if row[0].value]
    assert any("1 more are coloured" in text for text in said)


def test_a_list_that_is_cut_short_says_so(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody should take the first hundred thousand for all."""
    monkeypatch.setattr(problem_sheet, "MOST_PROBLEMS", 2)
    sheet = reopened(checked(workbook, MENDED, WARNED, REFUSED))["Problems"]
    texts = [row[0].value for row in sheet.iter_rows()]
    assert "Only the first 2 of 3 problems are listed here." in texts
    assert "Groups!C3" not in texts


def test_a_csv_becomes_a_workbook_of_text(tmp_path: Path) -> None:
    """Leading zeros, equals signs and signs of markup come back as they were typed."""
    file = tmp_path / "my groups.csv"
    file.write_text("see the grid", encoding="utf-8")
    rows = [["Name", "Phone"], ["=1+1", "01132"], ["<b> & co", " +44", "\x07"], [], ["last"]]
    grid = Grid(file.name, "", rows)
    note = Note(Outcome.MENDED, "phone", "a 0.", Spot(file.name, "", 2, "B"), "1132", "01132")
    aside = Note(Outcome.REFUSED, "no-name", "no name.", Spot(file.name, "", 4))
    content = checked_workbook(file, file.name, Book((grid,)), [note], [aside])
    assert formulas(content) == 0
    book = reopened(content)
    assert book.sheetnames == ["Problems", "my groups"]
    sheet = book["my groups"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Name", "Phone", None],
        ["=1+1", "01132", None],
        ["<b> & co", " +44", "\ufffd"],
        [None, None, None],
        ["last", None, None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert {sheet["A2"].number_format, sheet["B2"].number_format} == {"@"}
    assert sheet["B2"].comment.text == "Mended: a 0. Taken: 01132"
    assert fills(sheet) == {"B2": COLOURS[Outcome.MENDED], "A4": COLOURS[Outcome.REFUSED]}
    assert {cell.hyperlink.location for row in book["Problems"].iter_rows() for cell in row
            if cell.hyperlink} == {"'my groups'!B2", "'my groups'!A4"}  # fmt: skip


def test_a_workbook_that_cannot_be_copied_is_made_anew(tmp_path: Path) -> None:
    """What was noticed is shown even where the file is of an older kind, or half broken."""
    for name in ("old.xls", "broken.xlsx"):
        file = tmp_path / name
        file.write_bytes(b"no workbook of the new kind")
        grids = (Grid(name, "A/B: groups", [["x"]]), Grid(name, "a b  groups", [["y"]]))
        note = Note(Outcome.WARNED, "w", "look.", Spot(name, "A/B: groups", 1, "A"), "x")
        book = reopened(checked_workbook(file, name, Book(grids), [note], []))
        assert book.sheetnames == ["Problems", "A B  groups", "a b  groups (2)"]
        assert book["A B  groups"]["A1"].comment.text == "Please look: look."
        assert book["a b  groups (2)"]["A1"].value == "y"


def test_nothing_noticed_is_said_as_well(workbook: Path) -> None:
    """An empty list could be a failure."""
    texts = [row[0].value for row in reopened(checked(workbook))["Problems"].iter_rows()]
    assert "Nothing was noticed: every cell was taken as it stands." in texts


@settings(deadline=None, max_examples=25)
@given(
    texts=st.lists(
        st.text(max_size=12)
        | st.sampled_from(["=1+1", "+1", "-1", "@x", "\t=1", "</t>", "\ufffe"]),
        min_size=4,
        max_size=4,
    )
)
def test_any_text_makes_a_workbook_without_formulas(texts: list[str]) -> None:
    """Every word of a note comes out of somebody's file."""
    value, became, message, hint = texts
    note = Note(Outcome.REFUSED, "x", message, Spot("a.csv", "", 1, "A"), value, became, hint)
    grid = Grid("a.csv", "", [[value, became]])
    content = checked_workbook(Path("a.csv"), "a.csv", Book((grid,)), [note], [])
    assert formulas(content) == 0
    types = {
        cell.data_type
        for sheet in reopened(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert types == {"s"}
