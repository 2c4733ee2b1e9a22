"""The rule about areas whose people find no group, nobody one to one, or nothing online."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import listed, named, number, plural, provision_confidence
from netmap.gaps.gap import Gap
from netmap.gaps.remote import remote_by_area
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.models import Activity

if TYPE_CHECKING:
    Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]

# The three approaches of Side by Side; the NHS counts courses as groups, the telephone as online.
_KINDS: Mapping[str, frozenset[str]] = {
    "group": frozenset({"support_group", "activity_group", "drop_in", "course_workshop"}),
    "one_to_one": frozenset({"one_to_one", "peer_pair"}),
    "online": frozenset({"online", "telephone"}),
}
_WORDS = {
    "group": "no group",
    "one_to_one": "no support one to one",
    "online": "no support online or by telephone",
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
    "No group, no one-to-one, or no online support in an area",
    "delivery",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:7988-7989]: a diverse peer support market in an "
    "area is important; its three approaches [003:5469-5534].",
    settings=("urban_km", "rural_km", "detour"),
    hold=_still_missing,
    prompt="Ask whether people who would rather not meet in this way have somewhere to go; no "
    "approach is best, and not every area needs each.",
)
def approach_missing(check: Check) -> Said:
    """Report the highest areas whose people have activities, but none of a kind."""
    context = check.context
    if not context.register.provision:
        yield check.unchecked("No activities are recorded.", "activities.approach")
        return
    codes = [code for code in context.register.areas.top if code in context.within_reach.row]
    if not codes:
        yield check.unchecked("No areas are recorded.", "areas", "activities.area")
        return
    enough, told = _looked_at(context)
    row = context.within_reach.row
    if not any(enough[row[code]] for code in codes):
        yield check.unchecked(
            f"No area has as many as {_FEWEST} activities within reach; of fewer, an approach is "
            "always missing.",
            "activities.area",
        )
    lacking = {kind: ~_has(context, kind) for kind in _KINDS}
    missing = [c for c in codes if enough[row[c]] and any(no[row[c]] for no in lacking.values())]
    unsure = [code for code in missing if not told[row[code]]]
    if unsure:
        yield check.unchecked(
            "Not every activity has an approach recorded within reach of "
            f"{plural(len(unsure), 'area')}: {listed(map(context.name, unsure))}.",
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
    said = (f"Within reach: {_counted(context, activities)}.", *_beside(context, afar))
    for kind in kinds:
        yield check.gap(
            f"For people of {context.name(area)} {_WORDS[kind]} was found; "
            f"{plural(sum(a.count or 1 for a in activities), 'activity', 'activities')} within "
            "reach were looked at.",
            area=area,
            subject=kind,
            value=0,
            threshold=1,
            unit="activities",
            evidence=said,
            confidence=provision_confidence(near),
        )


def _counted(context: Context, activities: Sequence[Activity]) -> str:
    counts: Counter[str] = Counter()
    for activity in activities:
        counts[activity.approach or ""] += activity.count or 1
    label = context.vocabularies["approach"].label
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return listed(f"{label(approach).lower()} {number(n)}" for approach, n in ordered)


def _beside(context: Context, afar: Sequence[Activity]) -> Iterator[str]:
    if afar:
        yield f"Online or by telephone, as partial cover: {named(afar)}."
    within = context.within_reach
    nowhere = len(within.activities) - len(np.unique(within.found))
    if nowhere:
        where = plural(nowhere, "activity", "activities")
        yield f"Left out, because no place is recorded for them: {where}."
