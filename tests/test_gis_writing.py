"""Geographic files of a register: layers, places, styles, and the same bytes every time."""

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow.parquet as pq
import pyogrio
import pytest
from defusedxml.ElementTree import fromstring
from gis_files import small_register

from netmap.exchange.gis import geojson, geopackage, geoparquet
from netmap.networks.models import Population
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load


@pytest.fixture
def register() -> Register:
    """Give the small register, as the public may see it."""
    return small_register()


@pytest.fixture
def gpkg(tmp_path: Path) -> Path:
    """Give its GeoPackage, for staff."""
    file = tmp_path / "example.gpkg"
    file.write_bytes(geopackage.write(small_register(Audience.STAFF), load()))
    return file


def _features(register: Register) -> list[dict[str, dict[str, Any]]]:
    features: list[dict[str, dict[str, Any]]]
    features = json.loads(geojson.write(register, load()))["features"]
    return features


def _table(file: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pyogrio.read_dataframe(file, layer=name).to_dict("records")
    return rows


def test_a_geopackage_is_the_same_bytes_a_second_later(register: Register) -> None:
    """Its format notes when it was written; a build must not differ for that."""
    first = geopackage.write(register, load())
    time.sleep(1.05)
    assert geopackage.write(register, load()) == first


def test_a_geoparquet_file_is_the_same_bytes_twice(register: Register) -> None:
    """The same register, the same download."""
    assert geoparquet.write(register, load()) == geoparquet.write(register, load())


def test_a_geopackage_carries_every_table(gpkg: Path) -> None:
    """Somebody with QGIS opens the file and finds everything, places or not."""
    assert [name for name, _ in pyogrio.list_layers(gpkg)] == [
        "organisations", "activities", "areas", "ties",
        "populations", "enquiries", "targets", "shares", "about", "layer_styles",
    ]  # fmt: skip
    activities = pyogrio.read_dataframe(gpkg, layer="activities")
    assert activities.crs.to_epsg() == 4326
    assert activities.loc[0, "capacity"] == 9
    assert activities.loc[0, "communities_label"] == load()["community"].label("bame")
    assert len(pyogrio.read_dataframe(gpkg, layer="organisations")) == 3
    assert _table(gpkg, "populations")[0]["asian"] == 20
    assert geopackage.cannot_carry(small_register(Audience.STAFF)) == ()


def test_a_geopackage_says_what_it_is(gpkg: Path) -> None:
    """A file travels further than the page it was linked from."""
    about = {row["what"]: row["said"] for row in _table(gpkg, "about")}
    assert about["disclaimer"] == "Not for signposting."
    assert (about["audience"], about["as_of"]) == ("staff", "2026-11-22")


def test_every_layer_opens_in_its_own_colours(gpkg: Path) -> None:
    """Nobody should have to style four layers before seeing a hub."""
    styles = {row["f_table_name"]: row for row in _table(gpkg, "layer_styles")}
    assert {"organisations", "activities", "areas", "ties", "populations"} <= set(styles)
    kinds = {}
    for name in ("organisations", "activities", "areas", "ties"):
        row = styles[name]
        assert (row["f_table_schema"], row["f_geometry_column"], row["useAsDefault"]) == (
            "", "geom", True,
        )  # fmt: skip
        root = fromstring(row["styleQML"].partition("\n")[2])
        symbols = root.findall("renderer-v2/symbols/symbol")
        known = {symbol.get("name") for symbol in symbols}
        categories = root.findall("renderer-v2/categories/category")
        assert {one.get("symbol") for one in categories} == known
        assert root.get("labelsEnabled") == "0"
        kinds[name] = {symbol.get("type") for symbol in symbols}
    assert kinds == {
        "organisations": {"marker"},
        "activities": {"marker"},
        "areas": {"fill"},
        "ties": {"line"},
    }


def test_a_role_is_drawn_in_netmaps_colour_under_its_label(gpkg: Path) -> None:
    """The map in QGIS and the map on the page should be read alike."""
    styles = {row["f_table_name"]: row["styleQML"] for row in _table(gpkg, "layer_styles")}
    root = fromstring(styles["organisations"].partition("\n")[2])
    hub = next(c for c in root.iter("category") if c.get("value") == "hub")
    assert hub.get("label") == load()["role"].label("hub")
    options = root.find(f"renderer-v2/symbols/symbol[@name='{hub.get('symbol')}']/layer/Option")
    assert options is not None
    drawn = {option.get("name"): option.get("value") for option in options}
    assert (drawn["name"], drawn["color"]) == ("circle", "0,114,178,255")


def test_columns_have_names_that_people_read(gpkg: Path) -> None:
    """A form with the heading 'Step-free' is understood by those who never saw the contract."""
    styles = {row["f_table_name"]: row["styleQML"] for row in _table(gpkg, "layer_styles")}
    root = fromstring(styles["activities"].partition("\n")[2])
    said = {one.get("field"): one.get("name") for one in root.findall("aliases/alias")}
    fields = pyogrio.read_info(gpkg, layer="activities")["fields"]
    assert list(said) == list(fields)
    assert said["step_free"] == "Step-free"
    sql = "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'activities'"
    titles = pyogrio.read_dataframe(gpkg, sql=sql)
    assert dict(zip(titles["column_name"], titles["title"], strict=True)) == said


def test_areas_without_any_boundary_are_points(tmp_path: Path) -> None:
    """A layer of points that is drawn as outlines shows nothing."""
    from dataclasses import replace  # noqa: PLC0415  # for this test alone

    file = tmp_path / "points.gpkg"
    file.write_bytes(geopackage.write(replace(small_register(), boundaries=None), load()))
    assert pyogrio.read_info(file, layer="areas")["geometry_type"] == "Point"
    styles = {row["f_table_name"]: row["styleQML"] for row in _table(file, "layer_styles")}
    assert 'type="marker"' in styles["areas"]


def test_areas_have_their_boundary_else_their_point(register: Register) -> None:
    """A letter in a report has no place at all, whatever the row says."""
    shapes = {
        f["properties"]["code"]: f["geometry"] and f["geometry"]["type"]
        for f in _features(register)
        if f["properties"]["layer"] == "areas"
    }
    assert shapes == {"x": "Polygon", "y": "Point", "z": None}


def test_a_tie_is_a_line_only_between_two_places(register: Register) -> None:
    """What has no place is kept without one; a tie to oneself is no line."""
    lines = [
        (f["properties"]["kind_label"], f["geometry"] and f["geometry"]["coordinates"])
        for f in _features(register)
        if f["properties"]["layer"] == "ties"
    ]
    assert lines == [("hosts", None), ("funds", [[-1.5, 53.5], [-1.25, 54.0]]), ("funds", None)]


def test_no_format_carries_a_note_to_the_public(register: Register) -> None:
    """Notes and columns of people's own are for staff alone."""
    content = geojson.write(register, load())
    assert json.loads(content)["disclaimer"] == "Not for signposting."
    for made in (content, geopackage.write(register, load()), geoparquet.write(register, load())):
        assert b"for us alone" not in made
        assert b"colour" not in made


def test_geoparquet_has_types_and_says_what_it_is(register: Register, tmp_path: Path) -> None:
    """A notebook should not have to guess which columns are dates."""
    file = tmp_path / "example.parquet"
    file.write_bytes(geoparquet.write(register, load()))
    schema = pq.read_schema(file)
    assert str(schema.field("funding_ends").type) == "date32[day]"
    assert str(schema.field("capacity").type) == "int64"
    assert str(schema.field("roles").type).startswith("list<")
    assert json.loads(schema.metadata[b"geo"])["version"] == "1.1.0"
    assert json.loads(schema.metadata[b"netmap"])["disclaimer"] == "Not for signposting."
    frame = gpd.read_parquet(file)
    assert frame.crs.to_epsg() == 4326
    assert frame["layer"].value_counts().to_dict() == {
        "organisations": 3, "activities": 1, "areas": 3, "ties": 3,
    }  # fmt: skip


def test_a_format_names_the_tables_it_leaves_out(register: Register) -> None:
    """What is lost must be said before the file is sent on, and only what is."""
    assert geojson.cannot_carry(register)[0] == (
        "GeoJSON files carry no populations: 1 is left out."
    )
    assert len(geoparquet.cannot_carry(register)) == 4
    assert geojson.cannot_carry(Register("n", register.settings, register.as_of)) == ()


def test_a_column_of_peoples_own_gives_way_to_the_formats(tmp_path: Path) -> None:
    """A column called Layer would make two of one name in the file, and break it."""
    from dataclasses import replace  # noqa: PLC0415  # for this test alone

    from netmap.networks.models import Organisation  # noqa: PLC0415  # as above

    own = Organisation(id="a", name="A", extra={"Layer": "top", "Colour": "red"})
    register = replace(small_register(Audience.STAFF), organisations=(own,))
    (said,) = geopackage.cannot_carry(register)
    assert "'Layer'" in said
    file = tmp_path / "own.gpkg"
    file.write_bytes(geopackage.write(register, load()))
    row = _table(file, "organisations")[0]
    assert row["Colour"] == "red"
    assert "Layer" not in row


def test_words_beside_the_numbers_of_a_population_stay_words(tmp_path: Path) -> None:
    """A column of people's own in that table stopped the whole export."""
    row = Population(
        area="x", total=100, groups={"asian": 20.0}, extra={"Counted by": "the census"}
    )
    file = tmp_path / "own.gpkg"
    register = replace(small_register(Audience.STAFF), populations=(row,))
    file.write_bytes(geopackage.write(register, load()))
    (held,) = _table(file, "populations")
    assert held["Counted by"] == "the census"
    assert held["asian"] == 20.0
