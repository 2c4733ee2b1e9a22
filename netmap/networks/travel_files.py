"""A network's table of travel times, from ``travel.csv`` or ``travel.parquet``.

One row is the minutes from an area to an activity; empty minutes say that there is no way. What is
wrong with rows is told by kind, with how many and the first of them: there may be millions.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.register import Register
from netmap.networks.travel_findings import Column, faults, not_told, repeated
from netmap.networks.travel_times import TravelTimes, places, travel_times
from netmap.tables import normalise_heading
from netmap.tables.columns import headings_of
from netmap.tables.pairs import Names, PairTable, read_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRAVEL_COLUMNS = ("area", "activity", "minutes")
TRAVEL_FILES = ("travel.csv", "travel.parquet")


def read_travel(
    folder: Path, shown: str, register: Register, known: Iterable[str] = ()
) -> tuple[TravelTimes | None, list[Finding]]:
    """Read a network's travel times.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.
        register: Its areas and activities.
        known: The ids of activities that stand in its files and are not in the register.

    Returns:
        The times, None where there are none that can be used; and what was noticed.
    """
    files = [folder / name for name in TRAVEL_FILES if (folder / name).is_file()]
    if not files:
        return None, []
    file, findings = f"{shown}/{files[0].name}", []
    if len(files) > 1:
        message = f"the table 'travel' is already in {file}; this one is left out."
        place = Place(f"{shown}/{files[1].name}")
        findings.append(Finding(Level.ERROR, "table-twice", message, place, "travel"))
    try:
        headings = headings_of(files[0], file)
        columns = _columns(headings, file, findings)
        table = read_pairs(files[0], file, columns) if columns else None
    except UnreadableFileError as error:
        message = f"cannot be read: {error.why}."
        return None, [*findings, Finding(Level.ERROR, "unreadable-file", message, Place(file))]
    if table is None:
        return None, findings
    travel, noticed = _resolved(table, file, register, frozenset(known))
    return travel, [*findings, *faults(table, file), *noticed]


def _columns(
    headings: Sequence[str], file: str, findings: list[Finding]
) -> tuple[str, str, str] | None:
    """Find the three columns by their headings; the first of two of one name."""
    found = {normalise_heading(text): text for text in reversed(headings)}
    lacking = [column for column in TRAVEL_COLUMNS if column not in found]
    message = "the heading is missing, and no row can be used without it."
    findings += [
        Finding(Level.ERROR, "missing-heading", message, Place(file, 1, column))
        for column in lacking
    ]
    return None if lacking else (found["area"], found["activity"], found["minutes"])


def _resolved(
    table: PairTable, file: str, register: Register, known: frozenset[str]
) -> tuple[TravelTimes, list[Finding]]:
    """Put codes and ids in the place of what the table calls areas and activities."""
    codes = {name: register.areas.resolve(name) for name in table.firsts.names}
    areas = {name: found[0] for name, found in codes.items() if len(found) == 1}
    ids = {name: name for name in table.seconds.names if name in register.activity}
    missing = {name for name, found in codes.items() if not found}
    gone = {name for name in table.seconds.names if name in known and name not in ids}
    elsewhere = set(table.seconds.names) - ids.keys() - gone
    first_column = Column("area", file, table.firsts, table.first)
    second_column = Column("activity", file, table.seconds, table.second)
    findings = [
        *first_column.unknown(missing, register.areas.names),
        *first_column.ambiguous(codes.keys() - areas.keys() - missing),
        *second_column.unknown(elsewhere, tuple(register.activity)),
        *second_column.left_with_theirs(gone),
    ]
    area, made_codes = _numbered(table.firsts, areas)
    activity, made_ids = _numbered(table.seconds, ids)
    first, second = area[table.first], activity[table.second]
    kept = (first >= 0) & (second >= 0)
    travel, again = travel_times(
        made_codes, made_ids, first[kept], second[kept], table.number[kept]
    )
    return travel, [*findings, *repeated(again, file), *not_told(travel, register, file)]


def _numbered(names: Names, meaning: Mapping[str, str]) -> "tuple[NDArray[np.int32], list[str]]":
    """Number what names mean; -1 for a name that means nothing."""
    meant = sorted(set(meaning.values()))
    return places([meaning.get(name, "") for name in names.names], meant).astype(np.int32), meant
