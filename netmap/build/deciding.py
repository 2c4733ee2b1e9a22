"""Rows that may be one body: listed for review, and what people decide of them kept.

What is proposed and why is for :mod:`netmap.networks.duplicates`; here the pairs of a network are
told as findings, written to its ``duplicates.csv`` for review, and decisions stored there. Nothing
else of a register is ever written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from netmap.build.registers import Registers
from netmap.errors import CannotWriteError, UnknownNameError
from netmap.findings import Finding, Level, did_you_mean
from netmap.networks.duplicates import (
    Decision,
    Decisions,
    Pair,
    Verdict,
    activity_id,
    activity_key,
    decisions_file,
    find,
    find_activities,
    read_decisions,
    sheet_bytes,
    with_cells,
)
from netmap.networks.models import Activity, Organisation
from netmap.networks.register import Register
from netmap.workspace import write_atomically


@dataclass(frozen=True, slots=True)
class Review:
    """The pairs of one network.

    Attributes:
        network: Its name.
        pairs: Those nobody has decided on, the most alike first.
        decided: The decisions, in the order of their file.
    """

    network: str
    pairs: tuple[Pair, ...]
    decided: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was kept: the file as messages show it, how many rows are new, how many changed."""

    file: str
    added: int
    changed: int = 0


def review(place: Registers, register: Register) -> Review:
    """List the pairs of a network that are to be reviewed, and those decided.

    Args:
        place: The workspace.
        register: The network's register, for staff.
    """
    known = _decisions(place, register)
    pairs = (
        *find(register.organisations, known, place.vocabularies, register.areas),
        *find_activities(register.activities, known),
    )
    decided = tuple(row for row in known if row.verdict)
    return Review(register.name, tuple(sorted(pairs, key=lambda pair: pair.order)), decided)


def duplicate_findings(place: Registers, register: Register) -> list[Finding]:
    """Tell each pair that nobody has decided on, at the place of its second row."""
    return [_told(pair, register) for pair in review(place, register).pairs]


def row_of(register: Register, key: str) -> Organisation | Activity | None:
    """Find the row that a pair names; None where it is read as part of another, or is gone."""
    of = activity_id(key)
    return register.organisation.get(key) if of is None else register.activity.get(of)


def write_pairs(place: Registers, name: str) -> Written:
    """Add the pairs to be reviewed to a network's ``duplicates.csv``; nothing in it is changed.

    Raises:
        CannotWriteError: The file cannot be written, or not without losing what stands in it.
    """
    register = place.full_register(name)
    written, known = _as_written(place, name), _decisions(place, register)
    new = [
        pair
        for pair in review(place, register).pairs
        if known.about(pair.first, pair.second) is None
    ]
    if not new:
        return Written(place.workspace.shown(_file(place, name)), 0)
    rows = (*written.rows, *(_new_row(register, pair) for pair in new))
    return Written(_keep(place, name, replace(written, rows=rows)), len(new))


def decide(
    place: Registers, name: str, verdict: Verdict | None, ids: tuple[str, str], by: str = ""
) -> Written:
    """Keep what somebody decided of two rows, or forget it.

    Args:
        place: The workspace, with the day of the decision.
        name: The network.
        verdict: What was decided; None to forget what was.
        ids: The two rows, the one that stays first.
        by: Who decided: an organisation or a role, never a person.

    Raises:
        UnknownNameError: No row of the network has one of the ids.
        CannotWriteError: The file cannot be written, or not without losing what stands in it.
    """
    register = place.full_register(name)
    written, known = _as_written(place, name), _decisions(place, register)
    first, second = _keys(register, known, ids)
    cells = {
        "decision": verdict.value if verdict else "",
        "by": by if verdict else "",
        "on": place.as_of.isoformat() if verdict else "",
    }
    about = [n for n, row in enumerate(known.rows) if row.ids == {first, second}]
    if not about and verdict is None:
        return Written(place.workspace.shown(_file(place, name)), 0)
    rows = list(written.rows)
    for n in about:
        turned = _turned(rows[n], first) if verdict else {}
        rows[n] = with_cells(rows[n], {**turned, **cells})
    if not about:
        pair = Pair(first, second, 0, "same", ())
        found = [p for p in review(place, register).pairs if {p.first, p.second} == {first, second}]
        told = replace(found[0], first=first, second=second) if found else pair
        row = _new_row(register, told)
        bare = {} if found else {"likely": ""}
        rows.append(with_cells(row, {**bare, **cells}))
    file = _keep(place, name, replace(written, rows=tuple(rows)))
    return Written(file, 0 if about else 1, len(about))


def _told(pair: Pair, register: Register) -> Finding:
    first, second = row_of(register, pair.first), row_of(register, pair.second)
    if first is None or second is None:  # pairs are of the register's own rows
        raise KeyError(pair.first, pair.second)
    may_be = (
        "may be the same as"
        if pair.likely == "same"
        else "may be a branch of, or of one body with,"
    )
    message = (
        f"'{second.name}' {may_be} '{first.name}' in row {first.at.row}: {', '.join(pair.reasons)}."
    )
    return Finding(
        Level.WARNING if pair.identifier else Level.NOTICE,
        "possible-duplicate",
        message,
        second.at,
        second.id,
        f"Decide with: netmap duplicates {register.name}",
    )


def _folder(place: Registers, name: str) -> Path:
    return place.workspace.network_folder(name)


def _file(place: Registers, name: str) -> Path:
    return decisions_file(_folder(place, name))


def _as_written(place: Registers, name: str) -> Decisions:
    folder = _folder(place, name)
    return read_decisions(folder, place.workspace.shown(folder))[0]


def _decisions(place: Registers, register: Register) -> Decisions:
    known = _as_written(place, register.name)
    return known.resolved(register.organisation, register.activity)


def _keep(place: Registers, name: str, decisions: Decisions) -> str:
    file = _file(place, name)
    shown = place.workspace.shown(file)
    if not decisions.intact:
        why = f"what could not be read in it would be lost; see: netmap check {name}"
        raise CannotWriteError(shown, why)
    write_atomically(file, sheet_bytes(decisions))
    return shown


def _new_row(register: Register, pair: Pair) -> Decision:
    cells = {
        "first": pair.first,
        "second": pair.second,
        "first_name": _name(register, pair.first),
        "second_name": _name(register, pair.second),
        "likely": pair.likely,
        "reasons": "; ".join(pair.reasons),
    }
    return with_cells(Decision(pair.first, pair.second), cells)


def _name(register: Register, key: str) -> str:
    row = row_of(register, key)
    return row.name if row else ""


def _turned(row: Decision, first: str) -> Mapping[str, str]:
    """Swap a row's two sides where the one that is to stay stands second."""
    if row.first in {first, activity_id(first)}:
        return {}
    swap = {"first": "second", "first_name": "second_name"}
    both = {**swap, **{there: here for here, there in swap.items()}}
    return {here: row.cells.get(there, "") for here, there in both.items()}


def _keys(register: Register, known: Decisions, ids: tuple[str, str]) -> tuple[str, str]:
    """Find the two rows that are meant: organisations, else activities.

    Raises:
        UnknownNameError: No row of the network has one of the ids.
    """
    named = {key for row in known for key in (row.first, row.second)}
    organisations = {*register.organisation, *(k for k in named if activity_id(k) is None)}
    activities = {*map(activity_key, register.activity), *(k for k in named if activity_id(k))}
    marked = [one if activity_id(one) else activity_key(one) for one in ids]
    if all(one in activities for one in marked) and not all(one in organisations for one in ids):
        return marked[0], marked[1]
    for one in ids:
        if one not in organisations:
            every = {*organisations, *register.activity}
            raise UnknownNameError("organisation", one, did_you_mean(one, every - {*ids}))
    return ids
