"""The rule about areas where one approach prevails."""

from collections import Counter
from collections.abc import Sequence

from netmap.gaps.context import listed, number, plural, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.models import Record, Share

_FEWEST = 3  # of one or two activities, one approach is always "most"


@rule(
    "one-approach",
    "One approach makes up most of an area's activities",
    "delivery",
    "medium",
    evidence="Side by Side evaluation, 2017 [003:7988-7989]: a diverse peer support market in an "
    "area is important; West Yorkshire and Harrogate scoping report, 2020 [001:706].",
    settings=("one_approach_share",),
    prompt="Ask whether people who would rather meet one to one, online or around an activity have "
    "somewhere to go.",
)
def one_approach(check: Check) -> Said:
    """Report areas where one approach prevails, by stated shares or by the rows."""
    context = check.context
    if not (context.register.provision or context.register.shares):
        yield check.unchecked("No activities are recorded.", "activities", "shares.percent")
    for area in context.register.areas:
        stated = [
            s for s in context.register.shares if (s.area, s.dimension) == (area.code, "approach")
        ]
        if stated:
            top = max(stated, key=lambda s: (s.percent, s.key))
            yield from _prevailing(check, area.code, top.key, top.percent, _said(stated), stated)
        elif not area.parent and not area.anonymised:
            yield from _by_rows(check, area.code)


def _by_rows(check: Check, area: str) -> Said:
    context = check.context
    here = [a for a in context.activities_in(area) if not a.part_of]
    if not here:
        return
    if any(a.approach is None for a in here):
        yield check.unchecked(
            f"Not all activities of {context.name(area)} have an approach recorded.",
            "activities.approach",
            "shares.percent",
            area=area,
        )
        return
    counts: Counter[str] = Counter()
    for activity in here:
        counts[activity.approach or ""] += activity.count or 1
    whole = counts.total()
    approach, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    if whole >= _FEWEST:
        evidence = f"{most} of {plural(whole, 'activity', 'activities')}."
        yield from _prevailing(check, area, approach, most / whole * 100, evidence, here)


def _said(stated: list[Share]) -> str:
    shares = listed(f"{s.key.replace('_', ' ')} {number(s.percent)} %" for s in stated)
    return f"Shares as stated: {shares}. Source: {stated[0].source or 'not recorded'}."


def _prevailing(  # the finding says all of it
    check: Check, area: str, approach: str, percent: float, evidence: str, rows: Sequence[Record]
) -> Said:
    context: Context = check.context
    limit = check.settings.one_approach_share * 100
    if percent > limit:
        label = context.vocabularies["approach"].label(approach).lower()
        yield check.gap(
            f"{number(round(percent, 1))} % of the activities of {context.name(area)} are of one "
            f"approach: {label}.",
            area=area,
            subject=approach,
            value=round(percent, 1),
            threshold=round(limit, 1),
            unit="percent",
            evidence=(evidence,),
            confidence=provision_confidence(
                r for r in rows if getattr(r, "key", approach) == approach
            ),
        )
