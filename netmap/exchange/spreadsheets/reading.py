"""The rows of a spreadsheet, under headings that were agreed on, as a draft of a register."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome
from netmap.exchange.grids import Book, Grid
from netmap.exchange.spreadsheets import headings
from netmap.exchange.spreadsheets.cells import Cut, Cutter, Mend, Place, places
from netmap.exchange.spreadsheets.keys import Keys, as_id, slug_of
from netmap.exchange.spreadsheets.mapping import Mapping, SheetMapping
from netmap.exchange.spreadsheets.mending import mend as mend_cell
from netmap.exchange.spreadsheets.proposal import Proposal, SheetProposal
from netmap.exchange.spreadsheets.referring import Taken, refer
from netmap.exchange.spreadsheets.rows import Body, Line
from netmap.exchange.spreadsheets.which_table import can_be
from netmap.networks.models import TABLES, required
from netmap.vocabulary import Vocabularies

KIND, UNIT = "spreadsheet", "rows"
_KEYS = frozenset({"id", "code"})


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    vocabularies: Vocabularies
    mend: Mend
    keys: Keys = field(default_factory=Keys)
    taken: list[Taken] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    set_aside: list[Note] = field(default_factory=list)
    count: int = 0


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
    here = _Read(vocabularies, mend)
    here.notes += [*book.notes, *proposal.remembered.faults]
    used = 0
    for grid, sheet in zip(book.grids, proposal.sheets, strict=True):
        here.notes += sheet.notes
        agreed = mapping.of(sheet.sheet)
        if sheet.table and agreed is not None and agreed.table in TABLES:
            used += _read_sheet(grid, sheet, agreed, here)
    if not used:
        raise UnreadableFileError(_file(book), _why(here.notes))
    rows = refer(here.taken, here.notes)
    return Draft(KIND, UNIT, here.count, rows, tuple(here.notes), tuple(here.set_aside))


def _file(book: Book) -> str:
    return book.grids[0].file if book.grids else "the file"


def _why(notes: Sequence[Note]) -> str:
    said = [f"{note.spot}: {note.message}" if note.spot.sheet else note.message for note in notes]
    return " ".join(said) or "it has no sheet that can be read."


def _read_sheet(grid: Grid, sheet: SheetProposal, agreed: SheetMapping, here: _Read) -> bool:
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
    fixed = _said_by_headings(agreed, where, sheet, grid, here)
    cutter = Cutter(grid, agreed.table, where, here.vocabularies, here.mend, frozenset(known))
    for line in Body(grid, heading, grid.rows[heading]).lines():
        here.count += 1
        if line.aside is not None:
            here.set_aside.append(_aside(grid, line, *line.aside))
            continue
        cells = cutter.cut(line)
        here.notes += cells.notes
        _take(line, cutter, cells, fixed, here)
    return True


def _unanswered(grid: Grid, sheet: SheetProposal, agreed: SheetMapping, row: int) -> list[Note]:
    """Say which questions nobody was asked; their headings are kept as columns of people's own."""
    message = "may mean '{}'; nobody was asked, and it is kept as a column of your own."
    return [
        Note(
            Outcome.WARNED,
            "heading-not-agreed",
            message.format(match.column),
            grid.spot(row, match.index),
            match.heading,
        )
        for match in sheet.questions
        if headings.identity(match.heading) not in agreed.by_key
    ]


def _said_by_headings(
    agreed: SheetMapping, where: Sequence[Place], sheet: SheetProposal, grid: Grid, here: _Read
) -> Cells[str, str]:
    """Give the cells that every row of a sheet has because its headings say so."""
    columns = {place.column for place in where}
    spot = grid.spot((sheet.heading_row or 1) - 1)
    if agreed.table == "activities" and "name" not in columns:
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


def _take(line: Line, cutter: Cutter, found: Cut, fixed: Cells[str, str], here: _Read) -> None:
    table, grid = cutter.table, cutter.grid
    cells = {**fixed, **found.cells}
    own = cells.pop("id", "")
    if table == "activities" and "name" not in cutter.known:
        cells["name"] = cells.get("organisation", "")
    if as_id(own):
        cells["id"] = own
    if table == "areas" and not cells.get("code") and cells.get("name"):
        cells["code"] = slug_of(cells["name"])
    patch = table == "areas" and not cells.get("name") and bool(cells.get("code"))
    lacking = [column for column in _needed(table) if not cells.get(column)]
    if lacking and not patch:
        words = " and no ".join(column.replace("_", " ") for column in lacking)
        code = f"no-{lacking[0].replace('_', '-')}"
        here.set_aside.append(_aside(grid, line, code, f"the row has no {words}."))
        return
    key = here.keys.of(table, own, cells)
    row = DraftRow(table, cells, grid.spot(line.row), key, found.letters, patch=patch)
    here.taken.append(Taken(row, found.owner, found.owner_letters))


@cache
def _needed(table: str) -> tuple[str, ...]:
    """Name what a row cannot be taken without; an id or code is made where there is none."""
    return tuple(column for column in required(TABLES[table]) if column not in _KEYS)


def _aside(grid: Grid, line: Line, code: str, message: str) -> Note:
    first = " ".join(next(iter(line.cells.values())).split())
    return Note(Outcome.REFUSED, code, message, grid.spot(line.row), first)
