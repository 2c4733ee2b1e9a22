"""Reach of areas and activities in folders of Parquet, on one plane or around the earth."""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from netmap.errors import CannotWriteError, UnreadableFileError
from netmap.networks.network_settings import ReachSettings
from netmap.networks.reach import count_within, nearest_by_layer, partition_files, supply_by_layer
from netmap.networks.reach.partitions import Written, reach_partitions

STRAIGHT = ReachSettings(urban_km=5, rural_km=15, detour=1.0, decay="step")
Columns = Mapping[str, object]


def write(folder: Path, *parts: Columns) -> Path:
    """Write Parquet files, one for each part."""
    folder.mkdir()
    for number, part in enumerate(parts):
        pq.write_table(pa.table(dict(part)), folder / f"{number}.parquet")
    return folder


def read(folder: Path) -> dict[str, list[object]]:
    """Read what was written, part after part."""
    files = sorted(folder.glob("part-*.parquet"))
    found: dict[str, list[object]] = pa.concat_tables(
        [pq.read_table(file) for file in files]
    ).to_pydict()
    return found


def run(tmp_path: Path, areas: Columns, activities: Columns) -> dict[str, list[object]]:
    """Work out the reach of one file of areas and one of activities, 5 km around each area."""
    given = write(tmp_path / "areas", areas), write(tmp_path / "activities", activities)
    reach_partitions(*given, tmp_path / "out", STRAIGHT)
    return read(tmp_path / "out")


def made_up(size: int, seed: int) -> tuple[NDArray[np.float64], np.random.Generator]:
    """Throw points on a plane of 60 by 60 km."""
    chance = np.random.default_rng(seed)
    return chance.uniform(0, 60_000, (size, 2)), chance


def test_parts_say_what_one_table_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Areas in three files, read 100 at a time, share activities as if they were at one table."""
    monkeypatch.setattr(partition_files, "_ROWS", 100)
    at, chance = made_up(350, 1)
    there, _ = made_up(200, 2)
    at[7] = np.nan
    people, somali = chance.integers(500, 2000, 350), chance.integers(0, 99, 350)
    edge = chance.choice([5.0, 15.0], 350)
    masks, count = chance.integers(0, 4, 200), chance.integers(1, 5, 200)
    codes = [f"a{n}" for n in range(350)]
    columns = {
        "code": np.array(codes),
        "x": at[:, 0],
        "y": at[:, 1],
        "people": people,
        "women": people // 2,
        "somali": somali,
        "catchment_km": edge,
    }
    cuts = ((0, 20), (20, 170), (170, 350))
    areas = write(tmp_path / "areas", *({k: v[a:b] for k, v in columns.items()} for a, b in cuts))
    activities = write(
        tmp_path / "activities",
        {"x": there[:, 0], "y": there[:, 1], "communities": masks, "count": count},
    )
    settings = ReachSettings(detour=1.3, decay="gaussian")
    out = tmp_path / "out"
    written = reach_partitions(areas, activities, out, settings, ("women", "somali"))
    assert written == Written(areas=350, nowhere=1, activities=200)
    assert len(list(out.glob("*.parquet"))) > 1
    assert json.loads((out / "reach.json").read_text())["areas_without_point"] == 1
    found = read(out)
    assert found["code"] == codes
    layers = np.stack([masks >= 0, masks % 2 == 1, masks >= 2], axis=1)
    layers[masks == 0] = True
    heads = np.stack([people, people // 2, somali], axis=1).astype(float)
    near = nearest_by_layer(at, there, layers, detour=1.3)
    many = count_within(at, there, count, layers, edge, detour=1.3)
    much = supply_by_layer(
        at, there, heads, count.astype(float), layers, edge, "gaussian", detour=1.3
    )
    for layer, behind in enumerate(("", "_women", "_somali")):
        for name, expected in (
            ("nearest_km", near),
            ("within_reach", many),
            ("supply_per_1000", much),
        ):
            column = found[f"{name}{behind}"]
            assert column[7] is None
            got = np.delete(np.array(column, dtype=object), 7).astype(float)
            np.testing.assert_allclose(got, np.delete(expected[:, layer], 7), rtol=1e-9)


def test_the_antimeridian_is_no_edge(tmp_path: Path) -> None:
    """In Fiji, an activity at 179.99 degrees east is a walk from an area at 179.99 west."""
    areas = {"code": ["east"], "longitude": [-179.99], "latitude": [-16.8], "people": [500]}
    found = run(tmp_path, areas, {"longitude": [179.99], "latitude": [-16.8]})
    assert found["nearest_km"][0] == pytest.approx(2.13, abs=0.01)
    assert (found["within_reach"], found["supply_per_1000"]) == ([1], [pytest.approx(2)])


def test_people_on_both_sides_of_a_zones_edge_share_an_activity(tmp_path: Path) -> None:
    """Six degrees west zone 30 becomes 29: 400 and 600 people within 5 km are 1,000."""
    areas = {
        "code": ["west", "east"],
        "longitude": [-6.01, -5.99],
        "latitude": [54.0, 54.0],
        "people": [400, 600],
    }
    found = run(tmp_path, areas, {"longitude": [-6.0], "latitude": [54.0]})
    assert found["supply_per_1000"] == pytest.approx([1, 1])
    assert found["nearest_km"] == pytest.approx([0.655, 0.655], abs=0.001)


def test_what_is_far_is_measured_over_the_round_earth(tmp_path: Path) -> None:
    """From Quito to the other side of the earth, at most half its girth; no plane shows that."""
    areas = {
        "code": ["quito", "reykjavik"],
        "longitude": [-78.5, -21.9],
        "latitude": [0.0, 64.1],
        "people": [1, 1],
    }
    found = run(tmp_path, areas, {"longitude": [101.5], "latitude": [0.0]})
    half = math.pi * 6371.0088
    assert found["nearest_km"][0] == pytest.approx(half, rel=1e-6)
    assert found["nearest_km"][1] == pytest.approx(
        6371.0088 * math.acos(math.cos(math.radians(64.1)) * math.cos(math.radians(123.4))),
        rel=1e-6,
    )
    assert found["within_reach"] == [0, 0]


def test_classes_say_how_far_people_travel(tmp_path: Path) -> None:
    """10 km are too far in a town and near enough in the country; no class is a town."""
    areas = {
        "code": [1, 2, 3],
        "x": [0.0, 0.0, 0.0],
        "y": [0.0, 0.0, 0.0],
        "people": [1, 1, 1],
        "rural_urban": ["major_urban", "rural_80", None],
    }
    found = run(tmp_path, areas, {"x": [10_000.0], "y": [0.0]})
    assert (found["code"], found["within_reach"]) == ([1, 2, 3], [0, 1, 0])


def test_without_activities_everything_is_nothing(tmp_path: Path) -> None:
    """An empty file is a file; an area without a point has no figures at all."""
    areas = {"code": ["a", "b"], "x": [0.0, None], "y": [0.0, 0.0], "people": [5, 5]}
    none = pa.array([], pa.float64())
    found = run(tmp_path, areas, {"x": none, "y": none})
    assert found["nearest_km"] == [None, None]
    assert found["within_reach"] == [0, None]
    assert found["supply_per_1000"] == [0, None]


@pytest.mark.parametrize(
    ("areas", "activities", "said"),
    [
        ({"code": [1], "x": [0.0], "y": [0.0]}, {"x": [0.0], "y": [0.0]}, "no column people"),
        ({"code": [1], "people": [1]}, {"x": [0.0], "y": [0.0]}, "longitude and latitude, or x"),
        (
            {"code": [1], "x": [0.0], "y": [0.0], "people": [1]},
            {"longitude": [0.0], "latitude": [0.0]},
            "another kind",
        ),
        (
            {
                "code": [1],
                "longitude": [0.0],
                "latitude": [0.0],
                "people": [1],
                "catchment_km": [400.0],
            },
            {"longitude": [0.0], "latitude": [0.0]},
            "wider than 300 km",
        ),
        (
            {"code": [1], "x": [0.0], "y": [0.0], "people": ["many"]},
            {"x": [0.0], "y": [0.0]},
            "not of numbers",
        ),
    ],
)
def test_what_is_missing_is_said(
    areas: Columns, activities: Columns, said: str, tmp_path: Path
) -> None:
    """With the file, and nothing is written."""
    with pytest.raises(UnreadableFileError, match=said):
        run(tmp_path, areas, activities)
    assert not (tmp_path / "out").exists()


def test_broken_and_absent_files_are_said(tmp_path: Path) -> None:
    """A folder without Parquet, and a file that only has the name."""
    (tmp_path / "areas").mkdir()
    with pytest.raises(UnreadableFileError, match="no Parquet file"):
        reach_partitions(tmp_path / "areas", tmp_path, tmp_path / "out", STRAIGHT)
    (tmp_path / "areas" / "a.parquet").write_text("code,x,y")
    with pytest.raises(UnreadableFileError, match="not Parquet"):
        reach_partitions(tmp_path / "areas", tmp_path, tmp_path / "out", STRAIGHT)


def test_a_folder_of_somebody_elses_is_not_replaced(tmp_path: Path) -> None:
    """One made here is replaced whole."""
    areas = {"code": [1], "x": [0.0], "y": [0.0], "people": [1]}
    run(tmp_path, areas, {"x": [0.0], "y": [0.0]})
    given = tmp_path / "areas", tmp_path / "activities"
    reach_partitions(*given, tmp_path / "out", STRAIGHT)
    assert read(tmp_path / "out")["within_reach"] == [1]
    with pytest.raises(CannotWriteError, match="not built by netmap"):
        reach_partitions(*given, tmp_path / "areas", STRAIGHT)
