"""Which rows may be in an output: those whose consent has not ended, and refuges only by wish."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from netmap.findings import Finding, Level
from netmap.networks.models import TABLES, Activity, Organisation
from netmap.networks.records import Sensitive
from netmap.privacy import Visibility, looks_like_refuge


def consents(row: Sensitive, as_of: date, findings: list[Finding]) -> bool:
    """Tell whether a row may be in an output on a day; where not, say why in a finding."""
    if "consent_until" in row.faulted:
        message = "consent cannot be read, so the row is in no output until it can."
    elif row.consent_until is not None and row.consent_until < as_of:
        message = f"consent ended on {row.consent_until.isoformat()}; the row is in no output."
    else:
        return True
    place = replace(row.at, column="consent_until")
    findings.append(Finding(Level.WARNING, "consent-ended", message, place))
    return False


def undecided_hidden(row: Organisation | Activity, findings: list[Finding]) -> Sensitive:
    """Hide a row that looks like a refuge until someone decides."""
    if row.visibility is not None or "visibility" in row.faulted:
        return row
    texts = [row.name, *getattr(row, "aliases", ())]
    texts += [t for t in (getattr(row, "description", None), getattr(row, "venue", None)) if t]
    if not looks_like_refuge(texts):
        return row
    message = "looks like a refuge or safe house, and is withheld from every output but staff's."
    hint = "Write public, area_only or withheld under visibility to settle it."
    place = replace(row.at, column="visibility")
    findings.append(Finding(Level.WARNING, "looks-like-refuge", message, place, row.name, hint))
    return row.model_copy(update={"visibility": Visibility.WITHHELD.value})


def without(
    rows: Mapping[str, Sequence[Any]], organisations: set[str], activities: set[str]
) -> dict[str, Any]:
    """Take what refers to rows that left with their consent out of the others."""
    result = {name: tuple(rows[name]) for name in TABLES}
    if organisations:
        result["ties"] = tuple(
            tie
            for tie in result["ties"]
            if not {tie.source_organisation, tie.target_organisation} & organisations
        )
        result["targets"] = tuple(t for t in result["targets"] if t.owner not in organisations)
        result["enquiries"] = tuple(
            e.model_copy(update={"by": None}) if e.by in organisations else e
            for e in result["enquiries"]
        )
        # An activity is part of what its organisation consented to.
        leaving = {a.id for a in result["activities"] if a.organisation in organisations}
        activities = activities | leaving
        result["activities"] = tuple(a for a in result["activities"] if a.id not in leaving)
    if activities:
        result["activities"] = tuple(
            a.model_copy(update={"part_of": None}) if a.part_of in activities else a
            for a in result["activities"]
        )
    return result
