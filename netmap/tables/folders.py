"""A folder's sheets: which of its files hold tables, and which are there by mistake."""

from collections.abc import Iterator
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.tables.csv_files import csv_sheet
from netmap.tables.headings import Heading
from netmap.tables.parquet_files import parquet_sheet
from netmap.tables.sheet import Sheet
from netmap.tables.workbooks import WORKBOOK, workbook_sheets

_TABLE_FILES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".parquet"})
_OTHER_TABLES = frozenset({"travel", "gap-decisions", "duplicates"})


def sheets_in(folder: Path, shown: str, known: Heading, findings: list[Finding]) -> Iterator[Sheet]:
    """Find the sheets of a register's tables: CSV first, then the workbook, then Parquet.

    Args:
        folder: The folder.
        shown: How messages name the folder.
        known: For each table its columns by their proper names.
        findings: Gets a finding for each file that cannot be read or that is no table.

    Yields:
        One sheet for each table in each file, in order of kind, then name.
    """
    # Sorted by kind so that CSV wins over a workbook, and a workbook over Parquet.
    kinds = {".csv": 0, ".xlsx": 1, ".parquet": 2}
    files = [p for p in folder.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))]
    seen: set[str] = set()
    for file in sorted(files, key=lambda p: (kinds.get(p.suffix.lower(), 9), p.name)):
        name, place = file.stem.lower(), f"{shown}/{file.name}"
        try:
            if file.name.lower() == WORKBOOK:
                for sheet in workbook_sheets(file, place, known, findings):
                    seen.add(sheet.name)
                    yield sheet
            elif file.suffix.lower() == ".csv" and name in known:
                seen.add(name)
                yield csv_sheet(file, name, place, known[name])
            elif file.suffix.lower() == ".parquet" and name in known:
                attributes = parquet_sheet(file, name, place, boundaries_only=name in seen)
                if attributes:
                    yield attributes
            elif file.suffix.lower() in _TABLE_FILES and name not in _OTHER_TABLES:
                hint = did_you_mean(name, known)
                message = "is not one of the tables of a register and is not read."
                findings.append(
                    Finding(Level.NOTICE, "stray-file", message, Place(place), None, hint)
                )
        except UnreadableFileError as error:
            findings.append(unreadable(place, error.why))


def unreadable(shown: str, why: str) -> Finding:
    """Word that a file or sheet cannot be read."""
    return Finding(Level.ERROR, "unreadable-file", f"cannot be read: {why}.", Place(shown))
