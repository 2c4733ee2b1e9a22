"""Pages read from right to left, in the pseudo-locale, and with names in many letters."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netmap import language
from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.privacy import Audience

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 22)
URDU = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "What is missing"
msgstr "کیا کمی ہے"

msgid "Gaps"
msgstr "خلا"
"""
NAMES = ("گروه همیاری مردان", "Клуб взаимопомощи «Надежда»", "ગુજરાતી મહિલા જૂથ")
LEEDS = "places/side-by-side/leeds.html"
KINDS = (
    *("index.html", "about.html", "networks/side-by-side.html", "gaps/side-by-side.html"),
    *("organisations/side-by-side.html", LEEDS, "briefings/side-by-side/leeds.html"),
    *("events/index.html", "events/months.html", "events/subscribe.html"),
    "events/posters/hub/leeds-mind.html",
)
# What is wider than its box and not to be moved there, or stands outside the window.
CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  if (style.display === "none" || !one.textContent.trim()) return false;
  if (one.closest(".unseen, .skip, .said, .scroll, svg, .in-full, [hidden]")) return false;
  const box = one.getBoundingClientRect();
  const hidden = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
  return hidden || box.right > innerWidth + 1 || box.left < -1;
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave English in force."""
    yield
    language.use(language.ENGLISH)


def built(folder: Path, tag: str) -> Path:
    """Build the worked examples in a language, some names in other letters."""
    for name in ("networks", "events", "maps"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "netmap.toml").read_text(encoding="utf-8")
    (folder / "netmap.toml").write_text(
        f'language = "{tag}"\nbase_url = "https://example.org/network/"\n{settings}',
        encoding="utf-8",
    )
    (folder / "texts").mkdir()
    (folder / "texts" / "ur.po").write_text(URDU, encoding="utf-8")
    file = folder / "networks" / "side-by-side" / "organisations.csv"
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    for number, row in enumerate(rows):
        if number % 2:
            row["name"] = f"{NAMES[number % 3]} {number}"
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    build_site(open_for(folder, AS_OF, Audience.PUBLIC), folder / "site", record=False)
    return folder / "site"


@pytest.mark.parametrize("tag", ["ur", "en-XA", "en-GB"])
def test_nothing_is_cut_in_any_direction_or_letters(
    tmp_path: Path, browser_page: "Page", tag: str
) -> None:
    """On a phone and a desk: no sideways scroll, no word outside its box."""
    site = built(tmp_path, tag)
    for kind in KINDS:
        for width in (390, 1280):
            browser_page.set_viewport_size({"width": width, "height": 844})
            browser_page.goto((site / kind).as_uri())
            wide = browser_page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{kind} is {wide} px wide"
            assert browser_page.evaluate(CUT) == [], f"{kind} at {width} px"


def test_a_page_read_from_right_to_left_is_mirrored_and_its_map_is_not(
    tmp_path: Path, browser_page: "Page"
) -> None:
    """Headings, menus and bars begin at the right; west stays on the left."""
    site = built(tmp_path, "ur")
    browser_page.goto((site / LEEDS).as_uri())
    brand = browser_page.locator(".brand").bounding_box()
    menu = browser_page.locator(".masthead nav").bounding_box()
    assert brand is not None
    assert menu is not None
    assert brand["x"] > menu["x"]
    mirrored = "(one) => getComputedStyle(one).transform.startsWith('matrix(-1')"
    assert browser_page.locator(".strip svg").first.evaluate(mirrored)
    browser_page.goto((site / "index.html").as_uri())
    drawn = browser_page.locator("svg.overview").first
    assert not drawn.evaluate(mirrored)
    assert drawn.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
