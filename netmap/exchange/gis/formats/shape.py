"""A shape from the bytes or the numbers a format holds it in, or the reason why it is none."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_HEADER = 8
_ENVELOPES = (0, 32, 48, 48, 64)
UNREADABLE = "its shape cannot be read"
NOT_NUMBERS = "its coordinates are not numbers"


def from_geojson(value: object) -> "tuple[BaseGeometry | None, str]":
    """Read a GeoJSON geometry; nothing is a shape that is missing.

    Returns:
        The shape, or None with the reason, which is empty where there is simply none.
    """
    if value is None:
        return None, ""
    if not isinstance(value, Mapping):
        return None, UNREADABLE
    try:
        return checked(shapely.geometry.shape(value))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None, UNREADABLE
    except shapely.errors.ShapelyError:
        return None, UNREADABLE


def from_wkb(content: object) -> "tuple[BaseGeometry | None, str]":
    """Read well-known binary, as GeoParquet holds it."""
    if content is None:
        return None, ""
    if not isinstance(content, bytes):
        return None, UNREADABLE
    try:
        return checked(shapely.from_wkb(content))
    except (ValueError, TypeError, MemoryError, shapely.errors.ShapelyError):
        return None, UNREADABLE


def from_geopackage(content: object) -> "tuple[BaseGeometry | None, str]":
    """Read a GeoPackage's geometry: a header, an envelope, well-known binary (clause 2.1.3)."""
    if content is None:
        return None, ""
    if not isinstance(content, bytes) or content[:2] != b"GP" or len(content) < _HEADER:
        return None, UNREADABLE
    envelope = (content[3] >> 1) & 7
    if envelope >= len(_ENVELOPES):
        return None, UNREADABLE
    return from_wkb(content[_HEADER + _ENVELOPES[envelope] :])


def checked(shape: Any) -> "tuple[BaseGeometry | None, str]":
    """Let a shape pass whose coordinates are numbers; an empty one is none."""
    if shape is None:
        return None, ""
    # Before emptiness: a point whose coordinates are no numbers counts as empty.
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return None, NOT_NUMBERS
    return (None, "") if shape.is_empty else (shape, "")
