"""From metres on a national grid to degrees.

Postcode tables give eastings and northings of the British National Grid (EPSG:27700), but of the
Irish Grid (EPSG:29903) for postcodes in Northern Ireland, unless somebody converted those.
"""

from typing import TYPE_CHECKING

import numpy as np

from netmap.places import BRITISH_NATIONAL_GRID, WGS84

if TYPE_CHECKING:
    from netmap.places import Degrees, Metres

_IRISH_GRID = 29903
# The envelope of Northern Ireland, degrees: west, south, east, north.
_NORTHERN_IRELAND = (-8.4, 53.9, -5.3, 55.5)


def to_degrees(
    metres: "Metres", northern_irish: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> "Degrees":
    """Convert grid references.

    Args:
        metres: Easting and northing, shape (n, 2); NaN for an unknown point.
        northern_irish: Which of them belong to postcodes in Northern Ireland, shape (n,).

    Returns:
        Longitude and latitude in degrees WGS 84, shape (n, 2), same order; NaN where unknown, and
        where a point said to be in Northern Ireland lies there on neither grid.
    """
    degrees = np.full_like(metres, np.nan)
    british = ~northern_irish
    degrees[british] = _converted(metres[british], BRITISH_NATIONAL_GRID)
    if northern_irish.any():
        there = metres[northern_irish]
        on_irish = _within_northern_ireland(_converted(there, _IRISH_GRID))
        on_british = _within_northern_ireland(_converted(there, BRITISH_NATIONAL_GRID))
        degrees[northern_irish] = np.where(np.isfinite(on_irish), on_irish, on_british)
    return degrees


def _converted(metres: "Metres", epsg: int) -> "Degrees":
    import pyproj  # noqa: PLC0415  # heavy: only the first use of a table pays for it

    degrees = np.full_like(metres, np.nan)
    known = np.isfinite(metres).all(axis=1)
    if known.any():
        transformer = pyproj.Transformer.from_crs(epsg, WGS84, always_xy=True)
        degrees[known, 0], degrees[known, 1] = transformer.transform(
            metres[known, 0], metres[known, 1]
        )
    degrees[~np.isfinite(degrees).all(axis=1)] = np.nan
    return degrees


def _within_northern_ireland(degrees: "Degrees") -> "Degrees":
    west, south, east, north = _NORTHERN_IRELAND
    lon, lat = degrees[:, 0], degrees[:, 1]
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return np.where(inside[:, None], degrees, np.nan)
