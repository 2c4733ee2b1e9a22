"""What a map is to show: ``maps/<name>.toml``, read so that every wrong word is named."""

from collections.abc import Iterable, Mapping
from typing import Any

import xyzservices
from pydantic import Field

from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks import vocabularies_of
from netmap.privacy import Audience
from netmap.vocabulary import Vocabularies, VocabularyError, load
from netmap.workspace import Settings, Workspace, read_toml, settings_from

LAYERS = (
    "areas",
    "gaps",
    "organisations",
    "ties",
    "activities",
    "events",
    "rural_urban",
    "reach",
    "suggestions",
    "catchments",
)
USUAL_LAYERS = LAYERS[:6]
FIGURES = ("activities_per_100k", "activities", "population")
NO_BASEMAP = "none"
_OSM = {"osm": "OpenStreetMap.Mapnik", "openstreetmap": "OpenStreetMap.Mapnik"}


class MapSettings(Settings):
    """What ``maps/<name>.toml`` says.

    Attributes:
        title: The page's heading.
        network: A folder of ``networks/``.
        layers: What can be switched on, names of :data:`LAYERS`.
        shade_by: A figure of :data:`FIGURES` or a community's code; None shades nothing.
        community: Whose gaps and reach to show; None shows everybody's.
        basemap: ``none``, or the name of a tile provider.
        audience: Who the map is for; it only narrows the build's.
    """

    title: str = ""
    network: str = ""
    layers: tuple[str, ...] = Field(default=USUAL_LAYERS)
    shade_by: str | None = None
    community: str | None = None
    basemap: str = NO_BASEMAP
    audience: Audience = Audience.PUBLIC


def default_map(network_name: str, title: str) -> MapSettings:
    """Describe the map of a network that has no map file."""
    return MapSettings(title=title, network=network_name, shade_by="activities_per_100k")


def read_map(workspace: Workspace, name: str) -> tuple[MapSettings, list[Finding]]:
    """Read ``maps/<name>.toml``.

    Returns:
        The settings, with words that are not known left out, and one finding for each of these.

    Raises:
        UnknownNameError: There is no such map.
        UnreadableFileError: The file is not TOML.
    """
    path = workspace.root / "maps" / f"{workspace.one_of('map', name, workspace.maps())}.toml"
    file = workspace.shown(path)
    settings, findings = settings_from(MapSettings, read_toml(path), file)
    known, noticed = _known_words(settings, workspace, file)
    return settings.model_copy(update={"title": settings.title or name, **known}), [
        *findings,
        *noticed,
    ]


def tile_provider(basemap: str) -> xyzservices.TileProvider | None:
    """Find the tiles a base map's name stands for; None for ``none`` and for unknown names."""
    if basemap.casefold() == NO_BASEMAP:
        return None
    try:
        found = xyzservices.providers.query_name(_OSM.get(basemap.casefold(), basemap))
    except ValueError:
        return None
    return None if found.requires_token() else found


def _known_words(
    settings: MapSettings, workspace: Workspace, file: str
) -> tuple[Mapping[str, Any], list[Finding]]:
    vocabularies = _vocabularies(workspace)
    network, no_network = _network(settings.network, workspace.networks(), file)
    layers, no_layers = _layers(settings.layers, file)
    shade_by, no_shade = _shade_by(settings.shade_by, vocabularies, file)
    community, no_community = _community(settings.community, vocabularies, file)
    basemap, no_basemap = _basemap(settings.basemap, file)
    known = {
        "network": network,
        "layers": layers,
        "shade_by": shade_by,
        "community": community,
        "basemap": basemap,
    }
    return known, [*no_network, *no_layers, *no_shade, *no_community, *no_basemap]


def _vocabularies(workspace: Workspace) -> Vocabularies:
    try:
        return vocabularies_of(workspace)
    except VocabularyError:
        # What is wrong with the workspace's own terms is said where they are first read.
        return load()


def _unknown(  # a finding has as many parts
    what: str, value: str, place: Place, known: Iterable[str], *, code: str, outcome: str
) -> Finding:
    names = list(known)
    hint = did_you_mean(value, names) or f"Known: {', '.join(names[:12])}."
    message = f"'{value}' is not a known {what}; {outcome}."
    return Finding(Level.ERROR, code, message, place, value, hint)


def _network(network: str, known: list[str], file: str) -> tuple[str, list[Finding]]:
    place = Place(file, None, "network")
    if network in known:
        return network, []
    if not network:
        if len(known) == 1:
            return known[0], []
        message = "a map says which network it shows."
        return "", [Finding(Level.ERROR, "missing-setting", message, place)]
    outcome = "the map cannot be drawn"
    return network, [
        _unknown("network", network, place, known, code="unknown-network", outcome=outcome)
    ]


def _layers(layers: tuple[str, ...], file: str) -> tuple[tuple[str, ...], list[Finding]]:
    place = Place(file, None, "layers")
    kept = tuple(layer for layer in LAYERS if layer in layers)
    return kept, [
        _unknown("layer", layer, place, LAYERS, code="unknown-layer", outcome="it is left out")
        for layer in layers
        if layer not in LAYERS
    ]


def _shade_by(
    shade_by: str | None, vocabularies: Vocabularies, file: str
) -> tuple[str | None, list[Finding]]:
    if not shade_by or shade_by in FIGURES:
        return shade_by or None, []
    slug = vocabularies["community"].resolve(shade_by)
    if slug:
        return slug, []
    place = Place(file, None, "shade_by")
    known = (*FIGURES, *vocabularies["community"])
    outcome = "areas are not shaded"
    return None, [
        _unknown("figure", shade_by, place, known, code="unknown-figure", outcome=outcome)
    ]


def _community(
    community: str | None, vocabularies: Vocabularies, file: str
) -> tuple[str | None, list[Finding]]:
    if not community:
        return None, []
    slug = vocabularies["community"].resolve(community)
    if slug:
        return slug, []
    place = Place(file, None, "community")
    outcome = "everybody's gaps are shown"
    known = vocabularies["community"]
    return None, [
        _unknown("community", community, place, known, code="unknown-term", outcome=outcome)
    ]


def _basemap(basemap: str, file: str) -> tuple[str, list[Finding]]:
    if basemap.casefold() == NO_BASEMAP or tile_provider(basemap):
        return basemap, []
    place = Place(file, None, "basemap")
    known = (NO_BASEMAP, "osm", *sorted(xyzservices.providers.flatten()))
    outcome = "none is drawn (or it needs a key that netmap does not hold)"
    return NO_BASEMAP, [
        _unknown("base map", basemap, place, known, code="unknown-basemap", outcome=outcome)
    ]
