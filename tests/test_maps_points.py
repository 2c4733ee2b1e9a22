"""Maps of very many: columns instead of elements, drawn on a canvas, and everything still there."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_maps_page import (
    NASTY,
    SETTINGS,
    a_page,
    a_register,
    data_of,
    hostile,
    opened,
    read,
    until,
)

from netmap import maps
from netmap.maps import card_columns
from netmap.maps.cards import Block, Layer, Look, Table
from netmap.maps.drawing import Said, compose
from netmap.maps.facets import NOT_RECORDED, Facet, facets_of, numbers, weekdays
from netmap.maps.packing import coded, columns, decoded, packed, unpacked
from netmap.maps.words import all_clean, clean

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKS = (Look("circle", "#0072B2", 22), Look("square", "#009E73", 24))
POINTS_ONLY = SETTINGS.model_copy(update={"layers": ("organisations", "activities")})
OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"


def many(count: int) -> dict[str, str]:
    """Write a network of so many groups, every other one a hub, all with one activity each."""
    rows = [
        f"g{n},Group {n},{'hub' if n % 2 else 'grassroots_group'},"
        f"{53 + n % 100 / 100:.2f},{-1 - n // 100 / 100:.2f}"
        for n in range(count)
    ]
    offers = [
        f"a{n},Activity {n},g{n},support_group,{'bame' if n % 4 == 0 else ''},"
        f"{'Tuesdays 10:00-12:00' if n % 2 else 'every Friday 18:00-20:00'},"
        f"{53 + n % 100 / 100:.2f},{-1 - n // 100 / 100:.2f}"
        for n in range(count)
    ]
    return {
        "organisations": "id,name,roles,latitude,longitude\n" + "\n".join(rows),
        "activities": "id,name,organisation,approach,communities,schedule,latitude,longitude\n"
        + "\n".join(offers),
    }


def a_block(count: int) -> Block:
    """Make columns of so many groups, every third one without a place."""
    at = np.arange(count, dtype=np.float64)
    return Block(
        [f"Group {n}" for n in range(count)],
        np.where(at % 3 == 2, np.nan, -1 - at / 1000),
        np.where(at % 3 == 2, np.nan, 53 + at % 7 / 100),
        LOOKS,
        [n % 2 for n in range(count)],
        what=["Hub" if n % 2 else "Group" for n in range(count)],
        facts={"Area": [f"Area {n % 5}" for n in range(count)]},
        links=[(f"https://example.org/{n}",) for n in range(count)],
        tags={"role": [("Hub" if n % 2 else "Group",) for n in range(count)]},
    )


def a_large_page(block: Block, data: str = "") -> str:
    """Draw a page of columns."""
    layer = Layer("organisations", "Organisations", table=Table(("Organisation",)), block=block)
    return compose(Said("Many"), [layer], assets=maps.Assets.INLINE, data=data).decode()


def columns_of(page: str) -> dict[str, Any]:
    """Read a page's packed columns, both blocks as one."""
    first, rest = map(unpacked, re.findall(r'id="netmap-(?:columns|rest)">(.*?)</script>', page))
    return {
        layer: {part: {**block, **rest[layer][part]} for part, block in parts.items()}
        for layer, parts in first.items()
    }


def test_columns_say_what_was_put_in() -> None:
    """Each row keeps its own place, kind and facts, though they are ordered anew."""
    block = a_block(30)
    found = unpacked(packed(columns(block, ())))
    x, y = np.cumsum(found["x"]) / 1e5, np.cumsum(found["y"]) / 1e5
    area = decoded(found["facts"][0][1])
    for row, name in enumerate(found["names"]):
        n = int(name.split()[1])
        assert area[row] == f"Area {n % 5}"
        assert decoded(found["look"])[row] == n % 2
        assert (row < found["placed"]) == (n % 3 != 2)
        if row < found["placed"]:
            assert x[row] == pytest.approx(block.longitudes[n], abs=1e-5)
            assert y[row] == pytest.approx(block.latitudes[n], abs=1e-5)


@given(st.lists(st.tuples(st.text(max_size=2)), max_size=30))
def test_a_column_is_read_as_it_was_written(values: list[tuple[str, ...]]) -> None:
    """Whether a dictionary pays or not, each row has its own value back."""
    assert [tuple(value) for value in decoded(coded(values))] == values


@given(st.lists(st.text(max_size=8), max_size=6))
def test_many_texts_are_cleaned_as_one_is(texts: list[str]) -> None:
    """The quick way over all names gives what the slow way gives for each."""
    assert list(all_clean(texts)) == [clean(text) for text in texts]


@given(st.sampled_from([chr(n) for n in (*range(0x3100), 0xD800, 0xFFFE, 0xFFFF, 0x1F600)]))
def test_whatever_a_name_has_within_it_is_cleaned(letter: str) -> None:
    """No letter, blank or control is let through among many that would not be alone."""
    assert list(all_clean([f"a{letter}b", "c"])) == [clean(f"a{letter}b"), "c"]


@pytest.mark.parametrize(
    ("schedule", "days"),
    [
        ("every Tuesday 18:00-20:00", ("Tuesday",)),
        ("first Monday of the month 10:00-12:00", ("Monday",)),
        ("Mondays and Thurs", ("Monday", "Thursday")),
        ("RRULE:FREQ=MONTHLY;BYDAY=1MO,-1FR", ("Monday", "Friday")),
        ("monthly, in the satellite room", ()),
        (None, ()),
    ],
)
def test_a_schedule_says_its_days(schedule: str | None, days: tuple[str, ...]) -> None:
    """Who is free on Tuesdays looks for Tuesdays; a month is no Monday."""
    assert weekdays(schedule) == days


def test_terms_are_numbered_through_all_facets() -> None:
    """Tables, markers and columns mean the same by a number."""
    facets = facets_of([Layer("organisations", "Organisations", block=a_block(4))])
    assert facets == (Facet("role", "Role", ("Group", "Hub"), 0),)
    assert numbers(facets[0], ("Hub",)) == (1,)


def test_many_markers_are_columns_and_few_are_elements(tmp_path: Path) -> None:
    """Four hundred can be reached with the tab key; more become one block."""
    few = a_page(a_register(tmp_path / "few", many(400)), POINTS_ONLY)
    more = a_page(a_register(tmp_path / "more", many(401)), POINTS_ONLY)
    assert [len(layer["marks"]) for layer in data_of(few)["layers"]] == [400, 400]
    assert "netmap-columns" not in few
    assert [len(layer["marks"]) for layer in data_of(more)["layers"]] == [0, 0]
    assert columns_of(more)["activities"]["block"]["placed"] == 401


def test_a_large_page_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    """A built site must not change where nothing did."""
    register = a_register(tmp_path, many(1600))
    assert a_page(register, POINTS_ONLY) == a_page(register, POINTS_ONLY)


def test_many_activities_say_as_columns_what_they_say_as_cards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However they are made, the page has the same bytes."""
    rows = [
        f"x{n},Group\u00a0 {n},g{n % 9},{('online', 'drop_in', 'network', '')[n % 4]},"
        f"{('', 'bame', 'bame;somali')[n % 3]},{('yes', 'no', '')[n % 5 % 3]},"
        f"{('en;ur', '', 'Klingon')[n % 3]},{('Tuesdays', 'monthly', '')[n % 3]},"
        f"{'Hall  3' if n % 7 == 0 else ''},{'7' if n % 11 == 0 else ''},"
        f"{('active', 'paused', 'closed', '')[n % 4]},{('illustrative', 'inferred', '')[n % 3]},"
        f"{'About it' if n % 13 == 0 else ''},{'https://example.org/' if n % 5 == 0 else ''},"
        f"{'a@example.org' if n % 6 == 0 else ''},{'x0' if n % 17 == 1 else ''},"
        f"{f'53.{n:04},-1.{n:04}' if n % 10 else ','}"
        for n in range(3000)
    ]
    tables = {
        "organisations": many(10)["organisations"],
        "activities": "id,name,organisation,approach,communities,exclusive,languages,schedule,"
        "venue,count,status,confidence,description,website,email,part_of,latitude,longitude\n"
        + "\n".join(rows),
    }
    register = a_register(tmp_path, tables)
    only = SETTINGS.model_copy(update={"layers": ("activities",)})
    page = a_page(register, only, gaps=(), sessions=())
    monkeypatch.setattr(card_columns, "MOST_ELEMENTS", len(rows))
    assert columns_of(page)["activities"]["block"]["placed"] > 400
    assert a_page(register, only, gaps=(), sessions=()) == page


def test_without_scripts_a_long_table_is_a_file(tmp_path: Path) -> None:
    """The rows can be had without JavaScript: the page says where they are."""
    page = a_large_page(a_block(2000), "../data/n")
    links = [a["href"] for tag, a in read(page).tags if tag == "a"]
    assert "../data/n/organisations.csv" in links
    assert "netmap export" in a_large_page(a_block(2000))
    # Up to some thousand rows they stand in the page itself.
    assert "Group 1299" in read(a_page(a_register(tmp_path, many(1300)), POINTS_ONLY)).words


def test_browsers_read_the_columns_as_python_does(browser_page: "Page", tmp_path: Path) -> None:
    """What the map draws is what the register says, to the metre."""
    block = a_block(900)
    assert opened(browser_page, a_large_page(block), tmp_path) == []
    seen = browser_page.evaluate(
        """() => {
          const block = netmap.large.columns.get("organisations").block;
          return Array.from(block.names, (name, row) => {
            const card = netmap.columns.card(block, row);
            const at = row < block.placed ? netmap.columns.place(block, row) : null;
            return [name, at && at.lat, at && at.lng, card.what, card.facts, card.links];
          });
        }"""
    )
    assert len(seen) == 900
    for name, latitude, longitude, what, facts, links in seen:
        n = int(name.split()[1])
        assert what == ("Hub" if n % 2 else "Group")
        assert facts == [["Area", f"Area {n % 5}"]]
        assert links == [[f"example.org/{n}", f"https://example.org/{n}"]]
        if n % 3 != 2:
            assert latitude == pytest.approx(block.latitudes[n], abs=1e-5)
            assert longitude == pytest.approx(block.longitudes[n], abs=1e-5)
        else:
            assert latitude is None


def test_a_map_that_jumps_is_drawn_where_it_lands(browser_page: "Page", tmp_path: Path) -> None:
    """Leaflet wipes its canvases after a jump; ours has to be painted still."""
    opened(browser_page, a_large_page(a_block(900)), tmp_path)
    painted = browser_page.evaluate(
        """() => {
          const block = netmap.large.columns.get("organisations").block;
          netmap.map.setView(netmap.columns.place(block, 0), 15, { animate: false });
          const canvas = document.querySelector(".leaflet-nm-points-pane canvas");
          const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return dots.data.some((value) => value > 0);
        }"""
    )
    assert painted


def test_ten_thousand_points_open_and_respond(browser_page: "Page", tmp_path: Path) -> None:
    """Rings come apart when clicked, down to one group whose popup can be read."""
    noise = opened(browser_page, a_large_page(a_block(10_000)), tmp_path)
    press = """() => {
      const items = netmap.large.points.items().sort((a, b) => b.much - a.much);
      const item = items[items.length - 1];
      const at = netmap.map.layerPointToContainerPoint([item.x, item.y]);
      const box = netmap.map.getContainer().getBoundingClientRect();
      return [item.much, at.x + box.left, at.y + box.top, netmap.map.getZoom()];
    }"""
    total = "() => netmap.large.points.items().reduce((sum, item) => sum + item.much, 0)"
    assert browser_page.evaluate(total) == a_block(10_000).placed
    for _ in range(12):
        much, x, y, zoom = browser_page.evaluate(press)
        browser_page.mouse.click(x, y)
        if much == 1:
            break
        until(
            browser_page,
            f"netmap.map.getZoom() > {zoom} || document.querySelector('.nm-card')",
        )
        until(browser_page, "!netmap.map._animatingZoom")
        if browser_page.locator(".nm-card").count():
            break
    browser_page.locator(".nm-card h3").wait_for()
    assert noise == []


# Holds back what follows the first picture, until it is let go.
HELD_BACK = """(() => {
  const read = Response.prototype.json;
  let reads = 0;
  Response.prototype.json = function () {
    reads += 1;
    return reads === 1 ? read.call(this)
      : new Promise((done) => { window.letGo = () => done(read.call(this)); });
  };
})()"""


def test_what_is_asked_of_the_first_picture_is_answered_when_all_is_read(
    browser_page: "Page", tmp_path: Path
) -> None:
    """A click, a box and an opened table wait for the names; moving the map does not."""
    file = tmp_path / "map.html"
    file.write_text(a_large_page(a_block(2000)), encoding="utf-8")
    browser_page.add_init_script(HELD_BACK)
    browser_page.goto(file.as_uri())
    until(browser_page, "window.netmap.ready && window.letGo")
    drawn = "() => netmap.large.points.items().reduce((sum, item) => sum + item.much, 0)"
    everything = browser_page.evaluate(drawn)
    browser_page.evaluate(
        "const b = netmap.large.columns.get('organisations').block;"
        "netmap.map.setView(netmap.columns.place(b, 5), 18, { animate: false })"
    )
    browser_page.evaluate(OPEN_EVERYTHING)
    browser_page.locator(".nm-map").focus()
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("netmap.large.points.items().length") > 0
    assert browser_page.locator(".nm-card, tbody tr").count() == 0
    browser_page.get_by_role("checkbox", name=re.compile("^Hub")).check()
    browser_page.evaluate("window.letGo()")
    browser_page.locator(".nm-card h3").wait_for()
    assert browser_page.locator("tbody tr").count() == 50
    browser_page.evaluate("netmap.map.setZoom(6, { animate: false })")
    assert 0 < browser_page.evaluate(drawn) < everything
    assert browser_page.locator("#nm-status").inner_text() == "1,000 of 2,000 rows match"


def test_a_browser_too_old_for_columns_still_narrows_elements_down(
    browser_page: "Page", tmp_path: Path
) -> None:
    """What it cannot draw it says; what it can draw answers as ever."""
    register = a_register(tmp_path, many(1600))
    few = replace(register, organisations=register.organisations[:10])
    file = tmp_path / "map.html"
    file.write_text(a_page(few, POINTS_ONLY, gaps=(), sessions=()), encoding="utf-8")
    browser_page.add_init_script("delete window.DecompressionStream")
    browser_page.goto(file.as_uri())
    until(browser_page, "window.netmap.complete")
    assert "too old" in browser_page.locator("#nm-status").inner_text()
    browser_page.evaluate(OPEN_EVERYTHING)
    assert browser_page.locator(".nm-marker:visible").count() == 10
    browser_page.get_by_role("checkbox", name=re.compile("^Hub")).check()
    assert browser_page.locator(".nm-marker:visible").count() == 5


def test_the_long_table_is_searched_paged_and_leads_to_the_map(
    browser_page: "Page", tmp_path: Path
) -> None:
    """With the keyboard alone, everything that is drawn can be found and opened."""
    noise = opened(browser_page, a_large_page(a_block(2000)), tmp_path)
    summary = browser_page.locator("summary", has_text="Organisations")
    summary.focus()
    browser_page.keyboard.press("Enter")
    browser_page.locator("tbody tr").first.wait_for()
    assert browser_page.locator("tbody tr").count() == 50
    browser_page.get_by_role("button", name="Next").press("Enter")
    assert browser_page.locator(".nm-where").inner_text() == "51 to 100 of 2,000"
    browser_page.get_by_role("searchbox", name="Search organisations").fill("group 1234")
    assert browser_page.locator(".nm-where").inner_text() == "1 to 1 of 1"
    browser_page.get_by_role("button", name="Group 1234").press("Enter")
    browser_page.get_by_role("dialog", name="Group 1234").wait_for()
    browser_page.keyboard.press("Escape")
    browser_page.get_by_role("dialog").wait_for(state="detached")
    assert browser_page.evaluate("document.activeElement.textContent") == "Group 1234"
    assert noise == []


def test_enter_on_the_map_opens_what_is_nearest(browser_page: "Page", tmp_path: Path) -> None:
    """A canvas has nothing to tab to, so the map itself answers."""
    noise = opened(browser_page, a_large_page(a_block(900)), tmp_path)
    browser_page.evaluate("netmap.map.setView([53.03, -1.3], 18, { animate: false })")
    browser_page.evaluate(
        "const b = netmap.large.columns.get('organisations').block;"
        "netmap.map.setView(netmap.columns.place(b, 5), 18, { animate: false })"
    )
    browser_page.locator(".nm-map").focus()
    browser_page.keyboard.press("Enter")
    browser_page.get_by_role("dialog").wait_for()
    assert noise == []


def test_a_small_map_and_its_tables_are_narrowed_down(browser_page: "Page", tmp_path: Path) -> None:
    """Markers, rows and counts follow what is ticked, and one button brings all back."""
    noise = opened(browser_page, a_page(a_register(tmp_path, many(12)), POINTS_ONLY), tmp_path)
    browser_page.evaluate(OPEN_EVERYTHING)
    markers = browser_page.locator(".nm-marker:visible")
    everything = markers.count()
    box = browser_page.get_by_role("checkbox", name=re.compile("^Hub"))
    assert re.sub(r"\D", "", box.locator("xpath=../..").inner_text()) == "6"
    box.focus()
    browser_page.keyboard.press("Space")
    assert markers.count() == everything - 6
    assert browser_page.locator("tr[data-tags]:visible").count() == 6 + 12
    browser_page.get_by_role("checkbox", name=re.compile("^Tuesday")).check()
    assert markers.count() == everything - 12
    assert browser_page.locator("#nm-status").inner_text() == "12 of 24 rows match"
    # Of the six activities on Tuesdays none is for the community named.
    named = browser_page.get_by_role("checkbox", name=re.compile(f"^{NOT_RECORDED}"))
    assert named.count() >= 1
    browser_page.get_by_role("button", name="Show all").press("Enter")
    assert markers.count() == everything
    assert noise == []


def test_a_large_map_and_its_tables_are_narrowed_down(browser_page: "Page", tmp_path: Path) -> None:
    """Columns answer to the same boxes as elements do."""
    noise = opened(browser_page, a_page(a_register(tmp_path, many(2000)), POINTS_ONLY), tmp_path)
    browser_page.evaluate(OPEN_EVERYTHING)
    drawn = "() => netmap.large.points.items().reduce((sum, item) => sum + item.much, 0)"
    assert browser_page.evaluate(drawn) == 4000
    browser_page.get_by_role("checkbox", name=re.compile("^Friday")).check()
    assert browser_page.evaluate(drawn) == 3000
    assert browser_page.locator("#nm-status").inner_text() == "3,000 of 4,000 rows match"
    summary = browser_page.locator("details[data-rows=activities] > summary")
    assert "1,000 of 2,000" in summary.inner_text()
    assert (
        "of 1,000" in browser_page.locator("details[data-rows=activities] .nm-where").inner_text()
    )
    assert noise == []


def test_nothing_hostile_runs_in_a_large_map(browser_page: "Page", tmp_path: Path) -> None:
    """Every field of every row is hostile; it is shown on canvas, in popups and tables, as text."""
    register = hostile(a_register(tmp_path, many(1600)))
    page = a_page(replace(register), POINTS_ONLY, gaps=(), sessions=())
    assert set(columns_of(page)["organisations"]["block"]["names"]) == {" ".join(NASTY.split())}
    noise = opened(browser_page, page, tmp_path)
    browser_page.evaluate(OPEN_EVERYTHING)
    assert browser_page.locator("tbody th").count() == 100
    for number in (0, 60):
        browser_page.locator("button.nm-open").nth(number).evaluate("(button) => button.click()")
        browser_page.wait_for_selector(".nm-card")
    browser_page.evaluate(
        "netmap.large.points.items().forEach((item) => netmap.large.points.said(item))"
    )
    x, y = browser_page.evaluate(
        """() => { const item = netmap.large.points.items()[0];
          const box = netmap.map.getContainer().getBoundingClientRect();
          const at = netmap.map.layerPointToContainerPoint([item.x, item.y]);
          return [at.x + box.left, at.y + box.top]; }"""
    )
    browser_page.mouse.move(x, y)
    assert browser_page.evaluate("window.ran") == []
    assert not browser_page.locator("a[href^=javascript]").count()
    assert noise == []


def test_without_its_script_a_map_says_so(browser_page: "Page", tmp_path: Path) -> None:
    """A page that was mailed and is opened on a train still has its tables."""
    page = a_large_page(a_block(20))
    start = page.index("<script>", page.index('id="netmap-data"'))
    broken = page[:start] + page[page.index("</script>", start) + len("</script>") :]
    file = tmp_path / "broken.html"
    file.write_text(broken, encoding="utf-8")
    browser_page.goto(file.as_uri())
    assert browser_page.locator(".nm-head .nm-no-script, .nm-no-script").first.is_visible()
    assert not browser_page.locator(".nm-map").is_visible()
