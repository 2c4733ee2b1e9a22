"""What netmap writes for a GIS comes back as the rows it was made of."""

import json
import shutil
import string
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyogrio
import pytest
import shapely
from gis_files import read_file, rows_of, small_register
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.draft import Draft, DraftRow, Outcome
from netmap.exchange.gis import geojson, geopackage, geoparquet, recognises
from netmap.networks.areas import Areas
from netmap.networks.cells import Reading
from netmap.networks.models import TABLES, Activity, Area, Organisation, Population, Record, Tie
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load

FORMATS = {"geojson": geojson.write, "gpkg": geopackage.write, "parquet": geoparquet.write}


def _back(register: Register, ending: str, folder: Path) -> Draft:
    file = folder / f"back.{ending}"
    file.write_bytes(FORMATS[ending](register, load()))
    assert recognises(file)
    return read_file(file)


def _record(row: DraftRow) -> Record:
    model = TABLES[row.table]
    known = {name: text for name, text in row.cells.items() if name in model.model_fields}
    rest = {name: text for name, text in row.cells.items() if name not in known}
    more = {"groups" if model is Population else "extra": rest}
    return model.model_validate({**known, **more}, context=Reading(load()))


def _carried(ending: str) -> set[str]:
    layers = ("organisations", "activities", "areas", "ties")
    return set(TABLES) if ending == "gpkg" else set(layers)


def _seen(rows: Iterable[Record]) -> list[str]:
    return sorted(json.dumps(row.model_dump(), sort_keys=True, default=str) for row in rows)


@pytest.mark.parametrize("ending", FORMATS)
def test_an_export_comes_back_row_for_row(ending: str, tmp_path: Path) -> None:
    """A partner corrects a file in QGIS and sends it back; nothing else may change."""
    register = small_register(Audience.STAFF)
    draft = _back(register, ending, tmp_path)
    assert draft.notes == ()
    assert draft.set_aside == ()
    for table in TABLES:
        rows = [_record(row) for row in rows_of(draft, table)]
        expected = getattr(register, table) if table in _carried(ending) else ()
        assert _seen(rows) == _seen(expected), table


@pytest.mark.parametrize("ending", FORMATS)
def test_boundaries_come_back_under_their_codes(ending: str, tmp_path: Path) -> None:
    """Reach in an area is worked out inside its outline."""
    frame = _back(small_register(), ending, tmp_path).boundaries
    assert frame is not None
    assert frame.crs.to_epsg() == 4326
    assert list(frame.index) == ["x"]
    assert shapely.equals(frame.geometry.loc["x"], shapely.box(-2, 53, -1, 54))


WORDS = st.text(string.ascii_letters + " '\"<&=;é中" + "\n", min_size=1, max_size=12).map(
    lambda text: text.strip() or "x"
)
LISTED = st.lists(st.sampled_from(("hub", "funder", "commissioner")), unique=True).map(tuple)
DEGREES = st.floats(-80, 80, allow_nan=False).map(lambda v: round(v, 6) + 0.0)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Draw a register of a few rows in which every kind of cell occurs."""
    ids = draw(
        st.lists(
            st.text("abc-1", min_size=1, max_size=4).filter(str.isalnum), unique=True, max_size=4
        )
    )
    organisations = [
        Organisation(
            id=one,
            name=draw(WORDS),
            roles=draw(LISTED),
            latitude=draw(DEGREES),
            longitude=draw(DEGREES),
            verified_on=draw(DAYS),
            extra=draw(st.dictionaries(st.sampled_from(("Colour", "=sum", "capacity")), WORDS)),
        )
        for one in ids
    ]
    activities = [
        Activity(
            id=one,
            name=draw(WORDS),
            organisation=one,
            description=draw(WORDS | st.none()),
            **draw(st.fixed_dictionaries({}, optional={"capacity": st.integers(0, 10**6)})),
            count=draw(st.integers(1, 3)),
            step_free=draw(st.none() | st.booleans()),
        )
        for one in ids
    ]
    ties = [
        Tie(
            source_organisation=one,
            target_organisation=two,
            kind="funds",
            **draw(st.fixed_dictionaries({}, optional={"strength": st.floats(0, 1)})),
            since=draw(DAYS),
        )
        for one, two in pairwise(ids)
    ]
    areas = [Area(code=f"E{n}", name=draw(WORDS), latitude=53.5, longitude=-1.5) for n in (1, 2)]
    return replace(
        small_register(Audience.STAFF),
        organisations=tuple(organisations),
        activities=tuple(activities),
        ties=tuple(ties),
        areas=Areas(areas),
        populations=(),
        boundaries=None,
    )


@pytest.mark.parametrize("ending", FORMATS)
@given(register=registers())
@settings(deadline=None, max_examples=25)
def test_any_register_comes_back(ending: str, register: Register) -> None:
    """Names with quotation marks, lists, dates and empty cells are all the same afterwards."""
    with TemporaryDirectory() as folder:
        draft = _back(register, ending, Path(folder))
    for table in ("organisations", "activities", "areas", "ties"):
        rows = [_record(row) for row in rows_of(draft, table)]
        assert _seen(rows) == _seen(getattr(register, table)), table


def test_a_point_moved_in_a_gis_is_taken(tmp_path: Path) -> None:
    """Dragging the point is how people in QGIS say where a group really meets."""
    document = json.loads(geojson.write(small_register(), load()))
    moved = next(f for f in document["features"] if f["properties"].get("id") == "b")
    moved["geometry"]["coordinates"] = [-1.3, 54.1]
    file = tmp_path / "moved.geojson"
    file.write_text(json.dumps(document), encoding="utf-8")
    draft = read_file(file)
    row = next(row for row in draft.rows if row.key == "b")
    assert (row.cells["latitude"], row.cells["longitude"]) == ("54.1", "-1.3")
    assert [(n.outcome, n.code, n.became) for n in draft.notes] == [
        (Outcome.MENDED, "moved-point", "54.1, -1.3")
    ]


def test_an_approximate_point_is_not_taken_for_an_exact_one(tmp_path: Path) -> None:
    """A group drawn at its area's point would otherwise be said to meet there."""
    row = next(r for r in _back(small_register(), "geojson", tmp_path).rows if r.key == "a")
    assert "latitude" not in row.cells


def test_one_layer_saved_again_in_a_gis_is_still_known(tmp_path: Path) -> None:
    """QGIS drops what a file says about itself; ids must not be made anew for that."""
    whole, single = tmp_path / "whole.gpkg", tmp_path / "organisations.gpkg"
    whole.write_bytes(geopackage.write(small_register(), load()))
    frame = pyogrio.read_dataframe(whole, layer="organisations").to_crs(27700)
    pyogrio.write_dataframe(frame, single, layer="organisations", driver="GPKG")
    draft = read_file(single)
    assert [row.cells["id"] for row in draft.rows] == ["a", "b", "c"]
    assert draft.notes == ()


def test_a_star_is_no_count(tmp_path: Path) -> None:
    """A count too small to show must not come back as nought, nor as a fault of the file."""
    population = Population(
        area="x", total=100, groups={"asian": 20}, suppressed=frozenset({"black"})
    )
    register = replace(small_register(), populations=(population,))
    draft = _back(register, "gpkg", tmp_path)
    cells = rows_of(draft, "populations")[0].cells
    assert cells["asian"] == "20"
    assert "black" not in cells
    assert [note.code for note in draft.notes] == ["suppressed"]


def test_reading_leaves_a_file_as_it_was(tmp_path: Path) -> None:
    """A database is easily touched by looking at it."""
    file = tmp_path / "example.gpkg"
    file.write_bytes(geopackage.write(small_register(), load()))
    before = file.read_bytes()
    read_file(file)
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["example.gpkg"]
    shutil.copy(file, tmp_path / "example.gpkg-wal")
    assert [note.code for note in read_file(file).notes] == ["open-elsewhere"]
