"""The boundaries of a network's areas after an import, as GeoJSON (RFC 7946)."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.places import WGS84

if TYPE_CHECKING:
    import geopandas as gpd

GEOJSON = "areas.geojson"
_FILES = (GEOJSON, "areas.gpkg", "areas.parquet")
_DECIMALS = 6


def shape_files(
    folder: Path,
    shown: str,
    boundaries: "gpd.GeoDataFrame",
    code_of: Callable[[str], str],
    notes: list[Note],
) -> dict[str, bytes | None]:
    """Put boundaries beside those a network has; one of the same area takes its place.

    Args:
        folder: The network's folder.
        shown: How messages name it.
        boundaries: One geometry for each area, indexed by what the file calls it, WGS 84.
        code_of: From what the file calls an area to its code; empty where there is none.
        notes: Gets what could not be kept.

    Returns:
        ``areas.geojson`` where a shape changes, sorted by code, coordinates to six decimals; None
        for the file whose shapes went into it.

    Raises:
        UnreadableFileError: The boundaries there are cannot be read.
    """
    file = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if file is not None and file.suffix == ".parquet" and not has_shapes(file):
        file = None
    there, lost = _there(file, shown) if file else ({}, [])
    given = _written(boundaries, lambda index: code_of(str(index)))
    placeless = given.pop("", "")
    if placeless:
        message = "some shapes are of no area of the register; they are left out."
        notes.append(Note(Outcome.WARNED, "unknown-area", message, Spot(f"{shown}/{GEOJSON}")))
    if all(there.get(code) == shape for code, shape in given.items()):
        return {}
    if file and (lost or file.name != GEOJSON):
        notes.append(_replaced(file, shown, lost))
    files: dict[str, bytes | None] = {GEOJSON: _collection({**there, **given})}
    if file and file.name != GEOJSON:
        files[file.name] = None
    return files


def has_shapes(file: Path) -> bool:
    """Tell whether a Parquet file holds geometries."""
    import pyarrow.parquet as pq  # noqa: PLC0415  # only large registers are Parquet

    try:
        schema = pq.read_schema(file)
    except Exception:  # noqa: BLE001  # a broken file is reported where its table is read
        return False
    binary = any("binary" in str(one.type) or "extension" in str(one.type) for one in schema)
    return binary or b"geo" in (schema.metadata or {})


def _there(file: Path, shown: str) -> tuple[dict[str, str], list[str]]:
    """Read the boundaries there are; give them by code, and the columns that will be lost."""
    import geopandas as gpd  # noqa: PLC0415  # heavy, and few imports have boundaries

    place = f"{shown}/{file.name}"
    try:
        frame = gpd.read_parquet(file) if file.suffix == ".parquet" else gpd.read_file(file)
    except Exception as error:  # GDAL and Arrow raise whatever the broken part raised
        raise UnreadableFileError(place, str(error)) from error
    named = {str(column).lower(): column for column in frame.columns}
    if "code" not in named or frame.crs is None:
        why = "it does not say which shape is of which area, or in which coordinates"
        raise UnreadableFileError(place, why)
    frame = frame.assign(code=frame[named["code"]].astype(str)).drop_duplicates("code")
    lost = sorted(set(named) - {"code", "id", str(frame.geometry.name).lower()})
    return _written(frame.set_index("code").to_crs(WGS84), str), lost


def _written(frame: "gpd.GeoDataFrame", code_of: Callable[[Any], str]) -> dict[str, str]:
    """Write each geometry as GeoJSON: flat, rounded, outer rings counter-clockwise."""
    import numpy as np  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    flat = shapely.force_2d(frame.geometry.to_numpy())
    rounded = shapely.transform(flat, lambda points: np.round(points, _DECIMALS))
    texts = shapely.to_geojson(shapely.orient_polygons(rounded))
    empty = shapely.is_empty(flat) | shapely.is_missing(flat)
    return {
        code_of(index): str(text)
        for index, text, nothing in zip(frame.index, texts, empty, strict=True)
        if not nothing
    }


def _collection(shapes: Mapping[str, str]) -> bytes:
    features = ",\n".join(
        f'{{"type":"Feature","properties":{{"code":{json.dumps(code, ensure_ascii=False)}}},'
        f'"geometry":{shape}}}'
        for code, shape in sorted(shapes.items())
    )
    return f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'.encode()


def _replaced(file: Path, shown: str, lost: list[str]) -> Note:
    if file.name == GEOJSON:
        message = f"it keeps codes and shapes alone; {', '.join(lost)} are left out."
    else:
        message = f"its shapes are in {GEOJSON} from now on, with codes alone, and it goes."
    hint = "netmap can put it back as it was before this import."
    return Note(Outcome.WARNED, "boundaries", message, Spot(f"{shown}/{file.name}"), hint=hint)
