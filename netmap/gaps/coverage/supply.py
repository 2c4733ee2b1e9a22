"""The rule about how much there is within reach for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from statistics import median

from netmap.gaps.context import listed, measured, number, per_cent, provision_confidence
from netmap.gaps.coverage.unknowns import no_areas
from netmap.gaps.gap import Gap
from netmap.gaps.rules import Check, Said, rule
from netmap.gaps.states import Context
from netmap.language import N_, _, ngettext, pgettext
from netmap.networks.reach import Ground, supply_for_all
from netmap.networks.summary import weight

_FEWEST = 3  # of two areas, one is always the lower
_MEASURE = N_(
    "Near activities count for more than far ones, and each is shared among the people who can get "
    "to it (E2SFCA); online and telephone are not counted."
)


@dataclass(frozen=True, slots=True)
class _Supply:
    """The supply of each area that has people and a point, and that of the one in the middle."""

    per_1000: dict[str, float]
    unknown: tuple[str, ...]

    @property
    def middle(self) -> float:
        return median(self.per_1000.values()) if self.per_1000 else 0.0


def _supply(context: Context) -> _Supply:
    """Work out the supply of the areas that count each person once."""
    ground = Ground.of(context.register, context.points)
    per_1000 = supply_for_all(ground, context.residents, context.residents_once)
    units = set(context.lowest)
    figures = dict(zip(ground.codes, per_1000.tolist(), strict=True))
    known = {code: round(n, 4) for code, n in figures.items() if code in units and isfinite(n)}
    return _Supply(known, tuple(code for code in figures if code in units and code not in known))


def _still_low(context: Context, gaps: Sequence[Gap]) -> list[bool]:
    found = _supply(context)
    least = found.middle * context.register.settings.gaps.low_supply_ratio
    return [found.per_1000.get(gap.area or "", least) < least for gap in gaps]


@rule(
    "low-supply",
    N_("Supply within reach well below that of the area in the middle"),
    "coverage",
    "medium",
    evidence=N_(
        "Side by Side evaluation, 2017 [003:9481-9482]: people may have to travel long "
        "distances to the nearest peer support. The measure is that of Luo and Qi, 2009."
    ),
    settings=("low_supply_ratio", "urban_km", "rural_km", "detour", "decay"),
    hold=_still_low,
    prompt=N_(
        "Look at where people of the area go now, and at what could be held nearer or more "
        "often; a low figure may be a thin record."
    ),
)
def low_supply(check: Check) -> Said:
    """Report the areas whose people have the least to share within reach."""
    context = check.context
    units = context.lowest
    yield from no_areas(check)
    if not units:
        return
    counted = [a for a in context.within_reach.activities if weight(a)]
    if all(a.aggregate or context.register.point_of(a) is None for a in counted):
        yield check.unchecked(
            _(
                "No activity in person is recorded one by one and with a place. Totals stand "
                "nowhere in particular: of them, low-rate tells."
            ),
            "activities.area",
        )
        return
    found = _supply(context)
    supply, unknown, middle = found.per_1000, found.unknown, found.middle
    if unknown:
        yield check.unchecked(
            ngettext(
                "%(count)s area without a number of people or a point: %(names)s.",
                "%(count)s areas without a number of people or a point: %(names)s.",
                len(unknown),
                names=listed(map(context.name, unknown)),
            ),
            "populations.total",
            "areas.latitude",
        )
    if supply and (len(supply) < _FEWEST or not middle):
        yield check.unchecked(
            ngettext(
                "Too little to compare: %(count)s area with people and a point, and %(middle)s "
                "activities per 1,000 people in the one in the middle.",
                "Too little to compare: %(count)s areas with people and a point, and %(middle)s "
                "activities per 1,000 people in the one in the middle.",
                len(supply),
                middle=measured(middle, 2),
            ),
            "populations.total",
            "areas.latitude",
            "activities.latitude",
        )
        return
    least = middle * check.settings.low_supply_ratio
    low = [code for code in sorted(supply) if supply[code] < least]
    if low and not context.register.surveyed("activities"):
        yield check.not_surveyed("activities")
        return
    confidence, usual = provision_confidence(counted), measured(middle, 2)
    measure = _(_MEASURE)
    compared = _compared(check, len(supply))
    for code in low:
        yield check.gap(
            _(
                "For every 1,000 people of %(area)s there are %(supply)s recorded activities "
                "within reach, shared with all who can get there; in the area in the middle there "
                "are %(middle)s.",
                area=context.name(code),
                supply=measured(supply[code], 2),
                middle=usual,
            ),
            area=code,
            value=supply[code],
            threshold=round(middle, 4),
            unit=pgettext("unit", "activities per 1,000 people within reach"),
            evidence=(
                *compared,
                _("Residents: %(people)s.", people=number(context.population(code) or 0)),
                measure,
            ),
            confidence=confidence,
        )


def _compared(check: Check, areas: int) -> tuple[str, str]:
    """Say what an area is compared with."""
    return (
        ngettext(
            "Compared: %(count)s area; the median of them, each counting once.",
            "Compared: %(count)s areas; the median of them, each counting once.",
            areas,
        ),
        _("Reported below %(share)s%% of it.", share=per_cent(check.settings.low_supply_ratio)),
    )
