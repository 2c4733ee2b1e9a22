"""What a source said last time, kept as ``imports/<source>/<table>.csv``.

It is the base of the comparison with what the source says now: without it nobody could tell what
was changed by hand from what the source changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from netmap.exchange.intake.contract import ORDER, Contract, naming, readable
from netmap.exchange.intake.editing import csv_bytes
from netmap.tables import tidy
from netmap.tables.csv_files import csv_sheet

IMPORTS = "imports"
_KEY = "key"


@dataclass(slots=True)
class Entry:
    """One row a source gave.

    Attributes:
        key: What the source calls it; empty where it has no name for it.
        names: Its id or code in the register, or the cells that tell it from others.
        cells: Column to text as it was taken.
        seen: The file at hand has it too.
    """

    key: str
    names: tuple[str, ...]
    cells: dict[str, str] = field(default_factory=dict)
    seen: bool = False


Memory = dict[str, list[Entry]]


def remembered(folder: Path, shown: str, source: str, contract: Contract) -> Memory:
    """Read what a source said last time.

    Returns:
        The rows of every table; none where the source is new.

    Raises:
        UnreadableFileError: What is kept there was changed and cannot be read.
    """
    return {table: _entries(folder, shown, source, table, contract) for table in ORDER}


def path_of(source: str, table: str) -> str:
    """Name the file that keeps what a source said of a table, within the network's folder."""
    return f"{IMPORTS}/{source}/{table}.csv"


def given_by_others(
    folder: Path, shown: str, source: str, contract: Contract
) -> Mapping[tuple[str, tuple[str, ...]], str]:
    """Map (table, what names a row) to another source that gives that row too."""
    imports = folder / IMPORTS
    others = sorted(p.name for p in imports.iterdir() if p.is_dir()) if imports.is_dir() else []
    return {
        (table, entry.names): other
        for other in others
        if other != source
        for table, entries in remembered(folder, shown, other, contract).items()
        for entry in entries
    }


def _entries(folder: Path, shown: str, source: str, table: str, contract: Contract) -> list[Entry]:
    path = path_of(source, table)
    if not (folder / path).is_file():
        return []
    rows = iter(csv_sheet(folder / path, table, f"{shown}/{path}", contract.known[table]).rows)
    heading = [tidy(cell) for cell in next(rows, [])][1:]
    count = len(naming(table))
    found = []
    for row in rows:
        texts = [readable(cell) for cell in row]
        if any(texts):
            key, *rest = texts
            padded = (*rest, *[""] * count)
            cells = {c: text for c, text in zip(heading, rest, strict=False) if text}
            for name in heading[:count]:
                cells.pop(name, None)
            found.append(Entry(key, tuple(padded[:count]), cells))
    return found


def memory_files(
    memory: Mapping[str, Iterable[Entry]], source: str, contract: Contract
) -> dict[str, bytes | None]:
    """Write what a source says as files; None where there is nothing of a table.

    Returns:
        Path within the network's folder to content, the same whatever the order of the rows.
    """
    return {
        path_of(source, table): _file_of(table, list(entries), contract)
        for table, entries in memory.items()
    }


def _file_of(table: str, entries: Sequence[Entry], contract: Contract) -> bytes | None:
    if not entries:
        return None
    names = naming(table)
    used = {column: True for entry in entries for column in sorted(entry.cells)}
    known = [c for c in contract.in_order(table, used) if c in contract.known[table]]
    own = sorted(column for column in used if column not in known)
    columns = [c for c in (*known, *own) if c not in names]
    ordered = sorted(entries, key=lambda e: (e.key, e.names, sorted(e.cells.items())))
    rows = (
        [entry.key, *entry.names, *(entry.cells.get(column, "") for column in columns)]
        for entry in ordered
    )
    return csv_bytes([_KEY, *names, *columns], rows)
