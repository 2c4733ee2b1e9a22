"""What a file is, is told by what is in it: nobody has to know the word for it."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from netmap.errors import UnknownNameError, UnreadableFileError
from netmap.exchange.kinds import KINDS, NO_WISHES, kind_named, kind_of
from netmap.tables import archives
from netmap.vocabulary import load

Make = Callable[[Path], Path]
CODES = [f"E0100000{number}" for number in range(1, 9)]
GRAPHML = "http://graphml.graphdrawing.org/xmlns"


def text(name: str, content: str) -> Make:
    """Make a text file."""

    def make(folder: Path) -> Path:
        file = folder / name
        file.write_text(content, encoding="utf-8")
        return file

    return make


def as_json(name: str, document: object) -> Make:
    """Make a JSON file."""
    return text(name, json.dumps(document))


def csv(name: str, headings: str, *rows: str) -> Make:
    """Make a CSV."""
    return text(name, "\n".join((headings, *rows, "")))


def book(name: str, **sheets: list[list[object]]) -> Make:
    """Make a workbook."""

    def make(folder: Path) -> Path:
        made: Any = openpyxl.Workbook()
        made.remove(made.active)
        for title, rows in sheets.items():
            sheet = made.create_sheet(title)
            for row in rows:
                sheet.append(row)
        made.save(folder / name)
        return folder / name

    return make


def packed(name: str, **members: str) -> Make:
    """Make a zip of CSV files."""

    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / name, "w") as archive:
            for stem, content in members.items():
                archive.writestr(f"{stem}.csv", content)
        return folder / name

    return make


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    """Make a GeoJSON feature."""
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def by_area(name: str, headings: str, cells: str) -> Make:
    """Make a table with a row for each of some areas."""
    return csv(name, headings, *(f"{code},{cells}" for code in CODES))


SQUARE = [[[0, 51], [1, 51], [1, 52], [0, 51]]]
OWN: dict[str, list[Make]] = {
    "travel": [
        as_json("m.json", {"code": "Ok", "durations": [[1, 2]], "sources": [{}]}),
        csv("r5.csv", "from_id,to_id,travel_time", "E01000001,tea,12"),
        csv("ours.csv", "area,activity,minutes", "leeds,tea,12"),
    ],
    "netmap": [
        packed("r.csv.zip", organisations="id,name\na,Alpha\n"),
        book("r.xlsx", organisations=[["id", "name"], ["a", "Alpha"]]),
    ],
    "hsds": [packed("d.zip", services="id,name,organization_id\n1,Tea,2\n")],
    "oruk": [
        as_json("f.json", {"total_pages": 1, "contents": [{"id": "1", "name": "Tea"}]}),
        as_json("s.json", {"id": "1", "name": "Tea", "organization": {"id": "2", "name": "A"}}),
    ],
    "outpost": [csv("o.csv", "import_id,name,organisation,location_visible", "1,Tea,A,TRUE")],
    "360giving": [
        as_json("g.json", {"grants": [{"recipientOrganization": [{"id": "a", "name": "A"}]}]}),
        csv("g.csv", "Identifier,Amount Awarded,Recipient Org:Name,Funding Org:Name", "1,5,A,B"),
        csv("own.csv", "Grant Ref,Funder,Organisation Funded,Amount (£)", "1,The Fund,A,500"),
    ],
    "kumu": [as_json("k.json", {"elements": [{"label": "A"}], "connections": []})],
    "kumu-sheets": [
        book("k.xlsx", Elements=[["Label"], ["A"]], Connections=[["From", "To"], ["A", "A"]]),
        csv("k.csv", "Label,Type,Tags", "A,Hub,x"),
    ],
    "graphml": [text("g.graphml", f'<graphml xmlns="{GRAPHML}"><graph/></graphml>')],
    "gexf": [text("g.gexf", '<gexf xmlns="http://gexf.net/1.3"><graph/></gexf>')],
    "boundaries": [
        as_json(
            "b.geojson",
            {
                "type": "FeatureCollection",
                "features": [
                    feature("Polygon", SQUARE, LSOA21CD=code, LSOA21NM=f"Place {code}", LAT=51.5)
                    for code in CODES[:2]
                ],
            },
        )
    ],
    "gis": [
        as_json(
            "m.geojson",
            {"type": "FeatureCollection", "features": [feature("Point", [0, 51], name="A")]},
        ),
        text(
            "m.kml",
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name></Placemark></kml>',
        ),
        as_json(
            "m.umap",
            {"type": "umap", "layers": [{"features": [feature("Point", [0, 51], name="A")]}]},
        ),
        as_json(
            "osm.json",
            {
                "generator": "Overpass API",
                "elements": [{"type": "node", "id": 1, "lat": 51, "lon": 0, "tags": {"name": "A"}}],
            },
        ),
    ],
    "population": [
        by_area("p.csv", "LSOA21CD,Total,White,Asian", "1500,1400,60"),
        csv(
            "long.csv",
            "GEOGRAPHY_CODE,C2021_ETH_NAME,OBS_VALUE",
            *(f'{c},"{group}",5' for c in CODES for group in ("White", "Asian", "Black", "Mixed")),
        ),
    ],
    "rural-urban": [by_area("r.csv", "LSOA11CD,RUC11CD,RUC11", "A1,Urban major conurbation")],
    "deprivation": [
        by_area("d.csv", "LSOA code (2019),Index of Multiple Deprivation (IMD) Decile", "3"),
        book(
            "d.xlsx",
            Notes=[["Indices of Deprivation"], ["Contact", "us"]],
            Scores=[["LSOA code", "LAD code", "IMD Score"], *([c, "E08000001", 20] for c in CODES)],
            Deciles=[
                ["LSOA code", "LAD code", "IMD Decile"],
                *([c, "E08000001", 3] for c in CODES),
            ],
        ),
    ],
    "area-codes": [
        csv(
            "c.csv",
            "LAD19CD,LAD19NM,LAD23CD",
            *(f"E0700000{n},Place {n},E0600000{n}" for n in "12"),
        )
    ],
    "area-lookup": [
        csv(
            "l.csv",
            "LSOA21CD,LSOA21NM,LAD22CD,LAD22NM,ObjectId",
            *(f"E010{n:05},Place {n},E08000001,Town,{n}" for n in range(60)),
        )
    ],
    "spreadsheet": [
        csv("s.csv", "Group name,Postcode,Website", "Tea,LS1 1UR,tea.example"),
        csv("label.csv", "Label,Group,Postcode", "1,Tea,LS1 1UR"),
        csv("times.csv", "From,To,Venue,Group", "10:00,12:00,Hall,Tea"),
        csv("fund.csv", "Name,Funding Org:Name,Amount Awarded,Area", "Tea,Fund,100,Leeds"),
        csv("services.csv", "id,name,organization_id,status", "1,Tea,2,active"),
        csv("places.csv", "Name,Postcode,Latitude,Longitude", "Tea,LS1 1UR,53.8,-1.5"),
        by_area("members.csv", "LSOA code,Group,Members,Total", "Tea,10,20"),
        by_area("rural.csv", "LSOA code,Group,Rural or urban,Phone", "Tea,Rural,0113 496 0000"),
        by_area("served.csv", "LSOA code,Organisation,Women,Asian,Black,White", "Tea,9,8,7,6"),
        book("g.xlsx", Groups=[["Name", "What we do"], ["Tea", "Talk"]]),
        book("d.xlsx", Directory=[["Organisation", "Service"], ["Alpha", "Tea"]]),
    ],
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, n) for name, files in OWN.items() for n in range(len(files))]
)
def test_each_kind_is_told_from_a_small_file_of_its_own(
    tmp_path: Path, name: str, number: int
) -> None:
    """A sheet of groups taken for a statistic loses every name in it, and the other way round."""
    assert kind_of(OWN[name][number](tmp_path)).name == name


@pytest.mark.parametrize("name", sorted(set(OWN) - {"spreadsheet"}))
def test_no_other_reader_takes_a_file_for_its_own(tmp_path: Path, name: str) -> None:
    """Then the order in which the readers are asked decides nothing by chance."""
    asked = [kind for kind in KINDS if kind.name != "spreadsheet" and not kind.fixed]
    for make in OWN[name]:
        file = make(tmp_path)
        found = {kind.name for kind in asked if kind.recognises(file)} - {name}
        assert found == ({"gis"} if name == "boundaries" else set()), file.name


def test_every_kind_has_a_file_here() -> None:
    """A kind added tomorrow should not go untried."""
    assert set(OWN) == {kind.name for kind in KINDS}


def test_no_two_kinds_go_by_one_name() -> None:
    """What people write after --kind means one thing."""
    names = [name for kind in KINDS for name in (kind.name, *kind.aliases)]
    assert len({kind_named(name).name for name in names}) == len(KINDS)
    assert all(kind_named(name).name == k.name for k in KINDS for name in (k.name, *k.aliases))


def test_a_kind_that_is_not_known_brings_the_likely_one() -> None:
    """Nobody knows the words by heart."""
    with pytest.raises(UnknownNameError, match="boundaries"):
        kind_named("boundries")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (csv("p.csv", "pcds,lat,long,lsoa21cd,laua", "LS1 1UR,53.8,-1.5,E01000001,E08000001"),
         r"table of postcodes.*netmap\.toml"),
        (text("c.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"), "netmap events import"),
        (packed("some.zip", groups="Group name,Postcode\nTea,LS1 1UR\n"), "unpack it"),
        (text("z.csv.zip", "no zip"), "not a zip file"),
        (text("g.gpkg", "no database"), "no GeoPackage"),
        (text("n.geojson", "{}"), "holds no GeoJSON features"),
        (text("b.graphml", "<graphml"), "not XML"),
        (as_json("x.json", [{"name": "Tea", "organization": "Alpha"}]), "--kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_says_what_to_do_instead(
    tmp_path: Path, make: Make, said: str
) -> None:
    """A bare refusal sends people away; most of these have a place of their own."""
    file = make(tmp_path)
    with pytest.raises(UnreadableFileError, match=said):
        kind_of(file).read(file, load(), NO_WISHES)


def test_a_zip_that_unpacks_to_too_much_is_not_to_be_unpacked_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Advice to unpack it would do what the file is made for."""
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 1_000)
    file = packed("trap.zip", organisations="id,name\n" + "a" * 2_000)(tmp_path)
    with pytest.raises(UnreadableFileError, match="too much for a register") as caught:
        kind_of(file)
    assert "unpack it and" not in caught.value.why
