"""Somebody's calendar on its way into a programme: read, compared, and only then written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from netmap import events
from netmap.build import names
from netmap.build.registers import Registers
from netmap.errors import UnreadableFileError
from netmap.events import Foreign, Programme, Taking, TakingWishes
from netmap.findings import Finding
from netmap.privacy import Audience
from netmap.times import Span, add_months
from netmap.workspace import write_atomically

_FOLDER = "events/external"
_AHEAD_MONTHS = 24
_UNFIT = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Coming:
    """A calendar as it would be taken in.

    Attributes:
        file: The file.
        found: What it says.
        window: The time that was looked at.
        target: The file that would be written.
        shown: How messages name it.
        content: What would be written there; None where there is nothing to change.
        programme: Whose sessions they become; None for busy times.
        taking: What becomes of the sessions; None for busy times.
        spans: The busy times; empty for sessions.
        hub: The hub whose time it is, None where it counts for every hub.
        kept_clear: The programmes that read the target as busy time.
        others: The programmes that do not, and what they look at so far.
    """

    file: Path
    found: Foreign
    window: Span
    target: Path
    shown: str
    content: bytes | None
    programme: Programme | None = None
    taking: Taking | None = None
    spans: tuple[Span, ...] = ()
    hub: str | None = None
    kept_clear: tuple[str, ...] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def left_alone(self) -> tuple[Finding, ...]:
        """Everything that was not taken, with the reason."""
        return self.taking.left_alone if self.taking else self.found.left_out


def programme_for(place: Registers, into: str | None) -> str | None:
    """Choose the programme: the one named, else the only one there is, else None.

    Raises:
        UnknownNameError: There is no programme of that name.
    """
    known = place.workspace.programmes()
    if into is not None:
        return place.workspace.one_of("programme", into, known)
    return known[0] if len(known) == 1 else None


def prepare_sessions(
    place: Registers,
    file: Path,
    into: str,
    *,
    kind: str | None = None,
    otherwise: str | None = None,
    hub: str | None = None,
    audience: Audience | None = None,
) -> Coming:
    """Read a calendar and work out which sessions it gives; nothing is written.

    Args:
        place: The workspace, opened for staff.
        file: The calendar.
        into: The programme.
        kind: The kind of every event, where people say it.
        otherwise: The kind of those that do not say theirs.
        hub: Whose events they are.
        audience: Who may see them.

    Raises:
        UnreadableFileError: It is no calendar.
        UnknownNameError: The hub or a kind is not known.
    """
    programme = place.programme(into)
    settings = programme.settings
    window = events.window_of(settings.starts, settings.ends)
    wishes = TakingWishes(
        names.event_kind(place, kind) if kind else None,
        names.event_kind(place, otherwise) if otherwise else None,
        names.hub(place, hub) if hub else None,
        audience,
    )
    found = _read(file, settings.time_zone, window)
    kinds = place.vocabularies["event_kind"]
    taking = events.take(programme, found, events.whose(file.stem), kinds, wishes)
    content = events.sessions_csv(taking.sessions, programme.aside) if taking.changed else None
    target = place.workspace.root / "events" / f"{into}.csv"
    return Coming(file, found, window, target, programme.file, content, programme, taking)


def prepare_busy(place: Registers, file: Path, into: str | None, hub: str | None) -> Coming:
    """Read a calendar and work out when its people are busy; nothing is written.

    Args:
        place: The workspace, opened for staff.
        file: The calendar.
        into: The programme whose dates are looked at; those of every programme where None.
        hub: The hub whose calendar it is; told from the file's name where None.

    Raises:
        UnreadableFileError: It is no calendar.
        UnknownNameError: The hub is not known.
    """
    workspace = place.workspace
    every = [place.programme(name) for name in workspace.programmes()]
    asked = [one for one in every if into in {None, one.name}]
    zones = {one.settings.time_zone for one in asked}
    zone = zones.pop() if len(zones) == 1 else workspace.settings.time_zone
    window = _window(asked, place.as_of)
    hub = names.hub(place, hub) if hub else _hub_called(every, events.whose(file.stem))
    found = _read(file, zone, window)
    name = hub or _name_of(file)
    spans = events.joined(one.span for one in found.dates if one.busy)
    target = workspace.root / _FOLDER / f"{name}.ics"
    shown = workspace.shown(target)
    clear = {one.name: events.matched_by(one.settings.when.busy, shown) for one in every}
    domain = workspace.settings.uid_domain
    return Coming(
        file,
        found,
        window,
        target,
        shown,
        events.busy_calendar(name, spans, zone, domain, window),
        spans=spans,
        hub=hub,
        kept_clear=tuple(name for name, matched in clear.items() if matched),
        others={one.name: one.settings.when.busy for one in every if not clear[one.name]},
    )


def carry_out(coming: Coming) -> str | None:
    """Write what was worked out.

    Returns:
        The file written, from the workspace; None where there was nothing to change.

    Raises:
        CannotWriteError: It cannot be written; what was there before is untouched.
    """
    if coming.content is None:
        return None
    write_atomically(coming.target, coming.content)
    return coming.shown


def _read(file: Path, zone: str, window: Span) -> Foreign:
    if not file.is_file():
        web = str(file).startswith(("http:", "https:", "webcal:"))
        why = "netmap asks nothing of the internet; save the calendar as a file first"
        raise UnreadableFileError(file.name, why if web else "there is no such file")
    return events.read_calendar(events.content_of(file, file.name), file.name, zone, window)


def _window(programmes: list[Programme], as_of: date) -> Span:
    if not programmes:
        return events.window_of(as_of, add_months(as_of, _AHEAD_MONTHS))
    return events.window_of(
        min(one.settings.starts for one in programmes),
        max(one.settings.ends for one in programmes),
    )


def _hub_called(programmes: list[Programme], stem: str) -> str | None:
    """Find the hub that a file is called after, by id or name, in any programme."""
    for one in programmes:
        found = events.hub_called(stem, one.ground)
        if found:
            return found
    return None


def _name_of(file: Path) -> str:
    """Name the copy of a calendar; one called after somebody's address gets a digest."""
    stem = events.whose(file.stem)
    if "@" in stem:
        return f"calendar-{sha256(stem.encode()).hexdigest()[:8]}"
    return _UNFIT.sub("-", stem).strip("-.")[:80] or "calendar"
