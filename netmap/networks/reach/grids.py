"""Points sorted into the cells of a grid, row by row, so that a row of cells is one stretch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS_IN_RADIUS = 4
_MOST_CELLS = 4096


@dataclass(frozen=True, eq=False)
class Grid:
    """Points in the order of their cells.

    Attributes:
        order: Where each point stands in what was given, int64.
        points: The points in that order, metres, shape (m, 2).
        origin: The corner of the first cell, metres.
        cell: The side of a cell, metres.
        shape: How many rows and columns, int64.
        begins: Where each cell begins in `points`, int64, one more than there are cells.
    """

    order: "NDArray[np.int64]"
    points: "NDArray[np.float64]"
    origin: "NDArray[np.float64]"
    cell: float
    shape: "NDArray[np.int64]"
    begins: "NDArray[np.int64]"


def grid_of(points: "NDArray[np.float64]", radius: float) -> Grid:
    """Sort points into cells of about a quarter of a radius.

    Args:
        points: Metric CRS, metres, shape (m, 2), finite; at least one.
        radius: What will be looked for around places, metres.
    """
    origin = points.min(axis=0)
    extent = points.max(axis=0) - origin
    cell = max(radius / _CELLS_IN_RADIUS, float(extent.max()) / _MOST_CELLS, 1e-3)
    column, row = (np.floor((points - origin) / cell)).astype(np.int64).T
    shape = np.array([row.max() + 1, column.max() + 1], dtype=np.int64)
    number = row * shape[1] + column
    order = np.argsort(number, kind="stable")
    begins = np.zeros(int(shape[0] * shape[1]) + 1, dtype=np.int64)
    np.cumsum(np.bincount(number, minlength=len(begins) - 1), out=begins[1:])
    return Grid(order, np.ascontiguousarray(points[order]), origin, cell, shape, begins)
