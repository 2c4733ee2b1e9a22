"""How unequally something is spread over people: arrays in, numbers out.

Every person counts alike: a value stands for as many people as its weight. Values that are NaN and
weights that are NaN or nought are left out.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def weighted_quantile(
    values: "NDArray[np.float64]", weights: "NDArray[np.float64]", share: float
) -> float:
    """Find the value that a share of people do not exceed.

    Source: the inverse of the empirical distribution function, type 1 of Hyndman and Fan (1996).

    Args:
        values: One for each group of people, shape (n,); infinity is larger than all.
        weights: How many people each stands for, shape (n,).
        share: Of people, above 0, at most 1; 0.5 is the median.

    Returns:
        One of the values; NaN where there are no people.
    """
    values, weights = _known(values, weights)
    if not len(values):
        return np.nan
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    # A hair less, so that half of the people are half of them whatever rounding says.
    wanted = share * running[-1] * (1 - 1e-12)
    return float(values[order][np.searchsorted(running, wanted)])


def gini(values: "NDArray[np.float64]", weights: "NDArray[np.float64]") -> float:
    """Work out the Gini coefficient: 0 where all have alike, towards 1 where one has all.

    Source: the trapezia under the Lorenz curve of grouped data, Brown (1994), Social Science and
    Medicine 38(9).

    Args:
        values: What each person of a group has, nought or more and finite, shape (n,).
        weights: How many people each stands for, shape (n,).

    Returns:
        NaN where there are no people, and where nobody has anything.
    """
    values, weights = _known(values, weights)
    order = np.argsort(values, kind="stable")
    held = np.concatenate([[0.0], np.cumsum(values[order] * weights[order])])
    if not held[-1] > 0 or not np.isfinite(held[-1]):
        return np.nan
    twice_under = float(((held[1:] + held[:-1]) * weights[order]).sum())
    return 1 - twice_under / (float(held[-1]) * float(weights.sum()))


def concentration_index(
    values: "NDArray[np.float64]",
    weights: "NDArray[np.float64]",
    rank_by: "NDArray[np.float64]",
) -> float:
    """Tell on which side of a ranking of people something is concentrated.

    Twice the covariance of the values and people's fractional rank, over the mean; those who rank
    alike all have the rank of their middle. Source: Kakwani, Wagstaff and van Doorslaer (1997),
    Journal of Econometrics 77(1), equation for grouped data.

    Args:
        values: What each person of a group has, finite, shape (n,).
        weights: How many people each stands for, shape (n,).
        rank_by: What people are ranked by, the worst off lowest, shape (n,); NaN where not known.

    Returns:
        From -1 to 1: below nought where the worst off have more, above where they have less, 0
        where it makes no difference. NaN where there are no people, or the mean is nought.
    """
    ranked = np.isfinite(rank_by) & np.isfinite(values) & (np.nan_to_num(weights) > 0)
    values, weights, rank_by = values[ranked], weights[ranked], rank_by[ranked]
    people = weights.sum()
    mean = (values * weights).sum() / people if people > 0 else 0.0
    if not mean:
        return np.nan
    _, group = np.unique(rank_by, return_inverse=True)
    alike = np.bincount(group, weights=weights)
    rank = ((np.cumsum(alike) - alike / 2) / people)[group]
    # People's mean rank is a half whatever their ties.
    covariance = (weights * (values - mean) * (rank - 0.5)).sum() / people
    return float(2 * covariance / mean)


def _known(
    values: "NDArray[np.float64]", weights: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], NDArray[np.float64]]":
    known = ~np.isnan(values) & (np.nan_to_num(weights) > 0)
    return values[known], weights[known]
