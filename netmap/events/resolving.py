"""A programme tied to its register: areas, hubs and venues by the names people wrote."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from netmap.events.busy import Busy
from netmap.events.models import Session, Term, Venue
from netmap.events.programme import Ground, Programme
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks.areas import plain
from netmap.networks.models import Record
from netmap.networks.register import Register

R = TypeVar("R", Venue, Term)


def resolved(programme: Programme, register: Register) -> tuple[Programme, list[Finding]]:
    """Replace names of areas and organisations by codes and ids, and learn the ground.

    Args:
        programme: As read, or resolved before.
        register: The full register of its network, for staff.

    Returns:
        The programme with its :class:`~netmap.events.programme.Ground`, and one finding for each
        name that leads nowhere. A venue without a known area stays, but no hub can use it; a
        session with an unknown hub or venue keeps what was written.
    """
    findings: list[Finding] = []
    hubs = _hubs(programme, register, findings)
    venues = tuple(_with_area(venue, register, findings) for venue in programme.venues)
    terms = tuple(_with_area(term, register, findings) for term in programme.terms)
    known = {venue.id for venue in venues}
    by_name = {plain(venue.name): venue.id for venue in venues}
    sessions = tuple(
        _session(session, register, known, by_name, findings) for session in programme.sessions
    )
    roles = {hub.id for hub in register.with_role("hub")}
    named = {s.hub for s in sessions if s.hub} | {*hubs} | roles
    ground = Ground(
        hubs={
            i: register.organisation[i].name for i in sorted(named) if i in register.organisation
        },
        hub_areas={
            i: code
            for i in sorted(named)
            if i in register.organisation and (code := register.organisation[i].area)
        },
        areas={area.code: area.name for area in register.areas},
        above={
            area.code: above
            for area in register.areas
            if (above := register.areas.ancestors(area.code))
        },
        title=register.title,
        disclaimer=register.settings.disclaimer,
    )
    settings = (
        programme.settings.model_copy(update={"hubs": hubs})
        if hubs != programme.settings.hubs
        else programme.settings
    )
    return (
        replace(
            programme,
            settings=settings,
            venues=venues,
            terms=terms,
            sessions=sessions,
            ground=ground,
            busy=_busy(programme, ground, findings),
        ),
        findings,
    )


def hubs_of(programme: Programme, register: Register) -> tuple[str, ...]:
    """List the hubs a programme is for, in order of id; every hub where it names none."""
    named = programme.settings.hubs or [hub.id for hub in register.with_role("hub")]
    return tuple(sorted(one for one in dict.fromkeys(named) if one in register.organisation))


def hub_called(text: str, ground: Ground) -> str | None:
    """Find a hub by its id, or by a name that only one has; None where none is called that."""
    if text in ground.hubs:
        return text
    words = plain(text)
    found = [i for i, name in ground.hubs.items() if words in {plain(i), plain(name)}]
    return found[0] if len(found) == 1 else None


def organisation_id(text: str, register: Register) -> str | None:
    """Find an organisation by id, or by a name or alias that only one has."""
    if text in register.organisation:
        return text
    found = [
        one.id
        for one in register.organisations
        if plain(text) in {plain(name) for name in (one.name, *one.aliases)}
    ]
    return found[0] if len(found) == 1 else None


def _hubs(programme: Programme, register: Register, findings: list[Finding]) -> list[str]:
    found: list[str] = []
    for written in programme.settings.hubs:
        one = organisation_id(written, register)
        if one:
            found.append(one)
            continue
        message = f"no organisation has the id '{written}'; nothing is planned for it."
        place = Place(programme.settings_file, None, "hubs")
        hint = did_you_mean(written, register.organisation)
        findings.append(Finding(Level.ERROR, "unknown-organisation", message, place, written, hint))
    # None of those named being known must not come to mean "every hub".
    return found or list(programme.settings.hubs)


def _busy(programme: Programme, ground: Ground, findings: list[Finding]) -> tuple[Busy, ...]:
    """Tie each busy time to the hub its file is called after; else it counts for every hub."""
    whose: dict[str, str | None] = {}
    for one in programme.busy:
        if one.hub is None or one.hub in whose:
            continue
        whose[one.hub] = hub_called(one.hub, ground)
        if whose[one.hub] is None:
            message = f"'{one.hub}' is no hub's id or name; its times count for every hub."
            hint = did_you_mean(one.hub, ground.hubs)
            place = Place(one.source)
            findings.append(Finding(Level.NOTICE, "busy-for-all", message, place, one.hub, hint))
    return tuple(replace(one, hub=whose.get(one.hub or "")) for one in programme.busy)


def _with_area(row: R, register: Register, findings: list[Finding]) -> R:
    if not row.area:
        return row
    codes = register.areas.resolve(row.area)
    if len(codes) == 1:
        return row if codes[0] == row.area else row.model_copy(update={"area": codes[0]})
    if codes:
        message = f"'{row.area}' can mean {', '.join(codes)}; it is left out."
        code, hint = "ambiguous-area", "Write the code of the one that is meant."
    else:
        message = f"no area has the code, alias or name '{row.area}'; it is left out."
        code, hint = "unknown-area", did_you_mean(row.area, register.areas.names)
    findings.append(_finding(code, message, row, "area", row.area, hint))
    update: dict[str, Any] = {"area": None, "faulted": row.faulted | {"area"}}
    return row.model_copy(update=update)


def _session(
    session: Session,
    register: Register,
    venues: set[str],
    by_name: Mapping[str, str],
    findings: list[Finding],
) -> Session:
    update: dict[str, Any] = {}
    if session.hub and session.hub not in register.organisation:
        update["hub"] = _found(
            session, "hub", "organisation", session.hub,
            lambda text: organisation_id(text, register), register.organisation, findings,
        )  # fmt: skip
    if session.venue and session.venue not in venues:
        update["venue"] = _found(
            session, "venue", "venue", session.venue,
            lambda text: by_name.get(plain(text)), dict.fromkeys(venues), findings,
        )  # fmt: skip
    hosts = tuple(organisation_id(host, register) or host for host in session.hosts)
    if hosts != session.hosts:
        update["hosts"] = hosts
    return session.model_copy(update=update) if update else session


def _found(
    session: Session,
    column: str,
    what: str,
    text: str,
    find: Callable[[str], str | None],
    known: Mapping[str, object],
    findings: list[Finding],
) -> str:
    one = find(text)
    if one is None:
        message = f"no {what} has the id '{text}'; it is shown to staff as it stands."
        hint = did_you_mean(text, known)
        findings.append(_finding(f"unknown-{what}", message, session, column, text, hint))
    return one or text


def _finding(code: str, message: str, row: Record, column: str, value: str, hint: str) -> Finding:
    return Finding(Level.WARNING, code, message, replace(row.at, column=column), value, hint)
