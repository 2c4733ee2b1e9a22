"""Areas parted by how far their people travel, and what is added up around them.

Each band has a grid that suits its radius. A place and a point within reach of each other are met
twice in the two steps of a floating catchment: from the activity to the areas around it
(:meth:`Band.gather_people`), and from the area to the activities (:meth:`Band.gather`).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach import kernels
from netmap.networks.reach.grids import Grid, grid_of
from netmap.networks.reach.threads import in_blocks
from netmap.networks.reach.trees import along_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_MOST = 8


@dataclass(frozen=True, eq=False)
class Band:
    """Areas with catchments of about one size.

    Attributes:
        chosen: Which areas, int64, in the order of the band's grid.
        radius: The catchment of each of them, metres.
        largest: The largest catchment.
        grid: These areas, sorted into cells.
    """

    chosen: "NDArray[np.int64]"
    radius: "Floats"
    largest: float
    grid: Grid

    def gather(self, there: Grid, amount: "Floats", *, gaussian: bool) -> "Floats":
        """Add up, for each area of the band, what the points within its catchment amount to.

        Args:
            there: The points, on a grid that suits the band's largest catchment.
            amount: What each point amounts to, in the order they were given in.
            gaussian: Whether near points count for more.

        Returns:
            One sum for each of `chosen`.
        """
        even, here = np.ones(len(there.x)), self.grid
        return _add_up(
            (here.x, here.y, self.radius, 1 / np.square(self.radius)),
            there,
            even,
            amount[there.order],
            gaussian=gaussian,
        )

    def gather_people(self, points: "Floats", people: "Floats", *, gaussian: bool) -> "Floats":
        """Add up, for each point, the people of the band's areas in whose catchments it lies.

        Args:
            points: Metric CRS, metres, shape (m, 2); neighbours should follow each other.
            people: People of each of all areas, whether in the band or not.
            gaussian: Whether near people count for more.

        Returns:
            One sum for each point.
        """
        even = np.ones(len(points))
        x, y = np.ascontiguousarray(points.T)
        return _add_up(
            (x, y, even * self.largest, even),
            self.grid,
            1 / np.square(self.radius),
            people[self.chosen],
            gaussian=gaussian,
        )


def bands_of(areas: "Floats", radius: "Floats") -> list[Band]:
    """Part areas by their catchments: into one band for each, or into eight where they are many.

    Args:
        areas: Metric CRS, metres, shape (n, 2), finite; at least one.
        radius: The catchment of each, metres, above 0.
    """
    steps = np.unique(radius)
    if len(steps) > _MOST:
        steps = np.unique(np.quantile(radius, np.linspace(0, 1, _MOST + 1)[1:], method="higher"))
    part = np.searchsorted(steps, radius)
    bands = []
    for n, largest in enumerate(steps.tolist()):
        chosen = np.flatnonzero(part == n)
        grid = grid_of(areas[chosen], largest)
        chosen = chosen[grid.order]
        bands.append(Band(chosen, radius[chosen], largest, grid))
    return bands


def along(points: "Floats") -> "NDArray[np.int64]":
    """Order points so that neighbours mostly follow each other."""
    return np.argsort(along_curve(points), kind="stable")


def _add_up(
    places: "tuple[Floats, Floats, Floats, Floats]",
    grid: Grid,
    scale: "Floats",
    amount: "Floats",
    *,
    gaussian: bool,
) -> "Floats":
    """Run the loop over places (x, y, radius, scale) around which amounts on a grid are added."""
    found = np.empty(len(places[0]))
    cells = (grid.west, grid.south, grid.cell, grid.rows, grid.columns, grid.begins)
    at = (grid.x, grid.y, scale, amount)
    in_blocks(len(found), kernels.add_up, *places, *cells, *at, gaussian, found)
    return found
