"""What is wrong, or less than wished for, with the sessions there are: ``netmap events check``."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from netmap.events.avoidance import observed
from netmap.events.dates import starts_of
from netmap.events.diary import Diary, spans_of
from netmap.events.explaining import rural_shortfall
from netmap.events.models import Session, Venue
from netmap.events.programme import Programme
from netmap.events.resolving import resolved
from netmap.events.wanted import Wanted, answered, wanted_for
from netmap.events.wishes import Wishes
from netmap.findings import Finding, Level, Place, in_order
from netmap.networks.models import Target
from netmap.networks.register import Register
from netmap.places import distance_class
from netmap.times import in_clock_change

_SEVERAL = 3
_SHOWN = 4
_COUNTED = {"networking_events": "networking", "skills_events": "skills"}


def check(programme: Programme, register: Register) -> list[Finding]:
    """Check the sessions of a programme against its own rules.

    Args:
        programme: As read; resolved here, and what that notices is among the findings.
        register: The full register of its network, for staff.

    Returns:
        Clashes, days and places that break a rule, missing and misplaced steps of a sequence,
        targets not met, sessions all in one place or beyond reach, wishes gone without; in order.
    """
    programme, found = resolved(programme, register)
    wishes = Wishes(programme, register)
    live = [s for s in programme.sessions if not s.cancelled]
    for session in live:
        found += _of_session(programme, wishes, session)
    found += _clashes(programme, live)
    wanted = wanted_for(programme, wishes.hubs)
    answers, _ = answered(programme, wanted)
    found += _missing(programme, wanted, answers)
    found += _sequences(wanted, answers)
    found += _one_place(programme, live)
    found += _targets(programme, register, live)
    found += [
        Finding(Level.NOTICE, "rural-share", said, Place(programme.file))
        for said in rural_shortfall(wishes, live)
    ]
    return in_order(found)


def _finding(level: Level, code: str, message: str, session: Session, column: str) -> Finding:
    value = getattr(session, column)
    shown = value.isoformat() if hasattr(value, "isoformat") else value
    return Finding(level, code, message, replace(session.at, column=column), shown)


def _of_session(programme: Programme, wishes: Wishes, session: Session) -> Iterator[Finding]:
    day, zone = session.starts.date(), programme.zone_of(session)
    for start in _in_clock_changes(programme, session, zone):
        message = (
            f"the clocks change in that hour on {start:%d %b %Y}, so it is in no calendar; "
            "choose another."
        )
        yield _finding(Level.ERROR, "clock-change", message, session, "starts")
    if session.ends and not session.all_day and in_clock_change(session.ends, zone):
        message = "the clocks change in the hour it ends; calendars may show another end."
        yield _finding(Level.WARNING, "clock-change", message, session, "ends")
    # A diary without entries knows the rules about days, hours and venues alone.
    reason = Diary(programme, date.min).broken(session)
    if reason and "clocks" not in reason and not session.all_day:
        yield _finding(Level.WARNING, "rule-broken", f"{reason}.", session, "starts")
    for one in observed(programme.settings.when.avoid, day):
        yield _finding(Level.NOTICE, "observance", f"it is {one}.", session, "starts")
    if wishes.on_holiday(session.hub, day):
        message = "it is in the school holidays."
        yield _finding(Level.NOTICE, "school-holiday", message, session, "starts")
    venue = programme.venue_of(session)
    if (
        venue
        and session.hub
        and wishes.line(session.hub)
        and venue.area not in wishes.line(session.hub)
    ):
        message = f"{venue.name} is not in the area of {_name(programme, session.hub)}."
        yield _finding(Level.NOTICE, "venue-elsewhere", message, session, "venue")
    if venue:
        yield from _beyond_reach(wishes, session, venue)


def _beyond_reach(wishes: Wishes, session: Session, venue: Venue) -> Iterator[Finding]:
    """Name the groups invited that are farther away than their people can reasonably travel."""
    register, km = wishes.register, wishes.travel(session.hub, venue)
    reach = register.settings.reach
    by_class = {"urban": reach.urban_km, "rural": reach.rural_km}
    far = []
    for group, away in zip(wishes.invited(session.hub).placed, km, strict=False):
        area = register.organisation[group].area
        rural_urban = register.areas[area].rural_urban if area and area in register.areas else None
        if away * reach.detour > by_class[distance_class(rural_urban)]:
            far.append((away * reach.detour, register.organisation[group].name))
    if far:
        names = ", ".join(f"{name} ({away:.0f} km)" for away, name in sorted(far)[-_SHOWN:])
        more = f", {len(far) - _SHOWN} nearer" if len(far) > _SHOWN else ""
        message = (
            f"{venue.name} is farther than people can be expected to travel for {len(far)} of "
            f"{len(km)} groups invited: {names}{more}."
        )
        yield _finding(Level.NOTICE, "beyond-reach", message, session, "venue")


def _targets(programme: Programme, register: Register, live: list[Session]) -> Iterator[Finding]:
    """Name the targets of a number of events that the sessions there are do not reach."""
    hubs = {s.hub for s in live} | {*programme.ground.hubs}
    for target in register.targets:
        kind = _COUNTED.get(target.measure)
        if kind is None or target.owner not in hubs or not _same_time(programme, target):
            continue
        held = [
            s
            for s in live
            if s.hub == target.owner
            and s.kind == kind
            and (target.starts is None or s.starts.date() >= target.starts)
            and (target.due is None or s.starts.date() <= target.due)
        ]
        if len(held) < target.target:
            message = (
                f"{_name(programme, target.owner)} agreed to hold {target.target:g} {kind} events"
                f"{f' by {target.due:%d %b %Y}' if target.due else ''}; {len(held)} are planned."
            )
            place = Place(programme.file)
            yield Finding(Level.WARNING, "target-not-planned", message, place, target.owner)


def _same_time(programme: Programme, target: Target) -> bool:
    """Tell whether a target's time and the programme's have a day in common."""
    settings = programme.settings
    return not (
        (target.starts and target.starts > settings.ends)
        or (target.due and target.due < settings.starts)
    )


def _in_clock_changes(programme: Programme, session: Session, zone: str) -> list[datetime]:
    """List the starts of a session, or of its series while the programme lasts, that are none."""
    if session.all_day:
        return []
    opens, closes = programme.settings.starts, programme.settings.ends + timedelta(days=1)
    window = datetime.combine(opens, time.min), datetime.combine(closes, time.min)
    return [start for start in starts_of(session, zone, window) if in_clock_change(start, zone)]


def _clashes(programme: Programme, live: list[Session]) -> Iterator[Finding]:
    last = max([programme.settings.ends, *(s.starts.date() for s in live)])
    first = min([programme.settings.starts, *(s.starts.date() for s in live)])
    dated = sorted(
        (
            (span, session)
            for session in live
            for span in spans_of(session, first, last, programme.zone_of(session))
        ),
        key=lambda pair: (pair[0], pair[1].uid),
    )
    told: set[tuple[str, str, str]] = set()
    for number, (span, session) in enumerate(dated):
        for other_span, other in dated[number + 1 :]:
            if other_span.starts >= span.ends:
                break
            for column, what in (("hub", "hub"), ("venue", "venue")):
                same = getattr(session, column) and getattr(session, column) == getattr(
                    other, column
                )
                key = (column, *sorted((session.uid, other.uid)))
                if same and other is not session and key not in told:
                    told.add(key)  # type: ignore[arg-type]  # three texts
                    message = (
                        f"the {what} has another session then, in row {session.at.row or '?'} "
                        f"({session.starts:%d %b %Y %H:%M})."
                    )
                    yield _finding(Level.WARNING, f"clash-{what}", message, other, "starts")


def _missing(
    programme: Programme, wanted: tuple[Wanted, ...], answers: dict[Wanted, Session]
) -> Iterator[Finding]:
    groups: dict[tuple[str | None, str], list[Wanted]] = {}
    for one in wanted:
        groups.setdefault((one.hub, one.kind), []).append(one)
    for (hub, kind), asked in groups.items():
        lacking = [one for one in asked if one not in answers]
        if not lacking:
            continue
        themes = ", ".join(one.theme.replace("_", " ") for one in lacking if one.theme)
        message = (
            f"{_name(programme, hub)} has {len(asked) - len(lacking)} of {len(asked)} {kind} events"
            f"{'; missing: ' + themes if themes else ''}."
        )
        yield Finding(Level.WARNING, "events-missing", message, Place(programme.file), hub)


def _sequences(wanted: tuple[Wanted, ...], answers: dict[Wanted, Session]) -> Iterator[Finding]:
    series: dict[tuple[str, int], list[tuple[Wanted, Session]]] = {}
    for one in wanted:
        if one in answers and (one.ordered or one.days_apart):
            series.setdefault(one.series, []).append((one, answers[one]))
    for pairs in series.values():
        in_time = sorted(pairs, key=lambda pair: pair[1].starts)
        for (before, earlier), (after, later) in pairwise(in_time):
            if before.ordered and before.place > after.place:
                message = f"'{after.theme}' comes after '{before.theme}', which should follow it."
                yield _finding(Level.WARNING, "out-of-sequence", message, later, "starts")
            apart = later.starts.date() - earlier.starts.date()
            if apart < timedelta(days=before.days_apart):
                message = (
                    f"it is {apart.days} days after another {before.kind} event; "
                    f"at least {before.days_apart // 7} weeks were asked for."
                )
                yield _finding(Level.WARNING, "too-close", message, later, "starts")


def _one_place(programme: Programme, live: list[Session]) -> Iterator[Finding]:
    held: dict[str, list[str]] = {}
    for session in live:
        venue = programme.venue_of(session)
        if venue and session.hub:
            held.setdefault(session.hub, []).append(venue.area or venue.id)
    for hub, places in sorted(held.items()):
        if len(places) >= _SEVERAL and len(set(places)) == 1:
            where = programme.ground.areas.get(places[0], places[0])
            message = f"all {len(places)} sessions of {_name(programme, hub)} are in {where}."
            yield Finding(Level.NOTICE, "one-place", message, Place(programme.file), hub)


def _name(programme: Programme, hub: str | None) -> str:
    return programme.ground.hubs.get(hub, hub) if hub else "the network"
