"""From whatever coordinate reference system a file names to WGS 84 longitude and latitude.

A file that does not say its system is refused: coordinates without one are no places.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from netmap.errors import UnreadableFileError
from netmap.places import WGS84

if TYPE_CHECKING:
    import pyproj
    from shapely.geometry.base import BaseGeometry

_EPSG = re.compile(r"(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:)?[\d.]*:?CRS:?84", re.IGNORECASE)


def named(name: str, shown: str) -> "pyproj.CRS":
    """Find a system by its name: ``EPSG:27700``, ``urn:ogc:def:crs:EPSG::27700``, ``CRS84``.

    Raises:
        UnreadableFileError: The name is none of these.
    """
    if _CRS84.fullmatch(name.strip()):
        return _made("from_epsg", WGS84, shown)
    found = _EPSG.fullmatch(name.strip())
    if found is None:
        raise _unknown(shown)
    return _made("from_epsg", int(found[1]), shown)


def described(text: str, shown: str) -> "pyproj.CRS":
    """Understand a system described as WKT, as ``.prj`` files and GeoPackages have it.

    Raises:
        UnreadableFileError: It cannot be understood.
    """
    return _made("from_wkt", text, shown)


def described_as_json(value: Mapping[str, Any], shown: str) -> "pyproj.CRS":
    """Understand a system described as PROJJSON, as GeoParquet has it.

    Raises:
        UnreadableFileError: It cannot be understood.
    """
    return _made("from_json_dict", value, shown)


def to_wgs84(
    shapes: "Sequence[BaseGeometry | None]", crs: "pyproj.CRS"
) -> "list[BaseGeometry | None]":
    """Bring shapes to WGS 84; coordinates beyond the system's bounds become infinite.

    Args:
        shapes: In the system's own coordinates, easting or longitude first.
        crs: The system.
    """
    import pyproj  # noqa: PLC0415  # heavy, and most files are in WGS 84 already

    flat = [None if one is None else shapely.force_2d(one) for one in shapes]
    if not flat or crs.to_epsg() == WGS84:
        return flat
    turn = pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)

    def project(
        pairs: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    ) -> "np.ndarray[Any, Any]":
        return np.column_stack(turn.transform(pairs[:, 0], pairs[:, 1]))

    return list(shapely.transform(np.array(flat, dtype=object), project))


def lacking(shown: str, hint: str = "") -> UnreadableFileError:
    """Word that a file does not say its coordinate reference system."""
    said = f" {hint}" if hint else ""
    return UnreadableFileError(shown, f"it does not say its coordinate reference system.{said}")


def _made(how: str, value: object, shown: str) -> "pyproj.CRS":
    import pyproj  # noqa: PLC0415  # as above

    try:
        crs: pyproj.CRS = getattr(pyproj.CRS, how)(value)
    except (pyproj.exceptions.CRSError, TypeError, ValueError, KeyError) as error:
        raise _unknown(shown) from error
    if not (crs.is_geographic or crs.is_projected or crs.is_bound):
        raise _unknown(shown)
    return crs


def _unknown(shown: str) -> UnreadableFileError:
    why = "its coordinate reference system is not one that is known. Save it as WGS 84 (EPSG:4326)."
    return UnreadableFileError(shown, why)
