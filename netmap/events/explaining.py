"""Why a session is where it is, what was given up, and why something cannot be had: in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from netmap.events.avoidance import observed, years_without_dates
from netmap.events.diary import Diary
from netmap.events.models import Session
from netmap.events.openings import WEEKDAYS, in_words
from netmap.events.programme import Programme
from netmap.events.wanted import Wanted
from netmap.events.wishes import Wishes

_NEAR_DAYS = 10


def why(
    wishes: Wishes,
    placed: Mapping[Wanted, Session],
    sessions: Sequence[Session],
    fresh: Iterable[str],
    moved: Mapping[str, str],
    called_off: Iterable[str],
    day: date,
) -> dict[str, tuple[str, ...]]:
    """Explain each session, by UID."""
    fresh, called_off = set(fresh), set(called_off)
    answers = {session.uid: one for one, session in placed.items()}
    found: dict[str, tuple[str, ...]] = {}
    for session in sessions:
        if session.uid in called_off:
            said = ["The programme no longer asks for it, so it is called off."]
        elif session.uid in moved:
            before = next(s for s in wishes.programme.sessions if s.uid == session.uid)
            told = " It was confirmed, so somebody has to be told." if before.confirmed else ""
            said = [
                f"Moved from {before.starts:%a %d %b %Y %H:%M} because {moved[session.uid]}.{told}"
            ]
            said += _choice(wishes, answers[session.uid], session)
        elif session.uid in fresh:
            said = _choice(wishes, answers[session.uid], session)
        else:
            said = [_stays(session, day)]
        found[session.uid] = tuple(said)
    return found


def _stays(session: Session, day: date) -> str:
    if session.starts.date() <= day:
        return "It is past, so it stays."
    if session.cancelled:
        return "It is cancelled, so it stays as it is."
    if session.settled:
        return "It is locked or repeats, so it stays."
    return "It was planned already and breaks no rule, so it stays."


def _choice(wishes: Wishes, one: Wanted, session: Session) -> list[str]:
    day = session.starts.date()
    off = (day - one.ideal).days
    said = [
        f"Held on {day:%a %d %b %Y}, close to an even spread of the events."
        if abs(off) <= _NEAR_DAYS
        else f"Held {abs(off)} days {'after' if off > 0 else 'before'} the day that would spread "
        "the events evenly, because of the rules and wishes for days."
    ]
    kept = observed(wishes.programme.settings.when.avoid, day)
    said += [f"Gave up: it is {observance}." for observance in kept]
    if wishes.on_holiday(one.hub, day):
        said.append("Gave up: it is in the school holidays.")
    venue = wishes.programme.venue_of(session)
    if venue is None:
        said.append("No venue is named: none is listed for this hub.")
        return said
    where = wishes.register.areas.name(venue.area) if venue.area else "a place not named"
    said.append(f"{venue.name}, in {where}, is available then.")
    rural = wishes.is_rural(venue)
    if one.rural:
        said.append(
            "It counts towards the share in rural places."
            if rural
            else f"Gave up: a rural place was wished for, and {where} "
            + ("has no rural/urban class." if rural is None else "is not of a rural class.")
        )
    return said


def unmet(diary: Diary, wishes: Wishes, placed: Mapping[Wanted, Session]) -> tuple[str, ...]:
    """Name the wishes that could not be granted, one sentence each."""
    programme = wishes.programme
    said = list(programme.remarks)
    coming = [s for s in placed.values() if s.starts.date() > diary.today]
    said += _on_kept_days(programme, coming)
    holiday = sum(wishes.on_holiday(s.hub, s.starts.date()) for s in coming)
    if holiday:
        said.append(f"{_sessions(holiday)} in the school holidays.")
    said += _without_venue(wishes, placed)
    said += rural_shortfall(wishes, placed.values())
    for calendar, year in years_without_dates(
        programme.settings.when.avoid, programme.settings.starts, programme.settings.ends
    ):
        said.append(f"No dates of the {calendar} calendar are known for {year}.")
    twice = _one_partner(wishes, placed)
    if twice:
        said.append(f"Hubs of one strategic partner meet on one day {twice} times.")
    return tuple(said)


def _sessions(count: int) -> str:
    return "1 session is" if count == 1 else f"{count} sessions are"


def _on_kept_days(programme: Programme, sessions: Iterable[Session]) -> list[str]:
    found = Counter(
        str(one)
        for session in sessions
        for one in observed(programme.settings.when.avoid, session.starts.date())
    )
    return [f"{_sessions(count)} on {name}." for name, count in sorted(found.items())]


def _without_venue(wishes: Wishes, placed: Mapping[Wanted, Session]) -> list[str]:
    if not wishes.programme.settings.where.venues and not wishes.programme.venues:
        return ["The programme lists no venues, so no session has one."] if placed else []
    lacking = sorted({w.hub or "" for w in placed if not wishes.venues(w.hub)})
    names = wishes.programme.ground.hubs
    return [
        f"No venue is listed in the area of {names.get(hub, hub or 'the network')}; its sessions "
        "have a day and no place yet."
        for hub in lacking
    ]


def rural_shortfall(wishes: Wishes, sessions: Iterable[Session]) -> list[str]:
    """Say by how much the share in rural places falls short, and how sure that is."""
    share = wishes.programme.settings.where.rural_share
    venues = [wishes.programme.venue_of(s) for s in sessions if not s.cancelled and not s.online]
    held = [venue for venue in venues if venue is not None]
    rural = sum(bool(wishes.is_rural(venue)) for venue in held)
    if not share or not held or rural >= share * len(held):
        return []
    unknown = [v for v in held if wishes.is_rural(v) is None]
    said = (
        f"{rural} of {len(held)} sessions in person ({rural / len(held):.0%}) are in areas of a "
        f"rural class; {share:.0%} was wished for."
    )
    if unknown:
        names = sorted({wishes.register.areas.name(v.area) if v.area else v.name for v in unknown})
        said += (
            f" {len(unknown)} are in places whose class is not known and count as not rural: "
            f"{', '.join(names)}."
        )
    return [said]


def _one_partner(wishes: Wishes, placed: Mapping[Wanted, Session]) -> int:
    by_day: dict[date, set[str]] = {}
    for one, session in placed.items():
        by_day.setdefault(session.starts.date(), set()).add(one.hub or "")
    found = 0
    for hubs in by_day.values():
        partners = Counter(p for hub in hubs for p in wishes.partners.get(hub, ()))
        found += sum(count > 1 for count in partners.values())
    return found


def nobody(programme: Programme) -> list[str]:
    """Say that there is nobody to plan for."""
    if programme.settings.hubs:
        return [
            f"None of the hubs it names is in the network: {', '.join(programme.settings.hubs)}."
        ]
    return ["It is for every hub of its network, and no organisation there has the role 'hub'."]


def conflicts(diary: Diary, wishes: Wishes, one: Wanted, dates: tuple[date, date]) -> list[str]:
    """Name the wishes that leave no place for an event.

    Args:
        diary: What is taken.
        wishes: What is wished for.
        one: The event that cannot be placed.
        dates: The first and last day it may have by the others of its series.

    Returns:
        The event first, then the wishes that cannot all be had.
    """
    settings, when = wishes.programme.settings, wishes.programme.settings.when
    whose = wishes.programme.ground.hubs.get(one.hub or "", one.hub or "the whole network")
    head = f"No day is left for {one} (number {one.place + 1} of {one.of}) of {whose}."
    window = f"The programme runs from {settings.starts:%d %b %Y} to {settings.ends:%d %b %Y}"
    if settings.ends <= diary.today:
        return [head, f"{window}, and today is {diary.today:%d %b %Y}."]
    if not diary.days:
        weekdays = in_words(WEEKDAYS.index(w) for w in when.weekdays) or "no weekday at all"
        avoided = [w for w in when.avoid if w.startswith("bank_holidays")]
        also = f", without {', '.join(avoided)}" if avoided else ""
        return [head, f"{window}.", f"Only {weekdays} will do{also}."]
    hours = _hours_too_short(diary, one)
    if hours:
        return [head, hours]
    closed = _never_open(diary, wishes, one, diary.days)
    if closed:
        return [head, *closed]
    first, last = dates
    fitting = [day for day in diary.days if first <= day <= last]
    said = _too_close(one, dates) if one.days_apart or one.ordered else []
    length = (settings.ends - settings.starts).days // 7
    left = (settings.ends - diary.today).days // 7
    begun = diary.today >= settings.starts
    return [
        head,
        *said,
        f"{window}, {f'and {left} weeks of it are left' if begun else f'{length} weeks'}.",
        *(_never_open(diary, wishes, one, fitting) or _taken(wishes, one, fitting)),
    ]


def _hours_too_short(diary: Diary, one: Wanted) -> str:
    when = diary.settings.when
    free = timedelta(hours=when.latest.hour, minutes=when.latest.minute) - timedelta(
        hours=when.earliest.hour, minutes=when.earliest.minute
    )
    if free >= timedelta(minutes=one.minutes):
        return ""
    return (
        f"It lasts {one.minutes} minutes, and the hours are {when.earliest:%H:%M} to "
        f"{when.latest:%H:%M}."
    )


def _too_close(one: Wanted, dates: tuple[date, date]) -> list[str]:
    said = []
    if one.days_apart:
        least = (one.of - 1) * one.days_apart // 7
        said.append(
            f"{one.of} {one.kind} events at least {one.days_apart // 7} weeks apart take "
            f"{least} weeks."
        )
    if one.ordered:
        first, last = dates
        said.append(
            "Their order and distance leave it no day."
            if first > last
            else f"Their order leaves it {first:%d %b %Y} to {last:%d %b %Y}."
        )
    return said


def _never_open(diary: Diary, wishes: Wishes, one: Wanted, fitting: Sequence[date]) -> list[str]:
    venues, empty = wishes.venues(one.hub), Diary(wishes.programme, diary.today)
    if not venues or not fitting:
        return []
    for venue in venues:
        if any(empty.first_start(one.hub, day, venue, one.minutes) for day in fitting):
            return []
    when = diary.settings.when
    weekdays = in_words(sorted({day.weekday() for day in fitting}))
    names = ", ".join(venue.name for venue in venues)
    hours = f"between {when.earliest:%H:%M} and {when.latest:%H:%M} on a {weekdays}"
    return [f"None of {names} is available for {one.minutes} minutes {hours}."]


def _taken(wishes: Wishes, one: Wanted, fitting: Sequence[date]) -> list[str]:
    if not fitting:
        return []
    names = ", ".join(venue.name for venue in wishes.venues(one.hub))
    also = f" or its venues ({names})" if names else ""
    return [f"On the days that would do, the hub{also} are taken by other sessions."]
