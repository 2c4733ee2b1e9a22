"""The rule about activities per head."""

from collections.abc import Iterable

from netmap.gaps.context import number, plural, provision_confidence
from netmap.gaps.coverage.unknowns import no_areas
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.networks.summary import per_100k


@rule(
    "low-rate",
    "Activities per 100,000 people well below the whole network's",
    "coverage",
    "medium",
    evidence="West Yorkshire and Harrogate scoping report, 2020 [001:504], [001:595], [001:670]: "
    "counts are printed beside populations.",
    settings=("low_rate_ratio",),
    prompt="Look at what the area has that was not counted, and at what its neighbours do; a low "
    "rate may be a thin record.",
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
            "Rates could not be worked out: the residents of "
            f"{plural(len(unknown), 'area')} are not counted.",
            "populations.total",
        )
        return
    if not whole:
        yield check.unchecked("No activities are recorded.", "activities")
        return
    for area, rate in rates.items():
        if rate is not None and rate < whole * check.settings.low_rate_ratio:
            count = context.counted.get(area, 0)
            yield check.gap(
                f"{context.name(area)} has {number(rate)} recorded activities per 100,000 people; "
                f"the whole network has {number(whole)}.",
                area=area,
                value=rate,
                threshold=whole,
                unit="activities per 100,000 people",
                evidence=(
                    f"Counted: {plural(count, 'activity', 'activities')}.",
                    f"Residents: {context.population(area):,}.",
                    f"Reported below {check.settings.low_rate_ratio:.0%} of the network's rate.",
                    *_sources(context, area),
                ),
                confidence=provision_confidence(
                    a for a in context.activities_in(area) if not a.part_of
                ),
            )


def _sources(context: Context, area: str) -> Iterable[str]:
    row = context.register.population.get(area)
    return (f"Population: {row.source}.",) if row and row.source else ()
