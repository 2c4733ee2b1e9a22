"""Files made to harm: a message each, nothing followed, nothing half-read."""

import json
import sqlite3
import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from gis_files import feature, geojson_file, point, read_file
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.gis import read, recognises
from netmap.vocabulary import load

VRT = (
    "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>{}</SrcDataSource>"
    "</OGRVRTLayer></OGRVRTDataSource>"
)
ENDINGS = (".geojson", ".json", ".gpkg", ".parquet", ".shp", ".zip", ".kml", ".kmz")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_only_points_to_another_is_not_followed(ending: str, tmp_path: Path) -> None:
    """A list of the neighbours' files must not be had by sending a file that names them."""
    secret = geojson_file(tmp_path, [feature(point(-1.5, 53.8), name="SECRET")])
    file = tmp_path / f"layer{ending}"
    if file != secret:
        file.write_text(VRT.format(secret), encoding="utf-8")
    else:
        file = tmp_path / "other.geojson"
        file.write_text(VRT.format(secret), encoding="utf-8")
    assert not recognises(file)
    with pytest.raises(UnreadableFileError):
        read_file(file)


@pytest.mark.parametrize("name", ["/vsicurl/http://127.0.0.1/a.geojson", "http://127.0.0.1/a.gpkg"])
def test_nothing_is_fetched(name: str) -> None:
    """A name that is an address is no file."""
    assert not recognises(Path(name))
    with pytest.raises(UnreadableFileError, match=r"on this computer|not there"):
        read(Path(name), name, load())


@pytest.mark.parametrize("ending", ENDINGS)
@given(content=st.binary(max_size=60))
@settings(deadline=None, max_examples=15)
def test_any_bytes_are_a_message(
    ending: str, content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What is broken is said to be, whatever way it is broken."""
    file = tmp_path_factory.getbasetemp() / f"bytes{ending}"
    starts = (b"", b"SQLite format 3\x00", b"PAR1", b"PK\x03\x04", b"\x00\x00\x27\x0a", b"<kml>")
    for start in starts:
        file.write_bytes(start + content)
        recognises(file)
        with pytest.raises(UnreadableFileError):
            read_file(file)


def test_deep_nesting_is_a_message(tmp_path: Path) -> None:
    """A stack that overflows takes the whole program with it."""
    file = tmp_path / "deep.geojson"
    file.write_text(
        '{"type":"Feature","x":' + "[" * 100_000 + "]" * 100_000 + "}", encoding="utf-8"
    )
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        read_file(file)
    nested: object = [1.0, 2.0]
    for _ in range(300):
        nested = [nested]
    shape = {"type": "Polygon", "coordinates": nested}
    draft = read_file(geojson_file(tmp_path, [feature(shape, name="A")]))
    assert [note.code for note in draft.notes] == ["bad-coordinates"]


def test_a_feature_that_is_none_is_set_aside(tmp_path: Path) -> None:
    """One bad element must not cost the others."""
    good = feature(point(-1.5, 53.8), name="A")
    draft = read_file(geojson_file(tmp_path, ["x", 7, {"type": "Feature"}, good]))
    assert [note.code for note in draft.set_aside] == ["no-feature", "no-feature", "no-name"]
    assert len(draft.rows) == 1


def test_a_system_given_as_an_address_is_not_fetched(tmp_path: Path) -> None:
    """The older GeoJSON let a file say where its coordinate system is described."""
    linked = {"type": "link", "properties": {"href": "http://127.0.0.1/crs", "name": "http://a"}}
    file = geojson_file(tmp_path, [feature(point(1, 2), name="A")], crs=linked)
    with pytest.raises(UnreadableFileError, match="coordinate reference system"):
        read_file(file)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A megabyte may hold a thousand."""
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(6):
            with archive.open(f"a{n}.shp", "w") as stream:
                for _ in range(100):
                    stream.write(bytes(2**20))
    with pytest.raises(UnreadableFileError, match="too much for a register"):
        read_file(file)


def test_a_shapefile_without_its_table_is_a_message(tmp_path: Path) -> None:
    """People send the one file that has the name they know."""
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(-1.5, 53.8)], crs=4326)
    pyogrio.write_dataframe(frame, tmp_path / "a.shp")
    (tmp_path / "a.dbf").unlink()
    with pytest.raises(UnreadableFileError, match=r"\.dbf .* is missing"):
        read_file(tmp_path / "a.shp")


@pytest.fixture
def gpkg(tmp_path: Path) -> Path:
    """Give a GeoPackage of one point."""
    file = tmp_path / "one.gpkg"
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(-1.5, 53.8)], crs=4326)
    pyogrio.write_dataframe(frame, file, layer="one")
    return file


def _with(file: Path, *statements: str) -> Path:
    database = sqlite3.connect(file)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return file


def test_what_a_database_would_compute_is_not_read(gpkg: Path) -> None:
    """A view may run for ever, or read what its maker may not."""
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
    file = _with(
        gpkg,
        f"CREATE VIEW trap AS {endless}",
        "CREATE VIRTUAL TABLE text USING fts5(words)",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('trap', 'features')",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('text', 'features')",
    )
    draft = read_file(file)
    assert [row.cells["name"] for row in draft.rows] == ["A"]
    assert [note.spot.sheet for note in draft.notes] == ["trap", "text"]


def test_a_column_that_swells_is_not_read(gpkg: Path) -> None:
    """A few bytes of a database can stand for sixty megabytes in every row."""
    swollen = "ALTER TABLE one ADD COLUMN big GENERATED ALWAYS AS (zeroblob(60000000)) VIRTUAL"
    draft = read_file(_with(gpkg, swollen))
    assert "big" not in draft.rows[0].cells


@pytest.mark.parametrize(
    "blob", ["x'00'", "x'4750000100000000'", "'POINT(1 2)'", "7", "x'4750ff0e00'"]
)
def test_a_broken_shape_costs_the_point_alone(blob: str, gpkg: Path) -> None:
    """One feature may be broken and the layer be good."""
    triggers = sqlite3.connect(gpkg)
    names = triggers.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    triggers.close()
    drops = [f'DROP TRIGGER "{name}"' for (name,) in names]
    draft = read_file(_with(gpkg, *drops, f"UPDATE one SET geom = {blob}"))  # noqa: S608  # a test's own values
    assert [note.code for note in draft.notes] == ["bad-coordinates"]
    assert "latitude" not in draft.rows[0].cells


def test_a_database_that_is_no_geopackage_is_a_message(tmp_path: Path) -> None:
    """Browsers and phones keep databases of the same kind."""
    file = _with(tmp_path / "history.gpkg", "CREATE TABLE visits (url TEXT)")
    with pytest.raises(UnreadableFileError, match="no GeoPackage"):
        read_file(file)


def test_parquet_without_shapes_is_a_message(tmp_path: Path) -> None:
    """A table of figures is for another reader."""
    file = tmp_path / "table.parquet"
    gpd.pd.DataFrame({"a": [1]}).to_parquet(file)
    with pytest.raises(UnreadableFileError, match="without shapes"):
        read_file(file)


def test_kml_with_entities_is_a_message(tmp_path: Path) -> None:
    """Ten entities of ten entities fill any memory."""
    file = tmp_path / "bomb.kml"
    file.write_text(
        '<!DOCTYPE kml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><kml><name>&b;</name></kml>',
        encoding="utf-8",
    )
    with pytest.raises(UnreadableFileError, match="entities"):
        read_file(file)


def test_an_empty_collection_is_a_message(tmp_path: Path) -> None:
    """Nothing in it is more often a failed download than an empty town."""
    with pytest.raises(UnreadableFileError, match="no feature"):
        read_file(geojson_file(tmp_path, []))
    file = tmp_path / "null.geojson"
    file.write_text(json.dumps(None), encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        read_file(file)
