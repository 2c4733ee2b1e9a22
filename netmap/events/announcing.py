"""The dates behind the feeds, with the words a page, a table or a search engine has for them.

One date is told in several ways: as a line of a table (here), as an item of news
(:mod:`netmap.events.news`) and as linked data (:mod:`netmap.events.linked_data`). All of them start
from the entries the feeds are made of, so that none tells more than those.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from netmap.events.occurrence import Occurrence, one_line
from netmap.events.publishing import record_of
from netmap.events.told import Entry
from netmap.events.views import SessionView
from netmap.language import N_, _
from netmap.networks.register import Register
from netmap.tables import write_csv

OWN_MEETING = N_("Group's own meeting")
COLUMNS = (
    "uid", "title", "starts", "ends", "time_zone", "status", "hub", "kind", "area", "place",
    "online_url", "description", "feeds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Announcement:
    """One date as it is told now, and what it is called.

    Attributes:
        entry: The date with its SEQUENCE and DTSTAMP.
        record: The record of what was told that it stands in.
        own: Whether it is a group's own meeting, and in no programme.
        hub: The hub's name, or empty.
        kind: The kind in words, or empty.
        area: The area's name, or empty.
        feeds: The feeds it is in, below ``feeds/``; of what is hidden nothing is said.
    """

    entry: Entry
    record: str
    own: bool = False
    hub: str = ""
    kind: str = ""
    area: str = ""
    feeds: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Tell whether it is only the trace of something that may no longer be seen."""
        one = self.entry.occurrence
        return one.status == "cancelled" and not one.title


def announced(
    entries: Mapping[str, Iterable[Entry]],
    sessions: Iterable[SessionView],
    registers: Mapping[str, Register],
    titles: Mapping[str, str],
) -> tuple[Announcement, ...]:
    """Put names to the dates of the feeds.

    Args:
        entries: The dates by record, as :func:`netmap.events.publishing.entries` gives them.
        sessions: The sessions of every programme, as the audience may see them.
        registers: The registers by network, as the audience may see them.
        titles: What each feed is called, by path below ``feeds/``; of a session that was deleted
            only its feeds are still known.

    Returns:
        The dates by start and UID.
    """
    of_rows = {(one.programme, one.uid): one for one in sessions}
    networks = {record_of(name): register for name, register in registers.items()}
    found = [
        _in_feeds(
            _of_meeting(networks[record], record, entry)
            if record in networks
            else _of_session(of_rows.get((record, entry.occurrence.row)), record, entry, titles),
            titles,
        )
        for record, those in entries.items()
        for entry in those
    ]
    return tuple(sorted(found, key=lambda a: (a.entry.occurrence.starts, a.entry.occurrence.uid)))


def _in_feeds(said: Announcement, titles: Mapping[str, str]) -> Announcement:
    if said.hidden:
        return said
    return replace(said, feeds=tuple(sorted(said.entry.occurrence.feeds & titles.keys())))


def _of_session(
    view: SessionView | None, record: str, entry: Entry, titles: Mapping[str, str]
) -> Announcement:
    if view is not None:
        return Announcement(
            entry,
            record,
            hub=one_line(view.hub_name),
            kind=one_line(view.kind_label),
            area=one_line(view.area_name),
        )
    made = Announcement(entry, record)
    if made.hidden:
        return made
    feeds = sorted(entry.occurrence.feeds)
    hub, kind = (
        next((titles[path] for path in feeds if path.startswith(what) and path in titles), "")
        for what in ("hub/", "kind/")
    )
    return Announcement(entry, record, hub=one_line(hub), kind=one_line(kind))


def _of_meeting(register: Register, record: str, entry: Entry) -> Announcement:
    activity = register.activity.get(entry.occurrence.row)
    if activity is None:
        return Announcement(entry, record, own=True)
    code = register.area_of(activity)
    whose = register.organisation.get(activity.organisation or "")
    return Announcement(
        entry,
        record,
        own=True,
        hub=one_line(whose.name) if whose and "hub" in whose.roles else "",
        kind=_(OWN_MEETING),
        area=one_line(register.areas.name(code)) if code else "",
    )


def dates_csv(announcements: Iterable[Announcement]) -> bytes:
    """Write the dates of the feeds as a table, one to a row, by start.

    Of what may no longer be seen it says when it was, and that it is cancelled.
    """
    return write_csv(COLUMNS, [_row(one) for one in announcements])


def _last(one: Occurrence) -> str | None:
    """Say when it ends; of what lasts whole days, on which day."""
    if one.ends is None:
        return None
    return last_day(one).isoformat() if one.all_day else one.ends.isoformat()


def last_day(one: Occurrence) -> date:
    """Find the last day of a date; the midnight at which whole days end is not one of theirs."""
    if one.ends is None:
        return one.starts.date()
    return max(one.starts.date(), (one.ends - timedelta(microseconds=1)).date())


def _row(said: Announcement) -> dict[str, object]:
    one = said.entry.occurrence
    return {
        "uid": one.uid,
        "title": one.summary,
        "starts": (one.starts.date() if one.all_day else one.starts).isoformat(),
        "ends": _last(one),
        "time_zone": one.zone,
        "status": one.status,
        "hub": said.hub,
        "kind": said.kind,
        "area": said.area,
        "place": one.location,
        "online_url": one.link,
        "description": one.description,
        "feeds": tuple(f"feeds/{path}" for path in said.feeds),
    }
