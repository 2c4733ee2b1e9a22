"""Why a session is where it is, and what was given up: in words."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from netmap.events.avoidance import observed, years_without_dates
from netmap.events.models import Session, Venue
from netmap.events.placing.board import Board
from netmap.events.programme import Programme
from netmap.events.wanted import Wanted
from netmap.events.wishes import Wishes

_NEAR_DAYS = 10
_SHOWN = 6
_HAIR = 0.05
# In weeks off an even spread, as all costs are.
_WORSE = {3.0: "much worse", 0.5: "somewhat worse", _HAIR: "nearly as good", -1e9: "as good"}


def why(
    wishes: Wishes,
    board: Board,
    placed: Mapping[int, Session],
    sessions: Sequence[Session],
    fresh: Collection[str],
    moved: Mapping[str, str],
    called_off: Collection[str],
    day: date,
) -> dict[str, tuple[str, ...]]:
    """Explain each session, by UID."""
    numbers = {session.uid: n for n, session in placed.items()}
    before = {session.uid: session for session in wishes.programme.sessions}
    found: dict[str, tuple[str, ...]] = {}
    for session in sessions:
        if session.uid in called_off:
            said = ["The programme no longer asks for it, so it is called off."]
        elif session.uid in moved:
            old = before[session.uid]
            told = " It was confirmed, so somebody has to be told." if old.confirmed else ""
            said = [
                f"Moved from {old.starts:%a %d %b %Y %H:%M} because {moved[session.uid]}.{told}"
            ]
            said += _choice(wishes, board, numbers[session.uid], session)
        elif session.uid in fresh:
            said = _choice(wishes, board, numbers[session.uid], session)
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


def _choice(wishes: Wishes, board: Board, n: int, session: Session) -> list[str]:
    one, day = board.problem.events[n].wanted, session.starts.date()
    off = (day - one.ideal).days
    said = [
        f"Held on {day:%a %d %b %Y}, close to an even spread of the events."
        if abs(off) <= _NEAR_DAYS
        else f"Held {abs(off)} days {'after' if off > 0 else 'before'} the day that would spread "
        "the events evenly, because of the rules and wishes for days."
    ]
    said += _given_up_for_time(wishes, one, session)
    said += _of_venue(wishes, board, n, session)
    said += _next_best(board, n)
    return said


def _given_up_for_time(wishes: Wishes, one: Wanted, session: Session) -> list[str]:
    day = session.starts.date()
    kept = observed(wishes.programme.settings.when.avoid, day)
    said = [f"Gave up: it is {observance}." for observance in kept]
    if wishes.on_holiday(one.hub, day):
        said.append("Gave up: it is in the school holidays.")
    then, that_day = wishes.invited(one.hub).busy(session.span)
    if then:
        said.append(f"Gave up: {_names(wishes, then)} meet at that time.")
    if that_day:
        said.append(f"Gave up: {_names(wishes, that_day)} meet on that day, at another time.")
    return said


def _of_venue(wishes: Wishes, board: Board, n: int, session: Session) -> list[str]:
    one, venue = board.problem.events[n].wanted, wishes.programme.venue_of(session)
    if venue is None:
        return ["No venue is named: none is listed for this hub."]
    where = wishes.register.areas.name(venue.area) if venue.area else "a place not named"
    rural = wishes.is_rural(venue)
    said = [f"{venue.name}, in {where}, is available then{', and rural' if rural else ''}."]
    said += _lacking(venue)
    if one.people is not None and venue.capacity is None:
        said.append(f"How many it holds is not recorded; {one.people} are expected.")
    km = wishes.travel(one.hub, venue)
    if km:
        mean = sum(km) / len(km)
        said.append(
            f"The {len(km)} groups invited come {mean:.0f} km on average, the farthest "
            f"{max(km):.0f} km, by the straight line."
            if len(km) > 1
            else f"The group invited comes {mean:.0f} km, by the straight line."
        )
    return said


def _lacking(venue: Venue) -> list[str]:
    """Say what a venue lacks, and what nobody wrote down of it."""
    facts = {
        "step-free": venue.step_free,
        "with a hearing loop": venue.hearing_loop,
        "reached by public transport": venue.public_transport,
    }
    not_so = [words for words, known in facts.items() if known is False]
    unknown = [words for words, known in facts.items() if known is None]
    said = [f"Gave up: it is not {' and not '.join(not_so)}."] if not_so else []
    return [*said, *([f"Not recorded: whether it is {', '.join(unknown)}."] if unknown else [])]


def _next_best(board: Board, n: int) -> list[str]:
    """Name the best choice on another day, and how much worse it would have been."""
    event, time, venue = board.problem.events[n], board.time[n], board.venue[n]
    here = board.cost_of(n)
    board.take(n)
    can = board.possible(n)
    can[event.choices.day == event.choices.day[time]] = False
    at_time, at_venue = board.costs(n)
    board.place(n, time, venue)
    if not can.any():
        return ["No other day was left for it."]
    whole = np.where(can, at_time[:, None] + at_venue[None, :], np.inf)
    t, v = divmod(int(whole.argmin()), whole.shape[1])
    starts, there = event.choices.times[t], event.choices.venues[v]
    place = f" at {there.name}" if there is not None else ""
    worse = float(whole[t, v]) - here
    much = next(words for least, words in _WORSE.items() if worse > least)
    number = f" (it gives up {worse:.1f} more)" if worse > _HAIR else ""
    return [f"Next best: {starts:%a %d %b %Y %H:%M}{place}, {much}{number}."]


def _names(wishes: Wishes, groups: Collection[str]) -> str:
    known = wishes.register.organisation
    names = sorted(known[group].name if group in known else group for group in groups)
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def unmet(
    wishes: Wishes, board: Board, placed: Mapping[int, Session], today: date
) -> tuple[str, ...]:
    """Name the wishes that could not be granted, one sentence each."""
    programme = wishes.programme
    said = list(programme.remarks)
    coming = {n: s for n, s in placed.items() if s.starts.date() > today}
    said += _on_kept_days(programme, coming.values())
    holiday = sum(wishes.on_holiday(s.hub, s.starts.date()) for s in coming.values())
    if holiday:
        said.append(f"{_sessions(holiday)} in the school holidays.")
    clashing = sum(bool(wishes.invited(s.hub).busy(s.span)[0]) for s in coming.values())
    if clashing:
        said.append(f"{_sessions(clashing)} while a group invited has its own meeting.")
    said += _access(programme, coming.values())
    said += _without_venue(wishes, [board.problem.events[n].wanted for n in placed])
    said += rural_shortfall(wishes, placed.values())
    said += _evenings(board)
    for calendar, year in years_without_dates(
        programme.settings.when.avoid, programme.settings.starts, programme.settings.ends
    ):
        said.append(f"No dates of the {calendar} calendar are known for {year}.")
    twice = _one_partner(wishes, placed.values())
    if twice:
        said.append(f"Hubs of one strategic partner meet on one day {_times(twice)}.")
    return tuple(said)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _access(programme: Programme, sessions: Iterable[Session]) -> list[str]:
    venues = [venue for s in sessions if (venue := programme.venue_of(s)) is not None]
    said = []
    for words, known in (
        ("at a venue that is not step-free", [v.step_free for v in venues]),
        ("at a venue without a hearing loop", [v.hearing_loop for v in venues]),
    ):
        if many := sum(one is False for one in known):
            said.append(f"{_sessions(many)} {words}.")
    return said


def _evenings(board: Board) -> list[str]:
    """Name the hubs whose sessions are all by day though evenings could be had."""
    problem, names = board.problem, board.problem.wishes.programme.ground.hubs
    found = []
    for hub, numbers in problem.of_hub.items():
        evening = sum(
            bool(problem.events[n].choices.evening[board.time[n]])
            for n in numbers
            if board.placed(n)
        )
        if evening < board.wished[hub].evenings:
            found.append(names.get(hub, hub or "the network"))
    if not found:
        return []
    return [f"Few or no sessions are in the evening: {', '.join(sorted(found)[:_SHOWN])}."]


def _sessions(count: int) -> str:
    return "1 session is" if count == 1 else f"{count} sessions are"


def _on_kept_days(programme: Programme, sessions: Iterable[Session]) -> list[str]:
    found = Counter(
        str(one)
        for session in sessions
        for one in observed(programme.settings.when.avoid, session.starts.date())
    )
    return [f"{_sessions(count)} on {name}." for name, count in sorted(found.items())]


def _without_venue(wishes: Wishes, wanted: Iterable[Wanted]) -> list[str]:
    wanted = list(wanted)
    if not wishes.programme.settings.where.venues and not wishes.programme.venues:
        return ["The programme lists no venues, so no session has one."] if wanted else []
    lacking = sorted({w.hub or "" for w in wanted if not wishes.venues(w.hub)})
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


def _one_partner(wishes: Wishes, sessions: Iterable[Session]) -> int:
    by_day: dict[date, set[str]] = {}
    for session in sessions:
        by_day.setdefault(session.starts.date(), set()).add(session.hub or "")
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
