"""A report from its JSON shape: what ``gaps.json`` and ``netmap gaps --format json`` hold.

The other way round is :mod:`netmap.gaps.shape`. Files of earlier versions lack keys that came
later; what is not there is unknown.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from netmap.gaps.gap import Decision, Gap, Report, Severity, Unchecked


class NotAReportError(ValueError):
    """A JSON document is not what netmap writes; the message says where."""


def reports_from(document: Any) -> tuple[Report, ...]:
    """Take the reports from a JSON document: one, or several under ``networks``.

    Raises:
        NotAReportError: It is not of the shape that netmap writes.
    """
    if isinstance(document, dict) and isinstance(document.get("networks"), list):
        return tuple(_report(one) for one in document["networks"])
    return (_report(document),)


def _report(document: Any) -> Report:
    if not isinstance(document, dict) or not isinstance(document.get("gaps"), list):
        raise NotAReportError("it is not a report of gaps as netmap writes it")
    try:
        return Report(
            _text(document, "network"),
            date.fromisoformat(_text(document, "as_of")).isoformat(),
            _text(document, "audience"),
            tuple(_gap(one) for one in document["gaps"]),
            tuple(_unchecked(one) for one in document.get("could_not_check", ())),
        )
    except NotAReportError:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotAReportError(f"a part of it is not as netmap writes it ({error})") from error


def _gap(one: Mapping[str, Any]) -> Gap:
    code, name = _area(one.get("area"))
    made = one.get("decision")
    return Gap(
        id=_text(one, "id"),
        rule=_text(one, "rule"),
        severity=Severity(one["severity"]),
        message=_text(one, "message"),
        prompt=one.get("prompt") or "",
        state=one.get("state"),
        area=code,
        area_name=name,
        community=one.get("community"),
        subject=one.get("subject"),
        people=one.get("people"),
        value=_number(one, "value"),
        threshold=_number(one, "threshold"),
        unit=one.get("unit"),
        evidence=tuple(one.get("evidence") or ()),
        confidence=one.get("confidence") or "stated",
        planned=tuple(one.get("planned") or ()),
        stands=_number(one, "stands"),
        decision=_decision(one["id"], made) if made else None,
    )


def _decision(gap: str, made: Mapping[str, str]) -> Decision:
    by, on, note = (made.get(key) or "" for key in ("by", "on", "note"))
    return Decision(gap, _text(made, "decision"), by, on, note)


def _unchecked(one: Mapping[str, Any]) -> Unchecked:
    code, name = _area(one.get("area"))
    needs = tuple(one.get("needs") or ())
    return Unchecked(
        _text(one, "rule"), one.get("message") or "", code, name, one.get("subject"), needs
    )


def _area(one: Mapping[str, str] | None) -> tuple[str | None, str]:
    return (_text(one, "code"), one.get("name") or "") if one else (None, "")


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    if not isinstance(value, str):
        raise NotAReportError(f"there is no text under '{key}' where netmap writes one")
    return value


def _number(one: Mapping[str, Any], key: str) -> float | None:
    value = one.get(key)
    if value is not None and not isinstance(value, int | float):
        raise NotAReportError(f"'{value}' under '{key}' is no number")
    return value
