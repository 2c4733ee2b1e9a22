"""Rules about what was agreed: targets and the order of events."""

from collections import Counter
from datetime import date
from typing import Final

from netmap.gaps.context import number, weakest
from netmap.gaps.gap import Gap, SessionFact
from netmap.gaps.records import source_said
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import PEOPLE_MEASURES, Target
from netmap.privacy import Audience

# Which sessions count towards a target that is counted from events.
_EVENT_KINDS = {"networking_events": "networking", "skills_events": "skills"}
_FIRST, _LAST = "scoping_and_mapping", "reflection"
_MISSED = N_("%(owner)s reached %(actual)s of %(target)s %(measure)s: %(short)s short.")
_BEHIND = N_(
    "%(owner)s reached %(actual)s of %(target)s (%(expected)s by now) %(measure)s: %(short)s short."
)
_THEMES: Final = {
    _FIRST: N_("scoping and mapping"),
    "themed": N_("themed"),
    _LAST: N_("reflection"),
}


@rule(
    "target-missed",
    N_("Actual below target, with the shortfall"),
    "targets",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12150-12192]: most targets were reached; three "
        "locations fell short."
    ),
    prompt=N_(
        "Talk about what would help; a count says nothing about whether people came back, or "
        "what it meant to them."
    ),
)
def target_missed(check: Check) -> Said:
    """Report targets not reached; before the due date, those behind their share of the time."""
    context = check.context
    targets = context.register.targets
    if not targets:
        yield check.unchecked(_("No targets are recorded."), "targets")
    alike = Counter((t.owner, t.measure) for t in targets)
    for target in targets:
        # Year by year the same measure again: only the due date tells them apart.
        year = f" {target.due}" if alike[target.owner, target.measure] > 1 and target.due else ""
        subject = f"{target.measure}{year}"
        actual = _actual(check, target)
        expected = _expected(target, context.day)
        values = {
            "owner": _owner(check, target),
            "target": number(target.target),
            "measure": _words(check, target),
        }
        if target.suppressed:
            yield check.unchecked(
                _(
                    "What %(owner)s reached of %(target)s %(measure)s is too small a count of "
                    "people to show.",
                    **values,
                ),
                _("a wider audience"),
                subject=f"{target.owner} {subject}",
            )
        elif actual is None:
            yield check.unchecked(
                _(
                    "The target of %(target)s %(measure)s for %(owner)s could not be checked: what "
                    "was reached is not recorded.",
                    **values,
                ),
                "targets.actual",
                *(("events/<programme>.csv",) if target.count_from == "events" else ()),
                subject=f"{target.owner} {subject}",
            )
        elif expected is None and actual < target.target:
            yield check.unchecked(
                _(
                    "The target of %(target)s %(measure)s for %(owner)s is not due yet; what it "
                    "should be by now could not be worked out.",
                    **values,
                ),
                "targets.starts",
                subject=f"{target.owner} {subject}",
            )
        elif expected is not None and actual < expected:
            yield _missed(check, target, subject, actual, expected)


def _missed(check: Check, target: Target, subject: str, actual: float, expected: float) -> Gap:
    is_area = target.owner in check.context.register.areas
    protected = check.context.register.audience is not Audience.STAFF
    rounded = protected and target.measure in PEOPLE_MEASURES
    measure = _words(check, target)
    message = _BEHIND if expected < target.target else _MISSED
    return check.gap(
        _(
            message,
            owner=_owner(check, target),
            actual=_about(actual, rounded=rounded),
            target=number(target.target),
            expected=number(expected),
            measure=measure,
            short=_about(expected - actual, rounded=rounded),
        ),
        area=target.owner if is_area else None,
        subject=subject if is_area else f"{target.owner} {subject}",
        value=actual,
        threshold=target.target,
        unit=measure,
        evidence=(source_said(target.source),),
        confidence=weakest([target]),
    )


def _about(value: float, *, rounded: bool) -> str:
    return _("about %(number)s", number=number(value)) if rounded else number(value)


def _words(check: Check, target: Target) -> str:
    return check.context.vocabularies["measure"].label(target.measure).lower()


def _owner(check: Check, target: Target) -> str:
    register = check.context.register
    known = register.organisation.get(target.owner)
    return known.name if known else register.areas.name(target.owner)


def _actual(check: Check, target: Target) -> float | None:
    context = check.context
    if target.actual is not None:
        return target.actual
    if target.count_from == "ties":
        ends = [
            {t.source_organisation, t.target_organisation} - {target.owner}
            for t in context.ties
            if t.kind == "engages"
            and target.owner in {t.source_organisation, t.target_organisation}
        ]
        return float(len(set().union(*ends)))
    if target.count_from == "events" and context.sessions is not None:
        kind = _EVENT_KINDS.get(target.measure, target.measure.removesuffix("_events"))
        held = [
            s
            for s in context.sessions
            if (s.hub, s.kind, s.status) == (target.owner, kind, "confirmed")
            and s.starts[:10] < context.register.as_of.isoformat()
        ]
        return float(len(held))
    return None


def _expected(target: Target, day: date) -> float | None:
    """Work out what there ought to be: all by the due date, pro rata before it.

    Returns:
        None where it is not due yet, and its start is not known.
    """
    day = min(day, target.as_of) if target.as_of else day
    if not target.due or day >= target.due:
        return target.target
    if not target.starts or target.due <= target.starts:
        return None
    gone = max((day - target.starts).days, 0) / (target.due - target.starts).days
    return round(target.target * gone, 1)


@rule(
    "event-sequence",
    N_("First event not scoping and mapping, last not reflection"),
    "targets",
    "low",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:12063-12067]: first events were scoping and "
        "mapping, the last a reflection."
    ),
    prompt=N_("Swap the themes, or say why this order suits better."),
)
def event_sequence(check: Check) -> Said:
    """Report hubs whose networking events are out of order."""
    context = check.context
    sessions = [
        s for s in context.sessions or () if s.kind == "networking" and s.status != "cancelled"
    ]
    if not sessions:
        yield check.unchecked(_("No networking events are recorded."), "events/<programme>.csv")
        return
    series: dict[tuple[str, str], list[SessionFact]] = {}
    for session in sessions:
        series.setdefault((session.hub or "", session.programme), []).append(session)
    programmes = Counter(hub for hub, _ in series)
    for (hub, programme), held in sorted(series.items()):
        held.sort(key=lambda s: (s.starts, s.uid))
        if held[0].theme != _FIRST or (len(held) > 1 and held[-1].theme != _LAST):
            known = context.register.organisation.get(hub)
            whose = known.name if known else _("the network")
            subject = f"{hub} {programme}" if hub and programmes[hub] > 1 else hub or programme
            yield check.gap(
                _out_of_order(held, whose),
                area=known.area if known else None,
                subject=subject,
                value=len(held),
                threshold=None,
                unit=pgettext("unit", "events"),
                evidence=(f"events/{programme}.csv.",),
            )


def _out_of_order(held: list[SessionFact], whose: str) -> str:
    """Say which of some networking events, the first or the last or both, has another theme."""
    first, last, many = _theme(held[0]), _theme(held[-1]), len(held)
    if many == 1 or held[-1].theme == _LAST:
        return ngettext(
            "Of the %(count)s networking event of %(whose)s, the first is %(first)s, not scoping "
            "and mapping.",
            "Of the %(count)s networking events of %(whose)s, the first is %(first)s, not scoping "
            "and mapping.",
            many,
            whose=whose,
            first=first,
        )
    if held[0].theme == _FIRST:
        return ngettext(
            "Of the %(count)s networking event of %(whose)s, the last is %(last)s, not reflection.",
            "Of the %(count)s networking events of %(whose)s, the last is %(last)s, not "
            "reflection.",
            many,
            whose=whose,
            last=last,
        )
    return ngettext(
        "Of the %(count)s networking event of %(whose)s, the first is %(first)s, not scoping and "
        "mapping and the last is %(last)s, not reflection.",
        "Of the %(count)s networking events of %(whose)s, the first is %(first)s, not scoping and "
        "mapping and the last is %(last)s, not reflection.",
        many,
        whose=whose,
        first=first,
        last=last,
    )


def _theme(session: SessionFact) -> str:
    if session.theme in _THEMES:
        return _(_THEMES[session.theme])
    return session.theme.replace("_", " ") or _("without a theme")
