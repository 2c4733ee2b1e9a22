"""The rows of a spreadsheet, under headings that were agreed on, as a draft of a register."""

from collections.abc import Collection, Sequence
from collections.abc import Mapping as Cells

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, Note, Outcome
from netmap.exchange.grids import Book, Grid
from netmap.exchange.spreadsheets import headings, persons
from netmap.exchange.spreadsheets.cells import Cutter, Mend, Place, places
from netmap.exchange.spreadsheets.mapping import Mapping, SheetMapping
from netmap.exchange.spreadsheets.mending import mend as mend_cell
from netmap.exchange.spreadsheets.proposal import Proposal, SheetProposal
from netmap.exchange.spreadsheets.referring import refer
from netmap.exchange.spreadsheets.rows import Body, Line
from netmap.exchange.spreadsheets.taking import RowsRead, aside, take, under_short_keys
from netmap.exchange.spreadsheets.which_table import can_be
from netmap.networks.models import TABLES
from netmap.vocabulary import Vocabularies

KIND, UNIT = "spreadsheet", "rows"
_WIDE, _FEW = 3, 4
# What is the matter with a sheet, rather than how the file was opened.
_NOT_READ = frozenset({"no-headings", "empty-sheet", "sheet-not-read"})


def read(
    book: Book,
    proposal: Proposal,
    mapping: Mapping,
    vocabularies: Vocabularies,
    mend: Mend = mend_cell,
) -> Draft:
    """Read the rows of a spreadsheet.

    Args:
        book: The file.
        proposal: What its sheets were taken to be.
        mapping: What was agreed about their headings; what it does not know is kept as a column of
            people's own.
        vocabularies: The controlled terms of this workspace.
        mend: What turns the text of a cell into a register's.

    Returns:
        The draft. Rows read are those taken and those set aside; blank rows are none. Sheets that
        are not read are in its notes.

    Raises:
        UnreadableFileError: No sheet is anything a register holds.
    """
    here = RowsRead(vocabularies, mend)
    here.notes += [*book.notes, *proposal.remembered.faults]
    used = 0
    for grid, sheet in zip(book.grids, proposal.sheets, strict=True):
        here.notes += sheet.notes
        agreed = mapping.of(sheet.sheet)
        if sheet.table and agreed is not None and agreed.table in TABLES:
            used += _read_sheet(grid, sheet, agreed, here)
    if not used:
        raise UnreadableFileError(_file(book), _why(here.notes))
    rows = refer(under_short_keys(here), here.notes)
    return Draft(KIND, UNIT, here.count, rows, tuple(here.notes), tuple(here.set_aside))


def _file(book: Book) -> str:
    return book.grids[0].file if book.grids else "the file"


def _why(notes: Sequence[Note]) -> str:
    """Say why no sheet could be read, so that it can follow "cannot be read"."""
    telling = [note for note in notes if note.code in _NOT_READ] or notes
    said = [f"{note.spot}: {note.message}" if note.spot.sheet else note.message for note in telling]
    hints = dict.fromkeys(note.hint for note in telling if note.hint)
    words = " ".join([*said, *hints]).replace("; it is not read", "")
    return words.removesuffix(".") or "it has no sheet that can be read"


def _read_sheet(grid: Grid, sheet: SheetProposal, agreed: SheetMapping, here: RowsRead) -> bool:
    """Read one sheet; tell whether its headings were enough to read rows under."""
    where = places(agreed, sheet.matches, here.vocabularies)
    known = {place.column for place in where if place.table == agreed.table}
    if not can_be(agreed.table, known) or sheet.heading_row is None:
        message = f"no heading says what the {agreed.table} are called; the sheet is not read."
        spot = grid.spot(None if sheet.heading_row is None else sheet.heading_row - 1)
        hint = "Say which column is the name."
        here.notes.append(Note(Outcome.REFUSED, "sheet-not-read", message, spot, hint=hint))
        return False
    heading = sheet.heading_row - 1
    here.notes += _unanswered(grid, sheet, agreed, heading)
    asked = {m.column for m in sheet.questions if headings.identity(m.heading) not in agreed.by_key}
    unnamed = agreed.table == "activities" and "name" not in known
    after_owner = unnamed and "name" not in asked
    fixed = _said_by_headings(agreed, where, sheet, grid, here, after_owner=after_owner)
    columns = frozenset(known)
    people = persons.lists_people([match.heading for match in sheet.matches])
    cutter = Cutter(
        grid, agreed.table, where, here.vocabularies, here.mend, columns, after_owner, people
    )
    areas = frozenset(place.index for place in where if place.column == "area")
    lines = list(Body(grid, heading, grid.rows[heading], areas).lines())
    for line in lines:
        here.count += 1
        if line.aside is not None:
            here.set_aside.append(aside(grid, line, *line.aside))
            continue
        cells = cutter.cut(line)
        here.notes += cells.notes
        take(line, cutter, cells, fixed, here)
    here.notes += _only_names(grid, lines, columns)
    return True


def _only_names(grid: Grid, lines: Sequence[Line], columns: Collection[str]) -> list[Note]:
    """Point out rows that have but a name, where few have: they may be titles among the rows."""
    bare = [line for line in lines if line.aside is None and len(line.cells) == 1]
    if len(columns) < _WIDE or len(bare) * _FEW > len(lines):
        return []
    message = "the row has but this one cell; if it is a title among the rows, it is no row."
    hint = "Take it out of the sheet, or leave it if it is what it says."
    return [
        Note(
            Outcome.WARNED,
            "one-cell",
            message,
            grid.spot(line.row, column),
            " ".join(text.split()),
            hint=hint,
        )
        for line in bare
        for column, text in line.cells.items()
    ]


def _unanswered(grid: Grid, sheet: SheetProposal, agreed: SheetMapping, row: int) -> list[Note]:
    """Say which questions nobody was asked; their headings are kept as columns of people's own."""
    message = "may mean '{}'; nobody was asked, and it is kept as a column of your own."
    hint = "Add --yes if it does, or import it in a terminal to be asked."
    return [
        Note(
            Outcome.WARNED,
            "heading-not-agreed",
            message.format(match.column),
            grid.spot(row, match.index),
            match.heading,
            hint=hint,
        )
        for match in sheet.questions
        if headings.identity(match.heading) not in agreed.by_key
    ]


def _said_by_headings(
    agreed: SheetMapping,
    where: Sequence[Place],
    sheet: SheetProposal,
    grid: Grid,
    here: RowsRead,
    *,
    after_owner: bool,
) -> Cells[str, str]:
    """Give the cells that every row of a sheet has because its headings say so."""
    columns = {place.column for place in where}
    spot = grid.spot((sheet.heading_row or 1) - 1)
    if after_owner:
        message = "no column names the activities; each is called after its organisation."
        here.notes.append(Note(Outcome.MENDED, "named-after-organisation", message, spot))
    if agreed.table != "populations" or "measure" in columns:
        return {}
    communities = here.vocabularies["community"]
    counted = [
        m for m in sheet.matches if agreed.by_key.get(headings.identity(m.heading)) in communities
    ]
    if not counted or not all(headings.counts_percent(match.heading) for match in counted):
        return {}
    message = "the headings say that the numbers are percentages."
    here.notes.append(Note(Outcome.MENDED, "percentages", message, spot, became="percent"))
    return {"measure": "percent"}
