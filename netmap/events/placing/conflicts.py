"""The smallest set of rules that cannot all be kept, where something cannot be placed.

Rules are given up one after another: what cannot be scheduled without a rule either is not that
rule's fault. What is left conflicts, and would not if any one of it were given up. Then every
smaller set is tried, so that what is told is as short as can be.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

from netmap.events.diary import hours_of
from netmap.events.models import Venue
from netmap.events.openings import WEEKDAYS, in_words
from netmap.events.placing import exact
from netmap.events.placing.problem import RULES, Standing, problem_of
from netmap.events.placing.search import first_schedule
from netmap.events.wanted import Wanted
from netmap.events.wishes import Wishes
from netmap.times import days

_SECONDS = 0.5
_SHOWN = 6


def smallest(wishes: Wishes, standing: Standing, today: date) -> tuple[str, ...]:
    """Find rules that conflict, each of which would have to go no further if one of them went.

    Args:
        wishes: What is wished for.
        standing: What is there, and what of one hub cannot all be placed.
        today: Only later days can be used.

    Returns:
        Names of :data:`~netmap.events.placing.problem.RULES`, in their order; none where even
        without any rule there is no place.
    """
    if not _possible(wishes, standing, today, frozenset(RULES)):
        return ()
    rules = _in_force(wishes, standing)
    found = [*rules]
    for rule in rules:
        without = frozenset(RULES) - frozenset(found) | {rule}
        if not _possible(wishes, standing, today, without):
            found.remove(rule)
    for size in range(1, len(found)):
        for few in combinations(rules, size):
            if not _possible(wishes, standing, today, frozenset(RULES) - frozenset(few)):
                return few
    return tuple(found)


def _possible(wishes: Wishes, standing: Standing, today: date, relaxed: frozenset[str]) -> bool:
    """Tell whether all can be placed; where the solver does not know in time, it might."""
    solver = exact.is_there()
    board = first_schedule(problem_of(wishes, standing, today, relaxed), trying=not solver)
    if board.score().unplaced and solver:
        return exact.can_all_be_placed(board, _SECONDS) is not False
    return not board.score().unplaced


def _in_force(wishes: Wishes, standing: Standing) -> tuple[str, ...]:
    """Name the rules that the programme has at all."""
    when, waiting = wishes.programme.settings.when, standing.waiting
    venues = wishes.venues(waiting[0].hub)
    there = {
        "weekdays": len(when.weekdays) < len(WEEKDAYS),
        "holidays": any(wish.startswith("bank_holidays") for wish in when.avoid),
        "apart": any(one.days_apart for one in waiting),
        "order": any(one.ordered for one in waiting),
        "openings": any(venue.available or "available" in venue.faulted for venue in venues),
        "size": any(one.people for one in waiting) and any(v.capacity for v in venues),
        "busy": bool(wishes.programme.busy),
    }
    return tuple(rule for rule in RULES if there.get(rule, True))


def in_words_of(rules: Sequence[str], wishes: Wishes, standing: Standing, today: date) -> list[str]:
    """Say what conflicts, in the programme's own words."""
    waiting = standing.waiting
    first = waiting[0]
    whose = wishes.programme.ground.hubs.get(first.hub or "", first.hub or "the whole network")
    several = f"{len(waiting)} events" if len(waiting) > 1 else str(first)
    number = f" (number {first.place + 1} of {first.of})" if len(waiting) == 1 else ""
    said = [f"No day is left for {several}{number} of {whose}."]
    for rule in rules:
        said += _said_of(rule, wishes, waiting, today)
    if len(rules) > 1:
        said.append("Any one of these would have to give way.")
    return said


def _said_of(rule: str, wishes: Wishes, waiting: Sequence[Wanted], today: date) -> list[str]:
    match rule:
        case "window":
            return [_window(wishes, today)]
        case "apart":
            return _far_apart(waiting)
        case "openings":
            longest = max(one.minutes for one in waiting)
            return [_openings(wishes, waiting[0].hub, longest, today)]
        case "weekdays" | "hours" | "holidays":
            return [_of_days(rule, wishes, waiting)]
        case _:
            return [_of_others(rule, wishes, waiting)]


def _of_days(rule: str, wishes: Wishes, waiting: Sequence[Wanted]) -> str:
    when = wishes.programme.settings.when
    if rule == "weekdays":
        names = in_words(WEEKDAYS.index(w) for w in when.weekdays) or "no weekday at all"
        return f"Only {names} will do."
    if rule == "hours":
        longest = max(one.minutes for one in waiting)
        return (
            f"It lasts {longest} minutes, and the hours are {when.earliest:%H:%M} to "
            f"{when.latest:%H:%M}."
        )
    avoided = [wish for wish in when.avoid if wish.startswith("bank_holidays")]
    return f"Nothing is held on bank holidays ({', '.join(avoided)})."


def _of_others(rule: str, wishes: Wishes, waiting: Sequence[Wanted]) -> str:
    hub = waiting[0].hub
    if rule == "order":
        steps = [w.theme.replace("_", " ") for w in waiting if w.ordered and w.theme]
        return f"They come in an order: {', then '.join(steps)}."
    if rule == "size":
        people = max(one.people or 0 for one in waiting)
        known = [v.capacity for v in wishes.venues(hub) if v.capacity is not None]
        return f"{people} people are expected; the largest venue holds {max(known, default=0)}."
    if rule == "busy":
        names = sorted({b.source for b in wishes.programme.busy if b.hub in {None, hub}})
        return f"These calendars are busy then: {', '.join(names[:_SHOWN])}."
    venues = ", ".join(venue.name for venue in wishes.venues(hub)[:_SHOWN])
    also = f" or its venues ({venues})" if venues else ""
    return f"On the days that would do, the hub{also} are taken by other sessions."


def _far_apart(waiting: Sequence[Wanted]) -> list[str]:
    return [
        f"{one.of} {one.kind} events at least {one.days_apart // 7} weeks apart take "
        f"{(one.of - 1) * one.days_apart // 7} weeks."
        for one in {w.block: w for w in waiting if w.days_apart}.values()
    ]


def _window(wishes: Wishes, today: date) -> str:
    settings = wishes.programme.settings
    dates = f"The programme runs from {settings.starts:%d %b %Y} to {settings.ends:%d %b %Y}"
    if settings.ends <= today:
        return f"{dates}, and today is {today:%d %b %Y}."
    if today >= settings.starts:
        return f"{dates}, and {(settings.ends - today).days // 7} weeks of it are left."
    return f"{dates}, {(settings.ends - settings.starts).days // 7} weeks."


def _openings(wishes: Wishes, hub: str | None, minutes: int, today: date) -> str:
    settings = wishes.programme.settings
    when, venues = settings.when, wishes.venues(hub)
    fitting = [
        day
        for day in days(max(settings.starts, today + timedelta(days=1)), settings.ends)
        if WEEKDAYS[day.weekday()] in when.weekdays
    ]
    usable = [venue for venue in venues if any(_long(wishes, venue, d, minutes) for d in fitting)]
    if not usable:
        names = ", ".join(venue.name for venue in venues)
        hours = f"between {when.earliest:%H:%M} and {when.latest:%H:%M}"
        weekdays = in_words(sorted({day.weekday() for day in fitting}))
        return f"None of {names} is available for {minutes} minutes {hours} on a {weekdays}."
    said = [
        f"{venue.name} on {in_words(sorted({o.weekday for o in venue.available}))}"
        for venue in usable[:_SHOWN]
        if venue.available
    ]
    return f"Venues can be had only so: {'; '.join(said)}."


def _long(wishes: Wishes, venue: Venue, day: date, minutes: int) -> bool:
    when = wishes.programme.settings.when
    for opens, closes in hours_of(venue, day):
        begins, ends = max(opens, when.earliest), min(closes, when.latest)
        if (ends.hour - begins.hour) * 60 + ends.minute - begins.minute >= minutes:
            return True
    return False
