"""References to rows that are read as part of others: they name the row that stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from netmap.findings import Finding, Level
from netmap.networks.models import Activity, Target, Tie

_TIE_ENDS = ("source_organisation", "target_organisation")


def renamed(
    tables: Mapping[str, Sequence[Any]],
    organisations: Mapping[str, str],
    activities: Mapping[str, str],
    findings: list[Finding],
) -> dict[str, Sequence[Any]]:
    """Let every reference name the row that stays.

    Args:
        tables: The rows of each table.
        organisations: The ids of organisations that went, each with the id that stays.
        activities: The same of activities.
        findings: Gets a notice for each tie that would lead from an organisation to itself.

    Returns:
        New tables; ties and targets that have become the same are one.
    """
    return {
        **tables,
        "activities": [_activity(a, organisations, activities) for a in tables["activities"]],
        "ties": _ties(tables["ties"], organisations, findings),
        "enquiries": [_with(e, {"by": organisations}) for e in tables["enquiries"]],
        "targets": _targets(tables["targets"], organisations),
    }


def _with(row: Any, names: Mapping[str, Mapping[str, str]]) -> Any:
    """Give a row with the names in some of its columns changed."""
    update = {
        column: known[getattr(row, column)]
        for column, known in names.items()
        if getattr(row, column) in known
    }
    return row.model_copy(update=update) if update else row


def _activity(
    row: Activity, organisations: Mapping[str, str], activities: Mapping[str, str]
) -> Activity:
    one: Activity = _with(row, {"organisation": organisations, "part_of": activities})
    return one.model_copy(update={"part_of": None}) if one.part_of == one.id else one


def _ties(
    rows: Sequence[Tie], organisations: Mapping[str, str], findings: list[Finding]
) -> list[Tie]:
    kept: list[Tie] = []
    at: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        one: Tie = _with(row, dict.fromkeys(_TIE_ENDS, organisations))
        if one is not row and one.source_organisation == one.target_organisation:
            findings.append(_to_itself(row, one.source_organisation))
            continue
        key = (one.source_organisation, one.target_organisation, one.kind, one.topic)
        equal = [n for n in at.get(key, []) if _agree(kept[n], one)]
        # Ties that people wrote twice between the same two rows are theirs to mend.
        if equal and (one is not row or kept[equal[0]].at in _changed(rows, organisations)):
            kept[equal[0]] = _united(kept[equal[0]], one)
            continue
        at.setdefault(key, []).append(len(kept))
        kept.append(one)
    return kept


def _changed(rows: Sequence[Tie], organisations: Mapping[str, str]) -> list[object]:
    return [r.at for r in rows if any(getattr(r, end) in organisations for end in _TIE_ENDS)]


def _agree(one: Tie, other: Tie) -> bool:
    """Tell whether two ties of one kind can be one: nothing that both say differs."""
    said = ((getattr(one, c), getattr(other, c)) for c in ("since", "strength"))
    return one.until == other.until and all(a is None or b is None or a == b for a, b in said)


def _united(one: Tie, other: Tie) -> Tie:
    days = [day for day in (one.last_contact, other.last_contact) if day]
    update: dict[str, Any] = {
        column: getattr(one, column) if getattr(one, column) is not None else getattr(other, column)
        for column in ("since", "strength", "source", "confidence", "notes")
    }
    update["last_contact"] = max(days) if days else None
    update["extra"] = {**other.extra, **one.extra}
    return one.model_copy(update=update)


def _to_itself(row: Tie, organisation: str) -> Finding:
    message = (
        f"leads from '{row.source_organisation}' to '{row.target_organisation}', which are read as "
        "one; it is left out."
    )
    place = replace(row.at, column="target_organisation")
    return Finding(Level.NOTICE, "tie-to-itself", message, place, organisation)


def _targets(rows: Sequence[Target], organisations: Mapping[str, str]) -> list[Target]:
    kept: dict[tuple[object, ...], Target] = {}
    for number, row in enumerate(rows):
        one: Target = _with(row, {"owner": organisations})
        said = (one.owner, one.measure, one.target, one.actual, one.starts, one.due, one.as_of)
        moved = one.owner in organisations.values()
        kept.setdefault(said if moved else (number, *said), one)
    return list(kept.values())
