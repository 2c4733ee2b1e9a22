"""Reach of few areas, on whole matrices of distances; a ten-region network waits for nothing.

Functions have the meaning of their namesakes in :mod:`netmap.networks.reach.layers`; points are
finite here. The compiled loops are compared with these.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Layers = NDArray[np.bool_]

_EDGE_LOG = np.log(0.01)  # what the Gaussian falls to at the edge


def metres_between(areas: "Points", activities: "Points") -> "Points":
    """Measure from each area to each activity, metres, shape (n, m)."""
    apart = areas[:, None, :] - activities[None, :, :]
    metres: Points = np.sqrt(np.square(apart).sum(axis=2))
    return metres


def nearest_m(areas: "Points", activities: "Points", layers: "Layers") -> "Points":
    """Measure to the nearest activity of each layer, metres, shape (n, layers)."""
    metres = metres_between(areas, activities)
    found = np.full((len(areas), layers.shape[1]), np.inf)
    for n, chosen in enumerate(layers.T):
        if chosen.any():
            found[:, n] = metres[:, chosen].min(axis=1)
    return found


def counts(
    areas: "Points",
    activities: "Points",
    weights: "NDArray[np.int64]",
    kinds: "NDArray[np.int64]",
    radius: "NDArray[np.float64]",
) -> "NDArray[np.int64]":
    """Add up the weights within each radius, by kind, shape (n, kinds)."""
    within = metres_between(areas, activities) <= radius[:, None]
    by_kind = np.zeros((len(activities), int(kinds.max()) + 1), dtype=np.int64)
    by_kind[np.arange(len(activities)), kinds] = weights
    return within.astype(np.int64) @ by_kind


def list_pairs(
    areas: "Points", activities: "Points", radius: "NDArray[np.float64]"
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """List areas and activities of all pairs within the radii, by area, then activity."""
    area, activity = np.nonzero(metres_between(areas, activities) <= radius[:, None])
    return area, activity


def supply(
    areas: "Points",
    activities: "Points",
    people: "Points",
    supplied: "NDArray[np.float64]",
    layers: "Layers",
    radius: "NDArray[np.float64]",
    *,
    gaussian: bool,
) -> "Points":
    """Share each activity among people, and add the shares up (E2SFCA), shape (n, layers)."""
    part = metres_between(areas, activities) / radius[:, None]
    weights = np.exp(_EDGE_LOG * np.square(part)) if gaussian else np.ones_like(part)
    weights[part > 1] = 0
    demanded = weights.T @ people
    ratio = np.divide(
        supplied[:, None], demanded, out=np.zeros_like(demanded), where=(demanded > 0) & layers
    )
    shared: Points = weights @ ratio
    return shared
