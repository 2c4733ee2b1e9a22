"""The figures of every area of a network, and bars to show them by."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from netmap.language import number
from netmap.networks.register import Register
from netmap.networks.summary import SummaryRow, activities_in, per_100k, population_of


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar beside its figure.

    Attributes:
        label: What it is of.
        text: The figure in words: what the bar says to those who do not see it.
        width: 0 to 100, of the widest.
        mark: Where the figure compared with stands, 0 to 100; None where there is none.
        area: The area it leads to, or None.
        strong: Whether it is the one the page is about.
    """

    label: str
    text: str
    width: float
    mark: float | None = None
    area: str | None = None
    strong: bool = False


def area_figures(register: Register) -> dict[str, SummaryRow]:
    """Work out the figures of every area with all below it, by code."""
    activities = activities_in(register)
    organisations = Counter(
        code
        for one in register.organisations
        if one.area
        for code in (one.area, *register.areas.ancestors(one.area))
    )
    return {
        area.code: SummaryRow(
            area.code,
            area.name,
            activities[area.code],
            organisations[area.code],
            population,
            per_100k(activities[area.code], population),
        )
        for area in register.areas
        if not area.anonymised
        for population in [population_of(register, area.code)]
    }


def rate_bars(rows: Sequence[SummaryRow], whole: float | None, about: str = "") -> list[Bar]:
    """Make a bar for each area with a rate per 100,000, highest first, ties by name.

    Args:
        rows: The areas.
        whole: The whole network's rate, marked on every bar; None where unknown.
        about: The area the page is about.
    """
    known = [row for row in rows if row.activities_per_100k is not None]
    widest = max([row.activities_per_100k or 0 for row in known] + [whole or 0, 0.1])
    mark = None if whole is None else _hundredths(whole, widest)
    return [
        Bar(
            row.label,
            number(row.activities_per_100k or 0, 1),
            _hundredths(row.activities_per_100k or 0, widest),
            mark,
            row.key,
            row.key == about,
        )
        for row in sorted(known, key=lambda r: (-(r.activities_per_100k or 0), r.label, r.key))
    ]


def _hundredths(value: float, widest: float) -> float:
    return round(value / widest * 100, 2) if widest else 0.0
