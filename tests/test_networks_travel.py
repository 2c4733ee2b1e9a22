"""How long people travel: the table they supply, and what is within reach by it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netmap.findings import Finding, Level
from netmap.networks.reach import decay_weights, in_reach
from netmap.networks.reach.travel import (
    limits_minutes,
    nearest_minutes,
    pairs_near,
    travel_pairs,
)
from netmap.networks.reach.within import catchments_km, projected
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.networks.travel_times import TravelTimes, travel_times
from netmap.privacy import Audience
from netmap.workspace import PrivacySettings

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
Read = Callable[..., tuple[Register, list[Finding]]]

AREAS = """
    code,name,aliases,latitude,longitude,rural_urban
    town,Town,T1,53.80,-1.50,large_urban
    dale,Dale,,53.80,-1.51,rural_80
"""
ACTIVITIES = """
    id,name,latitude,longitude,area,visibility
    chai,Chai,53.80,-1.50,,
    knit,Knit,53.80,-1.50,,
"""


@pytest.fixture
def read(tmp_path: Path, write_network: WriteNetwork) -> Read:
    """Give the function that reads two areas, two activities beside both, and travel times."""

    def reading(travel: str | bytes, **files: Any) -> tuple[Register, list[Finding]]:
        name = "travel.parquet" if isinstance(travel, bytes) else "travel.csv"
        tables = {"organisations": "id,name\no,O\n", "areas": AREAS, "activities": ACTIVITIES}
        toml = files.pop("toml", "")
        return write_network(tmp_path, {**tables, **files, name: travel}, toml=toml)

    return reading


def ids(register: Register) -> dict[str, list[str]]:
    """List what is within reach of each area."""
    found = in_reach(register, register.provision)
    return {code: [a.id for a in activities] for code, activities in found.items()}


def codes(findings: list[Finding]) -> list[str]:
    """List the kinds of problem."""
    return [finding.code for finding in findings]


# ---------------------------------------------------------------------- reach


def test_minutes_take_the_place_of_kilometres(read: Read) -> None:
    """Next door but over the river: 31 minutes are out of a town's reach and within a dale's."""
    travel = "area,activity,minutes\n town,chai,31\n town,knit,30\n dale,chai,60\n dale,knit,61\n"
    register, findings = read(travel)
    assert codes(findings) == []
    assert ids(register) == {"town": ["knit"], "dale": ["chai"]}


def test_the_limits_are_the_networks_own(read: Read) -> None:
    """A network may know better than thirty minutes and sixty."""
    travel = "area,activity,minutes\n town,chai,30.1\n town,knit,30.2\n dale,chai,5\n dale,knit,6\n"
    toml = "[reach]\nurban_minutes = 30.1\nrural_minutes = 5\n"
    assert ids(read(travel, toml=toml)[0]) == {"town": ["chai"], "dale": ["chai"]}


def test_a_pair_that_is_not_in_the_table_has_no_way(read: Read) -> None:
    """Both are spoken of, the pair is not, or has empty minutes: an island without a boat."""
    register, findings = read("area,activity,minutes\ntown,chai,5\ndale,knit,5\ndale,chai,\n")
    assert codes(findings) == []
    assert ids(register) == {"town": ["chai"], "dale": ["knit"]}


def test_what_the_table_does_not_speak_of_is_judged_by_the_straight_line(read: Read) -> None:
    """A table of last year does not know a new group: it is as near as its kilometres say."""
    register, findings = read("area,activity,minutes\ntown,chai,90\n")
    assert codes(findings) == ["travel-in-part"]
    assert "1 of 2 areas and 1 of 2 activities" in findings[0].message
    # chai is 90 minutes from town; knit is at its door; dale knows no minutes at all.
    assert ids(register) == {"town": ["knit"], "dale": ["chai", "knit"]}


def test_a_straight_line_takes_the_same_part_of_the_time_as_of_the_catchment(read: Read) -> None:
    """Supply adds both up: at the edge of the catchment the weight is that of the last minute."""
    activities = "id,name,latitude,longitude\nchai,Chai,53.80,-1.50\nknit,Knit,53.827,-1.50\n"
    travel, toml = "area,activity,minutes\ntown,chai,15\n", "[reach]\ndetour = 1\nurban_km = 6\n"
    register, _ = read(travel, activities=activities, toml=toml)
    there, places = list(register.provision), ["town"]
    points = projected(register, places, there)
    pairs, limit = pairs_near(register, places, there, points, catchments_km(register, places))
    assert (pairs.area.tolist(), pairs.activity.tolist()) == ([0, 0], [0, 1])
    # 3 km of 6 is half of the catchment, 15 minutes of 30 half of the limit.
    assert pairs.km.tolist() == pytest.approx([15, 15], rel=0.01)
    weights = decay_weights(pairs.km, limit[pairs.area], "gaussian")
    assert weights.tolist() == pytest.approx([0.01**0.25] * 2, rel=0.02)


def test_without_a_table_nothing_changes(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Kilometres, with the catchments in kilometres."""
    files = {"organisations": "id,name\n", "areas": AREAS, "activities": ACTIVITIES}
    register, _ = write_network(tmp_path, files)
    there, places = list(register.provision), ["dale", "town"]
    edge = catchments_km(register, places)
    pairs, limit = pairs_near(register, places, there, projected(register, places, there), edge)
    assert register.travel is None
    assert limit.tolist() == [15, 5]
    assert pairs.km[pairs.area == 1].tolist() == [0, 0]


def test_the_nearest_is_found_beyond_every_limit() -> None:
    """Three hours away is still the nearest; what has no way is infinitely far."""
    area, activity = np.array([0, 0, 1], dtype=np.int32), np.array([0, 1, 1], dtype=np.int32)
    minutes = np.array([200, 180, 20], dtype=np.float32)
    times, _ = travel_times(["a", "b"], ["x", "y"], area, activity, minutes)
    assert nearest_minutes(times, ["b", "a", "c"], ["x", "y"]).tolist() == [20, 180, np.inf]
    assert nearest_minutes(times, ["b", "a", "c"], ["x"]).tolist() == [np.inf, 200, np.inf]


def test_pairs_are_in_order_of_area_then_activity_as_asked_for() -> None:
    """The order of the question counts, not that of the table."""
    area, activity = np.array([0, 0, 1], dtype=np.int32), np.array([0, 1, 1], dtype=np.int32)
    minutes = np.array([1, 2, 3], dtype=np.float32)
    times, _ = travel_times(["a", "b"], ["x", "y"], area, activity, minutes)
    pairs = travel_pairs(times, ["b", "a"], ["y", "x"], np.array([9.0, 9.0]))
    found = zip(pairs.area.tolist(), pairs.activity.tolist(), pairs.km.tolist(), strict=True)
    assert list(found) == [(0, 0, 3), (1, 0, 2), (1, 1, 1)]


def test_of_a_pair_given_twice_the_shortest_counts() -> None:
    """No way at all is the longest."""
    pair = np.zeros(3, dtype=np.int32)
    minutes = np.array([np.nan, 12, 7], dtype=np.float32)
    times, repeated = travel_times(["a"], ["x"], pair, pair, minutes)
    assert (times.minutes.tolist(), repeated) == ([7], 2)


def test_a_rural_area_has_the_longer_limit(read: Read) -> None:
    """As it has the longer way."""
    register, _ = read("area,activity,minutes\n")
    assert limits_minutes(register, ["dale", "town"]).tolist() == [60, 30]


# ---------------------------------------------------------------------- reading


def test_areas_go_by_code_alias_or_name(read: Read) -> None:
    """As everywhere in a register."""
    register, findings = read("area,activity,minutes\nT1,chai,1\n town ,knit,2\nDale,chai,3\n")
    assert codes(findings) == []
    assert register.travel is not None
    assert register.travel.areas == ("dale", "town")
    assert register.travel.minutes.tolist() == [3, 1, 2]


def test_everything_wrong_is_counted_and_the_first_rows_are_named(read: Read) -> None:
    """There may be millions of rows: one finding for each kind of problem."""
    travel = (
        "area,activity,minutes\n"  # row 1
        "twon,chai,5\n"
        "twon,knit,5\n"
        "\n"
        "town,chia,5\n"  # row 5
        "town,chai,soon\n"
        "town,knit,-4\n"
        "dale,,5\n"
        "dale,chai,5,6\n"
        "nowhere,chai,1\n"  # row 10
        "dale,knit,7\ndale,knit,8\ntown,knit,1\ntown,chai,2\ndale,chai,2\n"
    )
    register, findings = read(travel)
    said = {finding.code: finding for finding in findings}
    assert set(said) == {
        *("unknown-area", "unknown-activity", "bad-number", "missing-value"),
        *("extra-cells", "pair-twice"),
    }
    message = said["unknown-area"].message
    assert "3 rows name 2 areas" in message
    assert "'twon' (row 2), 'nowhere' (row 10)" in message
    assert said["unknown-area"].hint == "Did you mean 'Town'?"
    assert "'chia' (row 5)" in said["unknown-activity"].message
    assert "2 rows" in said["bad-number"].message
    assert "row 6 ('soon'), row 7 ('-4')" in said["bad-number"].message
    assert "row 8" in said["missing-value"].message
    assert "row 9 ('dale,chai,5,6')" in said["extra-cells"].message
    assert register.travel is not None
    assert register.travel.minutes.tolist() == [2, 7, 2, 1]


def test_a_name_that_could_mean_two_areas_means_neither(read: Read) -> None:
    """Guessing would move people."""
    areas = "code,name\na1,Newton\na2,Newton\n"
    _, findings = read("area,activity,minutes\nNewton,chai,5\na1,chai,4\n", areas=areas)
    assert "1 row use" in next(f.message for f in findings if f.code == "ambiguous-area")


def test_a_table_is_read_as_excel_leaves_it(read: Read) -> None:
    """Semicolons, decimal commas, a byte-order mark, headings of one's own order and case."""
    register, findings = read("\ufeffMinutes;Activity ;AREA\n12,5;chai;town\n3;knit;town\n")
    assert codes(findings) == ["file-format", "travel-in-part"]
    assert register.travel is not None
    assert register.travel.minutes.tolist() == [12.5, 3]


def test_windows_text_is_understood(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Even where the first such letter comes late."""
    areas = "code,name\nyn,Ynys Môn\n"
    travel = ("area,activity,minutes\n" + "yn,chai,5\n" * 9000 + "Ynys Môn,knit,6\n").encode(
        "cp1252"
    )
    files = {"organisations": "id,name\n", "areas": areas, "activities": ACTIVITIES}
    register, findings = write_network(tmp_path, {**files, "travel.csv": travel})
    assert codes(findings) == ["file-format", "pair-twice"]
    assert register.travel is not None
    assert register.travel.minutes.tolist() == [5, 6]


@pytest.mark.parametrize("minutes", [pa.int16(), pa.float32(), pa.string()])
def test_parquet_says_the_same_as_csv(read: Read, tmp_path: Path, minutes: pa.DataType) -> None:
    """Numbers as numbers or as text; what is empty is no way."""
    times = pa.array([10, None, 20]).cast(minutes)
    table = pa.table(
        {
            "minutes": times,
            "activity": ["chai", "knit", "knit"],
            "area": pa.array(["town", "town", "dale"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    register, findings = read((tmp_path / "t.parquet").read_bytes())
    assert codes(findings) == []
    assert ids(register) == {"town": ["chai"], "dale": ["knit"]}


@pytest.mark.parametrize(
    ("travel", "code"),
    [
        ("area,minutes\ntown,1\n", "missing-heading"),
        (b"not parquet", "unreadable-file"),
        ("", "missing-heading"),
    ],
)
def test_a_table_that_cannot_be_used_leaves_the_straight_line(
    read: Read, travel: str | bytes, code: str
) -> None:
    """The rest of the network is used all the same."""
    register, findings = read(travel)
    assert register.travel is None
    assert {(f.level, f.code) for f in findings} == {(Level.ERROR, code)}
    assert ids(register) == {"town": ["chai", "knit"], "dale": ["chai", "knit"]}


def test_two_tables_of_travel_times_are_one_too_many(tmp_path: Path, read: Read) -> None:
    """As with every table."""
    pq.write_table(
        pa.table({"area": ["town"], "activity": ["chai"], "minutes": [1.0]}), tmp_path / "t.parquet"
    )
    travel = "area,activity,minutes\ntown,chai,5\ntown,knit,5\ndale,chai,5\ndale,knit,9\n"
    file = (tmp_path / "t.parquet").read_bytes()
    register, findings = read(travel, **{"travel.parquet": file})
    assert codes(findings) == ["table-twice"]
    assert register.travel is not None
    assert register.travel.minutes.tolist() == [5, 9, 5, 5]


def test_times_to_what_left_the_register_leave_with_it(read: Read) -> None:
    """Consent that ended is no slip of the pen."""
    activities = ACTIVITIES.rstrip() + "\n    old,Old,,,,\n"
    activities = activities.replace("area,visibility", "area,consent_until").replace(
        "old,Old,,,,", "old,Old,,,,2020-01-01"
    )
    travel = (
        "area,activity,minutes\ntown,old,1\ntown,chai,1\ntown,knit,1\ndale,chai,1\ndale,knit,1\n"
    )
    register, findings = read(travel, activities=activities)
    assert set(codes(findings)) == {"consent-ended", "rows-set-aside"}
    assert register.travel is not None
    assert register.travel.activities == ("chai", "knit")


# ---------------------------------------------------------------------- privacy


@pytest.mark.parametrize(
    ("visibility", "audience", "told"),
    [
        ("area_only", Audience.STAFF, True),
        ("area_only", Audience.PARTNERS, True),
        ("area_only", Audience.PUBLIC, False),
        ("withheld", Audience.STAFF, True),
        ("withheld", Audience.PARTNERS, False),
        ("withheld", Audience.PUBLIC, False),
        ("", Audience.PUBLIC, True),
    ],
)
def test_nobody_is_located_by_the_times_of_many_areas(
    read: Read, visibility: str, audience: Audience, *, told: bool
) -> None:
    """Three exact times meet at one door: who may not know the door gets none of them."""
    activities = f"id,name,latitude,longitude,area,visibility\nchai,Chai,,,dale,{visibility}\n"
    travel = "area,activity,minutes\ntown,chai,29\ndale,chai,2\n"
    full, _ = read(travel, activities=activities)
    seen = for_audience(full, audience, PrivacySettings())
    assert isinstance(seen.travel, TravelTimes)
    assert seen.travel.activities == (("chai",) if told else ())
    assert seen.travel.minutes.tolist() == ([2, 29] if told else [])


def test_an_organisation_that_is_known_by_its_area_hides_its_activities_times(read: Read) -> None:
    """A row is as hidden as the stricter of itself and its organisation."""
    files = {
        "organisations": "id,name,visibility\no,O,area_only\n",
        "activities": "id,name,organisation,area\nchai,Chai,o,dale\n",
    }
    full, _ = read("area,activity,minutes\ntown,chai,29\n", **files)
    seen = for_audience(full, Audience.PUBLIC, PrivacySettings())
    assert seen.travel is not None
    assert len(seen.travel.minutes) == 0
