"""The rows that people said are the same, read as one.

This happens once references are known and before consent, refuges and audiences are looked at:
the one row has the strictest wishes of all, so nothing withheld can show through another row.
The files stay as they are; without the decision the rows are two again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from netmap.findings import Finding, Level, Place
from netmap.networks.consent import undecided_hidden
from netmap.networks.duplicates.decisions import (
    Decision,
    Decisions,
    Verdict,
    activity_id,
)
from netmap.networks.duplicates.folding import folded
from netmap.networks.duplicates.references import renamed
from netmap.networks.duplicates.sheet import DECISIONS_FILE, read_decisions
from netmap.networks.models import Activity, Organisation

R = TypeVar("R", Organisation, Activity)
Tables = Mapping[str, Sequence[Any]]


def read_as_one(folder: Path, shown: str, rows: Tables) -> tuple[Tables, Decisions, list[Finding]]:
    """Apply what a network's ``duplicates.csv`` says to its rows.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.
        rows: The rows of each table, with references resolved.

    Returns:
        The rows with those that are the same read as one, what was decided, and what was noticed.
    """
    decisions, findings = read_decisions(folder, shown)
    tables, noticed = merged(rows, decisions)
    return tables, decisions, [*findings, *noticed]


def merged(rows: Tables, decisions: Decisions) -> tuple[Tables, list[Finding]]:
    """Read rows that were decided to be the same as one.

    Args:
        rows: The rows of each table, with references resolved.
        decisions: What people decided; ids as written or marked as activities'.

    Returns:
        New tables, in the order of the old. The row that stays takes the place and the id of the
        first; every reference to another of its group names it. Groups that contradict themselves
        are left as they are, each with a finding, and so are ids nobody has.
    """
    if not decisions.rows:
        return rows, []
    organisations = {one.id: one for one in rows["organisations"]}
    activities = {one.id: one for one in rows["activities"]}
    known = decisions.resolved(organisations, activities)
    findings = [*_unknown(known, organisations, activities), *_contradictions(known)]
    groups = known.groups.sound()
    bodies = _groups_among(groups, organisations)
    offers = _groups_among([[activity_id(one) or "" for one in g] for g in groups], activities)
    if not bodies and not offers:
        return rows, findings
    findings += _counted(bodies, offers, known)
    tables = dict(rows)
    tables["organisations"] = _as_one(rows["organisations"], organisations, bodies, findings)
    tables["activities"] = _as_one(rows["activities"], activities, offers, findings)
    return renamed(tables, _names(bodies), _names(offers), findings), findings


def _groups_among(groups: Sequence[Sequence[str]], known: Mapping[str, Any]) -> list[list[str]]:
    found = [[one for one in group if one in known] for group in groups]
    return [group for group in found if len(group) > 1]


def _names(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """Map the ids that go to the id that stays."""
    return {other: first for first, *others in groups for other in others}


def _as_one(
    rows: Sequence[R],
    by_id: Mapping[str, R],
    groups: Sequence[Sequence[str]],
    findings: list[Finding],
) -> list[R]:
    gone = _names(groups)
    made: dict[str, R] = {}
    for first, *others in groups:
        one = _settled(by_id[first], findings)
        for other in others:
            joined = folded(one, _settled(by_id[other], findings))
            _tell_consent(one, by_id[other], joined, findings)
            one = joined
        made[first] = one
    return [made.get(row.id, row) for row in rows if row.id not in gone]


def _settled(row: R, findings: list[Finding]) -> R:
    """Hide a row that looks like a refuge before it is joined to one that openly is none."""
    hidden = undecided_hidden(row, findings)
    return hidden if isinstance(hidden, type(row)) else row


def _tell_consent(one: R, other: R, joined: R, findings: list[Finding]) -> None:
    if joined.consent_until in {None, one.consent_until}:
        return
    message = (
        f"consent of '{other.name}' lasts until {joined.consent_until}, and so does that of "
        f"'{one.name}', as which it is read."
    )
    place = replace(other.at, column="consent_until")
    findings.append(Finding(Level.NOTICE, "read-as-one", message, place, other.id))


def _counted(
    bodies: Sequence[Sequence[str]], offers: Sequence[Sequence[str]], decisions: Decisions
) -> list[Finding]:
    """Say once how many rows are read as part of others."""
    said = [
        f"{n} {word if n == 1 else words}"
        for groups, word, words in (
            (bodies, "pair of organisations", "pairs of organisations"),
            (offers, "pair of activities", "pairs of activities"),
        )
        if (n := len(_names(groups)))
    ]
    one = sum(len(_names(groups)) for groups in (bodies, offers)) == 1
    message = f"{' and '.join(said)} {'is' if one else 'are'} read as one, as was decided."
    hint = "Clear the decision to read them apart again."
    file = next(row.at.file for row in decisions if row.verdict is Verdict.SAME)
    return [Finding(Level.NOTICE, "read-as-one", message, Place(file), None, hint)]


def _unknown(
    decisions: Decisions, organisations: Mapping[str, Any], activities: Mapping[str, Any]
) -> list[Finding]:
    """Say which ids no row has; people may have taken the row out, so the decision is kept."""
    findings = []
    for row in decisions:
        for column, key in (("first", row.first), ("second", row.second)):
            of = activity_id(key)
            if not key or key in organisations or (of is not None and of in activities):
                continue
            what = "organisation" if of is None else "activity"
            message = f"no {what} has the id '{of or key}'; the row is kept and changes nothing."
            place = replace(row.at, column=column)
            findings.append(Finding(Level.NOTICE, "unknown-duplicate", message, place, of or key))
    return findings


def _contradictions(decisions: Decisions) -> list[Finding]:
    return [
        Finding(
            Level.WARNING,
            "decisions-disagree",
            f"'{row.first}' and '{row.second}' are {_said(row)} here, and the same by other rows; "
            "none of those rows is read as one until this is settled.",
            replace(row.at, column="decision"),
            row.verdict.value,
            f"See the rows with the decision same in {DECISIONS_FILE}.",
        )
        for row in decisions
        if row.verdict in {Verdict.DIFFERENT, Verdict.BRANCH}
        and row.first != row.second
        and decisions.groups.contradicts(row.first, row.second)
    ]


def _said(row: Decision) -> str:
    return "different" if row.verdict is Verdict.DIFFERENT else "a body and its branch"
