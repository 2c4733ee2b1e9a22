"""Maximal covering, from a first answer to a proof: where so many sites cover most.

A heuristic answers at once, a bound says how good the answer is, and what the bound settles is left
out of the exact search. Where the proof is not done in time the heuristic's answer stands, so the
same question always has the same answer, however fast the machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering.bounds import Bound, bound
from netmap.networks.covering.cover import Cover
from netmap.networks.covering.exact import prove
from netmap.networks.covering.picking import pick, ruin_and_refill

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEPS = 400
_ROUNDS = 100
# So many pairs are gone over by ruin and refill; a round takes about ten times those there are.
_PAIRS = 400_000_000


@dataclass(frozen=True, eq=False)
class Solution:
    """A choice of sites, and how good it is.

    Attributes:
        sites: Indices of candidates, int64, in order.
        value: What they cover.
        bound: What no choice of so many sites can surpass.
        optimal: Whether no choice is better.
    """

    sites: "NDArray[np.int64]"
    value: float
    bound: float
    optimal: bool

    @property
    def bound_gap(self) -> float:
        """The share of the bound that may still be missing, 0 to 1."""
        return 0.0 if self.optimal or not self.bound else 1 - self.value / self.bound


def solve(
    cover: Cover,
    sites: int,
    seconds: float,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Solution:
    """Choose so many sites that cover most.

    Args:
        cover: What each candidate covers.
        sites: How many, at the most; fewer are chosen where more would add nothing.
        seconds: How long to try to prove the answer; nought gives the heuristic's with its bound.
        progress: Told what is being done.
    """
    progress("Choosing places")
    merged = cover.merged()
    chosen = pick(merged, sites)
    if len(chosen) < sites or len(chosen) == merged.candidates:  # nothing is left to choose
        return _proved(merged, chosen)
    progress("Working out what is possible at most")
    limit = bound(merged, sites, merged.value(chosen), _STEPS)
    if not _closed(merged, limit.value, chosen):
        progress("Looking for better places")
        chosen = ruin_and_refill(
            merged,
            chosen,
            sites,
            _rounds(merged),
            lambda value: limit.value - value < merged.least_better,
        )
    if _closed(merged, limit.value, chosen):
        return _proved(merged, chosen)
    if seconds <= 0:
        return Solution(chosen, merged.value(chosen), limit.value, optimal=False)
    progress("Proving that no places are better")
    return _exactly(merged, sites, chosen, limit, seconds)


def _exactly(
    cover: Cover, sites: int, chosen: "NDArray[np.int64]", limit: Bound, seconds: float
) -> Solution:
    """Search among the candidates that may be in a better choice."""
    value = cover.value(chosen)
    out, must = limit.settled(sites, value + cover.least_better)
    given, left = np.flatnonzero(must), np.flatnonzero(~out & ~must)
    covered = cover.covered(given)
    smaller = cover.only(left, ~covered)
    found = prove(smaller, sites - len(given), seconds)
    at_hand = float(cover.weight[covered].sum())
    if found.sites is not None and found.proved:
        other = np.sort(np.concatenate([given, left[found.sites]]))
        if cover.value(other) >= value + cover.least_better:
            return _proved(cover, other)
        return _proved(cover, chosen)
    most = min(limit.value, max(value, at_hand + found.bound))
    most = float(np.floor(most + 1e-6)) if cover.whole else most
    return Solution(chosen, value, most, optimal=most - value < cover.least_better)


def _closed(cover: Cover, most: float, chosen: "NDArray[np.int64]") -> bool:
    return most - cover.value(chosen) < cover.least_better


def _proved(cover: Cover, chosen: "NDArray[np.int64]") -> Solution:
    value = cover.value(chosen)
    return Solution(chosen, value, value, optimal=True)


def _rounds(cover: Cover) -> int:
    """Do less of what is long."""
    return max(min(_ROUNDS, _PAIRS // max(int(cover.seen_by.nnz), 1)), _ROUNDS // 10)
