"""Rules about who has nothing, or too little: coverage by community, type and rate."""

from collections.abc import Iterable

from netmap.gaps.context import listed, plural, weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context, Known, State, lowest_counted
from netmap.networks import people
from netmap.networks.models import MINORITY_ETHNIC, Enquiry, Record
from netmap.networks.summary import per_100k
from netmap.privacy import SUPPRESSED

_SHARES = ("community_share", "community_people", "stale_months", "urban_km", "rural_km", "detour")
_TYPES = ("general", "community_specific", "refugee_and_migrant")


def _in_state(check: Check, state: State) -> list[Known]:
    return [known for known in check.context.communities_known if known.state is state]


def _who(known: Known) -> str:
    """Say how many of a community live there, or that nothing is known about it."""
    if known.share is None:
        return "Nothing is recorded about who lives there."
    share = f"{known.share:.1%} of residents"
    if known.people is None:
        return f"{share}; no head-count is recorded."
    if known.people == SUPPRESSED:
        return f"{share}; the head-count is too small to show."
    return f"{known.people:,} people, {share}."


def _asked(enquiry: Enquiry) -> str:
    when = f" on {enquiry.asked_on.isoformat()}" if enquiry.asked_on else " (date not recorded)"
    by = f" by {enquiry.by}" if enquiry.by else ""
    how = f", {enquiry.how}" if enquiry.how else ""
    words = f": “{enquiry.words}”" if enquiry.words else ""
    source = f" Source: {enquiry.source}." if enquiry.source else ""
    return f"Asked{by}{when}{how}{words}.{source}"


def _evidence(context: Context, known: Known) -> tuple[str, ...]:
    reach = context.register.settings.reach
    said = [_who(known)]
    row = context.register.population.get(known.area)
    if row is not None and known.share is not None and row.source:
        said.append(f"Population: {row.source}.")
    if known.enquiry:
        said.append(_asked(known.enquiry))
    if known.open:
        names = listed(a.name for a in known.open)
        said.append(
            f"{plural(len(known.open), 'open activity', 'open activities')} within reach: {names}."
        )
    if known.lapsed:
        names = listed(f"{a.name} ({a.verified_on})" for a in known.lapsed)
        said.append(f"Last verified too long ago to count: {names}.")
    if known.aggregates:
        total = sum(a.count or 1 for a in known.aggregates)
        said.append(
            f"{plural(total, 'activity', 'activities')} known only as a total; for whom is not "
            "recorded."
        )
    if known.remote:
        names = listed(a.name for a in known.remote)
        said.append(f"Online or by telephone, as partial cover: {names}.")
    if known.below:
        names = listed(context.label(c) for c in known.below)
        said.append(f"The same holds for: {names}.")
    said.append(
        f"Within reach means {reach.urban_km:g} km, in rural areas {reach.rural_km:g} km, "
        f"by straight line times {reach.detour:g}."
    )
    return tuple(said)


def _confidence(known: Known) -> str:
    rows: list[Record] = [*known.specific, *known.open, *known.lapsed]
    return weakest([*rows, *([known.enquiry] if known.enquiry else [])])


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
        evidence=_evidence(check.context, known),
        confidence=_confidence(known),
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


def _unknown_shares(check: Check) -> Said:
    """Name the areas of which nothing is known about who lives there."""
    context = check.context
    areas = context.register.areas
    known = {row.area for row in lowest_counted(context) if people.communities_of(row)}
    asked = {k.area for k in context.communities_known}
    for code in areas.top:
        if code in known or set(areas.descendants(code)) & known:
            continue
        only = "only the pairs somebody enquired about" if code in asked else "no community"
        yield check.unchecked(
            f"The shares of communities in {areas.name(code)} are not recorded, so {only} could "
            "be looked at.",
            "populations.bame (or white, asian, black, mixed, other_ethnic)",
            area=code,
        )


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


def _whom_to_ask(context: Context, known: Known) -> str:
    line = context.register.areas.line(known.area)
    hubs = [o.name for o in context.register.with_role("hub") if o.area in line]
    led = [
        o.name
        for o in context.register.organisations
        if known.community in o.led_by and o.area in line
    ]
    return listed(dict.fromkeys([*hubs, *led]), 4)


@rule(
    "community-out-of-date",
    "What is known about a community is out of date",
    "coverage",
    "info",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:428-429]: the status of the "
    "activities at the time of writing was not known in full.",
    settings=("stale_months",),
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
    minority |= {"refugee", "asylum_seeker", "migrant"}
    for area in context.register.areas.top:
        meant = [
            a
            for a in context.activities_in(area)
            if not a.aggregate and minority & set(a.communities)
        ]
        untyped = [a for a in meant if not a.community_type]
        if untyped:
            yield check.unchecked(
                f"The type of {plural(len(untyped), 'activity', 'activities')} for minority ethnic "
                f"communities in {context.name(area)} is not recorded.",
                "activities.community_type",
                area=area,
            )
            continue
        missing = [t for t in _TYPES if t not in {a.community_type for a in meant}]
        if meant and missing:
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
                confidence=weakest(meant),
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
    if whole is None or not rates:
        yield check.unchecked(
            "Rates could not be worked out: the residents of "
            f"{plural(len(unknown), 'area')} are not counted.",
            "populations.total",
        )
        return
    for area, rate in rates.items():
        if rate is not None and rate < whole * check.settings.low_rate_ratio:
            count = context.counted.get(area, 0)
            yield check.gap(
                f"{context.name(area)} has {rate:g} recorded activities per 100,000 people; the "
                f"whole network has {whole:g}.",
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
                confidence=weakest(a for a in context.activities_in(area) if not a.part_of),
            )


def _sources(context: Context, area: str) -> Iterable[str]:
    row = context.register.population.get(area)
    return (f"Population: {row.source}.",) if row and row.source else ()
