"""From the files of one network to its register, with every problem found at once.

A fault in an optional cell empties that cell (a warning); in a required one it sets the row aside
(an error). Of rows with one id the first stays. Rows that refer to a row set aside are named with
it. What the rows say together (shares that add up, coordinates that look swapped) is checked in
:mod:`netmap.networks.checks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.boundaries import read_boundaries
from netmap.networks.cells import Reading, as_number, split
from netmap.networks.models import TABLES, NetworkSettings, Population, Record, columns, required
from netmap.networks.references import resolve
from netmap.networks.register import Register
from netmap.tables import WORKBOOK, Row, Table, normalise_heading, read_tables
from netmap.vocabulary import Vocabularies
from netmap.workspace import NETWORK_FILE, read_toml, settings_from

KEYS: Mapping[str, str] = {"organisations": "id", "activities": "id", "areas": "code"}
# Known only once names and aliases have become codes.
_KEYS_RESOLVED: Mapping[str, str] = {"populations": "area"}
_UNREAD = frozenset(
    {"unreadable-file", "empty-file", "missing-heading", "missing-file", "hidden-sheet"}
)


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


def read_register(
    folder: Path, shown: str, vocabularies: Vocabularies, as_of: date
) -> tuple[Register, list[Finding]]:
    """Read one network.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.
        vocabularies: The controlled terms of the workspace.
        as_of: The day of the run; rows whose consent ended before it are left out.

    Returns:
        The register as staff may see it, and all that was noticed.

    Raises:
        UnreadableFileError: ``network.toml`` is not TOML.
    """
    file = f"{shown}/{NETWORK_FILE}"
    settings, findings = settings_from(NetworkSettings, read_toml(folder / NETWORK_FILE), file)
    findings += checks.settings(settings, vocabularies, file)
    headings = {name: columns(model) for name, model in TABLES.items()}
    tables, noticed = read_tables(
        folder,
        shown,
        {**headings, "populations": (*headings["populations"], *vocabularies["community"])},
        {name: required(model) for name, model in TABLES.items()},
    )
    findings += noticed
    if "organisations" not in tables and _why_unread("organisations", None, findings) is None:
        message = "there is no organisations.csv, and no such sheet in register.xlsx."
        findings.append(Finding(Level.ERROR, "missing-file", message, Place(shown)))
    rows = {
        name: _read_rows(model, tables.get(name), vocabularies, findings)
        for name, model in TABLES.items()
    }
    for name in KEYS:
        rows[name].unread = _why_unread(name, tables.get(name), findings)
    _first_of_each(rows, KEYS, findings)
    resolve(rows, findings)
    _first_of_each(rows, _KEYS_RESOLVED, findings)
    boundaries, noticed = read_boundaries(folder, shown, [area.code for area in rows["areas"].kept])
    findings += noticed
    register = Register(
        name=folder.name,
        settings=settings,
        as_of=as_of,
        boundaries=boundaries,
        set_aside={name: table.set_aside for name, table in rows.items()},
        **checks.tables(
            {name: table.kept for name, table in rows.items()},
            settings,
            vocabularies,
            as_of,
            findings,
        ),
    )
    return register, findings


def _why_unread(name: str, table: Table | None, findings: list[Finding]) -> int | None:
    """Find the finding that says why a table, or the rest of it, was not read."""
    for index, finding in enumerate(findings):
        file = (finding.place.file or "").casefold()
        own = table.file.casefold() == file if table else _is_table(name, file)
        own |= finding.code == "missing-file" and name == "organisations"
        if own and finding.code in ({"unclosed-quote"} if table else _UNREAD):
            return index
    return None


def _is_table(name: str, file: str) -> bool:
    """Tell whether a file or sheet is, or would have held, a table."""
    last = file.rsplit("/", 1)[-1]
    if "#" in last:
        return normalise_heading(last.rsplit("#", 1)[-1]) == name
    return last == WORKBOOK or last.rsplit(".", 1)[0] == name


def _read_rows(
    model: type[Record], table: Table | None, vocabularies: Vocabularies, findings: list[Finding]
) -> Rows:
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


def _first_of_each(
    rows: Mapping[str, Rows], keys: Mapping[str, str], findings: list[Finding]
) -> None:
    for name, key in keys.items():
        first: dict[str, Record] = {}
        for record in rows[name].kept:
            value = getattr(record, key)
            if value not in first:
                first[value] = record
                continue
            rows[name].set_aside += 1
            message = (
                f"'{value}' is already used in row {first[value].at.row}; this row is set aside."
            )
            findings.append(
                Finding(Level.ERROR, "duplicate-id", message, replace(record.at, column=key), value)
            )
        rows[name].kept = list(first.values())
