"""What an import would do to a network, as values that can be shown before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from netmap.exchange.draft import Note, Spot

Before = str
After = str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the register that is new, changed or missing.

    Attributes:
        id: Its id or code; of rows without one, what tells them apart, joined by ``/``.
        label: What people call it.
        spot: The row of the file it came from; of a missing row, the row of the register.
        cells: Column to (before, after), in the order of the table's columns; empty is ``""``.
    """

    id: str
    label: str
    spot: Spot
    cells: Mapping[str, tuple[Before, After]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableChange:
    """What becomes of one table.

    Attributes:
        new: Rows the register does not have yet, in the file's order.
        changed: Rows the register has with other cells, in the file's order.
        missing: Rows this source gave last time that the file does not have.
        removed: Those of them that go.
        unchanged: How many rows of the register the file says nothing new about.
    """

    new: tuple[RowChange, ...] = ()
    changed: tuple[RowChange, ...] = ()
    missing: tuple[RowChange, ...] = ()
    removed: tuple[RowChange, ...] = ()
    unchanged: int = 0


@dataclass(frozen=True)
class Intake:
    """What a file would make of a network.

    Attributes:
        network: The network's folder.
        source: Where the file comes from, the same next month.
        kind: Which reader understood the file.
        unit: What is counted, in the plural.
        read: How many of them the file holds: ``taken`` and one for each of ``set_aside``.
        taken: How many of them the register has or will have.
        set_aside: One note for each of the others, with the reason.
        notes: All else that was noticed, the reader's first.
        matched: Which rows of the file are rows the register has already, and how that is known.
        changes: What becomes of each table that the file speaks of, in the register's order.
        files: Path within the network's folder, with ``/``, to what the file will hold, or None
            where it goes; only files that change.
    """

    network: str
    source: str
    kind: str
    unit: str
    read: int
    taken: int
    set_aside: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    matched: tuple[Note, ...] = ()
    changes: Mapping[str, TableChange] = field(default_factory=dict)
    files: Mapping[str, bytes | None] = field(default_factory=dict)
