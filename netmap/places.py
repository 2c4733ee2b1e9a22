"""Coordinate reference systems, distances and postcodes.

Coordinates from files are WGS 84 degrees. Distances are measured in a metric CRS: the British
National Grid where every point lies in Great Britain, the right UTM zone elsewhere. What is near
what, and how far people can reasonably travel, is for ``networks.reach`` to say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import pyproj

    Degrees = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    Metres = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

WGS84 = 4326
BRITISH_NATIONAL_GRID = 27700
DistanceClass = Literal["urban", "rural"]
RURAL_CLASSES = frozenset({"significant_rural", "rural_50", "rural_80"})

# The envelope of Great Britain with its islands, degrees; beyond it the National Grid distorts.
_GB_WEST, _GB_SOUTH, _GB_EAST, _GB_NORTH = -8.82, 49.79, 1.92, 60.94
_LAST_NORTH = 84.0
_INWARD = 3
_ENOUGH = 3

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")


def distance_class(rural_urban: str | None) -> DistanceClass:
    """Say which catchment an area's rural/urban class uses; empty counts as urban."""
    return "rural" if rural_urban in RURAL_CLASSES else "urban"


def metric_crs(points: "Degrees") -> int:
    """Choose the EPSG code in which the distances between these points are true.

    Args:
        points: Longitude and latitude, degrees WGS 84, shape (n, 2); rows with NaN are ignored.

    Returns:
        27700 where all points lie in Great Britain, else the UTM zone of their middle; 27700
        where there is no point. Longitudes on both sides of the antimeridian are taken as
        neighbours.
    """
    known = points[np.isfinite(points).all(axis=1)]
    if not len(known):
        return BRITISH_NATIONAL_GRID
    lon, lat = known[:, 0], known[:, 1]
    if (
        (lon >= _GB_WEST).all()
        and (lon <= _GB_EAST).all()
        and (lat >= _GB_SOUTH).all()
        and (lat <= _GB_NORTH).all()
    ):
        return BRITISH_NATIONAL_GRID
    # The mean direction, not the mean number: 179 and -179 are two degrees apart.
    middle = float(np.rad2deg(np.angle(np.exp(1j * np.deg2rad(lon)).mean())))
    zone = int((middle + 180) // 6) % 60 + 1
    return (32600 if float(lat.mean()) >= 0 else 32700) + zone


@lru_cache(maxsize=8)
def _transformer(epsg: int) -> "pyproj.Transformer":
    import pyproj  # noqa: PLC0415  # heavy: only commands that measure pay for it

    return pyproj.Transformer.from_crs(WGS84, epsg, always_xy=True)


def to_metres(points: "Degrees", epsg: int | None = None) -> "Metres":
    """Project points to a metric CRS.

    Args:
        points: Longitude and latitude, degrees WGS 84, shape (n, 2); NaN for an unknown point.
        epsg: The metric CRS; chosen by :func:`metric_crs` where not given.

    Returns:
        Easting and northing in metres, shape (n, 2), same order; NaN stays NaN.
    """
    points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    metres = np.full_like(points, np.nan)
    known = np.isfinite(points).all(axis=1)
    if known.any():
        transformer = _transformer(epsg or metric_crs(points))
        metres[known, 0], metres[known, 1] = transformer.transform(
            points[known, 0], points[known, 1]
        )
    metres[~np.isfinite(metres).all(axis=1)] = np.nan
    return metres


def looks_swapped(latitude: float, longitude: float, others: Sequence[tuple[float, float]]) -> bool:
    """Tell whether latitude and longitude have probably changed places.

    Args:
        latitude: As written, degrees.
        longitude: As written, degrees.
        others: (latitude, longitude) of the points that belong together with this one.

    Returns:
        True where the point as written is far from the middle of the others (over five degrees)
        and the swapped one is near (under five). With fewer than three others, among which this
        one may be, Great Britain is what is near.
    """
    return neighbourhood(others).looks_swapped(latitude, longitude)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Where points that belong together are: their middle, and how far from it is near, degrees."""

    latitude: float
    longitude: float
    near: float

    def looks_swapped(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point is near only with latitude and longitude in each other's place."""
        as_written = max(abs(latitude - self.latitude), abs(longitude - self.longitude))
        swapped = max(abs(longitude - self.latitude), abs(latitude - self.longitude))
        return as_written > self.near >= swapped


def neighbourhood(points: Sequence[tuple[float, float]]) -> Neighbourhood:
    """Find where points, (latitude, longitude) in degrees, are; fewer than three say nothing."""
    if len(points) < _ENOUGH:
        return Neighbourhood((_GB_SOUTH + _GB_NORTH) / 2, (_GB_WEST + _GB_EAST) / 2, 7.0)
    latitude, longitude = (float(v) for v in np.median(np.asarray(points), axis=0))
    return Neighbourhood(latitude, longitude, 5.0)


def tidy_postcode(text: str) -> str | None:
    """Write a UK postcode the usual way: capitals, one space before the last three.

    Returns:
        The postcode or the outward code; None where it is neither.
    """
    squeezed = re.sub(r"\s+", "", text).upper()
    if _OUTCODE.fullmatch(squeezed):
        return squeezed
    spaced = f"{squeezed[:-_INWARD]} {squeezed[-_INWARD:]}"
    return spaced if _POSTCODE.fullmatch(spaced) else None
