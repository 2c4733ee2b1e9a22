"""The loops over areas and activities: compiled or on matrices, they say what a plain loop says."""

import math
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # ships no types
import pytest
from numpy.typing import NDArray

from netmap.networks.reach import (
    count_within,
    layers,
    nearest_by_layer,
    nearest_km,
    pairs_within,
    supply_by_layer,
)

Floats = NDArray[np.float64]
ROOT = Path(__file__).parents[1]
DETOUR = 1.3


@pytest.fixture(params=["matrices", "compiled"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Work everything out in one way, then in the other, whatever its size."""
    monkeypatch.setattr(layers, "SMALL", -1 if request.param == "compiled" else 10**9)
    return str(request.param)


class Case:
    """Areas and activities thrown about at random, some of them nowhere."""

    def __init__(self, seed: int, areas: int = 60, activities: int = 90, width: int = 5) -> None:
        chance = np.random.default_rng(seed)
        self.areas = chance.uniform(0, 40_000, (areas, 2))
        self.activities = chance.uniform(-5_000, 45_000, (activities, 2))
        self.areas[::17] = np.nan
        self.areas[5::23, 1] = np.inf
        self.activities[::19] = np.nan
        self.activities[3::29, 0] = -np.inf
        self.layers = chance.random((activities, width)) < 0.4
        self.layers[:, -1] = False
        self.weights = chance.integers(1, 9, activities)
        self.supply = chance.uniform(0, 3, activities)
        self.people = np.round(chance.uniform(0, 2000, (areas, width)))
        self.people[::11] = np.nan
        self.catchment = chance.choice([5.0, 15.0], areas)


def km_of(case: Case, area: int, activity: int) -> float:
    """Measure one pair, by the book; infinity where a place is unknown."""
    x, y = case.areas[area] - case.activities[activity]
    return math.hypot(x, y) / 1000 * DETOUR if math.isfinite(x) and math.isfinite(y) else math.inf


def by_loops(case: Case, decay: str) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Work out the nearest, the count and the supply with loops anybody can read."""
    shape = len(case.areas), case.layers.shape[1]
    near, counted = np.full(shape, np.inf), np.zeros(shape, dtype=np.int64)
    demand, supply = np.zeros(case.layers.shape), np.zeros(shape)

    def weight(area: int, km: float) -> float:
        share = km / case.catchment[area]
        return 0.0 if share > 1 else 1.0 if decay == "step" else 0.01 ** (share * share)

    cells = [
        (i, j, layer, km_of(case, i, j))
        for i in range(shape[0])
        for j in range(len(case.activities))
        for layer in np.flatnonzero(case.layers[j]).tolist()
    ]
    for i, j, layer, km in cells:
        near[i, layer] = min(near[i, layer], km)
        counted[i, layer] += case.weights[j] if km <= case.catchment[i] else 0
        people = case.people[i, layer]
        demand[j, layer] += weight(i, km) * (0 if math.isnan(people) else people)
    for i, j, layer, km in cells:
        if demand[j, layer] > 0:
            supply[i, layer] += 1000 * weight(i, km) * case.supply[j] / demand[j, layer]
    return near, counted, supply


def supply_of(case: Case, decay: str) -> Floats:
    """Work supply out as netmap does."""
    return supply_by_layer(
        case.areas,
        case.activities,
        case.people,
        case.supply,
        case.layers,
        case.catchment,
        decay,
        detour=DETOUR,
    )


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(4))
def test_random_cases_are_what_loops_say(seed: int) -> None:
    """Unknown places, empty layers and people not counted among them."""
    case = Case(seed)
    near, counted, _ = by_loops(case, "step")
    found = nearest_by_layer(case.areas, case.activities, case.layers, detour=DETOUR)
    np.testing.assert_allclose(found, near, rtol=1e-12)
    counts = count_within(
        case.areas, case.activities, case.weights, case.layers, case.catchment, detour=DETOUR
    )
    assert counts.dtype == np.int64
    np.testing.assert_array_equal(counts, counted)
    for decay in ("step", "gaussian"):
        expected = by_loops(case, decay)[2]
        np.testing.assert_allclose(supply_of(case, decay), expected, rtol=1e-9)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("seed", range(4))
def test_random_pairs_are_those_of_loops_in_order(seed: int) -> None:
    """By area, then by activity, each with its own kilometres."""
    case = Case(seed)
    found = pairs_within(case.areas, case.activities, case.catchment, detour=DETOUR)
    expected = [
        (i, j, km)
        for i in range(len(case.areas))
        for j in range(len(case.activities))
        if (km := km_of(case, i, j)) <= case.catchment[i]
    ]
    assert list(zip(found.area.tolist(), found.activity.tolist(), strict=True)) == [
        (i, j) for i, j, _ in expected
    ]
    np.testing.assert_allclose(found.km, [km for _, _, km in expected], rtol=1e-12)


@pytest.mark.parametrize("decay", ["step", "gaussian"])
def test_both_ways_say_the_same_of_a_larger_case(
    decay: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several blocks of areas, catchments all different, more layers than a word has bits."""
    case = Case(9, 700, 900, 70)
    case.catchment = np.random.default_rng(1).uniform(0.5, 20, len(case.areas))

    def all_of_it() -> list[Floats]:
        near = nearest_by_layer(case.areas, case.activities, case.layers, detour=DETOUR)
        counts = count_within(
            case.areas, case.activities, case.weights, case.layers, case.catchment, detour=DETOUR
        )
        pairs = pairs_within(case.areas, case.activities, case.catchment, detour=DETOUR)
        return [near, counts.astype(float), supply_of(case, decay), pairs.km]

    monkeypatch.setattr(layers, "SMALL", 10**9)
    on_matrices = all_of_it()
    monkeypatch.setattr(layers, "SMALL", -1)
    for compiled, matrices in zip(all_of_it(), on_matrices, strict=True):
        np.testing.assert_allclose(compiled, matrices, rtol=1e-9)


@pytest.mark.usefixtures("way")
def test_what_lies_on_the_edge_is_within_reach() -> None:
    """10 km with a detour of 1.25 is a straight line of 8 km; a metre more is too far."""
    areas = np.array([[0.0, 0.0], [0.0, -1.0]])
    activities = np.array([[0.0, 8000.0], [4800.0, 6400.0]])
    both, edge = np.ones((2, 1), dtype=bool), np.array([10.0, 10.0])
    counts = count_within(areas, activities, np.array([1, 1]), both, edge, detour=1.25)
    assert counts[:, 0].tolist() == [2, 0]
    assert pairs_within(areas, activities, edge, detour=1.25).area.tolist() == [0, 0]
    people = np.array([500.0, 500.0])
    found = supply_by_layer(
        areas, activities, people, np.ones(2), both, edge, "gaussian", detour=1.25
    )
    assert found[:, 0].tolist() == pytest.approx([4, 0])


@pytest.mark.usefixtures("way")
def test_all_activities_may_be_at_one_point() -> None:
    """A grid or a tree of one place has no extent, and still an inside."""
    areas, activities = np.array([[3000.0, 4000.0], [30_000.0, 0.0]]), np.zeros((50, 2))
    every = np.ones((50, 1), dtype=bool)
    assert nearest_km(areas, activities, detour=1.0).tolist() == [5, 30]
    edge = np.array([5.0, 5.0])
    ones = np.ones(50, dtype=np.int64)
    assert count_within(areas, activities, ones, every, edge, detour=1.0).tolist() == [[50], [0]]
    assert len(pairs_within(areas, activities, edge, detour=1.0).km) == 50


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(("areas", "activities"), [(0, 3), (3, 0), (0, 0), (1, 3), (1, 1)])
def test_none_or_one_is_answered_too(areas: int, activities: int) -> None:
    """Shapes hold, nothing is near nothing, and one is counted."""
    at, there = np.zeros((areas, 2)), np.zeros((activities, 2))
    every, edge = np.ones((activities, 2), dtype=bool), np.full(areas, 1.0)
    near = nearest_by_layer(at, there, every, detour=1.0)
    ones = np.ones(activities, dtype=np.int64)
    counts = count_within(at, there, ones, every, edge, detour=1.0)
    supply = supply_by_layer(
        at, there, np.full((areas, 2), 500.0), ones.astype(float), every, edge, "step", detour=1.0
    )
    assert near.shape == counts.shape == supply.shape == (areas, 2)
    assert (near == (0 if activities else math.inf)).all()
    assert (counts == activities).all()
    assert supply == pytest.approx(np.full((areas, 2), 2.0 * activities))
    assert len(pairs_within(at, there, edge, detour=1.0).km) == areas * activities


@pytest.mark.usefixtures("way")
def test_a_catchment_may_be_nothing_endless_or_unknown() -> None:
    """Of nothing it holds what is on the spot; of the unknown nothing is known to be in reach."""
    areas = np.zeros((3, 2))
    activities = np.array([[0.0, 0.0], [1e6, 0.0]])
    edge = np.array([0.0, np.inf, np.nan])
    every = np.ones((2, 1), dtype=bool)
    counts = count_within(areas, activities, np.array([1, 1]), every, edge, detour=1.0)
    assert counts[:, 0].tolist() == [1, 2, 0]
    people = np.array([500.0, 500.0, 500.0])
    supply = supply_by_layer(
        areas, activities, people, np.ones(2), every, edge, "gaussian", detour=1.0
    )
    assert supply[:, 0].tolist() == pytest.approx([1, 3, 0])


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("decay", ["step", "gaussian"])
def test_supply_is_that_of_pysals_access(decay: str) -> None:
    """The reference of the field: two-step floating catchment areas, plain and with decay."""
    case = Case(3)
    case.people = np.nan_to_num(case.people, nan=0.0)
    case.layers[:, 0] = True
    pairs = pairs_within(case.areas, case.activities, case.catchment, detour=DETOUR)
    # access weighs by cost alone: the share of the catchment stands for the distance.
    cost = pd.DataFrame(
        {
            "origin": pairs.area,
            "dest": pairs.activity,
            "cost": pairs.km / case.catchment[pairs.area],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from access import Access, weights  # noqa: PLC0415  # warns while it is imported

        one = Access(
            demand_df=pd.DataFrame({"id": range(60), "people": case.people[:, 0]}),
            demand_index="id",
            demand_value="people",
            supply_df=pd.DataFrame({"id": range(90), "supply": case.supply}),
            supply_index="id",
            supply_value="supply",
            cost_df=cost,
            cost_origin="origin",
            cost_dest="dest",
            cost_name="cost",
        )
        if decay == "step":
            given = one.two_stage_fca(name="found", cost="cost", max_cost=2)
        else:
            # exp(-(d/s)²/2) falls to 1 % at 1 where s is 1 / sqrt(2 ln 100).
            fall = weights.gaussian(1 / math.sqrt(2 * math.log(100)))
            given = one.enhanced_two_stage_fca(
                name="found", cost="cost", max_cost=2, weight_fn=fall
            )
    expected = given.iloc[:, 0].reindex(range(60)).fillna(0).to_numpy() * 1000
    np.testing.assert_allclose(supply_of(case, decay)[:, 0], expected, rtol=1e-9)


def test_small_networks_do_not_wait_for_numba() -> None:
    """Ten areas beside ten activities are worked out before it could be imported."""
    code = (
        "import sys, numpy as np; from netmap.networks.reach import nearest_km;"
        "nearest_km(np.zeros((10, 2)), np.ones((10, 2)), detour=1.3);"
        "print('numba' in sys.modules)"
    )
    run = subprocess.run(
        (sys.executable, "-c", code), cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == "False"


def test_loops_run_where_no_folder_keeps_what_was_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a system that may be read only, they are compiled anew."""
    kernels = pytest.importorskip("netmap.networks.reach.kernels")
    real = kernels.njit

    def refuse(**how: object) -> object:
        if how.pop("cache", False):
            raise RuntimeError("cannot cache function: no locator available")
        return real(**how)

    monkeypatch.setattr(kernels, "njit", refuse)
    assert kernels.compiled(_double)(21) == 42


def _double(number: int) -> int:
    return number * 2
