"""A programme as one audience may see it. Every feed and page is made from what this returns.

A session goes where its own audience is wider than the reader's, or where its hub, a host or its
venue is withheld. What is known by its area only has the area's name for a place and nothing that
could say more.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from netmap.events.models import Session, Venue
from netmap.events.programme import Ground, Programme
from netmap.events.resolving import resolved
from netmap.networks.redaction import REMOVED
from netmap.networks.redaction import hidden_as as activity_hidden_as
from netmap.networks.register import Register
from netmap.privacy import Audience, Visibility, strictest

_LEAST_NAME = 4


def for_audience(programme: Programme, register: Register, audience: Audience) -> Programme:
    """Make the programme that an audience may see.

    Args:
        programme: The programme as read, for staff; resolved here if it is not.
        register: The full register of its network, for staff. From a redacted one too little is
            shown, never too much: a hub it does not have counts as withheld.
        audience: Who the output is for.
    """
    programme, _ = resolved(programme, register)
    if audience is Audience.STAFF:
        return programme
    scrub = scrubber(programme, register)
    hidden = {
        session.uid: hidden_as(programme, register, session) for session in programme.sessions
    }
    seen = [
        s
        for s in programme.sessions
        if audience.includes(s.meant_for) and hidden[s.uid] is not Visibility.WITHHELD
    ]
    vague = {
        s.uid for s in seen if audience is Audience.PUBLIC and hidden[s.uid] is Visibility.AREA_ONLY
    }
    sessions = tuple(
        _shown(programme, register, session, scrub, vague=session.uid in vague) for session in seen
    )
    venues = [v for venue in programme.venues if (v := _shown_venue(venue, audience, scrub))]
    places = {
        v.id: v
        for v in (_area_venue(programme, programme.area_of(s)) for s in seen if s.uid in vague)
        if v
    }
    hubs = {
        hub: scrub(name)
        for hub, name in programme.ground.hubs.items()
        if register.organisation[hub].hidden_as is not Visibility.WITHHELD
    }
    return replace(
        programme,
        settings=programme.settings.model_copy(
            update={
                "title": scrub(programme.settings.title),
                "hubs": [hub for hub in programme.settings.hubs if hub in hubs],
            }
        ),
        venues=(*venues, *(places[i] for i in sorted(places) if i not in {v.id for v in venues})),
        terms=(),
        sessions=sessions,
        aside=(),
        ground=_shown_ground(programme.ground, hubs, scrub),
        audience=audience,
        remarks=(),
        busy=(),
    )


def hidden_as(programme: Programme, register: Register, session: Session) -> Visibility:
    """Say how hidden a session is: the strictest of its hub, its hosts and its venue.

    A hub that the register does not have may have left it because its consent ended, so it counts
    as withheld; a host that it does not have is taken from the row instead.
    """
    found = [Visibility.PUBLIC]
    if session.hub:
        hub = register.organisation.get(session.hub)
        found.append(hub.hidden_as if hub else Visibility.WITHHELD)
    found += [
        register.organisation[host].hidden_as
        for host in session.hosts
        if host in register.organisation
    ]
    venue = programme.venue_of(session)
    if venue:
        found.append(venue.hidden_as)
    elif session.venue:
        # Words that name no listed venue may be anything, so nobody outside is told them.
        found.append(Visibility.AREA_ONLY)
    return strictest(found)


def scrubber(programme: Programme, register: Register) -> Callable[[str], str]:
    """Make what takes the names of everything withheld out of people's words."""
    words: set[str] = set()
    for one in register.organisations:
        if one.hidden_as is Visibility.WITHHELD:
            words |= {one.id, one.name, *one.aliases}
    for activity in register.activities:
        if activity_hidden_as(register, activity) is Visibility.WITHHELD:
            words |= {activity.id, activity.name, activity.venue or ""}
    for venue in programme.venues:
        if venue.hidden_as is Visibility.WITHHELD:
            words |= {venue.id, venue.name}
    long = sorted((w for w in words if len(w) >= _LEAST_NAME), key=lambda w: (-len(w), w))
    if not long:
        return lambda text: text
    pattern = re.compile(
        "|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in long), re.IGNORECASE
    )
    return lambda text: pattern.sub(REMOVED, text)


def _shown(
    programme: Programme,
    register: Register,
    session: Session,
    scrub: Callable[[str], str],
    *,
    vague: bool,
) -> Session:
    update: dict[str, Any] = {
        "closes_gap": (),
        "source": None,
        "notes": None,
        "extra": {},
        "unread": {},
        "hosts": tuple(host for host in session.hosts if host in register.organisation),
    }
    for name in ("title", "theme", "description"):
        value = getattr(session, name)
        update[name] = scrub(value) if value else value
    if vague:
        place = _area_venue(programme, programme.area_of(session))
        update |= {"venue": place.id if place else None, "description": None, "online_url": None}
    return session.model_copy(update=update)


def _shown_venue(venue: Venue, audience: Audience, scrub: Callable[[str], str]) -> Venue | None:
    if venue.hidden_as is Visibility.WITHHELD:
        return None
    if venue.hidden_as is Visibility.AREA_ONLY and audience is Audience.PUBLIC:
        return None
    plain: dict[str, Any] = {"source": None, "notes": None, "extra": {}, "name": scrub(venue.name)}
    return venue.model_copy(update=plain)


def _area_venue(programme: Programme, code: str | None) -> Venue | None:
    """Make a venue that is only an area's name: no point, nothing else."""
    if code is None or code not in programme.ground.areas:
        return None
    return Venue(id=f"area-{_slug(code)}", name=programme.ground.areas[code], area=code)


def _slug(code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-") or "x"


def _shown_ground(ground: Ground, hubs: dict[str, str], scrub: Callable[[str], str]) -> Ground:
    return replace(
        ground,
        hubs=hubs,
        disclaimer=scrub(ground.disclaimer),
        hub_areas={hub: area for hub, area in ground.hub_areas.items() if hub in hubs},
    )
