"""One point for each feature, and a note where there is none or it had to be chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.gis.shapes import DECIMALS
from netmap.exchange.gis.source import Feature
from netmap.places import looks_swapped

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_FURTHEST_NORTH, _FURTHEST_EAST = 90, 180
# As many as it takes for other points to show that one is swapped.
_MANY = 3
_OUTSIDE = "its coordinates are on no map; the row has no point."


@dataclass(frozen=True, slots=True)
class Placed:
    """A feature and the one point it stands for.

    Attributes:
        feature: The feature.
        shape: Its shape, mended where it had to be; None where there is no use in it.
        point: (longitude, latitude) in degrees, six decimals; None where there is none.
        notes: What was noticed about its shape.
    """

    feature: Feature
    shape: "BaseGeometry | None"
    point: tuple[float, float] | None
    notes: tuple[Note, ...] = ()


def placed(features: Sequence[Feature]) -> list[Placed]:
    """Give each feature its point: a point's own, else one inside the shape.

    Args:
        features: WGS 84, longitude before latitude.
    """
    first = [_placed(one) for one in features]
    known = [(one.point[1], one.point[0]) for one in first if one.point]
    # Where all are swapped, no other point of the file shows it.
    others = [] if known and all(looks_swapped(*one, ()) for one in known) else _middle(known)
    return [_unswapped(one, others) for one in first]


def cells_of(point: tuple[float, float] | None) -> dict[str, str]:
    """Write (longitude, latitude) as the cells of a row; none for no point."""
    if point is None:
        return {}
    lon, lat = (f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".") for degrees in point)
    return {"latitude": lat, "longitude": lon}


def of_the_shapes(found: Sequence[Placed], file: str) -> Iterator[Note]:
    """Say once for a file that points were chosen inside shapes."""
    chosen = sum(1 for one in found if one.shape is not None and one.shape.geom_type != "Point")
    if chosen:
        what = "feature is a shape" if chosen == 1 else "features are shapes"
        message = f"{chosen} {what} and no point; a point inside each was taken."
        yield Note(Outcome.MENDED, "point-of-shape", message, Spot(file))


def of_the_missing(found: Sequence[Placed], file: str) -> Iterator[Note]:
    """Say once for a file that features have no shape at all."""
    missing = sum(1 for one in found if one.shape is None and not one.notes)
    if missing:
        what = "feature has" if missing == 1 else "features have"
        message = f"{missing} {what} no place; the rows are kept without a point."
        yield Note(Outcome.WARNED, "no-place", message, Spot(file))


def _placed(feature: Feature) -> Placed:
    if feature.broken:
        message = f"{feature.broken}; the row has no point."
        return _nowhere(feature, "bad-coordinates", message)
    if feature.shape is None:
        return Placed(feature, None, None)
    # What lies beyond the bounds of its own system is infinitely far away in ours.
    if not np.isfinite(shapely.get_coordinates(feature.shape)).all():
        return _nowhere(feature, "bad-coordinates", _OUTSIDE)
    shape, mended = _mended(feature.shape)
    point = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    if point.is_empty:
        return _nowhere(feature, "bad-coordinates", "its shape cannot be mended; it has no point.")
    lon, lat = (round(float(v), DECIMALS) + 0.0 for v in shapely.get_coordinates(point)[0])
    if not (abs(lat) <= _FURTHEST_NORTH and abs(lon) <= _FURTHEST_EAST):
        hint = "Metres, perhaps? Save the layer as WGS 84 (EPSG:4326)."
        return _nowhere(feature, "bad-coordinates", _OUTSIDE, f"{lat:g}, {lon:g}", hint)
    if lat == 0 and lon == 0:
        message = "0, 0 lies in the Gulf of Guinea; the row has no point."
        hint = "Leave the place out where it is not known."
        return _nowhere(feature, "no-place", message, "0, 0", hint)
    notes: tuple[Note, ...] = ()
    if mended:
        message = "its outline crosses itself; it was mended."
        notes = (Note(Outcome.MENDED, "invalid-shape", message, feature.spot),)
    return Placed(feature, shape, (lon, lat), notes)


def _mended(shape: "BaseGeometry") -> "tuple[BaseGeometry, bool]":
    if shape.is_valid:
        return shape, False
    whole = shapely.make_valid(shape)
    return _same_kind(whole, shape), True


def _same_kind(mended: "BaseGeometry", shape: "BaseGeometry") -> "BaseGeometry":
    """Leave out the lines and points that mending makes of the remains of a polygon."""
    if "Polygon" not in shape.geom_type or "Polygon" in mended.geom_type:
        return mended
    parts = [part for part in shapely.get_parts(mended) if "Polygon" in part.geom_type]
    return shapely.union_all(parts) if parts else mended


def _middle(known: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stand for many points by their middle, so that it is worked out once for a file."""
    if len(known) < _MANY:
        return list(known)
    lat, lon = (float(v) for v in np.median(np.asarray(known), axis=0))
    return [(lat, lon)] * _MANY


def _unswapped(one: Placed, others: Sequence[tuple[float, float]]) -> Placed:
    if one.point is None or not looks_swapped(one.point[1], one.point[0], others):
        return one
    lon, lat = one.point
    message = "latitude and longitude look swapped; the row has no point."
    hint = f"Is it latitude {lon:g}, longitude {lat:g}?"
    return _nowhere(one.feature, "swapped-coordinates", message, f"{lat:g}, {lon:g}", hint)


def _nowhere(
    feature: Feature, code: str, message: str, value: str | None = None, hint: str = ""
) -> Placed:
    note = Note(Outcome.WARNED, code, message, feature.spot, value, hint=hint)
    return Placed(feature, None, None, (note,))
