"""Older Excel workbooks (``.xls``) and OpenDocument spreadsheets (``.ods``) as grids.

Values are read, not formats: a number that is merely *shown* with leading zeros comes without them
from these two; typed as text it keeps them.
"""

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note
from netmap.exchange.grids.grid import Book, Grid, Oddity
from netmap.exchange.grids.merging import ranges_of
from netmap.exchange.grids.repeats import refuse_endless
from netmap.exchange.grids.visible import ignored, not_read
from netmap.exchange.grids.workbooks import MOST_CELLS
from netmap.exchange.opening import content_of
from netmap.tables import as_text

_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def older_book(file: Path, shown: str) -> Book:
    """Read the visible sheets of an ``.xls`` or ``.ods`` file.

    Raises:
        UnreadableFileError: It is neither, has a password, or holds too many cells.
    """
    import python_calamine  # noqa: PLC0415  # only for these kinds of file

    content = content_of(file, shown)
    refuse_endless(content, shown)
    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        notes: list[Note] = []
        grids: list[Grid] = []
        for sheet in book.sheets_metadata:
            visible = sheet.visible == python_calamine.SheetVisibleEnum.Visible
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if not visible or ignored(sheet.name):
                notes.append(not_read(shown, sheet.name, hidden=not visible))
            else:
                grids.append(_grid(book, sheet.name, shown))
    except python_calamine.PasswordError as error:
        why = "it is protected by a password; save a copy without one"
        raise UnreadableFileError(shown, why) from error
    except python_calamine.CalamineError as error:
        raise UnreadableFileError(shown, f"it is not a spreadsheet ({error})") from error
    return Book(tuple(grids), tuple(notes))


def _grid(book: Any, name: str, shown: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        size = f"{sheet.total_height:,} rows of {sheet.total_width:,} cells"
        raise UnreadableFileError(shown, f"the sheet '{name}' has {size}, too much for a register")
    odd: dict[tuple[int, int], Oddity] = {}
    rows: list[Sequence[str]] = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=False)):
        rows.append([as_text(value) for value in row])
        odd |= {(number, i): kind for i, value in enumerate(row) if (kind := _oddity(value))}
    return Grid(shown, name, rows, odd, ranges_of(book, name))


def _oddity(value: object) -> Oddity | None:
    match value:
        case dt.date() | dt.datetime():
            return Oddity.DATE
        case bool():
            return None
        case int() | float():
            return Oddity.NUMBER
        case str() if value in _ERRORS:
            return Oddity.ERROR
        case _:
            return None
