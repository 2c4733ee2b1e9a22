"""Points and areas for the rows of a register that have a postcode, or a point, but lack them.

Nothing of this is written into people's files: a row gets its point from the postcode table, and
its area from the boundaries, each time the register is read, and :attr:`Register.worked_out` says
which cells those are. Redaction then takes them as it takes any others. Where something cannot be
located the row stays as it is, and a finding says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.area_finding import POSTCODE, Sought, areas_for
from netmap.networks.models import Activity, Organisation
from netmap.networks.postcodes import Places, PostcodeTable, State, problems
from netmap.networks.register import OUTCODE, Register

if TYPE_CHECKING:
    from netmap.places import Degrees

    Km = np.ndarray[tuple[int], np.dtype[np.float64]]

FAR_KM = 5.0
_EARTH_KM = 6371.0088
_PRECISE = (State.EXACT, State.TERMINATED)
_Row = Organisation | Activity
_R = TypeVar("_R", Organisation, Activity)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the postcode table says of one row: degrees, how it knows, and the codes there."""

    latitude: float
    longitude: float
    state: State
    codes: tuple[str, ...]

    @property
    def placed(self) -> bool:
        return not np.isnan(self.latitude)


def locate(register: Register, postcodes: PostcodeTable | None) -> tuple[Register, list[Finding]]:
    """Give points and areas to the organisations and activities that lack them.

    Args:
        register: As read, for staff.
        postcodes: The table people supplied, or None.

    Returns:
        The register with points from postcodes (only for rows without coordinates of their own)
        and areas from boundaries, or from the table's codes where there are none (only for rows
        without an area); and what was noticed. What people wrote is never changed.
    """
    findings: list[Finding] = []
    rows: list[_Row] = [*register.organisations, *register.activities]
    answers = _answers(rows, postcodes, findings) if postcodes else {}
    if not answers and register.boundaries is None:
        return register, findings
    changes: list[dict[str, Any]] = [{} for _ in rows]
    how: list[dict[str, str]] = [{} for _ in rows]
    for index, answer in answers.items():
        if rows[index].point is None and answer.placed:
            changes[index] = {"latitude": answer.latitude, "longitude": answer.longitude}
            source = POSTCODE if answer.state in _PRECISE else OUTCODE
            how[index] = {"latitude": source, "longitude": source}
    sought = [_sought(row, changes[index], answers.get(index)) for index, row in enumerate(rows)]
    for index, (area, source) in areas_for(register, sought, findings).items():
        changes[index]["area"] = area
        how[index]["area"] = source
    return _with(register, rows, changes, how), findings


def _answers(
    rows: Sequence[_Row], table: PostcodeTable, findings: list[Finding]
) -> dict[int, _Answer]:
    """Look the rows' postcodes up; the answers go by the row's index."""
    asked = [index for index, row in enumerate(rows) if row.postcode]
    if not asked:
        return {}
    try:
        places = table.find([rows[index].postcode or "" for index in asked])
    except UnreadableFileError as error:
        message = f"cannot be read: {error.why}; nothing is located by its postcode."
        findings.append(Finding(Level.ERROR, "unreadable-file", message, Place(error.file)))
        return {}
    known = [rows[index] for index in asked]
    findings += _said_of_postcodes(known, places, table)
    apart = _km_apart(known, places)
    findings += [
        problems.far_from_point(row, float(km))
        for row, km in zip(known, apart, strict=True)
        if km > FAR_KM
    ]
    return {
        index: _answer(places, at, far=bool(apart[at] > FAR_KM)) for at, index in enumerate(asked)
    }


def _answer(places: Places, at: int, *, far: bool) -> _Answer:
    codes = (places.lsoa[at], places.district[at])
    return _Answer(
        latitude=float(places.latitude[at]),
        longitude=float(places.longitude[at]),
        state=State(int(places.state[at])),
        codes=() if far else tuple(code for code in codes if code),
    )


def _said_of_postcodes(rows: Sequence[_Row], places: Places, table: PostcodeTable) -> list[Finding]:
    said: list[Finding] = []
    uncovered: list[tuple[str, str, _Row]] = []
    for at, row in enumerate(rows):
        state, placed = State(int(places.state[at])), not np.isnan(places.latitude[at])
        letters = "".join(c for c in (row.postcode or "")[:2] if c.isalpha())
        if state is State.UNKNOWN and letters not in table.kept.areas:
            uncovered.append((row.at.file or "", letters, row))
            continue
        month = int(places.terminated[at])
        found = problems.of_state(row, state, month, places.mends, placed=placed)
        said += [found] if found else []
    uncovered.sort(key=lambda one: (one[0], one[1], one[2].at.row or 0))
    return said + [
        problems.uncovered(letters, [row for *_, row in group])
        for (_, letters), group in groupby(uncovered, key=lambda one: one[:2])
    ]


def _km_apart(rows: Sequence[_Row], places: Places) -> "Km":
    """Measure from each row's own point to its postcode; NaN where one of them is not exact."""
    nowhere = (np.nan, np.nan)
    own = np.array([row.point or nowhere for row in rows], dtype=np.float64)
    there = np.column_stack((places.longitude, places.latitude))
    there[~np.isin(places.state, _PRECISE)] = np.nan
    return _great_circle_km(own, there)


def _great_circle_km(one: "Degrees", other: "Degrees") -> "Km":
    (lon, lat), (to_lon, to_lat) = np.deg2rad(one).T, np.deg2rad(other).T
    half = (
        np.sin((to_lat - lat) / 2) ** 2
        + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    )
    km: Km = 2 * _EARTH_KM * np.arcsin(np.sqrt(half))
    return km


def _sought(row: _Row, change: Mapping[str, Any], answer: _Answer | None) -> Sought:
    precise = answer is not None and answer.state in _PRECISE
    own = row.point is not None
    exact = row.point or ((change["longitude"], change["latitude"]) if change and precise else None)
    # A point people wrote goes before what the table would say of a postcode that is not exact.
    codes = answer.codes if answer and (precise or not own) else ()
    return Sought(row, exact, codes, "latitude" if own else "postcode")


def _with(
    register: Register,
    rows: Sequence[_Row],
    changes: Sequence[Mapping[str, Any]],
    how: Sequence[Mapping[str, str]],
) -> Register:
    at = {id(row): index for index, row in enumerate(rows)}

    def made(row: _R) -> _R:
        change = changes[at[id(row)]]
        return row.model_copy(update=dict(change)) if change else row

    split = len(register.organisations)
    keys = [("organisations", row.id) for row in rows[:split]]
    keys += [("activities", row.id) for row in rows[split:]]
    return replace(
        register,
        organisations=tuple(map(made, register.organisations)),
        activities=tuple(map(made, register.activities)),
        worked_out={key: cells for key, cells in zip(keys, how, strict=True) if cells},
    )
