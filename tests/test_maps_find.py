"""Finding on the map: by name, with the keyboard alone, whatever is switched off or narrowed."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_maps_page import NASTY, TABLES, a_page, a_register, data_of, opened, read, until
from test_maps_points import POINTS_ONLY, many

from netmap import maps
from netmap.vocabulary import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def typed(page: "Page", text: str) -> list[str]:
    """Type into the box and give what is listed, kind and name and what it is."""
    page.focus("#nm-find")
    page.fill("#nm-find", text)
    until(page, "document.querySelector('.nm-find [role=status]').textContent")
    return [" ".join(one.split()) for one in page.locator("#nm-find-list > *").all_inner_texts()]


def popup(page: "Page") -> str:
    """Give the title of the popup that has the focus."""
    until(page, "document.activeElement.closest('.nm-card')")
    return page.evaluate("document.activeElement.textContent")  # type: ignore[no-any-return]


def test_the_box_is_labelled_and_first_after_the_skip_link(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Who cannot see the map comes to its search before its hundred markers."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    box = browser_page.get_by_role("combobox", name="Find on the map")
    assert box.get_attribute("aria-expanded") == "false"
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.id") == "nm-find"


def test_what_begins_so_comes_first_and_accents_and_capitals_do_not_count(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Nobody remembers how a name is spelt; the whole name is likelier meant than a part."""
    rows = "one,The Éclair,hub,north,,,\ntwo,Ecology now,hub,north,,,\nthree,Decked,hub,north,,,\n"
    tables = {**TABLES, "organisations": TABLES["organisations"] + rows}
    noise = opened(browser_page, a_page(a_register(tmp_path, tables)), tmp_path)
    assert typed(browser_page, "EC")[:3] == [
        "Organisation Ecology now Hub",
        "Organisation The Éclair Hub",
        "Organisation Decked Hub",
    ]
    assert browser_page.get_attribute("#nm-find", "aria-expanded") == "true"
    assert noise == []


def test_of_all_sorts_there_is_something_to_find(browser_page: "Page", tmp_path: Path) -> None:
    """Areas once, though three layers name them; gaps by what was found, and by their area."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    kinds = [one["kind"] for one in data_of(a_page(a_register(tmp_path / "again")))["find"]]
    assert kinds == ["Area", "Organisation", "Activity", "Event", "Gap"]
    assert typed(browser_page, "north") == ["Area North", "Gap None was found. North"]
    assert typed(browser_page, "second") == ["Event Second Wed 3 February 2027, 10:00"]
    assert typed(browser_page, "no such thing") == []
    assert browser_page.inner_text(".nm-find [role=status]") == "Nothing found."


def test_enter_goes_to_the_best_and_switches_its_layer_on(
    browser_page: "Page", tmp_path: Path
) -> None:
    """Events are off at first; who looks for one wants to see it."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    typed(browser_page, "second")
    assert not browser_page.is_checked('input[value="events"]')
    browser_page.keyboard.press("Enter")
    assert popup(browser_page) == "Hall: 2 events"
    assert browser_page.is_checked('input[value="events"]')
    assert browser_page.inner_text("#nm-status") == "Events shown"
    browser_page.keyboard.press("Escape")
    assert browser_page.evaluate("document.activeElement.id") == "nm-find"


def test_arrows_choose_and_what_is_chosen_is_said(browser_page: "Page", tmp_path: Path) -> None:
    """The pattern of a combobox with a list: the focus stays, the option is named."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    typed(browser_page, "the")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        browser_page.keyboard.press(key)
    chosen = browser_page.get_attribute("#nm-find", "aria-activedescendant")
    assert browser_page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    name = browser_page.inner_text(f"#{chosen} .nm-found-name")
    browser_page.keyboard.press("Enter")
    assert popup(browser_page) == name


def test_what_is_far_from_view_is_brought_into_it(browser_page: "Page", tmp_path: Path) -> None:
    """A click on what was found moves the map there."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    browser_page.evaluate("window.netmap.map.setView([50, 10], 9, {animate: false})")
    typed(browser_page, "mill lane")
    browser_page.click("#nm-find-list > *")
    assert popup(browser_page) == "Mill Lane"
    assert browser_page.evaluate("window.netmap.map.getBounds().contains([53.52, -1.48])")


def test_filters_that_hide_it_are_cleared_and_no_others(
    browser_page: "Page", tmp_path: Path
) -> None:
    """The page says that it did so, as nothing else would show why more is there."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    browser_page.evaluate(
        """() => {
          for (const word of ["Grassroots group", "open to anyone"]) {
            const label = [...document.querySelectorAll(".nm-facet label")]
              .find((one) => one.textContent.includes(word));
            label.querySelector("input").click();
          }
        }"""
    )
    assert browser_page.locator("input[name=term]:checked").count() == 2
    typed(browser_page, "the hub")
    browser_page.keyboard.press("Enter")
    assert popup(browser_page) == "The hub"
    assert browser_page.inner_text("#nm-status") == "Filters that hid The hub were cleared."
    assert browser_page.locator("input[name=term]:checked").count() == 1


def test_what_has_no_place_is_shown_in_its_table(browser_page: "Page", tmp_path: Path) -> None:
    """A helpline is nowhere on the map; its row is opened and has the focus."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    assert typed(browser_page, "helpline") == ["Activity A helpline"]
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.textContent.trim()") == "A helpline"
    assert browser_page.evaluate("document.activeElement.closest('details').open")
    assert browser_page.evaluate("document.activeElement.closest('tr.nm-marked') !== null")


@pytest.mark.parametrize("count", [600, 2000])
def test_names_in_columns_are_found_with_rows_of_the_page_and_without(
    browser_page: "Page", tmp_path: Path, count: int
) -> None:
    """Twelve are listed, the number of all is said, and one is gone to, near enough to see."""
    tables = many(count)
    tables["organisations"] += "\nodd,Nowhere at all,hub,,"
    noise = opened(browser_page, a_page(a_register(tmp_path, tables), POINTS_ONLY), tmp_path)
    assert len(typed(browser_page, "group")) == 12
    said = browser_page.inner_text(".nm-find [role=status]")
    assert said == f"{count:,} found, the first 12 are listed."
    browser_page.evaluate("document.querySelector('input[value=organisations]').click()")
    assert typed(browser_page, "group 5")[0] == "Organisation Group 5 Hub"
    typed(browser_page, "group 377")
    browser_page.keyboard.press("Enter")
    assert popup(browser_page) == "Group 377"
    assert browser_page.is_checked('input[value="organisations"]')
    assert browser_page.evaluate("window.netmap.map.getZoom()") >= 13
    typed(browser_page, "nowhere")
    browser_page.keyboard.press("Enter")
    until(browser_page, "document.querySelector('.nm-marked')")
    assert browser_page.evaluate("document.activeElement.textContent") == "Nowhere at all"
    assert noise == []


def test_without_scripts_there_is_no_box(chromium: "Browser", tmp_path: Path) -> None:
    """A box that does nothing is worse than none."""
    file = tmp_path / "map.html"
    file.write_text(a_page(a_register(tmp_path)), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(file.as_uri())
    assert not page.is_visible("#nm-find")
    context.close()


def test_names_that_look_like_markup_are_found_as_words(
    browser_page: "Page", tmp_path: Path
) -> None:
    """What a register says is text in the list and in the status line too."""
    quoted = NASTY.replace('"', '""')
    rows = f'bad,"Bad {quoted}",hub,north,,,\n'
    tables = {**TABLES, "organisations": TABLES["organisations"] + rows}
    noise = opened(browser_page, a_page(a_register(tmp_path, tables)), tmp_path)
    (found,) = typed(browser_page, "bad")
    assert "alert(1)" in found
    browser_page.keyboard.press("Enter")
    assert popup(browser_page).startswith("Bad ")
    assert browser_page.evaluate("window.ran") == []
    assert noise == []


@pytest.mark.parametrize(("width", "way"), [(390, "ltr"), (1280, "ltr"), (390, "rtl")])
def test_the_list_stays_on_the_page(
    browser_page: "Page", tmp_path: Path, width: int, way: str
) -> None:
    """On a phone and in languages written from the right nothing is cut off or pushed out."""
    browser_page.set_viewport_size({"width": width, "height": 800})
    html = re.sub(r'(<html lang="[^"]*")', rf'\1 dir="{way}"', a_page(a_register(tmp_path)))
    opened(browser_page, html, tmp_path)
    typed(browser_page, "the")
    assert (
        browser_page.evaluate("getComputedStyle(document.querySelector('.nm-find')).direction")
        == way
    )
    box: Any = browser_page.locator("#nm-find-list").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_of_its_own_leads_nowhere_else(tmp_path: Path) -> None:
    """Only a map that belongs to a site has a site to go back to."""
    register = a_register(tmp_path)
    assert "nm-site" not in a_page(register).split("<body>")[1]
    made = maps.draw(
        POINTS_ONLY,
        register,
        load(),
        (),
        (),
        {},
        assets=maps.Assets.INLINE,
        publisher="",
        as_of=date(2026, 11, 22),
        site=(("Overview & more", "../index.html"),),
    ).decode()
    assert '<nav class="nm-site" aria-label="Site"><a href="../index.html">' in made
    assert "Overview & more" in read(made).words
