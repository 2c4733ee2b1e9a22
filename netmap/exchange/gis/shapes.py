"""The shape that each row of a register has on a map, WGS 84 longitude and latitude."""

import typing
from collections.abc import Callable
from typing import TYPE_CHECKING

import shapely

from netmap.networks.models import Activity, Area, Organisation, Record, Tie
from netmap.networks.register import Point, Register

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# About a tenth of a metre.
DECIMALS = 6


def _point(point: Point | None) -> "BaseGeometry | None":
    return shapely.Point(*(round(degrees, DECIMALS) for degrees in point)) if point else None


def _stands(register: Register, row: Record) -> "BaseGeometry | None":
    return _point(register.point_in_files(typing.cast("Activity | Organisation", row)))


def _outline(register: Register, row: Record) -> "BaseGeometry | None":
    area = typing.cast("Area", row)
    if area.anonymised:
        return None
    if register.boundaries is not None and area.code in register.boundaries.index:
        shape = register.boundaries.geometry.loc[area.code]
        if shape is not None and not shape.is_empty:
            return shapely.orient_polygons(shape)
    return _point(area.point)


def _line(register: Register, row: Record) -> "BaseGeometry | None":
    tie = typing.cast("Tie", row)
    ends = (tie.source_organisation, tie.target_organisation)
    known = [register.organisation[end] for end in ends if end in register.organisation]
    points = [point for one in known if (point := register.point_in_files(one))]
    # Two ends in one place make no line.
    whole = len(points) == len(ends) and points[0] != points[1]
    return shapely.LineString([[round(d, DECIMALS) for d in p] for p in points]) if whole else None


def outlined(register: Register) -> bool:
    """Tell whether any area of a register has a boundary."""
    shapes = (_outline(register, area) for area in register.areas)
    return any(shape is not None and shape.geom_type != "Point" for shape in shapes)


SHAPES: "dict[str, Callable[[Register, Record], BaseGeometry | None]]" = {
    "organisations": _stands,
    "activities": _stands,
    "areas": _outline,
    "ties": _line,
}
