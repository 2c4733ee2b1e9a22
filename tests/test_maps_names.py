"""Names of areas on canvases: where they fit, never over one another, more from nearer by."""

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from test_maps_page import opened

from netmap import maps
from netmap.maps.cards import Block, Card, Layer, Look, Mark
from netmap.maps.drawing import Said, compose

if TYPE_CHECKING:
    from playwright.sync_api import Page

WRITTEN = "netmap.large.names.written()"
NAMES = f"{WRITTEN}.map((one) => one.block.names[one.row])"
# One wide area, above which stand many that are too narrow for any name.
WIDE = 4.0


def the_areas(narrow: int = 40) -> Layer:
    """Make a wide area and narrow ones in a row, each 0.1 degrees wide."""
    boxes = [shapely.box(0, 50, WIDE, 51)]
    boxes += [shapely.box(n / 10, 51, (n + 1) / 10, 52) for n in range(narrow)]
    middles = shapely.get_coordinates(shapely.centroid(boxes))
    return Layer(
        "areas",
        "Areas",
        block=Block(
            ["The wide area", *(f"Narrow {n}" for n in range(narrow))],
            middles[:, 0],
            middles[:, 1],
            fills=["#08306b"] * (narrow + 1),
            shapes=boxes,
            quantum=1e-4,
        ),
    )


def the_page(*layers: Layer) -> str:
    """Put layers on a page."""
    return compose(Said("Areas"), layers, assets=maps.Assets.INLINE).decode()


def test_names_are_written_where_they_fit_and_more_from_nearer_by(
    browser_page: "Page", tmp_path: Path
) -> None:
    """From afar only the wide area has room for its name; one is not written over another."""
    assert opened(browser_page, the_page(the_areas()), tmp_path) == []
    assert browser_page.evaluate(NAMES) == ["The wide area"]
    browser_page.evaluate("netmap.map.setView([51.5, 0.75], 11, {animate: false})")
    near = browser_page.evaluate(NAMES)
    assert {"Narrow 6", "Narrow 7"} <= set(near)
    assert len(near) < 41
    boxes = browser_page.evaluate(f"{WRITTEN}.map((one) => one.box)")
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart


def test_names_are_dark_with_a_pale_edge_on_dark_areas(
    browser_page: "Page", tmp_path: Path
) -> None:
    """The darkest class is nearly as dark as letters: without an edge nobody could read them.

    The map keeps light ground in both themes.
    """
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        opened(browser_page, the_page(the_areas()), tmp_path)
        seen = browser_page.evaluate(
            """() => {
              const canvas = document.querySelector(".leaflet-nm-names-pane canvas");
              const ctx = canvas.getContext("2d");
              const data = ctx.getImageData(0, 0, canvas.width, canvas.height).data;
              let [dark, pale] = [0, 0];
              for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] > 200 && data[i] < 60) { dark += 1; }
                if (data[i + 3] > 200 && data[i] > 240) { pale += 1; }
              }
              return [dark, pale];
            }"""
        )
        assert min(seen) > 50


def test_names_keep_clear_of_markers(browser_page: "Page", tmp_path: Path) -> None:
    """A name beneath a marker is no name; it comes back where the marker's layer is off."""
    card = Card("org-0", "Hub", "Hub")
    at = (WIDE / 2, 50.5)
    hub = Layer(
        "organisations",
        "Organisations",
        cards=(card,),
        marks=(Mark("org-0", at, Look("", "#000")),),
    )
    opened(browser_page, the_page(the_areas(), hub), tmp_path)
    assert browser_page.evaluate(NAMES) == []
    browser_page.uncheck("input[value=organisations]")
    assert browser_page.evaluate(NAMES) == ["The wide area"]
    browser_page.uncheck("input[value=areas]")
    assert browser_page.evaluate(NAMES) == []


def test_circles_have_their_names_below_them_the_largest_first(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Two circles at one point: there is room for one name, which is the larger one's."""
    count = 410
    block = Block(
        [f"Place {n}" for n in range(count)],
        np.full(count, -1.0),
        np.repeat([53.0, 54.0], count // 2),
        fills=["#9ecae1"] * count,
        radius=[20.0 if n == 7 else 8.0 for n in range(count)],
    )
    opened(browser_page, the_page(Layer("areas", "Areas", block=block)), tmp_path)
    assert "Place 7" in browser_page.evaluate(NAMES)
    assert len(browser_page.evaluate(NAMES)) < 5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_are_printed(browser_page: "Page", tmp_path: Path, scheme: str) -> None:
    """On paper nothing can be pressed to learn its name."""
    browser_page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(browser_page, the_page(the_areas()), tmp_path)
    browser_page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert browser_page.locator("canvas.nm-print-names").count() == 1
    assert browser_page.evaluate(NAMES) == ["The wide area"]
    browser_page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert browser_page.locator("canvas.nm-print-names").count() == 0
