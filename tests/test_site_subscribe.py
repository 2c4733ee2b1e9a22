"""Getting a calendar: the right link for each program, and a page that does not overpromise."""

import re
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno

from netmap.privacy import Audience
from netmap.site.diary import session_cards, wall_months
from netmap.site.inputs import FeedKind, FeedView, SessionView, SiteInput
from netmap.site.pages import pages
from netmap.site.qr import qr_code
from netmap.site.subscribing import feed_groups
from netmap.vocabulary import load
from netmap.workspace import WorkspaceSettings

AS_OF = date(2026, 11, 22)
PAYLOAD = "</script><!--<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7 * 191 }}\x00"
PAGE, MONTHS, LIST = "events/subscribe.html", "events/months.html", "events/index.html"
KINDS: tuple[tuple[FeedKind, str, str], ...] = (
    ("programme", "feeds/year.ics", "The year"),
    ("hub", "feeds/hub/leeds-mind.ics", "Leeds Mind"),
    ("area", "feeds/area/leeds.ics", "Leeds"),
    ("kind", "feeds/kind/skills.ics", "Skills"),
    ("community", "feeds/community/somali.ics", "Somali"),
    ("activities", "feeds/activities/example.ics", "Example town"),
)


class _Reader(HTMLParser):
    """Collects links, scripts and words."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        """Every address linked to."""
        return [attrs["href"] for _, attrs in self.elements if "href" in attrs]


def session(uid: str, starts: datetime, **fields: object) -> SessionView:
    """Make a session of two hours."""
    usual: dict[str, object] = {
        "uid": uid, "programme": "year", "programme_title": "The year", "network": "example",
        "hub": "leeds-mind", "hub_name": "Leeds Mind", "kind": "skills", "kind_label": "Skills",
        "theme": "", "title": uid, "starts": starts, "ends": starts + timedelta(hours=2),
        "time_zone": "Europe/London",
    }  # fmt: skip
    return SessionView(**{**usual, **fields})  # type: ignore[arg-type]  # any field may be given


def at(month: int, day: int, hour: int = 10, year: int = 2027) -> datetime:
    """Make a local time."""
    return datetime(year, month, day, hour)  # noqa: DTZ001  # local


def made(
    base: str | None = "https://example.org/n/",
    audience: Audience = Audience.PUBLIC,
    *sessions: SessionView,
    title: str | None = None,
    **given: object,
) -> dict[str, bytes]:
    """Make the pages of a site with one feed of each kind."""
    feeds = tuple(
        FeedView(path, title or name, kind, coming=n) for n, (kind, path, name) in enumerate(KINDS)
    )
    return pages(
        SiteInput(
            settings=WorkspaceSettings(title=title or "Site", base_url=base),
            vocabularies=load(),
            audience=audience,
            as_of=AS_OF,
            version="0",
            networks=(),
            sessions=sessions,
            feeds=feeds,
            **given,  # type: ignore[arg-type]  # as above
        )
    )


@pytest.mark.parametrize("base", ["https://example.org/n/", "https://example.org/n"])
def test_every_calendar_has_a_link_for_each_program(base: str) -> None:
    """Apple takes webcal, Google webcal within https, Microsoft https; nobody takes webcals."""
    links = _Reader(made(base)[PAGE]).links
    for _, path, _ in KINDS:
        assert f"webcal://example.org/n/{path}" in links
        assert f"https://example.org/n/{path}" in links
    hub = "example.org/n/feeds/hub/leeds-mind.ics"
    google = [one for one in links if one.startswith("https://calendar.google.com/")]
    assert [parse_qs(urlsplit(one).query)["cid"][0] for one in google][1] == f"webcal://{hub}"
    for host in ("outlook.live.com", "outlook.office.com"):
        those = [urlsplit(one) for one in links if urlsplit(one).hostname == host]
        assert {one.path for one in those} == {"/calendar/0/addfromweb"}
        asked = parse_qs(those[1].query)
        assert asked == {"url": [f"https://{hub}"], "name": ["Events of Leeds Mind"]}
        assert len(those) == len(KINDS)
    assert not [one for one in links if "webcals" in one]


def test_the_page_says_how_soon_a_change_shows_and_that_it_may_be_too_late() -> None:
    """People have come to a locked door because a calendar had not looked yet."""
    text = " ".join(_Reader(made()[PAGE]).text.split())
    for words in ("4 to 24 hours", "3 to 24 hours", "every 30 minutes", "once a week"):
        assert words in text
    assert "There is no button to hurry it" in text
    assert "should also ring or write" in text


def test_without_an_address_there_are_files_and_no_button_that_fails() -> None:
    """A site on a memory stick cannot be subscribed to."""
    site = made(None)
    page = _Reader(site[PAGE])
    assert not [one for one in page.links if one.startswith(("webcal", "http"))]
    assert "../feeds/hub/leeds-mind.ics" in page.links
    assert 'base_url = "https://example.org/network/"' in page.text
    assert not [path for path in site if "posters" in path]
    assert "<svg" not in site[PAGE].decode()


def test_an_address_without_https_has_no_button_for_google_and_outlook() -> None:
    """Google refuses it, so a button would only fail."""
    page = _Reader(made("http://example.org/n/")[PAGE])
    assert not [one for one in page.links if "google" in one or "outlook" in one]
    assert "webcal://example.org/n/feeds/year.ics" in page.links
    assert "begins with http:" in page.text


@pytest.mark.parametrize("audience", [Audience.STAFF, Audience.PARTNERS])
def test_what_is_not_for_everyone_is_not_handed_to_others(audience: Audience) -> None:
    """Pressing a button would tell Google the address of the staff's calendar."""
    site = made("https://example.org/n/", audience)
    page = _Reader(site[PAGE])
    assert not [one for one in page.links if "google" in one or "outlook" in one]
    assert f"for {audience.value} only" in page.text
    assert not [path for path in site if "posters" in path]


def test_each_calendar_has_a_poster_whose_code_leads_to_its_links() -> None:
    """Phones differ in what they do with a calendar, so the code leads to the choice."""
    site = made()
    assert sum("posters" in path for path in site) == len(KINDS)
    poster = _Reader(site["events/posters/hub/leeds-mind.html"])
    code = next(attrs["d"] for tag, attrs in poster.elements if attrs.get("class") == "dark")
    assert code == qr_code("https://example.org/n/events/subscribe.html#at.hub.leeds-mind").path
    assert "Events of Leeds Mind" in poster.text
    assert "https://example.org/n/feeds/hub/leeds-mind.ics" in poster.text
    spots = [attrs["id"] for _, attrs in _Reader(site[PAGE]).elements if "id" in attrs]
    assert "at.hub.leeds-mind" in spots
    assert len(spots) == len(set(spots))


def test_the_drawn_code_has_the_squares_of_the_code() -> None:
    """One square wrong in each row, and no camera reads it."""
    address = "https://example.org/n/events/subscribe.html#at.hub.leeds-mind"
    drawn = qr_code(address)
    dark = set()
    for x, y, width in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\d+z", drawn.path):
        dark |= {(int(x) + n, int(y)) for n in range(int(width))}
    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    expected = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, one in enumerate(row) if one}
    assert dark == expected
    assert drawn.size == len(matrix) + 8


def test_groups_stand_widest_first() -> None:
    """Most people want everything, or their own hub."""
    feeds = tuple(FeedView(path, name, kind) for kind, path, name in reversed(KINDS))
    site = SiteInput(WorkspaceSettings(), load(), Audience.PUBLIC, AS_OF, "0", (), feeds=feeds)
    assert [group.kind for group in feed_groups(site)] == [kind for kind, _, _ in KINDS]


def test_a_page_of_payloads_does_nothing() -> None:
    """In names of feeds, in every word of a session, and in the block of data."""
    words = ("hub", "hub_name", "kind", "kind_label", "theme", "title", "place", "area_name")
    bad = session("s", at(1, 12), **dict.fromkeys(words, PAYLOAD), online_url="javascript:alert(6)")
    block = '{"name":"</script><script>alert(3)</script><!--"}'
    site = made(
        "https://example.org/n/", Audience.PUBLIC, bad, title=PAYLOAD, linked_data=block, news=b"x"
    )
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        assert not re.search(rb"<script>|<img|1337|\x00|<!--", content), path
        page = _Reader(content)
        scripts = [attrs for tag, attrs in page.elements if tag == "script"]
        others = [attrs for attrs in scripts if set(attrs) != {"src", "defer"}]
        assert others == ([{"type": "application/ld+json"}] if path == LIST else [])
        assert not [one for one in page.links if one.startswith("javascript")]
        for tag, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on") or name == "style"], tag
    for link in _Reader(site[PAGE]).links:
        assert not set(unquote(urlsplit(link).netloc)) & set("<>\"'")


def test_the_months_are_tables_with_what_is_on() -> None:
    """From this month to the last in the window; empty months are left out."""
    site = made(
        None,
        Audience.PUBLIC,
        session("earlier this month", at(11, 3, year=2026)),
        session("long ago", at(10, 3, year=2026)),
        session("in January", at(1, 12)),
        session("called off", at(1, 13), status="cancelled"),
        session("too far", at(3, 1, year=2028)),
        last_day=date(2027, 12, 1),
    )
    page = site[MONTHS].decode()
    assert re.findall(r"<caption>([^<]*)", page) == ["November 2026", "January 2027"]
    assert page.count('<th scope="col"') == 14
    assert '<s class="cancelled"><bdi>called off' in page
    assert "Cancelled:</strong>" in page
    assert "long ago" not in page
    assert "1 later event is in" in page
    # Five weeks of January 2027, from Friday the 1st to Sunday the 31st.
    january = page[page.index("January 2027</caption>") :]
    assert january.count('<tr role="row">') == 6
    assert january.count('class="free"') == 35 - 2


def test_an_event_of_several_days_is_on_each_of_them() -> None:
    """A weekend away is not only on its Friday; a night that ends at midnight is on one day."""
    weekend = session("weekend", at(1, 29, 17), ends=at(1, 31, 14))
    night = session("night", at(1, 5, 20), ends=at(1, 6, 0))
    cards = session_cards({}, (night, weekend))
    (month,) = wall_months(cards, AS_OF, None)
    held = [cell.day.day for week in month.weeks for cell in week if cell.day and cell.cards]
    assert held == [5, 29, 30, 31]
    assert month.idle == {0, 2, 3}


def test_whole_days_have_no_hours() -> None:
    """Nobody meets at midnight."""
    days = {"all_day": True}
    one = session("one day", at(1, 12, 0), ends=at(1, 13, 0), **days)
    two = session("two days", at(1, 16, 0), ends=at(1, 18, 0), **days)
    text = " ".join(_Reader(made(None, Audience.PUBLIC, one, two)[LIST]).text.split())
    assert "Tuesday 12 January 2027, all day one day" in text
    assert "Saturday 16 January 2027, all day, to 17 January 2027 two days" in text


def test_every_date_of_a_series_has_a_spot_of_its_own() -> None:
    """News leads to the date that moved; the gap leads to the first of the series."""
    series = [session("s1", at(1, day), date_uid=f"s1-202701{day:02}") for day in (5, 12, 19)]
    past = session("s1", at(11, 3, year=2026), date_uid="s1-20261103")
    page = _Reader(made(None, Audience.PUBLIC, past, *series)[LIST])
    spots = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(spots) == len(set(spots))
    assert {"at.s1", "at.s1-20270105", "at.s1-20270112", "at.s1-20261103"} <= set(spots)
    assert spots.index("at.s1-20270105") < spots.index("at.s1") < spots.index("at.s1-20270112")


def test_news_is_announced_where_there_is_news() -> None:
    """A news reader finds it by itself."""
    link = ("link", {
        "rel": "alternate", "type": "application/rss+xml",
        "title": "What changed in the calendar", "href": "../feeds/changes.xml",
    })  # fmt: skip
    for path in (LIST, MONTHS, PAGE):
        assert link in _Reader(made(news=b"x")[path]).elements
        assert link not in _Reader(made()[path]).elements
