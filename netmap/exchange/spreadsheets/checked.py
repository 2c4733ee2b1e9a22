"""A copy of the user's own workbook, with what netmap noticed coloured, commented and listed.

A file that is no ``.xlsx``, or that cannot be copied, becomes a new workbook of text. What was
noticed comes from :mod:`netmap.exchange.intake`; where the copy is put is for ``build``.
"""

import contextlib
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from netmap.exchange.draft import Note
from netmap.exchange.grids.grid import Book
from netmap.exchange.spreadsheets.marking.marks import Cell, Problem, by_cell, problems_of
from netmap.exchange.spreadsheets.marking.new_book import grid_cells, new_book, too_large
from netmap.exchange.spreadsheets.marking.own_copy import can_be_copied, own_copy, titles_of
from netmap.exchange.spreadsheets.marking.packing import packed
from netmap.exchange.spreadsheets.marking.painting import (
    MOST_COLOURED,
    MOST_COMMENTS,
    paint,
)
from netmap.exchange.spreadsheets.marking.problem_sheet import add_problem_sheet

_KEPT = (
    "This is a copy of your workbook; charts, pictures, macros and links to other workbooks are "
    "not in it."
)
_ANEW = "This workbook was made anew from your file; every cell in it is text."
_CUT_SHORT = "The file has more rows or columns than a sheet can hold; the rest is not shown."


def checked_workbook(
    file: Path, shown: str, book: Book, notes: Sequence[Note], set_aside: Sequence[Note]
) -> bytes:
    """Mark a copy of somebody's file with what was noticed in it.

    Args:
        file: The file as they keep it; it is read again and not touched.
        shown: How messages name it.
        book: What was read from it.
        notes: What was noticed about its cells and sheets.
        set_aside: The rows that could not be used, with the reasons.

    Returns:
        An ``.xlsx``, the same bytes for the same input. Cells with a problem are coloured by
        the worst of it (mended, please look, not taken) and carry a comment; a row set aside is
        marked in its first cell. The sheet ``Problems`` stands first. No cell is a formula that
        was none in the file.
    """
    problems = problems_of(notes, set_aside)
    cells = by_cell(problems)
    with warnings.catch_warnings():
        # openpyxl warns of all that it cannot keep; the sheet of problems says so in one line.
        warnings.simplefilter("ignore")
        # openpyxl raises whatever the part raised that it stumbled on; a book of text remains.
        with contextlib.suppress(Exception):
            if can_be_copied(file, shown):
                return _own(file, shown, problems, cells)
        return _anew(shown, book, problems, cells)


def _own(
    file: Path, shown: str, problems: Sequence[Problem], cells: Mapping[Cell, Sequence[Problem]]
) -> bytes:
    workbook = own_copy(file)
    titles = titles_of(workbook)
    unsaid = paint(workbook, cells, titles, as_text=False)
    title, listed = add_problem_sheet(
        workbook, shown, problems, titles, _said(_KEPT, unsaid, len(cells))
    )
    return packed(workbook, {title: listed})


def _anew(
    shown: str, book: Book, problems: Sequence[Problem], cells: Mapping[Cell, Sequence[Problem]]
) -> bytes:
    workbook, titles = new_book(book, shown)
    unsaid = paint(workbook, cells, titles, as_text=True)
    said = _said(_ANEW, unsaid, len(cells))
    if too_large(book):
        said.append(_CUT_SHORT)
    data = grid_cells(workbook, book, titles)
    title, listed = add_problem_sheet(workbook, shown, problems, titles, said)
    return packed(workbook, {**data, title: listed})


def _said(first: str, unsaid: int, marked: int) -> list[str]:
    said = [first]
    if unsaid:
        said.append(
            f"Only {MOST_COMMENTS:,} cells carry a comment, because more would make the workbook "
            f"slow; {unsaid:,} more are coloured and listed here."
        )
    if marked > MOST_COLOURED:
        said.append(f"Of {marked:,} cells with a problem the worst {MOST_COLOURED:,} are coloured.")
    return said
