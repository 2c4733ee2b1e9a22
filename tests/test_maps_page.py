"""What a map page holds, and what it may never hold."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import pytest

from netmap import maps
from netmap.gaps.gap import Gap, Severity
from netmap.networks.models import Record
from netmap.networks.reading import read_register
from netmap.networks.register import Register
from netmap.vocabulary import load

if TYPE_CHECKING:
    from playwright.sync_api import Page

R = TypeVar("R", bound=Record)
AS_OF = date(2026, 11, 22)
PAYLOADS = (
    '<img src=x onerror="alert(1)">',
    "${alert(1)}",
    "`;alert(1);`",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*191 }}",
    "{% raw %}",
    "\" onmouseover=alert(1) x='",
    "\u2028alert(1)//",
    "<!--<script>",
)
NASTY = " ".join(PAYLOADS)
TABLES = {
    "areas": "code,name,parent,latitude,longitude,rural_urban,confidence\n"
    "north,North,,54.0,-1.5,rural_80,\n"
    "south,South,,53.5,-1.5,large_urban,approximate\n"
    "mill,Mill Lane,south,53.52,-1.48,,\n",
    "organisations": "id,name,roles,area,latitude,longitude,confidence\n"
    "hub,The hub,hub,north,,,\n"
    "partner,The partner,strategic_partner,south,,,illustrative\n"
    "third,The third,grassroots_group,north,,,\n"
    "national,The national body,national_lead,,,,\n"
    "lost,The lost one,,,,,\n",
    "activities": "id,name,organisation,approach,communities,area,count,status,confidence\n"
    "group,A group,hub,support_group,,north,,active,\n"
    "circle,A circle,hub,support_group,bame,south,,planned,illustrative\n"
    "many,Many,,,,south,40,active,\n"
    "line,A helpline,hub,telephone,,north,,active,\n"
    "shut,A closed one,hub,support_group,,north,,closed,\n",
    "ties": "source_organisation,target_organisation,kind,confidence\n"
    "hub,partner,affiliated_to,\n"
    "hub,partner,funds,inferred\n"
    "hub,hub,advises,\n"
    "national,hub,manages,\n"
    "national,lost,engages_with,\n".replace("engages_with", "engages"),
    "populations": "area,measure,total,bame\nnorth,people,1000,100\nsouth,people,4000,1000\n",
}
GAPS = (
    Gap(
        "n/a/north/bame",
        "community-without-provision",
        Severity.HIGH,
        "None was found.",
        "Ask.",
        "none_found",
        "north",
        "North",
        "bame",
        people="*",
    ),
    Gap(
        "n/b/south/bame",
        "community-not-asked",
        Severity.INFO,
        "Nobody asked.",
        "",
        "not_asked",
        "south",
        "South",
        "bame",
    ),
    Gap("n/c", "totals-disagree", Severity.HIGH, "The totals disagree."),
)
SESSIONS = (
    maps.MapSession(
        "First",
        "2027-02-02T10:00:00",
        "Hall",
        -1.5,
        54.0,
        "networking",
        "tentative",
        illustrative=True,
    ),
    maps.MapSession("Second", "2027-02-03T10:00:00", "Hall", -1.5, 54.0, "skills"),
    maps.MapSession("Third", "2027-02-04T10:00:00", kind="skills"),
)
SETTINGS = maps.MapSettings(
    title="A map", network="n", layers=maps.LAYERS, shade_by="activities_per_100k"
)


def a_register(folder: Path, tables: dict[str, str] | None = None) -> Register:
    """Read the small network of these tests from files."""
    folder.mkdir(exist_ok=True)
    toml = 'title = "Network"\ndisclaimer = "Not for signposting."\nsource = "A report"\n'
    (folder / "network.toml").write_text(toml, encoding="utf-8")
    for name, text in (tables or TABLES).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    register, findings = read_register(folder, "networks/n", load(), AS_OF)
    assert [str(f) for f in findings if f.level == "error"] == []
    return register


def a_page(
    register: Register,
    settings: maps.MapSettings = SETTINGS,
    assets: maps.Assets = maps.Assets.INLINE,
    gaps: tuple[Gap, ...] = GAPS,
    sessions: tuple[maps.MapSession, ...] = SESSIONS,
) -> str:
    """Draw a page of the register."""
    reach = {"north": 4.2, "south": None}
    return maps.draw(
        settings,
        register,
        load(),
        gaps,
        sessions,
        reach,
        assets=assets,
        publisher="The publisher",
        as_of=AS_OF,
    ).decode("utf-8")


class Reader(HTMLParser):
    """Reads a page as a browser would: its tags with their attributes, and its words."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += data


def read(page: str) -> Reader:
    """Read a page."""
    reader = Reader()
    reader.feed(page)
    return reader


def data_of(page: str) -> dict[str, Any]:
    """Read a page's data block."""
    found = re.search(
        r'<script type="application/json" id="netmap-data">(.*?)</script>', page, re.DOTALL
    )
    assert found is not None
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def hostile(register: Register) -> Register:
    """Put every payload into every text field of every row and of the settings."""

    def spoil(row: R) -> R:
        kept = {
            "id",
            "code",
            "area",
            "parent",
            "organisation",
            "source_organisation",
            "part_of",
            "target_organisation",
            "confidence",
            "status",
            "visibility",
            "contact",
            "measure",
            "main_settlement",
            "approach",
            "kind",
        }
        texts = {n for n, f in type(row).model_fields.items() if "str" in str(f.annotation)} - kept
        tuples = {n for n in texts if "tuple" in str(type(row).model_fields[n].annotation)}
        listed = {n: (NASTY,) for n in tuples if n != "serves"}
        return row.model_copy(update={**dict.fromkeys(texts - tuples, NASTY), **listed})

    rows: dict[str, Any] = {
        name: tuple(map(spoil, getattr(register, name)))
        for name in ("organisations", "activities", "ties")
    }
    said = dict.fromkeys(("title", "summary", "source", "licence", "disclaimer"), NASTY)
    return replace(
        register,
        **rows,
        areas=type(register.areas)(map(spoil, register.areas)),
        settings=register.settings.model_copy(update=said),
    )


def hostile_page(tmp_path: Path) -> str:
    """Draw a page in which everything anybody could have written is hostile."""
    gaps = tuple(
        gap._replace(message=NASTY, prompt=NASTY, rule=NASTY, area_name=NASTY, subject=NASTY)
        for gap in GAPS
    )
    sessions = tuple(
        replace(one, title=NASTY, place=NASTY, kind=NASTY, status=NASTY) for one in SESSIONS
    )
    settings = SETTINGS.model_copy(update={"title": NASTY})
    return a_page(hostile(a_register(tmp_path)), settings, gaps=gaps, sessions=sessions)


def test_no_text_of_a_register_becomes_markup_or_script(tmp_path: Path) -> None:
    """A spreadsheet cell is somebody else's text: it may say anything and do nothing."""
    page, plain = hostile_page(tmp_path), a_page(a_register(tmp_path))
    reader = read(page)
    scripts = [tag for tag, _ in reader.tags].count("script")
    assert scripts == [tag for tag, _ in read(plain).tags].count("script")
    assert not [tag for tag, _ in reader.tags if tag == "img"]
    assert not [a for _, attrs in reader.tags for a in attrs if a.startswith("on")]
    links = [attrs["href"] or "" for tag, attrs in reader.tags if tag == "a"]
    assert not [link for link in links if "javascript" in link]
    scripted = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert all("alert(" not in script for script in scripted)


def test_a_hostile_name_is_still_shown_as_it_was_written(tmp_path: Path) -> None:
    """A row is not lost for what it says, and braces in it are not worked out in Python."""
    page = hostile_page(tmp_path)
    said = " ".join(NASTY.split())
    assert data_of(page)["cards"]["org-0"]["title"] == said
    assert said in " ".join(read(page).words.split())
    assert "1337" not in page


def test_the_data_block_cannot_be_closed_by_a_name(tmp_path: Path) -> None:
    """What could end the block, or a line in older scripts, is escaped."""
    block = re.search(r'id="netmap-data">(.*?)</script>', hostile_page(tmp_path), re.DOTALL)
    assert block is not None
    assert not set("<>&\u2028\u2029") & set(block[1])


def test_only_our_own_scripts_are_let_through(tmp_path: Path) -> None:
    """The policy names what was written here by hash; whatever else got in would not run."""
    page = a_page(a_register(tmp_path))
    found = {a["http-equiv"]: a["content"] or "" for t, a in read(page).tags if "http-equiv" in a}
    policy = found["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    hashed = {
        maps.assets.hash_source(s) for s in re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    }
    assert hashed == set(re.findall(r"script-src ([^;]*)", policy)[0].split())


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """A built site must not change where nothing did; Folium alone numbers at random."""
    register = a_register(tmp_path)
    assert a_page(register) == a_page(register)


@pytest.mark.parametrize("layer", maps.LAYERS)
def test_each_layer_can_stand_alone(tmp_path: Path, layer: str) -> None:
    """Whatever one layer a map file asks for is drawn, or says why not."""
    page = a_page(a_register(tmp_path), SETTINGS.model_copy(update={"layers": (layer,)}))
    (only,) = data_of(page)["layers"]
    assert only["key"] == layer
    drawn = sum(len(only[sort]) for sort in ("shapes", "marks", "lines", "asides"))
    # Places are suggested for a community, and these settings name none.
    assert bool(drawn) == (layer != "suggestions")


def test_a_register_without_points_is_a_table(tmp_path: Path) -> None:
    """Nothing is put at latitude nought; the words are all there."""
    tables = {"organisations": "id,name,roles\nhub,The hub,hub\nother,The other,\n"}
    page = a_page(a_register(tmp_path, tables), gaps=(), sessions=())
    assert data_of(page)["bounds"] is None
    assert not any(layer["marks"] for layer in data_of(page)["layers"])
    assert "Nothing here has a recorded place" in page
    assert "The other" in read(page).words


def test_an_organisation_without_a_place_is_never_given_one(tmp_path: Path) -> None:
    """One that is tied to a placed one stands at the side; any other is in the table only."""
    page = a_page(a_register(tmp_path))
    layer = next(la for la in data_of(page)["layers"] if la["key"] == "organisations")
    assert [aside["name"] for aside in layer["asides"]] == ["The national body"]
    assert len(layer["marks"]) == 3
    assert "The lost one" in read(page).words


def test_invented_rows_are_marked_wherever_they_are(tmp_path: Path) -> None:
    """Nobody should take an example for a fact: popup, table and outline all say it."""
    page = a_page(a_register(tmp_path))
    data = data_of(page)
    assert "illustrative" in data["cards"]["org-1"]["flags"]
    marks = {m["id"]: m["dashed"] for layer in data["layers"] for m in layer["marks"]}
    assert marks["org-1"]
    assert not marks["org-0"]
    row = re.search(r"The partner</span>.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert "(illustrative)" in row[0]


def test_uncertain_ties_are_dashed_and_parallel_ones_kept_apart(tmp_path: Path) -> None:
    """Two ties between the same two can both be seen, and told sure from unsure."""
    layer = next(
        la for la in data_of(a_page(a_register(tmp_path)))["layers"] if la["key"] == "ties"
    )
    first, second, to_itself, _ = layer["lines"]
    assert (first["turn"], second["turn"]) == (0, 1)
    assert (first["stroke"], second["stroke"]) == ("solid", "dashed")
    assert to_itself["from"] == to_itself["to"]
    assert (first["colour"], first["head"]) != (second["colour"], second["head"])


def test_gaps_of_different_states_look_different(tmp_path: Path) -> None:
    """Asked and none found is not the same as nobody asked."""
    layer = next(
        la for la in data_of(a_page(a_register(tmp_path)))["layers"] if la["key"] == "gaps"
    )
    assert [mark["symbol"] for mark in layer["marks"]] == ["none-found", "not-asked"]
    assert "The totals disagree." in a_page(a_register(tmp_path))


def test_closed_activities_and_remote_ones_have_no_marker(tmp_path: Path) -> None:
    """A closed group is not on offer, and a telephone line is not at a place."""
    page = a_page(a_register(tmp_path))
    layer = next(la for la in data_of(page)["layers"] if la["key"] == "activities")
    titles = [data_of(page)["cards"][mark["id"]]["title"] for mark in layer["marks"]]
    assert titles == ["A group", "A circle", "Many"]
    assert "A helpline" in read(page).words
    assert "A closed one" not in page


def test_a_map_for_a_community_shows_its_gaps_and_nobody_elses(tmp_path: Path) -> None:
    """A map about one community is not a map about another; gaps about none stay."""
    other = GAPS[0]._replace(id="n/d", community="lgbt", message="About others.")
    settings = SETTINGS.model_copy(update={"community": "bame"})
    page = a_page(a_register(tmp_path), settings, gaps=(*GAPS, other))
    assert "About others." not in read(page).words
    assert "The totals disagree." in read(page).words


def test_the_disclaimer_and_the_source_are_on_every_page(tmp_path: Path) -> None:
    """A map torn from its context still says what it is not for, and where it is from."""
    words = read(a_page(a_register(tmp_path))).words
    assert "Not for signposting." in words
    assert "Source: A report." in words


def test_a_page_says_its_language_and_can_be_enlarged(tmp_path: Path) -> None:
    """Screen readers need the language, and people who see little need to zoom."""
    tags = read(a_page(a_register(tmp_path))).tags
    assert dict(tags)["html"]["lang"] == "en-GB"
    viewport = next(a["content"] for t, a in tags if t == "meta" and a.get("name") == "viewport")
    assert viewport == "width=device-width, initial-scale=1"


def test_an_offline_page_asks_nobody_for_anything(tmp_path: Path) -> None:
    """Everything is in the file: no script, style or picture has an address."""
    tags = read(a_page(a_register(tmp_path))).tags
    assert not [a for tag, a in tags if tag in {"link", "img", "iframe"} or "src" in a]


def test_a_page_of_a_site_finds_leaflet_beside_it(tmp_path: Path) -> None:
    """The built site carries one copy for all its maps."""
    tags = read(a_page(a_register(tmp_path), assets=maps.Assets.BESIDE)).tags
    assert [a["src"] for tag, a in tags if tag == "script" and "src" in a] == [
        "../assets/leaflet.js"
    ]
    assert [a["href"] for tag, a in tags if tag == "link"] == ["../assets/leaflet.css"]


def test_the_bytes_from_elsewhere_are_pinned_to_the_installed_ones(tmp_path: Path) -> None:
    """A page that fetches Leaflet takes the very bytes that the package has, or none."""
    tags = read(a_page(a_register(tmp_path), assets=maps.Assets.CDN)).tags
    pinned = {
        (a.get("src") or a["href"] or "").rsplit("/", 1)[1]: a["integrity"]
        for _, a in tags
        if "integrity" in a
    }
    installed = {
        name.removeprefix("assets/"): maps.assets.digest(content)
        for name, content in maps.asset_files().items()
    }
    assert pinned == installed


def test_a_base_map_opens_the_page_to_its_tiles_alone(tmp_path: Path) -> None:
    """Asking for tiles is the one request a reader's browser makes, with credit given."""
    page = a_page(a_register(tmp_path), SETTINGS.model_copy(update={"basemap": "osm"}))
    assert "img-src data: https://tile.openstreetmap.org;" in page
    assert "OpenStreetMap" in page


def opened(page: "Page", html: str, folder: Path) -> list[str]:
    """Open a page from disk and collect what it complains of or asks for."""
    file = folder / "map.html"
    file.write_text(html, encoding="utf-8")
    noise: list[str] = []
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda message: noise.append(message.text))
    page.on("request", lambda r: None if r.url.startswith("file:") else noise.append(r.url))
    page.goto(file.as_uri())
    until(page, "window.netmap.complete")
    return noise


def until(page: "Page", condition: str) -> None:
    """Wait for something; Playwright's own way evaluates text, which the pages' policy forbids."""
    page.evaluate(
        f"""() => new Promise((done, fail) => {{
          const look = (left) => {{
            if ({condition}) {{ done(); }}
            else if (left) {{ setTimeout(() => look(left - 1), 20); }}
            else {{ fail(new Error("waited in vain")); }}
          }};
          look(1500);
        }})"""
    )


@pytest.mark.parametrize("layer", maps.LAYERS)
def test_each_layer_alone_is_drawn_in_a_browser(
    browser_page: "Page", tmp_path: Path, layer: str
) -> None:
    """Ties are drawn even where the organisations they join are not."""
    page = a_page(a_register(tmp_path), SETTINGS.model_copy(update={"layers": (layer,)}))
    assert opened(browser_page, page, tmp_path) == []


def test_nothing_hostile_runs_in_a_browser(browser_page: "Page", tmp_path: Path) -> None:
    """Every popup of a hostile register is opened, and nothing in it happens."""
    noise = opened(browser_page, hostile_page(tmp_path), tmp_path)
    names = browser_page.locator("button.nm-open")
    browser_page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert names.count() > 10
    for number in range(names.count()):
        names.nth(number).evaluate("(button) => button.click()")
        browser_page.wait_for_selector(".nm-card")
    assert browser_page.evaluate("window.ran") == []
    assert noise == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_marker_opens_its_popup_and_escape_closes_it(
    browser_page: "Page", tmp_path: Path, motion: Literal["reduce", "no-preference"]
) -> None:
    """With the keyboard alone: focus goes into the popup and comes back to the marker."""
    browser_page.emulate_media(reduced_motion=motion)
    noise = opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    marker = browser_page.get_by_role("button", name="Hub: The hub")
    marker.focus()
    browser_page.keyboard.press("Enter")
    popup = browser_page.get_by_role("dialog", name="The hub")
    popup.wait_for()
    assert browser_page.evaluate("document.activeElement.textContent") == "The hub"
    browser_page.keyboard.press("Escape")
    popup.wait_for(state="detached")
    assert marker.evaluate("(node) => node === document.activeElement")
    assert noise == []


def test_a_layer_can_be_switched_off_and_a_name_brings_it_back(
    browser_page: "Page", tmp_path: Path
) -> None:
    """The table leads to the map even where the layer was hidden."""
    noise = opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    layer = browser_page.get_by_role("checkbox", name="Organisations")
    layer.focus()
    browser_page.keyboard.press("Space")
    assert browser_page.get_by_role("button", name="Hub: The hub").count() == 0
    assert browser_page.locator("#nm-status").inner_text() == "Organisations hidden"
    browser_page.locator("summary", has_text="Organisations").click()
    browser_page.get_by_role("button", name="The hub", exact=True).click()
    browser_page.get_by_role("dialog", name="The hub").wait_for()
    assert layer.is_checked()
    assert noise == []


@pytest.mark.parametrize(("motion", "moved"), [("reduce", True), ("no-preference", False)])
def test_the_map_moves_at_once_for_who_wants_no_motion(
    browser_page: "Page",
    tmp_path: Path,
    motion: Literal["reduce", "no-preference"],
    moved: bool,  # noqa: FBT001
) -> None:
    """Others see it glide, also to make room for a popup."""
    browser_page.emulate_media(reduced_motion=motion)
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    there = browser_page.evaluate(
        "(() => { const map = netmap.map, from = map.getCenter().lng;"
        " map.panBy([200, 0]); return map.getCenter().lng !== from; })()"
    )
    assert there == moved


def test_markers_at_one_point_stand_apart(browser_page: "Page", tmp_path: Path) -> None:
    """Two organisations at one town centre can both be clicked; the map moves at once if at all."""
    opened(browser_page, a_page(a_register(tmp_path)), tmp_path)
    for name in ("Hub: The hub", "Grassroots group: The third"):
        browser_page.get_by_role("button", name=name).click()
        browser_page.get_by_role("dialog", name=name.split(": ")[1]).wait_for()


def test_everything_is_in_the_page_without_scripts(tmp_path: Path) -> None:
    """People without JavaScript, and search engines, get the tables."""
    words = read(
        re.sub(r"<script.*?</script>", "", a_page(a_register(tmp_path)), flags=re.DOTALL)
    ).words
    for said in (
        "The hub",
        "A group",
        "None was found.",
        "Mill Lane",
        "First",
        "manages",
        "4.2 km",
    ):
        assert said in words
