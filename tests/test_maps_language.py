"""A map in other words: all of it is said, also what its script writes, and the order stays."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from test_maps_months import events
from test_maps_page import a_page, a_register, data_of, until
from test_maps_points import POINTS_ONLY, many

from netmap import language
from netmap.language.pseudo import PSEUDO_LANGUAGE, PseudoTexts
from netmap.maps.cards import Block, Layer
from netmap.maps.facets import facets_of, numbers

if TYPE_CHECKING:
    from playwright.sync_api import Page

GERMAN = replace(language.ENGLISH, language="de", thousands=".", decimals=",")
ARABIC = replace(language.ENGLISH, language="ar", right_to_left=True)
PSEUDO = PseudoTexts(PSEUDO_LANGUAGE)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use(language.ENGLISH)


def days(*names: str) -> Layer:
    """Make a layer of activities on these days."""
    tags = {"day": [(name,) for name in names]}
    block = Block(names, np.ones(len(names)), np.ones(len(names)), tags=tags)
    return Layer("activities", "Activities", block=block)


def test_days_and_months_keep_their_order_in_other_words() -> None:
    """Dienstag comes before Mittwoch, and Dezember before the next März; codes find them."""
    language.use(GERMAN)
    (facet,) = facets_of([days("Wednesday", "not recorded", "Tuesday")])
    assert facet.terms == ("Dienstag", "Mittwoch", "not recorded")
    assert numbers(facet, ("Wednesday",)) == (1,)
    (facet,) = facets_of([events("2027-03-31T18:30:00", "2026-12-24T10:00:00")])
    assert facet.terms == ("Dezember 2026", "März 2027")


def test_a_page_says_its_direction(tmp_path: Path) -> None:
    """Who reads from the right has the page so."""
    language.use(ARABIC)
    assert '<html lang="ar" dir="rtl">' in a_page(a_register(tmp_path))


def test_only_large_maps_carry_their_words(tmp_path: Path) -> None:
    """A small map's script never writes them."""
    small = data_of(a_page(a_register(tmp_path / "a")))
    large = data_of(a_page(a_register(tmp_path / "b", many(401)), POINTS_ONLY))
    assert small["words"].items() < large["words"].items()


def open_large(browser_page: "Page", folder: Path) -> None:
    """Open a map whose rows are written by scripts, and wait for all it says."""
    page = folder / "map.html"
    page.write_text(a_page(a_register(folder, many(1600)), POINTS_ONLY), encoding="utf-8")
    browser_page.goto(page.as_uri())
    until(browser_page, "window.netmap.complete")


def test_scripts_write_only_what_they_were_given(browser_page: "Page", tmp_path: Path) -> None:
    """No English letter is left in what a script adds, controls of Leaflet's included."""
    language.use(PSEUDO)
    open_large(browser_page, tmp_path)
    browser_page.locator('input[name="term"]').first.evaluate("(box) => box.click()")
    browser_page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    browser_page.locator(".nm-where").first.wait_for()
    browser_page.locator(".nm-made .nm-open").first.click()
    browser_page.locator(".leaflet-popup").wait_for()
    said = browser_page.evaluate(
        "[...document.querySelectorAll('.leaflet-control-scale-line, #nm-status, #nm-in-view,"
        " .nm-where, .nm-tools label, .nm-tools button, .nm-chosen, .nm-made thead th')]"
        ".map((node) => node.textContent).concat("
        "[...document.querySelectorAll('.nm-map [title], .nm-map [aria-label], .nm-map')]"
        ".map((node) => node.title + node.getAttribute('aria-label')))"
    )
    assert len(said) > 15
    assert [text for text in said if re.search("[A-Za-z]", text)] == []


def test_numbers_are_written_as_the_language_has_them(browser_page: "Page", tmp_path: Path) -> None:
    """By Python and by scripts alike."""
    language.use(GERMAN)
    open_large(browser_page, tmp_path)
    counts = browser_page.locator("details[data-rows] summary .nm-count").all_inner_texts()
    assert counts == ["1.600", "1.600"]
    assert browser_page.evaluate("netmap.number(1234567.5)") == "1.234.567,5"


def test_a_page_from_the_right_is_no_wider_than_the_window(
    browser_page: "Page", tmp_path: Path
) -> None:
    """What is hidden beyond the edge lies beyond the one where nothing can be scrolled to."""
    language.use(ARABIC)
    page = tmp_path / "map.html"
    page.write_text(a_page(a_register(tmp_path)), encoding="utf-8")
    browser_page.goto(page.as_uri())
    until(browser_page, "window.netmap.complete")
    assert browser_page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
