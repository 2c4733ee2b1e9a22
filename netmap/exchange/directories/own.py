"""What a directory has no field for, kept beside its fields so that netmap's own exports come back.

An export says in a record's ``netmap`` part, or in a table of its own, what reading the rest would
not give: cells that are missing or come out otherwise, and the columns that are empty in the
register although the standard demands something.
"""

from collections.abc import Mapping

from netmap.exchange.directories.parts import Part, part_of, text
from netmap.exchange.rows import table_columns, table_rows
from netmap.networks.register import Register
from netmap.tables import as_text
from netmap.tables.cells import RUNS_AS_FORMULA

PART = "netmap"
EMPTY = "empty_cells"
LINK = "hsds_id"
STAND_IN = "stands_in"
_RESERVED = frozenset({EMPTY, LINK, STAND_IN})


def register_cells(register: Register, table: str) -> list[dict[str, str]]:
    """Give the rows of a table as its CSV would hold them, empty cells left out.

    Args:
        register: As its audience may see it.
        table: One of :data:`netmap.networks.models.TABLES`.
    """
    headings = {_plain(name): name for name in table_columns(register, table)}
    return [
        {
            name: cell
            for name, column in headings.items()
            if name not in _RESERVED and (cell := _text(row.get(column)))
        }
        for row in table_rows(register, table)
    ]


def remainder(wanted: Mapping[str, str], read: Mapping[str, str]) -> dict[str, str]:
    """Say what has to be kept beside a record so that reading it gives what is wanted.

    Args:
        wanted: The cells of the register.
        read: The cells that reading the record alone gives.
    """
    differing = {name: cell for name, cell in wanted.items() if read.get(name) != cell}
    surplus = ";".join(sorted(name for name in read if name not in wanted))
    return {**differing, EMPTY: surplus} if surplus else differing


def with_own(record: Part, read: Mapping[str, str]) -> dict[str, str]:
    """Put back what an export of netmap's kept beside a record; other records stay as read."""
    part = part_of(record, PART)
    if not part:
        return dict(read)
    empty = set(text(part, EMPTY).split(";"))
    own = {name: text(part, name) for name in part if name not in _RESERVED}
    cells = {**read, **own}
    return {name: cell for name, cell in cells.items() if cell and name not in empty}


def is_stand_in(record: Part) -> bool:
    """Tell whether a record is there only because the standard demands one."""
    return bool(text(part_of(record, PART), STAND_IN))


def reserved(register: Register) -> list[str]:
    """List the columns of people's own that have a name this room needs."""
    return sorted(
        {
            heading
            for table in ("organisations", "activities")
            for heading in map(_plain, table_columns(register, table))
            if heading in _RESERVED
        }
    )


def _plain(heading: str) -> str:
    guarded = heading.startswith("'") and heading[1:2] in RUNS_AS_FORMULA
    return heading[1:] if guarded else heading


def _text(value: object) -> str:
    if isinstance(value, tuple | list):
        return ";".join(str(item) for item in value)
    return as_text(value)
