"""What is told of the calendars beside the feeds: news, a table, linked data, what was called off.

All of it is made from the dates the feeds are made of, so it tells no more than those.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from netmap import events
from netmap.build.workplace import Workplace
from netmap.events.announcing import Announcement, announced, dates_csv
from netmap.events.changes import changes_json, changes_of, changes_path, read_changes
from netmap.events.linked_data import linked_data
from netmap.events.news import Channel, changes_rss
from netmap.events.publishing import entries, only_for
from netmap.language import _
from netmap.site import paths


@dataclass(frozen=True, slots=True)
class Announced:
    """What is told beside the feeds.

    Attributes:
        dates: ``data/events.csv``.
        news: ``feeds/changes.xml``.
        linked: The events page's block of linked data.
        coming: How many dates of each feed are to come and not cancelled, by path.
        invented: The feeds in which every date to come is invented.
        withdrawn: Dates whose session was deleted, and that may still be named.
        records: The kind of each date's last change, by the file it is kept in.
    """

    dates: bytes
    news: bytes
    linked: str
    coming: Mapping[str, int]
    invented: frozenset[str]
    withdrawn: tuple[Announcement, ...]
    records: Mapping[Path, bytes]


def announce(
    place: Workplace, titles: Mapping[str, str], kept: events.Kept, *, withdraw: bool
) -> Announced:
    """Tell of the dates behind the feeds in every other way.

    Args:
        place: The workspace, opened for the audience.
        titles: What each feed is called, by path below ``feeds/``.
        kept: What was worked out for the feeds.
        withdraw: As the feeds were made.

    Raises:
        UnreadableFileError: A record of what was told cannot be understood.
        WithdrawalError: Many sessions would vanish at once.
    """
    programmes, full, told = place.calendar()
    settings, as_of = place.workspace.settings, place.as_of
    held = entries(programmes, full, place.audience, as_of, settings, told, kept, withdraw=withdraw)
    known = read_changes(place.workspace, place.audience)
    every = [entry for those in held.values() for entry in those]
    changes = changes_of(every, told.values(), known)
    sessions = events.every_session(place.programmes(), as_of)
    registers = {name: place.register(name) for name in full}
    dates = announced(held, sessions, registers, titles)
    coming = [one for one in dates if one.entry.occurrence.starts.date() >= as_of]
    rows = {(one.programme, one.uid) for one in sessions}
    base = (settings.base_url or "").rstrip("/")
    record = place.workspace.root / changes_path(place.audience)
    written = changes_json(changes, place.audience)

    counted = _counted(coming)

    def address(said: Announcement) -> str:
        spot = "" if said.own or said.hidden else f"#{paths.anchor(said.entry.occurrence.uid)}"
        return f"{base}/{paths.EVENTS}{spot}" if base else ""

    return Announced(
        dates=dates_csv(dates),
        news=changes_rss(dates, changes, _channel(place, base), address),
        linked=linked_data(coming, changes, address),
        coming=counted,
        invented=frozenset(
            path
            for path, number in _counted(filter(_is_invented, coming)).items()
            if number == counted[path]
        ),
        withdrawn=tuple(
            one
            for one in dates
            if not one.own and not one.hidden and (one.record, one.entry.occurrence.row) not in rows
        ),
        # Nothing to remember is no reason for one more file.
        records={record: written} if record.exists() or b"sequence" in written else {},
    )


def _counted(coming: Iterable[Announcement]) -> Counter[str]:
    """Count the dates of each feed that take place, by path from the site's root."""
    return Counter(
        f"feeds/{path}"
        for one in coming
        if one.entry.occurrence.status != "cancelled"
        for path in one.entry.occurrence.feeds
    )


def _is_invented(said: Announcement) -> bool:
    return said.entry.occurrence.invented


def _channel(place: Workplace, base: str) -> Channel:
    settings = place.workspace.settings
    what = _("Events that are new, were moved, renamed or cancelled.")
    return Channel(
        title=_("%(title)s: what changed in the calendar", title=settings.title),
        description=" ".join(filter(None, (what, only_for(place.audience)))),
        # Without an address of the site there is no other way to name the page.
        page=f"{base}/{paths.EVENTS}" if base else f"../{paths.EVENTS}",
        address=f"{base}/{paths.CHANGES}" if base else "",
    )
