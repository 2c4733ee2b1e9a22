"""Sheets of text written straight as XML: fast, and with no cell that could be a formula.

openpyxl makes everything around the cells; making hundreds of thousands of cells with it would
take longer than reading the file did.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from xml.sax.saxutils import escape

from netmap.tables import column_letter

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_LONGEST = 32_767
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Most cells are such, and looking at them any closer takes seconds in a large file.
_PLAIN = re.compile(r"[ !#-%'-;=?-~]{1,1000}")
_LETTERS = lru_cache(maxsize=MOST_COLUMNS)(column_letter)

StyledText = tuple[str, int]


def allowed(text: str) -> str:
    """Replace what no workbook can hold, and cut what no cell can hold."""
    return _NOT_XML.sub("\ufffd", text)[:_LONGEST]


def sheet_data(rows: Iterable[Sequence[StyledText]]) -> str:
    """Write the cells of a sheet.

    Args:
        rows: Text and the number of a cell style, row by row, from the first row and column on.

    Returns:
        A ``sheetData`` element; a cell without text and style is left out.
    """
    lines = (_row(number, row) for number, row in enumerate(rows, 1))
    return f"<sheetData>{''.join(lines)}</sheetData>"


def _row(number: int, cells: Sequence[StyledText]) -> str:
    written = "".join(
        f'<c r="{_LETTERS(at)}{number}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_escaped(text)}</t></is></c>'
        if text
        else f'<c r="{_LETTERS(at)}{number}" s="{style}"/>'
        for at, (text, style) in enumerate(cells)
        if text or style
    )
    return f'<row r="{number}">{written}</row>' if written else ""


def _escaped(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    # A carriage return as such would come back as a line feed.
    return escape(allowed(text), {"\r": "&#13;"})
