"""A workbook for a file that is none, or is of an older kind: every cell is text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.exchange.grids.grid import Book, Grid
from netmap.exchange.spreadsheets.marking.text_cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    StyledText,
    sheet_data,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_LONGEST_TITLE = 31
_SAMPLE = 200
_WIDEST, _NARROWEST = 50, 9


def new_book(book: Book, shown: str) -> tuple["Workbook", Mapping[str, str]]:
    """Make a workbook with an empty sheet for each grid.

    Args:
        book: The grids.
        shown: How messages name the file; a sheet without a name gets this one.

    Returns:
        The workbook, and each grid's sheet to the title it has there.
    """
    import openpyxl  # noqa: PLC0415  # slow to import

    workbook = openpyxl.Workbook()
    workbook.properties.creator = "netmap"
    workbook.remove(workbook.worksheets[0])
    titles: dict[str, str] = {}
    for grid in book.grids:
        title = _title(grid.sheet or Path(shown).stem, list(titles.values()))
        titles.setdefault(grid.sheet, title)
        _widen(workbook.create_sheet(title), grid)
    return workbook, titles


def grid_cells(workbook: "Workbook", book: Book, titles: Mapping[str, str]) -> Mapping[str, str]:
    """Write the cells of each grid, those that are marked with their colours.

    Args:
        workbook: As made by :func:`new_book`, with its marks.
        book: The grids.
        titles: Each grid's sheet to its title.

    Returns:
        Title to ``sheetData``.
    """
    return {
        titles[grid.sheet]: sheet_data(_rows(workbook[titles[grid.sheet]], grid))
        for grid in book.grids
    }


def too_large(book: Book) -> bool:
    """Tell whether a grid has more rows or columns than a sheet can have."""
    return any(
        len(grid.rows) > MOST_ROWS or max(map(len, grid.rows), default=0) > MOST_COLUMNS
        for grid in book.grids
    )


def _rows(sheet: "Worksheet", grid: Grid) -> Iterator[Sequence[StyledText]]:
    marked = _marked(sheet)
    plain = _text_style(sheet)
    for number, cells in enumerate(grid.rows[:MOST_ROWS], 1):
        row = [(text, plain if text else 0) for text in cells[:MOST_COLUMNS]]
        for column, style in marked.get(number, ()):
            row.extend([("", 0)] * (column - len(row)))
            row[column - 1] = (row[column - 1][0], style)
        yield row


def _marked(sheet: "Worksheet") -> dict[int, list[tuple[int, int]]]:
    """Row to (column, style) of the cells that have been given a colour."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001  # its rows would make all cells
        found.setdefault(row, []).append((column, int(cell.style_id)))
    return found


def _text_style(sheet: "Worksheet") -> int:
    """Number the style that keeps a cell text; the cell used for it stays out of the sheet."""
    from openpyxl.cell import Cell  # noqa: PLC0415

    cell = Cell(sheet, row=1, column=1)
    cell.number_format = "@"
    return int(cell.style_id)


def _title(wanted: str, taken: Sequence[str]) -> str:
    """Make a title that a sheet can have and no other sheet has."""
    clean = _NOT_IN_TITLES.sub(" ", wanted)[:_LONGEST_TITLE].strip(" '") or "Sheet"
    used = {title.casefold() for title in taken}
    title, number = clean, 1
    while title.casefold() in used:
        number += 1
        ending = f" ({number})"
        title = f"{clean[: _LONGEST_TITLE - len(ending)]}{ending}"
    return title


def _widen(sheet: "Worksheet", grid: Grid) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sample = grid.rows[:_SAMPLE]
    for at in range(min(max(map(len, sample), default=0), MOST_COLUMNS)):
        longest = max(len(row[at]) for row in sample if at < len(row))
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
