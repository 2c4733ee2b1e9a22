"""From somebody's calendar to the dates it has within a window, with all that had to be mended."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from netmap.events.foreign.entries import Entry, entry_of
from netmap.events.foreign.following import Following
from netmap.events.foreign.lines import whole_lines
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.parts import parts_of
from netmap.events.foreign.timezones import Zones
from netmap.events.foreign.values import Foreign, ForeignDate
from netmap.times import Span

_MOST_IN_ALL = 50_000


def read_calendar(content: bytes, shown: str, zone: str, window: Span) -> Foreign:
    """Read a calendar as other programs write it.

    Args:
        content: The file.
        shown: How messages name it.
        zone: The zone of the times that come out, and of those that do not say theirs.
        window: From when to when, local; dates that touch it are taken.

    Raises:
        UnreadableFileError: It is no calendar at all, or larger than 20 MB.
    """
    noticed = Noticed(shown)
    parts = parts_of(whole_lines(content, noticed), noticed)
    zones = Zones(parts.zones, parts.zone, zone, noticed)
    work = Following(zones, ZoneInfo(zone), window, noticed)
    entries: list[Entry] = []
    dates: list[ForeignDate] = []
    for part in parts.events:
        if part.kind == "VFREEBUSY":
            dates += work.busy_times(part)
        elif (entry := entry_of(part, zones, noticed)) is not None:
            entries.append(replace(entry, status="cancelled") if parts.cancels else entry)
    noticed.about(None)
    for series, changes in _together(entries, noticed):
        dates += work.dates_of(series, changes)
    if not parts.events:
        noticed.repair("no-events", "there is no event in it.")
    dates.sort(key=lambda one: (one.span, one.key))
    if len(dates) > _MOST_IN_ALL:
        message = f"there are more than {_MOST_IN_ALL:,} dates; the later ones were not taken."
        noticed.leave("too-many-dates", message, dates[_MOST_IN_ALL].line, fault=True)
    return Foreign(
        shown,
        len(parts.events),
        tuple(dates[:_MOST_IN_ALL]),
        tuple(noticed.repairs),
        tuple(noticed.left_out),
    )


def _together(
    entries: Iterable[Entry], noticed: Noticed
) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Put the changed dates of a series to the series; of two versions the newer counts."""
    by_uid: dict[str, list[Entry]] = {}
    for entry in entries:
        by_uid.setdefault(entry.uid, []).append(entry)
    for group in by_uid.values():
        masters = _newest([one for one in group if one.replaces is None], noticed)
        changes = _newest([one for one in group if one.replaces is not None], noticed)
        if not masters:
            for one in changes:
                message = "a changed date of a series that is not in the file; it was taken alone."
                noticed.repair("series-missing", message, one.line, value=one.shown or None)
            yield None, changes
            continue
        yield masters[0], changes
        for twin in masters[1:]:
            message = (
                f"{twin.name} has the UID of {masters[0].name} and begins at another time; "
                "both were taken."
            )
            noticed.repair("duplicate-uid", message, twin.line, value=twin.shown or None, look=True)
            yield replace(twin, uid=f"{twin.uid}/{twin.start.key.isoformat()}"), []


def _newest(group: list[Entry], noticed: Noticed) -> list[Entry]:
    """Of events that are versions of one another keep the newest: by SEQUENCE, then the last."""
    numbered = len({one.sequence for one in group}) > 1
    kept: dict[tuple[object, bool], Entry] = {}
    for one in sorted(group, key=lambda e: (e.sequence, e.number)):
        if one.replaces is not None:
            identity: tuple[object, bool] = (one.replaces.key, one.onwards)
        else:
            identity = (None if numbered else one.start.key, False)
        old = kept.pop(identity, None)
        if old is not None:
            message = f"{old.name} is an older version of {one.name}, which was taken."
            noticed.leave("older-version", message, old.line, value=old.shown or None)
        kept[identity] = one
    return sorted(kept.values(), key=lambda e: e.number)
