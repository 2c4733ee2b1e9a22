"""The built site opened in a browser, from disk, as a phone and a desk show it."""

import csv
import json
import re
import shutil
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
ATTACK = (
    "</script><!--<script>alert(1)</script>\"'><img src=x onerror=alert(2)><svg onload=alert(3)>"
)


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


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with an address, in which every word of every session is an attack."""
    work = tmp_path_factory.mktemp("hostile")
    for name in ("networks", "events", "maps"):
        shutil.copytree(ROOT / name, work / name)
    settings = (ROOT / "netmap.toml").read_text(encoding="utf-8")
    (work / "netmap.toml").write_text(
        f'base_url = "https://example.org/network/"\n{settings}', encoding="utf-8"
    )
    file = work / "events/capacity-building.csv"
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    link = "https://example.org/</script><script>alert(1)</script>"
    said = dict.fromkeys(("theme", "title", "description", "venue", "hosts"), ATTACK)
    rows = [{**row, **said, "online_url": link} for row in rows]
    rows[0]["status"] = "cancelled"
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    build_site(open_for(work, date(2026, 11, 22), Audience.PUBLIC), work / "site", record=False)
    return work / "site"


@pytest.mark.parametrize("width", [390, 1280])
def test_attacks_in_sessions_are_words_on_every_page(
    hostile: Path, browser_page: "Page", width: int
) -> None:
    """Nothing runs, nothing is refused by the policy, and the linked data is read as data."""
    noise: list[str] = []
    browser_page.set_viewport_size({"width": width, "height": 844})
    browser_page.on("console", lambda message: noise.append(message.text))
    browser_page.on("pageerror", lambda error: noise.append(str(error)))
    pages = [
        "events/index.html",
        "events/months.html",
        "events/subscribe.html",
        "events/posters/hub/leeds-mind.html",
        "index.html",
    ]
    for page in pages:
        browser_page.goto((hostile / page).as_uri())
        assert browser_page.evaluate("window.ran") == [], page
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, page
    browser_page.goto((hostile / pages[0]).as_uri())
    block = browser_page.locator("script[type='application/ld+json']").text_content()
    assert block is not None
    events = json.loads(block)["@graph"]
    assert len(events) == 63
    assert ATTACK in events[0]["name"]
    assert not noise


def test_without_javascript_there_are_months_links_and_a_list_on_a_phone(
    hostile: Path, browser_page: "Page"
) -> None:
    """At a desk a month is a table; on a phone it is the list of its days."""
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((hostile / "events/months.html").as_uri())
    assert plain.locator("table.wall caption").first.inner_text() == "January 2027"
    assert plain.locator("th:visible").count() >= 7
    assert plain.locator("td.free:visible").count() > 20
    plain.set_viewport_size({"width": 390, "height": 844})
    assert plain.locator("th:visible").count() == 0
    assert plain.locator("td.free:visible").count() == 0
    assert plain.get_by_text("Tuesday 26 January").first.is_visible()
    plain.goto((hostile / "events/subscribe.html").as_uri())
    assert plain.locator("a[href^='webcal:']:visible").count() == 41
    assert plain.locator("a[href^='https://calendar.google.com/']:visible").count() == 41


def test_a_poster_prints_on_one_sheet(hostile: Path, browser_page: "Page") -> None:
    """A second sheet with one line is what nobody hangs up."""
    browser_page.goto((hostile / "events/posters/hub/leeds-mind.html").as_uri())
    printed = browser_page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
