"""Points sorted into the cells of a grid, row by row, so that a row of cells is one stretch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS_IN_RADIUS = 6
_CELLS_FOR_A_POINT = 4


@dataclass(frozen=True, eq=False)
class Grid:
    """Points in the order of their cells.

    Attributes:
        order: Where each point stands in what was given, int64.
        x: Eastings in that order, metres, shape (m,).
        y: Northings in that order.
        west: The west of the first cell, metres.
        south: The south of the first cell.
        cell: The side of a cell, metres.
        rows: How many rows of cells.
        columns: How many cells in a row.
        begins: Where each cell begins in `order`, uint64, one more than there are cells.
    """

    order: "NDArray[np.int64]"
    x: "NDArray[np.float64]"
    y: "NDArray[np.float64]"
    west: float
    south: float
    cell: float
    rows: int
    columns: int
    begins: "NDArray[np.uint64]"


def grid_of(points: "NDArray[np.float64]", radius: float) -> Grid:
    """Sort points into cells of about a sixth of a radius, or larger where points are few.

    Args:
        points: Metric CRS, metres, shape (m, 2), finite; at least one.
        radius: What will be looked for around places, metres.
    """
    west, south = points.min(axis=0)
    wide, high = points.max(axis=0) - (west, south)
    most = _CELLS_FOR_A_POINT * len(points)
    fewest = max(float(np.sqrt(wide * high / most)), float(max(wide, high)) / most)
    cell = max(radius / _CELLS_IN_RADIUS, fewest, 1e-3)
    column = ((points[:, 0] - west) / cell).astype(np.int64)
    row = ((points[:, 1] - south) / cell).astype(np.int64)
    rows, columns = int(row.max()) + 1, int(column.max()) + 1
    number = row * columns + column
    order = np.argsort(number, kind="stable")
    begins = np.zeros(rows * columns + 1, dtype=np.uint64)
    np.cumsum(np.bincount(number, minlength=rows * columns), out=begins[1:], dtype=np.uint64)
    x, y = points[order, 0], points[order, 1]
    return Grid(order, x, y, float(west), float(south), cell, rows, columns, begins)
