"""The classes areas are shaded by, and how boundaries are made light."""

import geopandas as gpd
import pytest
from shapely import Polygon

from netmap.maps.areas import _radius
from netmap.maps.outlines import outlines
from netmap.maps.shades import Shading, round_breaks
from netmap.maps.symbols import NO_DATA, NOT_SHOWN, RAMP, tie_style
from netmap.networks.areas import Areas
from netmap.networks.models import Area
from netmap.vocabulary import load


def test_breaks_are_round_and_no_end_class_is_empty() -> None:
    """People remember 10 and 40, not 10.9 and 39.8."""
    assert round_breaks((6.7, 10.9, 15.9, 16.7, 39.8, 85.3)) == (10, 15, 40)


@pytest.mark.parametrize("values", [(), (3.0,), (3.0, 3.0)])
def test_figures_that_do_not_differ_have_no_classes(values: tuple[float, ...]) -> None:
    """One colour says that there is nothing to tell apart."""
    assert round_breaks(values) == ()


def test_an_area_on_a_break_is_in_the_class_that_starts_there() -> None:
    """`10 to under 15` holds 10, and not 15."""
    shade = Shading("rate", "", {"a": 10.0, "b": 14.9, "c": 15.0, "d": 9.9}, frozenset(), (10, 15))
    assert [(words, count) for words, _, count in shade.classes] == [
        ("under 10", 1),
        ("10 to under 15", 2),
        ("15 and over", 1),
    ]
    assert shade.fill("a") == shade.fill("b") != shade.fill("c")
    assert (shade.fill("d"), shade.fill("c")) == (RAMP[0], RAMP[-1])


def test_unknown_and_suppressed_are_not_drawn_as_little() -> None:
    """No figure is not nought, and a figure that must not be shown is neither."""
    shade = Shading("share", "%", {"a": 1.0}, frozenset({"b"}), ())
    assert shade.fill("c") == NO_DATA
    assert shade.fill("b") == NOT_SHOWN
    assert shade.said("b") == "not shown (too few people)"


def test_a_circle_of_four_times_the_people_is_twice_as_wide() -> None:
    """The eye reads the area of a circle, so its area is the number."""
    assert _radius(400_000, 400_000) == 2 * _radius(100_000, 400_000)


def test_no_two_kinds_of_tie_look_alike() -> None:
    """Colour and arrowhead together tell all kinds apart, on every map the same."""
    kinds = tuple(load()["tie_kind"])
    assert len({tie_style(kind, kinds) for kind in kinds}) == len(kinds)


def test_neighbours_still_share_their_border_when_simplified() -> None:
    """Two areas that touch must not come apart, nor overlap, on the map."""
    border = [(1 + 2e-5 * (step % 2), step / 100) for step in range(101)]
    noisy = [(x + 1e-9, y) for x, y in border]
    west = Polygon([(0, 0), *border, (0, 1)])
    east = Polygon([(2, 0), *noisy, (2, 1)])
    frame = gpd.GeoDataFrame(geometry=[west, east], index=["w", "e"], crs=4326)
    areas = Areas([Area(code="w", name="W"), Area(code="e", name="E")])
    found = outlines(frame, areas, 400).rings
    assert list(found) == ["e", "w"]
    kept = {c: {p for p in rings[0] if 1 <= p[0] < 1.5} for c, rings in found.items()}
    assert kept["e"] == kept["w"]
    assert {(1.0, 0.0), (1.0, 1.0)} <= kept["e"]
    assert len(kept["e"]) < len(border) / 2
