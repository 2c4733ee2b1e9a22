"""What other rooms may know of sessions: facts for the gap rules, and what comes next for pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from netmap.events.dates import BUSY, Window, feed_window, starts_of
from netmap.events.models import Session
from netmap.events.programme import Programme
from netmap.events.uids import occurrence_uid
from netmap.gaps.gap import SessionFact
from netmap.networks.register import Point


@dataclass(frozen=True, slots=True)
class SessionView:
    """One date, as a page or a map shows it.

    Attributes:
        uid: The session's identity.
        programme: The programme's name.
        programme_title: The programme's title.
        network: The network it belongs to.
        title: What it is called, with the mark of an invented example.
        starts: Local start.
        ends: Local end, or None.
        zone: The zone of both.
        kind: The kind's slug.
        kind_label: The kind in words.
        theme: What it is about, in words.
        hub: The hub's id, or None.
        hub_name: The hub's name, or empty.
        venue: The venue's name, the area's where no more may be said, or empty.
        area: The code of the area, or None.
        area_name: Its name, or empty.
        point: (longitude, latitude) in degrees WGS 84, or None.
        online_url: Where to take part online, or None.
        status: ``tentative``, ``confirmed`` or ``cancelled``.
        illustrative: Whether it is invented.
        communities: Whom it is for.
        description: In people's words.
        date_uid: The identity of this one date, as in feeds.
        all_day: Whether it lasts whole days; it then ends at the midnight after the last.
    """

    uid: str
    programme: str
    programme_title: str
    network: str
    title: str
    starts: datetime
    ends: datetime | None
    zone: str
    kind: str
    kind_label: str
    theme: str
    hub: str | None
    hub_name: str
    venue: str
    area: str | None
    area_name: str
    point: Point | None
    online_url: str | None
    status: str
    illustrative: bool
    communities: tuple[str, ...] = ()
    description: str = ""
    date_uid: str = ""
    all_day: bool = False


def upcoming(programmes: Iterable[Programme], day: date) -> tuple[SessionView, ...]:
    """List what starts on a day or later, by start and UID; a series up to the end of its window.

    Args:
        programmes: As the audience may see them.
        day: The first day.
    """
    opens, closes = datetime.combine(day, time.min), feed_window(day)[1]
    return tuple(view for view in _views(programmes, (opens, closes)) if view.starts >= opens)


def every_session(programmes: Iterable[Programme], day: date) -> tuple[SessionView, ...]:
    """List what is past too; a series within the window that feeds have on that day."""
    return _views(programmes, feed_window(day))


def _views(programmes: Iterable[Programme], window: Window) -> tuple[SessionView, ...]:
    found = [
        _view(programme, session, start)
        for programme in programmes
        for session in programme.sessions
        if session.kind != BUSY
        for start in starts_of(session, programme.zone_of(session), window)
    ]
    return tuple(sorted(found, key=lambda view: (view.starts, view.uid)))


def _view(programme: Programme, session: Session, start: datetime) -> SessionView:
    venue, area, ground = programme.venue_of(session), programme.area_of(session), programme.ground
    return SessionView(
        uid=session.uid,
        programme=programme.name,
        programme_title=programme.title,
        network=programme.settings.network,
        title=programme.title_of(session),
        starts=start,
        ends=start + (session.span.ends - session.starts)
        if session.ends or session.all_day
        else None,
        zone=programme.zone_of(session),
        kind=session.kind,
        kind_label=programme.words.kind(session.kind),
        theme=(session.theme or "").replace("_", " "),
        hub=session.hub,
        hub_name=ground.hubs.get(session.hub or "", session.hub or ""),
        venue=venue.name if venue else session.venue or "",
        area=area,
        area_name=ground.areas.get(area or "", ""),
        point=programme.point_of(session),
        online_url=session.online_url,
        status=session.status or "tentative",
        illustrative=programme.illustrates(session),
        communities=session.communities,
        description=programme.description_of(session),
        date_uid=occurrence_uid(session.uid, start) if session.repeats else session.uid,
        all_day=session.all_day,
    )


def facts(programme: Programme) -> tuple[SessionFact, ...]:
    """List the sessions as the gap rules know them, by start and UID.

    Args:
        programme: Resolved, as the audience may see it.
    """
    found = [
        SessionFact(
            uid=session.uid,
            programme=programme.name,
            hub=session.hub,
            kind=session.kind,
            theme=session.theme or "",
            starts=session.starts.isoformat(timespec="seconds"),
            area=None if session.online else programme.area_of(session),
            venue=session.venue,
            online=session.online,
            status=session.status or "tentative",
            closes=session.closes_gap,
        )
        for session in programme.sessions
        if session.kind != BUSY
    ]
    return tuple(sorted(found, key=lambda fact: (fact.starts, fact.uid)))
