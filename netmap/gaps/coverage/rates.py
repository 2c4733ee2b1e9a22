"""The rule about activities per head."""

from collections.abc import Iterable

from netmap.gaps.context import number, per_cent, provision_confidence
from netmap.gaps.coverage.unknowns import no_areas
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.summary import per_100k


@rule(
    "low-rate",
    N_("Activities per 100,000 people well below the whole network's"),
    "coverage",
    "medium",
    evidence=N_(
        "West Yorkshire and Harrogate scoping report, 2020 [001:504], [001:595], [001:670]: "
        "counts are printed beside populations."
    ),
    settings=("low_rate_ratio",),
    prompt=N_(
        "Look at what the area has that was not counted, and at what its neighbours do; a low "
        "rate may be a thin record."
    ),
)
def low_rate(check: Check) -> Said:
    """Report the areas with the fewest activities for their people."""
    context = check.context
    whole = context.total.activities_per_100k
    rates = {
        area: per_100k(context.counted.get(area, 0), context.population(area))
        for area in context.register.areas.top
    }
    unknown = [area for area, rate in rates.items() if rate is None]
    if not rates:
        yield from no_areas(check)
        return
    if whole is None:
        yield check.unchecked(
            ngettext(
                "Rates could not be worked out: the residents of %(count)s area are not counted.",
                "Rates could not be worked out: the residents of %(count)s areas are not counted.",
                len(unknown),
            ),
            "populations.total",
        )
        return
    if not whole:
        yield check.unchecked(_("No activities are recorded."), "activities")
        return
    for area, rate in rates.items():
        if rate is not None and rate < whole * check.settings.low_rate_ratio:
            count = context.counted.get(area, 0)
            yield check.gap(
                _(
                    "%(area)s has %(rate)s recorded activities per 100,000 people; the whole "
                    "network has %(whole)s.",
                    area=context.name(area),
                    rate=number(rate),
                    whole=number(whole),
                ),
                area=area,
                value=rate,
                threshold=whole,
                unit=pgettext("unit", "activities per 100,000 people"),
                evidence=(
                    ngettext(
                        "Counted: %(count)s activity.", "Counted: %(count)s activities.", count
                    ),
                    _("Residents: %(people)s.", people=number(context.population(area) or 0)),
                    _(
                        "Reported below %(share)s%% of the network's rate.",
                        share=per_cent(check.settings.low_rate_ratio),
                    ),
                    *_sources(context, area),
                ),
                confidence=provision_confidence(
                    a for a in context.activities_in(area) if not a.part_of
                ),
            )


def _sources(context: Context, area: str) -> Iterable[str]:
    row = context.register.population.get(area)
    return (_("Population: %(source)s.", source=row.source),) if row and row.source else ()
