"""A register as a GeoPackage that opens in QGIS with layers, styles and names for its columns.

The four layers have their shapes; the other tables stand beside them without, so that the file
carries the whole register; ``about`` says where it comes from and whom it is for.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd  # type: ignore[import-untyped]  # ships no types
import pyogrio

from netmap.exchange.gis.about import about, without_columns
from netmap.exchange.gis.columns import table_of
from netmap.exchange.gis.dressing import dress
from netmap.exchange.gis.layers import LAYERS, features, layer_columns
from netmap.exchange.rows import table_columns, table_rows
from netmap.networks.models import TABLES
from netmap.networks.register import Register
from netmap.places import WGS84
from netmap.vocabulary import Vocabularies

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

ABOUT = "about"
_TYPES = {"activities": "Point", "organisations": "Point", "ties": "LineString"}


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as a GeoPackage.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes, and the legend.

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
            _write_tables(register, file)
            dress(file, register, vocabularies)
            return file.read_bytes()
    finally:
        pyogrio.set_gdal_config_options(before)


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a GeoPackage leaves out."""
    return without_columns(register)


def _write_layer(register: Register, vocabularies: Vocabularies, layer: str, file: Path) -> None:
    rows = list(features(register, vocabularies, layer))
    data = table_of(layer, layer_columns(register, layer), [cells for cells, _ in rows])
    shapes = [shape for _, shape in rows]
    geometry = gpd.GeoSeries(shapes, crs=WGS84)
    type_ = _TYPES.get(layer) or _common_type(shapes)
    pyogrio.write_dataframe(
        gpd.GeoDataFrame(data, geometry=geometry, crs=WGS84),
        file,
        layer=layer,
        driver="GPKG",
        append=file.exists(),
        geometry_type=type_,
        promote_to_multi=type_ == "MultiPolygon",
        # Versions of QGIS that people still have warn of anything newer.
        dataset_options={"VERSION": "1.3"},
        layer_options={"DESCRIPTION": _description(register)},
    )


def _common_type(shapes: "Sequence[BaseGeometry | None]") -> str:
    """Name the one type of these shapes; a layer of both kinds falls apart in QGIS."""
    points = {shape.geom_type == "Point" for shape in shapes if shape is not None}
    if len(points) > 1:
        return "Unknown"
    return "MultiPolygon" if points == {False} else "Point"


def _write_tables(register: Register, file: Path) -> None:
    """Write the tables without shapes, those that have rows, and what the file is."""
    for table in (name for name in TABLES if name not in LAYERS and getattr(register, name)):
        rows = list(table_rows(register, table))
        _write_plain(table_of(table, table_columns(register, table), rows), table, file)
    said = [(what, text) for what, text in about(register).items() if text]
    _write_plain(pd.DataFrame(said, columns=["what", "said"], dtype="string"), ABOUT, file)


def _write_plain(data: pd.DataFrame, name: str, file: Path) -> None:
    pyogrio.write_dataframe(data, file, layer=name, driver="GPKG", append=True)


def _description(register: Register) -> str:
    said = (register.title, register.settings.disclaimer, register.settings.source)
    return " | ".join(part for part in said if part)
