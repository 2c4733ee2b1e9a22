"""Which area's boundary holds a point, and which is nearest where none does.

Points and boundaries are WGS 84; what is measured is measured in the metric CRS of the boundaries.
Which rows of a register are asked about, and what is said of them, is for
:mod:`netmap.networks.locating`.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.networks.areas import Areas
from netmap.places import metric_crs, to_metres

if TYPE_CHECKING:
    import geopandas as gpd

    from netmap.places import Degrees

    Indices = np.ndarray[tuple[int], np.dtype[np.int64]]
    Km = np.ndarray[tuple[int], np.dtype[np.float64]]

_METRES_PER_KM = 1000.0
# Boundaries of an area and of the one above it seldom share their edges to the millimetre.
_SAME_EDGE_METRES = 1.0


class Holding:
    """The boundaries of a register's areas, those of the lowest areas first.

    Attributes:
        codes: The codes of the areas, lowest in the tree first, then the smallest, then by code;
            what is called an index below is one into them.
    """

    def __init__(self, boundaries: "gpd.GeoDataFrame", areas: Areas) -> None:
        import shapely  # noqa: PLC0415  # heavy: only networks with boundaries pay for it

        shapes = np.asarray(boundaries.geometry, dtype=object)
        inside = np.array([code in areas for code in boundaries.index], dtype=bool)
        kept = np.flatnonzero(inside & ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes))
        codes, size = boundaries.index.to_numpy()[kept], shapely.area(shapes[kept])
        depth = [-len(areas.ancestors(code)) for code in codes]
        order = np.lexsort((codes.astype(str), size, depth)) if len(kept) else kept
        self.codes = tuple(codes[order].tolist())
        shapes = shapes[kept][order]
        broken = ~shapely.is_valid(shapes)
        shapes[broken] = shapely.make_valid(shapes[broken])
        self._shapes = shapes

    @cached_property
    def index(self) -> dict[str, int]:
        """The index of each code."""
        return {code: index for index, code in enumerate(self.codes)}

    def holders(self, points: "Degrees") -> "tuple[Indices, Indices]":
        """Find all areas that hold each point; one on an edge is held by both sides.

        Args:
            points: Longitude and latitude, shape (n, 2); none is NaN.

        Returns:
            Pairs: index of the point, index of the area; sorted.
        """
        import shapely  # noqa: PLC0415

        spots = shapely.points(points)
        if len(spots) > len(self._shapes):  # then it is quicker the other way round
            shapely.prepare(self._shapes)
            found = shapely.STRtree(spots).query(self._shapes, predicate="intersects")
            return _sorted_pairs(found[::-1])
        found = shapely.STRtree(self._shapes).query(spots, predicate="intersects")
        return _sorted_pairs(found)

    def nearest(self, points: "Degrees") -> "tuple[Indices, Km]":
        """Find the area nearest to each point, the lowest of those that are equally near.

        Args:
            points: Longitude and latitude, shape (n, 2).

        Returns:
            Index of the area (-1 where the point is out of this world's reach), and kilometres.
        """
        import shapely  # noqa: PLC0415

        metres = to_metres(points, self._epsg)
        area = np.full(len(points), -1, dtype=np.int64)
        km = np.full(len(points), np.nan)
        known = np.flatnonzero(np.isfinite(metres).all(axis=1))
        if not len(known):
            return area, km
        spots = shapely.points(metres[known])
        tree = shapely.STRtree(self._in_metres)
        (at, _), metres_away = tree.query_nearest(spots, return_distance=True, all_matches=False)
        km[known[at]] = metres_away / _METRES_PER_KM
        around = km[known] * _METRES_PER_KM + _SAME_EDGE_METRES
        spot, shape = _sorted_pairs(tree.query(spots, predicate="dwithin", distance=around))
        first = np.unique(spot, return_index=True)[1]
        area[known[spot[first]]] = shape[first]
        return area, km

    def km_from(self, points: "Degrees", areas: Iterable[int]) -> "Km":
        """Measure from points to the nearest edge of several areas taken as one.

        Args:
            points: Longitude and latitude, shape (n, 2).
            areas: Indices of the areas.

        Returns:
            Kilometres, shape (n,): nought inside, NaN where a point cannot be projected.
        """
        import shapely  # noqa: PLC0415

        whole = shapely.union_all(self._in_metres[sorted(areas)])
        shapely.prepare(whole)
        metres = to_metres(points, self._epsg)
        km = np.full(len(points), np.nan)
        known = np.isfinite(metres).all(axis=1)
        km[known] = shapely.distance(whole, shapely.points(metres[known])) / _METRES_PER_KM
        return km

    @cached_property
    def _epsg(self) -> int:
        import shapely  # noqa: PLC0415

        west, south, east, north = shapely.total_bounds(self._shapes)
        return metric_crs(np.array([(west, south), (east, north)]))

    @cached_property
    def _in_metres(self) -> Any:
        import shapely  # noqa: PLC0415

        return shapely.transform(self._shapes, lambda degrees: to_metres(degrees, self._epsg))


def _sorted_pairs(
    pairs: "np.ndarray[tuple[int, int], np.dtype[np.int64]]",
) -> "tuple[Indices, Indices]":
    order = np.lexsort((pairs[1], pairs[0]))
    return pairs[0][order], pairs[1][order]
