"""The rule about communities without an activity in a language of theirs."""

from collections.abc import Sequence

import numpy as np

from netmap.gaps.context import listed, plural, provision_confidence
from netmap.gaps.coverage.spoken import (
    Spoken,
    another,
    either,
    from_afar,
    named_in,
    pairs_without,
    spoken_in,
)
from netmap.gaps.coverage.telling import residents, topmost, who
from netmap.gaps.coverage.unknowns import in_how_many
from netmap.gaps.gap import Gap
from netmap.gaps.remote import Remote
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
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
    lacking: dict[str, list[Activity]] = {}
    for activity, community in named_in(spoken):
        languages = spoken_in(activity)
        if set(languages) & set(spoken.tongues[community]):
            continue
        told = another(spoken, activity, community)
        if not languages or told == "unknown":
            unknown[activity.id] = activity.name
        elif told == "no":
            lacking.setdefault(community, []).append(activity)
    for community, activities in lacking.items():
        remote = from_afar(spoken, community)
        for activity in activities:
            yield _gap_of_activity(check, spoken, activity, community, remote)
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
        for community, column in context.pairs.column.items():
            areas = [context.pairs.areas[n] for n in np.flatnonzero(told[:, column])]
            yield from _gaps_of_pairs(check, spoken, community, areas)
    if unknown.any():
        names = (context.pairs.communities[c] for c in np.flatnonzero(unknown.any(axis=0)))
        yield check.unchecked(
            f"In {plural(int(unknown.any(axis=1).sum()), 'area')} not every activity says in which "
            "languages it is offered, so nothing can be said of these communities there: "
            f"{listed(map(context.label, names))}.",
            "activities.languages",
        )


def _maybe_hidden(context: Context, area: str, community: str) -> bool:
    """Tell whether something there that must not be shown may be in their language."""
    top = context.register.areas.top_of(area) if context.register.hidden else ""
    return any(
        one.area == top and (not one.communities or context.kin(community) & set(one.communities))
        for one in context.register.hidden
    )


def _gap_of_activity(
    check: Check, spoken: Spoken, activity: Activity, community: str, remote: Remote
) -> Gap:
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
        evidence=(who(context, area, community), *_partial(remote, area)),
        confidence=provision_confidence([activity]),
    )


def _gaps_of_pairs(check: Check, spoken: Spoken, community: str, areas: Sequence[str]) -> Said:
    context, within = check.context, check.context.within_reach
    if not areas:
        return
    usable, remote = spoken.usable(community), from_afar(spoken, community)
    label, tongues = context.label(community), either(spoken.tongues[community])
    for area in areas:
        if _maybe_hidden(context, area, community):
            continue
        found = within.indices(area)
        near = [within.activities[i] for i in found[usable[found]]]
        rows: list[Record] = [*near, *filter(None, [context.register.population.get(area)])]
        many = f"Of the {len(near):,} activities" if len(near) > 1 else "Of the 1 activity"
        yield check.gap(
            f"{many} within reach of {context.name(area)} that people of the community {label} "
            f"may use, none says that it is offered in {tongues}.",
            area=area,
            community=community,
            people=residents(context, area, community),
            value=0,
            threshold=1,
            unit=_UNIT,
            evidence=(
                who(context, area, community),
                f"Looked at: {listed(a.name for a in near)}.",
                *_partial(remote, area),
            ),
            confidence=provision_confidence(rows),
        )


def _partial(remote: Remote, area: str | None) -> tuple[str, ...]:
    found = remote.reaching(area or "")
    if not found:
        return ()
    names = listed(a.name for a in found)
    return (f"Online or by telephone in their language, as partial cover: {names}.",)
