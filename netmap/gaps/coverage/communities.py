"""Rules about communities that have nothing of their own, or of which nobody knows."""

from collections.abc import Callable, Sequence
from functools import partial

from netmap.gaps.context import listed
from netmap.gaps.coverage.unknowns import in_how_many, part_covered, undated, unknown_shares
from netmap.gaps.evidence import confidence_of, evidence_of
from netmap.gaps.gap import Gap, Later
from netmap.gaps.known import Known, State
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext

_SHARES = ("community_share", "community_people", "stale_months", "urban_km", "rural_km", "detour")


def _in_state(state: State) -> Callable[[Context, Sequence[Gap]], list[bool]]:
    """Make the function that tells which gaps' pairs are in a state under other settings."""

    def hold(context: Context, gaps: Sequence[Gap]) -> list[bool]:
        return context.hold(gaps, state)

    return hold


def _unit() -> str:
    return pgettext("unit", "activities")


def _community_gap(
    check: Check, known: Known, message: str, unit: str, prompt: str | None = None
) -> Gap:
    return check.gap(
        message,
        area=known.area,
        community=known.community,
        state=known.state.value,
        people=known.people,
        value=len(known.open) if known.state is State.OPEN_ONLY else 0,
        threshold=1,
        unit=unit,
        evidence=Later(partial(evidence_of, check.context, known)),
        confidence=confidence_of(check.context, known),
        prompt=prompt,
    )


@rule(
    "community-without-provision",
    N_("A community that lives there, asked about, with nothing for it within reach"),
    "coverage",
    "high",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:529]: too little for BAME "
        "groups in Calderdale, which were reported as under-represented."
    ),
    settings=_SHARES,
    hold=_in_state(State.NONE_FOUND),
    prompt=N_(
        "Talk with people of the community and with those who already work with them about "
        "what would be welcome, and where."
    ),
)
def without_provision(check: Check) -> Said:
    """Report where somebody looked and found none."""
    context, unit = check.context, _unit()
    for known in context.in_state(State.NONE_FOUND):
        yield _community_gap(
            check,
            known,
            _(
                "Somebody looked: no activity for %(community)s residents was found within reach "
                "of %(area)s.",
                community=context.label(known.community),
                area=context.name(known.area),
            ),
            unit,
        )
    yield from unknown_shares(check)
    yield from part_covered(check)


@rule(
    "community-open-only",
    N_("A community supported only in open groups, with none specific"),
    "coverage",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:768]: support in Wakefield, "
        "but no exclusively BAME groups found."
    ),
    settings=_SHARES,
    hold=_in_state(State.OPEN_ONLY),
    prompt=N_(
        "Ask people of the community whether open groups suit them, or whether a space of their "
        "own would be welcome. Some prefer to be mixed; that is not a gap."
    ),
)
def open_only(check: Check) -> Said:
    """Report where a community may come to open groups and has none of its own."""
    context, unit = check.context, _unit()
    for known in context.in_state(State.OPEN_ONLY):
        yield _community_gap(
            check,
            known,
            _(
                "%(community)s residents of %(area)s can use open groups; no group specifically "
                "for them was found within reach.",
                community=context.label(known.community),
                area=context.name(known.area),
            ),
            unit,
        )
    yield from in_how_many(check)


@rule(
    "community-not-asked",
    N_("A community that lives there, and nobody has asked"),
    "coverage",
    "info",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9564-9569]: seven projects in five of nine "
        "regions were studied; the others were not researched, which is not the same as having "
        "none."
    ),
    settings=_SHARES,
    hold=_in_state(State.NOT_ASKED),
    prompt=N_(
        "Ask the hub and organisations led by the community what there is, and note the answer "
        "in enquiries, also when it is “none”."
    ),
)
def not_asked(check: Check) -> Said:
    """Report where a community lives and no enquiry is recorded."""
    context, unit = check.context, _unit()
    prompts: dict[tuple[str, ...], str | None] = {}
    for known in context.in_state(State.NOT_ASKED):
        ask = context.askable(known.area, known.community)
        if ask not in prompts:
            prompts[ask] = _whom_to_ask(ask)
        yield _community_gap(
            check,
            known,
            _(
                "Nobody has yet asked what there is for %(community)s residents of %(area)s. This "
                "says nothing about whether there is provision.",
                community=context.label(known.community),
                area=context.name(known.area),
            ),
            unit,
            prompts[ask],
        )
    yield from in_how_many(check)


def _whom_to_ask(names: Sequence[str]) -> str | None:
    if not names:
        return None
    return _(
        "Ask %(names)s what there is, and note the answer in enquiries, also when it is “none”.",
        names=listed(names, 4),
    )


@rule(
    "community-out-of-date",
    N_("What is known about a community is out of date"),
    "coverage",
    "info",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:428-429]: the status of the "
        "activities at the time of writing was not known in full."
    ),
    settings=_SHARES,
    hold=_in_state(State.OUT_OF_DATE),
    prompt=N_("Check whether it still holds, and note the date in verified_on or asked_on."),
)
def out_of_date(check: Check) -> Said:
    """Report where all that is known has lapsed."""
    context, unit = check.context, _unit()
    for known in context.in_state(State.OUT_OF_DATE):
        yield _community_gap(
            check,
            known,
            ngettext(
                "What is recorded for %(community)s residents of %(area)s is older than "
                "%(count)s month.",
                "What is recorded for %(community)s residents of %(area)s is older than "
                "%(count)s months.",
                check.settings.stale_months,
                community=context.label(known.community),
                area=context.name(known.area),
            ),
            unit,
        )
    yield from undated(check)
    yield from in_how_many(check)
