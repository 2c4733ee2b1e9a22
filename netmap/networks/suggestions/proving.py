"""The best choice of sites, proved by a solver where there is time."""

from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.suggestions.choosing import Choice
from netmap.networks.suggestions.covering import Covering

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GOOD = 1e-6  # of the people; a choice this near its bound is the best


def proved(problem: Covering, found: Choice, sites: int, seconds: float) -> Choice:
    """Prove a choice the best, or find a better one, by HiGHS within some time.

    Candidates are chosen or not; what is covered follows, so it need not be whole. Where time
    runs out, the better of the two choices stays, with the lower of the two bounds.

    Args:
        problem: Who would be covered from where.
        found: A choice, with its bound.
        sites: How many, at most.
        seconds: How long the solver may take.
    """
    if found.gap <= _GOOD or seconds <= 0 or not len(problem.weights):
        return found
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  # only needed here
    from scipy.sparse import eye_array, hstack  # noqa: PLC0415

    candidates, rows = problem.covers.shape
    whole = np.zeros(candidates + rows)
    whole[:candidates] = 1
    only_from_sites = hstack([-problem.covers.T, eye_array(rows)], format="csr")
    so_many = np.concatenate([np.ones(candidates), np.zeros(rows)])
    solved = milp(
        np.concatenate([np.zeros(candidates), -problem.weights]),
        integrality=whole,
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(only_from_sites, -np.inf, 0),
            LinearConstraint(so_many[None, :], -np.inf, sites),
        ],
        options={"time_limit": seconds, "mip_rel_gap": _GOOD},
    )
    bound = found.bound
    if solved.mip_dual_bound is not None and np.isfinite(solved.mip_dual_bound):
        bound = min(bound, -float(solved.mip_dual_bound))
    best = found
    if solved.x is not None:
        chosen: NDArray[np.int64] = np.flatnonzero(solved.x[:candidates] > 0.5)  # noqa: PLR2004
        if problem.people(chosen) > found.people * (1 + 1e-12):
            best = Choice(chosen, problem.people(chosen), bound)
    return Choice(best.sites, best.people, max(bound, best.people))


def is_best(choice: Choice) -> bool:
    """Tell whether a choice is proved the best, to a millionth of the people."""
    return choice.gap <= _GOOD
