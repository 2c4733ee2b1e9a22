"""Shapefiles: a ``.shp`` with its companions beside it, or a zip that holds one or more.

GDAL reads them, from a folder that holds nothing else and under names of our own, after the first
bytes have been looked at, so that it can follow nothing.
"""

import datetime as dt
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.gis import crs
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import MOST_FEATURES, Feature, Source
from netmap.exchange.opening import content_of
from netmap.tables import member, open_archive

_MAGIC = (9994).to_bytes(4, "big")
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NEEDED = (".shp", ".dbf")
_Parts = Mapping[str, bytes]


def recognises(file: Path) -> bool:
    """Tell whether a file is a shapefile, or a zip that holds one."""
    with file.open("rb") as stream:
        start = stream.read(len(_MAGIC))
    if start == _MAGIC:
        return True
    if not start.startswith(b"PK"):
        return False
    with zipfile.ZipFile(file) as archive:
        return any(_is_layer(name) for name in archive.namelist())


def read(file: Path, shown: str) -> Source:
    """Read the layers of a shapefile.

    Args:
        file: The ``.shp``, or the zip.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is broken, unpacks to too much, lacks its table (``.dbf``), or
            does not say its coordinate reference system (``.prj``).
    """
    layers = _zipped(file, shown) if file.suffix.lower() == ".zip" else _beside(file, shown)
    features: list[Feature] = []
    notes: list[Note] = []
    for name, parts in layers.items():
        where = f"{shown}/{name}" if len(layers) > 1 else shown
        found, said = _read(parts, where)
        sheet = name if len(layers) > 1 else ""
        notes.extend(Note(Outcome.WARNED, "gdal", text, Spot(shown, sheet)) for text in said)
        features.extend(
            Feature(Spot(shown, sheet, number), row, placed, broken)
            for number, (row, placed, broken) in enumerate(found, start=1)
        )
    return Source("shapefile", tuple(features), tuple(notes))


def _is_layer(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() == ".shp" and not hidden


def _beside(file: Path, shown: str) -> dict[str, _Parts]:
    near = {
        one.suffix.lower(): one
        for one in sorted(file.parent.iterdir())
        if one.stem == file.stem and one.is_file() and one.suffix.lower() in _PARTS
    }
    parts = {suffix: content_of(one, f"{shown} ({suffix})") for suffix, one in near.items()}
    return {file.stem: {**parts, ".shp": content_of(file, shown)}}


def _zipped(file: Path, shown: str) -> dict[str, _Parts]:
    with open_archive(file, shown) as archive:
        names = archive.namelist()
        layers: dict[str, _Parts] = {
            PurePosixPath(name).stem: {
                PurePosixPath(one).suffix.lower(): member(archive, one, shown)
                for one in names
                if PurePosixPath(one).with_suffix("") == PurePosixPath(name).with_suffix("")
                and PurePosixPath(one).suffix.lower() in _PARTS
            }
            for name in names
            if _is_layer(name)
        }
    if not layers:
        raise UnreadableFileError(shown, "there is no shapefile in it")
    return layers


def _read(parts: _Parts, shown: str) -> tuple[list[tuple[dict[str, object], Any, str]], list[str]]:
    _refuse_incomplete(parts, shown)
    system = crs.described(parts[".prj"].decode("utf-8", "replace").strip("\0 \r\n"), shown)
    frame, said = _opened(parts, shown)
    names = [name for name in frame.columns if name != frame.geometry.name]
    held = [shape.checked(one) for one in frame.geometry]
    placed = crs.to_wgs84([one for one, _ in held], system)
    rows: Iterator[tuple[Any, ...]] = zip(*(frame[name] for name in names), strict=True)
    cells = [dict(zip(names, map(_plain, row), strict=True)) for row in rows] or [{} for _ in held]
    return [(c, p, b) for c, p, (_, b) in zip(cells, placed, held, strict=True)], said


def _refuse_incomplete(parts: _Parts, shown: str) -> None:
    for suffix in _NEEDED:
        if suffix not in parts:
            why = f"the file ending in {suffix} that belongs to it is missing."
            raise UnreadableFileError(
                shown, f"{why} A shapefile is several files: keep them together"
            )
    if parts[".shp"][: len(_MAGIC)] != _MAGIC:
        raise UnreadableFileError(shown, "it is no shapefile")
    if not parts.get(".prj", b"").strip():
        hint = "The file ending in .prj says it: keep it beside the others, or export it again."
        raise crs.lacking(shown, hint)


def _opened(parts: _Parts, shown: str) -> tuple[Any, list[str]]:
    import pyogrio  # noqa: PLC0415  # heavy, for this format alone

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for suffix in (one for one in parts if one != ".prj"):
            (Path(folder) / f"layer{suffix}").write_bytes(parts[suffix])
        try:
            layer = Path(folder) / "layer.shp"
            frame = pyogrio.read_dataframe(layer, max_features=MOST_FEATURES)
        except Exception as error:  # GDAL raises whatever the broken part raised
            why = str(error).replace(str(Path(folder)), "").lstrip("/\\")
            raise UnreadableFileError(shown, f"it is broken ({why})") from error
    said = sorted({str(one.message).replace(folder, "") for one in caught})
    return frame, [text for text in said if "geometry" in text or "recode" in text]


def _plain(value: Any) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    return None if value != value else value  # noqa: PLR0124  # NaN: an empty cell
