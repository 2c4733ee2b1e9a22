"""From a register to one page of HTML."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from netmap.gaps.gap import Gap
from netmap.maps.assets import Assets, own, tags
from netmap.maps.blob import blob
from netmap.maps.cards import Layer
from netmap.maps.layers import layers
from netmap.maps.page import Page
from netmap.maps.scene import Scene
from netmap.maps.sessions import MapSession
from netmap.maps.settings import MapSettings
from netmap.maps.symbols import NO_DATA, NOT_SHOWN, SYMBOLS, ink_on
from netmap.maps.words import clean, day
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

_TEMPLATES = ("above.html", "below.html", "parts.html")


def draw(  # one page needs all that stands on it
    settings: MapSettings,
    register: Register,
    vocabularies: Vocabularies,
    gaps: Sequence[Gap],
    sessions: Sequence[MapSession],
    reach: Mapping[str, float | None],
    *,
    assets: Assets,
    publisher: str,
    as_of: date,
) -> bytes:
    """Draw one map.

    Args:
        settings: What to show.
        register: The network, already as the map's audience may see it; nothing else is shown.
        vocabularies: The words people see.
        gaps: What was found for that audience, most pressing first.
        sessions: What is on for that audience.
        reach: Area code to kilometres to the nearest activity, detour included; None where there
            is none.
        assets: Where the page's copy of Leaflet is.
        publisher: Who publishes the page.
        as_of: The day of the run.

    Returns:
        The page as UTF-8 HTML; the same bytes for the same input.
    """
    scene = Scene(settings, register, vocabularies, tuple(gaps), tuple(sessions), reach)
    made = layers(scene)
    environment = _environment()
    words = _words(scene, made, clean(publisher), as_of)
    page = Page(words["title"], tags(assets), settings.basemap)
    page.fill(
        environment.get_template("above.html").render(words),
        environment.get_template("below.html").render(words),
        blob(made),
    )
    return page.render().encode("utf-8", errors="replace")


def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({name: own(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["ink_on"] = ink_on
    return environment


def _words(scene: Scene, made: tuple[Layer, ...], publisher: str, as_of: date) -> dict[str, Any]:
    settings, register = scene.settings, scene.register
    return {
        "title": clean(settings.title) or clean(register.title),
        "network": clean(register.title),
        "summary": clean(register.settings.summary),
        "disclaimer": clean(register.settings.disclaimer),
        "source": clean(register.settings.source),
        "licence": clean(register.settings.licence),
        "publisher": publisher,
        # A register that names no day of its own claims none.
        "described": day(register.day) if register.settings.as_of else "",
        "drawn_on": day(as_of),
        "layers": made,
        "symbols": SYMBOLS,
        "patterns": {"none": NO_DATA, "hidden": NOT_SHOWN},
        "illustrative": _illustrative(made),
        "placed": any(layer.drawn for layer in made),
        "tiles": settings.basemap != "none",
    }


def _illustrative(made: tuple[Layer, ...]) -> bool:
    return any(
        "(illustrative)" in cell for layer in made for row in layer.table.rows for cell in row.cells
    )
