"""A register as GeoJSON, for maps on the web and for every GIS."""

import json
from typing import TYPE_CHECKING, Any

import shapely

from netmap.exchange.gis.about import about, without_columns, without_tables
from netmap.exchange.gis.layers import LAYERS, features
from netmap.exchange.gis.shapes import DECIMALS
from netmap.exchange.rows import Cells
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as one GeoJSON feature collection (RFC 7946).

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes.

    Returns:
        UTF-8 JSON. Each feature says in ``layer`` what it is; what has no place has a null
        geometry. Coordinates are rounded to six decimals, about a tenth of a metre.
    """
    document = {
        "type": "FeatureCollection",
        **about(register),
        "features": [
            _feature(layer, cells, shape)
            for layer in LAYERS
            for cells, shape in features(register, vocabularies, layer)
        ],
    }
    return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register GeoJSON leaves out."""
    return (*without_tables(register, "GeoJSON files"), *without_columns(register))


def _feature(layer: str, cells: Cells, shape: "BaseGeometry | None") -> dict[str, Any]:
    known = {name: _plain(value) for name, value in cells.items() if value not in {None, ()}}
    geometry = None if shape is None else _rounded(shapely.geometry.mapping(shape))
    return {"type": "Feature", "properties": {"layer": layer, **known}, "geometry": geometry}


def _plain(value: object) -> object:
    match value:
        case tuple():
            return [str(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
