"""The type of each column of a layer, by its model rather than its cells.

An empty column keeps its type, so that two files of one network can always be put together.
"""

import datetime as dt
import typing
from collections.abc import Mapping, Sequence

import pandas as pd  # type: ignore[import-untyped]  # ships no types
import pyarrow as pa

from netmap.exchange.gis.layers import WORKED_OUT
from netmap.exchange.rows import Cells
from netmap.networks.models import TABLES

_PANDAS: Mapping[type, str] = {bool: "boolean", int: "Int64", float: "Float64"}
_ARROW: Mapping[type, pa.DataType] = {
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    dt.date: pa.date32(),
    tuple: pa.list_(pa.string()),
}


def kind_of(layer: str, name: str) -> type:
    """Say what a column of a layer holds: bool, int, float, date, tuple or str."""
    if name == "approximate" and name in WORKED_OUT.get(layer, ()):
        return bool
    field = TABLES[layer].model_fields.get(name)
    if field is None:
        return str
    held = typing.get_args(field.annotation) or (field.annotation,)
    if typing.get_origin(field.annotation) is tuple:
        return tuple
    return next((kind for kind in (bool, int, float, dt.date) if kind in held), str)


def arrow_type(layer: str, name: str) -> pa.DataType:
    """Choose a column's type in Arrow; lists stay lists and dates stay dates."""
    return _ARROW.get(kind_of(layer, name), pa.string())


def table_of(layer: str, names: Sequence[str], rows: Sequence[Cells]) -> pd.DataFrame:
    """Put rows into a frame as a GIS table has them: lists joined by ``;``, dates as ISO text."""
    return pd.DataFrame({name: table_column(layer, name, rows) for name in names})


def table_column(layer: str, name: str, rows: Sequence[Cells]) -> pd.api.extensions.ExtensionArray:
    """Give one column of such a frame."""
    cells = [_cell(row.get(name)) for row in rows]
    dtype = _PANDAS.get(kind_of(layer, name), "string")
    if layer == "populations" and name not in TABLES[layer].model_fields:
        # A count that too few people share is a star, and columns of people's own hold words.
        counted = all(cell is None or isinstance(cell, int | float) for cell in cells)
        dtype = "Float64" if counted else "string"
        cells = cells if counted else [None if c is None else str(c) for c in cells]
    return pd.array(cells, dtype=dtype)


def _cell(value: object) -> object:
    match value:
        case tuple():
            return ";".join(map(str, value)) or None
        case None | bool() | int() | float():
            return value
        case _:
            # A name in SQLite and in Arrow ends at a NUL.
            return str(value).replace("\0", "")
