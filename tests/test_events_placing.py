"""Schedules keep every hard rule, whatever is asked for, and the solver never makes one worse."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netmap.errors import NoScheduleError
from netmap.events import Programme, Session, Venue, plan
from netmap.events.busy import Busy
from netmap.events.diary import open_for
from netmap.events.openings import WEEKDAYS, parse_openings
from netmap.events.placing import conflicts, exact, search
from netmap.events.placing.board import Board
from netmap.events.placing.problem import Problem, Standing, problem_of
from netmap.events.resolving import resolved
from netmap.events.settings import ProgrammeSettings
from netmap.events.wanted import Wanted, wanted_for
from netmap.events.wishes import Wishes
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, Organisation, Tie
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.register import Register
from netmap.times import Span, bank_holidays

TODAY = date(2026, 11, 28)
SEQUENCE = ["scoping_and_mapping", "themed", "reflection"]


def register_of(hubs: int, **tables: Iterable[Any]) -> Register:
    """Make hubs with a town and a village each, and one strategic partner."""
    areas = []
    organisations = [Organisation(id="partner", name="Partner", roles=("strategic_partner",))]
    ties = []
    for n in range(hubs):
        area, town, village = f"area-{n}", f"town-{n}", f"village-{n}"
        areas += [
            Area(code=area, name=f"Area {n}"),
            Area(code=town, name=f"Town {n}", parent=area, rural_urban="large_urban"),
            Area(code=village, name=f"Village {n}", parent=area, rural_urban="rural_80"),
        ]
        organisations.append(
            Organisation(id=f"hub-{n}", name=f"Hub {n}", roles=("hub",), area=area)
        )
        ties.append(tie(f"hub-{n}", "partner", "affiliated_to"))
    return Register(
        name="example",
        settings=NetworkSettings(),
        as_of=TODAY,
        areas=Areas(areas),
        organisations=(*organisations, *tables.get("organisations", ())),
        activities=(*tables.get("activities", ()),),
        ties=(*ties, *tables.get("ties", ())),
    )


def tie(source: str, target: str, kind: str) -> Tie:
    """Make a tie."""
    return Tie(source_organisation=source, target_organisation=target, kind=kind)


def venue(name: str, area: str, available: str = "", **more: Any) -> Venue:
    """Make a venue."""
    openings = parse_openings(available) or ()
    return Venue.model_construct(id=name, name=name, area=area, available=openings, **more)


def programme_of(
    venues: Iterable[Venue],
    sessions: Iterable[Session] = (),
    busy: Iterable[Busy] = (),
    **more: Any,
) -> Programme:
    """Make a programme of three networking events in a sequence, and some skills events."""
    when = {
        "weekdays": more.pop("weekdays", ["TU", "WE", "TH"]),
        "earliest": more.pop("earliest", "10:00"),
        "latest": more.pop("latest", "20:00"),
        "avoid": ["bank_holidays:GB-ENG"],
    }
    event = more.pop("event", None) or [
        {
            "kind": "networking", "count": 3, "minutes": 180, "sequence": SEQUENCE,
            "min_weeks_apart": 3,
        },
        {"kind": "skills", "count": 2, "minutes": 240, "themes": ["boundaries", "safeguarding"]},
    ]  # fmt: skip
    data = {"network": "example", "starts": "2027-01-11", "ends": "2027-06-30", "seed": 7} | more
    known = ProgrammeSettings.model_validate({**data, "event": event, "when": when})
    return Programme(
        "year", known, venues=tuple(venues), sessions=tuple(sessions), busy=tuple(busy)
    )


TWO_HUBS = [
    venue("hall-0", "town-0", "TU 09:00-21:00; TH 09:00-21:00"),
    venue("village-0", "village-0", "WE 12:00-18:00"),
    venue("hall-1", "town-1"),
]


def broken(programme: Programme, found: Iterable[Session]) -> list[str]:
    """Name every hard rule that is broken, worked out here from scratch."""
    live = [s for s in found if not s.cancelled]
    said = [f"{rule} {one.uid}" for one in live for rule in broken_alone(programme, one)]
    for one, other in combinations(live, 2):
        same_place = one.venue is not None and one.venue == other.venue
        if (one.hub == other.hub or same_place) and one.span.overlaps(other.span):
            said.append(f"clash {one.uid} {other.uid}")
    for hub in {s.hub for s in live}:
        steps = [s for s in live if s.hub == hub and s.kind == "networking"]
        steps.sort(key=lambda s: s.starts)
        known = [s.theme for s in steps if s.theme in SEQUENCE]
        if known != [theme for theme in SEQUENCE if theme in known]:
            said.append(f"order {hub}")
        said += [
            f"apart {hub}"
            for one, other in pairwise(steps)
            if other.starts.date() - one.starts.date() < timedelta(weeks=3)
        ]
    return said


def broken_alone(programme: Programme, one: Session) -> list[str]:
    """Name the hard rules that a session breaks by itself."""
    when, day = programme.settings.when, one.starts.date()
    room = programme.venue_of(one)
    kept = {
        "weekday": WEEKDAYS[day.weekday()] in when.weekdays,
        "window": programme.settings.starts <= day <= programme.settings.ends,
        "holiday": day not in bank_holidays("GB-ENG", day.year),
        "hours": when.earliest <= one.starts.time() and one.span.ends.time() <= when.latest,
        "closed": room is None or open_for(room, one.span),
        "busy": not any(
            b.hub in {None, one.hub} and b.span.overlaps(one.span) for b in programme.busy
        ),
    }
    return [rule for rule, holds in kept.items() if not holds]


def board_of(programme: Programme, register: Register) -> Board:
    """Lay a programme out and place it one event after another."""
    return search.first_schedule(problem(programme, register))


def problem(programme: Programme, register: Register) -> Problem:
    """Lay a programme out, nothing standing."""
    known, _ = resolved(programme, register)
    wishes = Wishes(known, register)
    return problem_of(wishes, Standing({}, wanted_for(known, wishes.hubs)), TODAY)


hours = st.sampled_from(
    ["", "TU", "TU 09:00-16:00; WE", "TH 12:00-21:00", "MO; FR", "WE 10:00-15:00"]
)
RARE = settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])


@RARE
@given(
    available=st.lists(hours, min_size=1, max_size=5),
    weekdays=st.lists(st.sampled_from(WEEKDAYS[:5]), min_size=1, max_size=4, unique=True),
    ends=st.dates(date(2027, 3, 1), date(2027, 8, 1)),
    busy_days=st.lists(st.integers(0, 60), max_size=6),
)
def test_no_hard_rule_is_ever_broken(
    available: list[str], weekdays: list[str], ends: date, busy_days: list[int]
) -> None:
    """Whatever is asked for: a schedule that keeps every rule, or a list of what conflicts."""
    rooms = [venue(f"room-{n}", f"town-{n % 2}", text) for n, text in enumerate(available)]
    start = datetime(2027, 2, 1, 9)  # noqa: DTZ001  # local
    busy = [
        Busy(Span(start + timedelta(days=d), start + timedelta(days=d, hours=8)), None, "x.ics", "")
        for d in busy_days
    ]
    programme = programme_of(rooms, busy=busy, weekdays=weekdays, ends=ends.isoformat())
    register = register_of(2)
    try:
        found = plan(programme, register, TODAY)
    except NoScheduleError as error:
        reasons = str(error).splitlines()
    else:
        reasons = []
    if reasons:
        assert len(reasons) > 2  # the event, and a reason
        return
    assert broken(programme, found.sessions) == []
    assert len(found.sessions) == 10  # two hubs, five events
    again = plan(
        programme_of(rooms, found.sessions, busy, weekdays=weekdays, ends=ends.isoformat()),
        register,
        TODAY,
    )
    assert again.sessions == found.sessions
    assert (again.kept, again.moved, again.cancelled) == (10, 0, 0)


@RARE
@given(locked=st.sets(st.integers(0, 9), max_size=4), days=st.integers(-20, 20))
def test_locking_never_makes_another_rule_break(locked: set[int], days: int) -> None:
    """What is locked stays where people put it, and everything else works round it."""
    register, first = register_of(2), programme_of(TWO_HUBS)
    found = plan(first, register, TODAY)
    changed = [
        s.model_copy(
            update={
                "locked": True,
                "starts": s.starts + timedelta(days=days),
                "ends": s.ends + timedelta(days=days) if s.ends else None,
            }
        )
        if n in locked
        else s
        for n, s in enumerate(found.sessions)
    ]
    programme = programme_of(TWO_HUBS, changed)
    try:
        again = plan(programme, register, TODAY)
    except NoScheduleError:
        return
    fixed = {s.uid for s in changed if s.locked}
    for one in changed:
        if one.uid in fixed:
            assert one in again.sessions
    own = [s for s in again.sessions if s.uid not in fixed]
    # Rules between two locked sessions are people's own affair; what the planner places keeps all.
    said = broken(programme, again.sessions)
    assert not [
        line
        for line in said
        if any(s.uid in line for s in own) and not any(u in line for u in fixed)
    ]


def test_the_same_seed_gives_the_same_schedule_twice() -> None:
    """Two people who run it must not get two schedules, with the solver or without."""
    for seconds in (0.0, 1.0):
        ones = [
            plan(programme_of(TWO_HUBS), register_of(2), TODAY, seconds=seconds) for _ in range(2)
        ]
        assert ones[0].sessions == ones[1].sessions


def test_the_solver_never_makes_a_schedule_worse_and_its_bound_holds() -> None:
    """What the search found is where it begins."""
    pytest.importorskip("ortools")
    board = board_of(programme_of(TWO_HUBS), register_of(2))
    first = board.score()
    answer = exact.solve(board, 7, 4.0)
    after = board.score()
    assert not first.better_than(after)
    assert answer.bound <= after.cost + 0.1  # rounding
    search.improve(board, 3)
    assert board.score().cost >= answer.bound - 0.1


def test_the_solver_finds_a_place_where_one_after_another_finds_none() -> None:
    """The first event takes the only day on which the large room is open; they have to swap."""
    pytest.importorskip("ortools")
    rooms = [
        venue("small", "town-0", "TU 10:00-14:00; WE 10:00-14:00", capacity=10),
        venue("large", "town-0", "TU 10:00-14:00", capacity=40),
    ]
    event = [
        {"kind": "networking", "count": 1, "minutes": 240, "people": 5},
        {"kind": "skills", "count": 1, "minutes": 240, "people": 30},
    ]
    tight: dict[str, Any] = {"starts": "2027-02-02", "ends": "2027-02-03", "event": event}
    laid_out = problem(programme_of(rooms, **tight), register_of(1))
    board = search.first_schedule(laid_out, trying=False)
    assert board.score().unplaced == 1
    exact.solve(board, 7, 2.0)
    assert board.score().unplaced == 0
    assert search.first_schedule(laid_out).score().unplaced == 0  # other orders find it too


def test_a_room_that_opens_late_is_tried_beside_many_that_open_early() -> None:
    """Nine openings by day must not crowd out the one evening that is left."""
    early = [
        venue(f"early-{n}", "town-0", f"TU {10 + n // 4}:{n % 4 * 15:02}-17:00") for n in range(9)
    ]
    late = venue("late", "town-0", "TU 17:00-21:00")
    morning = datetime(2027, 2, 2, 8)  # noqa: DTZ001  # local
    away = Busy(Span(morning, morning.replace(hour=17)), None, "x.ics", "")
    event = [{"kind": "skills", "count": 1, "minutes": 120}]
    dates: dict[str, Any] = {"starts": "2027-02-02", "ends": "2027-02-02", "event": event}
    programme = programme_of([*early, late], busy=[away], latest="21:00", **dates)
    (found,) = plan(programme, register_of(1), TODAY).sessions
    assert (found.venue, found.starts.hour) == ("late", 17)


def test_what_is_placed_costs_what_the_board_says() -> None:
    """The cost of each event beside the others adds up to the whole: searches rest on it."""
    board = board_of(programme_of(TWO_HUBS), register_of(2))
    for n in board.problem.free:
        before, there = board.score().cost, (board.time[n], board.venue[n])
        at_time, at_venue = _costs_without(board, n)
        board.take(n)
        without = board.score().cost
        board.place(n, *there)
        assert before - without == pytest.approx(at_time[there[0]] + at_venue[there[1]], abs=1e-6)


def _costs_without(board: Board, n: int) -> tuple[Any, Any]:
    there = board.time[n], board.venue[n]
    board.take(n)
    found = board.costs(n)
    board.place(n, *there)
    return found


def test_groups_invited_are_not_asked_out_while_they_meet() -> None:
    """People who run a group on Tuesdays cannot come on Tuesdays."""
    group = Organisation(
        id="group", name="Tuesday group", roles=("grassroots_group",), area="town-0"
    )
    meeting = Activity(
        id="g", name="Tuesday group", organisation="group", schedule="every Tuesday 10:00-20:00"
    )
    register = register_of(
        1, organisations=[group], activities=[meeting], ties=[tie("hub-0", "group", "engages")]
    )
    rooms = [venue("hall-0", "town-0", "TU; TH")]
    found = plan(programme_of(rooms), register, TODAY)
    assert {s.starts.weekday() for s in found.sessions} == {3}
    on_tuesdays = plan(programme_of([venue("hall-0", "town-0", "TU")]), register, TODAY)
    assert any(
        "Tuesday group meet at that time" in line for w in on_tuesdays.why.values() for line in w
    )
    assert any("while a group invited has its own meeting" in line for line in on_tuesdays.unmet)


def test_people_can_get_in_and_hear() -> None:
    """Of two rooms that are alike, the one without steps and with a loop is taken."""
    rooms = [
        venue("a-steps", "town-0", "", step_free=False, hearing_loop=False, public_transport=True),
        venue("b-level", "town-0", "", step_free=True, hearing_loop=True, public_transport=True),
    ]
    found = plan(programme_of(rooms), register_of(1), TODAY)
    assert {s.venue for s in found.sessions} == {"b-level"}
    alone = plan(programme_of(rooms[:1]), register_of(1), TODAY)
    assert any("not step-free" in line for line in alone.unmet)


def test_a_room_that_is_too_small_is_never_taken() -> None:
    """Thirty people do not go into a room for ten."""
    event = [{"kind": "skills", "count": 2, "minutes": 120, "people": 30}]
    rooms = [
        venue("a-small", "town-0", "", capacity=10),
        venue("b-large", "town-0", "", capacity=40),
    ]
    found = plan(programme_of(rooms, event=event), register_of(1), TODAY)
    assert {s.venue for s in found.sessions} == {"b-large"}
    with pytest.raises(NoScheduleError, match="30 people are expected; the largest venue holds 10"):
        plan(programme_of(rooms[:1], event=event), register_of(1), TODAY)


def test_some_sessions_are_in_the_evening_and_some_by_day() -> None:
    """People who work cannot come by day, and others not in the evening."""
    found = plan(programme_of([venue("hall-0", "town-0")]), register_of(1), TODAY)
    late = [s for s in found.sessions if s.ends and s.ends.time() >= time(18)]
    assert 0 < len(late) < len(found.sessions)


def test_nothing_is_held_while_a_calendar_is_busy() -> None:
    """A hub's own leave is its own affair; a calendar for all counts for all."""
    away = Span(datetime(2027, 1, 11), datetime(2027, 3, 31))  # noqa: DTZ001  # local
    busy = [Busy(away, "hub-0", "events/external/hub-0.ics", "Leave")]
    found = plan(programme_of(TWO_HUBS, busy=busy), register_of(2), TODAY)
    assert all(s.starts >= away.ends for s in found.sessions if s.hub == "hub-0")
    assert any(s.starts < away.ends for s in found.sessions if s.hub == "hub-1")


@pytest.mark.parametrize(
    ("change", "needed", "words"),
    [
        ({"ends": "2027-02-10"}, {"window", "apart"}, "at least 3 weeks apart take 6 weeks"),
        ({"weekdays": ["FR"]}, {"weekdays", "openings"}, "None of hall-0 is available"),
        ({"latest": "12:00"}, {"hours"}, "It lasts 240 minutes, and the hours are 10:00 to 12:00"),
    ],
)
def test_the_smallest_set_of_rules_that_conflict_is_named(
    change: dict[str, Any], needed: set[str], words: str
) -> None:
    """Somebody has to know what to give up; what has nothing to do with it is not named."""
    programme = programme_of([venue("hall-0", "town-0", "TU; WE; TH")], **change)
    register = register_of(1)
    known, _ = resolved(programme, register)
    wishes = Wishes(known, register)
    standing = Standing({}, wanted_for(known, wishes.hubs))
    assert set(conflicts.smallest(wishes, standing, TODAY)) == needed
    with pytest.raises(NoScheduleError) as caught:
        plan(programme, register, TODAY)
    assert words in str(caught.value)


def test_what_subscribers_were_told_makes_no_room_for_others() -> None:
    """A tentative session that was published stays; one that was not makes room."""
    register = register_of(1)
    rooms = [venue("only", "town-0", "TU 10:00-14:00")]
    dates: dict[str, Any] = {"starts": "2027-02-02", "ends": "2027-02-16"}
    one = [{"kind": "skills", "count": 1, "minutes": 240}]
    made = plan(programme_of(rooms, event=one, **dates), register, TODAY).sessions[0]
    early = made.starts.replace(day=2)
    first = made.model_copy(update={"starts": early, "ends": early + timedelta(hours=4)})
    # Two events two weeks apart need the first Tuesday and the third.
    two = {
        "kind": "networking", "count": 2, "minutes": 180, "sequence": SEQUENCE[::2],
        "min_weeks_apart": 2,
    }  # fmt: skip
    more = programme_of(rooms, [first], event=[*one, two], **dates)
    found = plan(more, register, TODAY)
    assert next(s for s in found.sessions if s.uid == first.uid).starts.day == 9
    assert "room is needed" in found.why[first.uid][0]
    with pytest.raises(NoScheduleError, match="taken by other sessions"):
        plan(more, register, TODAY, published=frozenset({first.uid}))


def test_a_session_that_has_to_move_stays_near_and_says_why() -> None:
    """People who cannot come on the new day should at least be able to guess it."""
    register = register_of(1)
    first = plan(programme_of([venue("hall-0", "town-0")]), register, TODAY).sessions
    chosen = first[2]
    clashing = Busy(chosen.span, None, "events/external/all.ics", "Elections")
    again = plan(programme_of([venue("hall-0", "town-0")], first, [clashing]), register, TODAY)
    assert (again.kept, again.moved) == (4, 1)
    moved = next(s for s in again.sessions if s.uid == chosen.uid)
    assert abs((moved.starts - chosen.starts).days) <= 14
    assert "all.ics is busy then" in again.why[chosen.uid][0]


def test_each_choice_names_the_next_best() -> None:
    """Hub staff who do not like a day see at once what else there was."""
    found = plan(programme_of(TWO_HUBS), register_of(2), TODAY)
    why: Mapping[str, tuple[str, ...]] = found.why
    assert all(
        any(line.startswith(("Next best:", "No other day")) for line in w) for w in why.values()
    )


def test_progress_tells_of_every_better_schedule() -> None:
    """Twenty silent seconds look like a fault."""
    said: list[tuple[str, float]] = []
    plan(
        programme_of(TWO_HUBS),
        register_of(2),
        TODAY,
        progress=lambda w, s: said.append((w, s.cost)),
    )
    assert said[0][0] == "placing"
    costs = [cost for _, cost in said]
    assert costs == sorted(costs, reverse=True)


def _wanted(**more: Any) -> Wanted:
    given = {"hub": "hub-0", "kind": "skills", "theme": None, "minutes": 60, "block": 0, "place": 0,
             "of": 1, "ordered": False, "days_apart": 0, "ideal": TODAY}  # fmt: skip
    return Wanted(**{**given, **more})


def test_an_event_is_said_with_its_theme() -> None:
    """Messages name events as people do."""
    assert str(_wanted(theme="telling_your_story")) == "skills: telling your story"
