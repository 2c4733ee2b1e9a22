"""What the source said, what it says now and what the register says, compared cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.contract import naming
from netmap.exchange.intake.references import References
from netmap.exchange.intake.taking import Ledger, Taking
from netmap.networks.rows import KEYS

# What hides a row is never taken away by a file that merely stops saying it.
_HIDING = frozenset({"visibility", "consent_until"})


@dataclass(slots=True)
class Merged:
    """What becomes of one row of the register.

    Attributes:
        cells: Column to (before, after) of the cells that change.
        base: What the source is taken to have said, for next time.
    """

    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)


def merge(taking: Taking, said: frozenset[str], references: References, ledger: Ledger) -> Merged:
    """Compare a row with the one of the register it means.

    Where the file says what it said last time, the register's cell stays, edited or not; where
    only the file changed, its cell is taken; where both did, the register's stays, with a note,
    and an empty one is filled.

    Args:
        taking: The row, with the register's row and what the source said last time.
        said: The columns the file has at all: another says nothing of a cell by being empty.
        references: What cells that refer to rows mean.
        ledger: Gets a note for each cell that stays though the file says otherwise.
    """
    if taking.kept is None and taking.entry is None:
        ids = {KEYS.get(taking.table)}
        return Merged(base={c: text for c, text in taking.cells.items() if c not in ids})
    merged = Merged()
    here = taking.kept.cells if taking.kept else {}
    before = _base(taking)
    # What only adds to a row, or only names it, says nothing of its other cells.
    partial = taking.row.patch or taking.row.mention
    for column in _columns(taking, before):
        was, now = before.get(column, ""), taking.cells.get(column, "")
        is_ = here.get(column, "")
        silent = not now and (partial or column in taking.unusable or column not in said)
        if silent or _same(references, taking, column, was, now):
            after = was
        elif _same(references, taking, column, is_, now):
            after = now
        elif _takes(references, taking, column, was, now, is_):
            merged.cells[column] = (is_, now)
            after = now
        else:
            ledger.say(taking, _differs(taking, column, was, now, is_))
            after = was
        if after:
            merged.base[column] = after
    return merged


def _base(taking: Taking) -> Mapping[str, str]:
    entry = taking.entry
    if entry is None:
        return {}
    if taking.table in KEYS:
        return entry.cells
    return {**dict(zip(naming(taking.table), entry.names, strict=True)), **entry.cells}


def _columns(taking: Taking, before: Mapping[str, str]) -> Iterable[str]:
    ids = {KEYS.get(taking.table)}
    return [column for column in {**taking.cells, **before} if column not in ids]


def _same(references: References, taking: Taking, column: str, one: str, other: str) -> bool:
    if one == other:
        return True
    table = taking.table
    return bool(one and other) and references.meaning(table, column, one) == references.meaning(
        table, column, other
    )


def _takes(
    references: References, taking: Taking, column: str, was: str, now: str, is_: str
) -> bool:
    if not now and column in _HIDING:
        return False
    return not is_ or (bool(was) and _same(references, taking, column, is_, was))


def _differs(taking: Taking, column: str, was: str, now: str, is_: str) -> Note:
    says = f"now says '{now}'" if now else "now says nothing"
    if not was:
        code, message = "differs", f"the register has '{is_}' for {column}; the file says '{now}'."
    elif column in _HIDING and not now:
        code, message = "still-hidden", f"the file no longer says '{was}'; the register's stays."
    else:
        code = "changed-by-hand"
        message = f"{column} was changed by hand to '{is_}'; the file {says}."
    spot = taking.spot(column)
    return Note(
        Outcome.WARNED, code, message, spot, now, None, "Empty the cell to take the file's."
    )


def columns_said(rows: Iterable[Taking]) -> frozenset[str]:
    """Name the columns that the rows of a table have in the file, empty or not."""
    return frozenset(column for taking in rows for column in (*taking.cells, *taking.row.columns))
