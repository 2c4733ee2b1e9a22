"""The rule about communities without an activity in a language of theirs."""

from collections.abc import Sequence

import numpy as np

from netmap.gaps.context import listed
from netmap.gaps.coverage.language_gaps import gap_of_activity, gaps_of_pairs
from netmap.gaps.coverage.spoken import (
    Spoken,
    another,
    from_afar,
    named_in,
    pairs_without,
    spoken_in,
)
from netmap.gaps.coverage.telling import topmost
from netmap.gaps.coverage.unknowns import in_how_many
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext
from netmap.networks.models import Activity


def _still_missing(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    """Tell of each gap whether the language is missing under other settings too."""
    spoken = Spoken(context)
    found = pairs_without(spoken)[0]
    row, column = context.pairs.row, context.pairs.column

    def stands(gap: Gap) -> bool:
        community = gap.community or ""
        if gap.subject:
            activity = context.register.activity[gap.subject]
            return not context.lapsed(activity) and another(spoken, activity, community) == "no"
        return gap.area in row and bool(found[row[gap.area or ""], column[community]])

    return [stands(gap) for gap in gaps]


@rule(
    "language-missing",
    N_("A community, or an activity for it, without its language"),
    "coverage",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9619-9630]: projects for one community often used "
        "its language; their members would struggle to take part elsewhere."
    ),
    settings=(
        "community_share",
        "community_people",
        "stale_months",
        "urban_km",
        "rural_km",
        "detour",
    ),
    hold=_still_missing,
    prompt=N_(
        "Ask people of the community in which languages they would like to meet, and who could "
        "interpret or host; many are content with English."
    ),
)
def language_missing(check: Check) -> Said:
    """Report activities for a community, and communities with open ones, without its language."""
    context = check.context
    spoken = Spoken(context)
    if not spoken.tongues:
        yield check.unchecked(
            _("No community that is recorded is narrow enough to say which language is its own."),
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
            yield gap_of_activity(check, spoken, activity, community, remote)
    if unknown:
        yield check.unchecked(
            _(
                "In which languages everything for a community is offered is not recorded: "
                "%(names)s.",
                names=listed(unknown.values()),
            ),
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
            yield from gaps_of_pairs(check, spoken, community, areas)
    if unknown.any():
        names = (context.pairs.communities[c] for c in np.flatnonzero(unknown.any(axis=0)))
        yield check.unchecked(
            ngettext(
                "In %(count)s area not every activity says in which languages it is offered, so "
                "nothing can be said of these communities there: %(names)s.",
                "In %(count)s areas not every activity says in which languages it is offered, so "
                "nothing can be said of these communities there: %(names)s.",
                int(unknown.any(axis=1).sum()),
                names=listed(map(context.label, names)),
            ),
            "activities.languages",
        )
