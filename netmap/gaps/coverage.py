"""Rules about who has nothing, or too little: coverage by community, type and rate."""

from collections.abc import Iterable

from netmap.gaps.context import listed, number, plural, provision_confidence
from netmap.gaps.evidence import confidence_of, evidence_of
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context, Known, State, kin, lowest, nothing_known, was_asked
from netmap.networks.models import MINORITY_ETHNIC
from netmap.networks.summary import per_100k

_SHARES = ("community_share", "community_people", "stale_months", "urban_km", "rural_km", "detour")
_WHO_LIVES_THERE = "populations.bame (or white, asian, black, mixed, other_ethnic)"
_MIGRANT = "migrant"
_TYPES = ("general", "community_specific", "refugee_and_migrant")


def _in_state(check: Check, state: State) -> list[Known]:
    return [known for known in check.context.communities_known if known.state is state]


def _community_gap(check: Check, known: Known, message: str, prompt: str | None = None) -> Gap:
    return check.gap(
        message,
        area=known.area,
        community=known.community,
        state=known.state.value,
        people=known.people,
        value=len(known.open) if known.state is State.OPEN_ONLY else 0,
        threshold=1,
        unit="activities",
        evidence=evidence_of(check.context, known),
        confidence=confidence_of(check.context, known),
        prompt=prompt,
    )


@rule(
    "community-without-provision",
    "A community that lives there, asked about, with nothing for it within reach",
    "coverage",
    "high",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:529]: too little for BAME "
    "groups in Calderdale, which were reported as under-represented.",
    settings=_SHARES,
    prompt="Talk with people of the community and with those who already work with them about "
    "what would be welcome, and where.",
)
def without_provision(check: Check) -> Said:
    """Report where somebody looked and found none."""
    context = check.context
    for known in _in_state(check, State.NONE_FOUND):
        yield _community_gap(
            check,
            known,
            f"Somebody looked: no activity for {context.label(known.community)} residents was "
            f"found within reach of {context.name(known.area)}.",
        )
    yield from _unknown_shares(check)
    yield from _part_covered(check)


def _unknown_shares(check: Check) -> Said:
    """Name the areas of which nothing is known about who lives there."""
    context = check.context
    areas = context.register.areas
    asked = {known.area for known in context.communities_known}
    unknown: dict[str, list[str]] = {}
    for code in lowest(context):
        if nothing_known(context, code):
            unknown.setdefault(areas.top_of(code), []).append(code)
    for top, codes in unknown.items():
        inside = {code for one in codes for code in (one, *areas.descendants(one))}
        only = "only the pairs somebody enquired about" if inside & asked else "no community"
        yield check.unchecked(
            f"The shares of communities in {listed(map(areas.name, codes))} are not recorded, so "
            f"{only} could be looked at.",
            _WHO_LIVES_THERE,
            area=top,
        )
    yield from _no_areas(check)


def _part_covered(check: Check) -> Said:
    """Name the communities below a parent that what was found for the parent is not for."""
    context = check.context
    for known in context.communities_known:
        if known.uncovered:
            found = listed(a.name for a in known.specific)
            names = listed(context.label(c) for c in known.uncovered)
            yield check.unchecked(
                f"What was found for {context.label(known.community)} residents of "
                f"{context.name(known.area)} ({found}) is not for all of them; nothing is "
                f"recorded about: {names}.",
                *(f"populations.{c}" for c in known.uncovered),
                area=known.area,
                subject=known.community,
            )


def _no_areas(check: Check) -> Said:
    if not check.context.register.areas.top:
        yield check.unchecked("No areas are recorded.", "areas")


def _in_how_many(check: Check) -> Said:
    """Say once for how many areas nothing is known about who lives there."""
    context = check.context
    unknown = [code for code in lowest(context) if nothing_known(context, code)]
    if unknown:
        yield check.unchecked(
            f"The shares of communities are not recorded for {plural(len(unknown), 'area')} "
            f"({listed(map(context.name, unknown))}), so only pairs somebody enquired about could "
            "be looked at there.",
            _WHO_LIVES_THERE,
        )
    yield from _no_areas(check)


@rule(
    "community-open-only",
    "A community supported only in open groups, with none specific",
    "coverage",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:768]: support in Wakefield, "
    "but no exclusively BAME groups found.",
    settings=_SHARES,
    prompt="Ask people of the community whether open groups suit them, or whether a space of their "
    "own would be welcome. Some prefer to be mixed; that is not a gap.",
)
def open_only(check: Check) -> Said:
    """Report where a community may come to open groups and has none of its own."""
    context = check.context
    for known in _in_state(check, State.OPEN_ONLY):
        yield _community_gap(
            check,
            known,
            f"{context.label(known.community)} residents of {context.name(known.area)} can use "
            "open groups; no group specifically for them was found within reach.",
        )
    yield from _in_how_many(check)


@rule(
    "community-not-asked",
    "A community that lives there, and nobody has asked",
    "coverage",
    "info",
    evidence="Side by Side evaluation, 2017 [003:9564-9569]: seven projects in five of nine "
    "regions were studied; the others were not researched, which is not the same as having none.",
    settings=_SHARES,
    prompt="Ask the hub and organisations led by the community what there is, and note the answer "
    "in enquiries, also when it is “none”.",
)
def not_asked(check: Check) -> Said:
    """Report where a community lives and no enquiry is recorded."""
    context = check.context
    for known in _in_state(check, State.NOT_ASKED):
        ask = _whom_to_ask(context, known)
        yield _community_gap(
            check,
            known,
            f"Nobody has yet asked what there is for {context.label(known.community)} residents "
            f"of {context.name(known.area)}. This says nothing about whether there is provision.",
            prompt=f"Ask {ask} what there is, and note the answer in enquiries, also when it is "
            "“none”."
            if ask
            else None,
        )
    yield from _in_how_many(check)


def _whom_to_ask(context: Context, known: Known) -> str:
    line = context.register.areas.line(known.area)
    related = kin(context, known.community)
    hubs = [o.name for o in context.register.with_role("hub") if o.area in line]
    led = [
        o.name for o in context.register.organisations if related & set(o.led_by) and o.area in line
    ]
    return listed(dict.fromkeys([*hubs, *led]), 4)


@rule(
    "community-out-of-date",
    "What is known about a community is out of date",
    "coverage",
    "info",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:428-429]: the status of the "
    "activities at the time of writing was not known in full.",
    settings=_SHARES,
    prompt="Check whether it still holds, and note the date in verified_on or asked_on.",
)
def out_of_date(check: Check) -> Said:
    """Report where all that is known has lapsed."""
    context = check.context
    for known in _in_state(check, State.OUT_OF_DATE):
        yield _community_gap(
            check,
            known,
            f"What is recorded for {context.label(known.community)} residents of "
            f"{context.name(known.area)} is older than "
            f"{plural(check.settings.stale_months, 'month')}.",
        )
    yield from _undated(check)
    yield from _in_how_many(check)


def _undated(check: Check) -> Said:
    """Say how many rows have no date by which they could be too old."""
    register = check.context.register
    enquiries = sum(was_asked(e) and e.asked_on is None for e in register.enquiries)
    activities = sum(a.verified_on is None and not a.aggregate for a in register.provision)
    said = {
        "enquiries.asked_on": plural(enquiries, "enquiry", "enquiries") if enquiries else "",
        "activities.verified_on": plural(activities, "activity", "activities")
        if activities
        else "",
    }
    if any(said.values()):
        yield check.unchecked(
            f"No date is recorded for {' and '.join(filter(None, said.values()))}; what has none "
            "counts as current.",
            *(column for column, words in said.items() if words),
        )


@rule(
    "community-type-missing",
    "Minority ethnic provision lacks general, community-specific, or refugee and migrant",
    "coverage",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:9511], [003:9609-9640]: three overlapping types "
    "of BaME project.",
    prompt="Ask whether the type that is missing is wanted, and who could host it.",
)
def type_missing(check: Check) -> Said:
    """Report which of the three types an area's minority ethnic provision lacks."""
    context = check.context
    minority = {MINORITY_ETHNIC, *context.communities.descendants(MINORITY_ETHNIC)}
    minority |= {_MIGRANT, *context.communities.descendants(_MIGRANT)}
    recorded = {
        area: [
            a
            for a in context.activities_in(area)
            if not a.aggregate and minority & set(a.communities)
        ]
        for area in context.register.areas.top
    }
    if not any(recorded.values()):
        yield check.unchecked(
            "No activity for minority ethnic communities is recorded by name.",
            "activities.communities",
        )
    for area, meant in recorded.items():
        untyped = [a for a in meant if not a.community_type]
        missing = [t for t in _TYPES if t not in {a.community_type for a in meant}]
        if untyped:
            yield check.unchecked(
                f"The type of {plural(len(untyped), 'activity', 'activities')} for minority ethnic "
                f"communities in {context.name(area)} is not recorded.",
                "activities.community_type",
                area=area,
            )
        elif meant and missing and not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
        elif meant and missing:
            vocabulary = context.vocabularies["community_type"]
            names = listed(vocabulary.label(t).lower() for t in missing)
            yield check.gap(
                f"Among the minority ethnic provision recorded in {context.name(area)} none was "
                f"found that is {names}.",
                area=area,
                community=MINORITY_ETHNIC,
                value=len(_TYPES) - len(missing),
                threshold=len(_TYPES),
                unit="types",
                evidence=(f"Looked at: {listed(a.name for a in meant)}.",),
                confidence=provision_confidence(meant),
            )


@rule(
    "low-rate",
    "Activities per 100,000 people well below the whole network's",
    "coverage",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:504], [001:595], [001:670]: "
    "counts are printed beside populations.",
    settings=("low_rate_ratio",),
    prompt="Look at what the area has that was not counted, and at what its neighbours do; a low "
    "rate may be a thin record.",
)
def low_rate(check: Check) -> Said:
    """Report the areas with the fewest activities for their people."""
    context = check.context
    whole = context.total.activities_per_100k
    rates = {
        area: per_100k(context.counted.get(area, 0), context.population(area))
        for area in context.register.areas.top
    }
    unknown = [area for area, rate in rates.items() if rate is None]
    if not rates:
        yield from _no_areas(check)
        return
    if whole is None:
        yield check.unchecked(
            "Rates could not be worked out: the residents of "
            f"{plural(len(unknown), 'area')} are not counted.",
            "populations.total",
        )
        return
    if not whole:
        yield check.unchecked("No activities are recorded.", "activities")
        return
    for area, rate in rates.items():
        if rate is not None and rate < whole * check.settings.low_rate_ratio:
            count = context.counted.get(area, 0)
            yield check.gap(
                f"{context.name(area)} has {number(rate)} recorded activities per 100,000 people; "
                f"the whole network has {number(whole)}.",
                area=area,
                value=rate,
                threshold=whole,
                unit="activities per 100,000 people",
                evidence=(
                    f"Counted: {plural(count, 'activity', 'activities')}.",
                    f"Residents: {context.population(area):,}.",
                    f"Reported below {check.settings.low_rate_ratio:.0%} of the network's rate.",
                    *_sources(context, area),
                ),
                confidence=provision_confidence(
                    a for a in context.activities_in(area) if not a.part_of
                ),
            )


def _sources(context: Context, area: str) -> Iterable[str]:
    row = context.register.population.get(area)
    return (f"Population: {row.source}.",) if row and row.source else ()
