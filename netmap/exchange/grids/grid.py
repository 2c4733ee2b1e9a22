"""A grid: one sheet as people see it, cell by cell, before anybody says what a column means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from netmap.exchange.draft import Note, Spot
from netmap.tables import column_letter


class Oddity(StrEnum):
    """What a cell is, where it is more than the text people see."""

    DATE = "date"
    NUMBER = "number"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, row by row.

    Attributes:
        file: How messages name the file.
        sheet: The sheet's name; empty for CSV.
        rows: The cells as text, ragged, not tidied; blank ones are empty. Real dates are ISO, and
            a number shown with leading zeros has them.
        odd: (row, column), both counted from nought, to what the cell is, where it is not text: a
            real date, a number, a formula that was never worked out (its text is the formula), an
            error such as ``#REF!``. For CSV it is empty.
        merged: (first row, first column, last row, last column) of merged cells, from nought.
    """

    file: str
    sheet: str
    rows: Sequence[Sequence[str]]
    odd: Mapping[tuple[int, int], Oddity] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def spot(self, row: int | None = None, column: int | None = None) -> Spot:
        """Name a row, a column or a cell, all counted from nought."""
        return Spot(
            self.file,
            self.sheet,
            None if row is None else row + 1,
            "" if column is None else column_letter(column),
        )

    def cell(self, row: int, column: int) -> str:
        """Give a cell's text; empty beyond the end of a row."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else ""


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of one file, in its order, and what was noticed on the way.

    Attributes:
        grids: The sheets that are read; a CSV has one.
        notes: Hidden sheets, links to other workbooks, an encoding that had to be guessed.
    """

    grids: tuple[Grid, ...]
    notes: tuple[Note, ...] = ()
