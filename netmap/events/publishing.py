"""Every feed of the site, for one audience, and the new record of what was told.

Programmes and registers come whole, as staff see them: only so can what vanished be told from what
may no longer be seen. Each is redacted here before anything is worked out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from netmap.errors import UnknownNameError
from netmap.events.calendar import CUT_SHORT, Heading, Manner, calendar_bytes, event_bytes
from netmap.events.dates import (
    Window,
    each_of_network,
    feed_path,
    feed_window,
    lines_above,
    network_feed_path,
    of_programme,
)
from netmap.events.keeping import Kept, Written
from netmap.events.meetings import meets
from netmap.events.occurrence import link, one_line, plain_text
from netmap.events.programme import Programme
from netmap.events.redaction import for_audience, scrubber
from netmap.events.told import Calling, Entry, Told, read_told, tell
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.language import _, day
from netmap.networks.redaction import for_audience as register_for
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.workspace import Workspace, WorkspaceSettings

# Where Google stops reading, as users report; the heading needs some room too.
LARGEST_BYTES, MOST_EVENTS = 1_000_000, 1000
_HEADING_BYTES = 20_000
_COMMON = ("hub", "area", "kind", "community")


@dataclass(frozen=True, slots=True)
class _Telling:
    """What one programme or network has to tell.

    Attributes:
        entries: The dates to tell, tombstones among them.
        names: The name of every feed there may be for this audience, by path.
        always: The feeds that are there even when nothing is in them.
        told: The new record.
        disclaimer: What has to be said of all of it.
    """

    entries: tuple[Entry, ...]
    names: Mapping[str, str]
    always: frozenset[str]
    told: Told
    disclaimer: str = ""


def record_of(network: str) -> str:
    """Name the record of a network's own meetings, which have no programme."""
    return f"activities.{network}"


def records(programmes: Iterable[Programme], registers: Mapping[str, Register]) -> tuple[str, ...]:
    """Name the records that :func:`feeds` reads and gives back, in order."""
    networks = [n for n, r in registers.items() if any(meets(a) for a in r.activities)]
    return tuple(sorted([p.name for p in programmes] + [record_of(n) for n in networks]))


def read_all_told(
    workspace: Workspace,
    programmes: Iterable[Programme],
    registers: Mapping[str, Register],
    audience: Audience,
) -> dict[str, Told]:
    """Read every record that :func:`feeds` needs, by name.

    Raises:
        UnreadableFileError: A record cannot be understood.
    """
    return {n: read_told(workspace, n, audience) for n in records(programmes, registers)}


def feeds(
    programmes: Iterable[Programme],
    registers: Mapping[str, Register],
    audience: Audience,
    as_of: date,
    settings: WorkspaceSettings,
    told: Mapping[str, Told],
    *,
    withdraw: bool = False,
    tombstones: bool = True,
    kept: Kept | None = None,
) -> tuple[dict[str, bytes], dict[str, Told]]:
    """Write every feed.

    Args:
        programmes: As read, for staff.
        registers: The full registers by network, for staff.
        audience: Who the feeds are for.
        as_of: The day of the run.
        settings: What ``netmap.toml`` says.
        told: What this audience was told, by record (:func:`records`); a missing one is empty.
        withdraw: Whether many sessions may vanish at once.
        tombstones: Whether cancelled sessions are shown, if ``netmap.toml`` wants it too; the
            record keeps them either way.
        kept: What an earlier run of this process worked out; it is brought up to date.

    Returns:
        The bytes of each feed by its path below ``feeds/``, in order, and the new records by name.

    Raises:
        WithdrawalError: Many sessions would vanish at once.
    """
    kept = kept or Kept(lasting=False)
    tellings = _tellings(
        programmes, registers, audience, as_of, settings, told, kept, many=withdraw
    )
    manner, shown = _manner(settings), tombstones and settings.feeds.show_cancelled
    names: dict[str, str] = {}
    disclaimers: dict[str, dict[str, None]] = {}
    held: dict[str, list[Written]] = {}
    for telling in tellings.values():
        names = {**telling.names, **names}
        together = _together(telling, manner, kept, tombstones=shown)
        for path in telling.always.union(*together):
            disclaimers.setdefault(path, {})[telling.disclaimer] = None
            held.setdefault(path, [])
        for paths, pairs in together.items():
            for path in paths:
                held[path] += pairs
        del together
    kept.forget_all_but({e.occurrence.uid for t in tellings.values() for e in t.entries})
    made: dict[str, bytes] = {}
    for path, name in sorted(names.items()):
        if path in held:
            heading = _heading(path, name, audience, settings, disclaimers[path])
            made[path] = _made(path, heading, held.pop(path), manner, as_of, kept)
    return made, {name: telling.told for name, telling in sorted(tellings.items())}


def _together(
    telling: _Telling, manner: Manner, kept: Kept, *, tombstones: bool
) -> dict[frozenset[str], list[Written]]:
    """Write the events by the feeds they are in: the dates of a series are in the same."""
    found: dict[frozenset[str], list[Written]] = {}
    for entry in telling.entries:
        if tombstones or entry.occurrence.status != "cancelled":
            pair = kept.event(entry, manner)
            found.setdefault(entry.occurrence.feeds, []).append(pair)
    return found


def _made(
    path: str, heading: Heading, pairs: list[Written], manner: Manner, as_of: date, kept: Kept
) -> bytes:
    def make() -> bytes:
        fitting, until = _fitting(pairs, as_of)
        return calendar_bytes(_cut_short(heading, until), fitting, manner)

    # With the words there would be if it were cut short: those of another language are others.
    whence = heading, _cut_short(heading, as_of), manner, as_of
    return kept.feed(path, whence, pairs, make)


def _cut_short(heading: Heading, until: date | None) -> Heading:
    """Say in a heading that later dates are elsewhere, where that is so."""
    if until is None:
        return heading
    cut = _("Later dates than %(day)s are in the feeds by area or hub.", day=day(until))
    return replace(heading, until=until, description=f"{cut}\n{heading.description}")


def feed(
    programmes: Iterable[Programme],
    registers: Mapping[str, Register],
    audience: Audience,
    as_of: date,
    settings: WorkspaceSettings,
    told: Mapping[str, Told],
    *,
    programme: str | None = None,
    hub: str | None = None,
    area: str | None = None,
    kind: str | None = None,
    community: str | None = None,
    tombstones: bool = True,
    alarm_minutes: int | None = None,
) -> bytes:
    """Write one feed: the sessions that all the filters given let through.

    Args:
        programmes: As :func:`feeds` takes them; likewise `registers` to `told`.
        registers: The full registers by network.
        audience: Who the feed is for.
        as_of: The day of the run.
        settings: What ``netmap.toml`` says.
        told: What this audience was told; nothing new is recorded.
        programme: Only this programme.
        hub: Only this hub, by id.
        area: Only this area and those below it, by code.
        kind: Only this kind of event.
        community: Only this community and those within it.
        tombstones: Whether cancelled sessions are shown.
        alarm_minutes: How long before the start calendars shall ring; None for never.

    Raises:
        UnknownNameError: A filter names what this audience does not know.
    """
    chosen = [p for p in programmes if programme is None or p.name == programme]
    if programme is not None and not chosen:
        raise UnknownNameError("programme", programme)
    tellings = _tellings(
        chosen, registers, audience, as_of, settings, told, Kept(lasting=False), many=True
    )
    own = [tellings[p.name] for p in chosen]
    names: dict[str, str] = {}
    for telling in own:
        names = {**telling.names, **names}
    filters = {"hub": hub, "area": area, "kind": kind, "community": community}
    paths = [_known(what, name, names) for what, name in filters.items() if name is not None]
    manner = replace(_manner(settings), alarm_minutes=alarm_minutes)
    through = [
        (entry, event_bytes(entry, manner))
        for telling in own
        for entry in telling.entries
        if entry.occurrence.feeds.issuperset(paths)
        and (tombstones or entry.occurrence.status != "cancelled")
    ]
    title = ", ".join(names[path] for path in paths) or ", ".join(p.title for p in chosen)
    path = paths[0] if len(paths) == 1 and programme is None else feed_path("", programme or "all")
    fitting, until = _fitting(through, as_of)
    disclaimers = dict.fromkeys(telling.disclaimer for telling in own)
    heading = _heading(path, title or settings.title, audience, settings, disclaimers)
    return calendar_bytes(_cut_short(heading, until), fitting, manner)


def _known(what: str, name: str, names: Mapping[str, str]) -> str:
    path = feed_path(what, name)
    if path not in names:
        known = [
            p.removeprefix(f"{what}/").removesuffix(".ics")
            for p in names
            if p.startswith(f"{what}/")
        ]
        raise UnknownNameError(what, name, did_you_mean(name, known))
    return path


def _fitting(pairs: Iterable[Written], as_of: date) -> tuple[list[Written], date | None]:
    """Put the events of a feed in order, and leave out what some calendars would not read.

    Returns:
        The events by start and UID; where they are too many, the nearest from the first of the
        month on, in whole days where that is possible. And the last day there is room for, None
        where there is room for all.
    """
    ordered = sorted(pairs, key=lambda pair: (pair[0].occurrence.starts, pair[0].occurrence.uid))
    room = LARGEST_BYTES - _HEADING_BYTES
    if len(ordered) <= MOST_EVENTS and sum(len(written) for _, written in ordered) <= room:
        return ordered, None
    opens = datetime.combine(as_of.replace(day=1), time.min)
    kept: list[Written] = []
    for entry, written in ordered:
        if entry.occurrence.starts < opens:
            continue
        room -= len(written)
        if room < 0 or len(kept) == MOST_EVENTS:
            over = entry.occurrence.starts.date()
            whole = [one for one in kept if one[0].occurrence.starts.date() < over]
            kept = whole or kept
            break
        kept.append((entry, written))
    return kept, max((one[0].occurrence.starts.date() for one in kept), default=as_of)


def check_feeds(made: Mapping[str, bytes]) -> list[Finding]:
    """Warn of feeds in which there was no room for all dates."""
    found = []
    for path, content in sorted(made.items()):
        _, cut, rest = content.partition(f"\r\n{CUT_SHORT}:".encode())
        if not cut:
            continue
        until = datetime.strptime(rest[:8].decode(), "%Y%m%d")  # noqa: DTZ007  # a day
        message = (
            f"has room for its dates up to {until:%d %b %Y} only: some calendars stop at "
            f"{MOST_EVENTS} events or 1 MB."
        )
        hint = "Tell people of the feeds by area or hub instead; those have the later dates too."
        place = Place(f"feeds/{path}")
        found.append(Finding(Level.WARNING, "large-feed", message, place, None, hint))
    return found


def _manner(settings: WorkspaceSettings) -> Manner:
    contact = link(settings.contact_url)
    return Manner(contact, one_line(settings.publisher), link(_page(settings)))


def _page(settings: WorkspaceSettings) -> str:
    return f"{settings.base_url.rstrip('/')}/events/index.html" if settings.base_url else ""


def _heading(
    path: str,
    name: str,
    audience: Audience,
    settings: WorkspaceSettings,
    disclaimers: Iterable[str],
) -> Heading:
    base = settings.base_url.rstrip("/") if settings.base_url else ""
    publisher = f"{settings.publisher}." if settings.publisher else ""
    whose = " ".join(filter(None, (f"{settings.title}.", publisher, only_for(audience))))
    said = [whose, *disclaimers]
    return Heading(
        key=path,
        name=one_line(name),
        description=plain_text("\n".join(part for part in said if part)),
        address=link(f"{base}/feeds/{path}" if base else ""),
        page=link(_page(settings)),
    )


def only_for(audience: Audience) -> str:
    """Say who alone may read what is made; nothing where everybody may."""
    return {
        Audience.PUBLIC: "",
        Audience.PARTNERS: _("For partners only."),
        Audience.STAFF: _("For staff only."),
    }[audience]


def _tellings(
    programmes: Iterable[Programme],
    registers: Mapping[str, Register],
    audience: Audience,
    as_of: date,
    settings: WorkspaceSettings,
    told: Mapping[str, Told],
    kept: Kept,
    *,
    many: bool,
) -> dict[str, _Telling]:
    window = feed_window(as_of)
    keep = timedelta(days=settings.feeds.keep_cancelled_days)
    found: dict[str, _Telling] = {}
    for one in sorted(programmes, key=lambda p: p.name):
        register = registers.get(one.settings.network)
        if register is None:
            continue
        found[one.name] = _of_programme(
            one, register, audience, as_of, told, window, keep, many=many
        )
    for name, register in sorted(registers.items()):
        if record_of(name) in records((), {name: register}):
            found[record_of(name)] = _of_network(
                register, audience, as_of, settings, told, window, keep, kept
            )
    return found


def _of_programme(
    programme: Programme,
    register: Register,
    audience: Audience,
    as_of: date,
    told: Mapping[str, Told],
    window: Window,
    keep: timedelta,
    *,
    many: bool,
) -> _Telling:
    seen = for_audience(programme, register, audience)
    names = _names(seen, register)
    rows = frozenset(session.uid for session in seen.sessions)
    scrub = scrubber(programme, register)
    calling = Calling(
        as_of=as_of,
        window=window,
        keep=keep,
        rows=rows,
        unseen=frozenset(s.uid for s in programme.sessions) - rows,
        feeds=frozenset(names),
        repeatable=lambda title: (
            bool(title) and (audience is Audience.STAFF or scrub(title) == title)
        ),
        many=many,
    )
    before = told.get(programme.name) or Told(programme.name, audience)
    entries, after = tell(before, of_programme(seen, window), calling)
    hubs = programme.settings.hubs or list(seen.ground.hubs)
    always = {feed_path("", programme.name), *(feed_path("hub", hub) for hub in hubs)}
    shown = frozenset(always) & names.keys()
    return _Telling(entries, names, shown, after, seen.ground.disclaimer)


def _names(programme: Programme, register: Register) -> dict[str, str]:
    """Name every feed this audience may be told of for a programme, by path."""
    ground, words = programme.ground, programme.words
    hubs = ground.hubs
    network = one_line(ground.title or register.title)
    # A hub that only staff know by its row still has a feed of theirs.
    stray = {s.hub: s.hub for s in programme.sessions if s.hub and s.hub not in hubs}
    areas = {c for s in programme.sessions for c in lines_above(programme, programme.area_of(s))}
    return {
        feed_path("", programme.name): programme.title,
        **{
            feed_path("hub", hub): _("%(name)s: events", name=name)
            for hub, name in {**stray, **hubs}.items()
        },
        **{
            feed_path("area", code): _("%(name)s: events", name=ground.areas.get(code, code))
            for code in sorted(areas | set(ground.areas))
        },
        **{
            feed_path("kind", kind): _(
                "%(kind)s: %(network)s", kind=words.kind(kind), network=network
            )
            for kind in _kinds(programme)
        },
        **{
            feed_path("community", one): _(
                "Events for %(community)s: %(network)s",
                community=words.community(one),
                network=network,
            )
            for one in words.communities
        },
    }


def _kinds(programme: Programme) -> list[str]:
    return sorted({*programme.words.kinds, *(s.kind for s in programme.sessions)})


def _of_network(
    register: Register,
    audience: Audience,
    as_of: date,
    settings: WorkspaceSettings,
    told: Mapping[str, Told],
    window: tuple[datetime, datetime],
    keep: timedelta,
    kept: Kept,
) -> _Telling:
    seen = register_for(register, audience, settings.privacy)
    series = each_of_network(seen, settings.time_zone, settings.uid_domain, window, kept.dates)
    now = [one for dates in series for one in dates]
    title = one_line(seen.title)
    names = {
        network_feed_path(register.name): _("Groups' own meetings: %(network)s", network=title),
        **{
            network_feed_path(register.name, area.code): _(
                "%(area)s: groups' own meetings", area=area.name
            )
            for area in seen.areas
        },
    }
    visible = frozenset(activity.id for activity in seen.activities)
    name = record_of(register.name)
    gone = {a.name for a in register.activities if a.id not in visible}
    calling = Calling(
        as_of=as_of,
        window=window,
        keep=keep,
        rows=visible,
        unseen=frozenset(a.id for a in register.activities) - visible,
        feeds=frozenset(names),
        repeatable=lambda title: bool(title) and not any(one in title for one in gone),
        # Groups change their hours by the whole series; nobody should have to confirm that.
        many=True,
    )
    before = told.get(name) or Told(name, audience)
    entries, after = tell(before, now, calling, kept.settled_of(name))
    always = {network_feed_path(register.name)}.union(
        *(dates[0].feeds for dates in series if dates)
    )
    shown = frozenset(always & names.keys())
    return _Telling(entries, names, shown, after, seen.settings.disclaimer)


def entries(
    programmes: Iterable[Programme],
    registers: Mapping[str, Register],
    audience: Audience,
    as_of: date,
    settings: WorkspaceSettings,
    told: Mapping[str, Told],
    kept: Kept | None = None,
    *,
    withdraw: bool = False,
) -> dict[str, tuple[Entry, ...]]:
    """Give the dates behind the feeds by record, for what tells of them in other ways.

    Takes and raises what :func:`feeds` does; with what was kept there it is done at once.
    """
    kept = kept or Kept(lasting=False)
    tellings = _tellings(
        programmes, registers, audience, as_of, settings, told, kept, many=withdraw
    )
    return {name: telling.entries for name, telling in sorted(tellings.items())}
