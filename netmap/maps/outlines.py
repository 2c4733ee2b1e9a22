"""Area boundaries made light enough to draw: snapped, simplified together, rounded.

Simplifying is left to shapely's coverage functions, which keep shared borders shared (Visvalingam
and Whyatt 1993, on the whole coverage at once). The ``topojson`` package does the same in Python
and takes minutes for all small areas of a country.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor, log10
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.maps.cards import Rings

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from netmap.networks.areas import Areas

_SNAP_DEGREES = 1e-5
_DECIMALS = 5
# Of the map's width: less than a pixel on a wide screen.
_PART_OF_WIDTH = 1 / 2000
# Of the side of a square as large as the middle area: small areas keep their shapes.
_PART_OF_AREA = 1 / 10
_PART_OF_TOLERANCE = 1 / 4


@dataclass(frozen=True, slots=True)
class Outlines:
    """Simplified boundaries, by area code.

    Attributes:
        rings: Rings of (longitude, latitude), in code order, where there are few areas.
        shapes: Geometries, where there are many.
        quantum: To how many degrees these may be rounded; None where there are few.
    """

    rings: Mapping[str, Rings] = field(default_factory=dict)
    shapes: Mapping[str, Any] = field(default_factory=dict)
    quantum: float | None = None


def outlines(frame: "gpd.GeoDataFrame | None", areas: "Areas", few: int) -> Outlines:
    """Simplify boundaries so that shared borders still meet.

    Args:
        frame: One geometry for each area that has one, indexed by code, WGS 84 degrees.
        areas: For what lies within what: areas of one depth are simplified together.
        few: Up to how many are few.

    Returns:
        Areas without a boundary are left out.
    """
    if frame is None or frame.empty:
        return Outlines()
    tolerance = tolerance_of(frame.geometry.to_numpy())
    depths: dict[int, list[str]] = {}
    for code in frame.index:
        depths.setdefault(len(areas.ancestors(code)), []).append(code)
    found: dict[str, BaseGeometry] = {}
    for codes in depths.values():
        found.update(_together(frame.geometry.loc[codes], tolerance))
    shapes = {code: found[code] for code in sorted(found) if not found[code].is_empty}
    if len(shapes) > few:
        return Outlines(shapes=shapes, quantum=quantum_of(tolerance))
    return Outlines({code: _rings(shape) for code, shape in shapes.items()})


def tolerance_of(shapes: Any) -> float:
    """Choose how far simplifying may move a border, degrees, for geometries in WGS 84."""
    import shapely  # noqa: PLC0415  # only networks with boundaries pay for it

    west, _, east, _ = shapely.total_bounds(shapes)
    side = float(np.sqrt(np.median(shapely.area(shapes))))
    widest = float(east - west) * _PART_OF_WIDTH
    return min(widest, side * _PART_OF_AREA) if side else widest


def quantum_of(tolerance: float) -> float:
    """Choose a grid, degrees, finer than the tolerance: 1, 2 or 5 times a power of ten."""
    fine = tolerance * _PART_OF_TOLERANCE
    if fine <= _SNAP_DEGREES:
        return _SNAP_DEGREES
    power = floor(log10(fine))
    steps = max(step for step in (1, 2, 5) if step <= fine / 10.0**power * (1 + 1e-9))
    return float(f"{steps}e{power}")


def simplified(shapes: Any, tolerance: float) -> Any:
    """Simplify an array of polygons, together, in the CRS in which their borders agree."""
    import shapely  # noqa: PLC0415  # only networks with boundaries pay for it

    # Unsnapped, float noise makes neighbours' borders differ and simplifying tears them apart.
    snapped = shapely.set_precision(shapes, _SNAP_DEGREES, mode="pointwise")
    return shapely.coverage_simplify(snapped, tolerance)


def _together(shapes: "gpd.GeoSeries", tolerance: float) -> "dict[str, BaseGeometry]":
    kept = shapes[[g is not None and "Polygon" in g.geom_type for g in shapes]]
    if kept.empty:
        return {}
    return dict(zip(kept.index, simplified(kept.to_numpy(), tolerance), strict=True))


def _rings(shape: "BaseGeometry") -> Rings:
    parts = getattr(shape, "geoms", [shape])
    return tuple(
        tuple((round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring.coords)
        for part in parts
        if not part.is_empty
        for ring in (part.exterior, *part.interiors)
    )
