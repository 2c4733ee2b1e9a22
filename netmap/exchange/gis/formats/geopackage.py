"""GeoPackage, read as the database it is: its layers, nothing it computes or points to.

Views and virtual tables are not read: what a file's own code would do is nobody's data.
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.gis import crs
from netmap.exchange.gis.about import MADE_BY
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import MOST_FEATURES, Feature, Source

if TYPE_CHECKING:
    import pyproj

_MAGIC = b"SQLite format 3\x00"
_LARGEST = 512 * 2**20
_LONGEST = 64 * 2**20
_STEPS, _MOST_STEPS = 100_000, 5_000
_NOT_DATA = frozenset({"about", "layer_styles"})


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    geometry: str
    system: "pyproj.CRS | None"
    columns: Mapping[str, str]


def recognises(file: Path) -> bool:
    """Tell whether a file is an SQLite database."""
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def read(file: Path, shown: str) -> Source:
    """Read the layers of a GeoPackage, and the tables beside them where netmap made it.

    Args:
        file: The file.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is no GeoPackage, is broken, or a layer does not say its system.
    """
    if not recognises(file):
        raise UnreadableFileError(shown, "it is no GeoPackage")
    if file.stat().st_size > _LARGEST:
        raise UnreadableFileError(shown, "it is too much for a register")
    try:
        with contextlib.closing(_opened(file)) as database:
            return _read(database, shown, _unsaved(file, shown))
    except sqlite3.Error as error:
        raise UnreadableFileError(
            shown, f"it is no GeoPackage, or it is broken ({error})"
        ) from error
    except (OverflowError, UnicodeDecodeError, MemoryError) as error:
        raise UnreadableFileError(shown, "it is broken") from error


def _opened(file: Path) -> sqlite3.Connection:
    # Immutable: nothing is locked, written or made beside it.
    database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    steps = iter(range(_MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEPS)
    database.text_factory = lambda content: content.decode("utf-8", "replace")
    return database


def _unsaved(file: Path, shown: str) -> tuple[Note, ...]:
    waiting = file.with_name(f"{file.name}-wal")
    if not waiting.is_file() or not waiting.stat().st_size:
        return ()
    message = "another program has it open, and may hold changes that are not yet in the file."
    hint = "Close the project in the other program, and import it again."
    return (Note(Outcome.WARNED, "open-elsewhere", message, Spot(shown), hint=hint),)


def _read(database: sqlite3.Connection, shown: str, notes: tuple[Note, ...]) -> Source:
    tables = {
        name: kind
        for name, kind, sql in database.execute("SELECT name, type, sql FROM sqlite_master")
        if not str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
    }
    if tables.get("gpkg_contents") != "table":
        raise UnreadableFileError(shown, "it is a database, but no GeoPackage")
    ours = tables.get("about") == "table" and _is_ours(database)
    listed = database.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall()
    features: list[Feature] = []
    left: list[Note] = []
    for name, kind in listed:
        spot = Spot(shown, str(name))
        if name in _NOT_DATA or kind not in {"features", "attributes"}:
            continue
        if tables.get(name) != "table":
            left.append(_not_read(spot, "it is worked out from other tables"))
        elif kind == "attributes" and not ours:
            left.append(_not_read(spot, "it has no shapes"))
        else:
            features.extend(_features(database, _layer(database, str(name), kind, shown), shown))
    return Source("geopackage", tuple(features), (*notes, *left), ours=ours)


def _not_read(spot: Spot, why: str) -> Note:
    hint = "Save it as a layer of its own to import it."
    message = f"the table '{spot.sheet}' is not read: {why}."
    return Note(Outcome.WARNED, "layer-not-read", message, spot, hint=hint)


def _is_ours(database: sqlite3.Connection) -> bool:
    asked = "SELECT count(*) FROM about WHERE what = 'made_by' AND said = ?"
    with contextlib.suppress(sqlite3.Error):
        return bool(database.execute(asked, (MADE_BY,)).fetchone()[0])
    return False


def _layer(database: sqlite3.Connection, name: str, kind: str, shown: str) -> _Layer:
    described = database.execute("SELECT name, type FROM pragma_table_info(?)", (name,))
    columns = {str(column): str(type_).upper() for column, type_ in described}
    if kind == "attributes":
        return _Layer(name, "", None, columns)
    asked = (
        "SELECT g.column_name, s.organization, s.organization_coordsys_id, s.definition"
        " FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id"
        " WHERE g.table_name = ?"
    )
    found = database.execute(asked, (name,)).fetchone()
    if found is None or found[0] not in columns:
        raise UnreadableFileError(f"{shown}, layer {name}", "its shapes cannot be found")
    geometry, organisation, code, definition = found
    system = _system(organisation, code, definition, f"{shown}, layer {name}")
    return _Layer(name, geometry, system, columns)


def _system(organisation: Any, code: Any, definition: Any, shown: str) -> "pyproj.CRS":
    if str(organisation).upper() == "EPSG" and isinstance(code, int) and code > 0:
        return crs.named(f"EPSG:{code}", shown)
    if not definition or str(definition).lower() == "undefined":
        raise crs.lacking(shown, "Set it in the layer's properties, and save it again.")
    return crs.described(str(definition), shown)


def _features(database: sqlite3.Connection, layer: _Layer, shown: str) -> Iterator[Feature]:
    cells = [dict(zip(layer.columns, row, strict=True)) for row in _rows(database, layer, shown)]
    read = [shape.from_geopackage(one.pop(layer.geometry, None)) for one in cells]
    shapes = [one for one, _ in read]
    placed = crs.to_wgs84(shapes, layer.system) if layer.system else shapes
    for number, (one, where, (_, broken)) in enumerate(zip(cells, placed, read, strict=True), 1):
        yield Feature(Spot(shown, layer.name, number), _typed(one, layer.columns), where, broken)


def _rows(database: sqlite3.Connection, layer: _Layer, shown: str) -> Iterator[tuple[object, ...]]:
    """Read the rows of a layer; a small file may still give more than there is room for."""
    names = ", ".join(_quoted(name) for name in layer.columns)
    size = 0
    # The names are the file's own, and quoted.
    rows = database.execute(f"SELECT {names} FROM {_quoted(layer.name)}")  # noqa: S608
    for number, row in enumerate(rows):
        size += sum(len(cell) for cell in row if isinstance(cell, str | bytes))
        if number >= MOST_FEATURES or size > _LARGEST:
            raise UnreadableFileError(shown, "it holds more than any register")
        yield row


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _typed(cells: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    return {
        name: bool(value) if columns[name] == "BOOLEAN" and value in {0, 1} else value
        for name, value in cells.items()
    }
