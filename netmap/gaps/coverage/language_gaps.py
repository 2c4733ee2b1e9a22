"""What is said of a community, or of an activity for it, without its language."""

from collections.abc import Sequence

from netmap.gaps.context import listed, named, provision_confidence, weakest, weakest_of
from netmap.gaps.coverage.spoken import Spoken, either, from_afar, spoken_in
from netmap.gaps.coverage.telling import residents, who
from netmap.gaps.gap import Gap
from netmap.gaps.remote import Remote
from netmap.gaps.rules import Check, Said
from netmap.gaps.states import Context
from netmap.networks.models import Activity
from netmap.vocabulary.languages import language_label

_UNIT = "activities in a language of the community"
_WHOSE = (
    "Which languages are a community's own is taken from the main languages of the 2021 Census."
)


def _maybe_hidden(context: Context, area: str, community: str) -> bool:
    """Tell whether something there that must not be shown may be in their language."""
    top = context.register.areas.top_of(area) if context.register.hidden else ""
    return any(
        one.area == top and (not one.communities or context.kin(community) & set(one.communities))
        for one in context.register.hidden
    )


def gap_of_activity(
    check: Check, spoken: Spoken, activity: Activity, community: str, remote: Remote
) -> Gap:
    """Word the finding about an activity that is for a community and not in its language."""
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
        evidence=(who(context, area, community), _WHOSE, *_partial(remote, area)),
        confidence=provision_confidence([activity]),
    )


def gaps_of_pairs(check: Check, spoken: Spoken, community: str, areas: Sequence[str]) -> Said:
    """Word the findings about areas where nothing people may use is in their language."""
    context, within = check.context, check.context.within_reach
    if not areas:
        return
    usable, remote = spoken.usable(community), from_afar(spoken, community)
    sure = [provision_confidence([activity]) for activity in within.activities]
    label, tongues = context.label(community), either(spoken.tongues[community])
    for area in areas:
        if _maybe_hidden(context, area, community):
            continue
        found = within.indices(area)
        near = found[usable[found]].tolist()
        row = context.register.population.get(area)
        counted = weakest([row]) if row else "stated"
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
                f"Looked at: {named([within.activities[i] for i in near])}.",
                _WHOSE,
                *_partial(remote, area),
            ),
            confidence=weakest_of({counted, *(sure[i] for i in near)}),
        )


def _partial(remote: Remote, area: str | None) -> tuple[str, ...]:
    found = remote.reaching(area or "")
    if not found:
        return ()
    names = listed(a.name for a in found)
    return (f"Online or by telephone in their language, as partial cover: {names}.",)
