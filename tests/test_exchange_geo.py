"""Geographic files of a register: layers, places, and the same bytes every time."""

import json
import time
from datetime import date
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from netmap.exchange.geo import geojson, geopackage
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Tie
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load


@pytest.fixture
def register() -> Register:
    """Give two areas, one with a boundary; two organisations with places and one without."""
    square = gpd.GeoDataFrame({"geometry": [shapely.box(-2, 53, -1, 54)]}, index=["x"], crs=4326)
    return Register(
        name="example",
        settings=NetworkSettings(title="Example", disclaimer="Not for signposting."),
        as_of=date(2026, 11, 22),
        audience=Audience.PUBLIC,
        organisations=(
            Organisation(id="a", name="A", area="x", notes="for us alone"),
            Organisation(id="b", name="B", latitude=54, longitude=-1.25),
            Organisation(id="c", name="C"),
        ),
        activities=(
            Activity(id="g", name="G", organisation="b", communities=("bame",), capacity=9),
        ),
        ties=(
            Tie(source_organisation="a", target_organisation="b", kind="funds"),
            Tie(source_organisation="a", target_organisation="c", kind="funds"),
            Tie(source_organisation="a", target_organisation="a", kind="hosts"),
        ),
        areas=Areas(
            [
                Area(code="x", name="X", latitude=53.5, longitude=-1.5),
                Area(code="y", name="Y", latitude=52, longitude=-1, confidence="approximate"),
                Area(code="z", name="Area Z", kind="anonymised", latitude=1, longitude=1),
            ]
        ),
        boundaries=square,
    )


def _features(register: Register) -> list[dict[str, dict[str, object]]]:
    features: list[dict[str, dict[str, object]]]
    features = json.loads(geojson(register, load()))["features"]
    return features


def test_a_geopackage_is_the_same_bytes_a_second_later(register: Register) -> None:
    """Its format notes when it was written; a build must not differ for that."""
    first = geopackage(register, load())
    time.sleep(1.05)
    assert geopackage(register, load()) == first


def test_a_geopackage_has_the_four_layers(register: Register, tmp_path: Path) -> None:
    """Somebody with QGIS opens the file and finds everything, places or not."""
    file = tmp_path / "example.gpkg"
    file.write_bytes(geopackage(register, load()))
    assert [name for name, _ in pyogrio.list_layers(file)] == [
        "organisations",
        "activities",
        "areas",
        "ties",
    ]
    activities = pyogrio.read_dataframe(file, layer="activities")
    assert activities.crs.to_epsg() == 4326
    assert activities.loc[0, "capacity"] == 9
    assert activities.loc[0, "communities_label"] == load()["community"].label("bame")
    assert len(pyogrio.read_dataframe(file, layer="organisations")) == 3


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


def test_geojson_carries_the_disclaimer_and_no_note(register: Register) -> None:
    """A file travels further than the page it was linked from."""
    content = geojson(register, load())
    assert json.loads(content)["disclaimer"] == "Not for signposting."
    assert b"for us alone" not in content
    assert b"for us alone" not in geopackage(register, load())
