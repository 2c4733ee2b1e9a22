"""The rule about communities that are served, and by nobody who is led by them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import listed, provision_confidence
from netmap.gaps.coverage.lists import Lists, kept
from netmap.gaps.coverage.telling import near, residents, told_with, topmost, who
from netmap.gaps.coverage.unknowns import in_how_many
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity, Organisation

if TYPE_CHECKING:
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def _still_others(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    """Tell of each gap whether others alone serve the community under other settings too."""
    by_others = _looked(context, _led_by(context))[0]
    row, column = context.pairs.row, context.pairs.column
    return [bool(by_others[row[g.area or ""], column[g.community or ""]]) for g in gaps]


@rule(
    "led-by-missing",
    N_("A community served only by activities not led by it"),
    "coverage",
    "low",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:3981-3983]: people from the communities have to "
        "be among those who deliver it."
    ),
    settings=(
        "community_share",
        "community_people",
        "stale_months",
        "urban_km",
        "rural_km",
        "detour",
    ),
    hold=_still_others,
    prompt=N_(
        "Ask people of the community whether they would like a part in running it, and what "
        "would make that easier; some are content as it is."
    ),
)
def led_by_missing(check: Check) -> Said:
    """Report communities whose own activities are all offered by organisations led by others."""
    context = check.context
    by_others, unknown = _looked(context, _led_by(context))
    told = topmost(context, by_others)
    if told.any() and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
    else:
        for n, c in zip(*np.nonzero(told), strict=True):
            area, community = context.pairs.areas[n], context.pairs.communities[c]
            below = told_with(context, by_others, int(n), community)
            yield _gap(check, area, community, below)
    if unknown.any():
        names = (context.pairs.communities[c] for c in np.flatnonzero(unknown.any(axis=0)))
        yield check.unchecked(
            ngettext(
                "Not every organisation that offers something for these communities says who "
                "leads it: %(names)s; %(count)s area could not be looked at.",
                "Not every organisation that offers something for these communities says who "
                "leads it: %(names)s; %(count)s areas could not be looked at.",
                int(unknown.any(axis=1).sum()),
                names=listed(map(context.label, names)),
            ),
            "organisations.led_by",
            "activities.organisation",
        )
    yield from in_how_many(check)


def _organisation(context: Context, activity: Activity) -> Organisation | None:
    return context.register.organisation.get(activity.organisation or "")


def _leaders(context: Context, activity: Activity) -> tuple[str, ...]:
    organisation = _organisation(context, activity)
    return organisation.led_by if organisation else ()


def _led_by(context: Context) -> Lists:
    return kept(context, "leaders", partial(_leaders, context))


def _looked(context: Context, leaders: Lists) -> "tuple[Truths, Truths]":
    """Find the pairs served by others alone, and those where who leads is not recorded."""
    pairs = context.pairs
    by_others, unknown = np.zeros_like(pairs.looked_at), np.zeros_like(pairs.looked_at)
    kinds = []
    for community in pairs.communities:
        theirs = context.provision_for(community).specific
        led = theirs & leaders.any_of(context.kin(community))
        kinds += [theirs, led, theirs & leaders.empty]
    there = iter(near(context, kinds))
    for column, (served, by_them, untold) in enumerate(zip(there, there, there, strict=True)):
        open_question = pairs.looked_at[:, column] & served & ~by_them
        by_others[:, column] = open_question & ~untold
        unknown[:, column] = open_question & untold
    return by_others, unknown


def _gap(check: Check, area: str, community: str, below: tuple[str, ...]) -> Gap:
    context = check.context
    within, theirs = context.within_reach, context.provision_for(community).specific
    there = [within.activities[i] for i in within.indices(area) if theirs[i]]
    offered = {o.id: o for a in there if (o := _organisation(context, a)) is not None}
    looked_at = _("Looked at: %(names)s.", names=listed(a.name for a in there))
    said = [who(context, area, community), looked_at]
    said += [
        _(
            "%(organisation)s is led by: %(names)s.",
            organisation=o.name,
            names=listed(map(context.label, o.led_by)),
        )
        for o in offered.values()
    ]
    if below:
        names = listed(map(context.label, below))
        said.append(_("The same holds for: %(names)s.", names=names))
    return check.gap(
        ngettext(
            "What was found within reach of %(area)s for the community %(community)s "
            "(%(count)s activity) is offered by organisations led by others; nothing led by the "
            "community was found.",
            "What was found within reach of %(area)s for the community %(community)s "
            "(%(count)s activities) is offered by organisations led by others; nothing led by the "
            "community was found.",
            len(there),
            area=context.name(area),
            community=context.label(community),
        ),
        area=area,
        community=community,
        people=residents(context, area, community),
        value=0,
        threshold=1,
        unit=pgettext("unit", "activities led by the community"),
        evidence=tuple(said),
        confidence=provision_confidence([*there, *offered.values()]),
    )
