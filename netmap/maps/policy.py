"""The page's Content-Security-Policy: what may run, by hash, and nothing else.

Only texts this room wrote or Leaflet's are hashed, never what is found in the finished page: a
script that got in by a mistake would not be among them, and would not run.
"""

import re
from collections.abc import Iterable

import xyzservices

from netmap.maps.assets import Tags, hash_source

_HOST = re.compile(r"^(https?)://([^/]+)/")
_GAP = re.compile(r"\{\w+\}")


def policy(
    tags: Tags, scripts: Iterable[str], styles: Iterable[str], tiles: str | None = None
) -> str:
    """Write the policy.

    Args:
        tags: Where Leaflet comes from.
        scripts: The inline scripts, exactly as they stand between their tags.
        styles: The inline styles, likewise.
        tiles: A source expression for the base map's tiles, if one was asked for.
    """
    images = " ".join(filter(None, ("data:", tiles)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join((tags.script_source, *map(hash_source, scripts)))}",
            f"style-src {' '.join((tags.style_source, *map(hash_source, styles)))}",
            f"img-src {images}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def tile_source(provider: xyzservices.TileProvider) -> str:
    """Write the source expression for a provider's tiles: its host, any of its subdomains."""
    found = _HOST.match(str(provider["url"]))
    if not found:
        return "https:"
    scheme, host = found.groups()
    filled = _GAP.sub(lambda part: str(provider.get(part[0][1:-1], "*")), host.replace("{s}", "*"))
    # A wildcard may only be the first label.
    labels = filled.split(".")
    last = max((i for i, label in enumerate(labels) if "*" in label), default=-1)
    return f"{scheme}://{'.'.join(['*', *labels[last + 1 :]] if last >= 0 else labels)}"
