"""The loops over pairs of areas and activities, compiled when a register is large.

Nothing of these pairs is kept, but where a list of them is asked for: each place walks the cells
of a grid around it, row by row, and adds up. numba compiles each loop on first use and keeps the
result beside this file or, where that may not be written, in the user's cache. Coordinates are
metres in one metric CRS; grids are those of :mod:`netmap.networks.reach.grids`. The nearest of
each layer is found in :mod:`netmap.networks.reach.descent`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit

_EDGE_LOG = -4.605170185988091  # what the Gaussian falls to at the edge: the logarithm of 0.01


def compiled(loop: Callable[..., Any]) -> Any:
    """Compile a loop as written, and keep the result where there is a folder to keep it in."""
    return _compile(loop, nogil=True, error_model="numpy")


def _loosely(loop: Callable[..., Any]) -> Any:
    """Compile a loop whose sums may be added up in another order, several at once."""
    loose = {"contract", "reassoc", "nsz"}
    return _compile(loop, nogil=True, error_model="numpy", fastmath=loose)


def _compile(loop: Callable[..., Any], **how: Any) -> Any:
    try:
        return njit(cache=True, **how)(loop)
    except RuntimeError:  # neither the package's folder nor the user's cache may be written
        return njit(**how)(loop)


@compiled
def _rows(y: float, radius: float, south: float, cell: float, rows: int) -> tuple[int, int]:
    """Find the first and the last row that a circle touches."""
    first = max((y - radius - south) / cell, 0.0)
    last = min((y + radius - south) / cell, rows - 1.0)
    return int(np.floor(first)), int(np.floor(last))


@compiled
def _stretch(
    x: float,
    y: float,
    radius: float,
    row: int,
    west: float,
    south: float,
    cell: float,
    columns: int,
    begins: np.ndarray,
) -> tuple[Any, Any]:
    """Find where the points begin and end that lie in one row, in cells that a circle touches."""
    bottom = south + row * cell
    away = max(bottom - y, y - bottom - cell, 0.0)
    half = np.sqrt(max(radius * radius - away * away, 0.0))
    first = int(np.floor(max((x - half - west) / cell, 0.0)))
    last = int(np.floor(min((x + half - west) / cell, columns - 1.0)))
    if first > last:
        return np.uint64(0), np.uint64(0)
    return begins[row * columns + first], begins[row * columns + last + 1]


@_loosely
def _gaussian(part: float) -> float:
    """The decay at a part (0 to 1) of the squared catchment: exp(log(0.01) part).

    A Taylor series around the middle of a fourth of the exponent, then squared twice: exact to
    about 1e-14, and without a call, so that the loop around it works on several at once.
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


@_loosely
def add_up(
    start: int,
    stop: int,
    x: np.ndarray,
    y: np.ndarray,
    radius: np.ndarray,
    scale: np.ndarray,
    west: float,
    south: float,
    cell: float,
    rows: int,
    columns: int,
    begins: np.ndarray,
    px: np.ndarray,
    py: np.ndarray,
    pscale: np.ndarray,
    amount: np.ndarray,
    gaussian: bool,  # noqa: FBT001  # numba knows no other arguments
    found: np.ndarray,
) -> None:
    """Add up what is within reach of each place, near amounts more where `gaussian`.

    A point is within reach where its squared distance times the place's and its own `scale` is at
    most 1; none is looked for beyond the place's `radius`.
    """
    for i in range(start, stop):
        total = 0.0
        first, last = _rows(y[i], radius[i], south, cell, rows)
        for row in range(first, last + 1):
            begin, end = _stretch(x[i], y[i], radius[i], row, west, south, cell, columns, begins)
            if gaussian:
                for j in range(begin, end):
                    dx, dy = px[j] - x[i], py[j] - y[i]
                    part = (dx * dx + dy * dy) * (scale[i] * pscale[j])
                    within = 1.0 if part <= 1.0 else 0.0
                    total += within * amount[j] * _gaussian(min(part, 1.0))
            else:
                for j in range(begin, end):
                    dx, dy = px[j] - x[i], py[j] - y[i]
                    part = (dx * dx + dy * dy) * (scale[i] * pscale[j])
                    within = 1.0 if part <= 1.0 else 0.0
                    total += within * amount[j]
        found[i] = total


@compiled
def list_near(
    start: int,
    stop: int,
    x: np.ndarray,
    y: np.ndarray,
    radius: np.ndarray,
    west: float,
    south: float,
    cell: float,
    rows: int,
    columns: int,
    begins: np.ndarray,
    px: np.ndarray,
    py: np.ndarray,
    order: np.ndarray,
    sizes: np.ndarray,
    begins_at: np.ndarray,
    listed: np.ndarray,
) -> None:
    """Write down by number what lies within each radius, from `begins_at` on; count it in `sizes`.

    Nothing is written down, but counted, where there is no room in `listed` at all.
    """
    listing = len(listed) > 0
    for i in range(start, stop):
        n = begins_at[i]
        limit = radius[i] * radius[i]
        first, last = _rows(y[i], radius[i], south, cell, rows)
        for row in range(first, last + 1):
            begin, end = _stretch(x[i], y[i], radius[i], row, west, south, cell, columns, begins)
            for j in range(begin, end):
                dx, dy = px[j] - x[i], py[j] - y[i]
                if dx * dx + dy * dy <= limit:
                    if listing:
                        listed[n] = order[j]
                    n += 1
        sizes[i] = n - begins_at[i]
        if listing:
            listed[begins_at[i] : n].sort()


@compiled
def measure(
    start: int,
    stop: int,
    at: np.ndarray,
    points: np.ndarray,
    begins_at: np.ndarray,
    listed: np.ndarray,
    apart: np.ndarray,
) -> None:
    """Measure from each place to the points listed for it, metres, into `apart`."""
    for i in range(start, stop):
        for n in range(begins_at[i], begins_at[i + 1]):
            dx, dy = points[listed[n], 0] - at[i, 0], points[listed[n], 1] - at[i, 1]
            apart[n] = np.sqrt(dx * dx + dy * dy)
