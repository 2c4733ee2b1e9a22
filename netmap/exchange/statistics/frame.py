"""A published table: its headings, its rows, and which of its columns hold codes of areas.

Cover sheets, titles, notes and footnotes are told from the table by the codes: it begins above the
first row that has one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grids import Book, Grid
from netmap.exchange.statistics.codes import is_code, size_of
from netmap.tables import column_letter, tidy

_MOSTLY = 0.8
_SAMPLE = 200


@dataclass(frozen=True)
class Frame:
    """One published table.

    Attributes:
        grid: The sheet it is on.
        headings: The headings, tidied.
        rows: The numbers of its rows, from nought, that have a code; in order.
        others: The numbers of the rows below the headings that have none: notes and totals.
        code: The column of the code each row is about.
        codes: All columns that hold codes, the one above among them.
    """

    grid: Grid
    headings: tuple[str, ...]
    rows: tuple[int, ...]
    others: tuple[int, ...]
    code: int
    codes: tuple[int, ...]

    def cell(self, row: int, column: int) -> str:
        """Give a cell, tidied."""
        return tidy(self.grid.cell(row, column))

    def column(self, column: int) -> list[str]:
        """Give a column's cells in the order of the rows."""
        return [self.cell(row, column) for row in self.rows]

    def area(self, row: int) -> str:
        """Give the code a row is about."""
        return self.cell(row, self.code)

    def spot(self, row: int, column: int | None = None) -> Spot:
        """Name a row or a cell."""
        return self.grid.spot(row, column)

    def letter(self, column: int) -> str:
        """Name a column."""
        return column_letter(column)

    @property
    def one_row_each(self) -> bool:
        """Tell whether each area has one row, as opposed to one for each group of people."""
        most = Counter(self.column(self.code)).most_common(1)
        return bool(most) and most[0][1] == 1

    def not_rows(self) -> tuple[Note, ...]:
        """Say of the rows without a code that they are not about an area."""
        message = "the row has no code of an area: a total or a note."
        return tuple(
            Note(Outcome.REFUSED, "no-code", message, self.spot(row)) for row in self.others
        )


def frames(book: Book) -> Iterator[Frame]:
    """Find the tables of a book that are about areas, in its order."""
    for grid in book.grids:
        frame = frame_of(grid)
        if frame:
            yield frame


def frame_of(grid: Grid) -> Frame | None:
    """Find the table on a sheet; None where there are no codes of areas under headings."""
    first = next((n for n, row in enumerate(grid.rows) if any(map(is_code, row))), None)
    above = _heading_row(grid.rows, first) if first else None
    if first is None or above is None:
        return None
    headings = tuple(re.sub(r"\s+", " ", tidy(cell)) for cell in grid.rows[above])
    filled = [n for n in range(first, len(grid.rows)) if any(c.strip() for c in grid.rows[n])]
    # A note below the table stands alone in its row.
    table = [n for n in filled if sum(bool(c.strip()) for c in grid.rows[n]) > 1]
    codes = _code_columns(grid, headings, table)
    if not codes:
        return None
    code = _finest(grid, filled, codes)
    rows = tuple(n for n in filled if is_code(grid.cell(n, code)))
    others = tuple(n for n in filled if not is_code(grid.cell(n, code)))
    return Frame(grid, headings, rows, others, code, codes)


def _heading_row(rows: Sequence[Sequence[str]], first: int) -> int | None:
    """Find the nearest row above with at least two cells."""
    return next(
        (n for n in range(first - 1, -1, -1) if sum(bool(c.strip()) for c in rows[n]) > 1), None
    )


def _code_columns(grid: Grid, headings: Sequence[str], rows: Sequence[int]) -> tuple[int, ...]:
    found = []
    for column in range(len(headings)):
        cells = [cell for n in rows[:_SAMPLE] if (cell := grid.cell(n, column).strip())]
        if cells and sum(map(is_code, cells)) >= _MOSTLY * len(cells):
            found.append(column)
    return tuple(found)


def _finest(grid: Grid, rows: Sequence[int], codes: Sequence[int]) -> int:
    """Choose the column of the smallest areas; of equals, the one with most of them."""

    def merit(column: int) -> tuple[int, int]:
        cells = {grid.cell(n, column) for n in rows}
        smallest = min(size_of(cell) for cell in cells if is_code(cell))
        return smallest, -len(cells)

    return min(codes, key=merit)
