"""The JSON shape of a report: what ``netmap gaps --format json`` prints and ``gaps.json`` holds."""

import math
from typing import Any

from netmap.gaps.gap import Decision, Gap, Report, RolledUp, Unchecked
from netmap.privacy import Protected


def report_as_json(report: Report) -> dict[str, Any]:
    """Shape a report for JSON.

    Returns:
        Keys in the documented order; ``people`` is a whole number, ``*`` where suppressed, or
        None where unknown; a value that is a whole number is written as one, infinite is None.
    """
    return {
        "network": report.network,
        "as_of": report.as_of,
        "audience": report.audience,
        "counts": report.counts,
        "gaps": [gap_as_json(gap) for gap in report.gaps],
        "could_not_check": [_unchecked(one) for one in report.could_not_check],
        "rolled_up": [_rolled_up(one) for one in report.rolled_up],
    }


def gap_as_json(gap: Gap) -> dict[str, Any]:
    """Shape one gap for JSON."""
    return {
        "id": gap.id,
        "rule": gap.rule,
        "severity": gap.severity.value,
        "state": gap.state,
        "area": _area(gap.area, gap.area_name),
        "community": gap.community,
        "subject": gap.subject,
        "people": _people(gap.people),
        "value": _number(gap.value),
        "threshold": _number(gap.threshold),
        "unit": gap.unit,
        "message": gap.message,
        "prompt": gap.prompt,
        "evidence": list(gap.evidence),
        "confidence": gap.confidence,
        "planned": list(gap.planned),
        "stands": gap.stands,
        "sureness": gap.sureness.value if gap.sureness else None,
        "decision": _decision(gap.decision),
    }


def _decision(made: Decision | None) -> dict[str, str] | None:
    if made is None:
        return None
    return {"decision": made.decision, "by": made.by, "on": made.on, "note": made.note}


def _unchecked(one: Unchecked) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "area": _area(one.area, one.area_name),
        "subject": one.subject,
        "needs": list(one.needs),
        "message": one.message,
    }


def _rolled_up(one: RolledUp) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "state": one.state,
        "community": one.community,
        "area": _area(one.area, one.area_name),
        "gaps": one.gaps,
        "areas": one.areas,
        "people": one.people,
        "uncounted": one.uncounted,
    }


def _area(code: str | None, name: str) -> dict[str, str] | None:
    return {"code": code, "name": name or code} if code else None


def _people(people: Protected) -> Protected:
    return people if people is None or isinstance(people, str) else round(people)


def _number(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else value
