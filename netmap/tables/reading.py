"""Reading: all tables of a register in a folder, or one CSV file that stands alone."""

from collections.abc import Sequence
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.tables.csv_files import csv_sheet
from netmap.tables.folders import sheets_in, unreadable
from netmap.tables.headings import Heading
from netmap.tables.rows import table_of
from netmap.tables.table import Table


def read_tables(
    folder: Path, shown: str, known: Heading, required: Heading
) -> tuple[dict[str, Table], list[Finding]]:
    """Read every table of a register that is in a folder.

    Args:
        folder: The folder.
        shown: How messages name the folder.
        known: For each table its columns by their proper names.
        required: For each table the columns it cannot do without.

    Returns:
        The tables that could be read by name, and what was wrong. A table that is in two places
        is read from the first (CSV, then workbook, then Parquet) and reported.
    """
    findings: list[Finding] = []
    tables: dict[str, Table] = {}
    for sheet in sheets_in(folder, shown, known, findings):
        if sheet.name in tables:
            first = tables[sheet.name].file
            message = f"the table '{sheet.name}' is already in {first}; this one is left out."
            findings.append(
                Finding(Level.ERROR, "table-twice", message, Place(sheet.file), sheet.name)
            )
            continue
        name = sheet.name
        try:
            table = table_of(sheet, known[name], required.get(name, ()), findings)
        except UnreadableFileError as error:
            findings.append(unreadable(sheet.file, error.why))
            continue
        if table:
            tables[name] = table
    return tables, findings


def read_csv(
    file: Path, shown: str, columns: Sequence[str], required: Sequence[str]
) -> tuple[Table, list[Finding]]:
    """Read one CSV file that is not part of a register, such as venues or sessions.

    Raises:
        UnreadableFileError: It is not there, or is not text.
    """
    findings: list[Finding] = []
    sheet = csv_sheet(file, file.stem.lower(), shown, columns)
    table = table_of(sheet, columns, required, findings)
    return table or Table(sheet.name, shown, (), (), ()), findings
