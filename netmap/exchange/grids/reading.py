"""From a file to its grids, by what the file is rather than by what it is called."""

from collections.abc import Sequence
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange.grids.grid import Book
from netmap.exchange.grids.older import older_book
from netmap.exchange.grids.text import text_book
from netmap.exchange.grids.workbooks import workbook_book
from netmap.exchange.opening import content_of
from netmap.tables import open_archive

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_TEXT = frozenset({".csv", ".tsv", ".txt"})
_SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", *_TEXT})


def is_spreadsheet(file: Path) -> bool:
    """Tell by its name whether a file is one that :func:`book_of` reads."""
    return file.is_file() and file.suffix.lower() in _SPREADSHEETS


def book_of(file: Path, shown: str, known: Sequence[str] = ()) -> Book:
    """Read a spreadsheet of any common kind.

    Args:
        file: ``.xlsx``, ``.xlsm``, ``.xls``, ``.ods``, or text with something between its cells.
        shown: How messages name it.
        known: Headings that may be in it; they help to tell what stands between cells of a CSV.

    Returns:
        The visible sheets as grids, with what was noticed on the way.

    Raises:
        UnreadableFileError: It is none of these, has a password, or is too large.
    """
    start = _first_bytes(file, shown)
    if start.startswith(_ZIP):
        return workbook_book(file, shown) if _is_excel(file, shown) else older_book(file, shown)
    if start.startswith(_OLE):
        return older_book(file, shown)
    if file.suffix.lower() in {".xls", ".xlsx", ".xlsm", ".ods"} and start.lstrip().startswith(
        b"<"
    ):
        why = "it is a web page under a spreadsheet's name; open it and save it as .xlsx"
        raise UnreadableFileError(shown, why)
    return text_book(file, shown, known)


def _first_bytes(file: Path, shown: str) -> bytes:
    return content_of(file, shown)[:64]


def _is_excel(file: Path, shown: str) -> bool:
    with open_archive(file, shown, "a spreadsheet") as archive:
        names = archive.namelist()
    if any(name.startswith("xl/") for name in names):
        return True
    if "content.xml" in names:
        return False
    raise UnreadableFileError(shown, "it is a zip file, and holds no spreadsheet")
