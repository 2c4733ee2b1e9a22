"""What makes a GeoPackage pleasant to open: a style for each layer, names for its columns.

QGIS reads styles and names from ``layer_styles``, a table of its own; other programs read names
from ``gpkg_data_columns``, an extension of the standard (OGC 12-128r19, annex F.9).
"""

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from netmap.exchange.gis.layers import LABEL, LAYERS
from netmap.exchange.gis.shapes import outlined
from netmap.exchange.gis.styles import style
from netmap.networks.models import TABLES
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

_SCHEMA_URL = "http://www.geopackage.org/spec121/#extension_schema"
_TABLES = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
  mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
  min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
"""
_TITLES = {
    "id": "Id",
    "led_by": "Led by",
    "area_name": "Name of the area",
    "approximate": "Approximate place",
    "source_name": "From",
    "target_name": "To",
    "source_organisation": "From (id)",
    "target_organisation": "To (id)",
    "kind": "Kind",
    "step_free": "Step-free",
}


def dress(file: Path, register: Register, vocabularies: Vocabularies) -> None:
    """Add styles and names of columns to a GeoPackage.

    Args:
        file: The GeoPackage, with its layers; it is changed in place.
        register: Whose as-of day is written as the time.
        vocabularies: For the legend.
    """
    day = f"{register.as_of.isoformat()}T00:00:00.000Z"
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.executescript(_TABLES)
        present = [row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")]
        for table in (name for name in TABLES if name in present):
            _dress_table(database, table, _drawn_as(register, table), day, vocabularies)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description,"
            " last_change) VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (day,),
        )
        database.executemany(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')",
            [(name, _SCHEMA_URL) for name in ("gpkg_data_columns", "gpkg_data_column_constraints")],
        )


def title(column: str) -> str:
    """Name a column as people read it: ``rural_urban_label`` is ``Rural urban (words)``."""
    if column.endswith(LABEL):
        return f"{title(column.removesuffix(LABEL))} (words)"
    words = column.replace("_", " ")
    return _TITLES.get(column) or words[:1].upper() + words[1:]


def _dress_table(
    database: sqlite3.Connection, table: str, drawn_as: str, day: str, vocabularies: Vocabularies
) -> None:
    """Add the style of one table and the names of its columns."""
    described = database.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    geometry = next((name for name, _ in described if name == "geom"), "")
    titles = {name: title(name) for name, _ in described if name not in {"fid", "geom"}}
    database.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, '', '', NULL, ?)",
        (table, geometry, table, style(table, drawn_as, titles, vocabularies), day),
    )
    database.executemany(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, NULL, NULL, NULL)",
        [(table, name, said, said) for name, said in _distinct(titles)],
    )


def _distinct(titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give each column a name that no other column of its table has."""
    seen: set[str] = set()
    for name, said in titles.items():
        yield name, name if said in seen else said
        seen.add(said)


def _drawn_as(register: Register, table: str) -> str:
    if table not in LAYERS:
        return ""
    if table == "areas":
        return "fill" if outlined(register) else "marker"
    return "line" if table == "ties" else "marker"
