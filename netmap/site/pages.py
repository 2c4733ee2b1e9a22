"""All pages of the site."""

from netmap.gaps import RULES, Severity
from netmap.language import _, folding, script
from netmap.networks.alternatives import GRID
from netmap.networks.models import GapSettings, ReachSettings
from netmap.site import diary, front, paths, subscribing
from netmap.site.atlas import Atlas, GapCard
from netmap.site.briefing import briefing
from netmap.site.downloads import data_paths
from netmap.site.inputs import SiteInput
from netmap.site.place import Among, place_view
from netmap.site.qr import qr_code
from netmap.site.rendering import Page, asset, render
from netmap.site.searching import search_index
from netmap.site.system import system_view


def pages(site: SiteInput) -> dict[str, bytes]:
    """Make every page of the site, with its style and script.

    Args:
        site: What it is made from; registers are those the audience may see.

    Returns:
        Path from the site's root, forward slashes, to bytes; in order of path. The same input
        gives the same bytes.
    """
    atlases = tuple(Atlas(site, view) for view in site.networks)
    wanted = [_index(site, atlases), *_calendar(site, atlases), _about()]
    for atlas in atlases:
        wanted += [_gaps(atlas), _network(atlas), _directory(atlas)]
        wanted += _places(atlas)
    made = {page.path: render(site, atlases, page) for page in wanted}
    made |= {paths.STYLES: asset("site.css"), paths.SCRIPT: asset("site.js")}
    made |= {
        paths.SEARCH: (script() + folding()).encode() + asset("search.js"),
        paths.SEARCH_INDEX: search_index(site, atlases),
    }
    return dict(sorted(made.items()))


def _index(site: SiteInput, atlases: tuple[Atlas, ...]) -> Page:
    by_name = {atlas.name: atlas for atlas in atlases}
    upcoming = site.upcoming()
    return Page(
        paths.INDEX,
        "index.html",
        _("Overview"),
        "index",
        values={
            "cards": [front.network_card(atlas) for atlas in atlases],
            "gaps": front.largest_gaps(atlases),
            "gaps_in_all": sum(not _is_note(card) for a in atlases for card in a.cards),
            "unknown_in_all": sum(_is_note(card) for a in atlases for card in a.cards),
            "sessions": diary.session_cards(by_name, upcoming[: front.MOST_SESSIONS]),
            "sessions_in_all": len(upcoming),
            "downloads": [(atlas, data_paths(atlas.view)) for atlas in atlases],
        },
    )


def _is_note(card: GapCard) -> bool:
    return card.gap.severity is Severity.INFO


def _calendar(site: SiteInput, atlases: tuple[Atlas, ...]) -> list[Page]:
    groups = subscribing.feed_groups(site)
    return [
        _events(site, atlases, groups),
        _months(site, atlases),
        _subscribe(site, groups),
        *_posters(site, groups),
    ]


def _events(
    site: SiteInput, atlases: tuple[Atlas, ...], groups: tuple[subscribing.FeedGroup, ...]
) -> Page:
    by_name = {atlas.name: atlas for atlas in atlases}
    sessions = site.in_order()
    coming = tuple(s for s in sessions if s.starts.date() >= site.as_of)
    past = tuple(s for s in sessions if s.starts.date() < site.as_of)
    # Laid out together, since a spot on the page has one name.
    cards = diary.session_cards(by_name, (*coming, *past))
    return Page(
        paths.EVENTS,
        "events.html",
        _("Events"),
        "events",
        values={
            "months": diary.months(cards[: len(coming)]),
            "coming": len(coming),
            "cancelled": sum(s.cancelled for s in coming),
            "earlier": cards[len(coming) :],
            "feeds": [group for group in groups if group.kind in subscribing.WIDEST],
            "feeds_in_all": len(site.feeds),
            "hubs": sorted({(s.hub_name, s.hub) for s in coming if s.hub}),
            "kinds": sorted({(s.kind_label, s.kind) for s in coming if s.kind}),
            "zones": sorted({s.time_zone for s in sessions}),
            "illustrative": any(s.illustrative for s in sessions),
        },
    )


def _months(site: SiteInput, atlases: tuple[Atlas, ...]) -> Page:
    by_name = {atlas.name: atlas for atlas in atlases}
    sessions = site.in_order()
    cards = diary.session_cards(by_name, sessions)
    last = site.last_day
    values = {
        "months": diary.wall_months(cards, site.as_of, last),
        "later": sum(s.starts.date() >= last for s in sessions) if last else 0,
        "zones": sorted({s.time_zone for s in sessions}),
        "illustrative": any(s.illustrative for s in sessions),
    }
    return Page(paths.MONTHS, "months.html", _("Events by month"), "events", values=values)


def _subscribe(site: SiteInput, groups: tuple[subscribing.FeedGroup, ...]) -> Page:
    values = {
        "groups": groups,
        "base": subscribing.base_of(site),
        "secure": subscribing.secure(site),
    }
    title = _("Subscribe to a calendar")
    return Page(paths.SUBSCRIBE, "subscribe.html", title, "events", values=values)


def _posters(site: SiteInput, groups: tuple[subscribing.FeedGroup, ...]) -> list[Page]:
    base = subscribing.base_of(site)
    return [
        Page(
            link.poster,
            "poster.html",
            _("Poster: %(calendar)s", calendar=link.words),
            "events",
            values={
                "link": link,
                "qr": qr_code(f"{base}/{paths.SUBSCRIBE}#{link.spot}"),
                "page_address": f"{base}/{paths.SUBSCRIBE}",
            },
        )
        for group in groups
        for link in group.feeds
        if link.poster
    ]


def _about() -> Page:
    worded_apart = {"rules", "intersections"}
    names = [*ReachSettings.model_fields, *GapSettings.model_fields]
    values = {
        "rules": list(RULES.values()),
        "setting_names": [name for name in names if name not in worded_apart],
        "alternatives": [_(one.words) for one in GRID],
    }
    return Page(paths.ABOUT, "about.html", _("About"), "about", values=values)


def _gaps(atlas: Atlas) -> Page:
    report = atlas.view.report
    values = {
        "report": report,
        "rules": sorted({(card.rule, card.gap.rule) for card in atlas.cards}),
        "in_areas": sorted({(c.gap.area_name, c.gap.area) for c in atlas.cards if c.gap.area}),
        "decisions": sorted({g.decision.decision for g in report.gaps if g.decision}),
        "communities": sorted({c.gap.community for c in atlas.cards if c.gap.community}),
        "rule_titles": {slug: rule.title for slug, rule in RULES.items()},
    }
    path = paths.gaps_page(atlas.name)
    title = _("Gaps: %(network)s", network=atlas.title)
    return Page(path, "gaps.html", title, "gaps", atlas, values)


def _network(atlas: Atlas) -> Page:
    path = paths.network_page(atlas.name)
    values = {"view": system_view(atlas), "downloads": data_paths(atlas.view)}
    return Page(path, "network.html", atlas.title, "network", atlas, values)


def _directory(atlas: Atlas) -> Page:
    register = atlas.register
    offers: dict[str, list[object]] = {}
    for activity in sorted(register.activities, key=lambda a: (a.name.casefold(), a.id)):
        offers.setdefault(activity.organisation or "", []).append(activity)
    values = {
        "organisations": sorted(register.organisations, key=lambda o: (o.name.casefold(), o.id)),
        "offers": offers,
    }
    path = paths.directory_page(atlas.name)
    title = _("Organisations: %(network)s", network=atlas.title)
    return Page(path, "organisations.html", title, "directory", atlas, values)


def _places(atlas: Atlas) -> list[Page]:
    """Make the page of each place, and the briefing on each without a parent."""
    wanted = []
    among: Among = {}
    for code, path in atlas.place_pages.items():
        view = place_view(atlas, code, among)
        names = {"place": atlas.areas.name(code), "network": atlas.title}
        title = _("%(place)s: %(network)s", **names)
        wanted.append(Page(path, "place.html", title, "places", atlas, {"view": view}))
        if code in atlas.briefings:
            values = {"view": briefing(atlas, view)}
            sheet = atlas.briefings[code]
            title = _("Briefing on %(place)s: %(network)s", **names)
            wanted.append(Page(sheet, "briefing.html", title, "places", atlas, values))
    return wanted
