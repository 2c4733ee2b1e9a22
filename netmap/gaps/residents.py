"""How many of each community live in each area, as arrays."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import CENSUS_GROUPS, MINORITY_ETHNIC, WHITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from netmap.networks.register import Register

    Figures = NDArray[np.float64]
    Truths = NDArray[np.bool_]

_NOT_WHITE = tuple(group for group in CENSUS_GROUPS if group != WHITE)


@dataclass(frozen=True, slots=True)
class Residents:
    """Head-counts and shares from the areas' own population rows, shape (areas, communities).

    The figures are those of :mod:`netmap.networks.people`, for all areas at once.

    Attributes:
        count: People, whole numbers in float64; NaN where unknown or suppressed.
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
        communities: Their columns; none that is a base for shares.
    """
    names = tuple(dict.fromkeys((*communities, *CENSUS_GROUPS, MINORITY_ETHNIC)))
    column = {name: n for n, name in enumerate(names)}
    amount = np.full((len(areas), len(names)), np.nan)
    suppressed = np.zeros(amount.shape, dtype=bool)
    whole, percent = np.full(len(areas), np.nan), np.zeros(len(areas), dtype=bool)
    for n, area in enumerate(areas):
        row = register.population.get(area)
        if row is None:
            continue
        for name, number in row.groups.items():
            if name in column:
                amount[n, column[name]] = number
        for name in row.suppressed:
            if name in column:
                suppressed[n, column[name]] = True
        percent[n] = row.measure == "percent"
        whole[n] = np.nan if row.total is None else row.total
    amount[suppressed] = np.nan
    _derive(amount, column, np.where(percent, 100.0, whole), suppressed)
    wanted = [column[name] for name in communities]
    amount, suppressed = amount[:, wanted], suppressed[:, wanted]
    of = np.where(whole > 0, whole, np.nan)[:, None]
    parts = np.where(percent[:, None], amount / 100, amount / of)
    count = np.rint(np.where(percent[:, None], amount / 100 * of, amount))
    return Residents(count, parts, np.isfinite(amount), suppressed)


def _derive(
    amount: "Figures", column: "dict[str, int]", base: "Figures", suppressed: "Truths"
) -> None:
    """Work out minority ethnic people where a row has no column of theirs, in place."""
    theirs = column[MINORITY_ETHNIC]
    parts = np.round(amount[:, [column[group] for group in _NOT_WHITE]].sum(axis=1), 6)
    rest = np.maximum(np.round(base - amount[:, column[WHITE]], 6), 0)
    derived = np.where(np.isfinite(parts), parts, rest)
    missing = np.isnan(amount[:, theirs]) & ~suppressed[:, theirs]
    amount[missing, theirs] = derived[missing]
