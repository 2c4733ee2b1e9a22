"""Build the whole site: maps, pages, data, feeds, manifest, the record of what was told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from netmap import __version__, events, maps
from netmap.build.announcing import announce
from netmap.build.drawing import render
from netmap.build.workplace import Workplace
from netmap.errors import CannotWriteError
from netmap.events.announcing import Announcement
from netmap.findings import Finding
from netmap.gaps import Gap, largest
from netmap.networks.measures import measure
from netmap.networks.summary import summarise
from netmap.site import paths
from netmap.site.downloads import data_files
from netmap.site.inputs import FeedKind, FeedView, MapView, NetworkView, SessionView, SiteInput
from netmap.site.manifest import manifest
from netmap.site.pages import pages as pages_of
from netmap.workspace import SETTINGS_FILE, folder_in_the_making, write_atomically

MANIFEST = "manifest.json"
_LARGEST = 5
_TOLD = (".published.json", ".partners.json", ".staff.json")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made."""

    pages: int
    maps: int
    feeds: int
    data: int
    networks: int
    sessions: int
    problems: int
    largest: tuple[Gap, ...]
    crowded: tuple[Finding, ...]


def build_site(
    place: Workplace,
    target: Path,
    *,
    offline: bool = False,
    record: bool = True,
    withdraw: bool = False,
    kept: events.Kept | None = None,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Built:
    """Build the site of a workspace for its audience.

    Args:
        place: The workspace, opened for the audience.
        target: The folder to make; one that netmap did not build is left alone.
        offline: Whether each map carries its scripts and styles inside.
        record: Whether to note what subscribers were told, before the new site takes the place of
            the old one.
        withdraw: Whether many published sessions may be cancelled at once.
        kept: What an earlier build of this process worked out for feeds; brought up to date.
        progress: Told what is being done.

    Raises:
        CannotWriteError: The target cannot be written; what was there stays.
        NothingUsableError: No network has a usable organisation or area.
        WithdrawalError: Many sessions would vanish for subscribers, and `withdraw` is not given.
    """
    _refuse_own_sources(place, target)
    progress("Reading the registers")
    problems = place.check()
    names = place.usable_names()
    progress("Looking for gaps")
    views = sorted((_view(place, name) for name in names), key=_richest_first)
    progress("Writing the calendar feeds")
    kept = kept or events.Kept()
    feeds, told = place.feeds(withdraw=withdraw, kept=kept)
    shown = _feeds(place, feeds)
    titles = {one.path.removeprefix("feeds/"): one.title for one in shown}
    said = announce(place, titles, kept, withdraw=withdraw)
    sessions = _sessions(place, feeds)
    progress("Drawing the maps")
    drawn = _maps(place, names, offline=offline)
    given = SiteInput(
        settings=place.workspace.settings,
        vocabularies=place.vocabularies,
        audience=place.audience,
        as_of=place.as_of,
        version=__version__,
        networks=tuple(views),
        maps=tuple(view for view, _ in drawn),
        sessions=(*sessions, *_withdrawn(place, said.withdrawn)),
        feeds=tuple(
            replace(one, coming=said.coming.get(one.path, 0), invented=one.path in said.invented)
            for one in shown
        ),
        news=said.news,
        dates=said.dates,
        linked_data=said.linked,
        last_day=events.feed_window(place.as_of)[1].date(),
    )
    progress("Writing the pages")
    pages = pages_of(given)
    progress("Writing the data")
    data = data_files(given)
    files: dict[str, bytes] = {
        **pages,
        **data,
        **maps.asset_files(),
        **{view.path: page for view, page in drawn},
        **{f"feeds/{path}": content for path, content in feeds.items()},
        paths.CHANGES: said.news,
    }
    progress("Putting the site in place")
    with folder_in_the_making(target, MANIFEST) as folder:
        for path in sorted(files):
            _write(folder / path, files[path])
        _write(
            folder / MANIFEST,
            manifest(files, _inputs(place), place.as_of, place.audience, __version__),
        )
        if record:
            records = {**place.filled_uids(), **said.records, **place.records(told)}
            for file, content in records.items():
                write_atomically(file, content)
    return Built(
        pages=sum(path.endswith(".html") for path in pages),
        maps=len(drawn),
        feeds=len(feeds),
        data=len(data),
        networks=len(names),
        sessions=len(sessions),
        problems=sum(one.level.value != "notice" for one in problems),
        largest=largest((view.report for view in views), _LARGEST),
        crowded=tuple(events.check_feeds(feeds)),
    )


def _refuse_own_sources(place: Workplace, target: Path) -> None:
    """Keep a site from being built over the files it is made of."""
    root, target = place.workspace.root.resolve(), target.resolve()
    sources = [root / name for name in ("networks", "events", "maps")]
    if target == root or any(target == s or s in target.parents for s in sources):
        raise CannotWriteError(target, "the workspace's own files are there")


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _view(place: Workplace, name: str) -> NetworkView:
    register = place.register(name)
    return NetworkView(
        register,
        place.report(name),
        summarise(register, place.vocabularies),
        measure(register),
    )


def _maps(place: Workplace, names: Iterable[str], *, offline: bool) -> list[tuple[MapView, bytes]]:
    """Draw every map file, and a usual map of each network that has none."""
    usable = set(names)
    assets = maps.Assets.INLINE if offline else maps.Assets.BESIDE
    settings = {n: maps.read_map(place.workspace, n)[0] for n in place.workspace.maps()}
    shown = {one.network for one in settings.values()}
    for name in sorted(usable - shown - set(settings)):
        default = maps.default_map(name, place.register(name).title)
        settings[name] = default.model_copy(update={"audience": place.audience})
    return [
        (MapView(name, one.title, one.network, page), render(place, one, assets, page))
        for name, one in sorted(settings.items())
        if one.network in usable
        for page in (f"maps/{name}.html",)
    ]


def _richest_first(view: NetworkView) -> tuple[int, int, str]:
    total = view.summary.total
    return -total.activities, -total.organisations, view.name


def _sessions(place: Workplace, feeds: Mapping[str, bytes]) -> tuple[SessionView, ...]:
    return tuple(
        SessionView(
            uid=one.uid,
            programme=one.programme,
            programme_title=one.programme_title,
            network=one.network,
            hub=one.hub,
            hub_name=one.hub_name,
            kind=one.kind,
            kind_label=one.kind_label,
            theme=one.theme,
            title=one.title,
            starts=one.starts,
            ends=one.ends or one.starts,
            time_zone=one.zone,
            place=one.venue,
            area=one.area,
            area_name=one.area_name,
            online_url=one.online_url,
            status=one.status,
            illustrative=one.illustrative,
            feeds=_feeds_of(one, feeds),
            date_uid=one.date_uid,
            all_day=one.all_day,
        )
        for one in events.every_session(place.programmes(), place.as_of)
    )


def _withdrawn(place: Workplace, withdrawn: Iterable[Announcement]) -> tuple[SessionView, ...]:
    """Show what was told and then deleted as cancelled: whoever noted it looks for it here."""
    programmes = {one.name: one for one in place.programmes()}
    return tuple(
        SessionView(
            uid=one.uid,
            programme=said.record,
            programme_title=programmes[said.record].title,
            network=programmes[said.record].settings.network,
            hub=None,
            hub_name=said.hub,
            kind="",
            kind_label=said.kind,
            theme="",
            title=one.title,
            starts=one.starts,
            ends=one.ends or one.starts,
            time_zone=one.zone,
            status=one.status,
            illustrative=programmes[said.record].illustrative or one.invented,
            all_day=one.all_day,
        )
        for said in withdrawn
        for one in [said.entry.occurrence]
    )


def _feeds_of(one: events.SessionView, feeds: Mapping[str, bytes]) -> tuple[str, ...]:
    wanted = [
        events.feed_path("", one.programme),
        *([events.feed_path("hub", one.hub)] if one.hub else []),
        *([events.feed_path("area", one.area)] if one.area else []),
        events.feed_path("kind", one.kind),
    ]
    return tuple(f"feeds/{path}" for path in wanted if path in feeds)


def _feeds(place: Workplace, feeds: Mapping[str, bytes]) -> tuple[FeedView, ...]:
    """Name every feed in words, by kind."""
    named: dict[str, tuple[str, FeedKind, str]] = {}

    def name(kind: FeedKind, subject: str, title: str) -> None:
        named[events.feed_path("" if kind == "programme" else kind, subject)] = title, kind, subject

    for network in place.usable_names():
        register = place.register(network)
        for one in register.organisations:
            name("hub", one.id, one.name)
        for area in register.areas:
            name("area", area.code, area.name)
        name("activities", network, register.title)
        for area in register.areas:
            path = events.network_feed_path(network, area.code)
            named[path] = f"{register.title}: {area.name}", "activities", f"{network}/{area.code}"
    for kind in place.vocabularies["event_kind"]:
        name("kind", kind, place.vocabularies["event_kind"].label(kind))
    for community in place.vocabularies["community"]:
        name("community", community, place.vocabularies["community"].label(community))
    for programme in place.programmes():
        name("programme", programme.name, programme.title)
    return tuple(
        FeedView(f"feeds/{path}", *named.get(path, (path.removesuffix(".ics"), _kind(path))))
        for path in sorted(feeds)
    )


def _kind(path: str) -> FeedKind:
    kinds: tuple[FeedKind, ...] = ("hub", "area", "kind", "community", "activities")
    return next((kind for kind in kinds if path.startswith(f"{kind}/")), "programme")


def _inputs(place: Workplace) -> dict[str, bytes | Path]:
    """List the files the site was made from; the record of what was told is made, not given."""
    root = place.workspace.root
    found = [root / SETTINGS_FILE]
    for folder in ("networks", "events", "maps", "texts"):
        found += [
            path
            for path in (root / folder).rglob("*")
            if path.is_file()
            and not path.name.startswith((".", "~$"))
            and not path.name.endswith(_TOLD)
        ]
    return {place.workspace.shown(path): path for path in found}
