"""Leaflet, from the installed package: inside the page, beside it, or from a pinned address.

Nothing of Leaflet is kept in this project; the integrity hashes say which bytes are meant, and a
test says that the installed package holds the same.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from markupsafe import Markup

LEAFLET = "1.9.3"
CDN_URL = f"https://cdn.jsdelivr.net/npm/leaflet@{LEAFLET}/dist/"
INTEGRITY: Mapping[str, str] = {
    "leaflet.js": "sha256-WBkoXOwTeyKclOHuWtc+i2uENFpDZ9YPdf5Hf+D7ewM=",
    "leaflet.css": "sha256-kLaT2GOSpHechhsozzB+flnD+zUyjE2LlfWPgU04xyI=",
}
_BESIDE = "../assets/"
# Only a debugger would follow it, to a file that is not there.
_SOURCE_MAP = "//# sourceMappingURL=leaflet.js.map"


class Assets(StrEnum):
    """Where a page's copy of Leaflet is."""

    INLINE = "inline"
    BESIDE = "beside"
    CDN = "cdn"


@dataclass(frozen=True, slots=True)
class Tags:
    """What a page needs to have Leaflet, and what its security policy must let through.

    Attributes:
        style: The tag for the head.
        script: The tag before the page's own script.
        style_source: A source expression for ``style-src``.
        script_source: A source expression for ``script-src``.
    """

    style: Markup
    script: Markup
    style_source: str
    script_source: str


def asset_files() -> Mapping[str, bytes]:
    """Give the files that pages drawn with :attr:`Assets.BESIDE` expect, by path in the site."""
    return {f"assets/{name}": _leaflet(name) for name in sorted(INTEGRITY)}


def own(name: str) -> str:
    """Read one of this room's own files."""
    return _as_parsed(files("netmap.maps").joinpath("static", name).read_bytes())


@cache
def slimmed(script: str) -> str:
    """Leave out what a browser does not read of a script: comments, indents and blank lines."""
    import rjsmin  # noqa: PLC0415  # only drawing needs it

    slim: str = rjsmin.jsmin(script)
    return slim


def hash_source(text: str) -> str:
    """Write the source expression that lets exactly this inline text through."""
    return f"'{digest(text.encode())}'"


def digest(content: bytes) -> str:
    """Write the SHA-256 of some bytes as integrity attributes have it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"


def tags(assets: Assets) -> Tags:
    """Write the tags for Leaflet."""
    return {Assets.INLINE: _inline, Assets.BESIDE: _beside, Assets.CDN: _cdn}[assets]()


@cache
def _leaflet(name: str) -> bytes:
    return files("xstatic.pkg.leaflet").joinpath("data", name).read_bytes()


def _as_parsed(content: bytes) -> str:
    """Decode a file with the line ends a browser makes of them, so that hashes agree."""
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _inline() -> Tags:
    style = _as_parsed(_leaflet("leaflet.css"))
    script = _as_parsed(_leaflet("leaflet.js")).replace(_SOURCE_MAP, "").rstrip()
    return Tags(
        Markup("<style>{}</style>").format(Markup(style)),  # noqa: S704  # Leaflet's own bytes
        Markup("<script>{}</script>").format(Markup(script)),  # noqa: S704  # Leaflet's own bytes
        hash_source(style),
        hash_source(script),
    )


def _beside() -> Tags:
    return Tags(
        Markup('<link rel="stylesheet" href="{}leaflet.css">').format(_BESIDE),
        Markup('<script src="{}leaflet.js"></script>').format(_BESIDE),
        # A page opened from disk has no origin that 'self' could mean.
        "'self' file:",
        "'self' file:",
    )


def _cdn() -> Tags:
    attributes = 'integrity="{}" crossorigin="anonymous" referrerpolicy="no-referrer"'
    style = Markup(f'<link rel="stylesheet" href="{{}}" {attributes}>')  # noqa: S704  # our words
    script = Markup(f'<script src="{{}}" {attributes}></script>')  # noqa: S704  # our words
    return Tags(
        style.format(f"{CDN_URL}leaflet.css", INTEGRITY["leaflet.css"]),
        script.format(f"{CDN_URL}leaflet.js", INTEGRITY["leaflet.js"]),
        f"{CDN_URL}leaflet.css",
        f"{CDN_URL}leaflet.js",
    )
