"""The rule about areas where one approach prevails."""

from collections import Counter
from collections.abc import Sequence

from netmap.gaps.context import listed, number, provision_confidence
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.models import Record, Share

_FEWEST = 3  # of one or two activities, one approach is always "most"


@rule(
    "one-approach",
    N_("One approach makes up most of an area's activities"),
    "delivery",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:7988-7989]: a diverse peer support market in an "
        "area is important; West Yorkshire and Harrogate scoping report, 2020 [001:706]."
    ),
    settings=("one_approach_share",),
    prompt=N_(
        "Ask whether people who would rather meet one to one, online or around an activity have "
        "somewhere to go."
    ),
)
def one_approach(check: Check) -> Said:
    """Report areas where one approach prevails, by stated shares or by the rows."""
    context = check.context
    if not (context.register.provision or context.register.shares):
        yield check.unchecked(_("No activities are recorded."), "activities", "shares.percent")
    for area in context.register.areas:
        stated = [
            s for s in context.register.shares if (s.area, s.dimension) == (area.code, "approach")
        ]
        if stated:
            top = max(stated, key=lambda s: (s.percent, s.key))
            said = _said(context, stated)
            yield from _prevailing(check, area.code, top.key, top.percent, said, stated)
        elif not area.parent and not area.anonymised:
            yield from _by_rows(check, area.code)


def _by_rows(check: Check, area: str) -> Said:
    context = check.context
    here = [a for a in context.activities_in(area) if not a.part_of]
    if not here:
        return
    if any(a.approach is None for a in here):
        yield check.unchecked(
            _(
                "Not all activities of %(area)s have an approach recorded.",
                area=context.name(area),
            ),
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
        evidence = ngettext(
            "%(most)s of %(count)s activity.",
            "%(most)s of %(count)s activities.",
            whole,
            most=number(most),
        )
        yield from _prevailing(check, area, approach, most / whole * 100, evidence, here)


def _said(context: Context, stated: list[Share]) -> str:
    label = context.vocabularies["approach"].label
    shares = listed(
        _("%(approach)s %(share)s %%", approach=label(s.key).lower(), share=number(s.percent))
        for s in stated
    )
    if not stated[0].source:
        return _("Shares as stated: %(shares)s. Source: not recorded.", shares=shares)
    return _(
        "Shares as stated: %(shares)s. Source: %(source)s.",
        shares=shares,
        source=stated[0].source,
    )


def _prevailing(  # the finding says all of it
    check: Check, area: str, approach: str, percent: float, evidence: str, rows: Sequence[Record]
) -> Said:
    context: Context = check.context
    limit = check.settings.one_approach_share * 100
    if percent > limit:
        label = context.vocabularies["approach"].label(approach).lower()
        yield check.gap(
            _(
                "%(share)s %% of the activities of %(area)s are of one approach: %(approach)s.",
                share=number(round(percent, 1)),
                area=context.name(area),
                approach=label,
            ),
            area=area,
            subject=approach,
            value=round(percent, 1),
            threshold=round(limit, 1),
            unit=pgettext("unit", "percent"),
            evidence=(evidence,),
            confidence=provision_confidence(
                r for r in rows if getattr(r, "key", approach) == approach
            ),
        )
