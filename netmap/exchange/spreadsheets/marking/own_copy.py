"""The user's own workbook opened to be marked, without what would reach out of it.

Formulas, formats, widths, drop-downs and sheets stay as far as openpyxl keeps them; charts,
pictures, macros and links to other workbooks do not.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.tables import open_archive

if TYPE_CHECKING:
    from openpyxl import Workbook

_SUFFIXES = frozenset({".xlsx", ".xlsm"})
# Every cell of a copy is an object; beyond this the copy would cost more than it helps.
_LARGEST_SHEETS = 48 * 2**20
_ELSEWHERE = re.compile(r"\[[^\[\]]+\][^\[\]!]*!|\[\d+\]")


def can_be_copied(file: Path, shown: str) -> bool:
    """Tell whether a file is a workbook of the kind that is written, and not too large to copy."""
    if file.suffix.casefold() not in _SUFFIXES or not zipfile.is_zipfile(file):
        return False
    with open_archive(file, shown, "an Excel workbook") as archive:
        sheets = [one for one in archive.infolist() if one.filename.startswith("xl/worksheets/")]
        return sum(one.file_size for one in sheets) <= _LARGEST_SHEETS


def own_copy(file: Path) -> "Workbook":
    """Open the user's workbook.

    Raises:
        Exception: Whatever openpyxl raises for a workbook it does not understand.
    """
    import openpyxl  # noqa: PLC0415  # slow to import

    content = file.read_bytes()
    workbook = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, rich_text=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        linked = any(name.startswith("xl/externalLinks/") for name in archive.namelist())
    if linked:
        values = openpyxl.load_workbook(io.BytesIO(content), keep_links=False, data_only=True)
        _cut_links(workbook, values)
    return workbook


def _cut_links(workbook: "Workbook", values: "Workbook") -> None:
    """Put values in place of what points to other workbooks."""
    _cut_names(workbook.defined_names)
    for sheet in workbook.worksheets:
        _cut_names(sheet.defined_names)
        known = values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and _ELSEWHERE.search(_formula(cell.value)):
                    _put_value(cell, known[cell.coordinate].value)
        sheet.data_validations.dataValidation = [
            rule
            for rule in sheet.data_validations.dataValidation
            if not _ELSEWHERE.search(f"{rule.formula1} {rule.formula2}")
        ]


def _cut_names(names: Any) -> None:
    for name in [n for n, defined in names.items() if _ELSEWHERE.search(defined.value or "")]:
        del names[name]


def _formula(value: Any) -> str:
    return str(getattr(value, "text", value))


def _put_value(cell: Any, value: Any) -> None:
    cell.value = value
    # What another workbook said may begin with an equals sign.
    if isinstance(value, str):
        cell.data_type = "s"


def titles_of(workbook: "Workbook") -> Mapping[str, str]:
    """Map each sheet's name to itself."""
    return {sheet.title: sheet.title for sheet in workbook.worksheets}
