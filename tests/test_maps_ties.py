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
    # How many lines are drawn depends on the view; how many ties there are does not.
    assert "Ties between areas 900 " in " ".join(read(page).words.split())
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


def test_very_many_catchments_are_drawn_as_one(browser_page: "Page", tmp_path: Path) -> None:
    """Of two circles that overlap only the edge of both together is drawn, on a canvas.

    Hub 0 and hub 1 stand 3 km apart with 3.8 km around each; the others are far away.
    """
    places = [(53.0, -1.0), (53.0, -0.955), *((56 + n % 20 / 10, n / 100) for n in range(500))]
    rows = [f"h{n},Hub {n},hub,{lat},{lon}" for n, (lat, lon) in enumerate(places)]
    tables = {"organisations": "id,name,roles,latitude,longitude\n" + "\n".join(rows)}
    page = a_page(a_register(tmp_path, tables), only("catchments"), gaps=())
    assert layer_of(page, "catchments")["shapes"] == []
    assert opened(browser_page, page, tmp_path) == []
    assert browser_page.locator(".leaflet-nm-spokes-pane path").count() == 0
    inked = """([lat, lon]) => {
      netmap.map.setView([53, -1], 12, { animate: false });
      const canvas = document.querySelector(".leaflet-nm-circles-pane canvas");
      const frame = canvas.getBoundingClientRect();
      const outer = netmap.map.getContainer().getBoundingClientRect();
      const at = netmap.map.latLngToContainerPoint([lat, lon]);
      const ratio = canvas.width / frame.width;
      const x = Math.round((outer.left + at.x - frame.left) * ratio);
      const y = Math.round((outer.top + at.y - frame.top) * ratio);
      return Math.max(...[...canvas.getContext("2d").getImageData(x - 2, y - 2, 5, 5).data]
        .filter((value, i) => i % 4 === 3));
    }"""
    km_lat, km_lon = 1 / 111.19, 1 / (111.19 * 0.6018)
    reach = 5 / 1.3
    middle, edge = [53.0, -0.9775], [53.0, -1 - reach * km_lon]
    inner, outside = [53.0, -1 + reach * km_lon], [53.0, -1 - 1.2 * reach * km_lon]
    north = [53 + reach * km_lat, -1]
    assert 20 < browser_page.evaluate(inked, middle) < 60
    assert browser_page.evaluate(inked, edge) > 150
    assert browser_page.evaluate(inked, north) > 150
    assert 20 < browser_page.evaluate(inked, inner) < 60
    assert browser_page.evaluate(inked, outside) == 0
    browser_page.evaluate("document.querySelector('details').open = true")
    browser_page.get_by_role("button", name="Hub 1", exact=True).click()
    assert browser_page.inner_text(".nm-card h3") == "Hub 1"


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
    assert browser_page.inner_text("#nm-drawn-ties").startswith("900 of 900 ties are on the lines")
    browser_page.evaluate(
        "const line = netmap.large.bundles.lines()[0];"
        "netmap.large.bundles.open(line, netmap.map.getCenter())"
    )
    popup = browser_page.locator(".nm-card")
    popup.wait_for()
    assert "10" in popup.inner_text()
    assert noise == []


def with_roles(areas: int, ties: int) -> dict[str, str]:
    """Make every third of the first organisations of all areas a hub, the others groups."""
    tables = large(areas, ties)
    head, *rows = tables["organisations"].splitlines()
    roles = [f"{row},{'grassroots_group' if n % 3 else 'hub'}" for n, row in enumerate(rows)]
    return {**tables, "organisations": "\n".join((f"{head},roles", *roles))}


def narrow(page: "Page", *terms: str) -> None:
    """Tick some terms of the filters."""
    for term in terms:
        page.evaluate(
            """(term) => [...document.querySelectorAll(".nm-facet label")]
              .find((one) => one.textContent.includes(term)).querySelector("input").click()""",
            term,
        )


@pytest.mark.parametrize("ties", [900, 1800])
def test_bundles_follow_the_filters_with_their_rows(
    browser_page: "Page", tmp_path: Path, ties: int
) -> None:
    """Of thirty areas in a ring ten have a hub; twenty ties of a kind lead from group to group.

    The first of the pairs without a hub goes from area 1 to area 2; those before and after it have
    one. Short tables are rows of the page, long ones are made by the browser.
    """
    settings = only("ties", "organisations")
    page = a_page(a_register(tmp_path, with_roles(30, ties)), settings, gaps=())
    noise = opened(browser_page, page, tmp_path)
    browser_page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    lines = "netmap.large.bundles.lines()"
    at_first = browser_page.evaluate(f"{lines}.length")
    assert at_first > 80
    narrow(browser_page, "Grassroots group")
    assert browser_page.evaluate(f"{lines}.length") == 30
    told = browser_page.inner_text("#nm-drawn-ties")
    assert told.startswith(f"{ties // 3:,} of {ties // 3:,} ties")
    table = browser_page.locator('details[data-table="ties"]')
    assert f"{ties // 3:,} of {ties:,}" in table.locator("summary").inner_text()
    assert "Body 0" not in table.locator("tbody tr:visible").all_inner_texts()
    narrow(browser_page, "Grassroots group")
    assert browser_page.evaluate(f"{lines}.length") == at_first
    assert noise == []


def test_a_bundle_says_how_many_of_its_ties_are_met_and_which(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Four of the five ties on a line are between groups: four are counted, named and drawn."""
    tables = {
        "areas": "code,name,latitude,longitude\na,A,53,-1\nb,B,54,-1",
        "organisations": "id,name,roles,area\n"
        + "\n".join(
            f"o{n},Body {n},{'hub' if n == 0 else 'grassroots_group'},{'b' if n > 9 else 'a'}"
            for n in range(510)
        ),
        "ties": "source_organisation,target_organisation,kind\n"
        + "\n".join(f"o{n},o{n + 10},advises" for n in range(5))
        + "\n"
        + "\n".join(f"o{n},o{n + 1},funds" for n in range(10, 500)),
    }
    page = a_page(a_register(tmp_path, tables), only("ties", "organisations"), gaps=())
    opened(browser_page, page, tmp_path)
    found = "netmap.large.bundles.lines().find((line) => line.block.names[line.row][0] === 'A')"
    before = browser_page.evaluate(f"{found}.width")
    assert browser_page.evaluate(f"netmap.large.bundles.said({found})") == "A to B: 5 ties"
    narrow(browser_page, "Grassroots group")
    assert browser_page.evaluate(f"{found}.width") < before
    assert browser_page.evaluate(f"netmap.large.bundles.said({found})") == "A to B: 4 of 5 ties"
    browser_page.evaluate(f"netmap.large.bundles.open({found}, netmap.map.getCenter())")
    lines = browser_page.locator(".nm-card li").all_inner_texts()
    assert lines == [f"Body {n} → Body {n + 10}" for n in range(1, 5)]
    assert "4 of 5" in browser_page.inner_text(".nm-card dl")


def test_random_ties_leave_the_map_readable(browser_page: "Page", tmp_path: Path) -> None:
    """Of all pairs of twenty areas the strongest are drawn, and nearer up there are others."""
    pairs = [(a, b) for a in range(20) for b in range(20) if a != b]
    tables = {
        "areas": "code,name,latitude,longitude\n"
        + "\n".join(f"w{n},Ward {n},{52 + n % 5},{-4 + n // 5}" for n in range(20)),
        "organisations": "id,name,area\n" + "\n".join(f"o{n},Body {n},w{n}" for n in range(20)),
        "ties": "source_organisation,target_organisation,kind\n"
        + "\n".join(f"o{a},o{b},advises" for a, b in pairs for _ in range(1 + (a * 7 + b * 3) % 5)),
    }
    opened(browser_page, a_page(a_register(tmp_path, tables), only("ties"), gaps=()), tmp_path)
    much = browser_page.evaluate("netmap.large.bundles.lines().map((line) => line.much)")
    assert 12 <= len(much) < len(pairs) / 2
    assert set(much) == {5}
    alpha = browser_page.evaluate("netmap.large.bundles.lines().map((line) => line.alpha)")
    assert max(alpha) <= 1
    least = "Math.min(...netmap.large.bundles.lines().map((line) => line.much))"
    browser_page.evaluate("netmap.map.setView([54, -4], 11, {animate: false})")
    assert browser_page.evaluate(least) == 1


def test_organisations_of_no_area_are_joined_with_those_near_them(tmp_path: Path) -> None:
    """Two towns of thirty groups each, all tied across: two lines, named after one group of each.

    Without that nine hundred lines would have one tie each.
    """
    ends = [(n, m) for n in range(30) for m in range(30, 60)]
    tables = {
        "organisations": "id,name,latitude,longitude\n"
        + "\n".join(f"o{n},Body {n},{53 + n // 30},{-1 + n % 30 / 1000}" for n in range(60)),
        "ties": "source_organisation,target_organisation,kind\n"
        + "\n".join(f"o{n},o{m},advises\no{m},o{n},advises" for n, m in ends),
    }
    page = a_page(a_register(tmp_path, tables), only("ties"), gaps=())
    block = columns_of(page)["ties"]["block"]
    assert sorted(block["names"]) == [
        "Body 0 and 29 others near it to Body 30 and 29 others near it: 900 ties",
        "Body 30 and 29 others near it to Body 0 and 29 others near it: 900 ties",
    ]
    assert "taken together with those near them" in read(page).words


def test_what_is_chosen_in_the_table_is_drawn_however_weak(
    browser_page: "Page", tmp_path: Path
) -> None:
    """A name in the table leads to a line; it would be odd not to see it."""
    tables = large(30, 900)
    tables["ties"] += "\no0,o15,advises"
    opened(browser_page, a_page(a_register(tmp_path, tables), only("ties"), gaps=()), tmp_path)
    browser_page.evaluate(
        "document.querySelectorAll('details').forEach((d) => { d.open = true; });"
        "document.querySelector('tbody tr:last-child .nm-open').click()"
    )
    browser_page.wait_for_selector(".nm-card")
    assert "Ward 0 to Ward 15: 1 tie" in browser_page.inner_text(".nm-card h3")
    last = browser_page.evaluate(
        "netmap.large.bundles.lines().filter((line) => line.much === 1 && line.alpha === 1).length"
    )
    assert last == 1


def test_single_ties_follow_the_filters_where_organisations_are_columns(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Two thousand organisations stand in columns; three ties between them are still lines."""
    rows = [
        f"o{n},Body {n},{'grassroots_group' if n else 'hub'},53,-{n / 1e4}" for n in range(2000)
    ]
    tables = {
        "organisations": "id,name,roles,latitude,longitude\n" + "\n".join(rows),
        "ties": "source_organisation,target_organisation,kind\n"
        "o0,o1,funds\no1,o2,funds\no2,o0,funds",
    }
    page = a_page(a_register(tmp_path, tables), only("ties", "organisations"), gaps=())
    opened(browser_page, page, tmp_path)
    narrow(browser_page, "Grassroots group")
    assert browser_page.locator('details[data-table="ties"] tbody tr:not([hidden])').count() == 1
    drawn = "[...document.querySelectorAll('.leaflet-nm-ties-pane path[stroke-width=\"16\"]')]"
    shown = f"{drawn}.filter((one) => one.getAttribute('d') !== 'M0 0').length"
    assert browser_page.evaluate(shown) == 1
