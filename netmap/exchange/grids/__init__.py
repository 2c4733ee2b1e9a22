"""Spreadsheets of any common kind as grids of cells: ``.xlsx``, ``.xls``, ``.ods`` and CSV.

What a sheet is about, and what its columns mean, is for the rooms that read grids. Hidden sheets,
and those marked ``(ignore)``, are mentioned and not read.

    >>> from netmap.exchange.grids import book_of
    >>> book = book_of(Path("groups.xlsx"), "groups.xlsx")
    >>> book.grids[0].rows[0]
"""

from netmap.exchange.grids.grid import Book, Grid, Oddity
from netmap.exchange.grids.reading import book_of, is_spreadsheet

__all__ = ["Book", "Grid", "Oddity", "book_of", "is_spreadsheet"]
