"""A draft's rows read by the register's own models, so that nothing is taken it could not read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.contract import Contract, lists, written
from netmap.exchange.intake.names import slug
from netmap.exchange.intake.taking import Ledger, Taking
from netmap.findings import Finding, Level, did_you_mean
from netmap.networks.models import TABLES, columns
from netmap.networks.rows import KEYS, read_rows
from netmap.tables import Row, Table

# A finding is looked for among those of its batch, row by row.
_BATCH = 500
_STAND_IN = "x"
# Where what is written cannot be read, the register takes the strictest; empty would open the row.
_KEPT_UNREAD = frozenset({"visibility", "consent_until", "status"})


def check(table: str, rows: Sequence[Taking], contract: Contract, ledger: Ledger) -> None:
    """Leave out of rows, in place, what the register refuses, and set aside what it cannot use.

    Args:
        table: The table the rows are for.
        rows: The rows.
        contract: The columns of the tables.
        ledger: Gets what was refused.
    """
    for taking in rows:
        _mend_id(taking, ledger)
    for start in range(0, len(rows), _BATCH):
        _check_batch(table, rows[start : start + _BATCH], contract, ledger)
    if table == "shares":
        for taking in rows:
            _check_share(taking, contract, ledger)


def _mend_id(taking: Taking, ledger: Ledger) -> None:
    given = taking.cells.get("id", "")
    if not given or KEYS.get(taking.table) != "id":
        return
    made = slug(given)
    if made == given:
        return
    if not made:
        del taking.cells["id"]
        made = "one made from the name"
    else:
        taking.cells["id"] = made
    taking.calls.append(given)
    message = "an id has only lower-case letters, digits and hyphens."
    spot = taking.spot("id")
    ledger.say(taking, Note(Outcome.MENDED, "bad-id", message, spot, given, made))


def _check_batch(table: str, rows: Sequence[Taking], contract: Contract, ledger: Ledger) -> None:
    findings: list[Finding] = []
    read = read_rows(
        TABLES[table], _table_of(table, rows, contract), contract.vocabularies, findings
    )
    records = {record.at.row: record for record in read.kept}
    for finding in findings:
        number = finding.place.row
        if finding.level is not Level.NOTICE and number is not None and number <= len(rows):
            _tell(rows[number - 1], finding, ledger)
    known = frozenset(columns(TABLES[table]))
    rows_before = [taking.cells.get("communities", "") for taking in rows]
    for number, taking in enumerate(rows, start=1):
        if number in records:
            _take_meaning(taking, records[number], known)
            _keep_closed(taking, rows_before[number - 1], ledger)


def _table_of(table: str, rows: Sequence[Taking], contract: Contract) -> Table:
    """Put rows as a table of the register, numbered from one."""
    headings = {column: True for taking in rows for column in taking.cells}
    # What is not known yet, or need not be: an id to be made, a row to be added to.
    to_come = {KEYS[table]: _STAND_IN} if table in KEYS else {}
    patched = dict.fromkeys(contract.needed(table), _STAND_IN) if to_come else {}
    made = tuple(
        Row(number, {**(patched if taking.row.patch else to_come), **taking.cells})
        for number, taking in enumerate(rows, start=1)
    )
    return Table(table, table, tuple(headings), (), made)


def _tell(taking: Taking, finding: Finding, ledger: Ledger) -> None:
    column = finding.place.column or ""
    if finding.level is Level.ERROR:
        ledger.set_aside(taking, finding.code, finding.message, column, finding.hint)
        return
    note = Note(Outcome.REFUSED, finding.code, finding.message, taking.spot(column))
    note = replace(note, value=finding.value, hint=finding.hint)
    if column in _KEPT_UNREAD:
        said = finding.message.removesuffix("; the cell is left empty.").removesuffix(".")
        message = f"{said}; it stays as written until somebody puts it right."
        note = replace(note, outcome=Outcome.WARNED, message=message)
    else:
        taking.unusable.add(column)
    ledger.say(taking, note)


def _take_meaning(taking: Taking, record: Any, known: frozenset[str]) -> None:
    """Write each cell as the register would, and drop what it emptied."""
    several = lists(taking.table)
    for column, text in list(taking.cells.items()):
        if column in known:
            value = getattr(record, column)
            meant = value if isinstance(value, str) else written(value)
        elif taking.table == "populations" and column in record.extra:
            meant = text
        elif taking.table == "populations":
            meant = written(record.groups.get(column))
        else:
            meant = text
        unread = not meant or (column in record.faulted and column not in several)
        if unread and column in _KEPT_UNREAD:
            continue
        if unread:
            del taking.cells[column]
            taking.unusable.add(column)
        elif meant != text:
            taking.cells[column] = meant


def _keep_closed(taking: Taking, communities: str, ledger: Ledger) -> None:
    """Keep a list of communities nobody knows: an empty one would say that anyone may come."""
    if communities and "communities" not in taking.cells:
        taking.cells["communities"] = communities
        taking.unusable.discard("communities")
        message = "none of these communities is known; they stay as written until they are."
        spot = taking.spot("communities")
        ledger.say(taking, Note(Outcome.WARNED, "unknown-term", message, spot, communities))


def _check_share(taking: Taking, contract: Contract, ledger: Ledger) -> None:
    if taking.lost:
        return
    dimension, key = taking.cells["dimension"], taking.cells["key"]
    found = contract.vocabularies[dimension].resolve(key)
    if found is None:
        hint = did_you_mean(key, contract.vocabularies[dimension])
        message = f"'{key}' is not a known {dimension}; the row is set aside."
        ledger.set_aside(taking, "unknown-term", message, "key", hint)
    else:
        taking.cells["key"] = found
