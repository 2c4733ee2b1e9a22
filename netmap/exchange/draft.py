"""What a file of other people's says, in the words of a register, before any of it is taken.

Every reader of this room ends in a :class:`Draft`, and :mod:`netmap.exchange.intake` goes on from
there, so that what was understood, what was mended and what was refused is said in one way.
Nothing here reads a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd


class Outcome(StrEnum):
    """What became of a cell that could not simply be taken, mildest first."""

    MENDED = "mended"
    WARNED = "warned"
    REFUSED = "refused"

    @property
    def rank(self) -> int:
        """Nought for the mildest."""
        return _RANKS[self]


_RANKS = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where in somebody's file a thing stands.

    Attributes:
        file: How messages name the file; a file inside a zip or a folder after ``/``.
        sheet: The sheet or layer, empty where the file has none.
        row: The row as a spreadsheet shows it (a heading in the first row is 1); in files that are
            no tables, the number of the grant, service or feature, the first being 1.
        column: The column's letter in a grid (``C``), else the property's name.
    """

    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Say it as in ``Groups!C12``, or ``feed.json row 3, name`` where there are no cells."""
        where = self.sheet or self.file
        if self.row is None:
            return f"{where}!{self.column}" if self.column else where
        if not self.column:
            return f"{where} row {self.row}"
        if self.is_cell:
            return f"{where}!{self.column}{self.row}"
        return f"{where} row {self.row}, {self.column}"

    @property
    def is_cell(self) -> bool:
        """Tell whether it is a cell of a grid, named by letters."""
        return self.column.isascii() and self.column.isalpha() and self.column.isupper()


@dataclass(frozen=True, slots=True)
class Note:
    """One thing noticed about a cell, a row or a file, and what became of it.

    Attributes:
        outcome: What became of it.
        code: The kind of problem, as ``bad-date``; notes are grouped by it.
        message: What is the matter, in one plain sentence.
        spot: Where.
        value: The cell as it stands in the file.
        became: What was taken instead, where it was mended.
        hint: What to try.
    """

    outcome: Outcome
    code: str
    message: str
    spot: Spot
    value: str | None = None
    became: str | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row for a table of the register.

    Attributes:
        table: One of :data:`netmap.networks.models.TABLES`.
        cells: Column to text as a register's file holds it; empty cells are left out. Headings the
            table does not know are columns of people's own. A cell that refers to an organisation,
            activity or area holds the ``key`` of the row of this draft that is meant, or an id, or
            a name. Without ``id`` one is made from the name when the row is taken.
        spot: The row of the file it came from; several rows may come from one.
        key: What the source calls it, the same in next month's file; empty where it has no name
            for it but what is in the cells.
        columns: Column to its letter or property in the file, so that complaints can name the cell.
        patch: The row only adds cells to one the register has; it makes none.
        mention: The row only names something that other rows of the draft refer to; where the
            register has one of exactly that name, that one is meant and none is made. It has no
            ``id``; an area goes by its ``code``.
    """

    table: str
    cells: Mapping[str, str]
    spot: Spot
    key: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    patch: bool = False
    mention: bool = False


@dataclass(frozen=True)
class Draft:
    """What a file says, in the words of a register.

    Attributes:
        kind: Which reader made it, as ``360giving``.
        unit: What is counted, in the plural: ``rows``, ``grants``, ``features``, ``services``.
        read: How many of them the file holds; each is in ``rows`` by its spot, or in ``set_aside``.
        rows: What was understood, in the file's order.
        notes: What was noticed about cells and files, in the file's order.
        set_aside: One for each unit that could not be used, or must not be, with the reason.
        boundaries: One geometry for each area that has one, indexed by code, WGS 84; or None.
    """

    kind: str
    unit: str
    read: int
    rows: tuple[DraftRow, ...] = ()
    notes: tuple[Note, ...] = ()
    set_aside: tuple[Note, ...] = ()
    boundaries: "gpd.GeoDataFrame | None" = None
