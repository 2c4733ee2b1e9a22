"""The tables a network has now, cell by cell as their files hold them.

They are opened as the register's own reader opens them, so that an import and a check can never
disagree about which row is which. What is put into them is for :mod:`.editing`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Spot
from netmap.exchange.intake.contract import Contract
from netmap.findings import Finding, Level
from netmap.networks.models import TABLES
from netmap.tables import WORKBOOK
from netmap.tables.folders import sheets_in
from netmap.tables.rows import table_of
from netmap.tables.sheet import HEADING_ROW, Sheet


@dataclass(slots=True)
class Kept:
    """A row that stands in the register.

    Attributes:
        index: Its place among the rows of its file, from nought, the headings being nought.
        cells: Column to text as the register reads it, empty cells left out; what the register
            could not understand stands as it is in the file.
    """

    index: int
    cells: dict[str, str]


@dataclass(slots=True)
class Present:
    """One table as its file holds it.

    Attributes:
        table: Which table.
        file: Its file within the network's folder; empty where there is none yet.
        shown: How messages name it.
        sheet: The sheet of the workbook it is on.
        grid: Every cell as text, headings first.
        names: The column each heading means, in the file's order.
        rows: The rows that are not blank.
        quirks: What had to be understood in the file, in words.
    """

    table: str
    file: str = ""
    shown: str = ""
    sheet: str = ""
    grid: list[list[str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    rows: list[Kept] = field(default_factory=list)
    quirks: tuple[str, ...] = ()

    def spot(self, row: Kept) -> Spot:
        """Name the place of a row."""
        return Spot(self.shown, self.sheet, row.index + 1)


def present_tables(
    folder: Path, shown: str, contract: Contract, needed: Iterable[str]
) -> dict[str, Present]:
    """Read the tables of a network's folder, which need not be there.

    Args:
        folder: The folder.
        shown: How messages name it.
        contract: The columns of the tables.
        needed: The tables without which nothing can be taken; others that cannot be read are
            left alone.

    Returns:
        Every table of the register by name; a table without a file has no rows.

    Raises:
        UnreadableFileError: A table that is needed cannot be read, or not to its end.
    """
    needed = frozenset(needed)
    found: dict[str, Present] = {}
    faults: list[Finding] = []
    for sheet in sheets_in(folder, shown, contract.known, faults) if folder.is_dir() else ():
        if sheet.name in found:
            continue
        try:
            found[sheet.name] = _present(sheet, shown, contract)
        except UnreadableFileError:
            if sheet.name in needed:
                raise
    _refuse_unreadable(faults, needed)
    return {table: found.get(table, Present(table)) for table in TABLES}


def _refuse_unreadable(faults: Iterable[Finding], needed: frozenset[str]) -> None:
    for finding in faults:
        file = finding.place.file or ""
        name = file.rsplit("/", 1)[-1].lower()
        whose = needed if name == WORKBOOK else needed & {name.rsplit(".", 1)[0]}
        if finding.level is Level.ERROR and whose:
            why = finding.message.removeprefix("cannot be read: ").removesuffix(".")
            raise UnreadableFileError(file, why)


def _present(sheet: Sheet, shown: str, contract: Contract) -> Present:
    path, _, title = sheet.file.partition("#")
    grid = [list(row) for row in sheet.rows]
    if sheet.unclosed:
        why = f"a quotation mark in row {sheet.unclosed} is never closed; close it first"
        raise UnreadableFileError(sheet.file, why)
    present = Present(
        sheet.name, path.removeprefix(f"{shown}/"), path, title, quirks=tuple(sheet.quirks)
    )
    if not any(any(cell.strip() for cell in row) for row in grid):
        return present
    read = table_of(Sheet(sheet.name, sheet.file, grid), contract.known[sheet.name], (), [])
    if read is None:
        raise UnreadableFileError(sheet.file, "it has no headings in its first row")
    proper = {name: contract.column(sheet.name, name) for name in read.columns}
    present.grid, present.names = grid, _each_once(read.columns, proper)
    lacking = [c for c in contract.needed(sheet.name) if c not in present.names]
    if lacking and read.rows:
        raise UnreadableFileError(sheet.file, f"it has no heading '{lacking[0]}'")
    as_named = dict(zip(read.columns, present.names, strict=True))
    for row in read.rows:
        index = row.number - HEADING_ROW
        cells = {as_named.get(name, name): text for name, text in row.cells.items()}
        for at, name in enumerate(read.columns):
            if name in row.emptied:
                cells[as_named[name]] = grid[index][at]
        present.rows.append(Kept(index, cells))
    return present


def _each_once(columns: Iterable[str], proper: Mapping[str, str]) -> list[str]:
    """Name each column; two headings that mean one community stay two, the first being meant."""
    names: list[str] = []
    for column in columns:
        name = proper[column]
        names.append(column if name in names else name)
    return names
