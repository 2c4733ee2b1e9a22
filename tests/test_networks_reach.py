"""How far people are from activities, and how much there is for them, on a 10 km grid."""

from collections.abc import Callable, Mapping
from math import exp, log
from pathlib import Path

import numpy as np
import pyproj
import pytest

from netmap.findings import Finding
from netmap.networks.reach import (
    ReachRow,
    decay_weights,
    in_reach,
    nearest_km,
    pairs_within,
    reach,
    supply_per_1000,
)
from netmap.networks.register import Register
from netmap.vocabulary import load

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
Build = Callable[..., Register]
COMMUNITIES = load()["community"]
TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
SETTINGS_10_KM = "[reach]\ndetour = 1\nurban_km = 10.001\nrural_km = 20.001\ndecay = 'step'\n"


def at(east_km: float, north_km: float) -> str:
    """Place a point so many km from a corner of the grid near York, as latitude,longitude."""
    lon, lat = TO_DEGREES.transform(440_000 + east_km * 1000, 440_000 + north_km * 1000)
    return f"{lat:.9f},{lon:.9f}"


@pytest.fixture
def build(tmp_path: Path, write_network: WriteNetwork) -> Build:
    """Give a function that makes a register from rows of areas, populations and activities."""

    def _build(
        areas: Mapping[str, str],
        activities: Mapping[str, str],
        *,
        people: Mapping[str, str] | None = None,
        toml: str = SETTINGS_10_KM,
    ) -> Register:
        """`areas`: latitude,longitude,rural_urban,parent; `activities`: the columns below."""
        files = {
            "organisations": "id,name\no,O\n",
            "areas": "code,name,latitude,longitude,rural_urban,parent\n"
            + "".join(f"{code},{code},{rest}\n" for code, rest in areas.items()),
            "activities": "id,name,latitude,longitude,area,count,part_of,approach,communities,"
            "exclusive,serves,status\n"
            + "".join(f"{one},{one},{rest}\n" for one, rest in activities.items()),
            "populations": "area,total,bame,pakistani,somali\n"
            + "".join(f"{code},{rest}\n" for code, rest in (people or {}).items()),
        }
        register, findings = write_network(tmp_path, files, toml=toml)
        assert [f.code for f in findings] == []
        return register

    return _build


def rows(register: Register, community: str | None = None) -> dict[str, ReachRow]:
    """Give reach by area."""
    return {row.area: row for row in reach(register, COMMUNITIES, community)}


# ---------------------------------------------------------------------- arrays


def test_each_area_is_measured_to_its_own_nearest_activity() -> None:
    """Two areas beside two activities 10 km apart are each a short walk from one."""
    areas = np.array([[0.0, 0.0], [10_000.0, 0.0], [np.nan, np.nan]])
    activities = np.array([[1000.0, 0.0], [9000.0, 0.0], [np.nan, np.nan]])
    assert nearest_km(areas, activities, detour=1.3).tolist() == [1.3, 1.3, np.inf]
    assert nearest_km(areas, np.empty((0, 2)), detour=1.3).tolist() == [np.inf] * 3


def test_the_edge_of_a_catchment_is_within_it() -> None:
    """5 km of road is 5 km of road, whatever rounding says."""
    areas, activity = np.array([[0.0, 0.0]] * 2), np.array([[5000 / 1.3, 0.0], [3e3, 0.0]])
    pairs = pairs_within(areas, activity, np.array([5.0, 4.0]), detour=1.3)
    assert list(zip(pairs.area.tolist(), pairs.activity.tolist(), strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 1),
    ]
    assert pairs.km.tolist() == pytest.approx([5, 3.9, 3.9])


def test_gaussian_weights_fall_from_one_to_one_hundredth_at_the_edge() -> None:
    """As network.toml promises; a step does not fall."""
    km, edge = np.array([0.0, 5.0, 10.0]), np.array([10.0, 10.0, 10.0])
    assert decay_weights(km, edge, "gaussian").tolist() == pytest.approx([1, 0.01**0.25, 0.01])
    assert decay_weights(km, edge, "step").tolist() == [1, 1, 1]


@pytest.mark.parametrize("decay", ["step", "gaussian"])
def test_supply_is_that_of_two_plain_loops(decay: str) -> None:
    """E2SFCA as it is printed: each activity shared among people, each area adding shares up."""
    random = np.random.default_rng(7)
    areas, activities = random.uniform(0, 3e4, (30, 2)), random.uniform(0, 3e4, (12, 2))
    people, supply = random.integers(0, 900, 30).astype(float), random.integers(1, 5, 12)
    people[3] = np.nan
    edge = np.where(np.arange(30) % 2, 5.0, 15.0)
    pairs = pairs_within(areas, activities, edge, detour=1.3)
    weights = decay_weights(pairs.km, edge[pairs.area], decay)
    found = supply_per_1000(pairs, weights, people, supply.astype(float))

    def weight(area: int, activity: int) -> float:
        km = float(np.hypot(*(areas[area] - activities[activity]))) * 1.3 / 1000
        if km > edge[area]:
            return 0
        return 1 if decay == "step" else exp(log(0.01) * (km / edge[area]) ** 2)

    ratios = []
    for j in range(12):
        demand = sum(weight(i, j) * people[i] for i in range(30) if i != 3)
        ratios.append(supply[j] / demand if demand else 0)
    expected = [1000 * sum(weight(i, j) * ratios[j] for j in range(12)) for i in range(30)]
    assert found.tolist() == pytest.approx(expected)
    assert found.max() > 0


# ---------------------------------------------------------------------- registers


def test_kilometres_include_the_detour(build: Build) -> None:
    """10 km as the crow flies is 13 by road; within an urban 5 km there is nothing."""
    register = build({"x": f"{at(0, 0)},,"}, {"a": f"{at(10, 0)},,,,,,,,"}, toml="")
    assert rows(register)["x"] == ReachRow("x", None, 13.0, None, 0, None, None, None)


def test_rural_people_travel_further_than_urban(build: Build) -> None:
    """Fifteen kilometres are within reach in the dales and out of reach in the town."""
    areas = {"town": f"{at(0, 0)},large_urban,", "dale": f"{at(30, 0)},rural_80,"}
    register = build(areas, {"a": f"{at(15, 0)},,,,,,,,"})
    found = rows(register)
    assert (found["town"].nearest_km, found["dale"].nearest_km) == (15, 15)
    assert (found["town"].within_reach, found["dale"].within_reach) == (0, 1)


def test_activities_are_counted_and_shared_by_hand(build: Build) -> None:
    """Two areas of 400 and 600 share a; x has b to itself: 1/1000 + 1/400 and 1/1000."""
    areas = {"x": f"{at(0, 0)},,", "y": f"{at(10, 0)},,"}
    activities = {"a": f"{at(5, 0)},,,,,,,,", "b": f"{at(-5, 0)},,,,,,,,"}
    people = {"x": "400,,,", "y": "600,,,"}
    found = rows(build(areas, activities, people=people))
    assert (found["x"].within_reach, found["y"].within_reach) == (2, 1)
    assert (found["x"].supply_per_1000, found["y"].supply_per_1000) == (3.5, 1.0)


def test_people_of_an_area_and_of_those_below_it_are_counted_once(build: Build) -> None:
    """A city of 1,000 with wards of 400 and 500 shares an activity among 1,000, not 1,900."""
    areas = {"city": f"{at(0, 0)},,", "w1": f"{at(1, 0)},,city", "w2": f"{at(2, 0)},,city"}
    people = {"city": "1000,,,", "w1": "400,,,", "w2": "500,,,"}
    found = rows(build(areas, {"a": f"{at(0, 1)},,,,,,,,"}, people=people))
    assert {row.supply_per_1000 for row in found.values()} == {1.0}
    assert [row.people for row in found.values()] == [1000, 400, 500]


def test_remote_activities_are_in_no_distance_and_no_count(build: Build) -> None:
    """A telephone in the next room is not near."""
    activities = {"a": f"{at(0, 0)},x,,,online,,,,", "b": f"{at(0, 0)},x,,,telephone,,,,"}
    register = build({"x": f"{at(0, 0)},,"}, activities)
    assert (rows(register)["x"].nearest_km, rows(register)["x"].within_reach) == (None, 0)
    assert in_reach(register, register.provision)["x"] == ()


def test_closed_activities_and_networks_are_no_provision(build: Build) -> None:
    """Nobody can go to them."""
    activities = {"a": f"{at(0, 0)},x,,,,,,,closed", "b": f"{at(0, 0)},x,,,network,,,,"}
    found = rows(build({"x": f"{at(0, 0)},,"}, activities))["x"]
    assert (found.nearest_km, found.within_reach) == (None, 0)


def test_an_area_is_served_by_what_says_it_serves_it_or_its_line(build: Build) -> None:
    """Far away, but it comes to the city: city and ward are served, the next town is not."""
    areas = {"city": f"{at(0, 0)},,", "ward": f"{at(3, 0)},,city", "town": f"{at(30, 0)},,"}
    register = build(areas, {"bus": f"{at(90, 0)},,,,,,,ward,"})
    found = rows(register)
    assert {code: row.within_reach for code, row in found.items()} == {
        "city": 1,
        "ward": 1,
        "town": 0,
    }
    assert found["city"].nearest_km == 90
    assert [a.id for a in in_reach(register, register.provision)["ward"]] == ["bus"]


def test_an_activity_without_a_point_is_within_reach_of_its_area_and_those_above(
    build: Build,
) -> None:
    """A ward's group counts for the city; the city's group, somewhere in it, not for each ward."""
    areas = {"city": ",,,", "ward": ",,,city"}
    found = rows(build(areas, {"a": ",,ward,,,,,,,", "b": ",,city,,,,,,,"}))
    assert (found["city"].within_reach, found["ward"].within_reach) == (2, 1)


def test_without_two_points_there_is_no_distance_and_no_supply(build: Build) -> None:
    """Unknown is not nought."""
    areas = {"placed": f"{at(0, 0)},,", "nowhere": ",,,"}
    people = {"placed": "500,,,", "nowhere": "500,,,"}
    found = rows(build(areas, {"a": ",,nowhere,,,,,,,"}, people=people))
    assert [row.nearest_km for row in found.values()] == [None, None]
    assert found["nowhere"].supply_per_1000 is None
    assert found["placed"].supply_per_1000 == 0


# ---------------------------------------------------------------------- totals


def test_a_total_is_in_its_own_areas_reach_and_no_others(build: Build) -> None:
    """Nobody knows where in the city its twelve groups meet."""
    areas = {"city": f"{at(0, 0)},,", "next": f"{at(5, 0)},,"}
    register = build(areas, {"all": ",,city,12,,,,,,"})
    found = rows(register)
    assert (found["city"].within_reach, found["city"].nearest_km) == (12, 0)
    assert (found["next"].within_reach, found["next"].nearest_km) == (0, None)


def test_a_total_weighs_in_supply(build: Build) -> None:
    """Twelve groups for 1,000 people are 12 per 1,000."""
    areas = {"city": f"{at(0, 0)},,"}
    found = rows(build(areas, {"all": ",,city,12,,,,,,"}, people={"city": "1000,,,"}))
    assert found["city"].supply_per_1000 == 12


def test_a_named_part_of_a_total_is_near_but_adds_nothing_beside_it(build: Build) -> None:
    """The city still has twelve; the next town, out of the total's reach, has the named one."""
    areas = {"city": f"{at(0, 0)},,", "next": f"{at(12, 0)},,"}
    activities = {"all": ",,city,12,,,,,,", "named": f"{at(5, 0)},city,,all,,,,,"}
    found = rows(build(areas, activities, people={"city": "1000,,,"}))
    assert (found["city"].within_reach, found["next"].within_reach) == (12, 1)
    assert found["next"].nearest_km == 7
    assert found["city"].supply_per_1000 == 12


# ---------------------------------------------------------------------- communities


def test_a_parents_activity_serves_a_community_and_a_siblings_does_not(build: Build) -> None:
    """One for minority ethnic people is for Pakistani people; one for Somali people is not."""
    areas = {"x": f"{at(0, 0)},,"}
    activities = {
        "bame": f"{at(1, 0)},,,,,bame,,,",
        "somali": f"{at(2, 0)},,,,,somali,,,",
        "open": f"{at(3, 0)},,,,,,,,",
        "both": f"{at(4, 0)},,,,,somali,no,,",
    }
    register = build(areas, activities, people={"x": "1000,,100,50"})
    pakistani, somali = rows(register, "pakistani")["x"], rows(register, "somali")["x"]
    assert (pakistani.people, pakistani.within_reach, pakistani.specific_within_reach) == (
        100,
        3,
        1,
    )
    assert (pakistani.nearest_km, pakistani.nearest_specific_km) == (1, 1)
    assert pakistani.supply_per_1000 == 30
    assert (somali.people, somali.within_reach, somali.specific_within_reach) == (50, 4, 3)
    bame = rows(register, "bame")["x"]
    assert (bame.within_reach, bame.specific_within_reach) == (3, 1)


def test_a_total_is_nobodys_in_particular(build: Build) -> None:
    """Whom its twelve groups are for is unknown, so none is promised to anyone."""
    activities = {"all": ",,x,12,,,,,,", "named": f"{at(1, 0)},x,,all,,somali,,,"}
    register = build({"x": f"{at(0, 0)},,"}, activities)
    somali, men = rows(register, "somali")["x"], rows(register, "men")["x"]
    assert (somali.within_reach, somali.specific_within_reach) == (1, 1)
    assert (men.within_reach, men.specific_within_reach, men.nearest_km) == (0, 0, None)


def test_without_a_community_nothing_is_specific(build: Build) -> None:
    """The figures are absent, not nought."""
    row = rows(build({"x": f"{at(0, 0)},,"}, {"a": f"{at(1, 0)},,,,,bame,,,"}))["x"]
    assert (row.within_reach, row.specific_within_reach, row.nearest_specific_km) == (1, None, None)


def test_anonymised_areas_are_nowhere(tmp_path: Path, write_network: WriteNetwork) -> None:
    """Letters in a report have no place."""
    files = {"organisations": "id,name\n", "areas": "code,name,kind\nB,Area B,anonymised\n"}
    register, _ = write_network(tmp_path, files)
    assert reach(register, COMMUNITIES) == ()
