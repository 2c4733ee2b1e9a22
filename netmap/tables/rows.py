"""From a sheet's cells to a table's rows, with a finding for every cell that is not plain text."""

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from netmap.findings import Finding, Level, Place
from netmap.tables.cells import RUNS_AS_FORMULA, has_markup, tidy
from netmap.tables.headings import (
    column_letter,
    lacking_headings,
    match_headings,
    nameless,
    nameless_column,
    no_headings,
)
from netmap.tables.sheet import HEADING_ROW, Sheet
from netmap.tables.table import Row, Table

_FORMULA = re.compile(r"=\s*\S")


def table_of(
    sheet: Sheet, columns: Sequence[str], required: Sequence[str], findings: list[Finding]
) -> Table | None:
    """Read a sheet's rows under its headings; None where it has none, or lacks a required one.

    Args:
        sheet: The sheet; its rows are used up.
        columns: The columns the table may have, by their proper names.
        required: The columns it cannot do without.
        findings: Gets what was wrong, in order of the file.

    Raises:
        UnreadableFileError: The file turns out to be broken further down.
    """
    rows = enumerate(sheet.rows, start=HEADING_ROW)
    number, heading = next(rows, (HEADING_ROW, []))
    if not any(cell.strip() for cell in heading):
        empty = next(rows, None) is None
        findings.append(no_headings(sheet, number, empty=empty, needed=bool(required)))
        return None
    names, unknown = match_headings([tidy(cell) for cell in heading], sheet, columns, findings)
    lacking = lacking_headings(sheet, required, names, unknown)
    if lacking:
        findings.extend(lacking)
        return None
    texts = _Texts()
    read = tuple(
        row
        for number, cells in takewhile(lambda row: row[0] != sheet.unclosed, rows)
        if (row := _read_row(number, cells, names, texts, sheet.file, findings)) is not None
    )
    if sheet.unclosed:
        message = "a quotation mark is opened and never closed; nothing from here on is read."
        place = Place(sheet.file, sheet.unclosed)
        findings.append(Finding(Level.ERROR, "unclosed-quote", message, place))
    unnamed = [name for name in nameless(names) if any(name in row.cells for row in read)]
    findings.extend(nameless_column(sheet, column) for column in unnamed)
    return Table(
        sheet.name, sheet.file, tuple(names), (*unknown, *unnamed), read, tuple(sheet.quirks)
    )


class _Texts(dict[str, str]):
    """What is read of a cell as it stands, empty where that is nothing.

    Cells repeat, in a large register most of them: each distinct one is looked at once.

    Attributes:
        telling: The cells of which something has to be said, and the code of what is said.
    """

    def __init__(self) -> None:
        super().__init__()
        self.telling: dict[str, str] = {}

    def __missing__(self, raw: str) -> str:
        text = tidy(raw)
        first = text[:1]
        if first == "'" and text[1:2] in RUNS_AS_FORMULA:
            text = text[1:]  # as guarded() writes it
        elif first == "=" and _FORMULA.match(text):
            self.telling[raw] = "formula"
            text = ""
        if has_markup(text):
            self.telling[raw] = "markup"
        self[raw] = text
        return text


def _read_row(
    number: int,
    row: Sequence[str],
    names: Sequence[str],
    texts: _Texts,
    file: str,
    findings: list[Finding],
) -> Row | None:
    cells = {name: text for name, raw in zip(names, row, strict=False) if (text := texts[raw])}
    emptied: set[str] = set()
    if texts.telling and not texts.telling.keys().isdisjoint(row):
        for name, raw in zip(names, row, strict=False):
            if raw in texts.telling:
                findings.append(_telling(texts.telling[raw], raw, cells, Place(file, number, name)))
                emptied |= {name} - cells.keys()
    for index in range(len(names), len(row)):
        if text := tidy(row[index]):
            message = "there are more cells than headings; the rest is not used."
            place = Place(file, number, f"column {column_letter(index)}")
            hint = "Is a cell with a comma missing its quotation marks?"
            findings.append(Finding(Level.WARNING, "extra-cells", message, place, text, hint))
            break
    return Row(number, cells, frozenset(emptied)) if cells or emptied else None


def _telling(code: str, raw: str, cells: Mapping[str, str], place: Place) -> Finding:
    """Word what has to be said of a cell."""
    if code == "formula":
        message = "a formula stands where a value should be; the cell is left empty."
        hint = "Paste the value instead of the formula."
        return Finding(Level.ERROR, code, message, place, tidy(raw), hint)
    message = "looks like HTML or a script; it is shown as plain text everywhere."
    return Finding(Level.WARNING, code, message, place, cells[place.column or ""])
