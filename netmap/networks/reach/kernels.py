"""The loops over pairs of areas and activities, compiled when a register is large.

Nothing of these pairs is kept: an area walks the cells of a grid around it, row by row, and adds
up. numba compiles each loop on first use and keeps the result beside this file or, where that may
not be written, in the user's cache. Points are metres in one metric CRS; grids are those of
:mod:`netmap.networks.reach.grids`, trees those of :mod:`netmap.networks.reach.trees`.
"""

from typing import Any

import numpy as np
from numba import njit

_compiled: Any = njit(cache=True, nogil=True, error_model="numpy", fastmath={"contract"})
_STACK = 128
_EDGE_LOG = -4.605170185988091  # what the Gaussian falls to at the edge: the logarithm of 0.01


@_compiled
def _rows(y: float, radius: float, low: float, cell: float, size: int) -> tuple[int, int]:
    first = int(np.floor((y - radius - low) / cell))
    last = int(np.floor((y + radius - low) / cell))
    return max(first, 0), min(last, size - 1)


@_compiled
def _span(
    x: float,
    y: float,
    row: int,
    radius: float,
    origin: np.ndarray,
    cell: float,
    size: int,
) -> tuple[int, int]:
    """Find the cells of one row that a circle touches."""
    bottom = origin[1] + row * cell
    away = max(bottom - y, y - bottom - cell, 0.0)
    half = np.sqrt(max(radius * radius - away * away, 0.0))
    first = int(np.floor((x - half - origin[0]) / cell))
    last = int(np.floor((x + half - origin[0]) / cell))
    return max(first, 0), min(last, size - 1)


@_compiled
def count(
    start: int,
    stop: int,
    at: np.ndarray,
    radius: np.ndarray,
    origin: np.ndarray,
    cell: float,
    shape: np.ndarray,
    begins: np.ndarray,
    points: np.ndarray,
    kind: np.ndarray,
    weight: np.ndarray,
    found: np.ndarray,
) -> None:
    """Add up the weights of what lies within each radius, by kind, into `found`."""
    for i in range(start, stop):
        x, y, reach = at[i, 0], at[i, 1], radius[i]
        limit = reach * reach
        first, last = _rows(y, reach, origin[1], cell, shape[0])
        for row in range(first, last + 1):
            left, right = _span(x, y, row, reach, origin, cell, shape[1])
            if left > right:
                continue
            for j in range(begins[row * shape[1] + left], begins[row * shape[1] + right + 1]):
                dx, dy = points[j, 0] - x, points[j, 1] - y
                if dx * dx + dy * dy <= limit:
                    found[i, kind[j]] += weight[j]


@_compiled
def list_within(
    start: int,
    stop: int,
    at: np.ndarray,
    radius: np.ndarray,
    origin: np.ndarray,
    cell: float,
    shape: np.ndarray,
    begins: np.ndarray,
    points: np.ndarray,
    order: np.ndarray,
    begins_at: np.ndarray,
    listed: np.ndarray,
) -> None:
    """Write down what lies within each radius, in order, from `begins_at` on."""
    for i in range(start, stop):
        x, y, reach = at[i, 0], at[i, 1], radius[i]
        limit = reach * reach
        n = begins_at[i]
        first, last = _rows(y, reach, origin[1], cell, shape[0])
        for row in range(first, last + 1):
            left, right = _span(x, y, row, reach, origin, cell, shape[1])
            if left > right:
                continue
            for j in range(begins[row * shape[1] + left], begins[row * shape[1] + right + 1]):
                dx, dy = points[j, 0] - x, points[j, 1] - y
                if dx * dx + dy * dy <= limit:
                    listed[n] = order[j]
                    n += 1
        listed[begins_at[i] : n].sort()


@_compiled
def _gaussian(part: float) -> float:
    """The decay at a part (0 to 1) of the squared catchment: exp(log(0.01) part).

    A Taylor series around the middle of a fourth of the exponent, then squared twice: exact to
    about 1e-14, and without a call, so that the loop around it is vectorised.
    """
    u = (part - 0.5) * (_EDGE_LOG / 4)
    s = 1.0 / 39916800.0
    s = s * u + 1.0 / 3628800.0
    s = s * u + 1.0 / 362880.0
    s = s * u + 1.0 / 40320.0
    s = s * u + 1.0 / 5040.0
    s = s * u + 1.0 / 720.0
    s = s * u + 1.0 / 120.0
    s = s * u + 1.0 / 24.0
    s = s * u + 1.0 / 6.0
    s = s * u + 0.5
    s = s * u + 1.0
    s = s * u + 1.0
    s = s * s
    s = s * s
    return s * 0.1  # exp(log(0.01) / 2)


@_compiled
def demand(
    start: int,
    stop: int,
    at: np.ndarray,
    origin: np.ndarray,
    cell: float,
    shape: np.ndarray,
    begins: np.ndarray,
    points: np.ndarray,
    radius: np.ndarray,
    largest: float,
    people: np.ndarray,
    layers: np.ndarray,
    gaussian: bool,
    found: np.ndarray,
) -> None:
    """Add up, for each activity and each of its layers, the people who can get to it.

    Here `at` are the activities and `points` the areas, each with a radius of its own; `layers`
    are the bits of each activity.
    """
    width = people.shape[1]
    for i in range(start, stop):
        x, y, bits = at[i, 0], at[i, 1], layers[i]
        first, last = _rows(y, largest, origin[1], cell, shape[0])
        for row in range(first, last + 1):
            left, right = _span(x, y, row, largest, origin, cell, shape[1])
            if left > right:
                continue
            for j in range(begins[row * shape[1] + left], begins[row * shape[1] + right + 1]):
                dx, dy = points[j, 0] - x, points[j, 1] - y
                part = (dx * dx + dy * dy) / (radius[j] * radius[j])
                if part <= 1.0:
                    weight = _gaussian(part) if gaussian else 1.0
                    if width == 1:
                        found[i, 0] += people[j, 0] * weight
                    else:
                        for layer in range(width):
                            if bits >> np.uint64(layer) & np.uint64(1):
                                found[i, layer] += people[j, layer] * weight


@_compiled
def access(
    start: int,
    stop: int,
    at: np.ndarray,
    radius: np.ndarray,
    origin: np.ndarray,
    cell: float,
    shape: np.ndarray,
    begins: np.ndarray,
    points: np.ndarray,
    ratio: np.ndarray,
    layers: np.ndarray,
    gaussian: bool,
    found: np.ndarray,
) -> None:
    """Add up, for each area and layer, its share of the activities it can get to."""
    width = ratio.shape[1]
    for i in range(start, stop):
        x, y, reach = at[i, 0], at[i, 1], radius[i]
        square = reach * reach
        first, last = _rows(y, reach, origin[1], cell, shape[0])
        for row in range(first, last + 1):
            left, right = _span(x, y, row, reach, origin, cell, shape[1])
            if left > right:
                continue
            for j in range(begins[row * shape[1] + left], begins[row * shape[1] + right + 1]):
                dx, dy = points[j, 0] - x, points[j, 1] - y
                part = (dx * dx + dy * dy) / square
                if part <= 1.0:
                    weight = _gaussian(part) if gaussian else 1.0
                    if width == 1:
                        found[i, 0] += ratio[j, 0] * weight
                    else:
                        bits = layers[j]
                        for layer in range(width):
                            if bits >> np.uint64(layer) & np.uint64(1):
                                found[i, layer] += ratio[j, layer] * weight


@_compiled
def nearest(
    start: int,
    stop: int,
    at: np.ndarray,
    boxes: np.ndarray,
    masks: np.ndarray,
    leaf: int,
    points: np.ndarray,
    layers: np.ndarray,
    best: np.ndarray,
) -> None:
    """Find the squared distance to the nearest point of each layer, into `best`.

    One descent for all layers: a branch is left out where no layer it holds could come nearer.
    Neighbours in `at` should be near each other, for each starts from what the last one found.
    """
    width = best.shape[1]
    inner = len(masks) // 2
    stack = np.empty(_STACK, dtype=np.int64)
    for i in range(start, stop):
        x, y = at[i, 0], at[i, 1]
        if i > start:
            moved = np.sqrt((x - at[i - 1, 0]) ** 2 + (y - at[i - 1, 1]) ** 2)
            for layer in range(width):
                # A hair more, so that the last one's nearest is found again from here.
                bound = (np.sqrt(best[i - 1, layer]) + moved) * (1 + 1e-9) + 1e-6
                best[i, layer] = bound * bound
        top = 1
        stack[0] = 1
        while top > 0:
            top -= 1
            node = stack[top]
            dx = max(boxes[node, 0] - x, x - boxes[node, 2], 0.0)
            dy = max(boxes[node, 1] - y, y - boxes[node, 3], 0.0)
            away = dx * dx + dy * dy
            useful = False
            bits = masks[node]
            layer = 0
            while bits:
                if bits & np.uint64(1) and away < best[i, layer]:
                    useful = True
                    break
                bits >>= np.uint64(1)
                layer += 1
            if not useful:
                continue
            if node < inner:
                one, other = 2 * node, 2 * node + 1
                ax = max(boxes[one, 0] - x, x - boxes[one, 2], 0.0)
                ay = max(boxes[one, 1] - y, y - boxes[one, 3], 0.0)
                bx = max(boxes[other, 0] - x, x - boxes[other, 2], 0.0)
                by = max(boxes[other, 1] - y, y - boxes[other, 3], 0.0)
                if ax * ax + ay * ay < bx * bx + by * by:
                    one, other = other, one
                stack[top], stack[top + 1] = one, other
                top += 2
                continue
            begin = (node - inner) * leaf
            for j in range(begin, min(begin + leaf, len(points))):
                ex, ey = points[j, 0] - x, points[j, 1] - y
                square = ex * ex + ey * ey
                bits = layers[j]
                layer = 0
                while bits:
                    if bits & np.uint64(1) and square < best[i, layer]:
                        best[i, layer] = square
                    bits >>= np.uint64(1)
                    layer += 1
