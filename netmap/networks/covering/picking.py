"""Choosing sites quickly: greedily, then by exchanges, then by ruin and refill.

The gain of every candidate is kept up to date, so each pair of area and candidate is looked at
once when its area is first covered; that is the choice of lazy greedy (Leskovec et al. 2007, after
Minoux 1978) without its queue. Greedy alone reaches at least 1 - 1/e of the best (Nemhauser,
Wolsey and Fisher 1978); exchange is that of Teitz and Bart (1968); ruin and refill that of Schrimpf
et al. (2000), with a fixed seed.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering.cover import Cover

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sites = NDArray[np.int64]

_SEED = 7
_PART = 0.3  # of the sites are taken away and chosen anew
_NOISE = 0.15
_MOST_PASSES = 20


class Picks:
    """Sites chosen so far; the one thing here that changes.

    Attributes:
        cover: What each candidate covers.
        sites: The chosen candidates, in the order in which they were chosen.
        times: How many of them cover each area, int32.
        gains: What each candidate would add, float64.
    """

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        self.sites: list[int] = []
        self.times = np.zeros(len(cover.weight), dtype=np.int32)
        self.gains: NDArray[np.float64] = cover.sees @ cover.weight
        self._free = np.ones(cover.candidates, dtype=bool)

    def add(self, site: int) -> None:
        """Choose a site."""
        rows = self._rows(site)
        self._change(rows[self.times[rows] == 0], -1.0)
        self.times[rows] += 1
        self._free[site] = False
        self.sites.append(site)

    def remove(self, site: int) -> None:
        """Take a site back."""
        rows = self._rows(site)
        self.times[rows] -= 1
        self._change(rows[self.times[rows] == 0], 1.0)
        self._free[site] = True
        self.sites.remove(site)

    def _put_back(self, site: int, gains: "NDArray[np.float64]") -> None:
        """Choose a site again that was just taken back, with the gains there were before."""
        self.times[self._rows(site)] += 1
        self.gains = gains
        self._free[site] = False
        self.sites.append(site)

    def best(self, liking: "NDArray[np.float64] | float" = 1.0) -> tuple[int, float]:
        """Find the candidate that adds most, the first of equals, and what it adds.

        Args:
            liking: A factor for each candidate's gain.
        """
        site = int(np.argmax(np.where(self._free, self.gains * liking, -1.0)))
        return site, float(self.gains[site]) if self._free[site] else 0.0

    def fill(self, sites: int, liking: "NDArray[np.float64] | float" = 1.0) -> None:
        """Choose greedily until there are so many, or until nothing more is added."""
        while len(self.sites) < sites:
            site, gain = self.best(liking)
            if gain < self.cover.least_better:
                return
            self.add(site)

    def exchange(self) -> None:
        """Exchange single sites for better ones until no exchange is better."""
        least = self.cover.least_better
        for _ in range(_MOST_PASSES):
            before = list(self.sites)
            for site in before:
                gains = self.gains.copy()
                self.remove(site)
                other, gain = self.best()
                if gain >= self.gains[site] + least:
                    self.add(other)
                else:
                    self._put_back(site, gains)
            if set(before) == set(self.sites):
                return

    @property
    def value(self) -> float:
        """Add up what is covered."""
        return float(self.cover.weight[self.times > 0].sum())

    def _rows(self, site: int) -> "NDArray[np.int32]":
        start, end = self.cover.sees.indptr[site : site + 2]
        rows: NDArray[np.int32] = self.cover.sees.indices[start:end]
        return rows

    def _change(self, rows: "NDArray[np.int32]", sign: float) -> None:
        """Let areas count for those who cover them, or no longer."""
        if not len(rows):
            return
        starts = self.cover.seen_by.indptr[rows]
        many = self.cover.seen_by.indptr[rows + 1] - starts
        ends = np.cumsum(many)
        pairs = np.arange(ends[-1]) + np.repeat(starts - ends + many, many)
        each = np.repeat(self.cover.weight[rows] * sign, many)
        seen_by = self.cover.seen_by.indices[pairs]
        self.gains += np.bincount(seen_by, weights=each, minlength=self.cover.candidates)


def pick(cover: Cover, sites: int) -> "Sites":
    """Choose sites greedily and exchange them until no single exchange is better.

    Args:
        cover: What each candidate covers.
        sites: How many, at the most; fewer where more would add nothing.

    Returns:
        Indices of candidates, int64, in order.
    """
    picks = Picks(cover)
    if cover.candidates:
        picks.fill(sites)
        picks.exchange()
    return _sorted(picks)


def ruin_and_refill(
    cover: Cover,
    start: "Sites",
    sites: int,
    rounds: int,
    enough: Callable[[float], bool] = lambda _: False,
) -> "Sites":
    """Take some sites away at random, fill up with a grain of chance, and keep what is better.

    Args:
        cover: What each candidate covers.
        start: The choice to begin with.
        sites: How many, at the most.
        rounds: How often.
        enough: Tells whether a value need not be bettered.

    Returns:
        Indices of candidates, int64, in order; as good as `start` or better.
    """
    chance = np.random.default_rng(_SEED)
    best, value = start, cover.value(start)
    picks = Picks(cover)
    for site in start.tolist():
        picks.add(site)
    for _ in range(rounds if len(start) > 1 else 0):
        if enough(value):
            break
        fewer = max(int(len(best) * _PART), 2)
        for site in chance.choice(best, min(fewer, len(best)), replace=False).tolist():
            picks.remove(site)
        picks.fill(sites, 1.0 - _NOISE * chance.random(cover.candidates))
        picks.exchange()
        if picks.value >= value + cover.least_better:
            best, value = _sorted(picks), picks.value
            continue
        for site in sorted(set(picks.sites) - set(best.tolist())):
            picks.remove(site)
        for site in sorted(set(best.tolist()) - set(picks.sites)):
            picks.add(site)
    return best


def _sorted(picks: Picks) -> "Sites":
    return np.array(sorted(picks.sites), dtype=np.int64)
