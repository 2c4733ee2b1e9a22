"""Rules about what was agreed: targets and the order of events."""

from collections import Counter
from datetime import date

from netmap.gaps.context import number, plural, weakest
from netmap.gaps.gap import Gap, SessionFact
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.models import PEOPLE_MEASURES, Target
from netmap.privacy import Audience

# Which sessions count towards a target that is counted from events.
_EVENT_KINDS = {"networking_events": "networking", "skills_events": "skills"}


@rule(
    "target-missed",
    "Actual below target, with the shortfall",
    "targets",
    "high",
    evidence="Side by Side evaluation, 2017 [003:12150-12192]: most targets were reached; three "
    "locations fell short.",
    prompt="Talk about what would help; a count says nothing about whether people came back, or "
    "what it meant to them.",
)
def target_missed(check: Check) -> Said:
    """Report targets not reached; before the due date, those behind their share of the time."""
    context = check.context
    targets = context.register.targets
    if not targets:
        yield check.unchecked("No targets are recorded.", "targets")
    alike = Counter((t.owner, t.measure) for t in targets)
    for target in targets:
        # Year by year the same measure again: only the due date tells them apart.
        year = f" {target.due}" if alike[target.owner, target.measure] > 1 and target.due else ""
        subject = f"{target.measure}{year}"
        actual = _actual(check, target)
        expected = _expected(target, context.day)
        if target.suppressed:
            yield check.unchecked(
                f"What {_owner(check, target)} reached of {number(target.target)} "
                f"{_words(target)} is too small a count of people to show.",
                "a wider audience",
                subject=f"{target.owner} {subject}",
            )
        elif actual is None:
            yield check.unchecked(
                f"The target of {number(target.target)} {_words(target)} for "
                f"{_owner(check, target)} could not be checked: what was reached is not recorded.",
                "targets.actual",
                *(("events/<programme>.csv",) if target.count_from == "events" else ()),
                subject=f"{target.owner} {subject}",
            )
        elif expected is None and actual < target.target:
            yield check.unchecked(
                f"The target of {number(target.target)} {_words(target)} for "
                f"{_owner(check, target)} is not due yet; what it should be by now could not be "
                "worked out.",
                "targets.starts",
                subject=f"{target.owner} {subject}",
            )
        elif expected is not None and actual < expected:
            yield _missed(check, target, subject, actual, expected)


def _missed(check: Check, target: Target, subject: str, actual: float, expected: float) -> Gap:
    pro_rata = f" ({number(expected)} by now)" if expected < target.target else ""
    is_area = target.owner in check.context.register.areas
    protected = check.context.register.audience is not Audience.STAFF
    about = "about " if protected and target.measure in PEOPLE_MEASURES else ""
    return check.gap(
        f"{_owner(check, target)} reached {about}{number(actual)} of {number(target.target)}"
        f"{pro_rata} {_words(target)}: {about}{number(expected - actual)} short.",
        area=target.owner if is_area else None,
        subject=subject if is_area else f"{target.owner} {subject}",
        value=actual,
        threshold=target.target,
        unit=_words(target),
        evidence=(f"Source: {target.source or 'not recorded'}.",),
        confidence=weakest([target]),
    )


def _words(target: Target) -> str:
    return target.measure.replace("_", " ")


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
    "First event not scoping and mapping, last not reflection",
    "targets",
    "low",
    evidence="Side by Side evaluation, 2017 [003:12063-12067]: first events were scoping and "
    "mapping, the last a reflection.",
    prompt="Swap the themes, or say why this order suits better.",
)
def event_sequence(check: Check) -> Said:
    """Report hubs whose networking events are out of order."""
    context = check.context
    sessions = [
        s for s in context.sessions or () if s.kind == "networking" and s.status != "cancelled"
    ]
    if not sessions:
        yield check.unchecked("No networking events are recorded.", "events/<programme>.csv")
        return
    series: dict[tuple[str, str], list[SessionFact]] = {}
    for session in sessions:
        series.setdefault((session.hub or "", session.programme), []).append(session)
    programmes = Counter(hub for hub, _ in series)
    for (hub, programme), held in sorted(series.items()):
        held.sort(key=lambda s: (s.starts, s.uid))
        wrong = [
            f"the {when} is {_theme(session)}, not {wanted.replace('_', ' ')}"
            for when, session, wanted in (
                ("first", held[0], "scoping_and_mapping"),
                ("last", held[-1], "reflection"),
            )
            if session.theme != wanted and (when == "first" or len(held) > 1)
        ]
        if wrong:
            known = context.register.organisation.get(hub)
            whose = known.name if known else "the network"
            subject = f"{hub} {programme}" if hub and programmes[hub] > 1 else hub or programme
            yield check.gap(
                f"Of the {plural(len(held), 'networking event')} of {whose}, "
                f"{' and '.join(wrong)}.",
                area=known.area if known else None,
                subject=subject,
                value=len(held),
                threshold=None,
                unit="events",
                evidence=(f"events/{programme}.csv.",),
            )


def _theme(session: SessionFact) -> str:
    return session.theme.replace("_", " ") or "without a theme"
