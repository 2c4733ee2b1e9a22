"""netmap's own workbook and zip of CSV files, read back as the rows of a register.

A file is taken for ours by its tables: sheets or files named exactly as the register's, with the
headings they cannot do without. Spreadsheets of any other make are for ``spreadsheets``.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.grids import Book, Grid, book_of
from netmap.exchange.tabular.register_book import READ_ME
from netmap.exchange.tabular.terms import TERMS_SHEET
from netmap.networks.models import TABLES, columns, required
from netmap.networks.rows import KEYS
from netmap.privacy import SUPPRESSED
from netmap.tables import column_letter, member, normalise_heading, open_archive, tidy
from netmap.tables.cells import RUNS_AS_FORMULA
from netmap.vocabulary import Vocabularies

KIND = "netmap-tables"
_OURS = frozenset({READ_ME, TERMS_SHEET})
_BOOKS = frozenset({".xlsx", ".xlsm"})
Named = tuple[str, Grid]


def recognises(file: Path) -> bool:
    """Tell whether a file is a register as netmap writes it: a workbook, or a zip of CSV files."""
    try:
        if file.suffix.lower() == ".zip":
            return _is_ours_zipped(file)
        return file.suffix.lower() in _BOOKS and _is_our_book(file)
    except Exception:  # noqa: BLE001  # whatever a broken file raises, it is not ours
        return False


def read(file: Path, shown: str, vocabularies: Vocabularies) -> Draft:
    """Read a register that netmap wrote, with what people changed in it since.

    Args:
        file: An ``.xlsx`` with sheets named as tables, or a zip with files named as tables.
        shown: How messages name it.
        vocabularies: For the columns of populations that count a community.

    Returns:
        A row for each row that is not blank, in the order of the tables. A count that stands as
        ``*`` is unknown, and said.

    Raises:
        UnreadableFileError: It cannot be opened, or has none of the tables.
    """
    zipped = file.suffix.lower() == ".zip"
    tables, notes = _zipped(file, shown) if zipped else _sheets(book_of(file, shown))
    if not tables:
        names = ", ".join(TABLES)
        raise UnreadableFileError(shown, f"it has none of the tables of a register ({names})")
    rows: list[DraftRow] = []
    set_aside: list[Note] = []
    for table, grid in tables:
        _read_table(table, grid, vocabularies, rows, notes, set_aside)
    read_rows = len(rows) + len(set_aside)
    return Draft(KIND, "rows", read_rows, tuple(rows), tuple(notes), tuple(set_aside))


def _is_our_book(file: Path) -> bool:
    import openpyxl  # noqa: PLC0415  # slow to import

    with open_archive(file, file.name):
        book = openpyxl.load_workbook(file, read_only=True)
    try:
        named = [sheet for sheet in book.worksheets if sheet.title in TABLES]
        return any(
            set(required(TABLES[sheet.title]))
            <= set(next(sheet.iter_rows(max_row=1, values_only=True), ()))
            for sheet in named
        )
    finally:
        book.close()


def _is_ours_zipped(file: Path) -> bool:
    with open_archive(file, file.name) as archive:
        return any(
            _has_headings(archive, table)
            for table in TABLES
            if f"{table}.csv" in archive.namelist()
        )


def _has_headings(archive: zipfile.ZipFile, table: str) -> bool:
    with archive.open(f"{table}.csv") as stream:
        first = stream.readline(2**16).decode("utf-8-sig", errors="replace")
    headings = {normalise_heading(cell.strip(' "\r\n')) for cell in first.split(",")}
    return {normalise_heading(name) for name in required(TABLES[table])} <= headings


def _sheets(book: Book) -> tuple[list[Named], list[Note]]:
    notes = list(book.notes)
    known = {grid.sheet: grid for grid in book.grids if grid.sheet in TABLES}
    notes += [
        _not_a_table(grid.spot(), grid.sheet)
        for grid in book.grids
        if grid.sheet not in {*known, *_OURS}
    ]
    return [(table, known[table]) for table in TABLES if table in known], notes


def _zipped(file: Path, shown: str) -> tuple[list[Named], list[Note]]:
    found: list[Named] = []
    notes: list[Note] = []
    with open_archive(file, shown) as archive, tempfile.TemporaryDirectory() as folder:
        names = set(archive.namelist())
        for table in TABLES:
            name = f"{table}.csv"
            if name not in names:
                continue
            unpacked = Path(folder) / name
            unpacked.write_bytes(member(archive, name, shown))
            book = book_of(unpacked, f"{shown}/{name}", columns(TABLES[table]))
            found.append((table, book.grids[0]))
            notes.extend(book.notes)
        known = {f"{table}.csv" for table in TABLES} | {"readme.txt"}
        notes.extend(_not_a_table(Spot(f"{shown}/{name}"), name) for name in sorted(names - known))
    return found, notes


def _not_a_table(spot: Spot, name: str) -> Note:
    message = f"'{name}' is not one of the tables of a register and is not read."
    return Note(Outcome.WARNED, "stray-sheet", message, spot, hint=f"Known: {', '.join(TABLES)}.")


def _read_table(
    table: str,
    grid: Grid,
    vocabularies: Vocabularies,
    rows: list[DraftRow],
    notes: list[Note],
    set_aside: list[Note],
) -> None:
    if not grid.rows:
        return
    headings = _headings(table, grid.rows[0], vocabularies)
    for number in range(1, len(grid.rows)):
        filled = dict(_filled(grid.rows[number]))
        if not filled:
            continue
        cells = {headings[i]: text for i, text in filled.items() if headings.get(i)}
        notes += [
            _no_heading(grid.spot(number, index), text)
            for index, text in filled.items()
            if not headings.get(index)
        ]
        if not cells:
            set_aside.append(_no_heading(grid.spot(number), next(iter(filled.values()))))
            continue
        letters = {headings[index]: column_letter(index) for index in filled if headings.get(index)}
        if table == "populations":
            cells = dict(_counted(cells, letters, grid, number, notes))
        key = cells.get(KEYS.get(table, ""), "")
        rows.append(DraftRow(table, cells, grid.spot(number), key, letters))


def _headings(table: str, first: Sequence[str], vocabularies: Vocabularies) -> Mapping[int, str]:
    """Name each column: the contract's by their proper names, then communities, then people's."""
    proper = {normalise_heading(name): name for name in columns(TABLES[table])}
    if table == "populations":
        proper |= {normalise_heading(slug): slug for slug in vocabularies["community"]}
    found: dict[int, str] = {}
    for index, cell in enumerate(first):
        text = tidy(cell)
        name = proper.get(normalise_heading(text), text)
        found[index] = (
            name if name not in found.values() else f"column {column_letter(index)}: {text}"
        )
    return found


def _filled(row: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, cell in enumerate(row):
        text = tidy(cell)
        if text:
            # As `guarded` writes it, so that a spreadsheet does not run it.
            runs = text[0] == "'" and text[1:2] in RUNS_AS_FORMULA
            yield index, tidy(text[1:]) if runs else text


def _counted(
    cells: Mapping[str, str],
    letters: Mapping[str, str],
    grid: Grid,
    number: int,
    notes: list[Note],
) -> Iterator[tuple[str, str]]:
    for name, text in cells.items():
        if text != SUPPRESSED:
            yield name, text
            continue
        spot = Spot(grid.file, grid.sheet, number + 1, letters[name])
        message = "a count too small to show stands as *; it is left unknown."
        notes.append(Note(Outcome.WARNED, "hidden-count", message, spot, text))


def _no_heading(spot: Spot, text: str) -> Note:
    message = "there is a cell but no heading above it; it is not used."
    return Note(Outcome.WARNED, "missing-heading", message, spot, text)
