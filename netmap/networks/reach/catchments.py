"""Pairs of areas and activities within reach, by kilometres or by minutes, and what is there.

Where distances are straight lines nothing needs pairs but lists of names, and
:mod:`netmap.networks.reach.layers` does without them; travel times come as pairs.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
_EDGE = 0.01  # what the Gaussian falls to at the edge of the catchment


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sparse area-activity pairs within the catchments, in order of area, then activity.

    Attributes:
        area: Index of the area, int64.
        activity: Index of the activity, int64.
        km: The distance, kilometres with detour, float64.
    """

    area: "NDArray[np.int64]"
    activity: "NDArray[np.int64]"
    km: "NDArray[np.float64]"


def decay_weights(
    km: "NDArray[np.float64]", catchment_km: "NDArray[np.float64]", decay: str
) -> "NDArray[np.float64]":
    """Weigh distances: 1 on the spot, falling to 1 % at the edge (Gaussian), or 1 (step).

    Source: Gaussian decay after Luo and Qi (2009), scaled to the catchment's edge.
    """
    if decay == "step":
        return np.ones_like(km)
    falling: NDArray[np.float64] = np.exp(np.log(_EDGE) * np.square(km / catchment_km))
    return falling


def supply_per_1000(
    pairs: Pairs,
    weights: "NDArray[np.float64]",
    people: "NDArray[np.float64]",
    supply: "NDArray[np.float64]",
) -> "NDArray[np.float64]":
    """Work out the supply of activities per 1,000 people of each area (E2SFCA).

    First each activity is shared among the people who can get to it, near ones more; then each
    area adds up the shares it can get to. Source: enhanced two-step floating catchment area, Luo
    and Qi (2009).

    Args:
        pairs: Area-activity pairs within the catchments.
        weights: The decay of each pair.
        people: People of each area; NaN counts as nobody.
        supply: What each activity counts for.

    Returns:
        Activities per 1,000 people, in the order of `people`.
    """
    demand = np.bincount(
        pairs.activity,
        weights=np.nan_to_num(people)[pairs.area] * weights,
        minlength=len(supply),
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(demand > 0, supply / demand, 0.0)
    shares = np.bincount(pairs.area, weights=ratio[pairs.activity] * weights, minlength=len(people))
    return shares.astype(np.float64) * 1000
