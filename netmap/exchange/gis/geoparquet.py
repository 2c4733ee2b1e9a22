"""A register as GeoParquet 1.1, for notebooks and databases: all layers in one table.

Parquet files hold one table each, so the layers stand below one another and ``layer`` says which
is which; columns that a layer lacks are empty there.
"""

import io
import json

import geopandas as gpd
import pandas as pd  # type: ignore[import-untyped]  # ships no types
import pyarrow as pa
import pyarrow.parquet as pq

from netmap.exchange.gis.about import MADE_BY, about, without_columns, without_tables
from netmap.exchange.gis.columns import arrow_type
from netmap.exchange.gis.layers import LAYERS, features, layer_columns
from netmap.exchange.gis.properties import text_of
from netmap.networks.register import Register
from netmap.places import WGS84
from netmap.vocabulary import Vocabularies


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as one GeoParquet file.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels beside the codes.

    Returns:
        The file: WKB geometry in WGS 84, dates as dates, lists as lists; what the file is stands
        as JSON under ``netmap`` in its metadata. The same register gives the same bytes.
    """
    types: dict[str, pa.DataType] = {"layer": pa.string()}
    for layer in LAYERS:
        for name in layer_columns(register, layer):
            type_ = arrow_type(layer, name)
            # What one layer counts may be people's own words in another.
            types[name] = type_ if types.get(name, type_) == type_ else pa.string()
    rows, shapes = [], []
    for layer in LAYERS:
        for cells, shape in features(register, vocabularies, layer):
            rows.append({**cells, "layer": layer})
            shapes.append(shape)
    data = pd.DataFrame({name: _column(name, type_, rows) for name, type_ in types.items()})
    frame = gpd.GeoDataFrame(data, geometry=gpd.GeoSeries(shapes, crs=WGS84), crs=WGS84)
    return _with_about(frame, register)


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register GeoParquet leaves out."""
    return (*without_tables(register, "GeoParquet files"), *without_columns(register))


def _column(
    name: str, type_: pa.DataType, rows: list[dict[str, object]]
) -> pd.api.extensions.ExtensionArray:
    cells = [_cell(row.get(name), type_) for row in rows]
    return pd.array(cells, dtype=pd.ArrowDtype(type_))


def _cell(value: object, type_: pa.DataType) -> object:
    if value is None or value == ():
        return None
    if pa.types.is_string(type_):
        return value if isinstance(value, str) else text_of(value)
    return [str(item) for item in value] if isinstance(value, tuple) else value


def _with_about(frame: gpd.GeoDataFrame, register: Register) -> bytes:
    plain, whole = io.BytesIO(), io.BytesIO()
    frame.to_parquet(plain, index=False, schema_version="1.1.0", geometry_encoding="WKB")
    table = pq.read_table(plain)
    # What pandas notes for itself, pandas cannot read back where a column holds lists.
    noted = {k: v for k, v in (table.schema.metadata or {}).items() if k != b"pandas"}
    said = {MADE_BY.encode(): json.dumps(about(register), ensure_ascii=False).encode()}
    pq.write_table(table.replace_schema_metadata({**noted, **said}), whole)
    return whole.getvalue()
