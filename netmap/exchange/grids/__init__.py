"""Spreadsheets of any common kind as grids of cells: ``.xlsx``, ``.xls``, ``.ods`` and CSV.

What a sheet is about, and what its columns mean, is for the rooms that read grids. Hidden sheets,
and those marked ``(ignore)``, are mentioned and not read.

    >>> from netmap.exchange.grids import book_of
    >>> book = book_of(Path("groups.xlsx"), "groups.xlsx")
    >>> book.grids[0].rows[0]
"""

from netmap.exchange.grids.grid import Book, Grid, Oddity

__all__ = ["Book", "Grid", "Oddity"]
