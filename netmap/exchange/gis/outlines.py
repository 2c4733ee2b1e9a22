"""Outlines of areas: gathered under their codes, and the point inside each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely

from netmap.exchange.gis.crs import to_wgs84
from netmap.exchange.gis.shapes import DECIMALS
from netmap.places import WGS84, metric_crs

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry


def boundaries(outlines: "Mapping[str, BaseGeometry]") -> "gpd.GeoDataFrame | None":
    """Put outlines into a frame as a register holds them.

    Args:
        outlines: Code to shape, WGS 84.

    Returns:
        One geometry for each code, indexed by ``code`` in its order, EPSG:4326; None for none.
    """
    if not outlines:
        return None
    import geopandas as gpd  # noqa: PLC0415  # heavy, and few files have boundaries
    import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415  # ships no types

    codes = sorted(outlines)
    index = pd.Index(codes, name="code")
    return gpd.GeoDataFrame(geometry=[outlines[c] for c in codes], index=index, crs=WGS84)


def centres(shapes: "Sequence[BaseGeometry]") -> list[tuple[float, float]]:
    """Find a point inside each shape, as near its middle as shapely's method comes.

    Args:
        shapes: Polygons, WGS 84; they are measured in the metric system that suits them.

    Returns:
        (longitude, latitude) in degrees, six decimals, in the order of the shapes.
    """
    if not len(shapes):
        return []
    import pyproj  # noqa: PLC0415  # heavy: only files of areas pay for it

    rough = shapely.get_coordinates(shapely.centroid(np.array(shapes, dtype=object)))
    metric = pyproj.CRS.from_epsg(metric_crs(rough))
    there = pyproj.Transformer.from_crs(WGS84, metric, always_xy=True)
    flat = shapely.transform(
        np.array(shapes, dtype=object), lambda p: np.column_stack(there.transform(p[:, 0], p[:, 1]))
    )
    back = to_wgs84(list(shapely.point_on_surface(flat)), metric)
    inside = [shapely.get_coordinates(one)[0] for one in back]
    return [(round(float(lon), DECIMALS), round(float(lat), DECIMALS)) for lon, lat in inside]
