"""Rows a source has no name of its own for, found again among what it gave last time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from netmap.exchange.intake.memory import Entry
from netmap.exchange.intake.names import compared
from netmap.exchange.intake.taking import Taking

# Beyond so many rows of one name, how alike they are is not weighed, only whether they are alike.
_WEIGHED = 100
T = TypeVar("T")


def pair(rows: Sequence[Taking], entries: Iterable[Entry]) -> None:
    """Give each row, in place, what the same source said of it last time.

    A source that has no key for its rows names them by their name; of several rows of one name
    those most alike belong together. Which rows come first does not matter.

    Args:
        rows: The rows of one table without a key or an id.
        entries: What the source said last time of rows without a key.
    """
    before = _grouped((compared(entry.cells.get("name", "")), entry) for entry in entries)
    now = _grouped((compared(taking.name), taking) for taking in rows)
    for name, group in now.items():
        for taking, entry in _pairs(group, before.get(name, [])) if name else ():
            taking.entry = entry
            entry.seen = True


def _grouped(named: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = {}
    for name, one in named:
        found.setdefault(name, []).append(one)
    return found


def _pairs(rows: list[Taking], entries: list[Entry]) -> list[tuple[Taking, Entry]]:
    if len(rows) == 1 and len(entries) == 1:
        return [(rows[0], entries[0])]
    pairs, rows, entries = _alike(rows, entries)
    if max(len(rows), len(entries)) > _WEIGHED:
        return pairs
    weighed = sorted(
        (-_likeness(taking, entry), r, e)
        for r, taking in enumerate(rows)
        for e, entry in enumerate(entries)
    )
    used_rows: set[int] = set()
    used_entries: set[int] = set()
    for _, r, e in weighed:
        if r not in used_rows and e not in used_entries:
            used_rows.add(r)
            used_entries.add(e)
            pairs.append((rows[r], entries[e]))
    return pairs


def _alike(
    rows: list[Taking], entries: list[Entry]
) -> tuple[list[tuple[Taking, Entry]], list[Taking], list[Entry]]:
    """Pair what says exactly the same; give the pairs and what is left of either."""
    same: dict[tuple[tuple[str, str], ...], list[Entry]] = {}
    for entry in entries:
        same.setdefault(tuple(sorted(entry.cells.items())), []).append(entry)
    pairs, left = [], []
    for taking in rows:
        found = same.get(tuple(sorted(taking.cells.items())))
        if found:
            pairs.append((taking, found.pop(0)))
        else:
            left.append(taking)
    paired = {id(entry) for _, entry in pairs}
    return pairs, left, [entry for entry in entries if id(entry) not in paired]


def _likeness(taking: Taking, entry: Entry) -> int:
    return sum(taking.cells.get(column) == text for column, text in entry.cells.items())
