"""The rows of one table, made from its cells, and those that had to be set aside.

A fault in an optional cell empties that cell (a warning); in a required one it sets the row aside
(an error).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.cells import Reading, as_number, split
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
    known = set(columns(model))
    for row in table.rows:
        _read_row(model, table, row, known, groups, reading, rows, findings)
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


def _read_row(  # one row needs all of its surroundings
    model: type[Record],
    table: Table,
    row: Row,
    known: set[str],
    groups: Mapping[str, str],
    reading: Reading,
    rows: Rows,
    findings: list[Finding],
) -> None:
    values: dict[str, Any] = {c: text for c, text in row.cells.items() if c in known}
    if groups:
        values["groups"] = _group_counts(table.file, row, groups, findings)
    values["extra"] = {c: t for c, t in row.cells.items() if c not in known and c not in groups}
    values["at"] = Place(table.file, row.number)
    record, faulted = _made(model, values, set(row.emptied), reading, findings)
    if record is None:
        rows.set_aside += 1
        why = _why_lost(table.file, row, findings)
        for key in _keys_of(table.name, row):
            rows.lost.setdefault(key, why)
        return
    for column, code, message, value, hint in reading.noticed:
        place = replace(record.at, column=column)
        findings.append(Finding(Level.WARNING, code, message, place, value, hint))
        if not getattr(record, column):
            faulted.add(column)
    update: dict[str, Any] = {"faulted": frozenset(faulted)}
    if "measure" in faulted:
        update["groups"] = {}  # numbers that may be people or percent are neither
    rows.kept.append(record.model_copy(update=update))


def _why_lost(file: str, row: Row, findings: list[Finding]) -> int:
    """Find what says why a row was lost, and let it say so where it spoke of the cell alone."""
    index = max(
        n
        for n, finding in enumerate(findings)
        if (finding.place.file, finding.place.row) == (file, row.number)
        and finding.level is Level.ERROR
    )
    said = findings[index].message.replace("the cell is left empty", "the row is set aside")
    findings[index] = replace(findings[index], message=said)
    return index


def _keys_of(table: str, row: Row) -> list[str]:
    """List what other rows may call a row by; areas go by name too."""
    columns = (KEYS.get(table, ""), *(("name",) if table == "areas" else ()))
    keys = [row.cells[column] for column in columns if column in row.cells]
    return keys + (list(split(row.cells.get("aliases", ""))) if table == "areas" else [])


def _made(
    model: type[Record],
    values: dict[str, Any],
    faulted: set[str],
    reading: Reading,
    findings: list[Finding],
) -> tuple[Record | None, set[str]]:
    """Make a row, emptying faulty cells until it can be made; None where a needed one is faulty."""
    while True:
        reading.noticed.clear()
        try:
            return model.model_validate(values, context=reading), faulted
        except ValidationError as error:
            if _faults(error, model, values, faulted, findings):
                reading.noticed.clear()
                return None, faulted


def _faults(
    error: ValidationError,
    model: type[Record],
    values: dict[str, Any],
    faulted: set[str],
    findings: list[Finding],
) -> bool:
    """Say what is wrong with a row's cells and empty them; tell whether the row is lost."""
    fatal = False
    for fault in error.errors(include_url=False):
        column = str(fault["loc"][0])
        lost = model.model_fields[column].is_required()
        fatal |= lost
        silent = fault["type"] == "missing" and column in faulted
        values.pop(column, None)
        if not silent:
            faulted.add(column)
            findings.append(
                checks.cell_fault(fault, replace(values["at"], column=column), lost=lost)
            )
    return fatal


def _group_counts(
    file: str, row: Row, groups: Mapping[str, str], findings: list[Finding]
) -> dict[str, float]:
    counts: dict[str, float] = {}
    for column, slug in groups.items():
        text = row.cells.get(column, "")
        if not text:
            continue
        count = as_number(text)
        if count is not None and count >= 0:
            counts[slug] = count
        else:
            message = f"'{text}' is not a count or a percentage; the cell is left empty."
            place = Place(file, row.number, column)
            findings.append(Finding(Level.WARNING, "bad-number", message, place, text))
    return counts
