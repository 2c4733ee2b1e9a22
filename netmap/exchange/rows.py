"""The rows of a register as plain cells, in contract columns.

Both spreadsheets and geographic files start from here, so that one rule decides what an audience
is given: ``notes`` and columns of people's own are for staff alone.

A cell holds what people recorded. What is worked out each time a register is read (a point from a
postcode, an area from a boundary, that a row stands for one activity) is left empty: brought back
with an import it would stand as somebody's word, and stay when the postcode changes. Formats with
shapes draw such a row where it was found all the same.
"""

from collections.abc import Iterator, Mapping

from netmap.networks.models import CENSUS_GROUPS, TABLES, Population, Record, columns
from netmap.networks.register import Register
from netmap.privacy import SUPPRESSED, Audience
from netmap.tables import guarded

Cells = dict[str, object]
STAFF_ONLY = "notes"
_KEYS = ("id", "code")


def records(register: Register, table: str) -> tuple[Record, ...]:
    """List the rows of one table, in the order of their keys.

    Args:
        register: As its audience may see it.
        table: One of :data:`netmap.networks.models.TABLES`.
    """
    rows: tuple[Record, ...] = tuple(getattr(register, table))
    return tuple(sorted(rows, key=_order))


def _order(row: Record) -> tuple[str, ...]:
    # What has an id is in its order; of the rest only the whole row tells one from another.
    key = next((name for name in _KEYS if name in type(row).model_fields), None)
    names = (key,) if key else columns(type(row))
    return tuple(str(getattr(row, name)) for name in names)


def contract_columns(register: Register, table: str) -> tuple[str, ...]:
    """Name the contract columns of a table that this register's audience may see."""
    names = columns(TABLES[table])
    return names if _is_staff(register) else tuple(n for n in names if n != STAFF_ONLY)


def table_columns(register: Register, table: str) -> tuple[str, ...]:
    """Name all columns of a table: the contract's, communities', and for staff people's own."""
    names = contract_columns(register, table)
    if table == "populations":
        at = names.index("total") + 1
        names = (*names[:at], *_communities(register), *names[at:])
    return (*names, *(guarded(heading) for heading in _own_headings(register, table)))


def table_rows(register: Register, table: str) -> Iterator[Cells]:
    """Give the cells of each row by column; None is unknown, ``*`` is a suppressed count."""
    names = contract_columns(register, table)
    own = _own_headings(register, table)
    for row in records(register, table):
        derived = worked_out_cells(register, table, row)
        cells: Cells = {n: None if n in derived else getattr(row, n) for n in names}
        if isinstance(row, Population):
            cells |= _counts(row)
        yield cells | {guarded(heading): row.extra.get(heading) for heading in own}


def worked_out_cells(register: Register, table: str, row: Record) -> frozenset[str]:
    """Name the cells of a row that stand in no file, but were worked out or taken for granted."""
    found = register.worked_out.get((table, getattr(row, "id", "")), {})
    assumed = {"count"} - row.model_fields_set
    return frozenset({*found, *assumed})


def _is_staff(register: Register) -> bool:
    return register.audience is Audience.STAFF


def _own_headings(register: Register, table: str) -> list[str]:
    if not _is_staff(register):
        return []
    return sorted({heading for row in getattr(register, table) for heading in row.extra})


def _communities(register: Register) -> tuple[str, ...]:
    named = {c for row in register.populations for c in (*row.groups, *row.suppressed)}
    census = [c for c in CENSUS_GROUPS if c in named]
    return (*census, *sorted(named - set(census)))


def _counts(row: Population) -> Mapping[str, object]:
    rounded = {group: round(amount, 4) for group, amount in row.groups.items()}
    return {**rounded, **dict.fromkeys(row.suppressed, SUPPRESSED)}
