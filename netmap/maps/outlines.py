"""Area boundaries made light enough to draw: snapped, simplified together, rounded."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from netmap.maps.cards import Rings

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from netmap.networks.areas import Areas

_SNAP_DEGREES = 1e-5
_DECIMALS = 5
# Of the map's width: less than a pixel on a wide screen.
_PART_OF_WIDTH = 1 / 2000


def outlines(frame: "gpd.GeoDataFrame | None", areas: "Areas") -> Mapping[str, Rings]:
    """Simplify boundaries so that shared borders still meet.

    Args:
        frame: One geometry for each area that has one, indexed by code, WGS 84 degrees.
        areas: For what lies within what: areas of one depth are simplified together.

    Returns:
        Area code to rings of (longitude, latitude), in code order; areas without a boundary are
        left out.
    """
    if frame is None or frame.empty:
        return {}
    west, _, east, _ = frame.total_bounds
    tolerance = float(east - west) * _PART_OF_WIDTH
    depths: dict[int, list[str]] = {}
    for code in frame.index:
        depths.setdefault(len(areas.ancestors(code)), []).append(code)
    found: dict[str, Rings] = {}
    for codes in depths.values():
        found.update(_together(frame.geometry.loc[codes], tolerance))
    return {code: found[code] for code in sorted(found) if found[code]}


def _together(shapes: "gpd.GeoSeries", tolerance: float) -> dict[str, Rings]:
    import shapely  # noqa: PLC0415  # only networks with boundaries pay for it

    kept = shapes[[g is not None and "Polygon" in g.geom_type for g in shapes]]
    if kept.empty:
        return {}
    # Unsnapped, float noise makes neighbours' borders differ and simplifying tears them apart.
    snapped = shapely.set_precision(kept.to_numpy(), _SNAP_DEGREES, mode="pointwise")
    simple = shapely.coverage_simplify(snapped, tolerance)
    return {code: _rings(shape) for code, shape in zip(kept.index, simple, strict=True)}


def _rings(shape: "BaseGeometry") -> Rings:
    parts = getattr(shape, "geoms", [shape])
    return tuple(
        tuple((round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring.coords)
        for part in parts
        if not part.is_empty
        for ring in (part.exterior, *part.interiors)
    )
