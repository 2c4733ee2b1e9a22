"""Rules about the people who hold a group: how many, who stands by them, what they share."""

from netmap.gaps.context import listed, number
from netmap.gaps.gap import Severity
from netmap.gaps.individual import about, by_name, not_recorded
from netmap.gaps.rules import Check, Said, rule
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity
from netmap.vocabulary import Vocabulary

_TOGETHER = frozenset({"shared", "collective"})
_ASPECTS = 2  # shared experience, and support in mind
_VALUES = "activities.values"
_PEERS_LEAD = frozenset({"peer_led", "tiered"})


@rule(
    "single-facilitator",
    N_("One facilitator, and no deputy"),
    "people",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:7739-7747]: groups were vulnerable if the "
        "facilitator moved on; one was closed while its facilitator was away."
    ),
    prompt=N_(
        "Ask the facilitator who could stand in, and what would make it easier for a second "
        "person to begin."
    ),
)
def single_facilitator(check: Check) -> Said:
    """Report activities that rest on one person, where members do not share the tasks."""
    rows = by_name(check.context)
    label = check.context.vocabularies["facilitation"].label
    for activity in rows:
        if activity.facilitators == 1 and activity.facilitation not in _TOGETHER:
            how = label(activity.facilitation).lower() if activity.facilitation else None
            yield about(
                check,
                activity,
                _(
                    "One facilitator is recorded for %(activity)s; nobody who could stand in was "
                    "found.",
                    activity=activity.name,
                ),
                value=1,
                threshold=2,
                unit=pgettext("unit", "facilitators"),
                evidence=(
                    _("How it is facilitated: %(how)s.", how=how)
                    if how
                    else _("How it is facilitated: not recorded."),
                ),
            )
    unknown = [a for a in rows if a.facilitators is None and a.facilitation not in _TOGETHER]
    yield from not_recorded(
        check, _("How many people facilitate"), unknown, rows, "activities.facilitators"
    )


@rule(
    "no-supervision",
    N_("Peer leaders without supervision"),
    "people",
    "high",
    evidence=N_("Side by Side evaluation, 2017 [003:9206-9208]: peer leaders need supervision."),
    prompt=N_(
        "Ask those who lead what support they would like, and whether a hub or a lead "
        "organisation could offer supervision."
    ),
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
                _(
                    "For the peers who lead %(activity)s no supervision was found.",
                    activity=activity.name,
                ),
                value=0,
                threshold=1,
                unit=pgettext("unit", "supervised"),
                evidence=(_who_leads(check, activity),),
            )
        elif (activity.supervised is None and peers is not False) or (
            activity.supervised is False and peers is None
        ):
            unknown.append(activity)
    needs = ("activities.supervised", "activities.leadership", "activities.facilitation")
    yield from not_recorded(
        check, _("Whether peers lead, or are supervised,"), unknown, rows, *needs
    )


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
    return _("Who leads and facilitates: %(who)s.", who=listed(said))


@rule(
    "core-values",
    N_("Core values not evidenced"),
    "people",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:157-175]: all six values are to be present; "
        "the first three form the foundation of the others."
    ),
    prompt=N_(
        "Talk about the values with those who come; what is not written down may well be there."
    ),
)
def core_values(check: Check) -> Said:
    """Report activities of whose core values some are recorded and some not."""
    rows = by_name(check.context)
    known = check.context.vocabularies["core_value"]
    for activity in rows:
        missing = [v for v in known.terms if v not in activity.values] if activity.values else []
        if missing:
            base = [v for v in missing if known.terms[v].foundation]
            evidenced = len(known.terms) - len(missing)
            yield about(
                check,
                activity,
                _(
                    "Of the %(values)s core values, %(evidenced)s are evidenced for %(activity)s; "
                    "not yet: %(missing)s.",
                    values=number(len(known.terms)),
                    evidenced=number(evidenced),
                    activity=activity.name,
                    missing=_labels(known, missing),
                ),
                value=evidenced,
                threshold=len(known.terms),
                unit=pgettext("unit", "core values"),
                evidence=(_foundation(known, base),),
                severity=Severity.HIGH if base else None,
            )
    unknown = [a for a in rows if not a.values]
    yield from not_recorded(check, _("Which core value is evidenced"), unknown, rows, _VALUES)


def _labels(known: Vocabulary, values: list[str]) -> str:
    return listed(known.label(value).lower() for value in values)


def _foundation(known: Vocabulary, base: list[str]) -> str:
    if not base:
        return _("The values that the others rest on are evidenced.")
    return ngettext(
        "Of those that the others rest on, not evidenced is: %(values)s.",
        "Of those that the others rest on, not evidenced are: %(values)s.",
        len(base),
        values=_labels(known, base),
    )


@rule(
    "not-peer-support",
    N_("No shared experience, or no support outcome, recorded"),
    "people",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:303-306]: what was scoped had "
        "a peer-to-peer aspect and a support outcome in mind."
    ),
    prompt=N_(
        "Ask those who run it whether it belongs in this register; much peer support does not "
        "call itself that [003:1463-1468]."
    ),
)
def not_peer_support(check: Check) -> Said:
    """Report activities recorded as lacking one of the two things that make peer support."""
    rows = by_name(check.context)
    unknown: list[Activity] = []
    for activity in rows:
        aspects = activity.peer_to_peer, activity.support_outcome
        if False in aspects:
            yield about(
                check,
                activity,
                _lacking(activity),
                value=_ASPECTS - aspects.count(False),
                threshold=_ASPECTS,
                unit=pgettext("unit", "aspects of peer support"),
                evidence=(_("Recorded as no, not merely left empty."),),
            )
        elif None in aspects:
            unknown.append(activity)
    needs = ("activities.peer_to_peer", "activities.support_outcome")
    yield from not_recorded(
        check, _("Whether peers share an experience, or support is meant,"), unknown, rows, *needs
    )


def _lacking(activity: Activity) -> str:
    if activity.peer_to_peer is not False:
        return _(
            "%(activity)s is recorded as having no support as an outcome.", activity=activity.name
        )
    if activity.support_outcome is not False:
        return _(
            "%(activity)s is recorded as having no shared experience between peers.",
            activity=activity.name,
        )
    return _(
        "%(activity)s is recorded as having no shared experience between peers and no support as "
        "an outcome.",
        activity=activity.name,
    )
