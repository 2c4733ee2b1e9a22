"""Where everything stands in the site, and how one page links to another.

Codes and names are people's own words, so each becomes a file name that is safe on every system:
ordinary ones stay as they are.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

INDEX = "index.html"
ABOUT = "about.html"
EVENTS = "events/index.html"
MONTHS = "events/months.html"
SUBSCRIBE = "events/subscribe.html"
CHANGES = "feeds/changes.xml"
DATES = "data/events.csv"
STYLES = "assets/site.css"
SCRIPT = "assets/site.js"
SEARCH = "assets/search.js"
SEARCH_INDEX = "assets/search-index.js"
MANIFEST = "manifest.json"

_LONGEST = 80
# Windows keeps these names for devices, whatever the ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def file_name(text: str) -> str:
    """Make a file name of a code: letters, digits, hyphens and underscores stay as they are."""
    name = re.sub(r"[^A-Za-z0-9_-]", lambda found: f"~{ord(found[0]):x}", text)
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}~{_digest(text)}"
    return f"{name}~" if not name or _RESERVED.fullmatch(name) else name


def file_names(codes: Iterable[str]) -> dict[str, str]:
    """Make a file name for each code, distinct also where case does not count."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(codes):
        name = file_name(code)
        if name.casefold() in taken:
            name = f"{name}~{_digest(code)}"
        taken.add(name.casefold())
        names[code] = name
    return names


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def gaps_page(network: str) -> str:
    """Where a network's gaps are."""
    return f"gaps/{file_name(network)}.html"


def network_page(network: str) -> str:
    """Where the system-based view of a network is."""
    return f"networks/{file_name(network)}.html"


def directory_page(network: str) -> str:
    """Where a network's organisations are."""
    return f"organisations/{file_name(network)}.html"


def places_folder(network: str) -> str:
    """Where the place-based views of a network are."""
    return f"places/{file_name(network)}"


def briefings_folder(network: str) -> str:
    """Where the briefings on a network's places are."""
    return f"briefings/{file_name(network)}"


def data_folder(network: str) -> str:
    """Where a network's tables are; its geographic files stand beside the folder."""
    return f"data/{file_name(network)}"


def root_of(page: str) -> str:
    """Lead from a page to the site's root, ready to be put before a path from there."""
    return "../" * page.count("/")


def feed_spot(feed: str) -> str:
    """Make the name of a feed's spot on the page on which one subscribes."""
    return anchor(_bare(feed))


def poster_page(feed: str) -> str:
    """Where the poster of a feed is."""
    return f"events/posters/{'/'.join(file_name(part) for part in _bare(feed).split('/'))}.html"


def _bare(feed: str) -> str:
    return feed.removeprefix("feeds/").removesuffix(".ics")


def anchor(text: str) -> str:
    """Make the name of a spot on a page: readable, and different for every text."""
    return "at." + re.sub(r"[^A-Za-z0-9_/-]", lambda found: f"~{ord(found[0]):x}~", text).replace(
        "/", "."
    )


def link(page: str, target: str) -> str:
    """Link from one page to a file or spot of the site, so that it works from the disk too.

    Args:
        page: The path of the page that links, from the site's root.
        target: The path linked to, from the site's root, with a ``#spot`` where there is one.
    """
    return _from_folder(page.rpartition("/")[0], target)


@lru_cache(maxsize=65_536)
def _from_folder(folder: str, target: str) -> str:
    path, hash_sign, spot = target.partition("#")
    relative = posixpath.relpath(path, folder or ".")
    return quote(relative, safe="/~") + hash_sign + quote(spot, safe="~")


def allowed(address: str | None) -> str | None:
    """Let an address through only where a browser does nothing but go there."""
    if address and re.match(r"https?://[^\s\"'<>\x00-\x1f]+\Z", address, re.IGNORECASE):
        return address
    return None
