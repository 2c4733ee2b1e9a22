"""CSV files as Excel and other programs leave them: any usual encoding, any usual delimiter."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.tables.cells import tidy
from netmap.tables.headings import normalise_heading
from netmap.tables.sheet import HEADING_ROW, Sheet

_DELIMITERS = ",;\t|"
_LARGEST_CELL = 2**20
_LONGEST_HEADING = 2**20


def csv_sheet(file: Path, name: str, shown: str, columns: Sequence[str]) -> Sheet:
    """Open a CSV file.

    Args:
        file: The file.
        name: Which table it is.
        shown: How messages name the file.
        columns: The columns it may have; they tell which delimiter it uses.

    Raises:
        UnreadableFileError: It is not there, not text, or one quotation mark swallows it all.
    """
    quirks: list[str] = []
    text = text_of(file, shown, quirks)
    delimiter = _delimiter(text, columns)
    if delimiter != ",":
        quirks.append(f"'{delimiter}' between cells" if delimiter != "\t" else "tabs between cells")
    unclosed = unclosed_row(text, delimiter)
    if unclosed == HEADING_ROW:
        raise UnreadableFileError(shown, "a quotation mark in its first row is never closed")
    return Sheet(name, shown, csv_rows(text, delimiter, shown), quirks, unclosed)


def text_of(file: Path, shown: str, quirks: list[str]) -> str:
    """Read a text file in whichever usual encoding it is.

    Args:
        file: The file.
        shown: How messages name it.
        quirks: Gets what had to be understood, in words.

    Raises:
        UnreadableFileError: It is not there, open elsewhere, or not text.
    """
    try:
        return _decode(file.read_bytes(), quirks)
    except OSError as error:
        why = (
            "it is open in another program; close it there"
            if isinstance(error, PermissionError)
            else error.strerror or str(error)
        )
        raise UnreadableFileError(shown, why) from error
    except ValueError as error:
        raise UnreadableFileError(shown, "it is not text (it holds NUL bytes)") from error


def _decode(content: bytes, quirks: list[str]) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        quirks.append("UTF-16 text")
        return content.decode("utf-16")
    if content.startswith(codecs.BOM_UTF8):
        quirks.append("a byte-order mark")
    if b"\x00" in content:
        raise ValueError
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        quirks.append("Windows text (cp1252)")
        # Five bytes mean nothing in cp1252; what they stood for is lost, the rest is not.
        return content.decode("cp1252", errors="replace")


def unclosed_row(text: str, delimiter: str) -> int | None:
    """Find the row with a quotation mark that is never closed: it swallows all that follows."""
    if text.count('"') % 2 == 0:
        return None
    text = text.rstrip("\r\n")
    try:
        rows, with_one_more = (
            sum(1 for _ in csv.reader(io.StringIO(one, newline=""), delimiter=delimiter))
            for one in (text, f"{text}\nx")
        )
    except csv.Error:
        return None  # reading the rows will say so
    return rows if rows == with_one_more else None


def csv_rows(text: str, delimiter: str, shown: str) -> Iterator[Sequence[str]]:
    """Read the rows of a CSV, cells as they stand.

    Raises:
        UnreadableFileError: A cell is larger than any register's, or the quoting is broken.
    """
    csv.field_size_limit(_LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        why = f"line {reader.line_num} is not CSV ({error}); is a quotation mark missing?"
        raise UnreadableFileError(shown, why) from error


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """Choose what stands between cells: what makes most known headings of the first line."""
    first = next(iter(text.lstrip()[:_LONGEST_HEADING].splitlines()), "")
    wanted = {normalise_heading(column) for column in columns}

    def known_headings(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return len(wanted & {normalise_heading(tidy(cell)) for cell in cells})

    # max keeps the first of equals, and the comma is first.
    return max(_DELIMITERS, key=known_headings)
