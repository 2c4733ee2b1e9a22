"""The pages of the site: whole, linked, safe, and no more than their audience may see."""

from datetime import date, datetime
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from netmap.gaps import find
from netmap.gaps.gap import Gap, Report, Severity, Unchecked
from netmap.networks.areas import Areas
from netmap.networks.measures import measure
from netmap.networks.models import (
    Activity,
    Area,
    Enquiry,
    NetworkSettings,
    Organisation,
    Population,
    Share,
    Target,
    Tie,
)
from netmap.networks.register import Register
from netmap.networks.summary import summarise
from netmap.privacy import Audience, rule_in_words
from netmap.site.downloads import data_files
from netmap.site.inputs import FeedView, MapView, NetworkView, SessionView, SiteInput
from netmap.site.pages import pages
from netmap.vocabulary import load
from netmap.workspace import WorkspaceSettings

AS_OF = date(2026, 11, 22)
PAYLOAD = (
    "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)><svg onload=alert(3)>"
    "{{ 7 * 191 }}${alert(4)}\r\n\x00\u202eend"
)
VOID = {"meta", "link", "input", "br", "img"}


class _Reader(HTMLParser):
    """Collects what a page is made of, and insists that every element is closed in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.text += " " if tag in {"th", "td", "dt", "dd"} else ""
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, name: str) -> list[str]:
        """List the values of one attribute, in order."""
        return [attrs[name] for _, attrs in self.elements if name in attrs]


def _read(content: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    reader.close()
    assert not reader.open
    return reader


def _network(register: Register, report: Report | None = None) -> NetworkView:
    vocabularies = load()
    return NetworkView(
        register,
        report or find(register, vocabularies),
        summarise(register, vocabularies),
        measure(register),
    )


def _register(text: str = "Text", audience: Audience = Audience.PUBLIC) -> Register:
    """Make a register in which every cell that may hold words holds `text`."""
    common = {"source": text, "notes": f"NOTE {text}"}
    return Register(
        name="example",
        settings=NetworkSettings(
            title=text, summary=text, source=text, licence=text, disclaimer=text
        ),
        as_of=AS_OF,
        audience=audience,
        organisations=(
            Organisation(id="hub", name=text, area="x", roles=("hub",), aliases=(text,), **common)
            .model_copy(update={"website": "javascript:alert(5)", "email": text, "phone": text}),
            Organisation(id="group", name=f"B {text}", confidence="illustrative", **common),
        ),
        activities=(
            Activity(id="one", name=text, organisation="hub", area="y", venue=text, schedule=text,
                     description=text, how_to_join=text, cost=text, languages=(text,),
                     communities=("bame",), **common),
            Activity(id="many", name=text, area="x", count=20, approach="support_group", **common),
            Activity(id="meeting", name=text, approach="network", serves=("x",), **common),
            Activity(id="nowhere", name=text, approach="online", **common),
        ),
        ties=(Tie(source_organisation="hub", target_organisation="group", kind="advises",
                  topic="crisis", confidence="inferred", **common),),
        areas=Areas(
            [
                Area(code="x", name=text, latitude=53.5, longitude=-1.5, **common),
                Area(code="y", name=f"Y {text}", parent="x", confidence="approximate", **common),
                Area(code=f"../{text}", name=text, latitude=53.6, longitude=-1.6, **common),
                Area(code="z", name="Area Z", kind="anonymised", **common),
            ]
        ),
        populations=(
            Population(area="x", total=1000, groups={"asian": 20.0, "white": 900.0},
                       suppressed=frozenset({"black"}), **common),
        ),
        enquiries=(Enquiry(area="x", community="bame", asked=False, by=text, how=text, words=text,
                           **common),),
        targets=(Target(owner="z", measure="new_members", target=10, actual=9, **common),),
        shares=(Share(area="x", dimension="approach", key="online", percent=60, **common),),
    )  # fmt: skip


def _report(text: str) -> Report:
    gap = Gap(
        id=f"example/low-rate/x/{text}",
        rule="low-rate",
        severity=Severity.HIGH,
        message=text,
        prompt=text,
        area="x",
        area_name=text,
        community="bame",
        people="*",
        value=1.5,
        unit=text,
        evidence=(text,),
        planned=("s1",),
    )
    unchecked = Unchecked(text, text, area="x", area_name=text, subject=text, needs=(text,))
    return Report("example", AS_OF.isoformat(), "public", (gap,), (unchecked,))


def _site(text: str = "Text", register: Register | None = None, **settings: str) -> SiteInput:
    session = SessionView(
        uid="s1",
        programme="year",
        programme_title=text,
        network="example",
        hub="hub",
        hub_name=text,
        kind="skills",
        kind_label=text,
        theme=text,
        title=text,
        starts=datetime(2027, 1, 12, 10, 0),  # noqa: DTZ001  # local, as sessions are
        ends=datetime(2027, 1, 12, 13, 0),  # noqa: DTZ001  # local, as sessions are
        time_zone="Europe/London",
        place=text,
        area="y",
        area_name=text,
        online_url="javascript:alert(6)",
        illustrative=True,
    )
    return SiteInput(
        settings=WorkspaceSettings(title=text, publisher=text, **settings),
        vocabularies=load(),
        audience=Audience.PUBLIC,
        as_of=AS_OF,
        version="0",
        networks=(_network(register or _register(text), _report(text)),),
        maps=(MapView("one", text, "example", "maps/one.html"),),
        sessions=(session,),
        feeds=(FeedView("feeds/year.ics", text, "programme"),),
    )


def _html(made: dict[str, bytes]) -> dict[str, _Reader]:
    return {path: _read(content) for path, content in made.items() if path.endswith(".html")}


def test_every_page_has_what_a_page_needs() -> None:
    """A screen reader goes by language, title, one heading at the top, and landmarks."""
    made = _html(pages(_site()))
    assert {
        "index.html",
        "about.html",
        "events/index.html",
        "gaps/example.html",
        "networks/example.html",
        "organisations/example.html",
        "places/example/x.html",
        "places/example/y.html",
    } <= set(made)
    for path, page in made.items():
        tags = [tag for tag, _ in page.elements]
        assert [tags.count(tag) for tag in ("h1", "title", "main", "footer")] == [1] * 4, path
        assert "nav" in tags
        assert page.elements[0] == ("html", {"lang": "en-GB"})
        assert ("a", {"class": "skip", "href": "#main"}) in page.elements
        assert "22 November 2026" in page.text


def test_every_relative_link_leads_somewhere() -> None:
    """The site is opened from a memory stick, where nobody answers for a lost page."""
    site = _site()
    made = pages(site)
    html = _html(made)
    known = {*made, *data_files(site), "manifest.json", "maps/one.html", "feeds/year.ics"}
    for path, page in html.items():
        for link in [*page.attributes("href"), *page.attributes("src")]:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in {"data", "https", "mailto", "tel"}
                continue
            target = unquote(urlsplit(urljoin(f"//site/{path}", link)).path).removeprefix("/")
            assert target in known, (path, link)
            if parts.fragment and target in html:
                assert unquote(parts.fragment) in html[target].attributes("id"), (path, link)


def test_no_spot_of_a_page_has_two_names_alike() -> None:
    """A link to a gap goes to that gap and no other."""
    for path, page in _html(pages(_site())).items():
        ids = page.attributes("id")
        assert len(ids) == len(set(ids)), path


def test_a_register_of_payloads_is_shown_and_does_nothing() -> None:
    """Every word of a register is somebody else's, and is only ever text."""
    site = _site(PAYLOAD, contact_url=f"https://x/{PAYLOAD}")
    made = pages(site)
    for path, content in made.items():
        if not path.endswith(".html"):
            continue
        assert b"<script>" not in content
        assert b"<img" not in content
        assert b"1337" not in content
        page = _read(content)
        scripts = [attrs for tag, attrs in page.elements if tag == "script"]
        assert [set(attrs) for attrs in scripts] == [{"src", "defer"}] * 2
        for tag, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on")], (path, tag)
            assert "javascript" not in attrs.get("href", "")
        assert "alert(1)" in page.text, path
        assert b"\x00" not in content


def test_a_payload_in_a_code_stays_inside_the_site() -> None:
    """An area's code becomes a file name."""
    for path in pages(_site(PAYLOAD)):
        assert ".." not in path
        assert not set(path) & set("\\<>\"'\r\n\x00 ")


def test_the_same_input_gives_the_same_bytes() -> None:
    """A mirror need fetch only what changed."""
    assert pages(_site()) == pages(_site())
    assert data_files(_site()) == data_files(_site())


def test_notes_reach_no_page_and_no_download() -> None:
    """Notes are what staff tell each other."""
    site = _site("Plain words")
    for path, content in {**pages(site), **data_files(site)}.items():
        assert b"NOTE" not in content, path


def test_what_is_unknown_is_said_and_what_is_suppressed_is_a_star() -> None:
    """Neither is ever shown as nought."""
    place = _html(pages(_site()))["places/example/x.html"].text
    lives = place[place.index("Who lives here") :].split()
    label = load()["community"].label("black")
    assert lives[lives.index(label) + 1 :][:2] == ["*", "*"]
    assert rule_in_words(suppress_at_most=7, round_to=5) in place
    directory = _html(pages(_site()))["organisations/example.html"].text
    assert "not recorded" in directory


def test_what_nobody_asked_is_not_called_missing() -> None:
    """Nobody asked is a fact about us, not about the place."""
    place = _html(pages(_site()))["places/example/x.html"].text
    assert "nobody has asked yet" in place


def test_invented_rows_are_marked_and_set_apart() -> None:
    """Nobody may take an example for a fact."""
    content = pages(_site())["organisations/example.html"].decode()
    row = content[content.index('id="at.group"') :]
    assert 'class="illustrative"' in row[:120]
    assert "illustrative</span>" in row[:400]


def test_the_places_of_a_network_add_up_to_its_total() -> None:
    """20 in a total and 1 in the place within it; 1 online of no place: 22 in all."""
    page = _html(pages(_site()))["networks/example.html"].text
    words = page[page.index("No place recorded") :].split()
    assert words[3] == "1"
    assert words[words.index("Whole") + 2] == "22"


@pytest.mark.parametrize("given", ["https://example.org/n/", "https://example.org/n"])
def test_with_an_address_there_is_something_to_subscribe_to(given: str) -> None:
    """Phones take webcal, Outlook and Google take the web address."""
    links = _html(pages(_site(base_url=given)))["events/index.html"].attributes("href")
    assert "webcal://example.org/n/feeds/year.ics" in links
    assert "https://example.org/n/feeds/year.ics" in links


def test_without_an_address_the_feeds_are_files() -> None:
    """A site on a disk cannot be subscribed to, and says so."""
    page = _html(pages(_site()))["events/index.html"]
    assert "../feeds/year.ics" in page.attributes("href")
    assert "nothing to subscribe to" in page.text


def test_a_gap_names_the_event_that_answers_it() -> None:
    """People see that something is being done, and when."""
    page = _html(pages(_site()))["gaps/example.html"]
    assert "../events/index.html#at.s1" in page.attributes("href")


def test_an_empty_register_still_gives_a_whole_site() -> None:
    """The first build of a newcomer has one line in one file."""
    bare = Register(name="example", settings=NetworkSettings(), as_of=AS_OF)
    made = pages(
        SiteInput(WorkspaceSettings(), load(), Audience.PUBLIC, AS_OF, "0", (_network(bare),))
    )
    assert "index.html" in _html(made)
