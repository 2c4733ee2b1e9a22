"""A good choice of sites at once, and a bound on how much better any other could be.

Greedy first, then swaps, then rounds of taking some sites away and filling up again. The bound is
Lagrangian: no choice of as many sites can cover more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.suggestions.covering import Covering

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sites = NDArray[np.int64]

_ROUNDS, _STEPS = 200, 300
_SEED = 7
_TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Choice:
    """Sites, and what they cover.

    Attributes:
        sites: Indices of candidates, in order.
        people: Who is covered from them.
        bound: What no choice of as many sites can exceed.
    """

    sites: "Sites"
    people: float
    bound: float

    @property
    def gap(self) -> float:
        """How much of the bound may be missing, 0 to 1; nought where the choice is the best."""
        return max(0.0, 1 - self.people / self.bound) if self.bound > 0 else 0.0


def choose(
    problem: Covering,
    sites: int,
    *,
    rounds: int = _ROUNDS,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Choice:
    """Choose sites.

    Args:
        problem: Who would be covered from where.
        sites: How many, at most; none that would cover nobody more is chosen.
        rounds: How often to take some away and fill up again.
        progress: Told what is being done.
    """
    progress("Choosing sites one by one")
    chosen = _filled(problem, np.empty(0, dtype=np.int64), sites)
    progress("Swapping sites")
    chosen = _swapped(problem, chosen)
    random = np.random.default_rng(_SEED)
    best, people = chosen, problem.people(chosen)
    for n in range(rounds if len(best) > 1 else 0):
        progress(f"Trying other sites, round {n + 1} of {rounds}")
        gone = random.choice(len(best), size=min(len(best), 2 + n % 3), replace=False)
        other = _swapped(problem, _filled(problem, np.delete(best, gone), sites), most=1)
        covered = problem.people(other)
        if covered > people * (1 + _TINY):
            best, people = other, covered
    progress("Working a bound out")
    bound = lagrangian_bound(problem, sites, people)
    return Choice(np.sort(best), people, max(bound, people))


def _filled(problem: Covering, chosen: "Sites", sites: int) -> "Sites":
    """Add the site that covers most people more, until there are enough; the first of equals."""
    left = problem.weights.copy()
    left[problem.covered(chosen)] = 0
    picked = list(chosen)
    while len(picked) < sites:
        gains = problem.covers @ left
        site = int(np.argmax(gains)) if len(gains) else -1
        if site < 0 or gains[site] <= _TINY:
            break
        picked.append(site)
        left[problem.rows_of(site)] = 0
    return np.array(picked, dtype=np.int64)


def _swapped(problem: Covering, chosen: "Sites", *, most: int = 20) -> "Sites":
    """Swap one site for another while that covers more people."""
    chosen = chosen.copy()
    times = np.zeros(len(problem.weights), dtype=np.int64)
    for site in chosen:
        times[problem.rows_of(int(site))] += 1
    for _ in range(most):
        better = False
        for place, site in enumerate(chosen.tolist()):
            own = problem.rows_of(site)
            times[own] -= 1
            gains = problem.covers @ np.where(times == 0, problem.weights, 0.0)
            other = int(np.argmax(gains))
            if gains[other] > gains[site] * (1 + _TINY) + _TINY:
                chosen[place], better = other, True
            times[problem.rows_of(int(chosen[place]))] += 1
        if not better:
            break
    return chosen


def lagrangian_bound(problem: Covering, sites: int, people: float) -> float:
    """Find what no choice of so many sites can exceed.

    The condition that covered rows are covered from somewhere is given a price, which is moved by
    subgradients (Galvao and ReVelle, 1996).

    Args:
        problem: Who would be covered from where.
        sites: How many.
        people: What a choice at hand covers.
    """
    weights = problem.weights
    if not len(weights) or sites <= 0:
        return 0.0
    into = problem.covers.T.tocsr()
    often = np.maximum(np.asarray(problem.covers.sum(axis=0)).reshape(-1), 1)
    price = weights / np.minimum(often, sites)
    best, step = float(weights.sum()), 1.0
    waited = 0
    for _ in range(_STEPS):
        worth = problem.covers @ price
        top = np.argpartition(-worth, min(sites, len(worth)) - 1)[:sites]
        bound = float(worth[top].sum() + np.maximum(weights - price, 0).sum())
        if bound < best - _TINY:
            best, waited = bound, 0
        else:
            waited += 1
            if waited >= 10:  # noqa: PLR2004  # the usual patience
                step, waited = step / 2, 0
        chosen = np.zeros(len(worth))
        chosen[top] = 1
        slope = (weights > price).astype(np.float64) - into @ chosen
        length = float(slope @ slope)
        if length == 0 or best - people <= people * _TINY:
            break
        price = np.clip(price + step * (bound - people) / length * slope, 0, weights)
    return best
