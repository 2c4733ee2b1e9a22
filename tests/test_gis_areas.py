"""Files of boundaries, whatever their codes are called."""

from pathlib import Path

import pytest
import shapely
from gis_files import feature, geojson_file, point, read_file, square

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Outcome


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("code", "name"),
        ("WD24CD", "WD24NM"),
        ("lsoa21_code", "lsoa21_name"),
        ("Area Code", "Area Name"),
        ("GSS_CODE", "NAME"),
        ("lad", "LADNM"),
        ("id", "label"),
    ],
)
def test_codes_and_names_are_found_by_any_sensible_heading(
    code: str, name: str, tmp_path: Path
) -> None:
    """Every publisher calls them something else, and every vintage again."""
    features = [
        feature(square(-2, 53), **{name: "North", code: "E05000001"}),
        feature(square(-1, 53), **{name: "South", code: "E05000002"}),
    ]
    draft = read_file(geojson_file(tmp_path, features), "areas")
    assert [(r.table, r.key, r.cells["code"], r.cells["name"]) for r in draft.rows] == [
        ("areas", "E05000001", "E05000001", "North"),
        ("areas", "E05000002", "E05000002", "South"),
    ]
    assert draft.boundaries is not None
    assert list(draft.boundaries.index) == ["E05000001", "E05000002"]
    assert draft.notes == ()


def test_of_two_codes_the_one_that_tells_the_features_apart_is_theirs(tmp_path: Path) -> None:
    """Small areas come with the code of their district beside their own."""
    features = [
        feature(square(n, 53), lad22cd="E08000035", lad22nm="Leeds", lsoa21cd=f"E0100000{n}",
                lsoa21nm=f"Leeds {n}")
        for n in range(1, 4)
    ]  # fmt: skip
    draft = read_file(geojson_file(tmp_path, features))
    assert [row.cells["code"] for row in draft.rows] == ["E01000001", "E01000002", "E01000003"]
    assert draft.rows[0].cells["name"] == "Leeds 1"
    assert draft.rows[0].cells["lad22cd"] == "E08000035"


def test_the_centre_is_inside_even_of_a_horseshoe(tmp_path: Path) -> None:
    """The middle of a bay is in the water, and no area's point may be in another area."""
    shoe = shapely.box(-2, 53, -1, 54) - shapely.box(-1.9, 53.1, -1, 53.9)
    file = geojson_file(tmp_path, [feature(shapely.geometry.mapping(shoe), code="A1", name="A")])
    cells = read_file(file, "areas").rows[0].cells
    assert shoe.contains(shapely.Point(float(cells["longitude"]), float(cells["latitude"])))
    assert max(len(cells[c].partition(".")[2]) for c in ("latitude", "longitude")) <= 6


def test_the_parts_of_one_area_are_put_together(tmp_path: Path) -> None:
    """Some publishers give an island a feature of its own."""
    features = [
        feature(square(-2, 53), code="A1", name="A"),
        feature(square(-5, 53), code="A1", name="A"),
        feature(square(-4, 53), name="no code"),
    ]
    draft = read_file(geojson_file(tmp_path, features), "areas")
    assert [(n.outcome, n.code, n.spot.row) for n in draft.set_aside] == [
        (Outcome.MENDED, "same-code", 2),
        (Outcome.REFUSED, "no-code", 3),
    ]
    assert draft.boundaries is not None
    assert draft.boundaries.geometry.loc["A1"].area == pytest.approx(2)


def test_areas_may_be_points_and_need_no_name(tmp_path: Path) -> None:
    """A list of centres is a fair start; what is not there is not made up."""
    draft = read_file(geojson_file(tmp_path, [feature(point(-1.5, 53.8), code="A1")]), "areas")
    assert dict(draft.rows[0].cells) == {
        "code": "A1", "name": "A1", "latitude": "53.8", "longitude": "-1.5",
    }  # fmt: skip
    assert draft.boundaries is None
    assert [note.code for note in draft.notes] == ["no-names"]


def test_columns_of_areas_are_understood(tmp_path: Path) -> None:
    """Boundaries kept for netmap bring their classes along."""
    file = geojson_file(
        tmp_path,
        [feature(square(-2, 53), code="A1", name="A", rural_urban="rural_80", kind="ward", size=4)],
    )
    cells = read_file(file, "areas").rows[0].cells
    assert (cells["rural_urban"], cells["kind"], cells["size"]) == ("rural_80", "ward", "4")


def test_buildings_are_not_taken_for_areas(tmp_path: Path) -> None:
    """Outlines of community centres have ids as well."""
    features = [
        feature(square(-2, 53), osm_way_id="12345678", name="A"),
        feature(square(-1, 53), osm_way_id="12345679", name="B"),
    ]
    assert {r.table for r in read_file(geojson_file(tmp_path, features)).rows} == {"organisations"}


def test_outlines_without_codes_are_refused_as_areas(tmp_path: Path) -> None:
    """Without codes no table of figures could ever be joined to them."""
    features = [feature(square(-2, 53), colour="red"), feature(square(-1, 53), colour="red")]
    with pytest.raises(UnreadableFileError, match="Name that property 'code'"):
        read_file(geojson_file(tmp_path, features), "areas")
