"""What is noticed in a table of travel times, in words.

Rows are counted by what is wrong with them, and the first of them named: there may be millions.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks.register import Register
from netmap.networks.travel_times import TravelTimes, places
from netmap.tables.pairs import Fault, Names, PairTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = 5
_PLURALS = {"area": "areas", "activity": "activities"}


def faults(table: PairTable, file: str) -> list[Finding]:
    """Word what is wrong with rows by themselves."""
    faults: tuple[tuple[Fault, Level, str, str, str], ...] = (
        (
            table.bad,
            Level.WARNING,
            "bad-number",
            "have no number of minutes that can be",
            "minutes",
        ),
        (table.nameless, Level.ERROR, "missing-value", "name no area or no activity", ""),
        (table.broken, Level.ERROR, "extra-cells", "have more or fewer cells than headings", ""),
    )
    findings = []
    for fault, level, code, what, column in faults:
        if fault.count:
            said = ", ".join(
                f"row {row}" + (f" ('{text}')" if text else "") for row, text in fault.first
            )
            message = f"{_rows(fault.count)} {what}: {said}{_more(fault)}; they are left out."
            place = Place(file, fault.first[0][0], column or None)
            findings.append(Finding(level, code, message, place, fault.first[0][1] or None))
    if table.quirks:
        message = f"read with {', '.join(table.quirks)}; nothing in the file was changed."
        findings.append(Finding(Level.NOTICE, "file-format", message, Place(file)))
    return findings


def _more(fault: Fault) -> str:
    return " and others" if fault.count > len(fault.first) else ""


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def repeated(count: int, file: str) -> list[Finding]:
    """Say how many rows give a pair that another row gives too."""
    if not count:
        return []
    message = f"{_rows(count)} give a pair again; of one pair the shortest time counts."
    return [Finding(Level.WARNING, "pair-twice", message, Place(file))]


@dataclass(frozen=True, eq=False)
class Column:
    """The names in one column of a table, and what can be the matter with them.

    Attributes:
        name: The column, ``area`` or ``activity``.
        file: How messages name the file.
        names: Its names.
        rows: For each row kept the number of its name.
    """

    name: str
    file: str
    names: Names
    rows: "NDArray[np.int32]"

    def unknown(self, lost: Collection[str], candidates: Iterable[str]) -> list[Finding]:
        """Say how many rows name what the network does not have; `candidates` are what it has."""
        if not lost:
            return []
        word = self.name if len(lost) == 1 else _PLURALS[self.name]
        message = (
            f"{_rows(self._count(lost))} name {len(lost):,} {word} that the network does not have: "
            f"{self._named(lost)}; they are left out."
        )
        first = self._first(lost)
        hint = did_you_mean(first, candidates)
        place = self._place(first)
        return [Finding(Level.WARNING, f"unknown-{self.name}", message, place, first, hint)]

    def ambiguous(self, lost: Collection[str]) -> list[Finding]:
        """Say how many rows use a name that could mean several."""
        if not lost:
            return []
        message = (
            f"{_rows(self._count(lost))} use a name that could mean several: "
            f"{self._named(lost)}; they are left out."
        )
        first = self._first(lost)
        place, hint = self._place(first), "Give the code."
        return [Finding(Level.WARNING, f"ambiguous-{self.name}", message, place, first, hint)]

    def left_with_theirs(self, lost: Collection[str]) -> list[Finding]:
        """Say how many times are to what left the register, as when consent ended."""
        if not lost:
            return []
        message = (
            f"{_rows(self._count(lost))} lead to {_PLURALS[self.name]} whose own rows are not "
            "used; they are left out."
        )
        return [Finding(Level.NOTICE, "rows-set-aside", message, Place(self.file))]

    def _count(self, lost: Collection[str]) -> int:
        chosen = np.array([name in lost for name in self.names.number], dtype=bool)
        return int(chosen[self.rows].sum())

    def _first(self, lost: Collection[str]) -> str:
        return next(name for name in self.names.number if name in lost)

    def _place(self, name: str) -> Place:
        return Place(self.file, self.names.first_row[self.names.number[name]], self.name)

    def _named(self, lost: Collection[str]) -> str:
        """Name the first, each with its first row."""
        rows = zip(self.names.number, self.names.first_row, strict=True)
        said = [f"'{name}' (row {row})" for name, row in rows if name in lost]
        more = f" and {len(said) - _SHOWN:,} more" if len(said) > _SHOWN else ""
        return f"{', '.join(said[:_SHOWN])}{more}"


def not_told(travel: TravelTimes, register: Register, file: str) -> list[Finding]:
    """Say for how many areas and activities the straight line counts."""
    areas = [area.code for area in register.areas if not area.anonymised]
    there = [one.id for one in register.provision if not one.remote]
    counted = {
        kind: (len(all_), sum(n < 0 for n in places(all_, told).tolist()))
        for kind, all_, told in (
            ("areas", areas, travel.areas),
            ("activities", there, travel.activities),
        )
    }
    said = [f"{left:,} of {all_:,} {kind}" for kind, (all_, left) in counted.items() if left]
    if not said:
        return []
    message = (
        f"it says nothing of {' and '.join(said)}: for them the straight line and the catchments "
        "in kilometres count."
    )
    return [Finding(Level.NOTICE, "travel-in-part", message, Place(file))]
