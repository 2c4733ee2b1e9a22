"""Geographic files: GeoPackage for GIS programs, GeoJSON for the web.

Four layers: organisations, activities, areas (boundaries where there are any, else points) and
ties (straight lines from one organisation to the other), all in WGS 84 longitude and latitude.
What has no place is kept, without a geometry.
"""

import json
import tempfile
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd  # type: ignore[import-untyped]  # ships no types
import pyogrio
import shapely

from netmap.exchange.rows import Cells, contract_columns, records
from netmap.networks.models import TABLES, Activity, Area, Organisation, Record, Tie
from netmap.networks.register import Point, Register
from netmap.places import WGS84
from netmap.vocabulary import Vocabularies

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LAYERS = ("organisations", "activities", "areas", "ties")
_DECIMALS = 6
_TYPES = {"activities": "Point", "organisations": "Point", "areas": "Unknown", "ties": "LineString"}
_KINDS = ((bool, "boolean"), (int, "Int64"), (float, "Float64"))
# Which vocabulary explains the codes of a column.
_LABELLED = {
    "roles": "role",
    "sector": "sector",
    "approach": "approach",
    "communities": "community",
    "topics": "topic",
    "rural_urban": "rural_urban",
    "kind": "tie_kind",
}


def geopackage(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as a GeoPackage.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes.

    Returns:
        The file. The same register gives the same bytes: its timestamps are the as-of day.
    """
    day = {"OGR_CURRENT_DATE": f"{register.as_of.isoformat()}T00:00:00.000Z"}
    before = {name: pyogrio.get_gdal_config_option(name) for name in day}
    pyogrio.set_gdal_config_options(day)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "network.gpkg"
            for layer in LAYERS:
                _write_layer(register, vocabularies, layer, file)
            return file.read_bytes()
    finally:
        pyogrio.set_gdal_config_options(before)


def _write_layer(register: Register, vocabularies: Vocabularies, layer: str, file: Path) -> None:
    rows = list(_features(register, vocabularies, layer))
    names = _columns(register, layer)
    data = {
        name: pd.array([_cell(row[name]) for row, _ in rows], dtype=_dtype(layer, name))
        for name in names
    }
    geometry = gpd.GeoSeries([shape for _, shape in rows], crs=WGS84)
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(data, geometry=geometry, crs=WGS84),
        file,
        layer=layer,
        driver="GPKG",
        append=file.exists(),
        geometry_type=_TYPES[layer],
        layer_options={"DESCRIPTION": _description(register)},
    )


def _description(register: Register) -> str:
    said = (register.title, register.settings.disclaimer, register.settings.source)
    return " | ".join(part for part in said if part)


def geojson(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as one GeoJSON feature collection (RFC 7946).

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes.

    Returns:
        UTF-8 JSON. Each feature says in ``layer`` what it is; what has no place has a null
        geometry. Coordinates are rounded to six decimals, about a tenth of a metre.
    """
    settings = register.settings
    document = {
        "type": "FeatureCollection",
        "name": register.name,
        "title": register.title,
        "as_of": register.as_of.isoformat(),
        "audience": register.audience.value,
        "source": settings.source,
        "licence": settings.licence,
        "disclaimer": settings.disclaimer,
        "features": [
            _feature(layer, cells, shape)
            for layer in LAYERS
            for cells, shape in _features(register, vocabularies, layer)
        ],
    }
    return f"{json.dumps(document, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _feature(layer: str, cells: Cells, shape: "BaseGeometry | None") -> dict[str, Any]:
    known = {name: _plain(value) for name, value in cells.items() if value not in {None, ()}}
    geometry = None if shape is None else _rounded(shapely.geometry.mapping(shape))
    return {"type": "Feature", "properties": {"layer": layer, **known}, "geometry": geometry}


def _features(
    register: Register, vocabularies: Vocabularies, layer: str
) -> "Iterator[tuple[Cells, BaseGeometry | None]]":
    names = contract_columns(register, layer)
    place, more = _PLACES[layer], _MORE[layer]
    for row in records(register, layer):
        cells: Cells = {name: getattr(row, name) for name in names}
        cells |= _labels(vocabularies, cells, layer)
        yield cells | more(register, row), place(register, row)


def _columns(register: Register, layer: str) -> tuple[str, ...]:
    names = contract_columns(register, layer)
    labelled = (f"{name}_label" for name in names if _is_labelled(layer, name))
    return (*names, *labelled, *_MORE_NAMES[layer])


def _is_labelled(layer: str, name: str) -> bool:
    # The kind of an area is people's own word; the kind of a tie is a controlled term.
    return name in _LABELLED and (name, layer) != ("kind", "areas")


def _labels(vocabularies: Vocabularies, cells: Cells, layer: str) -> Cells:
    return {
        f"{name}_label": _label(vocabularies, _LABELLED[name], value)
        for name, value in cells.items()
        if _is_labelled(layer, name)
    }


def _label(vocabularies: Vocabularies, vocabulary: str, value: object) -> str | None:
    codes = value if isinstance(value, tuple) else (value,) if value else ()
    labels = [vocabularies[vocabulary].label(str(code)) for code in codes]
    return "; ".join(labels) or None


def _located(register: Register, row: Record) -> Cells:
    one = typing.cast("Activity | Organisation", row)
    area = register.area_of(one) if isinstance(one, Activity) else one.area
    return {
        "area_name": register.areas.name(area) if area else None,
        "approximate": register.approximate(one),
    }


def _tied(register: Register, row: Record) -> Cells:
    tie = typing.cast("Tie", row)
    ends = (tie.source_organisation, tie.target_organisation)
    known = register.organisation
    names = [known[end].name if end in known else end for end in ends]
    return {"source_name": names[0], "target_name": names[1]}


_MORE: dict[str, Callable[[Register, Record], Cells]] = {
    "organisations": _located,
    "activities": _located,
    "areas": lambda _, row: {"approximate": row.uncertain or row.illustrative},
    "ties": _tied,
}
_MORE_NAMES = {
    "organisations": ("area_name", "approximate"),
    "activities": ("area_name", "approximate"),
    "areas": ("approximate",),
    "ties": ("source_name", "target_name"),
}


def _point(point: Point | None) -> "BaseGeometry | None":
    return shapely.Point(*(round(degrees, _DECIMALS) for degrees in point)) if point else None


def _stands(register: Register, row: Record) -> "BaseGeometry | None":
    return _point(register.point_of(typing.cast("Activity | Organisation", row)))


def _shape(register: Register, row: Record) -> "BaseGeometry | None":
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
    points = [point for one in known if (point := register.point_of(one))]
    # Two ends in one place make no line.
    whole = len(points) == len(ends) and points[0] != points[1]
    return shapely.LineString([[round(d, _DECIMALS) for d in p] for p in points]) if whole else None


_PLACES: "dict[str, Callable[[Register, Record], BaseGeometry | None]]" = {
    "organisations": _stands,
    "activities": _stands,
    "areas": _shape,
    "ties": _line,
}


def _dtype(layer: str, name: str) -> str:
    """Choose a column's type by its model, not its cells: an empty column keeps its type."""
    if name == "approximate":
        return "boolean"
    field = TABLES[layer].model_fields.get(name)
    kinds = typing.get_args(field.annotation) or (field.annotation,) if field else ()
    return next((dtype for kind, dtype in _KINDS if kind in kinds), "string")


def _cell(value: object) -> object:
    """Write a value as one cell of a GIS table: lists joined, dates as ISO text."""
    value = _plain(value)
    return ";".join(map(str, value)) or None if isinstance(value, list) else value


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
    return round(value, _DECIMALS) if isinstance(value, float) else value
