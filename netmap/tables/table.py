"""A table as read: tidied text under headings, and where each row stands."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet shows it, and its cells that are not empty.

    ``emptied`` names the columns whose cell was emptied, and reported, while reading.
    """

    number: int
    cells: Mapping[str, str]
    emptied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """One table as read.

    Attributes:
        name: Which table it is, as ``activities``.
        file: How messages name the file, a sheet after ``#``.
        columns: Headings in file order: the known ones by their proper names, others as written.
        unknown: The headings among them that no column is known by.
        rows: The rows that are not blank, in file order.
        quirks: What had to be understood in the file, in words.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[Row, ...]
    quirks: tuple[str, ...] = ()
