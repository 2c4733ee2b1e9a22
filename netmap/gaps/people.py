"""Rules about the people who hold a group: how many, who stands by them, what they share."""

from netmap.gaps.context import listed
from netmap.gaps.gap import Severity
from netmap.gaps.individual import about, by_name, not_recorded
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.models import Activity
from netmap.vocabulary import Vocabulary

_TOGETHER = frozenset({"shared", "collective"})
_ASPECTS = 2  # shared experience, and support in mind
_VALUES = "activities.values"
_PEERS_LEAD = frozenset({"peer_led", "tiered"})


@rule(
    "single-facilitator",
    "One facilitator, and no deputy",
    "people",
    "high",
    evidence="Side by Side evaluation, 2017 [003:7739-7747]: groups were vulnerable if the "
    "facilitator moved on; one was closed while its facilitator was away.",
    prompt="Ask the facilitator who could stand in, and what would make it easier for a second "
    "person to begin.",
)
def single_facilitator(check: Check) -> Said:
    """Report activities that rest on one person, where members do not share the tasks."""
    rows = by_name(check.context)
    label = check.context.vocabularies["facilitation"].label
    for activity in rows:
        if activity.facilitators == 1 and activity.facilitation not in _TOGETHER:
            how = label(activity.facilitation).lower() if activity.facilitation else "not recorded"
            yield about(
                check,
                activity,
                f"One facilitator is recorded for {activity.name}; nobody who could stand in was "
                "found.",
                value=1,
                threshold=2,
                unit="facilitators",
                evidence=(f"How it is facilitated: {how}.",),
            )
    unknown = [a for a in rows if a.facilitators is None and a.facilitation not in _TOGETHER]
    yield from not_recorded(
        check, "How many people facilitate", unknown, rows, "activities.facilitators"
    )


@rule(
    "no-supervision",
    "Peer leaders without supervision",
    "people",
    "high",
    evidence="Side by Side evaluation, 2017 [003:9206-9208]: peer leaders need supervision.",
    prompt="Ask those who lead what support they would like, and whether a hub or a lead "
    "organisation could offer supervision.",
)
def no_supervision(check: Check) -> Said:
    """Report activities led by peers that are recorded as without supervision."""
    rows = by_name(check.context)
    unknown: list[Activity] = []
    for activity in rows:
        peers = _peers_lead(activity)
        if activity.supervised is False and peers:
            yield about(
                check,
                activity,
                f"For the peers who lead {activity.name} no supervision was found.",
                value=0,
                threshold=1,
                unit="supervised",
                evidence=(_who_leads(check, activity),),
            )
        elif (activity.supervised is None and peers is not False) or (
            activity.supervised is False and peers is None
        ):
            unknown.append(activity)
    needs = ("activities.supervised", "activities.leadership", "activities.facilitation")
    yield from not_recorded(check, "Whether peers lead, or are supervised,", unknown, rows, *needs)


def _peers_lead(activity: Activity) -> bool | None:
    """Tell whether peers lead, as far as that is recorded."""
    if activity.leadership in _PEERS_LEAD or activity.facilitation == "named_peer":
        return True
    return None if activity.leadership is None else False


def _who_leads(check: Check, activity: Activity) -> str:
    words = check.context.vocabularies
    said = [
        words[vocabulary].label(term).lower()
        for vocabulary, term in (
            ("leadership", activity.leadership),
            ("facilitation", activity.facilitation),
        )
        if term
    ]
    return f"Who leads and facilitates: {listed(said)}."


@rule(
    "core-values",
    "Core values not evidenced",
    "people",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:157-175]: all six values are to be present; "
    "the first three form the foundation of the others.",
    prompt="Talk about the values with those who come; what is not written down may well be there.",
)
def core_values(check: Check) -> Said:
    """Report activities of whose core values some are recorded and some not."""
    rows = by_name(check.context)
    known = check.context.vocabularies["core_value"]
    for activity in rows:
        missing = [v for v in known.terms if v not in activity.values] if activity.values else []
        if missing:
            base = [v for v in missing if known.terms[v].foundation]
            yield about(
                check,
                activity,
                f"Of the {len(known.terms)} core values, {len(known.terms) - len(missing)} are "
                f"evidenced for {activity.name}; not yet: {_labels(known, missing)}.",
                value=len(known.terms) - len(missing),
                threshold=len(known.terms),
                unit="core values",
                evidence=(_foundation(known, base),),
                severity=Severity.HIGH if base else None,
            )
    unknown = [a for a in rows if not a.values]
    yield from not_recorded(check, "Which core value is evidenced", unknown, rows, _VALUES)


def _labels(known: Vocabulary, values: list[str]) -> str:
    return listed(known.label(value).lower() for value in values)


def _foundation(known: Vocabulary, base: list[str]) -> str:
    if not base:
        return "The values that the others rest on are evidenced."
    are = "is" if len(base) == 1 else "are"
    return f"Of those that the others rest on, not evidenced {are}: {_labels(known, base)}."


@rule(
    "not-peer-support",
    "No shared experience, or no support outcome, recorded",
    "people",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:303-306]: what was scoped had "
    "a peer-to-peer aspect and a support outcome in mind.",
    prompt="Ask those who run it whether it belongs in this register; much peer support does not "
    "call itself that [003:1463-1468].",
)
def not_peer_support(check: Check) -> Said:
    """Report activities recorded as lacking one of the two things that make peer support."""
    rows = by_name(check.context)
    unknown: list[Activity] = []
    for activity in rows:
        lacking = [
            words
            for answer, words in (
                (activity.peer_to_peer, "shared experience between peers"),
                (activity.support_outcome, "support as an outcome"),
            )
            if answer is False
        ]
        if lacking:
            yield about(
                check,
                activity,
                f"{activity.name} is recorded as having no {' and no '.join(lacking)}.",
                value=_ASPECTS - len(lacking),
                threshold=_ASPECTS,
                unit="aspects of peer support",
                evidence=("Recorded as no, not merely left empty.",),
            )
        elif None in {activity.peer_to_peer, activity.support_outcome}:
            unknown.append(activity)
    needs = ("activities.peer_to_peer", "activities.support_outcome")
    yield from not_recorded(
        check, "Whether peers share an experience, or support is meant,", unknown, rows, *needs
    )
