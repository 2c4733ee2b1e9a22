"""Layers that other people made: what is understood, what is mended, what is set aside."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely
from gis_files import feature, geojson_file, point, read_file, rows_of, square

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Outcome
from netmap.exchange.gis import recognises

LEEDS = point(-1.55, 53.8)


def test_names_people_use_become_columns(tmp_path: Path) -> None:
    """Nobody renames the fields of a layer before sending it."""
    file = geojson_file(
        tmp_path,
        [
            feature(
                LEEDS,
                Title="Drop-in",
                URL="https://example.org",
                Telephone="0113 496 0000",
                Post_Code="LS1 1UR",
                roles="Grassroots group",
                colour="red",
            )
        ],
    )
    (row,) = read_file(file).rows
    assert row.table == "organisations"
    assert dict(row.cells) == {
        "name": "Drop-in",
        "website": "https://example.org",
        "phone": "0113 496 0000",
        "postcode": "LS1 1UR",
        "roles": "Grassroots group",
        "colour": "red",
        "latitude": "53.8",
        "longitude": "-1.55",
    }
    assert row.columns["website"] == "URL"


def test_a_column_of_our_name_that_means_something_else_stays_theirs(tmp_path: Path) -> None:
    """A 'contact' is a person's name in most layers, and an 'area' its square metres."""
    file = geojson_file(
        tmp_path,
        [feature(LEEDS, name="A", contact="J. Smith", area=1204.5, sector="blue", id="7")],
    )
    (row,) = read_file(file).rows
    assert not {"contact", "area", "sector", "id"} & set(row.cells)
    assert row.cells["layer contact"] == "J. Smith"
    assert row.cells["layer area"] == "1204.5"
    assert row.cells["layer sector"] == "blue"
    (open_,) = read_file(geojson_file(tmp_path, [feature(LEEDS, name="A", contact="public")])).rows
    assert "contact" not in open_.cells


def test_a_feature_without_a_name_is_set_aside(tmp_path: Path) -> None:
    """An id of somebody's map is no name of a group."""
    file = geojson_file(
        tmp_path, [feature(LEEDS, osm_id="1", amenity="library"), feature(LEEDS, name="B")]
    )
    draft = read_file(file)
    assert [(note.code, note.spot.row) for note in draft.set_aside] == [("no-name", 1)]
    assert [row.spot.row for row in draft.rows] == [2]


def test_openstreetmap_tags_are_unpacked(tmp_path: Path) -> None:
    """Most of what a map knows of a place stands in one property."""
    tags = (
        '"addr:postcode"=>"LS7 4PD","contact:website"=>"https://example.org",'
        '"opening_hours"=>"Mo-Fr 09:00-17:00","wheelchair"=>"yes","operator"=>"The \\"B\\" Trust"'
    )
    file = geojson_file(
        tmp_path,
        [feature(LEEDS, osm_id="1", name="A", amenity="place_of_worship", other_tags=tags)],
    )
    (row,) = read_file(file).rows
    assert row.cells["postcode"] == "LS7 4PD"
    assert row.cells["website"] == "https://example.org"
    assert row.cells["roles"] == "faith_or_community_institution"
    assert row.cells["operator"] == 'The "B" Trust'
    assert row.cells["opening_hours"] == "Mo-Fr 09:00-17:00"
    assert "OpenStreetMap" in row.cells["source"]
    assert "contact" not in row.cells

    draft = read_file(file, "activities")
    (activity,) = rows_of(draft, "activities")
    (mention,) = rows_of(draft, "organisations")
    assert activity.cells["schedule"] == "Mo-Fr 09:00-17:00"
    assert activity.cells["step_free"] == "yes"
    assert mention.mention
    assert mention.cells == {"name": 'The "B" Trust'}
    assert activity.cells["organisation"] == mention.key


def test_a_limited_access_is_neither_yes_nor_no(tmp_path: Path) -> None:
    """Whoever comes in a wheelchair must not be told it is step-free."""
    file = geojson_file(tmp_path, [feature(LEEDS, osm_id="1", name="A", wheelchair="limited")])
    (row,) = read_file(file, "activities").rows
    assert "step_free" not in row.cells
    assert row.cells["wheelchair"] == "limited"


def test_nodes_and_ways_of_one_number_are_two_things(tmp_path: Path) -> None:
    """OpenStreetMap numbers points, lines and outlines apart."""
    features = [
        feature(LEEDS, osm_id="5", name="A"),
        feature(square(-2, 53), osm_way_id="5", name="B"),
        feature(square(-2, 53), osm_id="5", name="C"),
        feature(LEEDS, **{"@id": "way/6", "name": "D"}),
    ]
    keys = [row.key for row in read_file(geojson_file(tmp_path, features)).rows]
    assert keys == ["node/5", "way/5", "relation/5", "way/6"]


def test_an_id_that_tells_all_apart_is_the_key_else_name_and_place(tmp_path: Path) -> None:
    """Next month's file must find the same rows, in whatever order it is."""
    one = [feature(LEEDS, id=7, name="A"), feature(LEEDS, id=8, name="A")]
    assert [r.key for r in read_file(geojson_file(tmp_path, one)).rows] == ["7", "8"]
    two = [feature(LEEDS, id=7, name="A"), feature(LEEDS, id=7, name="A")]
    keys = [r.key for r in read_file(geojson_file(tmp_path, two)).rows]
    assert keys == ["A@53.8000,-1.5500", "A@53.8000,-1.5500#2"]


def test_outlines_become_a_point_inside_and_it_is_said_once(tmp_path: Path) -> None:
    """A building is drawn as an outline; a group meets at a point."""
    features = [feature(square(-2, 53), name="A"), feature(square(0.5, 53), name="B")]
    draft = read_file(geojson_file(tmp_path, features))
    first = draft.rows[0].cells
    assert -2 < float(first["longitude"]) < -1
    assert 53 < float(first["latitude"]) < 54
    assert [(n.outcome, n.code) for n in draft.notes] == [(Outcome.MENDED, "point-of-shape")]
    assert draft.notes[0].message.startswith("2 features")


def test_an_outline_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    """Drawing by hand makes bow ties; the place is still known."""
    bow = {"type": "Polygon", "coordinates": [[[-2, 53], [-1, 54], [-1, 53], [-2, 54], [-2, 53]]]}
    draft = read_file(geojson_file(tmp_path, [feature(bow, name="A")]))
    assert "latitude" in draft.rows[0].cells
    assert [(n.outcome, n.code) for n in draft.notes][-1] == (Outcome.MENDED, "invalid-shape")


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "no-place"),
        ({"type": "Point", "coordinates": []}, "no-place"),
        (point(0, 0), "no-place"),
        (point(float("nan"), 53), "bad-coordinates"),
        (point(429000, 433000), "bad-coordinates"),
        ({"type": "Point", "coordinates": ["a", "b"]}, "bad-coordinates"),
        ({"type": "Blob", "coordinates": [1, 2]}, "bad-coordinates"),
        ("POINT (1 2)", "bad-coordinates"),
    ],
)
def test_what_has_no_place_is_kept_without_one(
    geometry: dict[str, object], code: str, tmp_path: Path
) -> None:
    """A group whose point is wrong still exists, and must not stand in the sea."""
    draft = read_file(geojson_file(tmp_path, [feature(geometry, name="A")]))
    assert dict(draft.rows[0].cells) == {"name": "A"}
    assert [(n.outcome, n.code) for n in draft.notes] == [(Outcome.WARNED, code)]


def test_swapped_coordinates_are_noticed_one_or_all(tmp_path: Path) -> None:
    """Latitude first is the commonest mistake there is."""
    good = [feature(point(-1.5 - n / 100, 53.8), name=f"G{n}") for n in range(3)]
    one = read_file(geojson_file(tmp_path, [*good, feature(point(53.8, -1.5), name="A")]))
    assert [(n.code, n.spot.row) for n in one.notes] == [("swapped-coordinates", 4)]
    assert "latitude" not in one.rows[3].cells
    every = [feature(point(53.8, -1.5 - n / 100), name=f"G{n}") for n in range(4)]
    draft = read_file(geojson_file(tmp_path, every))
    assert [n.code for n in draft.notes] == ["swapped-coordinates"] * 4


def test_many_rare_properties_share_a_column(tmp_path: Path) -> None:
    """A spreadsheet of two hundred columns is no spreadsheet."""
    features = [
        feature(LEEDS, name="A", common="x", **{f"rare{n:02}": str(n) for n in range(50)}),
        feature(LEEDS, name="B", common="y"),
    ]
    draft = read_file(geojson_file(tmp_path, features))
    cells = draft.rows[0].cells
    assert cells["common"] == "x"
    assert cells["other tags"].split("; ")[0] == "rare39=39"
    assert len(cells) == 1 + 2 + 40 + 1
    assert draft.notes[-1].message.startswith("11 properties")


def test_values_become_text_as_a_register_has_it(tmp_path: Path) -> None:
    """A number has no stray point, a list has semicolons, half a character breaks no file."""
    file = geojson_file(
        tmp_path,
        [feature(LEEDS, name="A\ud800", n=12.0, free=True, several=["a", "b"], none=None)],
    )
    cells = read_file(file).rows[0].cells
    assert (cells["name"], cells["n"], cells["free"], cells["several"]) == (
        "A\ufffd", "12", "yes", "a;b",
    )  # fmt: skip
    assert "none" not in cells


@pytest.fixture
def grid() -> gpd.GeoDataFrame:
    """Give two points of the British National Grid, one of them without a place."""
    return gpd.GeoDataFrame(
        {"NAME": ["Café", "B"], "SINCE": ["2020", None]},
        geometry=[shapely.Point(430000, 433000), None],
        crs=27700,
    )


@pytest.mark.parametrize("ending", ["gpkg", "shp", "parquet", "geojson"])
def test_any_system_that_is_named_is_understood(
    ending: str, grid: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    """Councils keep their layers in metres."""
    file = tmp_path / f"groups.{ending}"
    if ending == "parquet":
        grid.to_parquet(file)
    else:
        options = {"RFC7946": "NO"} if ending == "geojson" else {}
        pyogrio.write_dataframe(grid, file, geometry_type="Point", layer_options=options)
    assert recognises(file)
    draft = read_file(file)
    first, second = (row.cells for row in draft.rows)
    assert first["name"] == "Café"
    assert float(first["latitude"]) == pytest.approx(53.793, abs=0.001)
    assert float(first["longitude"]) == pytest.approx(-1.546, abs=0.001)
    assert "latitude" not in second
    assert [note.code for note in draft.notes] == ["no-place"]


def test_a_zipped_shapefile_is_read(grid: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """It is several files, so people send it as one."""
    folder = tmp_path / "parts"
    folder.mkdir()
    pyogrio.write_dataframe(grid, folder / "groups.shp", geometry_type="Point")
    file = tmp_path / "groups.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("__MACOSX/._groups.shp", b"x")
        for part in folder.iterdir():
            archive.write(part, f"export/{part.name.upper()}")
    assert recognises(file)
    assert [row.cells["name"] for row in read_file(file).rows] == ["Café", "B"]


def test_what_does_not_say_its_system_is_refused(grid: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """Coordinates of an unknown system put a group in the wrong town, or the sea."""
    bare = grid.set_crs(None, allow_override=True)
    for ending in ("shp", "gpkg", "parquet"):
        file = tmp_path / f"bare.{ending}"
        if ending == "parquet":
            bare.to_parquet(file)
        else:
            with pytest.warns(UserWarning, match="crs"):
                pyogrio.write_dataframe(bare, file, geometry_type="Point")
        with pytest.raises(UnreadableFileError, match="coordinate reference system"):
            read_file(file)


def test_every_layer_of_a_geopackage_is_read(grid: gpd.GeoDataFrame, tmp_path: Path) -> None:
    """A project has several; the tables beside them are mentioned."""
    file = tmp_path / "two.gpkg"
    pyogrio.write_dataframe(grid, file, layer="one", geometry_type="Point")
    pyogrio.write_dataframe(grid, file, layer="two", geometry_type="Point", append=True)
    plain = grid.drop(columns="geometry")
    pyogrio.write_dataframe(plain, file, layer="lookup", append=True)
    draft = read_file(file)
    assert [(row.spot.sheet, row.spot.row) for row in draft.rows] == [
        ("one", 1), ("one", 2), ("two", 1), ("two", 2),
    ]  # fmt: skip
    assert [row.key for row in draft.rows] == ["one/1", "one/2", "two/1", "two/2"]
    assert (draft.notes[0].code, draft.notes[0].spot.sheet) == ("layer-not-read", "lookup")


def test_placemarks_are_read_and_links_are_not_followed(tmp_path: Path) -> None:
    """Groups are drawn in Google's maps more often than in any GIS."""
    file = tmp_path / "groups.kml"
    file.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Mine</name>'
        '<Placemark id="p1"><name>A</name><ExtendedData><Data name="phone"><value>0113</value>'
        "</Data></ExtendedData><Point><coordinates>-1.5,53.8,0</coordinates></Point></Placemark>"
        "<Placemark><name>B</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        "-2,53 -1,53 -1,54 -2,53</coordinates></LinearRing></outerBoundaryIs></Polygon>"
        "</Placemark><Placemark><name>C</name><Point><coordinates>x</coordinates></Point>"
        "</Placemark><NetworkLink/></Document></kml>",
        encoding="utf-8",
    )
    assert recognises(file)
    draft = read_file(file)
    assert draft.rows[0].cells == {
        "name": "A", "phone": "0113", "latitude": "53.8", "longitude": "-1.5", "@id": "p1",
    }  # fmt: skip
    assert "latitude" in draft.rows[1].cells
    assert [note.code for note in draft.notes] == [
        "linked-file", "point-of-shape", "bad-coordinates",
    ]  # fmt: skip


def test_json_that_is_no_geojson_is_left_to_others(tmp_path: Path) -> None:
    """A feed of services ends in .json too."""
    file = tmp_path / "services.json"
    file.write_text(json.dumps({"contents": []}), encoding="utf-8")
    assert not recognises(file)
    with pytest.raises(UnreadableFileError, match="no GeoJSON"):
        read_file(file)


@pytest.mark.parametrize("heading", ["Group", "Name of group", "Charity", "Project", "Club"])
def test_a_layer_calls_its_groups_by_other_words_than_name(tmp_path: Path, heading: str) -> None:
    """A layer of forty groups would be set aside for want of a name."""
    (row,) = read_file(
        geojson_file(tmp_path, [feature(LEEDS, **{heading: "Tea\r\nand talk"})])
    ).rows
    assert row.cells["name"] == "Tea and talk"


def test_a_whole_umap_is_read_layer_by_layer(tmp_path: Path) -> None:
    """It is what uMap offers first to somebody who wants a copy of their map."""
    layers = [
        {
            "type": "FeatureCollection",
            "features": [feature(LEEDS, name="A", _umap_options={"color": "Red"})],
        },
        {"type": "FeatureCollection", "features": [feature(LEEDS, name="B")]},
        {"broken": 1},
    ]
    file = tmp_path / "copy.umap"
    long = {"description": "x" * 5000}
    file.write_text(
        json.dumps({"type": "umap", "properties": long, "layers": layers}), encoding="utf-8"
    )
    assert recognises(file)
    draft = read_file(file)
    assert [row.cells["name"] for row in draft.rows] == ["A", "B"]
    assert not any("umap" in heading for row in draft.rows for heading in row.cells)


OVERPASS = [
    {"type": "node", "id": 1, "lat": 53.8, "lon": -1.5, "tags": {"name": "Hall", "phone": "1"}},
    {"type": "way", "id": 2, "center": {"lat": 53.81, "lon": -1.51}, "tags": {"name": "Library"}},
    {"type": "way", "id": 3, "nodes": [8, 9, [1]], "tags": {"name": "Path"}},
    {
        "type": "relation",
        "id": 4,
        "members": [{"geometry": [{"lat": 53.5, "lon": -1.5}, None]}, 5],
        "tags": {"name": "Site"},
    },
    {
        "type": "way",
        "id": 5,
        "geometry": [{"lat": a, "lon": b} for a, b in ((53, -1), (53, -2), (54, -2), (53, -1))],
        "tags": {"name": "Park"},
    },
    {"type": "node", "id": 8, "lat": 53.6, "lon": -1.5},
    {"type": "node", "id": 9, "lat": 53.6, "lon": -1.5},
    {"type": "node", "id": 10, "lat": "north", "lon": None, "tags": {"name": "Odd"}},
    {"type": "relation", "id": {"a": 1}, "tags": {"name": "Nowhere"}},
    7,
    None,
]


def test_what_overpass_answers_is_read_with_its_tags(tmp_path: Path) -> None:
    """People save the answer as it is, in JSON, before they find the button for GeoJSON."""
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"generator": "Overpass API", "elements": OVERPASS}), "utf-8")
    assert recognises(file)
    draft = read_file(file)
    places = {
        row.cells["name"]: (row.cells.get("latitude"), row.cells.get("longitude"))
        for row in draft.rows
    }
    assert places.pop("Park") != (None, None)
    assert places == {
        "Hall": ("53.8", "-1.5"),
        "Library": ("53.81", "-1.51"),
        "Path": ("53.6", "-1.5"),
        "Site": ("53.5", "-1.5"),
        "Odd": (None, None),
        "Nowhere": (None, None),
    }
    assert draft.rows[0].key == "node/1"
    assert draft.rows[0].cells["source"].startswith("© OpenStreetMap")
    assert draft.read == 7


def test_the_one_property_that_ends_in_name_is_taken_for_the_name_and_said(tmp_path: Path) -> None:
    """Layers out of a database call it GRP_NAME or SITENAME, after their table."""
    file = geojson_file(tmp_path, [feature(LEEDS, GRP_NAME="Tea", Street_Name="High Street")])
    draft = read_file(file)
    assert [row.cells["name"] for row in draft.rows] == ["Tea"]
    assert [note.message for note in draft.notes] == ["'GRP_NAME' was taken for the name."]
    unclear = [feature(LEEDS, GRP_NAME="Tea", SITE2_NAME="Hall")]
    assert read_file(geojson_file(tmp_path, unclear)).rows == ()


def test_the_name_of_a_person_is_not_taken_for_the_name(tmp_path: Path) -> None:
    """The register would be a list of people."""
    people = [feature(LEEDS, ContactName="Jane Secret")]
    assert read_file(geojson_file(tmp_path, people)).rows == ()
