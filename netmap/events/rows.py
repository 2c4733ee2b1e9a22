"""From the rows of a CSV to models, with every problem found at once.

A fault in an optional cell empties that cell (a warning); in a required one it sets the row aside
(an error), as in a register. What could not be read is kept beside, so that a table can be written
back without losing anybody's words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from netmap.events.models import EVERY_ROW, FIELDS, Session
from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.cells import Reading
from netmap.networks.models import Record
from netmap.tables import Row, read_csv
from netmap.vocabulary import Vocabularies

R = TypeVar("R", bound=Record)
_COLUMNS = {field: column for column, field in FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Rows(Generic[R]):
    """The rows of one table: those that can be used, and the cells of those set aside."""

    kept: tuple[R, ...] = ()
    aside: tuple[Mapping[str, str], ...] = ()


def read_rows(
    model: type[R],
    file: Path,
    shown: str,
    columns: Sequence[str],
    vocabularies: Vocabularies,
    findings: list[Finding],
    key: Callable[[R], str] = lambda _: "",
) -> Rows[R]:
    """Read one table.

    Args:
        model: What a row becomes.
        file: The CSV.
        shown: How messages name it.
        columns: Its columns, apart from those every row has.
        vocabularies: The controlled terms.
        findings: What was noticed is added to it.
        key: What must be unique; of rows with one key that is not empty the first stays.

    Raises:
        UnreadableFileError: It is not there, or is not text.
    """
    known = (*columns, *EVERY_ROW)
    needed = [_COLUMNS.get(n, n) for n, f in model.model_fields.items() if f.is_required()]
    table, noticed = read_csv(file, shown, known, needed)
    findings += noticed
    reading = Reading(vocabularies)
    kept: dict[str, R] = {}
    aside: list[Mapping[str, str]] = []
    for row in table.rows:
        record = _read_row(model, shown, row, frozenset(known), reading, findings)
        name = key(record) if record else ""
        if record is None:
            aside.append(row.cells)
        elif name in kept:
            findings.append(_twice(name, record, kept[name]))
            aside.append(row.cells)
        else:
            kept[name or f"\n{row.number}"] = record
    quirks = (*table.quirks, *(["day-first dates"] if reading.day_first else []))
    if quirks:
        message = f"read with {', '.join(quirks)}; nothing in the file was changed."
        findings.append(Finding(Level.NOTICE, "file-format", message, Place(shown)))
    unknown = [column for column in table.unknown if not column.startswith("column ")]
    findings += [checks.unknown_column(shown, column, set(known)) for column in unknown]
    return Rows(tuple(kept.values()), tuple(aside))


def _twice(name: str, record: Record, first: Record) -> Finding:
    message = f"'{name}' is already used in row {first.at.row}; this row is set aside."
    place = replace(record.at, column="uid" if isinstance(record, Session) else "id")
    return Finding(Level.ERROR, "duplicate-id", message, place, name)


def _read_row(
    model: type[R],
    shown: str,
    row: Row,
    known: frozenset[str],
    reading: Reading,
    findings: list[Finding],
) -> R | None:
    values: dict[str, Any] = {FIELDS.get(c, c): t for c, t in row.cells.items() if c in known}
    extra = {c: t for c, t in row.cells.items() if c not in known}
    at = Place(shown, row.number)
    faulted = {FIELDS.get(c, c) for c in row.emptied}
    unread: dict[str, str] = {}
    while True:
        data = {**values, "at": at, "extra": extra, "faulted": frozenset(faulted)}
        if model is Session:
            data["unread"] = unread
        try:
            record = model.model_validate(data, context=reading)
            break
        except ValidationError as error:
            reading.noticed.clear()
            if _faults(error, model, values, faulted, unread, at, findings):
                return None
    return _with_noticed(record, row, at, reading, findings)


def _faults(
    error: ValidationError,
    model: type[Record],
    values: dict[str, Any],
    faulted: set[str],
    unread: dict[str, str],
    at: Place,
    findings: list[Finding],
) -> bool:
    """Say what is wrong with a row's cells and empty them; tell whether the row is lost."""
    lost = False
    for fault in error.errors(include_url=False):
        field = str(fault["loc"][0])
        needed = model.model_fields[field].is_required()
        lost |= needed
        silent = fault["type"] == "missing" and field in faulted
        written = values.pop(field, None)
        if silent:
            continue
        faulted.add(field)
        if written is not None:
            unread[field] = str(written)
        place = replace(at, column=_COLUMNS.get(field, field))
        findings.append(checks.cell_fault(fault, place, lost=needed))
    return lost


def _with_noticed(record: R, row: Row, at: Place, reading: Reading, findings: list[Finding]) -> R:
    """Report the items left out of a row's lists, and keep how those lists were written."""
    if not reading.noticed:
        return record
    faulted, unread = set(record.faulted), dict(getattr(record, "unread", {}))
    for field, code, message, value, hint in reading.noticed:
        column = _COLUMNS.get(field, field)
        place = replace(at, column=column)
        findings.append(
            Finding(Level.WARNING, code, f"{message[:-1]}; it is left out.", place, value, hint)
        )
        unread[field] = row.cells[column]
        if not getattr(record, field):
            faulted.add(field)
    reading.noticed.clear()
    update: dict[str, Any] = {"faulted": frozenset(faulted)}
    if isinstance(record, Session):
        update["unread"] = unread
    return record.model_copy(update=update)
