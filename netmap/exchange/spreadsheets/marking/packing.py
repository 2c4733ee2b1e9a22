"""A workbook as bytes that are the same every time: no clock, no order of the machine's."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_WRITTEN = datetime(2000, 1, 1, tzinfo=UTC)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CELLS = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_SIZE = re.compile(r"<dimension [^>]*/>")
_CORE = "docProps/core.xml"


def packed(workbook: "Workbook", cells: Mapping[str, str]) -> bytes:
    """Save a workbook.

    Args:
        workbook: The workbook; its dates are set to a fixed one.
        cells: Sheet title to the ``sheetData`` that is to stand in it instead of openpyxl's.

    Returns:
        The bytes of an ``.xlsx``, the same for the same workbook.
    """
    workbook.properties.created = _WRITTEN.replace(tzinfo=None)
    raw = io.BytesIO()
    workbook.save(raw)
    instead = {
        f"xl/worksheets/sheet{number}.xml": cells[sheet.title]
        for number, sheet in enumerate(workbook.worksheets, 1)
        if sheet.title in cells
    }
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            content = old.read(name)
            if name == _CORE:
                content = _MODIFIED.sub(rb"\g<1>" + _WRITTEN.strftime("%FT%TZ").encode(), content)
            elif name in instead:
                content = _with_cells(content.decode(), instead[name]).encode()
            new.writestr(entry, content)
    return out.getvalue()


def _with_cells(sheet: str, cells: str) -> str:
    # A function, because backslashes in a replacement text would mean something.
    return _SIZE.sub("", _CELLS.sub(lambda _: cells, sheet, count=1), count=1)
