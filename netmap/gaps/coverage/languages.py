"""The rule about communities without an activity in a language of theirs."""

import numpy as np

from netmap.gaps.context import listed, plural, provision_confidence
from netmap.gaps.coverage.spoken import (
    Spoken,
    another,
    either,
    named_in,
    pairs_without,
    spoken_in,
)
from netmap.gaps.coverage.telling import residents, told_with, topmost, who
from netmap.gaps.coverage.unknowns import in_how_many
from netmap.gaps.gap import Gap
from netmap.gaps.remote import remote_by_area
from netmap.gaps.rules import Check, Said, rule
from netmap.networks.models import Activity, Record
from netmap.vocabulary.languages import language_label

_UNIT = "activities in a language of the community"


@rule(
    "language-missing",
    "A community, or an activity for it, without its language",
    "coverage",
    "high",
    evidence="Side by Side evaluation, 2017 [003:9619-9630]: projects for one community often used "
    "its language; their members would struggle to take part elsewhere.",
    settings=(
        "community_share",
        "community_people",
        "stale_months",
        "urban_km",
        "rural_km",
        "detour",
    ),
    prompt="Ask people of the community in which languages they would like to meet, and who could "
    "interpret or host; many are content with English.",
)
def language_missing(check: Check) -> Said:
    """Report activities for a community, and communities with open ones, without its language."""
    context = check.context
    spoken = Spoken(context)
    if not spoken.tongues:
        yield check.unchecked(
            "No community that is recorded is narrow enough to say which language is its own.",
            "activities.communities",
            "populations.pakistani (or somali, polish, arab, ...)",
            "netmap.toml [vocabulary.community.<community>] languages",
        )
    yield from _by_activity(check, spoken)
    yield from _by_pair(check, spoken)
    if spoken.tongues:
        yield from in_how_many(check)


def _by_activity(check: Check, spoken: Spoken) -> Said:
    unknown: dict[str, str] = {}
    for activity, community in named_in(spoken):
        languages = spoken_in(activity)
        if set(languages) & set(spoken.tongues[community]):
            continue
        told = another(spoken, activity, community)
        if not languages or told == "unknown":
            unknown[activity.id] = activity.name
        elif told == "no":
            yield _gap_of_activity(check, spoken, activity, community)
    if unknown:
        yield check.unchecked(
            "In which languages everything for a community is offered is not recorded: "
            f"{listed(unknown.values())}.",
            "activities.languages",
        )


def _by_pair(check: Check, spoken: Spoken) -> Said:
    context = check.context
    found, unknown = pairs_without(spoken)
    told = topmost(context, found)
    if told.any() and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
    else:
        for n, c in zip(*np.nonzero(told), strict=True):
            area, community = context.pairs.areas[n], context.pairs.communities[c]
            if not _maybe_hidden(check, area, community):
                below = told_with(context, found, int(n), community)
                yield _gap_of_pair(check, spoken, area, community, below)
    if unknown.any():
        names = (context.pairs.communities[c] for c in np.flatnonzero(unknown.any(axis=0)))
        yield check.unchecked(
            f"In {plural(int(unknown.any(axis=1).sum()), 'area')} not every activity says in which "
            "languages it is offered, so nothing can be said of these communities there: "
            f"{listed(map(context.label, names))}.",
            "activities.languages",
        )


def _maybe_hidden(check: Check, area: str, community: str) -> bool:
    """Tell whether something there that must not be shown may be in their language."""
    context = check.context
    top = context.register.areas.top_of(area)
    return any(
        one.area == top and (not one.communities or context.kin(community) & set(one.communities))
        for one in context.register.hidden
    )


def _gap_of_activity(check: Check, spoken: Spoken, activity: Activity, community: str) -> Gap:
    context = check.context
    area = context.register.area_of(activity)
    named = listed(map(language_label, spoken_in(activity)))
    return check.gap(
        f"{activity.name} is for the community {context.label(community)} and says that it is "
        f"offered in {named}; neither it nor another activity for them within reach says that it "
        f"is in {either(spoken.tongues[community])}.",
        area=area,
        community=community,
        subject=activity.id,
        people=residents(context, area, community),
        value=0,
        threshold=1,
        unit=_UNIT,
        evidence=(who(context, area, community), *_from_afar(spoken, area, community)),
        confidence=provision_confidence([activity]),
    )


def _gap_of_pair(
    check: Check, spoken: Spoken, area: str, community: str, below: tuple[str, ...]
) -> Gap:
    context = check.context
    within, there = context.within_reach, context.provision_for(community)
    usable = there.specific | there.open
    near = [within.activities[i] for i in within.indices(area) if usable[i]]
    rows: list[Record] = [*near, *filter(None, [context.register.population.get(area)])]
    said = [who(context, area, community), f"Looked at: {listed(a.name for a in near)}."]
    if below:
        said.append(f"The same holds for: {listed(map(context.label, below))}.")
    many = f"Of the {len(near):,} activities" if len(near) > 1 else "Of the 1 activity"
    return check.gap(
        f"{many} within reach of {context.name(area)} that people of the community "
        f"{context.label(community)} may use, none says that it is offered in "
        f"{either(spoken.tongues[community])}.",
        area=area,
        community=community,
        people=residents(context, area, community),
        value=0,
        threshold=1,
        unit=_UNIT,
        evidence=(*said, *_from_afar(spoken, area, community)),
        confidence=provision_confidence(rows),
    )


def _from_afar(spoken: Spoken, area: str | None, community: str) -> tuple[str, ...]:
    """Say what there is online or by telephone in their language: partial cover."""
    context, tongues = spoken.context, set(spoken.tongues[community])
    usable = [
        a
        for a in context.remote
        if tongues & set(spoken_in(a))
        and (a.open or (a.communities_known and context.kin(community) & set(a.communities)))
    ]
    found = remote_by_area(context, usable).reaching(area or "")
    names = listed(a.name for a in found)
    return (
        (f"Online or by telephone in their language, as partial cover: {names}.",) if found else ()
    )
