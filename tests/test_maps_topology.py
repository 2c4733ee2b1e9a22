"""Boundaries as shared arcs: nothing is lost, and what neighbours share is kept once."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from netmap.maps.outlines import quantum_of, simplified, tolerance_of
from netmap.maps.topology import Topology, read, topology, written

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
