"""Boundaries of areas, from GeoJSON, GeoPackage or GeoParquet, joined on ``code``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.findings import Finding, Level, Place
from netmap.places import WGS84

if TYPE_CHECKING:
    import geopandas as gpd

_FILES = ("areas.geojson", "areas.gpkg", "areas.parquet")


def read_boundaries(
    folder: Path, shown: str, codes: Sequence[str]
) -> "tuple[gpd.GeoDataFrame | None, list[Finding]]":
    """Read the boundaries of a network, if it has any.

    Args:
        folder: The network's folder.
        shown: How messages name it.
        codes: The codes of its areas; boundaries of others are reported and left out.

    Returns:
        A frame with one geometry per area, indexed by code in code order, EPSG:4326; None where
        there is no boundary file. Any CRS that says what it is is understood.
    """
    file = next((folder / name for name in _FILES if (folder / name).is_file()), None)
    if file is None or (file.suffix == ".parquet" and not _is_geographic(file)):
        return None, []
    import geopandas as gpd  # noqa: PLC0415  # heavy, and few small networks have boundaries

    place = Place(f"{shown}/{file.name}")
    try:
        frame = gpd.read_parquet(file) if file.suffix == ".parquet" else gpd.read_file(file)
    except Exception as error:  # noqa: BLE001  # GDAL and Arrow raise whatever the broken part raised
        message = f"cannot be read as boundaries: {error}."
        return None, [Finding(Level.ERROR, "unreadable-file", message, place)]
    frame.columns = [str(c).lower() if c != frame.geometry.name else c for c in frame.columns]
    if "code" not in frame.columns:
        message = "has no property 'code' to join its shapes to areas by; it is not used."
        return None, [Finding(Level.ERROR, "missing-heading", message, place)]
    if frame.crs is None:
        message = "does not say its coordinate reference system; it is not used."
        return None, [Finding(Level.ERROR, "no-crs", message, place)]
    frame = frame.assign(code=frame["code"].astype(str)).drop_duplicates("code").set_index("code")
    left_over = sorted(set(frame.index) - set(codes))
    findings = []
    if left_over:
        message = (
            f"{len(left_over)} shapes have a code that no area has: {', '.join(left_over[:5])}."
        )
        findings.append(Finding(Level.WARNING, "unknown-area", message, place))
    known = frame.geometry.loc[sorted(set(frame.index) & set(codes))]
    return gpd.GeoDataFrame(geometry=known.rename("geometry")).to_crs(WGS84), findings


def _is_geographic(file: Path) -> bool:
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return b"geo" in (pq.read_schema(file).metadata or {})
    except Exception:  # noqa: BLE001  # a broken file is reported where its table is read
        return False
