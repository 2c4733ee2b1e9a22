"""The built site opened in a browser, from disk, as a phone and a desk show it."""

import csv
import json
import re
import shutil
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netmap.build.whole_site import build_site
from netmap.build.workplace import open_for
from netmap.privacy import Audience

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
AS_OF = date(2026, 11, 22)
ATTACK = (
    "</script><!--<script>alert(1)</script>\"'><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "${alert(4)}`${alert(5)}`{{ 7 * 191 }}{% raw %}"
    "\" autofocus onfocus=alert(6) x='javascript:alert(7)"
)
SCRIPT_LINK = "javascript:alert(8)//example.org"
GAPS = "gaps/west-yorkshire-harrogate.html"
CALDERDALE = "places/west-yorkshire-harrogate/calderdale.html"
# One page of each kind.
KINDS = (
    "index.html",
    "about.html",
    "networks/west-yorkshire-harrogate.html",
    GAPS,
    "organisations/side-by-side.html",
    CALDERDALE,
    "events/index.html",
    "events/months.html",
    "events/subscribe.html",
    "maps/west-yorkshire-harrogate.html",
    "maps/side-by-side.html",
    "briefings/west-yorkshire-harrogate/calderdale.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the worked examples once."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build_site(open_for(ROOT, AS_OF, Audience.PUBLIC), folder, record=False)
    return folder


def listening(page: "Page") -> list[str]:
    """Note every error, every word on the console, and every request to anybody else."""
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text))
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:")) else noise.append(r.url)
    )
    return noise


def test_every_page_opens_quietly_and_fits(site: Path, browser_page: "Page") -> None:
    """No error, no request to anybody else, nothing to scroll sideways for, a policy that holds."""
    noise = listening(browser_page)
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        browser_page.goto(page.as_uri())
        assert browser_page.locator("h1").count() == 1, page
        policy = browser_page.locator("meta[http-equiv='Content-Security-Policy']")
        assert "default-src 'none'" in str(policy.get_attribute("content", timeout=1000))
        for width in (390, 1280):
            browser_page.set_viewport_size({"width": width, "height": 844})
            browser_page.emulate_media(color_scheme="dark" if width == 390 else "light")
            wide = browser_page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.relative_to(site)} is {wide} px wide"
        assert browser_page.evaluate("window.kept") == [], page
    assert not noise
    assert len(pages) == 79


LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def violations(page: "Page", file: Path, width: int, scheme: str) -> list[str]:
    """Look at one page with axe: WCAG 2.2 AA, as far as a machine can tell."""
    pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
    )
    page.goto(file.as_uri())
    page.evaluate(axe)
    told = page.evaluate(
        "() => axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],"
        " resultTypes: ['violations'] })"
    )
    return [
        f"{file.name}: {one['id']}: {node['html'][:200]}"
        for one in told["violations"]
        for node in one["nodes"]
        # Marks stand where the places are, close together or not; the tables list them all.
        if not (one["id"] == "target-size" and "leaflet-marker-icon" in node["html"])
    ]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_any_kind_of_page(
    site: Path, browser_page: "Page", width: int, scheme: str
) -> None:
    """One page of each kind, as a phone and a desk show it, by day and by night."""
    found = [one for kind in KINDS for one in violations(browser_page, site / kind, width, scheme)]
    assert found == []


def test_a_gap_leads_to_its_place_and_back_to_the_map(site: Path, browser_page: "Page") -> None:
    """What a strategist does first: from the gap to the place it is about."""
    browser_page.goto((site / GAPS).as_uri())
    browser_page.get_by_role("link", name="Calderdale", exact=True).first.click()
    assert browser_page.locator("h1").inner_text() == "Calderdale"
    browser_page.get_by_role("link", name="Map", exact=True).click()
    assert "West Yorkshire and Harrogate" in browser_page.locator("h1").inner_text()


def test_the_filter_of_the_gaps_page_leaves_what_was_asked_for(
    site: Path, browser_page: "Page"
) -> None:
    """Fourteen gaps are many on a phone."""
    browser_page.goto((site / GAPS).as_uri())
    browser_page.get_by_label("Search").fill("Kirklees")
    browser_page.wait_for_function("document.body.innerText.includes(' of 14 shown')")
    # Folded evidence is searched too.
    shown = browser_page.locator("article:visible").all_text_contents()
    assert 0 < len(shown) < 14
    assert all("Kirklees" in text for text in shown)


def test_gaps_are_filtered_by_community(site: Path, browser_page: "Page") -> None:
    """Whoever speaks for one community looks for its gaps, and follows one to its place."""
    browser_page.goto((site / GAPS).as_uri())
    chosen = "Black and minority ethnic"
    browser_page.get_by_label("Community", exact=True).select_option(label=chosen)
    shown = browser_page.locator("article:visible")
    assert 0 < shown.count() < 14
    assert all(chosen in text for text in shown.all_text_contents())
    shown.get_by_role("link", name="Calderdale", exact=True).first.click()
    assert browser_page.locator("h1").inner_text() == "Calderdale"


def test_a_marker_of_the_map_is_read_with_mouse_and_keyboard(
    site: Path, browser_page: "Page"
) -> None:
    """Tab to a marker, Enter opens, Escape closes and gives the focus back."""
    noise = listening(browser_page)
    browser_page.goto((site / "maps/side-by-side.html").as_uri())
    for _ in range(80):
        browser_page.keyboard.press("Tab")
        if browser_page.evaluate("document.activeElement.matches('.leaflet-marker-icon')"):
            break
    marker = browser_page.locator(":focus")
    name = marker.get_attribute("aria-label") or ""
    assert ":" in name
    browser_page.keyboard.press("Enter")
    popup = browser_page.get_by_role("dialog")
    popup.wait_for()
    assert name.split(": ", 1)[1].split(" (")[0].split(",")[0] in popup.inner_text()
    browser_page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert browser_page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    marker.click(force=True)
    popup.wait_for()
    boxes = browser_page.get_by_role("checkbox")
    for number in range(boxes.count()):
        boxes.nth(number).click(force=True)
    assert noise == []


def test_the_search_box_finds_and_leads_there(site: Path, browser_page: "Page") -> None:
    """From any depth, whatever the case and accents, with the keyboard alone."""
    noise = listening(browser_page)
    browser_page.goto((site / CALDERDALE).as_uri())
    box = browser_page.get_by_role("combobox", name="Find a place")
    box.focus()
    browser_page.keyboard.type("KIRKLÉES")
    options = browser_page.get_by_role("option")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "found" in browser_page.locator(".find [role='status']").inner_text()
    assert "Kirklees" in options.first.inner_text()
    browser_page.keyboard.press("ArrowDown")
    chosen = box.get_attribute("aria-activedescendant")
    assert browser_page.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    browser_page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert options.count() == 0 or not options.first.is_visible()
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/kirklees.html")
    assert browser_page.locator("h1").inner_text() == "Kirklees"
    box.fill("no such thing anywhere")
    browser_page.get_by_text("Nothing found.").wait_for()
    assert noise == []


def test_a_place_leads_to_its_briefing_which_the_manifest_lists(
    site: Path, browser_page: "Page"
) -> None:
    """What a commissioner is handed says where it comes from and what it is not."""
    browser_page.goto((site / CALDERDALE).as_uri())
    browser_page.get_by_role("link", name="Briefing on one sheet").click()
    assert browser_page.locator("h1").inner_text() == "Calderdale"
    text = browser_page.locator("main").inner_text()
    assert "A prompt for discussion, never a verdict." in text
    assert "it must not be used for signposting" in text
    assert "Somebody looked: no activity for Black and minority ethnic residents" in text
    listed = json.loads((site / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "briefings/west-yorkshire-harrogate/calderdale.html" in {one["path"] for one in listed}


def test_without_javascript_every_gap_is_there_and_feeds_can_be_had(
    site: Path, browser_page: "Page"
) -> None:
    """Some phones are old, and some people are careful."""
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((site / GAPS).as_uri())
    assert plain.locator("article:visible").count() == 14
    assert plain.get_by_role("combobox", name="Find").count() == 0
    plain.get_by_role("link", name="Find an organisation").click()
    assert plain.locator("h1").inner_text() == "Organisations"
    plain.goto((site / "events/index.html").as_uri())
    assert plain.locator("a[href$='.ics']").count() > 9


# What only scripts can do: searching, narrowing down, and the drawn map.
_FOR_SCRIPTS = "form, [data-site-search], .nm-with-script, .nm-map-box, .nm-count, [role='status']"


def lines(page: "Page") -> set[str]:
    """List the lines of a page that people see, but for what only scripts can do."""
    page.locator(_FOR_SCRIPTS).evaluate_all("(those) => those.forEach((one) => one.remove())")
    return {line.strip() for line in page.locator("body").inner_text().splitlines() if line.strip()}


@pytest.mark.parametrize("kind", KINDS)
def test_without_javascript_every_page_says_what_it_has_to_say(
    site: Path, browser_page: "Page", kind: str
) -> None:
    """Nothing is missing but what only scripts can do; no control is there that does nothing."""
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((site / kind).as_uri())
    dead = "button:visible, select:visible, input:visible:enabled"
    assert plain.locator(dead).count() == 0
    said = plain.locator("body").inner_text()
    browser_page.goto((site / kind).as_uri())
    assert {line for line in lines(browser_page) if line not in said} == set()


WORDS = {
    "organisations.csv": ("aliases", "source", "notes", "identifiers", "email", "phone"),
    "activities.csv": (
        *("description", "how_to_join", "cost", "age_range", "venue", "schedule", "source"),
        *("notes", "email", "phone"),
    ),
    "areas.csv": ("source", "notes"),
    "populations.csv": ("source", "notes"),
    "ties.csv": ("source", "notes"),
    "enquiries.csv": ("by", "how", "words", "source", "notes"),
    "targets.csv": ("source", "notes"),
    "shares.csv": ("source", "notes"),
    "venues.csv": ("source", "notes"),
    "capacity-building.csv": ("theme", "description", "hosts"),
}
NAMES = {
    "organisations.csv": "name",
    "activities.csv": "name",
    "areas.csv": "name",
    "venues.csv": "name",
    "capacity-building.csv": "title",
}


def attacked(file: Path) -> list[str]:
    """Put an attack into every word of a table; names keep what they were, to be told apart."""
    with file.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    name = NAMES.get(file.name)
    for row in rows:
        row.update(dict.fromkeys(WORDS[file.name], ATTACK))
        if name:
            row[name] = f"{row[name]} {ATTACK}"
        if file.name in {"organisations.csv", "activities.csv"}:
            row.update(website=SCRIPT_LINK, contact="public")
        if file.name == "capacity-building.csv":
            row["online_url"] = "https://example.org/</script><script>alert(1)</script>"
    with file.open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return [row[name] for row in rows] if name and file.name != "venues.csv" else []


def worded(file: Path) -> None:
    """Put an attack behind every word of a settings file."""
    text = file.read_text(encoding="utf-8")
    keys = "title|summary|source|licence|disclaimer|publisher|bame"
    text = re.sub(
        rf'^({keys}) = "(.*)"$',
        lambda found: f"{found[1]} = {json.dumps(f'{found[2]} {ATTACK}')}",
        text,
        flags=re.MULTILINE,
    )
    assert tomllib.loads(text)
    file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Build a site with an address, in which every word of every table is an attack."""
    work = tmp_path_factory.mktemp("hostile")
    for name in ("networks", "events", "maps"):
        shutil.copytree(ROOT / name, work / name)
    settings = (ROOT / "netmap.toml").read_text(encoding="utf-8")
    (work / "netmap.toml").write_text(
        f'base_url = "https://example.org/network/"\ncontact_url = "{SCRIPT_LINK}"\n'
        + re.sub(r"^(base_url|contact_url) = .*\n", "", settings, flags=re.MULTILINE),
        encoding="utf-8",
    )
    tables = [file for file in sorted(work.rglob("*.csv")) if file.name in WORDS]
    names = [name for file in tables for name in attacked(file)]
    for file in sorted(work.rglob("*.toml")):
        worded(file)
    build_site(open_for(work, AS_OF, Audience.PUBLIC), work / "site", record=False)
    return work / "site", names


def test_a_register_of_attacks_runs_nothing_and_is_shown_whole(
    hostile: tuple[Path, list[str]], browser_page: "Page"
) -> None:
    """Every field, every page; and nobody's group vanishes because of what it is called."""
    folder, names = hostile
    noise = listening(browser_page)
    told = ""
    for page in sorted(folder.rglob("*.html")):
        if "posters" in page.parts and page.stem != "leeds-mind":
            continue
        browser_page.goto(page.as_uri())
        assert browser_page.evaluate("window.ran") == [], page
        assert browser_page.evaluate("window.kept") == [], page
        assert browser_page.locator("a[href^='javascript:' i]").count() == 0, page
        told += browser_page.evaluate("document.body.textContent").replace("\n", " ")
    assert {name for name in names if name not in told} == set()
    assert not noise


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_axe_finds_nothing_on_pages_full_of_long_words(
    hostile: tuple[Path, list[str]], browser_page: "Page", width: int, scheme: str
) -> None:
    """Posters too, which a site has once it has an address."""
    folder, _ = hostile
    pages = ("events/posters/hub/leeds-mind.html", "events/subscribe.html", CALDERDALE)
    found = [
        one for page in pages for one in violations(browser_page, folder / page, width, scheme)
    ]
    assert found == []


def test_attacks_in_popups_filters_and_search_are_words(
    hostile: tuple[Path, list[str]], browser_page: "Page"
) -> None:
    """What is only put together when somebody asks for it."""
    folder, _ = hostile
    browser_page.goto((folder / "maps/side-by-side.html").as_uri())
    markers = browser_page.locator(".leaflet-marker-icon[role='button']")
    for number in range(min(markers.count(), 5)):
        markers.nth(number).evaluate("(marker) => marker.click()")
        browser_page.get_by_role("dialog").first.wait_for()
        assert "</script>" in browser_page.get_by_role("dialog").first.inner_text()
    browser_page.goto((folder / GAPS).as_uri())
    browser_page.get_by_label("Search").fill("<script>")
    box = browser_page.get_by_role("combobox", name="Find a place")
    box.focus()
    browser_page.keyboard.type("onerror alert")
    browser_page.get_by_role("option").first.wait_for()
    assert "onerror=alert(2)" in browser_page.get_by_role("option").first.inner_text()
    assert browser_page.evaluate("window.ran.concat(window.kept)") == []


@pytest.mark.parametrize("width", [390, 1280])
def test_long_words_fit_and_the_data_for_search_engines_is_whole(
    hostile: tuple[Path, list[str]], browser_page: "Page", width: int
) -> None:
    """An event's title may be long, and its data block holds every event."""
    folder, _ = hostile
    browser_page.set_viewport_size({"width": width, "height": 844})
    pages = [
        "events/index.html",
        "events/months.html",
        "events/subscribe.html",
        "events/posters/hub/leeds-mind.html",
        "index.html",
        GAPS,
        CALDERDALE,
    ]
    for page in pages:
        browser_page.goto((folder / page).as_uri())
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, page
    browser_page.goto((folder / pages[0]).as_uri())
    block = browser_page.locator("script[type='application/ld+json']").text_content()
    assert block is not None
    events = json.loads(block)["@graph"]
    assert len(events) == 63
    assert ATTACK in events[0]["name"]


def test_without_javascript_there_are_months_links_and_a_list_on_a_phone(
    hostile: tuple[Path, list[str]], browser_page: "Page"
) -> None:
    """At a desk a month is a table; on a phone it is the list of its days."""
    folder, _ = hostile
    browser = browser_page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto((folder / "events/months.html").as_uri())
    assert plain.locator("table.wall caption").first.inner_text() == "January 2027"
    assert plain.locator("th:visible").count() >= 7
    assert plain.locator("td.free:visible").count() > 20
    plain.set_viewport_size({"width": 390, "height": 844})
    assert plain.locator("th:visible").count() == 0
    assert plain.locator("td.free:visible").count() == 0
    assert plain.get_by_text("Tuesday 26 January").first.is_visible()
    plain.goto((folder / "events/subscribe.html").as_uri())
    assert plain.locator("a[href^='webcal:']:visible").count() == 41
    assert plain.locator("a[href^='https://calendar.google.com/']:visible").count() == 41


def sheets(page: "Page") -> int:
    """Print a page and count the sheets."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_place_prints_on_two_sides_and_a_briefing_on_one(
    site: Path, browser_page: "Page"
) -> None:
    """A sheet is what people hand round a table."""
    places, briefings = site.glob("places/*/*.html"), site.glob("briefings/*/*.html")
    # The longest of each, and the page of a place with most events and places in it.
    longest = sorted(places, key=lambda page: page.stat().st_size)[-3:]
    for page in (*longest, site / "places/side-by-side/northamptonshire.html"):
        browser_page.goto(page.as_uri())
        assert sheets(browser_page) <= 2, page
    for page in sorted(briefings, key=lambda page: page.stat().st_size)[-4:]:
        browser_page.goto(page.as_uri())
        assert sheets(browser_page) == 1, page


def test_a_poster_prints_on_one_sheet(tmp_path: Path, browser_page: "Page") -> None:
    """A second sheet with one line is what nobody hangs up."""
    for name in ("networks", "events", "maps"):
        shutil.copytree(ROOT / name, tmp_path / name)
    settings = (ROOT / "netmap.toml").read_text(encoding="utf-8")
    (tmp_path / "netmap.toml").write_text(
        f'base_url = "https://example.org/network/"\n{settings}', encoding="utf-8"
    )
    build_site(open_for(tmp_path, AS_OF, Audience.PUBLIC), tmp_path / "site", record=False)
    browser_page.goto((tmp_path / "site/events/posters/hub/leeds-mind.html").as_uri())
    assert sheets(browser_page) == 1
