"""How much any choice of sites can cover at the most, and which candidates need no longer be tried.

The constraint that an area is covered only by a chosen site is given a price (Lagrangian
relaxation; for this problem Galvao and ReVelle 1996); what the priced problem reaches, no choice
can surpass. Prices are bettered by subgradient steps (Held, Wolfe and Crowder 1974). A candidate
without which, or with which, the bound falls below the answer in hand is settled for good.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering.cover import Cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PATIENCE = 12
_SMALLEST_STEP = 1e-3


@dataclass(frozen=True, eq=False)
class Bound:
    """What no choice can surpass.

    Attributes:
        value: The bound.
        profit: What each candidate earns at the best prices found, float64.
    """

    value: float
    profit: "Floats"

    def settled(self, sites: int, least: float) -> "tuple[NDArray[np.bool_], NDArray[np.bool_]]":
        """Tell which candidates a choice worth at least so much must leave out, or must have.

        Args:
            sites: How many sites are chosen, fewer than there are candidates.
            least: What the choice has to be worth.
        """
        order = np.argsort(-self.profit, kind="stable")
        last, following = self.profit[order[sites - 1]], self.profit[order[sites]]
        inside = np.zeros(len(self.profit), dtype=bool)
        inside[order[:sites]] = True
        # A hair, or rounding would settle what is open.
        hair = 1e-9 * max(abs(self.value), 1.0)
        out = ~inside & (self.value - last + self.profit + hair < least)
        must = inside & (self.value - self.profit + following + hair < least)
        return out, must


def bound(cover: Cover, sites: int, reached: float, steps: int) -> Bound:
    """Bound what any choice of sites covers.

    Args:
        cover: What each candidate covers.
        sites: How many may be chosen.
        reached: What the best choice known covers.
        steps: How many subgradient steps to take at the most.
    """
    weight = cover.weight
    price = weight / np.maximum(np.minimum(np.diff(cover.seen_by.indptr), sites), 1)
    best, profit, stale, scale = np.inf, np.zeros(cover.candidates), 0, 1.5
    sees, seen_by, chosen_of = cover.sees, cover.seen_by, np.zeros(cover.candidates)
    for _ in range(steps):
        earned = sees @ price
        top = np.argpartition(-earned, sites - 1)[:sites] if sites < len(earned) else slice(None)
        value = float((weight - price).sum() + earned[top].sum())
        if value < best - 1e-9 * abs(best if np.isfinite(best) else 1):
            best, profit, stale = value, earned, 0
        else:
            stale += 1
        if stale >= _PATIENCE:
            stale, scale = 0, scale / 2
        if best - reached < cover.least_better * (1 - 1e-6) or scale < _SMALLEST_STEP:
            break
        chosen_of[:] = 0
        chosen_of[top] = 1
        slope = seen_by @ chosen_of - (price < weight)
        # A price at its limit cannot go beyond it.
        slope[(price <= 0) & (slope > 0)] = 0
        length = float(slope @ slope)
        if length == 0:
            break
        price = np.clip(price - scale * (value - reached) / length * slope, 0, weight)
    # Whole people: what is more than a whole number cannot be reached.
    whole = np.floor(best + 1e-6) if cover.whole else best
    return Bound(max(float(whole), reached), profit)
