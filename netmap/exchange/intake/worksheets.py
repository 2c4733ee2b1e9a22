"""Cells put into one sheet of a workbook, so that every other byte of it stays.

Programs that load a workbook and save it again lose what they do not know: charts, drop-down
lists, the values formulas had. So the sheet's own XML is cut open at the cells that change.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

from defusedxml.ElementTree import fromstring

from netmap.errors import UnreadableFileError
from netmap.tables import column_letter

Cells = Mapping[int, Mapping[int, str | float]]
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TAG = re.compile(rb"<(/?)((?:[\w.-]+:)?)(sheetData|row|c|f)\b([^<>]*?)(/?)>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]*)(\d*)"')
_SIZE = re.compile(rb"<(?:[\w.-]+:)?dimension\b[^<>]*/>")


@dataclass(slots=True)
class _Cell:
    column: int
    start: int
    end: int
    style: bytes
    formula: bool = False


@dataclass(slots=True)
class _Row:
    number: int
    start: int
    tag: bytes
    end: int = 0
    cells: list[_Cell] = field(default_factory=list)


def with_cells(content: bytes, shown: str, edits: Mapping[str, Cells]) -> bytes:
    """Put cells into sheets of a workbook.

    Args:
        content: The workbook, ``.xlsx``.
        shown: How messages name it.
        edits: Sheet to row to column (both from nought) to text or number; ``""`` empties a cell
            and keeps its format.

    Returns:
        The workbook; all that is not edited is byte for byte as before.

    Raises:
        UnreadableFileError: A sheet is not there, or a cell to be edited holds a formula.
    """
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        parts = {_part_of(before, sheet, shown): (sheet, edits[sheet]) for sheet in edits}
        for entry in before.infolist():
            member = before.read(entry)
            if entry.filename in parts:
                sheet, cells = parts[entry.filename]
                member = _edited(member, cells, f"{shown}#{sheet}")
            after.writestr(copy(entry), member)
    return out.getvalue()


def _part_of(archive: zipfile.ZipFile, sheet: str, shown: str) -> str:
    """Find which file of the workbook holds a sheet."""
    links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            target = targets.get(_link(element.attrib), "")
            return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    raise UnreadableFileError(f"{shown}#{sheet}", "the sheet cannot be found in the workbook")


def _link(attributes: Mapping[str, str]) -> str:
    # Strict workbooks name the same attribute in another namespace.
    found = (value for name, value in attributes.items() if name.endswith("}id"))
    return attributes.get(f"{_OFFICE}id") or next(found, "")


def _edited(xml: bytes, edits: Cells, shown: str) -> bytes:
    inside, outside, prefix, rows = _rows_of(xml, shown)
    known = {row.number: row for row in rows}
    made = []
    for number in sorted({*known, *edits}):
        row, cells = known.get(number), edits.get(number, {})
        if row is None:
            made.append(_row_with(xml, _Row(number, 0, _opening(prefix, number)), cells, prefix))
        elif not cells:
            made.append(xml[row.start : row.end])
        else:
            _refuse_formulas(row, cells, shown)
            made.append(_row_with(xml, row, cells, prefix))
    opened = b"<%bsheetData>" % prefix
    closed = b"</%bsheetData>" % prefix
    body = opened + b"".join(made) + closed
    return _SIZE.sub(b"", xml[:inside], count=1) + body + xml[outside:]


def _refuse_formulas(row: _Row, cells: Mapping[int, str | float], shown: str) -> None:
    for cell in row.cells:
        if cell.formula and cell.column in cells:
            name = f"{column_letter(cell.column)}{row.number + 1}"
            why = f"{name} is worked out by a formula and would change; paste its value there first"
            raise UnreadableFileError(shown, why)


def _opening(prefix: bytes, number: int) -> bytes:
    return b'<%brow r="%d">' % (prefix, number + 1)


def _row_with(xml: bytes, row: _Row, cells: Mapping[int, str | float], prefix: bytes) -> bytes:
    there = {cell.column: cell for cell in row.cells}
    made = []
    for column in sorted({*there, *cells}):
        cell = there.get(column)
        if column in cells:
            style = cell.style if cell else b""
            made.append(_cell_xml(prefix, row.number, column, style, cells[column]))
        elif cell:
            made.append(xml[cell.start : cell.end])
    tag = re.sub(rb'\sspans="[^"]*"', b"", row.tag).removesuffix(b"/>").removesuffix(b">")
    return b"%b>%b</%brow>" % (tag, b"".join(made), prefix)


def _cell_xml(prefix: bytes, row: int, column: int, style: bytes, value: str | float) -> bytes:
    start = b'<%bc r="%b%d"%b' % (prefix, column_letter(column).encode(), row + 1, style)
    if value == "":
        return start + b"/>"
    if not isinstance(value, str):
        return b"%b><%bv>%b</%bv></%bc>" % (start, prefix, repr(value).encode(), prefix, prefix)
    text = escape(value).encode()
    return b'%b t="inlineStr"><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (
        start,
        prefix,
        prefix,
        text,
        prefix,
        prefix,
        prefix,
    )


def _rows_of(xml: bytes, shown: str) -> tuple[int, int, bytes, list[_Row]]:
    """Find where a sheet's rows and cells begin and end.

    Returns:
        Where the rows begin and end with the tags around them, the prefix of the tags, the rows.
    """
    inside = outside = -1
    prefix = b""
    rows: list[_Row] = []
    for tag in _tags(xml):
        closes, named, name, attributes, empty = tag.groups()
        match name:
            case b"sheetData" if not closes:
                inside, prefix = tag.start(), named
                outside = tag.end() if empty else -1
            case b"sheetData":
                outside = tag.end()
            case b"row" if closes:
                rows[-1].end = tag.end()
            case b"row":
                number = _number(attributes, rows[-1].number + 1 if rows else 0)
                rows.append(_Row(number, tag.start(), tag.group(), tag.end()))
            case b"c" if closes:
                rows[-1].cells[-1].end = tag.end()
            case b"c":
                rows[-1].cells.append(_cell(tag, attributes, rows[-1].cells))
            case b"f" if not closes and rows and rows[-1].cells:
                rows[-1].cells[-1].formula = True
        if outside >= 0:
            return inside, outside, prefix, rows
    raise UnreadableFileError(shown, "the sheet has no cells to write beside")


def _tags(xml: bytes) -> Iterator[re.Match[bytes]]:
    start = re.search(rb"<(?:[\w.-]+:)?sheetData\b", xml)
    return _TAG.finditer(xml, start.start() if start else len(xml))


def _number(attributes: bytes, following: int) -> int:
    found = _REFERENCE.search(attributes)
    return int(found.group(2)) - 1 if found and found.group(2) else following


def _cell(tag: re.Match[bytes], attributes: bytes, before: list[_Cell]) -> _Cell:
    found = _REFERENCE.search(attributes)
    column = before[-1].column + 1 if before else 0
    if found and found.group(1):
        column = _column(found.group(1))
    style = re.search(rb'\ss="\d+"', attributes)
    return _Cell(column, tag.start(), tag.end(), style.group() if style else b"")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
