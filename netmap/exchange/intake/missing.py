"""Rows a source gave last time and gives no more: named, and taken out only where that is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.changes import RowChange
from netmap.exchange.intake.contract import ORDER, lists, naming, references
from netmap.exchange.intake.memory import Entry, Memory
from netmap.exchange.intake.natural import names_of
from netmap.exchange.intake.present import Kept, Present
from netmap.exchange.intake.references import References
from netmap.networks.cells import split
from netmap.networks.rows import KEYS

Row = tuple[str, int]
_NAMED = 5
_TARGETS = {"area": ("areas",), "organisation": ("organisations",), "activity": ("activities",)}


@dataclass(slots=True)
class Gone:
    """A row that a source gives no more.

    Attributes:
        entry: What it said last time.
        kept: The register's row.
        whole: The source gave the row, rather than cells for one of somebody else's.
    """

    entry: Entry
    kept: Kept
    whole: bool


@dataclass(slots=True)
class Missing:
    """What is missing from a file, table by table, and what of it goes.

    Attributes:
        rows: The rows of each table that the file does not have.
        removed: The rows of the register that go, by table and place.
        forgotten: What need not be remembered any more.
        notes: Why rows stay that were to go.
    """

    rows: dict[str, list[Gone]] = field(default_factory=dict)
    removed: set[Row] = field(default_factory=set)
    forgotten: set[int] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def changes(self, present: Present, *, removed: bool) -> tuple[RowChange, ...]:
        """Show the missing rows of a table, or those of them that go."""
        table = present.table
        return tuple(
            _shown(gone, present)
            for gone in self.rows.get(table, ())
            if not removed or (table, gone.kept.index) in self.removed
        )


def missing_from(memory: Memory, tables: Mapping[str, Present], known: References) -> Missing:
    """Find the rows that a source gave last time, that are in the register and not in the file.

    Args:
        memory: What the source gave last time, marked where the file has it too.
        tables: The tables as they are.
        known: What the register's rows refer to.
    """
    missing = Missing()
    for table in ORDER:
        entries = [entry for entry in memory[table] if not entry.seen]
        rows = _rows_by_name(tables[table], known) if entries else {}
        given = {entry.names for entry in memory[table] if entry.seen}
        for entry in entries:
            if entry.names in rows and entry.names not in given:
                whole = table not in KEYS or "name" in entry.cells
                gone = Gone(entry, rows[entry.names], whole)
                missing.rows.setdefault(table, []).append(gone)
            else:
                # The register has it no more, or the source gives it under another name.
                missing.forgotten.add(id(entry))
    return missing


def _rows_by_name(present: Present, known: References) -> Mapping[tuple[str, ...], Kept]:
    found: dict[tuple[str, ...], Kept] = {}
    for kept in present.rows:
        own = kept.cells.get(KEYS.get(present.table, ""), "")
        names = (own,) if own else names_of(present.table, kept.cells, known)
        found.setdefault(names, kept)
    return found


def remove(
    missing: Missing,
    tables: Mapping[str, Present],
    after: Mapping[str, Iterable[tuple[int, Mapping[str, str]]]],
    others: Mapping[tuple[str, tuple[str, ...]], str],
    known: References,
) -> None:
    """Choose which missing rows go, in place: none that anything else needs.

    A row stays where it holds cells the source never gave, where another source gives it too, and
    where a row that stays refers to it.

    Args:
        missing: What is missing; gets what goes, and why others stay.
        tables: The tables as they are.
        after: The rows of each table as they will be: place in the file (new ones below nought)
            and cells.
        others: What other sources give, to their name.
        known: What the register's rows refer to.
    """
    going: dict[Row, Gone] = {}
    for table, gones in missing.rows.items():
        for gone in gones:
            missing.forgotten.add(id(gone.entry))
            if not gone.whole:
                continue
            why = _why_stays(table, gone, others, known)
            if why:
                missing.forgotten.discard(id(gone.entry))
                missing.notes.append(_stays(tables[table], gone, why))
            else:
                going[table, gone.kept.index] = gone
    _keep_referred(missing, tables, after, known, going)
    missing.removed = set(going)


def _why_stays(
    table: str,
    gone: Gone,
    others: Mapping[tuple[str, tuple[str, ...]], str],
    known: References,
) -> str:
    other = others.get((table, gone.entry.names))
    if other:
        return f"'{other}' gives it too"
    said = {**dict(zip(naming(table), gone.entry.names, strict=True)), **gone.entry.cells}
    own = [
        column
        for column, text in gone.kept.cells.items()
        if known.meaning(table, column, text) != known.meaning(table, column, said.get(column, ""))
    ]
    return f"it holds what did not come from there ({', '.join(own[:_NAMED])})" if own else ""


def _keep_referred(
    missing: Missing,
    tables: Mapping[str, Present],
    after: Mapping[str, Iterable[tuple[int, Mapping[str, str]]]],
    known: References,
    going: dict[Row, Gone],
) -> None:
    """Keep, until nothing changes any more, the rows that a row that stays refers to."""
    wanted = {
        (table, gone.entry.names[0]): (table, index)
        for (table, index), gone in going.items()
        if table in KEYS
    }
    pointing = [
        ((table, index), wanted[target], tables[table])
        for table, rows in after.items()
        for index, cells in rows
        for target in _targets(table, cells, known)
        if target in wanted
    ]
    while True:
        held: dict[Row, list[str]] = {}
        for (table, index), target, present in pointing:
            if (table, index) not in going and target in going and (table, index) != target:
                held.setdefault(target, []).append(_place(present, index))
        if not held:
            return
        for target, places in sorted(held.items()):
            gone = going.pop(target)
            missing.forgotten.discard(id(gone.entry))
            named = ", ".join(sorted(set(places))[:_NAMED])
            more = len(set(places)) - _NAMED
            why = f"it is named in {named}{f' and {more} more' if more > 0 else ''}"
            missing.notes.append(_stays(tables[target[0]], gone, why))


def _targets(table: str, cells: Mapping[str, str], known: References) -> Iterator[tuple[str, str]]:
    for column, (to, _) in references(table).items():
        text = cells.get(column, "")
        for item in split(text) if column in lists(table) else (text,) if text else ():
            meant = known.meaning(table, column, item)
            for target in _TARGETS.get(to, ("organisations", "areas")):
                yield target, meant


def _place(present: Present, index: int) -> str:
    if index < 0:
        return f"a new row of {present.table}"
    return f"{present.shown} row {index + 1}"


def _shown(gone: Gone, present: Present) -> RowChange:
    cells = gone.kept.cells
    names = gone.entry.names
    label = cells.get("name") or " ".join(name for name in names if name)
    return RowChange("/".join(name for name in names if name), label, present.spot(gone.kept))


def _stays(present: Present, gone: Gone, why: str) -> Note:
    name = gone.kept.cells.get("name") or " ".join(n for n in gone.entry.names if n)
    message = f"'{name}' is not in the file any more and stays all the same: {why}."
    hint = "Take the row out by hand if it is to go."
    return Note(Outcome.WARNED, "not-removed", message, present.spot(gone.kept), hint=hint)
