"""Placing events one after another, then taking some off and placing them better.

Everything is decided by the seed and by counting, never by the clock, so the same programme gives
the same schedule on any machine.
"""

from collections.abc import Callable, Sequence
from random import Random

from netmap.events.placing.board import Board, Score
from netmap.events.placing.problem import Problem

Progress = Callable[[str, Score], None]
_ROUNDS, _FOR_EACH, _MOST = 250, 12, 6000
_OFF = (2, 7)
_TRIES = 40


def first_schedule(problem: Problem, *, trying: bool = True) -> Board:
    """Place one event after another: what is bound by an order or a distance before the rest.

    Args:
        problem: What can be where.
        trying: Whether to begin a hub anew, in other ways, that has no place for something.
    """
    board = Board(problem)
    _place(board, _in_order(problem, problem.free))
    if not trying:
        return board
    for hub in sorted({_hub(problem, n) for n in _unplaced(board)}):
        _make_room(board, hub)
    return board


def improve(board: Board, seed: int, progress: Progress = lambda _what, _score: None) -> None:
    """Move one event at a time while that helps, then take off a few at once and place them anew.

    Args:
        board: Changed in place; never worse than before.
        seed: Which events are tried together.
        progress: Told of every better schedule.
    """
    problem = board.problem
    if not problem.free:
        return
    _one_by_one(board)
    chance = Random(seed)  # noqa: S311  # a choice, not a secret
    best, kept = board.score(), board.copy()
    progress("improving", best)
    for _ in range(min(_ROUNDS + _FOR_EACH * len(problem.free), _MOST)):
        off = sorted({*_some(board, chance), *_unplaced(board)})
        before = [(n, board.time[n], board.venue[n]) for n in off]
        for n in off:
            board.take(n)
        order = list(off)
        chance.shuffle(order)
        for n in order:
            choice = board.best(n)
            if choice is not None:
                board.place(n, *choice[1:])
        score = board.score()
        if score.better_than(best):
            best, kept = score, board.copy()
            progress("improving", best)
        elif best.better_than(score):
            board.undo(before)
    board.restore(kept)
    _one_by_one(board)


def lower_bound(board: Board, hub: str | None = None) -> float:
    """Add up the least that each event, of all hubs or of one, costs by itself.

    No schedule of them all can cost less.
    """
    least = 0.0
    for event in board.problem.events:
        if hub is not None and (event.wanted.hub or "") != hub:
            continue
        can = event.choices.open.any(axis=1)
        if event.fixed or can.any():
            times = event.against_time if event.fixed else event.against_time[can]
            least += float(times.min())
            venues = event.choices.open.any(axis=0) | event.fixed
            least += float(event.choices.against_venue[venues].min())
    return least


def _in_order(problem: Problem, numbers: Sequence[int]) -> list[int]:
    def key(n: int) -> tuple[bool, int, int, str, int, int]:
        one = problem.events[n].wanted
        bound = one.ordered or one.days_apart > 0
        place = one.place if bound else 0
        return not bound, place, one.ideal.toordinal(), one.hub or "", one.block, one.place

    return sorted(numbers, key=key)


def _place(board: Board, order: Sequence[int]) -> None:
    for n in order:
        choice = board.best(n)
        if choice is not None:
            board.place(n, *choice[1:])


def _make_room(board: Board, hub: str) -> None:
    """Begin a hub anew, as early as can be: an even spread may have left no room for the rest."""
    problem = board.problem
    own = [n for n in problem.of_hub[hub] if n in set(problem.free)]
    best, kept = board.score(), board.copy()
    chance = Random(problem.wishes.programme.settings.seed)  # noqa: S311  # a choice, not a secret
    for attempt in range(_TRIES):
        for n in own:
            board.take(n)
        order = _in_order(problem, own)
        if attempt > 1:
            chance.shuffle(order)
        for n in order:
            can = board.possible(n, leaving_room=attempt < _TRIES // 2)
            if can.any():
                time, venue = divmod(int(can.argmax()), can.shape[1])
                board.place(n, time, venue)
        if board.score().better_than(best):
            best, kept = board.score(), board.copy()
        if not any(_hub(problem, n) == hub for n in _unplaced(board)):
            break
    board.restore(kept)


def _one_by_one(board: Board) -> None:
    better = True
    while better:
        better = False
        for n in board.problem.free:
            if not board.placed(n):
                choice = board.best(n)
                if choice is not None:
                    board.place(n, *choice[1:])
                    better = True
                continue
            before, there = board.cost_of(n), (board.time[n], board.venue[n])
            board.take(n)
            choice = board.best(n)
            if choice is not None and choice[0] < before - 1e-6:  # rounding
                board.place(n, *choice[1:])
                better = True
            else:
                board.place(n, *there)


def _some(board: Board, chance: Random) -> list[int]:
    """Choose a few events that have to do with one another."""
    problem = board.problem
    first = chance.choice(_unplaced(board) or problem.free)
    size = chance.randint(*_OFF)
    near: set[int] = set()
    way = chance.random()
    if way < 0.5:  # noqa: PLR2004  # half of them from one hub
        near |= set(problem.of_hub[_hub(problem, first)])
    elif board.placed(first) and way < 0.8:  # noqa: PLR2004
        venue = problem.events[first].choices.venues[board.venue[first]]
        near |= set(problem.at_venue.get(venue.id if venue else "", ()))
    free = set(problem.free)
    pool = sorted(near & free - {first}) or [n for n in problem.free if n != first]
    return [first, *chance.sample(pool, min(size - 1, len(pool)))]


def _unplaced(board: Board) -> list[int]:
    return [n for n in board.problem.free if not board.placed(n)]


def _hub(problem: Problem, n: int) -> str:
    return problem.events[n].wanted.hub or ""
