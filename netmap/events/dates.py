"""From sessions and groups' meetings to the dates of a calendar, as one audience sees them."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from netmap.events.meetings import Meeting, meets, parse_schedule
from netmap.events.models import Session, Venue
from netmap.events.occurrence import Occurrence, link, one_line, plain_text
from netmap.events.programme import INVENTED, Programme, marked, said
from netmap.events.recurrence import expand, parse_rule
from netmap.events.uids import occurrence_uid
from netmap.language import N_, _, pgettext
from netmap.networks.models import Activity
from netmap.networks.register import Register
from netmap.times import add_months, in_clock_change

Window = tuple[datetime, datetime]
Series = dict[str, tuple[object, tuple[Occurrence, ...]]]
_AHEAD_MONTHS = 13
_SAFE = re.compile(r"[A-Za-z0-9_\-][A-Za-z0-9_.\-]{0,80}")
BUSY = "busy"
_FACTS = (
    ("step_free", N_("step-free access"), N_("no step-free access")),
    ("hearing_loop", N_("a hearing loop"), N_("no hearing loop")),
    ("public_transport", N_("public transport nearby"), N_("no public transport nearby")),
)


def feed_window(as_of: date) -> Window:
    """Say between which moments repeating things are in feeds.

    It moves on the first of a month only, so that feeds do not change every day.
    """
    month = as_of.replace(day=1)
    first, last = add_months(month, -1), add_months(month, _AHEAD_MONTHS)
    return datetime.combine(first, time.min), datetime.combine(last, time.min)


def feed_path(kind: str, name: str) -> str:
    """Name a feed below ``feeds/``; a name that could leave that folder becomes a digest."""
    return f"{kind}/{_safe(name)}.ics" if kind else f"{_safe(name)}.ics"


def network_feed_path(network: str, area: str | None = None) -> str:
    """Name the feed of a network's own meetings, or of those in one of its areas."""
    return feed_path(f"activities/{_safe(network)}" if area else "activities", area or network)


def _safe(name: str) -> str:
    return name if _SAFE.fullmatch(name) else f"x-{sha256(name.encode()).hexdigest()[:12]}"


def starts_of(session: Session, zone: str, window: Window) -> list[datetime]:
    """List the local starts of a session: its own, or within the window those of its series."""
    rule = parse_rule(session.repeats) if session.repeats else None
    if rule is None:
        return [session.starts]
    found = expand(rule, session.starts, zone, window)
    return [start for start in found if start.date() not in session.excepted]


def of_programme(programme: Programme, window: Window) -> list[Occurrence]:
    """List the dates of a programme, by start and UID.

    Args:
        programme: As the audience may see it.
        window: Where repeating sessions are expanded; others are there whenever they are.

    Returns:
        The dates; none that starts in an hour which the clocks skip or repeat.
    """
    found = [
        one
        for session in programme.sessions
        if session.kind != BUSY
        for one in _of_session(programme, session, window)
    ]
    return sorted(found, key=lambda one: (one.starts, one.uid))


def _of_session(programme: Programme, session: Session, window: Window) -> list[Occurrence]:
    zone = programme.zone_of(session)
    usual = timedelta(days=1) if session.all_day else None
    length = session.ends - session.starts if session.ends else usual
    base = Occurrence(
        uid=one_line(session.uid),
        row=session.uid,
        starts=session.starts,
        ends=None,
        zone=zone,
        title=one_line(programme.title_of(session)),
        status=session.status or "tentative",
        description=_description(programme, session),
        location=_location(programme, session),
        point=programme.point_of(session),
        categories=_categories(programme, session),
        link=link(session.online_url),
        feeds=_feeds(programme, session),
        joins=bool(link(session.online_url)),
        tint=session.kind,
        all_day=session.all_day,
        online=session.online,
        invented=programme.illustrates(session),
    )
    return [
        replace(
            base,
            uid=occurrence_uid(base.uid, start) if session.repeats else base.uid,
            starts=start,
            ends=start + length if length else None,
        )
        for start in starts_of(session, zone, window)
        if session.all_day or not in_clock_change(start, zone)
    ]


def _feeds(programme: Programme, session: Session) -> frozenset[str]:
    area = programme.area_of(session)
    wider = programme.words.wider
    communities = {c for one in session.communities for c in (one, *wider.get(one, ()))}
    return frozenset(
        {
            feed_path("", programme.name),
            feed_path("kind", session.kind),
            *({feed_path("hub", session.hub)} if session.hub else ()),
            *(feed_path("area", code) for code in lines_above(programme, area)),
            *(feed_path("community", one) for one in communities),
        }
    )


def lines_above(programme: Programme, area: str | None) -> tuple[str, ...]:
    """List an area and those above it, nearest first; none where it is not known."""
    return (area, *programme.ground.above.get(area, ())) if area else ()


def _categories(programme: Programme, session: Session) -> tuple[str, ...]:
    said = [
        programme.words.kind(session.kind),
        *(programme.words.community(one) for one in session.communities),
    ]
    return tuple(dict.fromkeys(one_line(word) for word in said))


def _location(programme: Programme, session: Session) -> str:
    venue = programme.venue_of(session)
    if venue is None and session.venue:
        return one_line(session.venue)
    if venue is None:
        return _("Online") if session.online_url else ""
    area = programme.ground.areas.get(venue.area or "", "")
    return one_line(venue.name if area in venue.name else f"{venue.name}, {area}")


def _description(programme: Programme, session: Session) -> str:
    hosts = [programme.ground.hubs.get(host, "") for host in session.hosts]
    known = [host for host in hosts if host]
    told, invented = programme.description_of(session), _(INVENTED)
    parts = [
        told,
        _("It is not confirmed yet.") if session.status in {None, "tentative"} else "",
        _("Hosted by %(hosts)s.", hosts=", ".join(known)) if known else "",
        _access(programme.venue_of(session)),
        _take_part(session.online_url),
        invented if programme.illustrates(session) and invented not in told else "",
        programme.ground.disclaimer,
    ]
    return plain_text("\n".join(part for part in parts if part))


def _take_part(address: str | None) -> str:
    return _("Take part online: %(address)s", address=address) if address else ""


def _access(venue: Venue | None) -> str:
    if venue is None:
        return ""
    facts = [(getattr(venue, name), yes, no) for name, yes, no in _FACTS]
    said = [_(yes) if fact else _(no) for fact, yes, no in facts if fact is not None]
    return _("At the venue: %(facts)s.", facts=", ".join(said)) if said else ""


def each_of_network(
    register: Register, zone: str, domain: str, window: Window, known: Series
) -> list[tuple[Occurrence, ...]]:
    """List the dates of each group's own meetings within a window, in file order.

    Args:
        register: As the audience may see it.
        zone: The zone of times in plain English.
        domain: The part after @ in UIDs.
        window: Where meetings are expanded.
        known: What was worked out last time, by UID, and from what; it is brought up to date.
    """
    found = []
    for activity in register.activities:
        meeting = parse_schedule(activity.schedule or "", zone) if meets(activity) else None
        if meeting is None:
            continue
        base = _of_activity(register, activity, meeting, domain)
        whence = base, meeting, window
        last = known.get(base.uid)
        if last is None or last[0] != whence:
            last = known[base.uid] = whence, tuple(_held(base, meeting, window))
        found.append(last[1])
    return found


def _of_activity(
    register: Register, activity: Activity, meeting: Meeting, domain: str
) -> Occurrence:
    """Say what all dates of a group's meetings share."""
    whose = sha256(f"{register.name}\n{activity.id}".encode()).hexdigest()[:12]
    return Occurrence(
        uid=f"activity-{whose}@{domain}",
        row=activity.id,
        starts=meeting.first,
        ends=None,
        zone=meeting.zone,
        title=one_line(marked(activity.name) if activity.illustrative else activity.name),
        status="tentative" if meeting.uncertain else "confirmed",
        description=_about(register, activity, uncertain=meeting.uncertain),
        location=_where(register, activity),
        # What is approximate, as a postcode's district, is not where people meet.
        point=None if register.approximate(activity) else activity.point,
        categories=(one_line(_approach(activity.approach)),) if activity.approach else (),
        link=link(activity.website),
        feeds=_network_feeds(register, activity),
        joins=bool(link(activity.website)) and activity.approach == "online",
        tint=activity.approach or "meeting",
        online=activity.approach == "online",
        invented=activity.illustrative,
    )


def _approach(slug: str) -> str:
    """Say how a group meets: its slug in words, in the language in force."""
    words = {"drop_in": _("Drop in"), "course_workshop": _("Course workshop")}
    return words.get(slug) or pgettext("approach", said(slug))


def _held(base: Occurrence, meeting: Meeting, window: Window) -> list[Occurrence]:
    return [
        replace(
            base,
            uid=occurrence_uid(base.uid, one.planned),
            starts=one.starts,
            ends=one.starts + one.length if one.length else None,
            status="cancelled" if one.cancelled else base.status,
        )
        for one in meeting.dates(window)
    ]


def _network_feeds(register: Register, activity: Activity) -> frozenset[str]:
    """List the feeds of an activity: the network's, its area's and those of the areas above it."""
    code = register.area_of(activity)
    line = (code, *register.areas.ancestors(code)) if code else ()
    paths = (network_feed_path(register.name, one) for one in line)
    return frozenset({network_feed_path(register.name), *paths})


def _where(register: Register, activity: Activity) -> str:
    if activity.remote:
        return _("By telephone") if activity.approach == "telephone" else _("Online")
    code = register.area_of(activity)
    area = register.areas.name(code) if code else ""
    if activity.venue and area and area not in activity.venue:
        return one_line(f"{activity.venue}, {area}")
    return one_line(activity.venue or area)


def _more(address: str | None) -> str:
    return _("More: %(address)s", address=address) if address else ""


def _about(register: Register, activity: Activity, *, uncertain: bool) -> str:
    parts = [
        activity.description or "",
        _("How to join: %(how)s", how=activity.how_to_join) if activity.how_to_join else "",
        _("Cost: %(cost)s", cost=activity.cost) if activity.cost else "",
        # Some calendars show no address but that in the text.
        _take_part(activity.website) if activity.approach == "online" else _more(activity.website),
        _("Which weeks it meets is not recorded: ask before you go.") if uncertain else "",
        _("Whether it still meets is not known; the register says: unknown.")
        if activity.status == "unknown"
        else "",
        _(INVENTED) if activity.illustrative else "",
        register.settings.disclaimer,
    ]
    return plain_text("\n".join(part for part in parts if part))
