"""The rule about people who belong to two communities at once."""

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from netmap.gaps.context import listed, provision_confidence
from netmap.gaps.coverage.unknowns import no_areas
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext

_NEEDS = "network.toml [gaps] intersections"


@rule(
    "intersection-missing",
    N_("Communities that are each served, their overlap served by none"),
    "coverage",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:10031-10032]: some cannot feel safe in a project "
        "for their particular ethnic community, for instance LGBT people."
    ),
    settings=("intersections", "stale_months", "urban_km", "rural_km", "detour"),
    prompt=N_(
        "Ask people who belong to both where they feel safe, and whether a space of their own, "
        "or an ally in what there is, would be welcome."
    ),
)
def intersection_missing(check: Check) -> Said:
    """Report where every part of a named overlap has activities, and none is for the whole."""
    context = check.context
    yield from no_areas(check)
    if not check.settings.intersections:
        yield check.unchecked(_("No overlaps of communities are named to look for."), _NEEDS)
    for named in check.settings.intersections:
        parts = _understood(context, named)
        if parts is None:
            yield check.unchecked(
                _(
                    "An overlap takes two communities or more that are known: %(names)s.",
                    names=listed(named),
                ),
                _NEEDS,
                subject="+".join(named),
            )
            continue
        areas = list(_without(context, parts))
        if areas and not context.register.surveyed("activities"):
            yield check.not_surveyed("activities")
            return
        for area in areas:
            yield _gap(check, area, parts)


def _understood(context: Context, named: Sequence[str]) -> tuple[str, ...] | None:
    """Read the codes, sorted; an alias will do. Nothing where one is unknown, or there is one."""
    codes = {context.communities.resolve(one) for one in named}
    known = tuple(sorted(code for code in codes if code is not None))
    return known if len(known) == len(codes) > 1 else None


def _without(context: Context, parts: Sequence[str]) -> Iterator[str]:
    """Go through the highest areas where each part is served, and the overlap is not."""
    within = context.within_reach
    each = [context.provision_for(part) for part in parts]
    served = np.logical_and.reduce([within.counting(one.specific) > 0 for one in each])
    both = np.logical_and.reduce([one.specific | one.lapsed for one in each])
    without = served & (within.counting(both) == 0)
    for area in context.register.areas.top:
        if without[within.row[area]] and not _maybe_hidden(context, area, parts):
            yield area


def _maybe_hidden(context: Context, area: str, parts: Sequence[str]) -> bool:
    """Tell whether something there that must not be shown is for the overlap."""
    return any(
        one.area == area and all(context.kin(part) & set(one.communities) for part in parts)
        for one in context.register.hidden
    )


def _both(names: str, last: str) -> str:
    return _("%(names)s and %(last)s", names=names, last=last)


def _gap(check: Check, area: str, parts: Sequence[str]) -> Gap:
    context = check.context
    within = context.within_reach
    near = within.indices(area)
    found = {
        part: [within.activities[i] for i in near[context.provision_for(part).specific[near]]]
        for part in parts
    }
    totals = sum(within.activities[i].count or 1 for i in near[context.aggregates[near]])
    said = [
        _(
            "For %(community)s: %(names)s.",
            community=context.label(part),
            names=listed(a.name for a in activities),
        )
        for part, activities in found.items()
    ]
    said.append(_("An activity that names all of them counts for those who belong to all."))
    if totals:
        said.append(
            ngettext(
                "%(count)s activity known only as totals; for whom is not recorded.",
                "%(count)s activities known only as totals; for whom is not recorded.",
                totals,
            )
        )
    return check.gap(
        _(
            "Within reach of %(area)s there are activities for each of the communities "
            "%(communities)s; none was found for people who belong to all of them.",
            area=context.name(area),
            communities=reduce(_both, map(context.label, parts)),
        ),
        area=area,
        community=parts[0],
        subject="+".join(parts),
        value=0,
        threshold=1,
        unit=pgettext("unit", "activities"),
        evidence=tuple(said),
        confidence=provision_confidence(a for those in found.values() for a in those),
    )
