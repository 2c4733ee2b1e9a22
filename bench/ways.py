"""Questions about the reach of England's small areas, and the ways of answering each.

A way is a function of the number of activities: it makes the country and gives back what is to be
timed. The first way of each question is netmap's.
"""

import importlib
import math
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd  # type: ignore[import-untyped]  # ships no types

from bench.england import England, england
from netmap.networks.reach import (
    count_within,
    nearest_by_layer,
    pairs_within,
    supply_by_layer,
)

Answer = Callable[[], object]
KM, NEAR_KM = 10.0, 3.0
OUTPUT_AREAS = 188_880
# From how many activities on a peer takes minutes or many gigabytes.
HEAVY = {"access": 20_000, "access x 20": 1_000, "sjoin_nearest": 20_000}


def _one(country: England) -> tuple[Any, Any, Any, Any]:
    size = len(country.activities_m)
    every = np.ones((size, 1), dtype=bool)
    edge = np.full(len(country.areas_m), KM)
    return country.people["total"].astype(float)[:, None], np.ones(size), every, edge


def nearest(size: int) -> Answer:
    """The nearest of each community, in one pass."""
    c = england(size)
    layers = c.layers
    return lambda: nearest_by_layer(c.areas_m, c.activities_m, layers, detour=1)


def nearest_kdtree(size: int) -> Answer:
    """A SciPy tree for each community."""
    from scipy.spatial import KDTree  # noqa: PLC0415  # each way imports only its own

    c = england(size)
    layers = c.layers
    return lambda: [
        KDTree(c.activities_m[chosen]).query(c.areas_m, workers=-1) for chosen in layers.T
    ]


def nearest_sjoin(size: int) -> Answer:
    """A GeoPandas join for each community."""
    import geopandas  # noqa: PLC0415

    c = england(size)
    areas = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(*c.areas_m.T))
    points = [geopandas.points_from_xy(*c.activities_m[chosen].T) for chosen in c.layers.T]
    frames = [geopandas.GeoDataFrame(geometry=one) for one in points]
    return lambda: [areas.sjoin_nearest(one, distance_col="m") for one in frames]


def counts(size: int) -> Answer:
    """Of each community within 5 km in town, 15 km in the country."""
    c = england(size)
    layers, edge, ones = c.layers, c.catchment_km(5, 15), np.ones(size, dtype=np.int64)
    return lambda: count_within(c.areas_m, c.activities_m, ones, layers, edge, detour=1)


def counts_kdtree(size: int) -> Answer:
    """A SciPy tree for each community."""
    from scipy.spatial import KDTree  # noqa: PLC0415

    c = england(size)
    layers, metres = c.layers, c.catchment_km(5, 15) * 1000
    return lambda: [
        KDTree(c.activities_m[chosen]).query_ball_point(
            c.areas_m, metres, return_length=True, workers=-1
        )
        for chosen in layers.T
    ]


def supply(decay: str) -> Callable[[int], Answer]:
    """Of all activities to everybody, within 10 km."""

    def way(size: int) -> Answer:
        c = england(size)
        people, each, every, edge = _one(c)
        return lambda: supply_by_layer(
            c.areas_m, c.activities_m, people, each, every, edge, decay, detour=1
        )

    return way


def supply_of_all(decay: str) -> Callable[[int], Answer]:
    """Of each community's activities to its people, within 10 km."""

    def way(size: int) -> Answer:
        c = england(size)
        _, each, _, edge = _one(c)
        layers, heads = c.layers, c.heads
        return lambda: supply_by_layer(
            c.areas_m, c.activities_m, heads, each, layers, edge, decay, detour=1
        )

    return way


def access(decay: str, communities: int = 0) -> Callable[[int], Answer]:
    """PySAL's access, the table of pairs given."""

    def way(size: int) -> Answer:
        c = england(size)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from access import weights  # noqa: PLC0415
        warnings.simplefilter("ignore")
        pairs = pairs_within(c.areas_m, c.activities_m, np.full(len(c.areas_m), KM), detour=1)
        cost = pd.DataFrame({"origin": pairs.area, "dest": pairs.activity, "cost": pairs.km})
        if communities:
            parts = [(c.heads[:, n], np.flatnonzero(c.community == n)) for n in range(communities)]
            tables = [
                _access(people, chosen, cost[cost["dest"].isin(chosen)]) for people, chosen in parts
            ]
        else:
            tables = [_access(c.people["total"], np.arange(size), cost)]
        fall = weights.gaussian(KM / math.sqrt(2 * math.log(100)))

        def answer() -> list[object]:
            if decay == "step":
                return [one.two_stage_fca(name="f", cost="cost", max_cost=KM) for one in tables]
            return [
                one.enhanced_two_stage_fca(name="f", cost="cost", max_cost=KM, weight_fn=fall)
                for one in tables
            ]

        return answer

    return way


def _access(people: Any, activities: Any, cost: Any) -> Any:
    from access import Access  # noqa: PLC0415

    return Access(
        demand_df=pd.DataFrame({"id": range(len(people)), "people": people}),
        demand_index="id",
        demand_value="people",
        supply_df=pd.DataFrame({"id": activities, "supply": 1}),
        supply_index="id",
        supply_value="supply",
        cost_df=cost,
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )


def duckdb_sql(size: int) -> Answer:
    """2SFCA in SQL: cells of 10 km, joined with those around them."""
    duckdb = importlib.import_module("duckdb")  # of the group `bench`, not always there

    c = england(size)
    at, there = c.areas_m, c.activities_m
    frames = {
        "areas": pd.DataFrame({"a": range(len(at)), "x": at[:, 0], "y": at[:, 1]}).assign(
            people=c.people["total"]
        ),
        "activities": pd.DataFrame({"s": range(size), "x": there[:, 0], "y": there[:, 1]}),
    }
    base = duckdb.connect()
    for name, frame in frames.items():
        base.register(f"given_{name}", frame)
        base.execute(
            f"create table {name} as select *, floor(x / 10000)::int i, "  # noqa: S608  # two fixed names
            f"floor(y / 10000)::int j from given_{name}"
        )
    question = """
        with near as (
            select a, s, people
            from areas p, range(-1, 2) as e(di), range(-1, 2) as f(dj), activities q
            where q.i = p.i + di and q.j = p.j + dj
              and (p.x - q.x) * (p.x - q.x) + (p.y - q.y) * (p.y - q.y) <= 1e8),
        shares as (select s, 1000 / sum(people) as share from near group by s)
        select a, sum(share) from near join shares using (s) group by a"""
    return lambda: base.execute(question).fetchnumpy()


def pairs(size: int) -> Answer:
    """Which areas and activities are within 3 km of each other."""
    c = england(size)
    edge = np.full(len(c.areas_m), NEAR_KM)
    return lambda: pairs_within(c.areas_m, c.activities_m, edge, detour=1)


def pairs_kdtree(size: int) -> Answer:
    """SciPy's lists of neighbours, in order, made flat."""
    from scipy.spatial import KDTree  # noqa: PLC0415

    c = england(size)

    def answer() -> object:
        near = KDTree(c.activities_m).query_ball_point(
            c.areas_m, NEAR_KM * 1000, return_sorted=True, workers=-1
        )
        area = np.repeat(np.arange(len(near)), [len(found) for found in near])
        activity = np.concatenate([np.asarray(found, dtype=np.int64) for found in near])
        return area, activity, np.hypot(*(c.areas_m[area] - c.activities_m[activity]).T)

    return answer


def supply_of_output_areas(size: int) -> Answer:
    """Of all activities to everybody, within 10 km of every output area."""
    c = england(size, OUTPUT_AREAS)
    people, each, every, edge = _one(c)
    return lambda: supply_by_layer(
        c.areas_m, c.activities_m, people, each, every, edge, "gaussian", detour=1
    )


def _cells(size: int) -> tuple[Any, Any]:
    """Make a boundary around each area, and the activities; degrees."""
    import geopandas  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    c = england(size)
    edges = shapely.voronoi_polygons(shapely.multipoints(c.areas_m), ordered=True)
    codes = [f"E{n:08}" for n in range(len(c.areas_m))]
    cells = geopandas.GeoDataFrame(
        {"code": codes}, geometry=list(edges.geoms), crs="EPSG:27700"
    ).to_crs(4326)
    points = geopandas.GeoSeries(geopandas.points_from_xy(*c.activities_m.T), crs="EPSG:27700")
    return cells, points.to_crs(4326)


def points_in_areas(size: int) -> Answer:
    """Which area holds each activity, as ``netmap`` finds it for a register."""
    from netmap.networks.areas import Areas  # noqa: PLC0415
    from netmap.networks.holding import Holding  # noqa: PLC0415
    from netmap.networks.models import Area  # noqa: PLC0415

    cells, points = _cells(size)
    areas = Areas(Area.model_construct(code=code, name=code) for code in cells["code"])
    cells, spots = cells.set_index("code"), np.c_[points.x, points.y]
    return lambda: Holding(cells, areas).holders(spots)


def points_sjoin(size: int) -> Answer:
    """GeoPandas' join."""
    import geopandas  # noqa: PLC0415

    cells, points = _cells(size)
    frame = geopandas.GeoDataFrame(geometry=points)
    return lambda: geopandas.sjoin(frame, cells, predicate="intersects")


WAYS: dict[str, dict[str, Callable[[int], Answer]]] = {
    "nearest of 20 communities": {
        "netmap": nearest,
        "SciPy KDTree": nearest_kdtree,
        "sjoin_nearest": nearest_sjoin,
    },
    "counts of 20, within 5 or 15 km": {"netmap": counts, "SciPy KDTree": counts_kdtree},
    "2SFCA, 10 km": {
        "netmap": supply("step"),
        "access": access("step"),
        "DuckDB": duckdb_sql,
    },
    "E2SFCA, 10 km": {"netmap": supply("gaussian"), "access": access("gaussian")},
    "2SFCA of 20 communities": {
        "netmap": supply_of_all("step"),
        "access x 20": access("step", 20),
    },
    "E2SFCA of 20 communities": {
        "netmap": supply_of_all("gaussian"),
        "access x 20": access("gaussian", 20),
    },
    "E2SFCA, 188,880 output areas": {"netmap": supply_of_output_areas},
    "pairs within 3 km": {"netmap": pairs, "SciPy KDTree": pairs_kdtree},
    "points in areas": {"netmap": points_in_areas, "sjoin": points_sjoin},
}
