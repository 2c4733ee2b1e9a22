"""Sheets as the bytes of an Excel workbook: typed cells, nothing that runs, the same bytes.

What is on the sheets is for others to say.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from netmap.exchange.tabular.cells import allowed, one_line_end, written
from netmap.tables.cells import RUNS_AS_FORMULA

LONGEST = 32_767  # characters in one cell; Excel cuts what is longer
_NARROWEST, _WIDEST, _LOOKED_AT = 10, 48, 200
# Excel counts a day that never was in early 1900, and knows none before that year.
_FIRST_DAY = dt.date(1900, 3, 1)
_HEADING = Font(bold=True)
_FILL = PatternFill("solid", fgColor="DDE6EE")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Sheet:
    """One sheet to be written.

    Attributes:
        title: Its name, at most 31 characters.
        headings: The first row.
        rows: The cells below: None, text, numbers, dates, yes/no or lists.
        choices: Column, from nought, to the formula of a drop-down and whether other words stay
            possible without a question.
        filtered: Whether the headings get a filter; text sheets need none.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    choices: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    filtered: bool = True


def workbook(sheets: Iterable[Sheet], title: str, day: dt.date) -> bytes:
    """Write sheets as a workbook.

    Args:
        sheets: In the order people see them, at least one.
        title: What the file's properties say.
        day: Stands for when it was made, so that the same sheets give the same bytes.
    """
    book = Workbook(write_only=True)
    midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a file's property has no zone
    book.properties.creator = "netmap"
    book.properties.title = allowed(title)
    book.properties.created = midnight
    for sheet in sheets:
        _add(book, sheet)
    content = io.BytesIO()
    book.save(content)
    return _settled(content.getvalue(), f"{day.isoformat()}T00:00:00Z".encode())


def text_of(value: str) -> str:
    """Give a text as a cell can hold it: no forbidden characters, line ends alike, not too long."""
    return one_line_end(allowed(value))[:LONGEST]


def _add(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    for index, heading in enumerate(sheet.headings):
        page.column_dimensions[get_column_letter(index + 1)].width = _width(sheet, index, heading)
    page.append([_heading(page, heading) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
    last = len(sheet.rows) + 1
    if sheet.filtered and sheet.headings:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{last}"
    for index, (formula, free) in sheet.choices.items():
        page.data_validations.append(_choice(formula, get_column_letter(index + 1), free=free))


def _choice(formula: str, letter: str, *, free: bool) -> DataValidation:
    # A warning, not a stop: the register knows other spellings of its terms.
    rule = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=not free,
        errorStyle="warning",
        errorTitle="Not on the list",
        error="This is not one of the terms. Keep it all the same?",
    )
    rule.add(f"{letter}2:{letter}1048576")
    return rule


def _width(sheet: Sheet, index: int, heading: str) -> float:
    longest = max(
        (len(written(row[index])) for row in sheet.rows[:_LOOKED_AT] if index < len(row)), default=0
    )
    return min(max(longest, len(heading) + 3, _NARROWEST), _WIDEST) + 1.0


def _heading(page: Any, text: str) -> Any:
    cell = _text(page, text)
    cell.font, cell.fill = _HEADING, _FILL
    cell.alignment = Alignment(vertical="top")
    return cell


def _cell(page: Any, value: object) -> Any:
    match value:
        case None:
            return None
        case bool():
            return _text(page, written(value))
        case int() | float():
            # As text under a number's type: the library cuts a number after sixteen digits.
            number: Any = WriteOnlyCell(page, written(value))
            number.data_type = "n"
            return number
        case dt.date() if value >= _FIRST_DAY:
            day: Any = value  # the library writes dates, its types say only moments
            cell = WriteOnlyCell(page, day)
            cell.number_format = "yyyy-mm-dd"
            return cell
        case _:
            text = written(value)
            return _text(page, text) if text else None


def _text(page: Any, value: str) -> Any:
    text = text_of(value)
    cell: Any = WriteOnlyCell(page, text)
    # The library takes a leading `=` for a formula and `#REF!` for an error; here both are text,
    # and stay text when somebody edits the cell.
    cell.data_type = "s"
    if text.startswith(RUNS_AS_FORMULA):
        cell.quotePrefix = True
    return cell


def _settled(content: bytes, moment: bytes) -> bytes:
    """Give every part of the zip one fixed time, and the properties the given moment."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for entry in before.infolist():
            part = before.read(entry)
            if entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + moment, part)
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.create_system, fixed.external_attr = 3, 0o600 << 16  # as on Unix, everywhere
            fixed.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(fixed, part)
    return out.getvalue()
