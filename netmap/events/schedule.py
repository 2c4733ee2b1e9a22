"""Putting a programme on days and into venues: what stays, what moves, what is new.

What is past, locked, repeating or fine stays; the rest is placed by :mod:`netmap.events.placing`.
Hard rules are never broken; wishes have costs.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from netmap.errors import NoScheduleError
from netmap.events import explaining
from netmap.events.diary import Diary
from netmap.events.models import Session
from netmap.events.placing import conflicts, exact, search
from netmap.events.placing.board import Board, Score
from netmap.events.placing.problem import Problem, Standing, problem_of
from netmap.events.programme import INVENTED, Programme, marked, title_in_words
from netmap.events.resolving import resolved
from netmap.events.uids import planned_number, planned_uid
from netmap.events.wanted import Wanted, answered, wanted_for
from netmap.events.wishes import Wishes
from netmap.language import _
from netmap.networks.register import Register

SECONDS = 16.0
_HAIR = 1e-6
_ROOM = "room is needed for what has been added"
Progress = Callable[[str, Score], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule, and why it is as it is.

    Attributes:
        sessions: Every session of the programme by start, hub and UID; the table as it should be.
        optimal: Whether it is proved that nothing better can be had.
        unmet: The wishes that could not be granted, one sentence each.
        kept: How many sessions that were there stay as they were.
        moved: How many had to move.
        cancelled: How many were called off because the programme no longer asks for them.
        why: For each session by UID why it is where it is, and what it gave up.
        cost: What the schedule gives up: a week away from an even spread costs 1.
        bound: No schedule of as many events costs less.
        method: How it was found: ``greedy``, ``local search`` or ``CP-SAT``.
    """

    sessions: tuple[Session, ...]
    optimal: bool
    unmet: tuple[str, ...] = ()
    kept: int = 0
    moved: int = 0
    cancelled: int = 0
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cost: float = 0.0
    bound: float = 0.0
    method: str = "greedy"


def plan(
    programme: Programme,
    register: Register,
    day: date,
    *,
    published: frozenset[str] = frozenset(),
    seconds: float = 0.0,
    progress: Progress = lambda _what, _score: None,
) -> Plan:
    """Put a programme on days and into venues.

    What is past, locked or repeating stays; other sessions move only where a hard rule forces
    them to; what is missing is added. The same programme, register and day give the same plan.

    Args:
        programme: What is to be held, with the sessions there are; resolved here if it is not.
        register: The full register of its network, for staff.
        day: Today.
        published: UIDs that subscribers were told of; these make no room for others.
        seconds: How long CP-SAT may look for something better, where it is installed; in its own
            deterministic seconds.
        progress: Told of every better schedule.

    Raises:
        NoScheduleError: Something cannot be placed; the conflicting wishes are named.
    """
    programme, _ = resolved(programme, register)
    wishes = Wishes(programme, register)
    wanted = wanted_for(programme, wishes.hubs)
    if programme.settings.event and not wanted:
        raise NoScheduleError(programme.name, explaining.nobody(programme))
    there = _There(programme, wanted, day)
    problem = problem_of(wishes, there.standing, day)
    board = search.first_schedule(problem)
    progress("placing", board.score())
    if board.score().unplaced:
        stuck = {problem.events[n].wanted.hub for n in problem.free if not board.placed(n)}
        if there.make_room(stuck, published):
            problem = problem_of(wishes, there.standing, day)
            board = search.first_schedule(problem)
    answer, method = _improved(board, programme.settings.seed, seconds, progress)
    if board.score().unplaced:
        raise NoScheduleError(programme.name, _conflicts(wishes, there, board, day))
    return _result(wishes, there, board, day, answer, method)


def _improved(
    board: Board, seed: int, seconds: float, progress: Progress
) -> tuple[exact.Answer, str]:
    """Make a schedule better; say how good it is, and by what it was found."""
    first = board.score()
    if not board.problem.free:  # what stays, stays
        return exact.Answer(first.cost, 0, proved=True), "greedy"
    least = search.lower_bound(board)
    if first.unplaced or first.cost > least + _HAIR:
        search.improve(board, seed, progress)
    searched = board.score()
    method = "local search" if searched.better_than(first) else "greedy"
    done = not searched.unplaced and searched.cost <= least + _HAIR
    answer = exact.Answer(least, 0, done)
    if not done and seconds and exact.is_there():
        answer = exact.solve(board, seed, seconds, progress)
        if board.score().better_than(searched):
            method = "CP-SAT"
    return answer, method


class _There:
    """What stays of the sessions there are, and what has to move, with the reason for each."""

    def __init__(self, programme: Programme, wanted: Sequence[Wanted], day: date) -> None:
        self.programme, self.wanted, self.day = programme, wanted, day
        self.moved: dict[str, str] = {}
        self.called_off: set[str] = set()
        self.rest: list[Session] = []
        self._diary = Diary(programme, day)
        self._kept: dict[Wanted, Session] = {}
        self._waiting: list[Wanted] = []
        self._origin: dict[Wanted, Session] = {}
        found, others = answered(programme, wanted)
        for session in others:
            self._keep_other(session)
        settled = {w: s for w, s in found.items() if s.settled or s.starts.date() <= day}
        for one, session in settled.items():
            self._keep(one, session)
        self._waiting = [w for w in wanted if w not in found]
        free = [(w, s) for w, s in found.items() if w not in settled]
        for one, session in sorted(free, key=lambda p: (not p[1].confirmed, p[1].starts, p[1].uid)):
            reason = self._diary.broken(session) or self._out_of_order(one, session)
            if reason is None:
                self._keep(one, session)
            else:
                self._move(one, session, reason)

    @property
    def standing(self) -> Standing:
        """What is there already, for the search."""
        live = [session for session in self.rest if not session.cancelled]
        return Standing(self._kept, self._waiting, self._origin, live)

    def make_room(self, hubs: Iterable[str | None], published: frozenset[str]) -> bool:
        """Let go of what hubs have that nobody was told of; tell whether there was anything."""
        mine = [
            (one, session)
            for one, session in self._kept.items()
            if one.hub in set(hubs)
            and not (session.settled or session.confirmed or session.uid in published)
            and session.starts.date() > self.day
        ]
        for one, session in mine:
            del self._kept[one]
            self._move(one, session, _ROOM)
        return bool(mine)

    def _keep(self, one: Wanted, session: Session) -> None:
        self._kept[one] = session
        self._diary.enter(session)

    def _move(self, one: Wanted, session: Session, reason: str) -> None:
        self.moved[session.uid] = reason
        self._origin[one] = session
        self._waiting.append(one)

    def _keep_other(self, session: Session) -> None:
        made = planned_number(session.uid, self.programme.name, session.hub, session.kind)
        idle = session.settled or session.cancelled or session.confirmed
        if made is not None and not idle and session.starts.date() > self.day:
            self.called_off.add(session.uid)
            session = session.model_copy(update={"status": "cancelled"})
        self.rest.append(session)
        if not session.cancelled:
            self._diary.enter(session)

    def _out_of_order(self, one: Wanted, session: Session) -> str | None:
        day = session.starts.date()
        for other, there in self._kept.items():
            if other.series != one.series or other == one:
                continue
            ahead = (there.starts.date() - day).days
            if one.ordered and ahead * (other.place - one.place) <= 0:
                return "it is out of its order in the sequence"
            if abs(ahead) < one.days_apart:
                return f"it is less than {one.days_apart // 7} weeks from another of its kind"
        return None


def _conflicts(wishes: Wishes, there: _There, board: Board, day: date) -> list[str]:
    """Name the rules that conflict, for the first hub of which something has no place."""
    problem = board.problem
    hub = next(problem.events[n].wanted.hub for n in problem.free if not board.placed(n))
    whole = there.standing
    elsewhere = [
        _session_of(wishes.programme, board, n)
        for n in problem.free
        if board.placed(n) and problem.events[n].wanted.hub != hub
    ]
    kept = {w: s for w, s in whole.kept.items() if w.hub == hub}
    others = [s for w, s in whole.kept.items() if w.hub != hub]
    standing = Standing(
        kept,
        [w for w in whole.waiting if w.hub == hub],
        {w: s for w, s in whole.origin.items() if w.hub == hub},
        [*whole.others, *others, *elsewhere],
    )
    rules = conflicts.smallest(wishes, standing, day)
    return conflicts.in_words_of(rules, wishes, standing, day)


def _session_of(programme: Programme, board: Board, n: int) -> Session:
    """Make the session of a placed event, moved from where it was or new; not yet with its UID."""
    event = board.problem.events[n]
    if event.kept is not None:
        return event.kept
    starts = event.choices.times[board.time[n]]
    venue = event.choices.venues[board.venue[n]]
    one, settings = event.wanted, programme.settings
    ends = starts + timedelta(minutes=one.minutes)
    place = venue.id if venue else None
    if event.origin is not None:
        return _moved(event.origin, {"starts": starts, "ends": ends, "venue": place}, one)
    title = title_in_words(programme, one.kind, one.theme, one.hub)
    invented = settings.confidence == "illustrative"
    return Session(
        hub=one.hub,
        kind=one.kind,
        theme=one.theme,
        title=marked(title) if invented else title,
        starts=starts,
        ends=ends,
        time_zone=settings.time_zone,
        venue=place,
        status="tentative",
        audience=settings.audience.value if settings.audience else None,
        description=_(INVENTED) if invented else None,
        confidence=settings.confidence,
    )


def _moved(session: Session, update: dict[str, object], one: Wanted) -> Session:
    """Give a session its new place; nobody has yet confirmed that one."""
    length = session.span.ends - session.starts
    if session.ends and length <= timedelta(minutes=one.minutes):
        update["ends"] = update["starts"] + length  # type: ignore[operator]  # a moment
    unread = {k: v for k, v in session.unread.items() if k not in {"starts", "ends", "venue"}}
    return session.model_copy(update={**update, "status": "tentative", "unread": unread})


def _with_uids(programme: Programme, wanted: Sequence[Wanted], problem: Problem) -> dict[int, str]:
    """Give every new event a UID that nothing in the programme has or had."""
    taken = {session.uid for session in programme.sessions}
    found: dict[int, str] = {}
    new = [n for n in problem.free if problem.events[n].origin is None]
    for n in sorted(new, key=lambda n: wanted.index(problem.events[n].wanted)):
        one = problem.events[n].wanted
        before = sum(
            w.block < one.block and w.kind == one.kind and w.hub == one.hub for w in wanted
        )
        number = 1 + before + one.place
        while (
            uid := planned_uid(programme.name, one.hub, one.kind, number, programme.domain)
        ) in taken:
            number += 1
        taken.add(uid)
        found[n] = uid
    return found


def _result(
    wishes: Wishes, there: _There, board: Board, day: date, answer: exact.Answer, method: str
) -> Plan:
    programme, problem = wishes.programme, board.problem
    uids = _with_uids(programme, there.wanted, problem)
    placed: dict[int, Session] = {}
    for n in range(len(problem.events)):
        session = _session_of(programme, board, n)
        placed[n] = session.model_copy(update={"uid": uids[n]}) if n in uids else session
    sessions = sorted([*placed.values(), *there.rest], key=lambda s: (s.starts, s.hub or "", s.uid))
    cost = board.score().cost
    return Plan(
        sessions=tuple(sessions),
        optimal=answer.proved,
        unmet=explaining.unmet(wishes, board, placed, day),
        kept=len({s.uid for s in programme.sessions} - set(there.moved) - there.called_off),
        moved=len(there.moved),
        cancelled=len(there.called_off),
        why=explaining.why(
            wishes, board, placed, sessions, set(uids.values()), there.moved, there.called_off, day
        ),
        cost=round(cost, 2),
        bound=round(min(answer.bound, cost), 2),
        method=method,
    )
