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
    metres = np.square(areas[:, None, 0] - activities[None, :, 0])
    metres += np.square(areas[:, None, 1] - activities[None, :, 1])
    return np.sqrt(metres, out=metres)


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
    layers: "Layers",
    radius: "NDArray[np.float64]",
) -> "NDArray[np.int64]":
    """Add up the weights within each radius, by layer, shape (n, layers)."""
    within = (metres_between(areas, activities) <= radius[:, None]).astype(np.float64)
    # Whole numbers are exact as floats, up to 2**53, and multiplied by faster code.
    return np.rint(within @ (layers * weights[:, None]).astype(np.float64)).astype(np.int64)


def list_pairs(
    areas: "Points", activities: "Points", radius: "NDArray[np.float64]"
) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]":
    """List all pairs within the radii, by area, then activity: their numbers and the metres."""
    metres = metres_between(areas, activities)
    area, activity = np.nonzero(metres <= radius[:, None])
    return area, activity, metres[area, activity]


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
    part = metres_between(areas, activities)
    part /= radius[:, None]
    beyond = part > 1
    weights = np.exp(_EDGE_LOG * np.square(part, out=part)) if gaussian else np.ones_like(part)
    weights[beyond] = 0
    demanded = weights.T @ people
    ratio = np.divide(
        supplied[:, None], demanded, out=np.zeros_like(demanded), where=(demanded > 0) & layers
    )
    shared: Points = weights @ ratio
    return shared
