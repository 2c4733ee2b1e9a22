"""From a register to one page of HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from jinja2 import DictLoader, Environment, StrictUndefined

from netmap import language
from netmap.gaps.gap import Gap
from netmap.maps.assets import Assets, own, tags
from netmap.maps.blob import blob, large
from netmap.maps.cards import Layer
from netmap.maps.facets import facets_of, numbered
from netmap.maps.joins import joins
from netmap.maps.layers import layers
from netmap.maps.packing import in_two, packed
from netmap.maps.page import Page
from netmap.maps.scene import Scene
from netmap.maps.sessions import MapSession
from netmap.maps.settings import NO_BASEMAP, MapSettings
from netmap.maps.symbols import NO_DATA, NOT_SHOWN, SYMBOLS, ink_on
from netmap.maps.weight import lightened
from netmap.maps.words import clean, number
from netmap.networks.register import Register
from netmap.networks.spoken import spoken_names
from netmap.vocabulary import Vocabularies

_TEMPLATES = ("above.html", "below.html", "parts.html")
# Layers whose rows the site also keeps as a table of its own.
_FILES = {key: f"{key}.csv" for key in ("areas", "gaps", "organisations", "activities", "ties")}


# Words and an address each.
Links = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of itself, in words that are clean.

    Attributes:
        title: Its heading.
        network: The network's title.
        summary: What the network is.
        disclaimer: What the page is not for.
        source: Where the register is from.
        licence: Under which terms.
        publisher: Who publishes the page.
        described: The day the register describes; empty where it names none.
        drawn_on: The day of the run.
    """

    title: str
    network: str = ""
    summary: str = ""
    disclaimer: str = ""
    source: str = ""
    licence: str = ""
    publisher: str = ""
    described: str = ""
    drawn_on: str = ""


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
    data: str = "",
    site: Links = (),
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
        data: The address of the folder with the network's tables, from the page; empty where there
            is none.
        site: Words and addresses, from the page, of what else the site has of the network; empty
            for a page of its own.

    Returns:
        The page as UTF-8 HTML; the same bytes for the same input.
    """
    scene = Scene(settings, register, vocabularies, tuple(gaps), tuple(sessions), reach)
    said = Said(
        title=clean(settings.title) or clean(register.title),
        network=clean(register.title),
        summary=clean(register.settings.summary),
        disclaimer=clean(register.settings.disclaimer),
        source=clean(register.settings.source),
        licence=clean(register.settings.licence),
        publisher=clean(publisher),
        # A register that names no day of its own claims none.
        described=language.day(register.day) if register.settings.as_of else "",
        drawn_on=language.day(as_of),
    )
    return compose(
        said,
        layers(scene),
        assets=assets,
        basemap=settings.basemap,
        data=data,
        site=site,
        spoken=spoken_names(register),
    )


def compose(
    said: Said,
    made: Sequence[Layer],
    *,
    assets: Assets,
    basemap: str = NO_BASEMAP,
    data: str = "",
    site: Links = (),
    spoken: Mapping[str, str] | None = None,
) -> bytes:
    """Put layers on a page.

    Args:
        said: What the page says of itself.
        made: The layers; those with very many things may come as columns.
        assets: Where the page's copy of Leaflet is.
        basemap: ``none``, or the name of a tile provider.
        data: The address of the folder with the tables, from the page; empty where there is none.
        site: Words and addresses of other pages of the site; empty for a page of its own.
        spoken: In which language names in other letters are; None where none is.

    Returns:
        The page as UTF-8 HTML; the same bytes for the same input.
    """
    drawn = tuple(lightened(layer) for layer in made)
    facets = facets_of(made)
    environment = _environment()
    words = {
        **asdict(said),
        "layers": drawn,
        "facets": facets,
        "numbered": partial(numbered, facets),
        "symbols": SYMBOLS,
        "patterns": {"none": NO_DATA, "hidden": NOT_SHOWN},
        "illustrative": any(layer.illustrative for layer in made),
        "placed": any(layer.drawn for layer in drawn),
        "tiles": basemap != NO_BASEMAP,
        "data": data,
        "site": site,
        "files": _FILES,
    }
    columns = large(drawn, facets)
    page = Page(said.title, tags(assets), basemap, large=bool(columns), lettered=spoken is not None)
    above, below = (environment.get_template(name).render(words) for name in _TEMPLATES[:2])
    page.fill(
        language.in_languages(above, spoken or {}),
        language.in_languages(below, spoken or {}),
        blob(drawn, facets, spoken, joins(made, facets)),
        *(map(packed, in_two(columns)) if columns else ()),
    )
    return page.render().encode("utf-8", errors="replace")


def _environment() -> Environment:
    environment = Environment(
        loader=DictLoader({name: own(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[language.templates.EXTENSION],
    )
    # What is put in is clean, and nothing is ever None.
    language.templates.install(environment, lambda value: value)
    environment.globals |= {"ink_on": ink_on, "number": number}
    return environment
