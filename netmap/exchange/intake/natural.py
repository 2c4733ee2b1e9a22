"""Ties, populations, enquiries, targets and shares, told apart by what their cells say."""

from collections.abc import Mapping, Sequence

from netmap.exchange.draft import Outcome
from netmap.exchange.intake.contract import naming
from netmap.exchange.intake.memory import Entry
from netmap.exchange.intake.present import Kept, Present
from netmap.exchange.intake.references import References
from netmap.exchange.intake.repeats import repeat
from netmap.exchange.intake.taking import Ledger, Taking

Names = tuple[str, ...]


def names_of(table: str, cells: Mapping[str, str], references: References) -> Names:
    """Give the cells that tell a row of the register from others, as they are compared."""
    return tuple(references.meaning(table, c, cells.get(c, "")) for c in naming(table))


def match(
    rows: Sequence[Taking],
    present: Present,
    entries: Sequence[Entry],
    references: References,
    kept_in: str,
    ledger: Ledger,
) -> None:
    """Find the register's row for each row of a file that has no id, in place.

    Args:
        rows: The rows of one table, their references resolved.
        present: The register's rows.
        entries: What the source gave last time.
        references: What the register's rows refer to.
        kept_in: The file that keeps it, for messages.
        ledger: Gets what is set aside.
    """
    table = present.table
    register: dict[Names, Kept] = {}
    for kept in present.rows:
        register.setdefault(names_of(table, kept.cells, references), kept)
    by_key = {entry.key: entry for entry in entries if entry.key}
    by_names = {entry.names: entry for entry in entries}
    keys: dict[str, Taking] = {}
    said: dict[Names, Taking] = {}
    for taking in rows:
        entry = by_key.get(taking.row.key)
        if entry:
            entry.seen = True
        if taking.lost:
            continue
        names = taking.same_names()
        first = keys.get(taking.row.key) if taking.row.key else None
        first, what = (first, "identifier") if first else (said.get(names), _words(table))
        if first:
            repeat(taking, first, what, ledger)
            keys.setdefault(taking.row.key, first)
            continue
        said[names] = taking
        if taking.row.key:
            keys[taking.row.key] = taking
        entry = entry or by_names.get(names)
        _mean(taking, names, entry, register)
        if entry and taking.kept is None:
            message = "this was changed or taken out of the register by hand; it is set aside."
            hint = f"If it is to come back, delete its row in {kept_in}."
            ledger.set_aside(taking, "removed-by-hand", message, "", hint, Outcome.WARNED)


def _mean(
    taking: Taking, names: Names, entry: Entry | None, register: Mapping[Names, Kept]
) -> None:
    taking.names, taking.entry = names, entry
    if entry:
        entry.seen = True
        taking.kept = register.get(entry.names)
    taking.kept = taking.kept or register.get(names)


def _words(table: str) -> str:
    *columns, last = (column.replace("_", " ") for column in naming(table))
    return f"{', '.join(columns)} and {last}" if columns else last
