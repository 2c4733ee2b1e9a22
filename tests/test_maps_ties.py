"""The network on the map: bridges, bundles, catchments, and where something new could be."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_maps_page import SETTINGS, TABLES, a_page, a_register, data_of, opened, read
from test_maps_points import columns_of

from netmap import maps
from netmap.maps.packing import decoded

if TYPE_CHECKING:
    from playwright.sync_api import Page


def layer_of(page: str, key: str) -> dict[str, Any]:
    """Find a layer in a page's data."""
    found: dict[str, Any] = next(one for one in data_of(page)["layers"] if one["key"] == key)
    return found


def only(*layers: str) -> maps.MapSettings:
    """Ask for some layers."""
    return SETTINGS.model_copy(update={"layers": layers})


def chain() -> dict[str, str]:
    """Write two triangles of organisations, a-b-c and d-e-f, joined by one tie from c to d."""
    pairs = [tuple(pair) for pair in ("ab", "bc", "ca", "cd", "de", "ef", "fd")]
    return {
        "organisations": "id,name,latitude,longitude\n"
        + "\n".join(f"{one},{one.upper()},{53 + n / 10},-1" for n, one in enumerate("abcdef")),
        "ties": "source_organisation,target_organisation,kind\n"
        + "\n".join(f"{one},{other},refers_to" for one, other in pairs),
    }


def large(areas: int, ties: int) -> dict[str, str]:
    """Write organisations, two in each area, the first of which has ties to the next area's."""
    kinds = ("refers_to", "funds", "advises")
    return {
        "areas": "code,name,parent,latitude,longitude\nall,All,,53,-1\n"
        + "\n".join(f"w{n},Ward {n},all,{53 + n / 100:.2f},-1.2" for n in range(areas)),
        "organisations": "id,name,area\n"
        + "\n".join(f"o{n},Body {n},w{n % areas}" for n in range(areas * 2)),
        "ties": "source_organisation,target_organisation,kind\n"
        + "\n".join(
            f"o{n % areas},o{(n + 1) % areas},{kinds[n // areas % 3]}" for n in range(ties)
        ),
    }


def test_a_bridge_is_marked_and_says_what_hangs_on_it(tmp_path: Path) -> None:
    """Between two triangles one tie holds all together: three would be cut off without it."""
    page = a_page(a_register(tmp_path, chain()), only("organisations", "ties"), gaps=())
    lines = layer_of(page, "ties")["lines"]
    bridges = [line["id"] for line in lines if line["bridge"]]
    assert bridges == ["tie-3"]
    assert ["Without it", "3 organisations would be cut off"] in data_of(page)["cards"]["tie-3"][
        "facts"
    ]
    ringed = {mark["id"] for mark in layer_of(page, "organisations")["marks"] if mark["ringed"]}
    assert ringed == {"org-2", "org-3"}
    assert "With a dark edge: a bridge" in read(page).words


def test_without_the_ties_layer_nobody_is_marked_as_holding_it_together(tmp_path: Path) -> None:
    """A ring that nothing on the map explains would only raise questions."""
    page = a_page(a_register(tmp_path, chain()), only("organisations"), gaps=())
    assert not any(mark["ringed"] for mark in layer_of(page, "organisations")["marks"])


def test_very_many_ties_become_one_line_for_each_pair_of_areas_and_kind(tmp_path: Path) -> None:
    """Nine hundred ties around thirty areas are ninety lines of ten, and all are in the table."""
    page = a_page(a_register(tmp_path, large(30, 900)), only("ties"), gaps=())
    assert layer_of(page, "ties")["lines"] == []
    block = columns_of(page)["ties"]["block"]
    assert len(block["names"]) == 90
    assert set(decoded(dict(block["facts"])["Ties"])) == {"10"}
    assert block["ends"]["turn"].count(0) == 30
    assert page.count("data-open=") == 900


def test_still_too_many_pairs_are_joined_one_area_higher(tmp_path: Path) -> None:
    """Where wards make too many lines, what lies above them is all that can be read."""
    page = a_page(a_register(tmp_path, large(700, 1400)), only("ties"), gaps=())
    block = columns_of(page)["ties"]["block"]
    assert block["names"] == ["All to All: 700 ties", "All to All: 700 ties"]


def test_hubs_reach_as_far_as_their_class_says(tmp_path: Path) -> None:
    """Fifteen kilometres by road in the country are 11.5 in a straight line."""
    page = a_page(a_register(tmp_path), only("catchments"), gaps=())
    (shape,) = layer_of(page, "catchments")["shapes"]
    assert shape["metres"] == pytest.approx(15_000 / 1.3, abs=1)
    assert "11.5 km" in read(page).words


def test_suggestions_say_where_how_many_and_who_could_help(tmp_path: Path) -> None:
    """North has people of the community and nothing for them: that is where to begin."""
    tables = {**TABLES, "activities": TABLES["activities"].split("circle")[0]}
    settings = only("suggestions").model_copy(update={"community": "bame"})
    page = a_page(a_register(tmp_path, tables), settings, gaps=())
    layer = layer_of(page, "suggestions")
    assert [mark["text"] for mark in layer["marks"]][:1] == ["1"]
    card = data_of(page)["cards"][layer["marks"][0]["id"]]
    assert card["title"] == "South"
    assert ["People newly within reach", "1,000"] in card["facts"]
    assert a_page(a_register(tmp_path, tables), settings, gaps=()) == page


def test_bundles_are_drawn_and_opened(browser_page: "Page", tmp_path: Path) -> None:
    """A line can be pressed where it is drawn, and says how many ties it stands for."""
    register = a_register(tmp_path, large(30, 900))
    noise = opened(browser_page, a_page(register, only("ties", "organisations"), gaps=()), tmp_path)
    assert browser_page.evaluate("netmap.large.bundles.lines().length") == 90
    browser_page.evaluate(
        "const line = netmap.large.bundles.lines()[0];"
        "netmap.large.bundles.open(line, netmap.map.getCenter())"
    )
    popup = browser_page.locator(".nm-card")
    popup.wait_for()
    assert "10" in popup.inner_text()
    assert noise == []
