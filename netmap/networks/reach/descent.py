"""The descent of a tree to the nearest point of each layer, compiled when a register is large.

Places go down together, as many as fit into the registers of a processor at once, and a branch is
left out where no layer it holds could come nearer to any of them.
"""

from typing import Any

import numpy as np

from netmap.networks.reach.kernels import compiled

TOGETHER = 8
_STACK = 128
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
_PLACES = np.zeros(64, dtype=np.int64)
_PLACES[[((1 << n) * 0x03F79D71B4CB0A89 % 2**64) >> 58 for n in range(64)]] = range(64)


@compiled
def _apart(
    west: float, south: float, east: float, north: float, boxes: np.ndarray, node: int
) -> Any:
    """Give the square of the distance between two boxes."""
    dx = max(boxes[node, 0] - east, west - boxes[node, 2], 0.0)
    dy = max(boxes[node, 1] - north, south - boxes[node, 3], 0.0)
    return dx * dx + dy * dy


@compiled
def _first(bits: Any) -> Any:
    """Find the lowest bit that is set, by a de Bruijn sequence (Leiserson and others, 1998)."""
    return _PLACES[((bits & (~bits + np.uint64(1))) * _DE_BRUIJN) >> np.uint64(58)]


@compiled
def _useful(bits: Any, away: float, farthest: np.ndarray) -> bool:
    """Tell whether any of some layers could be nearer than what was found."""
    while bits:
        if away < farthest[_first(bits)]:
            return True
        bits &= bits - np.uint64(1)
    return False


@compiled
def _start_from_last(
    group: int, x: np.ndarray, y: np.ndarray, best: np.ndarray, moved: np.ndarray
) -> None:
    """Bound a group's distances by those of the last one, and how far away that is."""
    for lane in range(TOGETHER):
        here = group * TOGETHER + lane
        back = here - TOGETHER
        moved[lane] = np.sqrt((x[back] - x[here]) ** 2 + (y[back] - y[here]) ** 2)
    for layer in range(best.shape[1]):
        for lane in range(TOGETHER):
            # A hair more, so that the last one's nearest is found again from here.
            bound = (np.sqrt(best[group - 1, layer, lane]) + moved[lane]) * (1 + 1e-9) + 1e-6
            best[group, layer, lane] = bound * bound


@compiled
def _note(bits: Any, away: float, square: np.ndarray, best: np.ndarray, far: np.ndarray) -> None:
    """Note the squared distances to one point in all its layers where they are less."""
    while bits:
        layer = _first(bits)
        bits &= bits - np.uint64(1)
        if away < far[layer]:
            worst = 0.0
            for lane in range(TOGETHER):
                nearer = min(best[layer, lane], square[lane])
                best[layer, lane] = nearer
                worst = max(worst, nearer)
            far[layer] = worst


@compiled
def nearest(  # noqa: C901  # a loop that leaves out what it can wherever it can
    start: int,
    stop: int,
    x: np.ndarray,
    y: np.ndarray,
    boxes: np.ndarray,
    masks: np.ndarray,
    leaf: int,
    px: np.ndarray,
    py: np.ndarray,
    layers: np.ndarray,
    best: np.ndarray,
) -> None:
    """Find the squared distance to the nearest point of each layer, into `best`.

    Places are in groups of TOGETHER, from group `start` to before `stop`; `best` has the shape
    (groups, layers, TOGETHER). Neighbours in `x` and `y` should be near each other, for each group
    starts from what the last one found.
    """
    inner = len(masks) // 2
    stack, aways = np.empty(_STACK, dtype=np.int64), np.empty(_STACK)
    farthest = np.empty(best.shape[1])
    square, moved = np.empty(TOGETHER), np.empty(TOGETHER)
    for group in range(start, stop):
        gx = x[group * TOGETHER : (group + 1) * TOGETHER]
        gy = y[group * TOGETHER : (group + 1) * TOGETHER]
        west, east, south, north = gx.min(), gx.max(), gy.min(), gy.max()
        if group > start:
            _start_from_last(group, x, y, best, moved)
        for layer in range(best.shape[1]):
            farthest[layer] = best[group, layer].max()
        most = farthest.max()
        top, stack[0], aways[0] = 1, 1, 0.0
        while top > 0:
            top -= 1
            node = stack[top]
            if aways[top] >= most or not _useful(masks[node], aways[top], farthest):
                continue
            if node < inner:
                one, other = 2 * node, 2 * node + 1
                near = _apart(west, south, east, north, boxes, one)
                far = _apart(west, south, east, north, boxes, other)
                if near < far:
                    one, other, near, far = other, one, far, near
                stack[top], aways[top] = one, near
                stack[top + 1], aways[top + 1] = other, far
                top += 2
                continue
            begin = (node - inner) * leaf
            for j in range(begin, min(begin + leaf, len(px))):
                dx = max(px[j] - east, west - px[j], 0.0)
                dy = max(py[j] - north, south - py[j], 0.0)
                away = dx * dx + dy * dy
                if away < most and _useful(layers[j], away, farthest):
                    for lane in range(TOGETHER):
                        ex, ey = px[j] - gx[lane], py[j] - gy[lane]
                        square[lane] = ex * ex + ey * ey
                    _note(layers[j], away, square, best[group], farthest)
            most = farthest.max()
