"""The rule about rural areas from which nothing can be reached in person."""

from collections.abc import Sequence

from netmap.gaps.context import measured, weakest
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, pgettext
from netmap.networks.reach import nearest_km, projected
from netmap.places import RURAL_CLASSES


def _still_out(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    within = context.within_reach
    return [not len(within.indices(gap.area or "")) for gap in gaps]


@rule(
    "rural-out-of-reach",
    N_("A rural area with no face-to-face activity within rural reach"),
    "location",
    "high",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9481-9482]: people may have to travel long "
        "distances to the nearest peer support."
    ),
    settings=("rural_km", "detour"),
    hold=_still_out,
    prompt=N_(
        "Ask a body that already covers the area, or bring a session to it; see whether travel "
        "help would do."
    ),
)
def rural_out_of_reach(check: Check) -> Said:
    """Report rural areas from which nothing can be reached in person."""
    context = check.context
    areas = context.register.areas
    rural = [
        a.code
        for a in areas
        if not a.anonymised  # a letter in a report is no place
        and a.rural_urban in RURAL_CLASSES
        and not any(areas[below].rural_urban for below in areas.descendants(a.code))
    ]
    if not any(a.rural_urban for a in areas):
        yield check.unchecked(_("No area has a rural/urban class."), "areas.rural_urban")
        return
    within = context.within_reach
    out = [code for code in rural if not len(within.indices(code))]
    if out and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
        return
    detour = measured(context.register.settings.reach.detour)
    for code, km in zip(out, _nearest(context, out), strict=True):
        if areas[code].point is None:
            yield check.unchecked(
                _("%(area)s has no point to measure from.", area=areas.name(code)),
                "areas.latitude",
                area=code,
            )
            continue
        nearest = None if km == float("inf") else round(km, 1)
        label = context.vocabularies["rural_urban"].label(areas[code].rural_urban or "")
        yield check.gap(
            _said(areas.name(code), nearest),
            area=code,
            value=nearest,
            threshold=context.register.settings.reach.rural_km,
            unit=pgettext("unit", "km"),
            evidence=(
                _("Rural/urban class: %(kind)s.", kind=label),
                _("Straight-line distance times %(detour)s.", detour=detour),
            ),
            confidence=weakest([areas[code]]),
        )


def _said(area: str, km: float | None) -> str:
    if km is None:
        return _(
            "No face-to-face activity was found within rural reach of %(area)s; none is recorded.",
            area=area,
        )
    return _(
        "No face-to-face activity was found within rural reach of %(area)s; the nearest is %(km)s "
        "km away.",
        area=area,
        km=measured(km),
    )


def _nearest(context: Context, codes: list[str]) -> list[float]:
    if not codes:
        return []
    there = [a for a in context.register.provision if not a.remote and not a.aggregate]
    from_m, to_m = projected(context.register, codes, there)
    detour = context.register.settings.reach.detour
    return [float(km) for km in nearest_km(from_m, to_m, detour=detour)]
