"""What netmap makes of a spreadsheet before any row is read, for people to approve once."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
from dataclasses import replace

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.grids import Book, Grid
from netmap.exchange.spreadsheets import aliases, headings, persons
from netmap.exchange.spreadsheets.heading_rows import (
    HeadingRow,
    find_heading_row,
    find_remembered,
    likeness,
)
from netmap.exchange.spreadsheets.known import How, Known
from netmap.exchange.spreadsheets.mapping import UNREAD, Mapping, SheetMapping
from netmap.exchange.spreadsheets.marking.problem_sheet import is_problem_sheet
from netmap.exchange.spreadsheets.matching import HeadingMatch, match_headings
from netmap.exchange.spreadsheets.proposal import Proposal, SheetProposal
from netmap.exchange.spreadsheets.which_table import can_be, once_answered, which_table
from netmap.networks.models import TABLES
from netmap.vocabulary import Vocabularies

_SAME_SHEET = 0.8
_NO_PEOPLE = (
    'netmap has no use for people\'s names: to leave them out, write "ignore" beside the heading '
    "in the file of agreed headings under imports."
)


def propose(
    book: Book,
    vocabularies: Vocabularies,
    remembered: Mapping | None = None,
    table: str | None = None,
) -> Proposal:
    """Say what the sheets of a file are, and what their headings mean.

    Args:
        book: The file.
        vocabularies: The controlled terms of this workspace.
        remembered: What was agreed about this source before.
        table: The table that every sheet with headings is; None to find out.

    Returns:
        One proposal for each sheet. Nothing is read yet but headings, and of the cells what
        decides between headings.
    """
    before = remembered or Mapping()
    known = {name: Known.of(name, vocabularies) for name in TABLES}
    names = {grid.sheet for grid in book.grids}
    sheets = []
    for grid in book.grids:
        agreed = _agreed(grid, before, names)
        if grid.rows and is_problem_sheet(grid.sheet, (*grid.rows[0], "")[0]):
            sheets.append(SheetProposal(grid.sheet, None))
        elif agreed is not None and agreed[0].table == UNREAD:
            sheets.append(SheetProposal(grid.sheet, None, agreed=grid.sheet))
        elif agreed is not None and table in {None, agreed[0].table}:
            sheets.append(_as_agreed(grid, *agreed, known, vocabularies))
        else:
            sheets.append(_new(grid, known, vocabularies, table))
    return Proposal(tuple(sheets), before)


def _agreed(
    grid: Grid, before: Mapping, names: set[str]
) -> tuple[SheetMapping, HeadingRow | None] | None:
    """Find what was agreed about a sheet: by its name, else by headings nearly all there."""
    same = before.of(grid.sheet)
    if same is not None:
        if same.table == UNREAD:
            return same, None
        row = find_remembered(grid, same.by_key)
        return (same, row) if row else None
    for other in before.besides(names):
        row = find_remembered(grid, other.by_key) if other.columns else None
        if row and likeness(row.headings, other.by_key) >= _SAME_SHEET:
            return other, row
    return None


def _as_agreed(
    grid: Grid,
    agreed: SheetMapping,
    row: HeadingRow | None,
    known: Cells[str, Known],
    vocabularies: Vocabularies,
) -> SheetProposal:
    if row is None:  # pragma: no cover  # only what is not to be read was agreed without a row
        return SheetProposal(grid.sheet, None)
    matches = match_headings(
        grid.sheet, row.headings, row.contents, known[agreed.table], vocabularies, agreed.by_key
    )
    here = {headings.identity(match.heading) for match in matches}
    gone = tuple(heading for heading in agreed.columns if headings.identity(heading) not in here)
    notes = []
    if gone:
        message = f"{_listed('heading', gone)} no longer there."
        hint = "If one has a new name, change it in the mapping that was agreed."
        notes.append(_note(grid, "heading-gone", message, row.index, hint))
    new = [match.heading for match in matches if match.how is How.UNEXPECTED]
    if new:
        message = f"{_listed('heading', new)} new and kept as your own."
        notes.append(_note(grid, "unexpected-heading", message, row.index))
    found = SheetProposal(
        grid.sheet, agreed.table, row.index + 1, matches, _missing(agreed.table, matches)
    )
    return replace(found, gone=gone, agreed=agreed.sheet, notes=tuple(notes))


def _new(
    grid: Grid, known: Cells[str, Known], vocabularies: Vocabularies, table: str | None
) -> SheetProposal:
    tables = [known[table]] if table else list(known.values())
    row = find_heading_row(grid, tables)
    if row is None:
        return SheetProposal(grid.sheet, None, notes=_no_headings(grid, table))

    def matched(*, ask: bool, among: Sequence[Known]) -> dict[str, tuple[HeadingMatch, ...]]:
        return {
            k.table: match_headings(
                grid.sheet, row.headings, row.contents, k, vocabularies, ask=ask
            )
            for k in among
        }

    meant = table or which_table(grid.sheet, row, matched(ask=False, among=tables))
    candidates = matched(ask=True, among=[known[meant]] if meant else tables)
    meant = meant or once_answered(row, candidates)
    if table and not can_be(table, {match.column for match in candidates[table]}):
        meant = None
    if meant is None:
        return SheetProposal(
            grid.sheet, None, row.index + 1, notes=(_not_a_table(grid, row, table),)
        )
    matches = candidates[meant]
    missing = _missing(meant, matches)
    notes = [] if row.first else [_row_said(grid, row)]
    notes += _summary(grid, row, matches, missing)
    people = persons.said_of_people([m.heading for m in matches if not m.taken])
    if people:
        notes.append(_note(grid, "people-named", people, row.index, _NO_PEOPLE))
    return SheetProposal(grid.sheet, meant, row.index + 1, matches, missing, notes=tuple(notes))


def _summary(
    grid: Grid, row: HeadingRow, matches: Sequence[HeadingMatch], missing: Sequence[str]
) -> list[Note]:
    """Say in one place which headings were not expected and which were."""
    lost = [match.heading for match in matches if match.how is How.UNEXPECTED]
    absent = f"not there: {', '.join(missing)}."
    if lost:
        what = "a column" if len(lost) == 1 else "columns"
        kept = f"{_listed('heading', lost)} kept as {what} of your own"
        message = f"{kept}; {absent}" if missing else f"{kept}."
        return [_note(grid, "unexpected-heading", message, row.index)]
    return [_note(grid, "missing-heading", absent, row.index)] if missing else []


def _missing(table: str, matches: Sequence[HeadingMatch]) -> tuple[str, ...]:
    there = {aliases.PARTS.get(match.column, match.column) for match in matches}
    if {"latitude", "longitude"} <= there:
        there.add("postcode")
    return tuple(column for column in aliases.aliases_of(table).matter if column not in there)


def _row_said(grid: Grid, row: HeadingRow) -> Note:
    rows = row.index - row.joined
    where = f"rows {row.index} and {row.index + 1}" if row.joined else f"row {row.index + 1}"
    message = f"the headings are in {where}."
    if rows:
        above = "the row above is" if rows == 1 else f"the {rows} rows above are"
        message = f"the headings are in {where}; {above} not read."
    return _note(grid, "heading-row", message, row.index, outcome=Outcome.MENDED)


def _no_headings(grid: Grid, table: str | None) -> tuple[Note, ...]:
    if not any(cell.strip() for cells in grid.rows for cell in cells):
        return (_note(grid, "empty-sheet", "there is nothing in it.", None),)
    message = "no row has headings that are known; it is not read."
    looked_for = ", ".join(aliases.aliases_of(table or "activities").matter)
    hint = f"Give the columns headings in one row, such as {looked_for}."
    return (_note(grid, "no-headings", message, None, hint),)


def _not_a_table(grid: Grid, row: HeadingRow, table: str | None) -> Note:
    said = ", ".join(text for text in row.headings if text)
    what = table or "anything a register holds"
    message = f"the headings in row {row.index + 1} are not those of {what}; it is not read."
    return replace(_note(grid, "sheet-not-read", message, row.index), value=said)


def _note(
    grid: Grid,
    code: str,
    message: str,
    row: int | None,
    hint: str = "",
    outcome: Outcome = Outcome.WARNED,
) -> Note:
    return Note(outcome, code, message, grid.spot(row), hint=hint)


def _listed(what: str, names: Sequence[str]) -> str:
    verb = "is" if len(names) == 1 else "are"
    plural = what if len(names) == 1 else f"{what}s"
    return f"the {plural} {', '.join(repr(name) for name in names)} {verb}"
