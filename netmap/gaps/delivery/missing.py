"""The rule about areas whose people find no group, nobody one to one, or nothing online."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import listed, named, number, provision_confidence
from netmap.gaps.gap import Gap
from netmap.gaps.remote import remote_by_area
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Activity

if TYPE_CHECKING:
    Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]

# The three approaches of Side by Side; the NHS counts courses as groups, the telephone as online.
_KINDS: Mapping[str, frozenset[str]] = {
    "group": frozenset({"support_group", "activity_group", "drop_in", "course_workshop"}),
    "one_to_one": frozenset({"one_to_one", "peer_pair"}),
    "online": frozenset({"online", "telephone"}),
}
_FEWEST = 3  # of one or two activities, an approach is always missing


def _has(context: Context, kind: str) -> "Truths":
    """Tell for each area within reach of what whether an approach is among it."""
    within = context.within_reach
    of_kind = [bool(_KINDS[kind] & {a.approach, *a.other_approaches}) for a in within.activities]
    found: Truths = within.counting(np.array(of_kind, dtype=bool)) > 0
    if kind == "online":
        afar = remote_by_area(context, context.remote)
        if afar.everywhere:
            return np.ones(len(within.codes), dtype=bool)
        found |= np.array([code in afar.served for code in within.codes], dtype=bool)
    return found


def _still_missing(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    row = context.within_reach.row
    having = {kind: _has(context, kind) for kind in {gap.subject or "" for gap in gaps}}
    return [not having[gap.subject or ""][row[gap.area or ""]] for gap in gaps]


@rule(
    "approach-missing",
    N_("No group, no one-to-one, or no online support in an area"),
    "delivery",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:7988-7989]: a diverse peer support market in an "
        "area is important; its three approaches [003:5469-5534]."
    ),
    settings=("urban_km", "rural_km", "detour"),
    hold=_still_missing,
    prompt=N_(
        "Ask whether people who would rather not meet in this way have somewhere to go; no "
        "approach is best, and not every area needs each."
    ),
)
def approach_missing(check: Check) -> Said:
    """Report the highest areas whose people have activities, but none of a kind."""
    context = check.context
    if not context.register.provision:
        yield check.unchecked(_("No activities are recorded."), "activities.approach")
        return
    codes = [code for code in context.register.areas.top if code in context.within_reach.row]
    if not codes:
        yield check.unchecked(_("No areas are recorded."), "areas", "activities.area")
        return
    enough, told = _looked_at(context)
    row = context.within_reach.row
    if not any(enough[row[code]] for code in codes):
        yield check.unchecked(
            _(
                "No area has as many as %(fewest)s activities within reach; of fewer, an approach "
                "is always missing.",
                fewest=_FEWEST,
            ),
            "activities.area",
        )
    lacking = {kind: ~_has(context, kind) for kind in _KINDS}
    missing = [c for c in codes if enough[row[c]] and any(no[row[c]] for no in lacking.values())]
    unsure = [code for code in missing if not told[row[code]]]
    if unsure:
        yield check.unchecked(
            ngettext(
                "Not every activity has an approach recorded within reach of %(count)s area: "
                "%(names)s.",
                "Not every activity has an approach recorded within reach of %(count)s areas: "
                "%(names)s.",
                len(unsure),
                names=listed(map(context.name, unsure)),
            ),
            "activities.approach",
        )
    sure = [code for code in missing if told[row[code]]]
    if sure and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
        return
    afar = remote_by_area(context, context.remote)
    for code in sure:
        kinds = [kind for kind, no in lacking.items() if no[row[code]]]
        yield from _gaps(check, code, kinds, afar.reaching(code))


def _looked_at(context: Context) -> "tuple[Truths, Truths]":
    """Tell for each area whether it has several activities, and whether all say their approach."""
    within = context.within_reach
    named = within.counting(~context.aggregates)
    totals = within.counting(context.aggregates)
    untold = [a.approach is None or "other_approaches" in a.faulted for a in within.activities]
    told = within.counting(np.array(untold, dtype=bool)) == 0
    return (named >= _FEWEST) | (totals > 0), told


def _gaps(check: Check, area: str, kinds: Sequence[str], afar: Sequence[Activity]) -> Iterator[Gap]:
    context = check.context
    near = context.within_reach[area]
    activities = [a for a in near if not a.part_of]
    counted = _("Within reach: %(approaches)s.", approaches=_counted(context, activities))
    said = (counted, *_beside(context, afar))
    looked_at = sum(a.count or 1 for a in activities)
    for kind in kinds:
        yield check.gap(
            _none_found(kind, context.name(area), looked_at),
            area=area,
            subject=kind,
            value=0,
            threshold=1,
            unit=pgettext("unit", "activities"),
            evidence=said,
            confidence=provision_confidence(near),
        )


def _none_found(kind: str, area: str, looked_at: int) -> str:
    match kind:
        case "group":
            return ngettext(
                "For people of %(area)s no group was found; %(count)s activity within reach was "
                "looked at.",
                "For people of %(area)s no group was found; %(count)s activities within reach "
                "were looked at.",
                looked_at,
                area=area,
            )
        case "one_to_one":
            return ngettext(
                "For people of %(area)s no support one to one was found; %(count)s activity "
                "within reach was looked at.",
                "For people of %(area)s no support one to one was found; %(count)s activities "
                "within reach were looked at.",
                looked_at,
                area=area,
            )
        case _other:
            return ngettext(
                "For people of %(area)s no support online or by telephone was found; %(count)s "
                "activity within reach was looked at.",
                "For people of %(area)s no support online or by telephone was found; %(count)s "
                "activities within reach were looked at.",
                looked_at,
                area=area,
            )


def _counted(context: Context, activities: Sequence[Activity]) -> str:
    counts: Counter[str] = Counter()
    for activity in activities:
        counts[activity.approach or ""] += activity.count or 1
    label = context.vocabularies["approach"].label
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed(
        _("%(approach)s %(number)s", approach=label(approach).lower(), number=number(n))
        for approach, n in ordered
    )


def _beside(context: Context, afar: Sequence[Activity]) -> Iterator[str]:
    if afar:
        yield _("Online or by telephone, as partial cover: %(names)s.", names=named(afar))
    within = context.within_reach
    nowhere = len(within.activities) - len(np.unique(within.found))
    if nowhere:
        yield ngettext(
            "Left out, because no place is recorded for them: %(count)s activity.",
            "Left out, because no place is recorded for them: %(count)s activities.",
            nowhere,
        )
