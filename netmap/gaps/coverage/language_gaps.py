"""What is said of a community, or of an activity for it, without its language."""

from collections.abc import Sequence

from netmap.gaps.context import listed, named, provision_confidence, weakest, weakest_of
from netmap.gaps.coverage.spoken import Spoken, either, from_afar, spoken_in
from netmap.gaps.coverage.telling import residents, who
from netmap.gaps.gap import Gap
from netmap.gaps.remote import Remote
from netmap.gaps.rules import Check, Said
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity
from netmap.vocabulary.languages import language_label

_WHOSE = N_(
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
    return check.gap(
        _(
            "%(activity)s is for the community %(community)s and says that it is offered in "
            "%(languages)s; neither it nor another activity for them within reach says that it is "
            "in %(wanted)s.",
            activity=activity.name,
            community=context.label(community),
            languages=listed(map(language_label, spoken_in(activity))),
            wanted=either(spoken.tongues[community]),
        ),
        area=area,
        community=community,
        subject=activity.id,
        people=residents(context, area, community),
        value=0,
        threshold=1,
        unit=pgettext("unit", "activities in a language of the community"),
        evidence=(who(context, area, community), _(_WHOSE), *_partial(remote, area)),
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
    whose = _(_WHOSE)
    for area in areas:
        if _maybe_hidden(context, area, community):
            continue
        found = within.indices(area)
        near = found[usable[found]].tolist()
        row = context.register.population.get(area)
        counted = weakest([row]) if row else "stated"
        yield check.gap(
            ngettext(
                "Of the %(count)s activity within reach of %(area)s that people of the community "
                "%(community)s may use, none says that it is offered in %(languages)s.",
                "Of the %(count)s activities within reach of %(area)s that people of the community "
                "%(community)s may use, none says that it is offered in %(languages)s.",
                len(near),
                area=context.name(area),
                community=label,
                languages=tongues,
            ),
            area=area,
            community=community,
            people=residents(context, area, community),
            value=0,
            threshold=1,
            unit=pgettext("unit", "activities in a language of the community"),
            evidence=(
                who(context, area, community),
                _("Looked at: %(names)s.", names=named([within.activities[i] for i in near])),
                whose,
                *_partial(remote, area),
            ),
            confidence=weakest_of({counted, *(sure[i] for i in near)}),
        )


def _partial(remote: Remote, area: str | None) -> tuple[str, ...]:
    found = remote.reaching(area or "")
    if not found:
        return ()
    names = listed(a.name for a in found)
    return (
        _("Online or by telephone in their language, as partial cover: %(names)s.", names=names),
    )
