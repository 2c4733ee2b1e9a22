"""When hubs cannot come: the times taken in other people's calendars.

A calendar whose file goes by a hub's id or name is that hub's; any other counts for every hub.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath

from netmap.errors import UnreadableFileError
from netmap.events.foreign import MOST_BYTES, Foreign, ForeignDate, read_calendar
from netmap.findings import Finding, Level, Place
from netmap.times import Span
from netmap.workspace import Workspace

BUSY = "Busy"
_MOST_FILES = 1000
# Calendars are not followed beyond these.
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)
_NAMED = 6
_COPY = re.compile(r"\s*\(\d+\)$")


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time that is taken in somebody's calendar.

    Attributes:
        span: When, local in the programme's zone.
        hub: Whose it is: as the file is called until the programme is resolved, then a hub's id;
            None where it counts for every hub.
        source: The file, from the workspace.
        what: What is on, ``Busy`` where nobody is to know. For staff alone.
    """

    span: Span
    hub: str | None
    source: str
    what: str


def window_of(first: date, last: date) -> Span:
    """Say between which moments two days lie, both included."""
    first, last = max(first, _FIRST), min(last, _LAST)
    return Span(
        datetime.combine(first, time.min), datetime.combine(last + timedelta(days=1), time.min)
    )


def read_busy(
    workspace: Workspace, patterns: Iterable[str], zone: str, window: Span, settings_file: str
) -> tuple[tuple[Busy, ...], list[Finding], list[str]]:
    """Read the calendars that a programme keeps clear of.

    Args:
        workspace: Where they are kept; nothing outside it is read.
        patterns: What ``when.busy`` says, as ``events/external/*.ics``.
        zone: The programme's zone.
        window: The programme's time.
        settings_file: How messages name the programme's settings.

    Returns:
        The times by start, hub and file, without doubles; what was noticed; and what planning
        must say, one sentence each.
    """
    findings: list[Finding] = []
    remarks: list[str] = []
    busy: set[Busy] = set()
    for file in _files(workspace, patterns, settings_file, findings):
        shown = workspace.shown(file)
        try:
            found = read_calendar(content_of(file, shown), shown, zone, window)
        except UnreadableFileError as error:
            message = f"it cannot be read: {error.why}; what is in it is not avoided."
            findings.append(Finding(Level.ERROR, "unreadable-file", message, Place(shown)))
            remarks.append(f"{shown} could not be read; what is in it is not avoided.")
            continue
        busy |= {
            Busy(one.span, whose(file.stem), shown, one.title or BUSY)
            for one in found.dates
            if one.busy
        }
        findings += _shortly(found)
    ordered = sorted(busy, key=lambda one: (one.span, one.hub or "", one.source, one.what))
    return tuple(ordered), findings, remarks


def whose(stem: str) -> str:
    """Take from a file's name what a browser adds to a second copy: ``leeds-mind (1)``."""
    return _COPY.sub("", stem).strip()


def content_of(file: Path, shown: str) -> bytes:
    """Read a file that may be a calendar.

    Raises:
        UnreadableFileError: It cannot be read, or is too large.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            why = (
                f"it is larger than {MOST_BYTES // 1_000_000} MB; export a shorter stretch of time"
            )
            raise UnreadableFileError(shown, why)
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error


def matched_by(patterns: Iterable[str], shown: str) -> bool:
    """Tell whether a file would be read as busy time; `shown` is its path from the workspace."""
    return any(_as_regex(one).fullmatch(shown) for one in patterns if not _leads_out(one))


def _as_regex(pattern: str) -> re.Pattern[str]:
    """Write a pattern with ``*``, ``**`` and ``?`` as a regular expression."""
    said = re.escape(PurePosixPath(pattern.replace("\\", "/")).as_posix())
    said = said.replace(r"\*\*/", "(?:[^/]+/)*").replace(r"\*\*", "[^/]*")
    return re.compile(said.replace(r"\*", "[^/]*").replace(r"\?", "[^/]"))


def _leads_out(pattern: str) -> bool:
    path = pattern.replace("\\", "/")
    return path.startswith("/") or bool(re.match(r"[A-Za-z]:", path)) or ".." in path.split("/")


def _files(
    workspace: Workspace, patterns: Iterable[str], settings_file: str, findings: list[Finding]
) -> list[Path]:
    """List the files that the patterns match, in order of path, none of them outside."""
    root = workspace.root.resolve()
    place = Place(settings_file, None, "when.busy")
    found: dict[str, Path] = {}
    for pattern in patterns:
        if not pattern.strip() or _leads_out(pattern):
            message = f"'{pattern}' leads out of the workspace; nothing of it is read."
            findings.append(Finding(Level.ERROR, "busy-outside", message, place, pattern))
            continue
        matching = [p for p in workspace.root.glob(pattern.replace("\\", "/")) if p.is_file()]
        inside = [p for p in matching if p.resolve().is_relative_to(root)]
        if len(inside) < len(matching):
            message = (
                f"'{pattern}' matches links that lead out of the workspace; they are not read."
            )
            findings.append(Finding(Level.ERROR, "busy-outside", message, place, pattern))
        if not matching:
            message = f"'{pattern}' matches no file yet; no busy time is read from it."
            hint = "Put calendars there with: netmap events import FILE.ics --busy"
            findings.append(Finding(Level.NOTICE, "no-busy-file", message, place, pattern, hint))
        found |= {workspace.shown(path): path for path in inside}
    if len(found) > _MOST_FILES:
        message = f"more than {_MOST_FILES:,} files match; the later ones are not read."
        findings.append(Finding(Level.ERROR, "too-many-files", message, place))
    return [found[name] for name in sorted(found)][:_MOST_FILES]


def _shortly(found: Foreign) -> list[Finding]:
    """Say what was noticed in a calendar: each fault, and what only needs knowing once a kind."""
    every = [*found.repairs, *found.left_out]
    free = [one for one in found.dates if not one.busy]
    shown = [one for one in every if one.level is not Level.NOTICE]
    kinds: dict[str, list[Finding]] = {}
    for one in every:
        if one.level is Level.NOTICE:
            kinds.setdefault(one.code, []).append(one)
    for group in kinds.values():
        first = group[0]
        if len(group) > 1:
            rows = [str(one.place.row) for one in group[1:_NAMED] if one.place.row]
            more = f" and {len(group) - _NAMED:,} more" if len(group) > _NAMED else ""
            message = f"{first.message} The same on rows {', '.join(rows)}{more}."
            first = replace(first, message=message)
        shown.append(first)
    return shown + _free(found.shown, free)


def _free(shown: str, free: list[ForeignDate]) -> list[Finding]:
    counted = Counter("cancelled" if one.status == "cancelled" else "free" for one in free)
    said = {"cancelled": "called off", "free": "marked as free time"}
    return [
        Finding(
            Level.NOTICE,
            "not-busy",
            f"{number:,} date{'' if number == 1 else 's'} {said[why]}: not avoided.",
            Place(shown),
        )
        for why, number in sorted(counted.items())
    ]
