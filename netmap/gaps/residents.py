"""How many of each community live in each area, as arrays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks import people
from netmap.networks.models import WHITE, Population
from netmap.privacy import SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netmap.networks.register import Register

    Figures = np.ndarray[tuple[int, int], np.dtype[np.float64]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Residents:
    """Head-counts and shares from the areas' own population rows.

    Attributes:
        count: People, float64, shape (areas, communities); NaN where unknown or suppressed.
        share: Of the area's people, 0 to 1; NaN where unknown.
        described: Whether the row says something of the community.
        suppressed: Whether the count is too small to show.
    """

    count: "Figures"
    share: "Figures"
    described: "Truths"
    suppressed: "Truths"

    def enough(self, people: float, share: float) -> "Truths":
        """Tell where so many of a community live that its state matters.

        Args:
            people: The least head-count.
            share: The least share, 0 to 1.
        """
        # A hair of tolerance: 9.999999 per cent from adding decimals is ten per cent.
        found: Truths = (
            self.described
            & ~self.suppressed
            & ((self.count >= people) | (self.share >= share - 1e-9))
        )
        return found


def residents_of(
    register: "Register", areas: "Sequence[str]", communities: "Sequence[str]"
) -> Residents:
    """Look up who lives where.

    Args:
        register: As the audience may see it.
        areas: The rows of the arrays.
        communities: Their columns.
    """
    shape = (len(areas), len(communities))
    count, share = np.full(shape, np.nan), np.full(shape, np.nan)
    described, suppressed = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    column = {community: n for n, community in enumerate(communities)}
    for n, area in enumerate(areas):
        row = register.population.get(area)
        if row is None:
            continue
        for community in _told(row):
            if community not in column:
                continue
            at = n, column[community]
            described[at] = True
            found, part = people.count(row, community), people.share(row, community)
            suppressed[at] = found == SUPPRESSED
            count[at] = found if isinstance(found, int) else np.nan
            share[at] = np.nan if part is None else part
        for community in row.suppressed:
            if community in column:
                suppressed[n, column[community]] = True
    return Residents(count, share, described, suppressed)


def _told(row: Population) -> tuple[str, ...]:
    return tuple(c for c in people.communities_of(row) if c != WHITE)
