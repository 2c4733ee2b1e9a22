"""The catalogue is whole: a site in the pseudo-locale says nothing in plain English."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import icalendar
import pytest
from wordless import english_on, latin, wordless

from netmap import language
from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.language.pseudo import PseudoTexts
from netmap.privacy import Audience

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 22)
READ = ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME", "X-WR-CALDESC")


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave English in force."""
    yield
    language.use(language.ENGLISH)


@pytest.fixture(scope="module")
def asked() -> set[str]:
    """Gather every English text that the build asks for."""
    return set()


@pytest.fixture(scope="module", params=["public", "staff"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, asked: set[str]
) -> Iterator[Path]:
    """Build the worked examples, their words in Greek letters and netmap's in the pseudo-locale."""
    folder = tmp_path_factory.mktemp("wordless")
    work = wordless(ROOT, folder / "work", "en-XA")
    listening = pytest.MonkeyPatch()
    for name, texts in (("one", 1), ("counted", 2), ("within", 2)):
        listening.setattr(PseudoTexts, name, _listen(name, texts, asked))
    build_site(
        open_for(work, AS_OF, Audience(request.param)), folder / "site", record=False, offline=True
    )
    yield folder / "site"
    listening.undo()


def _listen(name: str, texts: int, asked: set[str]) -> object:
    said = getattr(PseudoTexts, name)

    def listened(self: PseudoTexts, *arguments: object) -> str:
        first = 1 if name == "within" else 0
        asked.update(str(text) for text in arguments[first:texts])
        return str(said(self, *arguments))

    return listened


def test_no_page_says_anything_in_plain_english(site: Path, asked: set[str]) -> None:
    """Texts, and what is read out of attributes; and the catalogue has all that was asked for."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 70
    found = {
        f"{page.name}: {said}" for page in pages for said in english_on(page.read_text("utf-8"))
    }
    assert found == set()
    assert len(asked) > 800
    assert asked - language.english_texts().keys() == set()


def test_no_feed_says_anything_in_plain_english(site: Path) -> None:
    """Events, and what calendars are called; and the news of them."""
    feeds = sorted(site.rglob("*.ics"))
    assert len(feeds) > 30
    found = set()
    for feed in feeds:
        for part in icalendar.Calendar.from_ical(feed.read_bytes()).walk():
            said = (str(part[name]) for name in READ if name in part and name != "CATEGORIES")
            found |= {text for text in said if latin(text)}
    assert found == set()
    news = (site / "feeds/changes.xml").read_text(encoding="utf-8")
    told = re.findall(r"<(?:title|description)>(.*?)</(?:title|description)>", news, re.DOTALL)
    assert {
        text for text in told if latin(re.sub(r"<[^>]*>", " ", html.unescape(html.unescape(text))))
    } == set()


def test_no_script_writes_anything_in_plain_english(site: Path, browser_page: "Page") -> None:
    """What is only there once somebody looks: popups, lists, filters, the search."""
    for page in (
        "maps/side-by-side.html",
        "maps/west-yorkshire-harrogate.html",
        "events/index.html",
    ):
        browser_page.goto((site / page).as_uri())
        markers = browser_page.locator(".leaflet-marker-icon[role='button']")
        for number in range(min(markers.count(), 8)):
            markers.nth(number).evaluate("(marker) => marker.click()")
            assert list(english_on(browser_page.content())) == [], page
    browser_page.goto((site / "gaps/west-yorkshire-harrogate.html").as_uri())
    browser_page.locator("select").first.select_option(index=1)
    box = browser_page.locator("#site-search")
    for words, options in (("λεεδσ", True), ("ωωωω", False)):
        box.fill("")
        box.focus()
        browser_page.keyboard.type(words)
        if options:
            browser_page.get_by_role("option").first.wait_for()
        else:
            browser_page.locator(".find.nothing").wait_for()
        assert list(english_on(browser_page.content())) == []
    assert browser_page.locator("html").get_attribute("lang") == "en-XA"


def test_names_in_other_letters_say_their_language(site: Path, browser_page: "Page") -> None:
    """On pages, in popups and in the search alike."""
    browser_page.goto((site / "organisations/side-by-side.html").as_uri())
    assert browser_page.locator("bdi[lang='und-Grek']").count() > 10
    browser_page.goto((site / "maps/side-by-side.html").as_uri())
    browser_page.locator(".leaflet-marker-icon[role='button']").first.evaluate(
        "(one) => one.click()"
    )
    popup = browser_page.get_by_role("dialog").first
    assert popup.locator("h3 bdi[lang='und-Grek']").count() > 0
    box = browser_page.locator("#site-search")
    assert box.count() == 0
    browser_page.goto((site / "index.html").as_uri())
    browser_page.locator("#site-search").focus()
    browser_page.keyboard.type("λεεδσ")
    browser_page.get_by_role("option").first.wait_for()
    assert browser_page.locator("[role='option'] bdi[lang='und-Grek']").count() > 0
