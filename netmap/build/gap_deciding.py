"""What people decide about gaps: read for a report, checked against what is found, and kept.

The file is for :mod:`netmap.networks.gap_decisions`, what a decision does to a report for
:mod:`netmap.gaps.decisions`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.build.registers import Registers
from netmap.errors import CannotWriteError, NothingUsableError, UnknownNameError
from netmap.findings import Finding, Level, did_you_mean
from netmap.gaps.decisions import decisions_of
from netmap.gaps.gap import Decision
from netmap.networks.gap_decisions import (
    DecisionSheet,
    cells_of,
    decisions_file,
    decisions_for,
    read_gap_decisions,
    with_decision,
)
from netmap.privacy import Audience
from netmap.workspace import write_atomically

if TYPE_CHECKING:
    from netmap.build.workplace import Workplace

_TAKE_BACK = "none"
# Nearer than the ids of two neighbouring areas usually are: a slip, not another gap.
_A_SLIP = 95


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept about a gap: the decision, None where it was taken back, and the file.

    ``changed`` tells whether there was anything to write.
    """

    gap: str
    decision: str | None
    file: str
    changed: bool = True


def decisions(place: Registers, name: str, audience: Audience) -> tuple[Decision, ...]:
    """Give what was decided about a network's gaps, as an audience may see it."""
    rows = _sheet(place, name)[0].rows
    return decisions_of(decisions_for(rows, place.full_register(name), audience)) if rows else ()


def decision_findings(place: "Workplace", name: str) -> list[Finding]:
    """List what is wrong in a network's decisions, and those whose gap is found no more."""
    sheet, findings = _sheet(place, name)
    if not sheet.rows:
        return findings
    try:
        report = place.report(name, Audience.STAFF)
    except NothingUsableError:
        return findings
    found = {gap.id for gap in report.gaps}
    message = "no gap of this id is found at present; the decision is kept."
    return findings + [
        Finding(
            Level.NOTICE,
            "decision-without-gap",
            message,
            row.at,
            row.gap,
            did_you_mean(row.gap, _of_one_rule(row.gap, found), at_least=_A_SLIP),
        )
        for row in sheet.rows
        if row.gap not in found
    ]


def network_of(place: Registers, network: str | None, gap: str) -> str:
    """Name the network of a gap: the one given, else the one its id begins with.

    Raises:
        NoNetworkError: There is no such network.
        UnknownNameError: None was given, and no network's gaps begin so.
    """
    if network is not None:
        return place.names(network)[0]
    known = place.names()
    first = gap.split("/", 1)[0]
    if first in known or len(known) == 1:
        return first if first in known else known[0]
    raise UnknownNameError("gap", gap, did_you_mean(first, known))


def decide(  # a decision is all of these
    place: "Workplace", name: str, gap: str, said: str, *, by: str = "", note: str = ""
) -> Kept:
    """Keep what somebody decided about a gap, or take it back.

    Args:
        place: The workspace, with the day of the decision.
        name: The network.
        gap: The gap's id.
        said: The decision in any of its words; ``none`` takes back what was decided.
        by: Who decided: an organisation or a role, never a person.
        note: Why; for staff only.

    Raises:
        UnknownNameError: There is no such decision, or no such gap.
        CannotWriteError: The file cannot be written, or not without losing what stands in it.
    """
    decision = None if said.casefold() == _TAKE_BACK else _word(place, said)
    sheet, _ = _sheet(place, name)
    noted = {row.gap for row in sheet.rows}
    file = _file(place, name)
    shown = place.workspace.shown(file)
    if gap not in noted:
        found = {one.id for one in place.report(name, Audience.STAFF).gaps}
        if gap not in found:
            near = did_you_mean(gap, _of_one_rule(gap, found))
            raise UnknownNameError("gap", gap, near or did_you_mean(gap, found))
        if decision is None:
            return Kept(gap, None, shown, changed=False)
    if not sheet.intact:
        why = f"what could not be read in it would be lost; see: netmap check {name}"
        raise CannotWriteError(shown, why)
    cells = cells_of(decision, by, place.as_of, note) if decision else {}
    write_atomically(file, with_decision(sheet, gap, cells))
    return Kept(gap, decision, shown)


def _word(place: Registers, said: str) -> str:
    known = place.vocabularies["gap_decision"]
    found = known.resolve(said)
    if found is None:
        hint = did_you_mean(said, [*known, _TAKE_BACK])
        raise UnknownNameError("decision", said, hint or f"Known: {', '.join((*known, 'none'))}.")
    return found


def _sheet(place: Registers, name: str) -> tuple[DecisionSheet, list[Finding]]:
    folder = place.workspace.network_folder(name)
    return read_gap_decisions(folder, place.workspace.shown(folder), place.vocabularies)


def _file(place: Registers, name: str) -> Path:
    return decisions_file(place.workspace.network_folder(name))


def _of_one_rule(gap: str, ids: set[str]) -> Iterator[str]:
    """Choose the ids of the same rule: the only ones that may have been meant."""
    start = "/".join(gap.split("/")[:2]) + "/"
    return (one for one in ids if one.startswith(start))
