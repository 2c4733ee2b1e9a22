"""What changes in each row of the register, and what is remembered of the source for next time."""

from collections.abc import Mapping

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.changes import RowChange
from netmap.exchange.intake.contract import naming
from netmap.exchange.intake.leftovers import left_over
from netmap.exchange.intake.memory import Entry
from netmap.exchange.intake.merging import columns_said, merge
from netmap.exchange.intake.natural import names_of
from netmap.exchange.intake.taking import Taking
from netmap.exchange.intake.work import Work
from netmap.networks.rows import KEYS


def compare(work: Work) -> None:
    """Compare every row of a file with the register's, and gather what changes."""
    for table, group in work.groups.items():
        said = columns_said(group)
        _say_columns_gone(work, table, said)
        for taking in group:
            if taking.names and not taking.lost and not taking.first:
                _compare(work, taking, said)
    _say_left_over(work)


def _compare(work: Work, taking: Taking, said: frozenset[str]) -> None:
    done = work.done[taking.table]
    if taking.refers:
        if taking.row.key and taking.entry is None:
            entry = Entry(taking.row.key, taking.names, seen=True)
            work.memory[taking.table].append(entry)
        done.unchanged += 1
        return
    merged = merge(taking, said, work.references, work.ledger)
    if taking.kept is None:
        cells = {**dict(zip(naming(taking.table), taking.names, strict=True)), **merged.base}
        cells = {column: text for column, text in cells.items() if text}
        done.edits.added.append(cells)
        shown = {column: ("", text) for column, text in cells.items()}
        done.new.append(_change(work, taking, shown))
    elif merged.cells:
        after = {column: text for column, (_, text) in merged.cells.items()}
        done.edits.changed[taking.kept.index] = after
        if taking.table not in KEYS:
            now = {**taking.kept.cells, **after}
            taking.names = names_of(taking.table, now, work.references)
        done.changed.append(_change(work, taking, merged.cells))
    else:
        done.unchanged += 1
    _remember(work, taking, merged.base)


def _change(work: Work, taking: Taking, cells: Mapping[str, tuple[str, str]]) -> RowChange:
    ordered = {c: cells[c] for c in work.contract.in_order(taking.table, cells)}
    names = [name for name in taking.names if name]
    known = taking.kept.cells if taking.kept else {}
    label = known.get("name") or taking.name or " ".join(names)
    return RowChange("/".join(names), label, taking.row.spot, ordered)


def _remember(work: Work, taking: Taking, base: Mapping[str, str]) -> None:
    entry = taking.entry
    if entry is None:
        entry = Entry("", taking.names)
        work.memory[taking.table].append(entry)
    entry.key = taking.row.key or entry.key
    entry.names, entry.seen = taking.names, True
    entry.cells = {c: text for c, text in base.items() if c not in naming(taking.table)}


def _say_columns_gone(work: Work, table: str, said: frozenset[str]) -> None:
    before = {c for entry in work.memory[table] if entry.seen for c in entry.cells}
    for column in sorted(before - said):
        message = f"the file has no {column} any more; what it gave last time stays."
        work.notes.append(Note(Outcome.WARNED, "column-gone", message, work.spot))


def _say_left_over(work: Work) -> None:
    people = work.groups.get("populations", [])
    joined = [*people, *(t for t in work.groups.get("areas", ()) if t.row.patch)]
    if work.holds_shapes("areas"):
        joined = people
    if not joined:
        return
    known = work.references.of["areas"].ids
    lost = {taking.cells.get("area", "") for taking in people if taking.lost}
    codes = {*work.codes, *(code for code in lost if code and code not in known)}
    told = {taking.names[0] for taking in joined if taking.names}
    work.notes += left_over(codes, told, known, work.spot)
