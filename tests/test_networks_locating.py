"""Rows get points from postcodes and areas from points, and what cannot be right is said."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import AS_OF

from netmap import networks
from netmap.build.checking import check
from netmap.build.registers import Registers
from netmap.findings import Finding, Level
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import PrivacySettings, open_workspace

Read = Callable[..., tuple[Register, list[Finding]]]
WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

# One degree of latitude is 111 km; the squares below are about 11 km high and 7 km wide.
TABLE = """
pcds,doterm,lat,long,laua
QQ1 1AA,,53.75,-1.95,W
QQ1 1AB,,53.77,-1.95,W
QQ1 0AA,200906,53.75,-1.95,W
QQ2 1AA,,53.75,-1.85,E
QQ2 1AB,,99.999999,0.000000,E
QQ3 1AA,,53.802,-1.95,
QQ4 1AA,,54.20,-1.95,
""".lstrip()
AREAS = """
code,name,aliases,parent,kind,latitude,longitude
north,North,,,,,
west,West,W,north,,53.75,-1.95
east,East,E,north,,53.75,-1.85
letter,Letter,QQ1,,anonymised,,
"""


def square(code: str, west: float, south: float, east: float, north: float) -> dict[str, object]:
    """Make one boundary, degrees."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": shape}


WEST = square("west", -2.0, 53.7, -1.9, 53.8)
EAST = square("east", -1.9, 53.7, -1.8, 53.8)
NORTH = square("north", -2.0, 53.7, -1.8, 53.8)


@pytest.fixture
def read(tmp_path: Path, write_network: WriteNetwork) -> Read:
    """Give the function that reads a network of organisations with a postcode table."""

    def reading(
        organisations: str,
        boundaries: Sequence[object] = (),
        table: str = TABLE,
        areas: str = AREAS,
        **tables: str,
    ) -> tuple[Register, list[Finding]]:
        named = '[places]\npostcodes = "postcodes.csv"\n' if table else ""
        (tmp_path / "netmap.toml").write_text(named, encoding="utf-8")
        (tmp_path / "postcodes.csv").write_text(table, encoding="utf-8")
        shapes = {"type": "FeatureCollection", "features": list(boundaries)}
        files = {"areas.geojson": json.dumps(shapes)} if boundaries else {}
        write_network(tmp_path, {"organisations": organisations, "areas": areas, **files, **tables})
        return networks.read(open_workspace(tmp_path), "example", AS_OF)

    return reading


def said(findings: Sequence[Finding]) -> list[tuple[str, int | None]]:
    """Give the code and row of each finding."""
    return [(finding.code, finding.place.row) for finding in findings]


def test_a_row_gets_its_point_from_its_postcode_and_keeps_its_own(read: Read) -> None:
    """What people wrote goes before what a table says."""
    register, findings = read(
        "id,name,postcode,latitude,longitude\na,A,qq11aa,,\nb,B,QQ1 1AA,53.751,-1.951\nc,C,,,\n"
    )
    known = register.organisation
    assert [known[one].point for one in "abc"] == [(-1.95, 53.75), (-1.951, 53.751), None]
    assert not register.approximate(known["a"])
    assert findings == []
    assert register.worked_out["organisations", "a"]["latitude"] == "postcode"
    assert "latitude" not in register.worked_out["organisations", "b"]


def test_without_a_table_nothing_is_located_and_nothing_is_said(read: Read) -> None:
    """Most workspaces have none, and that is no problem."""
    register, findings = read("id,name,postcode\na,A,QQ1 1AA\n", table="")
    assert (register.organisation["a"].point, findings) == (None, [])
    assert register.worked_out == {}


def test_an_outward_code_is_a_rough_place(read: Read) -> None:
    """The middle of a postcode district is nobody's door."""
    register, findings = read("id,name,postcode\na,A,QQ1\n")
    one = register.organisation["a"]
    assert one.point == (-1.95, 53.76)
    assert register.approximate(one)
    assert findings == []


def test_each_postcode_that_is_not_right_is_said_on_its_row(read: Read) -> None:
    """The person who keeps the sheet must find the cell."""
    register, findings = read(
        "id,name,postcode\na,A,QQ1 OAA\nb,B,QQ1 0AA\nc,C,QQ2 1AB\nd,D,QQ1 9ZZ\ne,E,QQ9 1AA\n"
        "f,F,XX1 1AA\ng,G,XX2 2BB\n"
    )
    by_row = {finding.place.row: finding for finding in findings}
    assert said(findings) == [
        ("bad-postcode", 2),
        ("terminated-postcode", 3),
        ("postcode-without-place", 4),
        ("unknown-postcode", 5),
        ("unknown-postcode", 6),
        ("unknown-postcode", 7),
    ]
    assert {finding.place.column for finding in findings} == {"postcode"}
    assert by_row[3].level is by_row[4].level is Level.NOTICE
    assert by_row[5].level is by_row[6].level is by_row[7].level is Level.WARNING
    assert by_row[3].message == "QQ1 0AA was ended in 2009-06; the row stands where it was."
    assert "at the middle of QQ1" in by_row[5].message
    assert "no point" in by_row[6].message
    assert "begins with XX; those of 2 rows give no point (rows 7, 8)." in by_row[7].message
    points = {one.id: one.point for one in register.organisations}
    assert points["b"] == (-1.95, 53.75)
    assert points["d"] == (-1.95, 53.76)
    assert [points[one] for one in "acefg"] == [None] * 5
    assert register.approximate(register.organisation["d"])


def test_a_letter_for_a_digit_is_offered_and_not_applied(read: Read) -> None:
    """Only the person who wrote it knows; the other postcode may be right too."""
    register, (finding,) = read(
        "id,name,postcode\na,A,W1O 1AA\n",
        table="pcds,lat,long\nW10 1AA,53.75,-1.95\nW1A 1AA,53.75,-1.85\n",
    )
    assert finding.hint == "Is it W10 1AA?"
    assert register.organisation["a"].point is None
    assert register.organisation["a"].postcode == "W1O 1AA"


def test_a_point_far_from_its_postcode_is_said_and_kept(read: Read) -> None:
    """One of the two was copied from another row: 6.6 km apart here, 2.2 km in the other."""
    register, findings = read(
        "id,name,postcode,latitude,longitude\na,A,QQ1 1AA,53.75,-1.85\nb,B,QQ1 1AA,53.77,-1.95\n"
        "c,C,QQ1,53.75,-1.85\n"
    )
    assert said(findings) == [("postcode-far-from-point", 2)]
    assert findings[0].message == "QQ1 1AA is 7 km from the row's latitude and longitude."
    assert register.organisation["a"].point == (-1.85, 53.75)
    # Nor does it take an area from a postcode it is far from.
    assert register.organisation["a"].area is None
    assert register.organisation["b"].area == "west"


def test_a_point_gets_the_lowest_area_that_holds_it(read: Read) -> None:
    """A ward within a district is where it is; the district follows from it."""
    register, findings = read(
        "id,name,area,postcode,latitude,longitude\na,A,,QQ2 1AA,,\nb,B,,,53.75,-1.95\n"
        "c,C,north,,53.75,-1.95\nd,D,,QQ1,,\n",
        [NORTH, EAST, WEST],
    )
    areas = {one.id: one.area for one in register.organisations}
    assert areas == {"a": "east", "b": "west", "c": "north", "d": "west"}
    assert register.worked_out["organisations", "a"]["area"] == "boundary"
    assert ("organisations", "c") not in register.worked_out
    assert findings == []


def test_a_point_on_a_shared_edge_is_always_in_the_same_area(read: Read) -> None:
    """Otherwise two runs of the same files could differ."""
    for shapes in ([EAST, WEST], [WEST, EAST]):
        register, _ = read("id,name,latitude,longitude\na,A,53.75,-1.9\n", shapes, table="")
        assert register.organisation["a"].area == "east"


def test_just_outside_is_the_nearest_area_and_far_outside_is_said(read: Read) -> None:
    """Boundaries are simplified at the coast; 0.002 degrees is 222 m, 0.4 degrees is 44.5 km."""
    register, findings = read("id,name,postcode\na,A,QQ3 1AA\nb,B,QQ4 1AA\n", [WEST, EAST])
    assert [one.area for one in register.organisations] == ["west", None]
    assert [one.point for one in register.organisations] == [(-1.95, 53.802), (-1.95, 54.2)]
    assert said(findings) == [("near-area", 2), ("outside-every-area", 3)]
    assert [finding.level for finding in findings] == [Level.NOTICE, Level.WARNING]
    assert "the nearest is West, 44.5 km away" in findings[1].message
    assert "in West, the nearest" in findings[0].message


def test_an_area_that_disagrees_with_its_point_is_said_and_kept(read: Read) -> None:
    """0.1 degrees inside the other area is wrong; 0.005 degrees (330 m) is a drawn line."""
    register, findings = read(
        "id,name,area,latitude,longitude\na,A,west,53.75,-1.80001\nb,B,west,53.75,-1.895\n"
        "c,C,west,54.2,-1.95\nd,D,letter,53.75,-1.85\n",
        [WEST, EAST],
        activities="id,name,area,approach,latitude,longitude\nz,Z,west,online,53.75,-1.85\n",
    )
    assert sorted(said(findings)) == [("area-disagrees", 2), ("outside-every-area", 4)]
    notice = next(finding for finding in findings if finding.code == "area-disagrees")
    assert notice.level is Level.NOTICE
    assert notice.message == "the point lies in East, 6.6 km outside West."
    assert [one.area for one in register.organisations] == ["west", "west", "west", "letter"]


def test_an_area_above_or_below_the_one_that_holds_a_point_agrees(read: Read) -> None:
    """People name the district; only the wards in it have boundaries, or the other way round."""
    rows = "id,name,area,latitude,longitude\na,A,north,53.75,-1.85\nb,B,east,53.75,-1.85\n"
    assert read(rows, [WEST, EAST], table="")[1] == []
    assert read(rows, [NORTH], table="")[1] == []


def test_without_boundaries_the_codes_of_the_table_name_the_area(read: Read) -> None:
    """A directory of postcodes says which district each is in; an alias will do."""
    register, findings = read("id,name,postcode\na,A,QQ1 1AA\nb,B,QQ2\nc,C,QQ3 1AA\n")
    assert [one.area for one in register.organisations] == ["west", "east", None]
    assert register.worked_out["organisations", "b"] == {
        "latitude": "outcode",
        "longitude": "outcode",
        "area": "postcode",
    }
    assert findings == []


def test_an_area_people_wrote_is_not_replaced_by_the_tables_code(read: Read) -> None:
    """They know which side of the line the hall counts for."""
    register, _ = read("id,name,area,postcode\na,A,east,QQ1 1AA\n")
    assert register.organisation["a"].area == "east"


def test_an_activity_is_located_by_its_own_postcode_before_its_organisation(read: Read) -> None:
    """A group of a body in the west that meets in the east is in the east."""
    register, _ = read(
        "id,name,postcode\nhub,Hub,QQ1 1AA\n",
        activities="id,name,organisation,postcode\na,A,hub,QQ2 1AA\nb,B,hub,\n",
    )
    there, here = register.activity["a"], register.activity["b"]
    assert (register.point_of(there), register.area_of(there)) == ((-1.85, 53.75), "east")
    assert (register.point_of(here), register.area_of(here)) == ((-1.95, 53.75), "west")


ORGANISATIONS = """
id,name,postcode,visibility
open,Open,QQ1 1AA,
shy,Shy,QQ2 1AA,area_only
haven,Larkfield,QQ1 1AB,withheld
rough,Rough,QQ1,
"""
ACTIVITIES = """
id,name,organisation,postcode,visibility
tea,Tea,shy,QQ2 1AA,
den,Den,open,QQ2 1AA,area_only
night,Night,haven,QQ1 1AB,
"""


def test_no_point_from_a_hidden_postcode_reaches_an_audience(read: Read) -> None:
    """A point worked out from a refuge's postcode gives it away as surely as the postcode."""
    register, _ = read(ORGANISATIONS, [NORTH, WEST, EAST], activities=ACTIVITIES)
    assert register.organisation["haven"].point == (-1.95, 53.77)
    assert register.organisation["shy"].point == (-1.85, 53.75)
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    written = f"{public!r} {list(public.areas)!r}"
    for secret in ("QQ2", "haven", "QQ1 1AB", "53.77", "night"):
        assert secret in f"{register!r}"
        assert secret not in written
    # The middle of the area itself is no secret: its row has it.
    rows = [public.organisation["shy"], public.activity["tea"], public.activity["den"]]
    assert [(one.postcode, one.latitude, one.longitude) for one in rows] == [(None, None, None)] * 3
    assert public.organisation["open"].point == (-1.95, 53.75)
    assert public.approximate(public.organisation["rough"])
    partners = for_audience(register, Audience.PARTNERS, PrivacySettings())
    assert partners.organisation["shy"].point == (-1.85, 53.75)
    assert "53.77" not in f"{partners!r}"


def test_an_area_worked_out_for_a_row_shown_by_its_area_is_the_widest(read: Read) -> None:
    """A small area can be one street; nobody decided to publish that."""
    register, _ = read(ORGANISATIONS, [NORTH, WEST, EAST], activities=ACTIVITIES)
    assert register.organisation["open"].area == "west"
    assert [register.organisation["shy"].area, register.activity["den"].area] == ["north"] * 2
    assert register.activity["tea"].area == "north"
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert public.point_of(public.organisation["shy"]) is None
    assert public.worked_out["organisations", "shy"] == {"area": "boundary"}


def test_a_table_that_cannot_be_read_is_told_once_for_all_networks(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """One file is wrong, not one for each network."""
    (tmp_path / "netmap.toml").write_text('[places]\npostcodes = "p.csv"\n', encoding="utf-8")
    (tmp_path / "p.csv").write_bytes(b"nothing,here\n")
    for name in ("one", "two"):
        write_network(tmp_path, {"organisations": "id,name,postcode\na,A,QQ1 1AA\n"}, name=name)
    place = Registers(open_workspace(tmp_path), AS_OF, Audience.STAFF)
    assert [(f.code, f.place.file) for f in check(place)] == [("unreadable-file", "p.csv")]
    assert place.register("one").organisation["a"].postcode == "QQ1 1AA"


def test_nothing_worked_out_is_written_into_peoples_files(read: Read, tmp_path: Path) -> None:
    """Next year's table may know better."""
    text = "id,name,postcode\na,A,QQ1 1AA\n"
    read(text, [WEST])
    file = tmp_path / "networks" / "example" / "organisations.csv"
    assert file.read_text(encoding="utf-8") == text


def test_the_same_files_give_the_same_register(read: Read) -> None:
    """The first use makes the quick table, the second uses it."""
    once, again = (read(ORGANISATIONS, [EAST, NORTH, WEST], activities=ACTIVITIES) for _ in "12")
    assert once[0].organisations == again[0].organisations
    assert once[0].worked_out == again[0].worked_out
    assert once[1] == again[1]
