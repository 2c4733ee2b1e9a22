"""What is worked out when a register is read is drawn on maps, and stands in no cell."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from leaks import Secrets, found_in

from netmap.exchange.formats import FORMATS
from netmap.exchange.kinds import NO_WISHES, kind_of
from netmap.exchange.rows import table_rows
from netmap.exchange.tabular.csv_zip import cannot_carry
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Tie
from netmap.networks.register import OUTCODE, Register
from netmap.privacy import Audience
from netmap.vocabulary import load

FOUND = (60.43217, -1.28764)
ROUGH = (59.11361, -2.37529)
WORKED_OUT: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("organisations", "found"): {
        "latitude": "postcode",
        "longitude": "postcode",
        "area": "boundary",
    },
    ("organisations", "rough"): {"latitude": OUTCODE, "longitude": OUTCODE},
    ("activities", "one"): {"latitude": OUTCODE, "longitude": OUTCODE},
    ("activities", "two"): {"latitude": "postcode", "longitude": "postcode"},
}
MAPS = {".gpkg", ".geojson", ".parquet", ".graphml", ".gexf", ".kumu.json", ".kumu.xlsx"}


def register() -> Register:
    """Make a register with one point from a postcode, and another from half of one."""
    return Register(
        name="example",
        settings=NetworkSettings(title="Example"),
        as_of=date(2026, 11, 22),
        audience=Audience.STAFF,
        organisations=(
            Organisation(
                id="found",
                name="Found",
                area="x",
                postcode="ZE3 9JW",
                latitude=FOUND[0],
                longitude=FOUND[1],
            ),
            Organisation(id="own", name="Own", area="x", latitude=53.5, longitude=-1.5),
            Organisation(
                id="rough", name="Rough", postcode="KW17", latitude=ROUGH[0], longitude=ROUGH[1]
            ),
        ),
        activities=(
            Activity(
                id="one",
                name="One",
                organisation="found",
                latitude=ROUGH[0],
                longitude=ROUGH[1],
            ),
            Activity(id="said", name="Said", organisation="rough", count=1),
            Activity(
                id="two",
                name="Two",
                organisation="own",
                latitude=FOUND[0],
                longitude=FOUND[1],
            ),
        ),
        ties=(Tie(source_organisation="found", target_organisation="own", kind="funds"),),
        areas=Areas([Area(code="x", name="X")]),
        worked_out=WORKED_OUT,
    )


def rows(table: str) -> dict[object, dict[str, object]]:
    """Give the cells of a table by id, the empty ones left out."""
    every = table_rows(register(), table)
    return {row["id"]: {k: v for k, v in row.items() if v not in (None, ())} for row in every}


def test_a_cell_holds_only_what_somebody_recorded() -> None:
    """Brought back, a worked-out point would stay when the postcode changes."""
    found = rows("organisations")
    assert found["found"] == {"id": "found", "name": "Found", "postcode": "ZE3 9JW"}
    assert found["own"]["latitude"] == 53.5
    assert found["own"]["area"] == "x"


def test_one_activity_to_a_row_is_not_written_unless_somebody_wrote_it() -> None:
    """Every row of a register would come back changed."""
    found = rows("activities")
    assert "count" not in found["one"]
    assert found["said"]["count"] == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_worked_out_comes_back_from_any_format(tmp_path: Path, ending: str) -> None:
    """Whoever exports and imports their own network has recorded nothing new."""
    file = tmp_path / f"mine{ending}"
    file.write_bytes(FORMATS[ending].write(register(), load()))
    draft = kind_of(file).read(file, load(), NO_WISHES)
    read = {row.cells["id"]: row.cells for row in draft.rows if row.table == "organisations"}
    assert "latitude" not in read["found"]
    assert "area" not in read["found"]
    assert read["own"]["latitude"] == "53.5"
    assert "latitude" not in read["rough"]
    offered = {row.cells["id"]: row.cells for row in draft.rows if row.table == "activities"}
    assert not {"latitude", "count"} & set(offered.get("two", {}))


@pytest.mark.parametrize("ending", sorted(MAPS))
def test_a_map_shows_a_row_where_its_postcode_is(ending: str) -> None:
    """A map without its points is no map."""
    content = FORMATS[ending].write(register(), load())
    assert found_in(ending, content, Secrets((), (FOUND,)))


@pytest.mark.parametrize("ending", [".hsds.zip", ".oruk.json"])
def test_a_directory_gives_no_exact_place_for_half_a_postcode(ending: str) -> None:
    """People would walk to the middle of a district."""
    content = FORMATS[ending].write(register(), load())
    assert found_in(ending, content, Secrets((), (FOUND,)))
    assert found_in(ending, content, Secrets((), (ROUGH,))) == []


def test_tables_say_that_worked_out_places_are_not_in_them() -> None:
    """Otherwise it looks as if nobody knew where four rows are."""
    said = "The point or area of 4 rows was worked out from postcodes and boundaries; only map"
    assert any(line.startswith(said) for line in cannot_carry(register()))
