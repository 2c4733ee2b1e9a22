"""How people get a calendar: addresses, links that add it at once, and posters.

The links to Google and Microsoft hand over an address that their servers then fetch. So they are
there only where the site has an address of its own, where that begins with https, and where what
it holds is for everyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from netmap.language import N_, _
from netmap.privacy import Audience
from netmap.site import paths
from netmap.site.inputs import FeedView, SiteInput

GROUPS = {
    "programme": N_("Everything in a programme"),
    "hub": N_("By hub"),
    "area": N_("By area"),
    "kind": N_("By kind of event"),
    "community": N_("By community"),
    "activities": N_("Groups’ own meetings"),  # noqa: RUF001  # as it is printed
}
# What feeds are first shown of on the list of events; the others are on the page of their own.
WIDEST = ("programme", "hub", "activities")
_WORDS: Mapping[str, str] = {
    "hub": N_("Events of %(hub)s"),
    "area": N_("Events in %(area)s"),
    "kind": N_("Kind of event: %(kind)s"),
    "community": N_("Events for %(community)s"),
    "activities": N_("Groups’ own meetings: %(activities)s"),  # noqa: RUF001  # as it is printed
}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed and how to get it; what the site has no address for is None.

    Attributes:
        feed: The feed.
        words: What it is called where nothing around it says what it gathers.
        spot: Its spot on the page on which one subscribes.
        file: The name of its file.
        webcal: The address that says "subscribe" to a phone or a calendar program.
        web: The plain address.
        services: The name of each service and the link that adds the feed there.
        poster: The page of its poster.
    """

    feed: FeedView
    words: str
    spot: str
    file: str
    webcal: str | None = None
    web: str | None = None
    services: tuple[tuple[str, str], ...] = ()
    poster: str | None = None


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds that gather by the same thing."""

    kind: str
    title: str
    feeds: tuple[FeedLink, ...]


def feed_groups(site: SiteInput) -> tuple[FeedGroup, ...]:
    """Group the feeds by what they gather, widest first, each with its addresses."""
    return tuple(
        FeedGroup(kind, _(title), tuple(_link(site, feed) for feed in those))
        for kind, title in GROUPS.items()
        if (
            those := sorted(
                (f for f in site.feeds if f.kind == kind),
                key=lambda f: (f.title.casefold(), f.path),
            )
        )
    )


def base_of(site: SiteInput) -> str | None:
    """Give the site's own address without a slash at its end, None where it has none."""
    base = paths.allowed(site.settings.base_url)
    return base.rstrip("/") if base else None


def secure(site: SiteInput) -> bool:
    """Tell whether the site's address begins with https, as Google asks."""
    return (site.settings.base_url or "").lower().startswith("https:")


def _link(site: SiteInput, feed: FeedView) -> FeedLink:
    base, spot = base_of(site), paths.feed_spot(feed.path)
    words = _(_WORDS[feed.kind], **{feed.kind: feed.title}) if feed.kind in _WORDS else feed.title
    file = feed.path.rpartition("/")[2]
    if base is None:
        return FeedLink(feed, words, spot, file)
    web = f"{base}/{quote(feed.path, safe='/~')}"
    # webcal says "subscribe, do not import"; webcals is not understood by phones.
    webcal = f"webcal://{web.partition('://')[2]}"
    everyone = site.audience is Audience.PUBLIC
    return FeedLink(
        feed,
        words,
        spot,
        file,
        webcal,
        web,
        _services(webcal, web, words) if everyone and secure(site) else (),
        paths.poster_page(feed.path) if everyone else None,
    )


def _services(webcal: str, web: str, name: str) -> tuple[tuple[str, str], ...]:
    # Given a webcal address, Outlook.com showed an empty calendar.
    microsoft = f"calendar/0/addfromweb?url={quote(web, safe='')}&name={quote(name, safe='')}"
    return (
        ("Google", f"https://calendar.google.com/calendar/render?cid={quote(webcal, safe='')}"),
        ("Outlook.com", f"https://outlook.live.com/{microsoft}"),
        ("Microsoft 365", f"https://outlook.office.com/{microsoft}"),
    )
