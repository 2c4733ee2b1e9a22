"""What routing programs write about travel, taken into a network."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netmap.cli import run
from netmap.errors import UnreadableFileError
from netmap.exchange import travel
from netmap.exchange.kinds import kind_of
from netmap.exchange.travel.matching import pair_up
from netmap.networks.reach import in_reach
from netmap.networks.register import Register

Network = Callable[[], Register]
Import = Callable[..., dict[str, Any]]

# A hundredth of a degree of latitude is 1.11 km.
AREAS = """
    code,name,aliases,latitude,longitude
    town,Town,T1,53.80,-1.50
    dale,Dale,,53.90,-1.50
"""
ACTIVITIES = """
    id,name,latitude,longitude,approach
    chai,Chai,53.80,-1.60,
    knit,Knit,53.90,-1.60,
    walk,Walk,53.90,-1.60,
    call,Call,53.80,-1.60,telephone
"""


def place(lat: float, lon: float) -> dict[str, Any]:
    """Write a place as OSRM does; the road nearest to it is some metres away."""
    return {"location": [lon + 0.0002, lat - 0.0002], "distance": 25.8, "name": "High Street"}


OSRM: dict[str, Any] = {
    "code": "Ok",
    "sources": [place(53.90, -1.50), place(53.80, -1.50)],
    "destinations": [place(53.80, -1.60), place(53.90, -1.60)],
    "durations": [[1860.0, 90.0], [600, None]],
}


@pytest.fixture
def network(tmp_path: Path, write_network: Callable[..., Any]) -> Network:
    """Give the function that reads a network of two areas and three activities as it stands."""
    files = {"organisations": "id,name\no,O\n", "areas": AREAS, "activities": ACTIVITIES}
    write_network(tmp_path, files, name="leeds")

    def reading() -> Register:
        register: Register = write_network(tmp_path, {}, name="leeds")[0]
        return register

    return reading


@pytest.fixture
def take(tmp_path: Path, network: Network, capsys: pytest.CaptureFixture[str]) -> Import:  # noqa: ARG001
    """Give the function that imports a matrix and reads what was printed."""

    def taking(content: Any, name: str = "matrix.json", *more: str, code: int = 0) -> Any:
        file = tmp_path / name
        if isinstance(content, dict):
            content = json.dumps(content)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        arguments = ["import", str(file), "--into", "leeds", "--format", "json", *more]
        capsys.readouterr()
        got = run(["--workspace", str(tmp_path), "--as-of", "2026-11-22", *arguments])
        printed = capsys.readouterr()
        assert got == code, printed.err
        return printed.err if code else json.loads(printed.out)

    return taking


def times(register: Register) -> dict[tuple[str, str], float]:
    """Give the minutes of each pair."""
    told = register.travel
    assert told is not None
    pairs = zip(told.area, told.activity, told.minutes.tolist(), strict=True)
    return {(told.areas[a], told.activities[b]): minutes for a, b, minutes in pairs}


def test_an_answer_of_osrm_becomes_minutes(take: Import, network: Network) -> None:
    """1,860 seconds are 31 minutes; two groups in one hall are one destination; null is no way."""
    said = take(OSRM)
    assert (said["kind"], said["written"]) == ("travel", ["travel.parquet"])
    assert said["rows"] == {"unit": "places", "read": 4, "taken": 4, "set_aside": 0}
    assert said["travel"] == {
        "made_by": "osrm",
        "sources": [2, 2],
        "destinations": [2, 2],
        "pairs": 6,
        "no_way": 2,
        "replaced": 0,
        "after": 4,
    }
    assert times(network()) == {
        ("dale", "chai"): 31,
        ("dale", "knit"): 1.5,
        ("dale", "walk"): 1.5,
        ("town", "chai"): 10,
    }
    found = in_reach(network(), network().provision)
    assert [a.id for a in found["dale"]] == ["knit", "walk"]


def test_a_preview_says_what_was_matched_and_writes_nothing(
    tmp_path: Path, take: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    """People see first whether the matrix is theirs."""
    far = {**OSRM, "destinations": [OSRM["destinations"][0], place(54.5, -1.60)]}
    said = take(far, "matrix.json", "--preview")
    assert said["written"] == []
    assert not (tmp_path / "networks/leeds/travel.parquet").exists()
    assert [note["code"] for note in said["set_aside"]] == ["no-activity"]
    assert "66." in said["set_aside"][0]["message"]
    file = str(tmp_path / "matrix.json")
    run(["--workspace", str(tmp_path), "import", file, "--into", "leeds", "--preview"])
    text = capsys.readouterr().out
    assert "2 of 2 sources are areas of the network, 1 of 2 destinations are activities." in text
    assert "2 travel times between them; 0 (0.0%) say that there is no way." in text


def test_the_answer_of_openrouteservice_is_read_alike(take: Import, network: Network) -> None:
    """It has no code, and metadata."""
    ors = {k: v for k, v in OSRM.items() if k != "code"}
    ors["metadata"] = {"service": "matrix", "query": {"profile": "driving-car"}}
    ors["sources"] = [{"location": p["location"], "snapped_distance": 3} for p in OSRM["sources"]]
    assert take(ors)["travel"]["made_by"] == "openrouteservice"
    assert times(network())["dale", "chai"] == 31


def test_ids_go_before_points(take: Import, network: Network) -> None:
    """Somebody wrote them there on purpose, as an alias too; a wrong one is not guessed at."""
    named = [{**OSRM["sources"][0], "id": "T1"}, {**OSRM["sources"][1], "id": "nowhere"}]
    said = take({**OSRM, "sources": named})
    assert said["travel"]["sources"] == [2, 1]
    assert [note["value"] for note in said["set_aside"]] == ["nowhere"]
    assert times(network())["town", "chai"] == 31


def test_a_second_matrix_adds_to_the_first_and_renews_it(take: Import, network: Network) -> None:
    """Services answer for a hundred places at a time; a new time takes the place of an old one."""
    take(OSRM)
    more = {**OSRM, "sources": OSRM["sources"][1:], "durations": [[300, 420]]}
    said = take(more)
    assert (said["travel"]["replaced"], said["travel"]["after"]) == (1, 6)
    found = times(network())
    assert (found["town", "chai"], found["town", "walk"], found["dale", "chai"]) == (5, 7, 31)
    closed = {**more, "durations": [[None, 420]]}
    take(closed)
    assert ("town", "chai") not in times(network())


def test_the_same_matrix_twice_changes_nothing(take: Import) -> None:
    """As every import."""
    take(OSRM)
    assert take(OSRM)["written"] == []


def test_an_island_is_still_known_afterwards(take: Import, network: Network) -> None:
    """No way at all is not the same as nobody asked: no straight line over the water."""
    take({**OSRM, "durations": [[None, None], [600, 600]]})
    register = network()
    assert register.travel is not None
    assert register.travel.areas == ("dale", "town")
    assert in_reach(register, register.provision)["dale"] == ()


def test_an_import_is_undone(tmp_path: Path, take: Import, network: Network) -> None:
    """What stood there before, here a CSV that people typed, comes back."""
    folder = tmp_path / "networks/leeds"
    (folder / "travel.csv").write_text("area,activity,minutes\ntown,chai,99\n", encoding="utf-8")
    only = {**OSRM, "sources": OSRM["sources"][:1], "durations": OSRM["durations"][:1]}
    assert take(only)["written"] == ["travel.csv", "travel.parquet"]
    assert times(network())["town", "chai"] == 99
    assert times(network())["dale", "chai"] == 31
    assert run(["--workspace", str(tmp_path), "import", "--undo", "--into", "leeds"]) == 0
    assert sorted(f.name for f in folder.glob("travel.*")) == ["travel.csv"]
    assert times(network()) == {("town", "chai"): 99}


# ---------------------------------------------------------------------- long tables


R5 = "from_id,to_id,travel_time_p25,travel_time_p50\ntown,chai,9,12\nDale,chai,20,\nx,knit,1,2\n"


def test_a_table_of_r5_is_told_by_its_headings(take: Import, network: Network) -> None:
    """Areas by code, alias or name; the median of the percentiles; empty is no way."""
    said = take(R5, "times.csv")
    assert said["travel"]["made_by"] == "r5"
    assert (said["travel"]["sources"], said["travel"]["destinations"]) == ([3, 2], [2, 2])
    assert [note["value"] for note in said["set_aside"]] == ["x"]
    assert times(network()) == {("town", "chai"): 12}
    assert [note["code"] for note in said["notes"]] == ["percentile"]


def test_parquet_of_r5py_is_read_as_it_comes(take: Import, network: Network) -> None:
    """Whole minutes as floats, NaN where there is no way."""
    table = pa.table(
        {"from_id": ["town", "dale"], "to_id": ["chai", "chai"], "travel_time": [12.0, np.nan]}
    )
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    said = take(sink.getvalue().to_pybytes(), "times.parquet")
    assert (said["travel"]["pairs"], said["travel"]["no_way"]) == (2, 1)
    assert times(network()) == {("town", "chai"): 12}


def test_what_is_wrong_in_a_long_table_is_counted(take: Import, network: Network) -> None:
    """Good rows are used."""
    said = take("from_id,to_id,travel_time\ntown,chai,9\ntown,knit,-1\ntown,walk,x\n", "t.csv")
    assert [(n["code"], n["row"]) for n in said["notes"]] == [("bad-number", 3)]
    assert said["notes"][0]["message"].startswith("2 rows have no time")
    assert times(network()) == {("town", "chai"): 9}


# ---------------------------------------------------------------------- matching


def test_the_nearest_point_is_the_place_and_the_others_are_not() -> None:
    """One to one: an activity beside an area's middle is not taken for the area."""
    places = np.array([[-1.5, 53.8], [-1.5, 53.9]])
    points = np.array([[-1.5, 53.8001], [-1.5, 53.803], [-1.5, 53.92], [np.nan, np.nan]])
    found = pair_up(points, places)
    assert found.place.tolist() == [0, -1, -1, -1]
    assert found.second.tolist() == [False, True, False, False]
    assert found.km[[2, 3]].tolist() == pytest.approx([2.22, np.inf], rel=0.01)


def test_a_point_in_the_middle_of_two_places_is_neither() -> None:
    """A coin would decide."""
    places = np.array([[-1.5, 53.800], [-1.5, 53.802]])
    found = pair_up(np.array([[-1.5, 53.801]]), places)
    assert (found.place.tolist(), found.either.tolist()) == ([-1], [True])


# ---------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"code": "NoSegment", "message": "too far from a road"}, "too far from a road"),
        ({"durations": None, "distances": [[1]]}, "annotations=duration"),
        ({"sources": None}, "skip_waypoints"),
        ({"durations": [[1, 2]]}, "2 sources and 1 rows"),
        ({"durations": [[1, 2], [3]]}, "row 2"),
        ({"durations": [[1, 2], [3, "soon"]]}, "row 2"),
        ({"durations": [[1, 2], [3, [4]]]}, "row 2"),
        ({"sources": [place(10, 10), place(11, 11)]}, "none of its 2 sources is an area"),
        ({"destinations": [place(10, 10), {}]}, "none of its 2 destinations is an activity"),
    ],
)
def test_an_answer_that_cannot_be_used_says_why(
    take: Import, network: Network, change: dict[str, Any], why: str
) -> None:
    """What was there before is untouched."""
    assert why in str(take({**OSRM, **change}, "m.json", "--kind", "osrm", code=11))
    assert network().travel is None


def test_a_network_that_is_not_there_has_no_areas(tmp_path: Path, take: Import) -> None:
    """Times between nothing and nothing."""
    take(OSRM, "m.json", "--preview")
    arguments = ["import", str(tmp_path / "m.json"), "--into", "york"]
    assert run(["--workspace", str(tmp_path), *arguments]) == 10
    assert not (tmp_path / "networks/york").exists()


def test_durations_that_cannot_be_are_no_way_and_guesses_are_named(take: Import) -> None:
    """A service that guesses says so, and so do we."""
    odd = {**OSRM, "durations": [[-5, 60], [60, 60]], "fallback_speed_cells": [[0, 1]]}
    said = take(odd)
    assert {note["code"] for note in said["notes"]} == {"bad-duration", "guessed-durations"}
    assert said["travel"]["no_way"] == 1


@pytest.mark.parametrize("content", ['{"durations": [1]}', "[]", "no JSON", '{"services": []}'])
def test_other_json_is_not_taken_for_a_matrix(tmp_path: Path, content: str) -> None:
    """A directory is a directory."""
    file = tmp_path / "x.json"
    file.write_text(content, encoding="utf-8")
    assert not travel.recognises(file)
    with pytest.raises(UnreadableFileError):
        travel.read(file, "x.json")


def test_a_matrix_is_told_by_what_is_in_it(tmp_path: Path) -> None:
    """However the program ordered the keys."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps(dict(reversed(OSRM.items())), indent=1), encoding="utf-8")
    assert kind_of(file).name == "travel"
