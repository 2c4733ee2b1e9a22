"""The built site opened in a browser, from disk, as a phone and a desk show it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.privacy import Audience

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the worked examples once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build_site(open_for(ROOT, date(2026, 11, 22), Audience.PUBLIC), folder, record=False)
    return folder


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_opens_quietly_and_fits(site: Path, browser_page: "Page", width: int) -> None:
    """No error, no request to anybody else, nothing to scroll sideways for."""
    noise: list[str] = []
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.on("pageerror", lambda error: noise.append(str(error)))
    browser_page.on("console", lambda message: noise.append(message.text))
    browser_page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:")) else noise.append(r.url)
    )
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        browser_page.goto(page.as_uri())
        assert browser_page.locator("h1").count() == 1, page
        wide = browser_page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.relative_to(site)} is {wide} px wide"
    assert not noise
    assert len(pages) == 62


def test_a_gap_leads_to_its_place_and_back_to_the_map(site: Path, browser_page: "Page") -> None:
    """What a strategist does first: from the gap to the place it is about."""
    browser_page.goto((site / "gaps/west-yorkshire-harrogate.html").as_uri())
    browser_page.get_by_role("link", name="Calderdale", exact=True).first.click()
    assert browser_page.locator("h1").inner_text() == "Calderdale"
    browser_page.get_by_role("link", name="Map", exact=True).click()
    assert "West Yorkshire and Harrogate" in browser_page.locator("h1").inner_text()


def test_the_filter_of_the_gaps_page_leaves_what_was_asked_for(
    site: Path, browser_page: "Page"
) -> None:
    """Fourteen gaps are many on a phone."""
    browser_page.goto((site / "gaps/west-yorkshire-harrogate.html").as_uri())
    browser_page.get_by_label("Search").fill("Kirklees")
    browser_page.wait_for_function("document.body.innerText.includes(' of 14 shown')")
    # Folded evidence is searched too.
    shown = browser_page.locator("article:visible").all_text_contents()
    assert 0 < len(shown) < 14
    assert all("Kirklees" in text for text in shown)


def test_without_javascript_every_gap_is_there_and_feeds_can_be_had(
    site: Path, browser_page: "Page"
) -> None:
    """Some phones are old, and some people are careful."""
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((site / "gaps/west-yorkshire-harrogate.html").as_uri())
    assert plain.locator("article:visible").count() == 14
    plain.goto((site / "events/index.html").as_uri())
    assert plain.locator("a[href$='.ics']").count() > 9
