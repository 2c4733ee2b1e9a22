"""Boundaries as shared arcs: nothing is lost, and what neighbours share is kept once."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from test_maps_page import opened

from netmap import maps
from netmap.maps.cards import Block, Layer
from netmap.maps.drawing import Said, compose
from netmap.maps.outlines import quantum_of, simplified, tolerance_of
from netmap.maps.topology import Topology, read, topology, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
HOLED = shapely.Polygon([(0, 0), (9, 0), (9, 9), (0, 9)], [[(3, 3), (3, 6), (6, 6), (6, 3)]])


def through_json(made: Topology) -> Topology:
    """Write a topology to JSON and read it again."""
    return read(json.loads(json.dumps(written(made))))


def polygons(made: Topology, area: int) -> shapely.Geometry:
    """Build an area's geometry by the even-odd rule."""
    shape = shapely.Polygon()
    for ring in made.rings(area):
        shape = shapely.symmetric_difference(shape, shapely.Polygon(ring * made.quantum))
    return shape


def test_a_border_between_two_areas_is_kept_once() -> None:
    """Two squares side by side have three arcs: one each, and the one between them."""
    made = topology([LEFT, RIGHT], 0.1)
    assert len(made.arcs) == 3
    left, right = (set(walk) for (walk,) in made.areas)
    assert {n for n in left if ~n in right}


def test_what_was_encoded_is_decoded() -> None:
    """Squares, a hole and the island in it come back as they were."""
    island = shapely.box(3, 3, 6, 6)
    made = through_json(topology([HOLED, island, LEFT], 0.5))
    for number, shape in enumerate((HOLED, island, LEFT)):
        assert polygons(made, number).equals(shape)


def test_an_area_without_an_outline_keeps_its_place() -> None:
    """Rows and areas go by number, so one that has none leaves an empty entry."""
    made = through_json(topology([None, LEFT, None], 0.1))
    assert [len(rings) for rings in made.areas] == [0, 1, 0]
    assert polygons(made, 1).equals(LEFT)


def test_what_is_smaller_than_the_grid_is_left_out() -> None:
    """A rock of a metre is no area on a grid of a kilometre; the mainland stays."""
    both = shapely.union(LEFT, shapely.box(5, 5, 5.001, 5.001))
    (rings,) = topology([both], 0.1).areas
    assert len(rings) == 1


def test_nothing_makes_nothing() -> None:
    """A layer without any outline can still be written and read."""
    assert through_json(topology([None], 0.1)) == Topology(0.1, (), ((),))


@given(st.integers(0, 2**32), st.integers(4, 40))
def test_a_coverage_comes_back_without_gaps_or_overlaps(seed: int, count: int) -> None:
    """Simplified together and cut into arcs, areas still fill the whole and touch, no more."""
    at = np.random.default_rng(seed).uniform(0, 1, (count, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(at)))
    tolerance = tolerance_of(cells)
    quantum = quantum_of(tolerance)
    simple = simplified(cells, tolerance)
    made = through_json(topology(list(simple), quantum))
    for number, shape in enumerate(simple):
        apart = shapely.hausdorff_distance(polygons(made, number), shape)
        assert apart <= quantum * 1.5 or shapely.area(shape) < quantum
    whole = shapely.union_all(simple)
    total = sum(shapely.area(polygons(made, number)) for number in range(len(simple)))
    assert total == pytest.approx(shapely.area(whole), rel=0.02)
    # Each border is there once: no two arcs have the same ends and the same middle.
    keys = [min(arc.tobytes(), arc[::-1].tobytes()) for arc in made.arcs]
    assert len(set(keys)) == len(keys)


def test_browsers_put_the_same_areas_together(browser_page: "Page", tmp_path: Path) -> None:
    """Corner by corner, a browser draws the rings that Python cut; a press finds the area."""
    at = np.random.default_rng(3).uniform((-2, 53), (-1, 54), (500, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(at)))
    shapes = simplified(cells, tolerance_of(cells))
    quantum = quantum_of(tolerance_of(cells))
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes))
    names = [f"Area {number}" for number in range(len(shapes))]
    block = Block(
        names,
        inside[:, 0],
        inside[:, 1],
        fills=["#bdc9e1", "nm-no-data"] * (len(names) // 2),
        shapes=list(shapes),
        quantum=quantum,
    )
    layer = Layer("areas", "Areas", block=block)
    page = compose(Said("Areas"), [layer], assets=maps.Assets.INLINE).decode()
    assert opened(browser_page, page, tmp_path) == []
    seen = browser_page.evaluate(
        """() => {
          const block = netmap.large.columns.get("areas").block;
          const degrees = (at) => L.CRS.EPSG3857.pointToLatLng(L.point(at), 0);
          return block.names.map((name, row) => {
            const place = netmap.map.latLngToLayerPoint(netmap.columns.place(block, row));
            const hit = netmap.large.grounds.hit(place);
            const pair = (corner) => [degrees(corner).lng, degrees(corner).lat];
            const rings = netmap.large.grounds.rings(block, row).map((ring) => ring.map(pair));
            return [name, rings, hit ? hit.block.names[hit.row] : ""];
          });
        }"""
    )
    made = topology(list(shapes), quantum)
    found = 0
    for name, rings, hit in seen:
        expected = [ring[:-1] * quantum for ring in made.rings(names.index(name))]
        assert len(rings) == len(expected)
        for ring, own in zip(rings, expected, strict=True):
            # Where a ring begins depends on the order of the areas; its corners do not.
            assert {(round(x, 4), round(y, 4)) for x, y in ring} == {
                (round(x, 4), round(y, 4)) for x, y in own.tolist()
            }
        found += hit == name
    # A point on the surface of the tiniest may lie outside it once both are rounded.
    assert found > len(names) * 0.98
