"""A tree of boxes over points, each box with the layers that any point in it belongs to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAF = 16
WORD = 64
_BITS = 16


@dataclass(frozen=True, eq=False)
class Tree:
    """Boxes in the order of a heap: the first is at 1, and those below n at 2n and 2n + 1.

    Attributes:
        x: Eastings of points along a space-filling curve, metres; LEAF of them in a leaf.
        y: Their northings.
        bits: The layers of each point, one bit for each.
        boxes: West, south, east and north of each box; empty boxes are infinitely far.
        masks: The bits of all points in each box.
    """

    x: "NDArray[np.float64]"
    y: "NDArray[np.float64]"
    bits: "NDArray[np.uint64]"
    boxes: "NDArray[np.float64]"
    masks: "NDArray[np.uint64]"


def tree_of(points: "NDArray[np.float64]", layers: "NDArray[np.bool_]") -> Tree:
    """Build the tree.

    Args:
        points: Metric CRS, metres, shape (m, 2), finite; at least one.
        layers: Which points are in which layer, shape (m, layers), at most WORD of these.
    """
    order = np.argsort(along_curve(points), kind="stable")
    x, y, bits = points[order, 0], points[order, 1], _as_bits(layers[order])
    leaves = 1 << max(int(np.ceil(np.log2(len(points) / LEAF))), 0)
    boxes = np.stack(
        [
            _upwards(x, leaves, np.inf, np.minimum),
            _upwards(y, leaves, np.inf, np.minimum),
            _upwards(x, leaves, -np.inf, np.maximum),
            _upwards(y, leaves, -np.inf, np.maximum),
        ],
        axis=1,
    )
    return Tree(x, y, bits, boxes, _upwards(bits, leaves, 0, np.bitwise_or))


def _upwards(
    values: "NDArray[Any]", leaves: int, nothing: float, joined: np.ufunc
) -> "NDArray[Any]":
    """Join the values of points in leaves, and of those in boxes above them, as a heap."""
    level = np.full(leaves * LEAF, nothing, dtype=values.dtype)
    level[: len(values)] = values
    heap = np.full(2 * leaves, nothing, dtype=values.dtype)
    while len(level) > 1:
        level = joined(level[0::2], level[1::2])
        if len(level) <= leaves:
            heap[len(level) : 2 * len(level)] = level
    return heap


def _as_bits(layers: "NDArray[np.bool_]") -> "NDArray[np.uint64]":
    """Write the layers of each point as the bits of one word, the first as the lowest."""
    octets = np.zeros((len(layers), WORD // 8), dtype=np.uint8)
    packed = np.packbits(layers, axis=1, bitorder="little")
    octets[:, : packed.shape[1]] = packed
    return octets.view("<u8").astype(np.uint64)[:, 0]


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
