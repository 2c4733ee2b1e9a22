"""Draw one map, for one audience."""

from typing import TYPE_CHECKING

from netmap import maps
from netmap.build.workplace import Workplace
from netmap.errors import UnknownNameError
from netmap.findings import Finding, did_you_mean
from netmap.language import _
from netmap.networks.reach import reach
from netmap.privacy import Audience, narrower
from netmap.site.paths import INDEX, data_folder, gaps_page, link, network_page

if TYPE_CHECKING:
    from netmap.events import Programme


def draw(place: Workplace, name: str | None, *, offline: bool) -> tuple[bytes, list[Finding]]:
    """Draw a map, or a network that has no map file, as a page of its own.

    Args:
        place: The workspace, opened for the audience.
        name: A map or a network; may be None where there is one of either.
        offline: Whether scripts and styles go inside the page.

    Returns:
        The page, UTF-8, and what was noticed in the map's file.

    Raises:
        UnknownNameError: Neither a map nor a network is called that, or none was named and there
            are several.
    """
    settings, findings = _settings(place, name)
    assets = maps.Assets.INLINE if offline else maps.Assets.CDN
    return render(place, settings, assets), findings


def _settings(place: Workplace, name: str | None) -> tuple[maps.MapSettings, list[Finding]]:
    known_maps, known_networks = place.workspace.maps(), place.workspace.networks()
    if name is None:
        only = known_maps if len(known_maps) == 1 else [] if known_maps else known_networks
        if len(only) != 1:
            raise UnknownNameError(
                "map", "", f"Name one: {', '.join(known_maps or known_networks)}."
            )
        name = only[0]
    if name in known_maps:
        return maps.read_map(place.workspace, name)
    if name in known_networks:
        default = maps.default_map(name, place.register(name).title)
        return default.model_copy(update={"audience": place.audience}), []
    known = {*known_maps, *known_networks}
    raise UnknownNameError("map or network", name, did_you_mean(name, known))


def render(
    place: Workplace, settings: maps.MapSettings, assets: maps.Assets, site: str = ""
) -> bytes:
    """Draw a map for the narrower of its own audience and the workspace's.

    Args:
        place: The workspace.
        settings: What to show.
        assets: Where the page's copy of Leaflet is.
        site: Where the page is in the built site; empty for a page of its own.
    """
    audience = narrower(place.audience, settings.audience)
    place.names(settings.network)
    register = place.register(settings.network, audience)
    rows = reach(register, place.vocabularies["community"], settings.community)
    return maps.draw(
        settings,
        register,
        place.vocabularies,
        place.report(settings.network, audience).gaps,
        _sessions(place, settings.network, audience),
        {row.area: row.nearest_km for row in rows},
        assets=assets,
        publisher=place.workspace.settings.publisher,
        as_of=place.as_of,
        site=_site(site, settings.network) if site else (),
        data=f"../{data_folder(settings.network)}" if assets is maps.Assets.BESIDE else "",
    )


def _site(page: str, network: str) -> tuple[tuple[str, str], ...]:
    """Lead back to the pages of the site that say more of a map's network."""
    whole = network_page(network)
    return tuple(
        (words, link(page, target))
        for words, target in (
            (_("Overview"), INDEX),
            (_("Whole network"), whole),
            (_("Gaps"), gaps_page(network)),
            (_("Places"), f"{whole}#places"),
        )
    )


def _sessions(place: Workplace, network: str, audience: Audience) -> list[maps.MapSession]:
    from netmap import events  # noqa: PLC0415  # a map of a workspace without events needs none

    programmes: list[Programme] = place.programmes(network, audience)
    return [
        maps.MapSession(
            title=one.title,
            starts=one.starts.isoformat(timespec="minutes"),
            place=one.venue or one.area_name,
            longitude=one.point[0] if one.point else None,
            latitude=one.point[1] if one.point else None,
            kind=one.kind,
            status=one.status,
            illustrative=one.illustrative,
        )
        for one in events.upcoming(programmes, place.as_of)
    ]
