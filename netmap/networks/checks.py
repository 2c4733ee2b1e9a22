"""What a register's rows say together: sums, coordinates, refuges, consent.

:func:`tables` takes the rows as read and gives them back as the register will hold them, with a
finding for all that was changed or looks wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks.areas import Areas
from netmap.networks.consent import consents, undecided_hidden, without
from netmap.networks.coordinates import with_sound_point
from netmap.networks.models import (
    CENSUS_GROUPS,
    MINORITY_ETHNIC,
    WHITE,
    Activity,
    Population,
    Share,
)
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.personal_data import personal_findings
from netmap.networks.records import Located
from netmap.places import neighbourhood
from netmap.vocabulary import Vocabularies

_BOUNDS = {
    "greater_than_equal": "is below the least that makes sense ({ge:g})",
    "less_than_equal": "is above the most that makes sense ({le:g})",
    "greater_than": "is too small",
    "finite_number": "is not a number",
}


def cell_fault(fault: Any, place: Place, *, lost: bool) -> Finding:
    """Word what was wrong with one cell, and what became of it."""
    context = fault.get("ctx", {})
    kind, hint, value = fault["type"], context.get("hint", ""), str(fault["input"])
    outcome = "the row is set aside" if lost else "the cell is left empty"
    if kind == "missing":
        message = "the cell is empty, and the row cannot be used without it; the row is set aside."
        return Finding(Level.ERROR, "missing-value", message, place)
    if kind in _BOUNDS:
        code, said = "out-of-range", f"{value} {_BOUNDS[kind].format(**context)}"
    elif kind == "literal_error":
        code, said = "unknown-term", f"'{value}' is not one of {context['expected']}"
    else:
        code, said = kind, fault["msg"].rstrip(".")
    level = Level.ERROR if lost else Level.WARNING
    return Finding(level, code, f"{said}; {outcome}.", place, value, hint)


def unknown_column(file: str, column: str, known: set[str]) -> Finding:
    """Word a heading that no column is known by."""
    message = "the column is not known; it is kept, and shown to staff only."
    place = Place(file, 1, column)
    return Finding(
        Level.NOTICE, "unknown-column", message, place, column, did_you_mean(column, known)
    )


def settings(found: NetworkSettings, vocabularies: Vocabularies, file: str) -> list[Finding]:
    """Check the words in ``network.toml`` that come from a vocabulary."""
    groups = (
        ("surveyed", "surveyed", found.surveyed),
        ("topics.expected", "topic", found.topics.expected),
        ("gaps.intersections", "community", [c for pair in found.gaps.intersections for c in pair]),
    )
    return [
        Finding(
            Level.WARNING,
            "unknown-term",
            f"'{word}' is not a known {vocabulary}.",
            Place(file, None, key),
            word,
            did_you_mean(word, vocabularies[vocabulary]),
        )
        for key, vocabulary, words in groups
        for word in words
        if vocabularies[vocabulary].resolve(word) is None
    ]


def tables(
    rows: Mapping[str, Sequence[Any]],
    found: NetworkSettings,
    vocabularies: Vocabularies,
    as_of: date,
    findings: list[Finding],
) -> dict[str, Any]:
    """Check the rows together and put them as :class:`Register` takes them."""
    points = [
        (row.latitude, row.longitude)
        for row in rows["areas"]
        if row.latitude is not None and row.longitude is not None
    ]
    around = neighbourhood(points)
    placed: dict[str, list[Any]] = {
        name: [
            with_sound_point(row, around, findings) if isinstance(row, Located) else row
            for row in table
        ]
        for name, table in rows.items()
    }
    for name in ("organisations", "activities"):
        consented = [row for row in placed[name] if consents(row, as_of, findings)]
        placed[name] = [undecided_hidden(row, findings) for row in consented]
    placed["shares"] = [
        known for row in placed["shares"] if (known := _known_share(row, vocabularies, findings))
    ]
    findings.extend(
        finding
        for row in placed["populations"]
        if (finding := _sum_finding(row, found.gaps.share_tolerance))
    )
    findings.extend(_part_of_findings(placed["activities"]))
    findings.extend(personal_findings(placed))
    gone = {
        name: {r.id for r in rows[name]} - {r.id for r in placed[name]}
        for name in ("organisations", "activities")
    }
    return {
        **without(placed, gone["organisations"], gone["activities"]),
        "areas": Areas(placed["areas"]),
    }


def _known_share(row: Share, vocabularies: Vocabularies, findings: list[Finding]) -> Share | None:
    slug = vocabularies[row.dimension].resolve(row.key)
    if slug:
        return row if slug == row.key else row.model_copy(update={"key": slug})
    message = f"'{row.key}' is not a known {row.dimension}; the row is set aside."
    hint = did_you_mean(row.key, vocabularies[row.dimension])
    place = replace(row.at, column="key")
    findings.append(Finding(Level.ERROR, "unknown-term", message, place, row.key, hint))
    return None


def whole_of(row: Population) -> tuple[float, float] | None:
    """Add a population row's groups up where they are meant to make a whole.

    Returns:
        (sum of the groups, what it should be: 100 or the total), or None where they are not all
        there or the total is unknown.
    """
    if all(group in row.groups for group in CENSUS_GROUPS):
        added = sum(row.groups[group] for group in CENSUS_GROUPS)
    elif WHITE in row.groups and MINORITY_ETHNIC in row.groups:
        added = row.groups[WHITE] + row.groups[MINORITY_ETHNIC]
    else:
        return None
    whole = 100.0 if row.measure == "percent" else row.total
    return None if whole is None else (round(added, 6), whole)


def _sum_finding(row: Population, tolerance: float) -> Finding | None:
    sums = whole_of(row)
    if sums is None:
        return None
    added, whole = sums
    allowed = tolerance if row.measure == "percent" else whole * tolerance / 100
    if abs(added - whole) <= allowed + 1e-9:
        return None
    what = "percentages add up to" if row.measure == "percent" else "groups add up to"
    message = f"the {what} {added:g}, not {whole:g}."
    return Finding(Level.WARNING, "shares-disagree", message, row.at, f"{added:g}")


def _part_of_findings(activities: Sequence[Activity]) -> list[Finding]:
    aggregates = {a.id for a in activities if a.aggregate}
    return [
        Finding(
            Level.WARNING,
            "part-of-single",
            f"'{a.part_of}' stands for one activity, so nothing else can be part of it.",
            replace(a.at, column="part_of"),
            a.part_of,
        )
        for a in activities
        if a.part_of and a.part_of not in aggregates
    ]
