"""How much any choice of sites can cover at the most, and which candidates need no longer be tried.

The constraint that an area is covered only by a chosen site is given a price (Lagrangian
relaxation; for this problem Galvao and ReVelle 1996); what the priced problem reaches, no choice
can surpass. Prices are bettered by subgradient steps (Held, Wolfe and Crowder 1974), each leaning
on the one before (Camerini, Fratta and Maffioli 1975). A candidate without which, or with which,
the bound falls below the answer in hand is settled for good.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering.cover import Cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_PATIENCE = 20
_LEANING = 0.5
_SMALLEST_STEP = 1e-3


@dataclass(frozen=True, eq=False)
class Bound:
    """What no choice can surpass.

    Attributes:
        value: The bound; whole where all weights are.
        priced: What the priced problem reaches, from which `value` was rounded down.
        profit: What each candidate earns at the best prices found, float64.
    """

    value: float
    priced: float
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
        hair = 1e-9 * max(abs(self.priced), 1.0)
        out = ~inside & (self.priced - last + self.profit + hair < least)
        must = inside & (self.priced - self.profit + following + hair < least)
        return out, must


def bound(cover: Cover, sites: int, reached: float, steps: int) -> Bound:
    """Bound what any choice of sites covers.

    Args:
        cover: What each candidate covers.
        sites: How many may be chosen.
        reached: What the best choice known covers.
        steps: How many subgradient steps to take at the most.
    """
    weight, price = cover.weight, cover.weight.copy()
    best, profit, stale, scale = np.inf, np.zeros(cover.candidates), 0, 1.0
    way = np.zeros(len(weight))
    for step in range(steps):
        earned = cover.sees @ price
        top = np.argpartition(-earned, sites - 1)[:sites] if sites < len(earned) else slice(None)
        value = float((weight - price).sum() + earned[top].sum())
        stale += 1
        if value < best:
            best, profit, stale = value, earned, 0
        if stale >= _PATIENCE:
            stale, scale = 0, scale / 2
        if best - reached < cover.least_better * (1 - 1e-6) or scale < _SMALLEST_STEP:
            break
        chosen = np.zeros(cover.candidates)
        chosen[top] = 1
        slope = cover.seen_by @ chosen - (price < weight)
        way = slope if step == 0 else _LEANING * way + (1 - _LEANING) * slope
        # A price at its limit cannot go beyond it.
        open_ = np.where(way > 0, price > 0, price < weight)
        length = float(np.square(way[open_]).sum())
        if length == 0:
            break
        price = np.clip(price - scale * (value - reached) / length * way, 0, weight)
    # Whole people: what is more than a whole number cannot be reached.
    whole = np.floor(best + 1e-6) if cover.whole else best
    return Bound(max(float(whole), reached), best, profit)
