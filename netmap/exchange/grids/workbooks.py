"""Excel workbooks (``.xlsx``) as grids, with cells as people see them.

Two passes where there are formulas: one for what they say, one for what they last came to. A number
that is shown with leading zeros, or as a percentage, becomes the text that is shown.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grids.grid import Book, Grid, Oddity
from netmap.exchange.grids.merging import merged_cells
from netmap.exchange.grids.visible import ignored, not_read
from netmap.exchange.opening import content_of
from netmap.tables import as_text, open_archive

_LARGEST_SHEET = 160 * 2**20
MOST_CELLS = 5_000_000
_ZEROS = re.compile(r"0{2,}(?:[ \\\-]*0+)*")
_PERCENT_IDS = frozenset({9, 10})
_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"})


def workbook_book(file: Path, shown: str) -> Book:
    """Read the visible sheets of a workbook.

    Raises:
        UnreadableFileError: It is no workbook, or unpacks to more than a register can be.
    """
    import openpyxl  # noqa: PLC0415  # slow to import

    content = content_of(file, shown)
    formulas_in, linked = _looked_over(file, shown)
    try:
        opened = [
            openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False
            )
            for data_only in ((True, False) if formulas_in else (True,))
        ]
    except Exception as error:  # openpyxl raises whatever the broken part raised
        raise UnreadableFileError(shown, f"it is not an Excel workbook ({error})") from error
    notes: list[Note] = []
    if linked:
        message = "it takes values from other workbooks; those are not opened, the last seen stand."
        notes.append(Note(Outcome.WARNED, "external-links", message, Spot(shown)))
    merged = merged_cells(content)
    grids = []
    for sheet in opened[0].worksheets:
        if sheet.sheet_state != "visible" or ignored(sheet.title):
            notes.append(not_read(shown, sheet.title, hidden=sheet.sheet_state != "visible"))
            continue
        written = opened[1][sheet.title] if formulas_in else None
        cells = _cells_of(sheet, written, styled=_is_styled(opened[0]), shown=shown)
        grids.append(Grid(shown, sheet.title, cells.rows, cells.odd, merged.get(sheet.title, ())))
    return Book(tuple(grids), tuple(notes))


def _looked_over(file: Path, shown: str) -> tuple[bool, bool]:
    """Look over a workbook before it is opened: are there formulas, and links to others?"""
    formulas = False
    with open_archive(file, shown, "an Excel workbook") as archive:
        names = archive.namelist()
        for entry in archive.infolist():
            if not entry.filename.startswith("xl/worksheets/") or entry.is_dir():
                continue
            if entry.file_size > _LARGEST_SHEET:
                raise UnreadableFileError(
                    shown,
                    f"one of its sheets unpacks to {entry.file_size // 2**20} MB, too much for a "
                    "register; if it looks small, delete the blank rows below the last and the "
                    "blank columns beside it, and save it again",
                )
            formulas = formulas or _has_formula(archive, entry, shown)
    return formulas, any(name.startswith("xl/externalLinks/") for name in names)


def _has_formula(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> bool:
    try:
        with archive.open(entry) as stream:
            before = b""
            while block := stream.read(2**20):
                if b"<f>" in before + block or b"<f " in before + block:
                    return True
                before = block[-2:]
    except (zipfile.BadZipFile, RuntimeError, OSError) as error:
        raise UnreadableFileError(shown, f"it is broken or has a password ({error})") from error
    return False


def _is_styled(book: Any) -> bool:
    """Tell whether any cell may show leading zeros or a percentage."""
    custom = any(_ZEROS.fullmatch(one) or one.endswith("%") for one in book._number_formats)  # noqa: SLF001  # openpyxl has no other way to ask
    return custom or any(style.numFmtId in _PERCENT_IDS for style in book._cell_styles)  # noqa: SLF001


@dataclass(slots=True)
class _Cells:
    rows: list[Sequence[str]] = field(default_factory=list)
    odd: dict[tuple[int, int], Oddity] = field(default_factory=dict)


def _cells_of(values: Any, formulas: Any | None, *, styled: bool, shown: str) -> _Cells:
    cells = _Cells()
    count = 0
    try:
        with warnings.catch_warnings():
            # What openpyxl cannot keep (conditional formats, drop-downs) holds no cells.
            warnings.simplefilter("ignore")
            for number, (row, written) in enumerate(_both(values, formulas, styled=styled)):
                texts = [_text(cell, styled=styled) for cell in row]
                _note_odd(cells, number, row, written, texts, styled=styled)
                count += len(texts)
                cells.rows.append(texts if any(texts) else ())
                _refuse_too_many(count, values.title, shown)
    except UnreadableFileError:
        raise
    except Exception as error:  # a broken sheet is only met when it is read
        raise UnreadableFileError(shown, f"a sheet is broken ({error})") from error
    while cells.rows and not cells.rows[-1]:
        cells.rows.pop()
    return cells


def _refuse_too_many(count: int, title: str, shown: str) -> None:
    if count > MOST_CELLS:
        why = (
            f"the sheet '{title}' has more than {MOST_CELLS:,} cells, too much for a register; if "
            "most are blank, delete the blank rows and columns and save it again"
        )
        raise UnreadableFileError(shown, why)


def _both(values: Any, formulas: Any | None, *, styled: bool) -> Iterator[tuple[Any, Any]]:
    values.reset_dimensions()  # some programs write a size that hides most of the sheet
    rows = values.iter_rows(values_only=not styled)
    if formulas is None:
        return ((row, ()) for row in rows)
    formulas.reset_dimensions()
    return zip(rows, formulas.iter_rows(values_only=True), strict=False)


def _value(cell: Any, *, styled: bool) -> Any:
    return cell.value if styled else cell


def _text(cell: Any, *, styled: bool) -> str:
    value = _value(cell, styled=styled)
    if styled and isinstance(value, int | float) and not isinstance(value, bool):
        return _as_shown(value, cell.number_format)
    return as_text(value)


def _as_shown(value: float, number_format: str) -> str:
    if number_format.endswith("%"):
        return f"{round(value * 100, 10):g}%"
    if _ZEROS.fullmatch(number_format) and float(value).is_integer() and value >= 0:
        return str(int(value)).zfill(number_format.count("0"))
    return as_text(value)


def _note_odd(
    cells: _Cells,
    number: int,
    row: Sequence[Any],
    written: Sequence[Any],
    texts: list[str],
    *,
    styled: bool,
) -> None:
    import datetime as dt  # noqa: PLC0415

    for index, cell in enumerate(row):
        value = _value(cell, styled=styled)
        if isinstance(value, dt.date | dt.datetime):
            cells.odd[number, index] = Oddity.DATE
        elif isinstance(value, int | float) and not isinstance(value, bool):
            cells.odd[number, index] = Oddity.NUMBER
        elif isinstance(value, str) and value in _ERRORS:
            cells.odd[number, index] = Oddity.ERROR
    for index, formula in enumerate(written[: len(texts)]):
        if not texts[index] and as_text(formula).startswith("="):
            texts[index] = as_text(formula)
            cells.odd[number, index] = Oddity.FORMULA
