"""A tree of boxes over points, each box with the layers that any point in it belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAF = 8
_BITS = 16


@dataclass(frozen=True, eq=False)
class Tree:
    """Boxes in the order of a heap: the first is at 1, and those below n at 2n and 2n + 1.

    Attributes:
        points: Along a space-filling curve, metres, shape (m, 2); LEAF of them in a leaf.
        layers: The bits of each point.
        boxes: West, south, east and north of each box; empty boxes are infinitely far.
        masks: The bits of all points in each box.
    """

    points: "NDArray[np.float64]"
    layers: "NDArray[np.uint64]"
    boxes: "NDArray[np.float64]"
    masks: "NDArray[np.uint64]"


def tree_of(points: "NDArray[np.float64]", layers: "NDArray[np.uint64]") -> Tree:
    """Build the tree.

    Args:
        points: Metric CRS, metres, shape (m, 2), finite; at least one.
        layers: The layers of each point, as bits.
    """
    order = np.argsort(along_curve(points), kind="stable")
    points, layers = np.ascontiguousarray(points[order]), layers[order]
    leaves = 1 << max(int(np.ceil(np.log2(len(points) / LEAF))), 0)
    padded = np.full((leaves * LEAF, 2), np.inf)
    padded[: len(points)] = points
    low = padded.reshape(leaves, LEAF, 2).min(axis=1)
    padded[len(points) :] = -np.inf
    high = padded.reshape(leaves, LEAF, 2).max(axis=1)
    bits = np.zeros(leaves * LEAF, dtype=np.uint64)
    bits[: len(points)] = layers
    boxes = np.empty((2 * leaves, 4))
    masks = np.zeros(2 * leaves, dtype=np.uint64)
    boxes[0] = np.nan
    boxes[leaves:, :2], boxes[leaves:, 2:] = low, high
    masks[leaves:] = np.bitwise_or.reduce(bits.reshape(leaves, LEAF), axis=1)
    while leaves > 1:
        half = leaves // 2
        below = boxes[leaves : 2 * leaves]
        boxes[half:leaves, :2] = np.minimum(below[0::2, :2], below[1::2, :2])
        boxes[half:leaves, 2:] = np.maximum(below[0::2, 2:], below[1::2, 2:])
        masks[half:leaves] = masks[leaves : 2 * leaves : 2] | masks[leaves + 1 : 2 * leaves : 2]
        leaves = half
    return Tree(points, layers, boxes, masks)


def along_curve(points: "NDArray[np.float64]") -> "NDArray[np.uint64]":
    """Number points along a Z-order curve (Morton, 1966), so that neighbours have near numbers."""
    low = points.min(axis=0)
    extent = max(float((points.max(axis=0) - low).max()), 1e-9)
    cells = ((points - low) / extent * ((1 << _BITS) - 1)).astype(np.uint64)
    return _spread(cells[:, 0]) | (_spread(cells[:, 1]) << np.uint64(1))


def _spread(number: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Put a nought between any two bits of 16-bit numbers."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        number = (number | (number << np.uint64(shift))) & np.uint64(mask)
    return number
