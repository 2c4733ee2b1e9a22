"""The rows of one table, made from its cells, and those that had to be set aside.

How one row is made is in :mod:`netmap.networks.making`; what rows refer to is found later, in
:mod:`netmap.networks.references`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.cells import Reading, split
from netmap.networks.making import Maker
from netmap.networks.models import Population, columns
from netmap.networks.records import Record
from netmap.tables import Row, Table
from netmap.vocabulary import Vocabularies

KEYS: Mapping[str, str] = {"organisations": "id", "activities": "id", "areas": "code"}


@dataclass(slots=True)
class Rows:
    """The rows of one table while they are read, and those that were set aside.

    ``lost`` maps the key of a row that was set aside to the finding that says why; ``unread`` is
    the finding that says why the whole table, or the rest of it, could not be read.
    """

    kept: list[Any] = field(default_factory=list)
    lost: dict[str, int] = field(default_factory=dict)
    unread: int | None = None
    set_aside: int = 0


def read_rows(
    model: type[Record], table: Table | None, vocabularies: Vocabularies, findings: list[Finding]
) -> Rows:
    """Read the rows of one table.

    Args:
        model: What each row is.
        table: The table as read, or None where there is none.
        vocabularies: The controlled terms of the workspace.
        findings: Gets what was wrong, row by row, then of the table.

    Returns:
        The rows; references are still as written.
    """
    rows = Rows()
    if table is None:
        return rows
    reading = Reading(vocabularies)
    groups = _community_columns(table, vocabularies) if model is Population else {}
    maker = Maker(model, table.file, groups, reading, findings)
    for row in table.rows:
        record = maker.make(row)
        if record is not None:
            rows.kept.append(record)
            continue
        rows.set_aside += 1
        for key in _keys_of(table.name, row):
            rows.lost.setdefault(key, maker.errors[row.number])
    known = set(columns(model))
    quirks = (*table.quirks, *(["day-first dates"] if reading.day_first else []))
    if quirks:
        message = f"read with {', '.join(quirks)}; nothing in the file was changed."
        findings.append(Finding(Level.NOTICE, "file-format", message, Place(table.file)))
    unknown = [
        column
        for column in table.unknown
        if column not in groups and not column.startswith("column ")
    ]
    findings.extend(checks.unknown_column(table.file, column, known) for column in unknown)
    return rows


def _community_columns(table: Table, vocabularies: Vocabularies) -> dict[str, str]:
    """Find the population columns that count a community, by heading."""
    found = {column: vocabularies["community"].resolve(column) for column in table.columns}
    return {column: slug for column, slug in found.items() if slug}


def _keys_of(table: str, row: Row) -> list[str]:
    """List what other rows may call a row by; areas go by name too."""
    columns = (KEYS.get(table, ""), *(("name",) if table == "areas" else ()))
    keys = [row.cells[column] for column in columns if column in row.cells]
    return keys + (list(split(row.cells.get("aliases", ""))) if table == "areas" else [])
