"""Any geographic file to a draft: told by its first bytes, opened, understood."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.gis import areas, foreign, own
from netmap.exchange.gis.formats import (
    geojson,
    geopackage,
    geoparquet,
    kml,
    overpass,
    shapefile,
)
from netmap.exchange.gis.source import Source
from netmap.vocabulary import Vocabularies

_Recognises = Callable[[Path], bool]
_Reads = Callable[[Path, str], Source]


def _is_json(file: Path) -> bool:
    return geojson.recognises(file) or overpass.recognises(file)


def _read_json(file: Path, shown: str) -> Source:
    if overpass.recognises(file):
        return overpass.read(file, shown)
    return geojson.read(file, shown)


_FORMATS: Final[Mapping[str, tuple[_Recognises, _Reads]]] = {
    ".geojson": (geojson.recognises, geojson.read),
    ".umap": (geojson.recognises, geojson.read),
    ".json": (_is_json, _read_json),
    ".gpkg": (geopackage.recognises, geopackage.read),
    ".parquet": (geoparquet.recognises, geoparquet.read),
    ".geoparquet": (geoparquet.recognises, geoparquet.read),
    ".shp": (shapefile.recognises, shapefile.read),
    ".zip": (shapefile.recognises, shapefile.read),
    ".kml": (kml.recognises, kml.read),
    ".kmz": (kml.recognises, kml.read),
}
_TABLES = ("organisations", "activities", "areas")
_REMOTE = ("/vsi", "http:", "https:", "ftp:", "s3:", "gs:")


def recognises(file: Path) -> bool:
    """Tell by its ending and first bytes whether a file is one of the formats."""
    known = _FORMATS.get(file.suffix.lower())
    try:
        return known is not None and file.is_file() and known[0](file)
    except Exception:  # noqa: BLE001  # a broken zip raises many things; none is a format of ours
        return False


def read(file: Path, shown: str, vocabularies: Vocabularies, table: str | None = None) -> Draft:
    """Read a geographic file.

    Args:
        file: A local GeoJSON, GeoPackage, GeoParquet, KML or shapefile, or a zip that holds one.
        shown: How messages name it.
        vocabularies: The controlled terms of the workspace.
        table: What each feature of somebody else's file is: ``organisations`` (where not given),
            ``activities`` or ``areas``. Outlines with codes and no names of places are areas.

    Returns:
        The draft; features are numbered as they stand in the file or layer, from 1. netmap's own
        exports come back as the rows they were made of, whatever ``table`` says.

    Raises:
        UnreadableFileError: It is none of these, or is broken, too large, without a coordinate
            reference system, or without anything in it.
    """
    source = _opened(file, shown)
    if not source.features:
        raise UnreadableFileError(shown, "there is no feature in it")
    if own.is_own(source):
        return own.read(source)
    if table not in {None, *_TABLES}:
        raise UnreadableFileError(shown, f"a layer cannot become the table '{table}'")
    if table == "areas" or (table is None and areas.looks_like_areas(source)):
        return areas.read(source, shown, vocabularies)
    return foreign.read(source, shown, vocabularies, table or "organisations")


def _opened(file: Path, shown: str) -> Source:
    # On Windows a path has its slashes turned.
    if file.as_posix().lower().startswith(_REMOTE):
        raise UnreadableFileError(shown, "only files on this computer are read")
    if not file.is_file():
        raise UnreadableFileError(shown, "it is not there")
    known = _FORMATS.get(file.suffix.lower())
    if known is None:
        endings = ", ".join(_FORMATS)
        raise UnreadableFileError(shown, f"its ending is none of {endings}")
    try:
        return known[1](file, shown)
    except PermissionError as error:
        raise UnreadableFileError(shown, "it is open in another program; close it there") from error
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
