"""CSV and other delimited text as a grid, whatever stands between its cells."""

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grids.grid import Book, Grid
from netmap.exchange.opening import content_of
from netmap.tables import normalise_heading, tidy
from netmap.tables.csv_files import csv_rows, text_of, unclosed_row

_DELIMITERS = (",", ";", "\t", "|")
_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 60
_BLANKS = b' ,;\t|\r\n"\xef\xbb\xbf'
_SEPARATOR_LINE = "sep="


def text_book(file: Path, shown: str, known: Sequence[str]) -> Book:
    """Read delimited text as a book of one grid.

    Args:
        file: The file.
        shown: How messages name it.
        known: Headings that may be in it; they help to tell what stands between cells.

    Raises:
        UnreadableFileError: It is not there, not text, empty, or holds nothing but blanks.
    """
    if not content_of(file, shown).translate(None, _BLANKS):
        raise UnreadableFileError(shown, "it holds nothing, or nothing but blanks")
    quirks: list[str] = []
    text = text_of(file, shown, quirks)
    declared = _declared(text)
    delimiter = declared or delimiter_of(text, known)
    notes = [
        Note(Outcome.MENDED, "file-format", f"read with {quirk}.", Spot(shown)) for quirk in quirks
    ]
    if delimiter != ",":
        message = f"{_WORDS.get(delimiter, repr(delimiter))} stand between the cells."
        notes.append(Note(Outcome.MENDED, "file-format", message, Spot(shown)))
    unclosed = unclosed_row(text, delimiter)
    rows = enumerate(csv_rows(text, delimiter, shown), start=1)
    kept = [row for _, row in takewhile(lambda pair: pair[0] != unclosed, rows)]
    if declared:
        kept[0] = []
    if unclosed:
        message = "a quotation mark is opened and never closed; nothing from here on is read."
        notes.append(Note(Outcome.REFUSED, "unclosed-quote", message, Spot(shown, "", unclosed)))
    return Book((Grid(shown, "", kept),), tuple(notes))


def _declared(text: str) -> str:
    """Read the line ``sep=;`` that some programs write first."""
    first = text[: len(_SEPARATOR_LINE) + 2].rstrip("\r\n")
    if first.lower().startswith(_SEPARATOR_LINE) and len(first) == len(_SEPARATOR_LINE) + 1:
        return first[-1]
    return ""


def delimiter_of(text: str, known: Sequence[str] = ()) -> str:
    """Choose what stands between cells.

    What makes most known headings in any of the first rows wins; else what cuts most rows into
    the same number of cells, more than one.

    Args:
        text: The file.
        known: Headings that may be in it.
    """
    wanted = {normalise_heading(one) for one in known}
    sample = "\n".join(islice(text.splitlines(), _SAMPLE))

    def merit(delimiter: str) -> tuple[int, float, int]:
        try:
            rows = [row for row in csv.reader(sample.splitlines(), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0.0, 0
        found = max((len(wanted & _headings(row)) for row in rows), default=0)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return found, times / len(rows) if rows else 0.0, width

    # max keeps the first of equals, and the comma is first.
    return max(_DELIMITERS, key=merit)


def _headings(row: Sequence[str]) -> set[str]:
    return {normalise_heading(tidy(cell)) for cell in row}
