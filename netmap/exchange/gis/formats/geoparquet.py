"""GeoParquet, with the shapes as well-known binary."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Spot
from netmap.exchange.gis import crs
from netmap.exchange.gis.about import MADE_BY
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import MOST_FEATURES, Feature, Source
from netmap.exchange.opening import json_from

if TYPE_CHECKING:
    import pyarrow as pa
    import pyproj

_MAGIC = b"PAR1"
_LARGEST = 512 * 2**20


def recognises(file: Path) -> bool:
    """Tell whether a file is Parquet; whether it holds shapes is seen when it is read."""
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def read(file: Path, shown: str) -> Source:
    """Read a GeoParquet file.

    Args:
        file: The file.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is no Parquet, has no shapes, is broken, too large, or does not
            say its coordinate reference system.
    """
    if not recognises(file):
        raise UnreadableFileError(shown, "it is no Parquet file")
    table = _table(file, shown)
    metadata = table.schema.metadata or {}
    column, said = _geometry(metadata, shown)
    system = _system(said, shown)
    covering = said.get("covering")
    skipped = {column, *(["bbox"] if covering else [])}
    held = [shape.from_wkb(cell) for cell in table.column(column).to_pylist()]
    placed = crs.to_wgs84([one for one, _ in held], system)
    rows = table.drop_columns([c for c in table.column_names if c in skipped]).to_pylist()
    features = [
        Feature(Spot(shown, "", number), row, where, broken)
        for number, (row, where, (_, broken)) in enumerate(zip(rows, placed, held, strict=True), 1)
    ]
    return Source("geoparquet", tuple(features), ours=MADE_BY.encode() in metadata)


def _table(file: Path, shown: str) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415  # heavy, for this format alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        opened = pq.ParquetFile(file)
        about = opened.metadata
        size = sum(about.row_group(n).total_byte_size for n in range(about.num_row_groups))
        if about.num_rows > MOST_FEATURES or size > _LARGEST:
            message = f"it holds {about.num_rows} rows in {size // 2**20} MB"
            raise UnreadableFileError(shown, f"{message}, too much for a register")
        return opened.read()
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise UnreadableFileError(shown, f"it is broken ({error})") from error


def _geometry(metadata: Mapping[bytes, bytes], shown: str) -> tuple[str, Mapping[str, Any]]:
    if b"geo" not in metadata:
        raise UnreadableFileError(shown, "it is Parquet without shapes, not GeoParquet")
    about = json_from(metadata[b"geo"], shown)
    column = about.get("primary_column") if isinstance(about, dict) else None
    columns = about.get("columns") if isinstance(about, dict) else None
    said = columns.get(column) if isinstance(columns, dict) else None
    if not isinstance(column, str) or not isinstance(said, dict):
        raise UnreadableFileError(shown, "it does not say which column holds its shapes")
    if said.get("encoding") != "WKB":
        raise UnreadableFileError(shown, "its shapes are not well-known binary; save them so")
    return column, said


def _system(said: Mapping[str, Any], shown: str) -> "pyproj.CRS":
    # By the standard a file that leaves it out is in WGS 84; one that says null does not know.
    if "crs" not in said:
        return crs.named("CRS84", shown)
    if not isinstance(said["crs"], dict):
        raise crs.lacking(shown)
    return crs.described_as_json(said["crs"], shown)
