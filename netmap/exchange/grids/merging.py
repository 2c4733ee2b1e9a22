"""Which cells of a workbook are merged, sheet by sheet."""

import io
import zipfile
from collections.abc import Mapping

Ranges = tuple[tuple[int, int, int, int], ...]


def merged_cells(content: bytes) -> Mapping[str, Ranges]:
    """Find the merged cells of an ``.xlsx``.

    Args:
        content: The workbook.

    Returns:
        Sheet to (first row, first column, last row, last column), all from nought; only sheets
        that have any.
    """
    if not _any_merged(content):
        return {}
    import python_calamine  # noqa: PLC0415  # only for books that have merged cells

    try:
        book = python_calamine.load_workbook(io.BytesIO(content))
        return {name: ranges for name in book.sheet_names if (ranges := ranges_of(book, name))}
    except python_calamine.CalamineError:
        return {}  # what is wrong with the book is said where its cells are read


def ranges_of(book: object, name: str) -> Ranges:
    """Give the merged ranges of one sheet of an open calamine book."""
    found = book.get_sheet_by_name(name).merged_cell_ranges  # type: ignore[attr-defined]  # typed as object to keep the import lazy
    return tuple((a, b, c, d) for (a, b), (c, d) in found or ())


def _any_merged(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
        return any(b"<mergeCell " in archive.read(name) for name in names)
