"""Who is to be reached: the people of some communities in the areas that count each person once.

Where a community's numbers are known nowhere, nothing is made up: areas are then weighed by all
their residents, or where these are not known either, each alike, and the answer says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.people import count_or_estimate, lowest
from netmap.networks.register import Register
from netmap.networks.summary import population_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Measure(StrEnum):
    """By what areas are weighed."""

    PEOPLE = "people"
    RESIDENTS = "residents"
    AREAS = "areas"


@dataclass(frozen=True, eq=False)
class Demand:
    """Who lives where.

    Attributes:
        codes: The areas that count each person once, in code order.
        weight: How much one person of each community counts.
        measure: What is counted.
        counts: By community, one number for each area, float64; NaN where it is not known.
        residents: All people of each area, float64; NaN where not known.
        unknown: Of how many areas a community's number is not known.
        suppressed: Of how many it is too small to show.
        estimated: Of how many it is estimated by the share of an area above.
    """

    codes: tuple[str, ...]
    weight: Mapping[str, float]
    measure: Measure
    counts: "Mapping[str, NDArray[np.float64]]"
    residents: "NDArray[np.float64]"
    unknown: int
    suppressed: int
    estimated: int

    def weighed(
        self, which: "Mapping[str, NDArray[np.bool_]]", *, alike: bool = False
    ) -> "NDArray[np.float64]":
        """Add up, for each area, the people of those communities that are meant there.

        Args:
            which: By community, of which areas its people are meant.
            alike: Count every person once, whatever the weights.
        """
        total = np.zeros(len(self.codes))
        for community, weight in self.weight.items():
            counted = np.nan_to_num(self.counts[community]) * which[community]
            total += counted * (1.0 if alike else weight)
        return total


def demand_of(register: Register, weight: Mapping[str, float]) -> Demand:
    """Count the people of some communities.

    Args:
        register: As the audience may see it.
        weight: The communities, and how much one person of each counts.
    """
    codes = lowest(register)
    residents = _numbers([population_of(register, code) for code in codes])
    found = {c: [count_or_estimate(register, code, c) for code in codes] for c in weight}
    counts = {c: _numbers([n for n, _ in rows]) for c, rows in found.items()}
    measure = Measure.PEOPLE
    if not any(np.isfinite(known).any() for known in counts.values()):
        measure = Measure.RESIDENTS if np.isfinite(residents).any() else Measure.AREAS
        alike = residents if measure is Measure.RESIDENTS else np.ones(len(codes))
        counts = dict.fromkeys(weight, alike)
    by_area = list(zip(*found.values(), strict=True))
    return Demand(
        codes,
        dict(weight),
        measure,
        counts,
        residents,
        sum(any(n is None for n, _ in row) for row in by_area),
        sum(any(isinstance(n, str) for n, _ in row) for row in by_area),
        sum(any(above is not None for _, above in row) for row in by_area),
    )


def _numbers(counts: Sequence[object]) -> "NDArray[np.float64]":
    """Put counts into an array; NaN for one that is not known or not shown."""
    return np.array([n if isinstance(n, int) else np.nan for n in counts], dtype=np.float64)
