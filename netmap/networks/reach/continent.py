"""Activities of a continent, and what areas that go by give to them and get from them.

The two steps of a floating catchment, taken by all areas one after the other: :meth:`learn` of the
people who can get to each activity, :meth:`share_out` once, and :meth:`tell` areas what is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.network_settings import ReachSettings
from netmap.networks.reach.bands import Band, bands_of
from netmap.networks.reach.grids import grid_of
from netmap.networks.reach.layers import straight_m
from netmap.networks.reach.partition_files import AreaRows, Provided
from netmap.networks.reach.streaming import nearest_in
from netmap.networks.reach.trees import Tree, tree_of
from netmap.networks.reach.zones import FAR_M, Neighbourhood, World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Told:
    """What some areas were told, in their order; figures have the shape (areas, layers).

    Attributes:
        placed: Which have a point and a catchment; the others have no figures.
        nearest_km: Kilometres with detour, infinity where there is no activity.
        within: Activities within the catchment, int64.
        per_1000: Activities per 1,000 people.
    """

    placed: "NDArray[np.bool_]"
    nearest_km: "Floats"
    within: "Whole"
    per_1000: "Floats"


class Continent:
    """Activities, with running totals of the people who can get to them."""

    def __init__(self, provided: Provided, settings: ReachSettings, *, metric: bool) -> None:
        self.provided = provided
        self._settings = settings
        self._gaussian = settings.decay == "gaussian"
        self._world = World(provided.points, metric)
        self._trees: dict[int, Tree] = {}
        # People who can get to each activity, then what there is for each: shape (layers, m).
        self._running = np.zeros(provided.layers.shape[::-1])

    def learn(self, rows: AreaRows) -> None:
        """Count the people of some areas for the activities they can get to."""
        heads = np.nan_to_num(rows.people, nan=0.0)
        for hood, chosen, points, radius in self._parts(rows):
            here = np.ascontiguousarray(heads[chosen].T)
            for band in bands_of(points, radius):
                near = _around(band, hood)
                for layer, members in self._members(hood, near):
                    came = band.gather_people(
                        hood.points[members], here[layer], gaussian=self._gaussian
                    )
                    self._running[layer, hood.chosen[members]] += came

    def share_out(self) -> None:
        """Divide each activity among the people who can get to it."""
        demanded = self._running
        np.divide(self.provided.count[None, :], demanded, out=demanded, where=demanded > 0)

    def tell(self, rows: AreaRows) -> Told:
        """Tell some areas how far it is, how many there are within reach, and how much for each."""
        shape = rows.people.shape
        placed = np.zeros(shape[0], dtype=bool)
        nearest, per_1000 = np.full(shape, np.inf), np.zeros(shape)
        within = np.zeros(shape, dtype=np.int64)
        for hood, chosen, points, radius in self._parts(rows):
            placed[chosen] = True
            metres = self._nearest_m(hood, points, rows.points[chosen])
            nearest[chosen] = metres * (self._settings.detour / 1000)
            for band in bands_of(points, radius):
                rows_of = chosen[band.chosen]
                for layer, members in self._members(hood, _around(band, hood)):
                    there = grid_of(hood.points[members], band.largest)
                    numbers = hood.chosen[members]
                    count = self.provided.count[numbers].astype(np.float64)
                    many = band.gather(there, count, gaussian=False)
                    within[rows_of, layer] = np.rint(many).astype(np.int64)
                    share = self._running[layer, numbers]
                    per_1000[rows_of, layer] = 1000 * band.gather(
                        there, share, gaussian=self._gaussian
                    )
        return Told(placed, nearest, within, per_1000)

    def _parts(self, rows: AreaRows) -> "Iterator[tuple[Neighbourhood, Whole, Floats, Floats]]":
        """Part areas by zone: its activities, which areas, where on its plane, how far they go."""
        radius = straight_m(rows.catchment_km, self._settings.detour)
        for hood, chosen in self._world.zones_of(rows.points):
            points = hood.project(rows.points[chosen])
            known = np.isfinite(points).all(axis=1) & ~np.isnan(radius[chosen])
            if known.any():
                yield hood, chosen[known], points[known], radius[chosen[known]]

    def _members(self, hood: Neighbourhood, near: "Whole") -> "Iterator[tuple[int, Whole]]":
        """Go through the layers, and which of the activities near are in each."""
        layers = self.provided.layers[hood.chosen[near]]
        for layer in range(layers.shape[1]):
            members = near[layers[:, layer]]
            if len(members):
                yield layer, members

    def _nearest_m(self, hood: Neighbourhood, points: "Floats", places: "Floats") -> "Floats":
        """Measure to the nearest of each layer, on the zone's plane or, if far, over the earth."""
        width = self.provided.layers.shape[1]
        metres = np.full((len(points), width), np.inf)
        if len(hood.chosen):
            if hood.zone not in self._trees:
                layers = self.provided.layers[hood.chosen]
                self._trees[hood.zone] = tree_of(hood.points, layers)
            metres = nearest_in(points, self._trees[hood.zone], width)
        if hood.zone:
            for layer in range(width):
                far = np.flatnonzero(metres[:, layer] > FAR_M * 0.99)
                if len(far):
                    members = np.flatnonzero(self.provided.layers[:, layer])
                    metres[far, layer] = self._world.nearest_round_m(places[far], members)
        return metres


def _around(band: Band, hood: Neighbourhood) -> "Whole":
    """Choose the activities in the rectangle that the catchments of a band may touch."""
    grid, x, y = band.grid, hood.points[:, 0], hood.points[:, 1]
    edge = band.largest
    inside = (x >= grid.x.min() - edge) & (x <= grid.x.max() + edge)
    inside &= (y >= grid.y.min() - edge) & (y <= grid.y.max() + edge)
    return np.flatnonzero(inside)
