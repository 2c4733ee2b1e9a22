"""New rows and changed cells put into a table, so that all else stays as its file held it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from netmap.exchange.intake.contract import Contract
from netmap.exchange.intake.present import Present
from netmap.tables import guarded
from netmap.tables.cells import RUNS_AS_FORMULA

# A number below nought begins as a formula does, and is none.
_MAY_RUN = "".join(RUNS_AS_FORMULA)
_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


@dataclass(slots=True)
class Edits:
    """What is to become of a table.

    Attributes:
        changed: Row (its place in the file, from nought) to the cells that change; empty ones go.
        added: The cells of each new row.
        removed: The rows that go.
    """

    changed: dict[int, dict[str, str]] = field(default_factory=dict)
    added: list[Mapping[str, str]] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed)

    @property
    def used(self) -> dict[str, bool]:
        """The columns that get a cell, as they came."""
        return {
            column: True
            for cells in (*self.changed.values(), *self.added)
            for column, text in cells.items()
            if text
        }


def cell_text(text: str) -> str:
    """Write a cell so that no spreadsheet runs it and the register reads it back."""
    if not text or text[0] not in _MAY_RUN:
        return text
    return text if _NUMBER.fullmatch(text) else guarded(text)


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write new cells as :func:`netmap.tables.write_csv` does, also under headings alike."""
    return raw_bytes([list(heading), *([cell_text(cell) for cell in row] for row in rows)])


def raw_bytes(grid: Iterable[Sequence[str]]) -> bytes:
    """Write a grid as CSV: UTF-8, commas, the cells exactly as they are."""
    out = io.StringIO(newline="")
    usual = csv.writer(out, lineterminator="\n")
    # Until Python 3.13 the writer leaves a lone carriage return bare, and the row breaks at it.
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in grid:
        (quoting if any("\r" in cell for cell in row) else usual).writerow(row)
    return out.getvalue().encode()


def columns_after(present: Present, edits: Edits, contract: Contract) -> list[str]:
    """Name the columns a table will have: those it has, then new ones in the table's order.

    A table that has no file yet gets those that hold something, and those it cannot do without.
    """
    table = present.table
    if not present.grid:
        wanted = {**dict.fromkeys(contract.needed(table), True), **edits.used}
        return contract.in_order(table, wanted)
    new = [c for c in contract.in_order(table, edits.used) if c not in present.names]
    if not new:
        return list(present.names)
    # A cell beyond the last heading must not slip under a new one.
    width = max(len(row) for row in present.grid)
    return [*present.names, *[""] * (width - len(present.names)), *new]


def grid_after(present: Present, edits: Edits, contract: Contract) -> list[list[str]]:
    """Give every cell of a table as its file will hold it, headings first."""
    columns = columns_after(present, edits, contract)
    place = {column: at for at, column in reversed(list(enumerate(columns)))}
    own = present.grid[0] if present.grid else []
    after = [[*own, *columns[len(own) :]]]
    for index, row in enumerate(present.grid[1:], start=1):
        if index not in edits.removed:
            after.append(_with(row, edits.changed.get(index, {}), place))
    after += [_with([""] * len(columns), cells, place) for cells in edits.added]
    return after


def _with(row: list[str], cells: Mapping[str, str], place: Mapping[str, int]) -> list[str]:
    if not cells:
        return row
    last = max(place[column] for column in cells)
    after = [*row, *[""] * (last + 1 - len(row))]
    for column, text in cells.items():
        after[place[column]] = cell_text(text)
    return after
