"""What the subscribers of one audience have been told: the record that keeps calendars right.

One file for each programme and audience, one event to a line so that git merges it. An event's
SEQUENCE rises, and its DTSTAMP moves, when and only when something that a subscriber sees changed.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError, WithdrawalError
from netmap.events.occurrence import Occurrence, called_off
from netmap.events.programme import is_marked
from netmap.privacy import Audience
from netmap.workspace import Workspace

_ENDINGS = {
    Audience.PUBLIC: "published",
    Audience.PARTNERS: "partners",
    Audience.STAFF: "staff",
}
_FORMAT = 1
_DAY_ALONE = len("2027-02-02")
# A UID that comes back must not begin at nought again while calendars may still hold it.
_REMEMBERED = timedelta(days=400)
_FEW, _SHARE = 5, 3


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """What was last told of one date.

    Attributes:
        row: The session or activity it came from.
        mark: The digest of what a subscriber saw.
        sequence: How often it changed.
        stamp: When it last changed, UTC.
        starts: Local start.
        ends: Local end, or None.
        zone: The zone of both.
        status: ``cancelled``, or what it was.
        title: Its title without the word before it; empty for what is no longer visible.
        feeds: The feeds it was in.
        all_day: Whether it was told by its days alone; the record then has no hours.
    """

    row: str
    mark: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime | None
    zone: str
    status: str
    title: str
    feeds: tuple[str, ...]
    all_day: bool = False

    @property
    def cancelled(self) -> bool:
        """Tell whether it was last told as not taking place."""
        return self.status == "cancelled"


@dataclass(frozen=True)
class Told:
    """The record of one programme and audience, by UID."""

    programme: str
    audience: Audience
    events: Mapping[str, ToldEvent] = field(default_factory=dict)


def told_path(programme: str, audience: Audience) -> str:
    """Name the file of a record, from the workspace."""
    return f"events/{programme}.{_ENDINGS[audience]}.json"


def read_told(workspace: Workspace, programme: str, audience: Audience) -> Told:
    """Read what subscribers were told; nothing, where nobody was told anything yet.

    Raises:
        UnreadableFileError: The record cannot be understood; going on without it would make
            calendars ignore later changes.
    """
    shown = told_path(programme, audience)
    file = workspace.root / Path(shown)
    if not file.exists():
        return Told(programme, audience)
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
        if (data["format"], data["audience"]) != (_FORMAT, audience.value):
            raise UnreadableFileError(shown, "it is not a record of what this audience was told")
        events = {uid: _event(fields) for uid, fields in data["events"].items()}
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = "it is not the record netmap wrote (was a merge left unfinished?)"
        raise UnreadableFileError(shown, why) from error
    return Told(programme, audience, events)


def told_json(told: Told) -> bytes:
    """Write a record: keys in order, one event to a line."""
    out = io.BytesIO()
    out.write(f'{{\n"audience": "{told.audience.value}",\n"events": {{'.encode())
    before = "\n"
    for uid, event in sorted(told.events.items()):
        out.write(f"{before}{json.dumps(uid)}: {_WRITE(_fields(event))}".encode())
        before = ",\n"
    closing = "\n}" if told.events else "}"
    tail = f'"format": {_FORMAT},\n"programme": {json.dumps(told.programme)}\n'
    out.write(f"{closing},\n{tail}}}\n".encode())
    return out.getvalue()


_WRITE = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def _fields(event: ToldEvent) -> dict[str, Any]:
    return {
        "row": event.row,
        "mark": event.mark,
        "sequence": event.sequence,
        "stamp": event.stamp.isoformat(),
        "starts": _moment(event.starts, all_day=event.all_day),
        "ends": _moment(event.ends, all_day=event.all_day) if event.ends else None,
        "zone": event.zone,
        "status": event.status,
        "title": event.title,
        "feeds": event.feeds,
    }


def _moment(local: datetime, *, all_day: bool) -> str:
    return local.date().isoformat() if all_day else local.isoformat()


def _event(fields: Mapping[str, Any]) -> ToldEvent:
    stamp, ends = datetime.fromisoformat(fields["stamp"]), fields["ends"]
    if not stamp.tzinfo:
        raise ValueError(fields)
    told = {
        "stamp": stamp,
        "starts": datetime.fromisoformat(fields["starts"]),
        "ends": datetime.fromisoformat(ends) if ends else None,
        "feeds": tuple(fields["feeds"]),
        "all_day": len(fields["starts"]) == _DAY_ALONE,
    }
    return ToldEvent(**{**fields, **told})


@dataclass(frozen=True, slots=True)
class Entry:
    """One date as it is told now: what is seen, with its SEQUENCE, DTSTAMP and mark."""

    occurrence: Occurrence
    sequence: int
    stamp: datetime
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Calling:
    """How dates that vanish are treated.

    Attributes:
        as_of: The day of the run.
        window: Dates of repeating things are in feeds from the one moment to the other, local.
        keep: How long a cancelled date stays, after its own start.
        rows: The sessions or activities that this audience may see.
        unseen: Those that are there and that it may not see.
        feeds: The feeds there may be for this audience.
        repeatable: Whether a title that was told may be told again.
        many: Whether many may vanish at once without anybody having asked for it.
    """

    as_of: date
    window: tuple[datetime, datetime]
    keep: timedelta
    rows: frozenset[str]
    unseen: frozenset[str]
    feeds: frozenset[str]
    repeatable: Callable[[str], bool]
    many: bool = False


@dataclass
class Settled:
    """What :func:`tell` settled for each date, by UID, for the next time it is asked the same.

    Attributes:
        terms: Under what it was settled.
        dates: The date and what had been told of it; what is told of it, and the new record.
    """

    terms: object = None
    dates: dict[str, tuple[Occurrence, ToldEvent | None, Entry, ToldEvent]] = field(
        default_factory=dict
    )


def tell(
    told: Told, now: Iterable[Occurrence], calling: Calling, settled: Settled | None = None
) -> tuple[tuple[Entry, ...], Told]:
    """Work out what to tell subscribers now, and the record of it.

    Args:
        told: What they were told last.
        now: The dates this audience may see, each UID once.
        calling: How dates that vanish are treated.
        settled: What was settled last time, if anything; it is brought up to date.

    Returns:
        The entries by UID, tombstones among them, and the new record.

    Raises:
        WithdrawalError: More than five and more than a third of the dates to come would vanish.
    """
    # In this order the dates of a series follow one another, and share what is worked out for them.
    current = {one.uid: one for one in sorted(now, key=lambda one: one.uid)}
    gone = {
        uid: event
        for uid, event in told.events.items()
        if uid not in current and not _beyond(event, calling)
    }
    _guard(told, gone, calling)
    # A date's own words are in it; those before the title of what is off are not.
    words = called_off(""), called_off("…")
    terms, after = (calling.as_of, calling.feeds, words), Settled().dates
    before = settled.dates if settled and settled.terms == terms else {}
    entries: dict[str, Entry] = {}
    fresh: dict[str, ToldEvent] = {}
    for uid, one in current.items():
        if one.status == "cancelled" and not _still_shown(one.starts, calling):
            continue
        last, known = told.events.get(uid), before.get(uid)
        if known is None or known[0] is not one or known[1] is not last:
            entry = _entry(_in_earlier_feeds(one, last, calling), last, calling)
            new = _record(entry)
            # The very same record where nothing changed: so it is known next time.
            known = one, last, entry, last if last == new else new
        if settled:
            after[uid] = known
        entries[uid], fresh[uid] = known[2], known[3]
    if settled:
        settled.terms, settled.dates = terms, after
    for uid, event in gone.items():
        lately = event.cancelled or event.starts >= calling.window[0]
        if lately and _still_shown(event.starts, calling):
            entries[uid] = _entry(_tombstone(uid, event, calling), event, calling)
            fresh[uid] = _record(entries[uid])
    kept = {
        uid: event
        for uid, event in told.events.items()
        if uid not in entries and event.starts.date() + _REMEMBERED >= calling.as_of
    }
    record = {**kept, **fresh}
    ordered = tuple(entries[uid] for uid in sorted(entries))
    return ordered, replace(told, events={uid: record[uid] for uid in sorted(record)})


def _beyond(event: ToldEvent, calling: Calling) -> bool:
    """Tell whether a date is only too far ahead for today's window."""
    return event.row in calling.rows and event.starts >= calling.window[1] and not event.cancelled


def _still_shown(starts: datetime, calling: Calling) -> bool:
    return starts.date() + calling.keep >= calling.as_of


def _entry(one: Occurrence, last: ToldEvent | None, calling: Calling) -> Entry:
    """Give a date its SEQUENCE and DTSTAMP: new ones where something seen changed."""
    today = datetime.combine(calling.as_of, time.min, tzinfo=UTC)
    mark = one.mark
    if last is None:
        return Entry(one, 0, today, mark)
    if last.mark == mark:
        return Entry(one, last.sequence, last.stamp, mark)
    return Entry(one, last.sequence + 1, max(today, last.stamp + timedelta(seconds=1)), mark)


def _in_earlier_feeds(one: Occurrence, last: ToldEvent | None, calling: Calling) -> Occurrence:
    """Keep a date that goes on, elsewhere, in the feeds that told of it: "cancelled" is untrue."""
    if last is None or last.starts.date() < calling.as_of:
        return one
    more = one.feeds | (frozenset(last.feeds) & calling.feeds)
    return replace(one, feeds=more) if more != one.feeds else one


def _tombstone(uid: str, event: ToldEvent, calling: Calling) -> Occurrence:
    """Make what stays of a date that is gone; its title only where it may still be seen."""
    hidden = (
        event.row in calling.unseen
        or not calling.repeatable(event.title)
        or any(feed.startswith("hub/") and feed not in calling.feeds for feed in event.feeds)
    )
    return Occurrence(
        uid=uid,
        row="" if hidden else event.row,
        starts=event.starts,
        ends=event.ends,
        zone=event.zone,
        title="" if hidden else event.title,
        status="cancelled",
        feeds=frozenset(event.feeds) & calling.feeds,
        all_day=event.all_day,
        invented=not hidden and is_marked(event.title),
    )


@lru_cache(maxsize=4096)
def _in_order(feeds: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(feeds))


def _record(entry: Entry) -> ToldEvent:
    one = entry.occurrence
    return ToldEvent(
        row=one.row,
        mark=entry.mark or one.mark,
        sequence=entry.sequence,
        stamp=entry.stamp,
        starts=one.starts,
        ends=one.ends,
        zone=one.zone,
        status=one.status,
        title=one.title,
        feeds=_in_order(one.feeds),
        all_day=one.all_day,
    )


def _guard(told: Told, gone: Mapping[str, ToldEvent], calling: Calling) -> None:
    today = datetime.combine(calling.as_of, time.min)
    future = {u: e for u, e in told.events.items() if e.starts >= today and not e.cancelled}
    vanishing = [u for u, e in gone.items() if u in future and e.row not in calling.rows]
    many = len(vanishing) > _FEW and len(vanishing) * _SHARE > len(future)
    if many and not calling.many:
        raise WithdrawalError(told.programme, len(vanishing), len(future))
