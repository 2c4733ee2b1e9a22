"""CP-SAT: something better than the search found, and a bound that says how good that is.

OR-Tools is an extra; without it the searched schedule stands. First as many events as can be are
placed; then it costs as little as can be, by the model of :mod:`netmap.events.placing.model`. The
time allowed is counted in the solver's own deterministic seconds, so that a schedule does not
depend on how busy the machine is; a limit by the clock is there for emergencies.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from netmap.events.placing import search
from netmap.events.placing.board import Board, Score
from netmap.events.placing.model import HUNDREDTHS, Model


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver says.

    Attributes:
        bound: No schedule with as many events costs less.
        placed_bound: No schedule leaves fewer events without a place.
        proved: Whether nothing better can be had.
    """

    bound: float
    placed_bound: int
    proved: bool


def is_there() -> bool:
    """Tell whether OR-Tools is installed."""
    return find_spec("ortools") is not None


def solve(
    board: Board,
    seed: int,
    seconds: float,
    progress: Callable[[str, Score], None] = lambda _what, _score: None,
) -> Answer:
    """Look for something better than what is placed; put it on the board where it is.

    Args:
        board: A schedule to begin with; changed only for a better one.
        seed: Of the solver's choices.
        seconds: Deterministic seconds allowed, for both steps together.
        progress: Told of every better schedule.
    """
    placed_bound = 0
    if board.score().unplaced:
        model = Model(board)
        found = model.fewest_unplaced(seed, seconds / 2)
        placed_bound = found.bound
        if found.values is not None:
            _take_over(board, model, found.values)
        seconds /= 2
    least = {hub: search.lower_bound(board, hub) for hub in board.problem.of_hub}
    bounds = dict(least)
    if not board.score().unplaced:
        for hub in board.problem.of_hub:
            each = seconds / 2 / len(board.problem.of_hub)
            bounds[hub] = max(_hub_alone(board, hub, seed, each), least[hub])
            progress("proving", board.score())
    here = board.score()
    bound = sum(bounds.values())
    # Costs are rounded to hundredths, two for each event.
    hair = len(board.problem.events) / HUNDREDTHS
    if here.unplaced or here.cost > bound + hair:
        spare = {hub: here.cost - bound + bounds[hub] - least[hub] for hub in least}
        # What leaves something out may cost less than the least of all: then nothing is left out.
        model = Model(board, {} if here.unplaced else spare)
        found = model.cheapest(board, seed, seconds / 2, progress)
        if found.values is not None:
            _take_over(board, model, found.values)
        bound = max(bound, found.bound / HUNDREDTHS)
    end = board.score()
    proved = end.unplaced == placed_bound and end.cost <= bound + hair
    return Answer(min(bound, end.cost), min(placed_bound, end.unplaced), proved)


def _hub_alone(board: Board, hub: str, seed: int, seconds: float) -> float:
    """Schedule one hub as if there were no other; take that over where the others let it.

    Returns:
        What it costs at the least. Hubs only get in each other's way, so these add up to a bound.
    """
    numbers = board.problem.of_hub[hub]
    alone = Board(board.problem.only(numbers))
    for k, n in enumerate(numbers):
        if not alone.placed(k):
            alone.place(k, board.time[n], board.venue[n])
    cost = alone.score().cost
    least = search.lower_bound(alone, hub)
    if cost <= least:
        return least
    model = Model(alone, {hub: cost - least})
    found = model.cheapest(alone, seed, seconds, lambda _what, _score: None)
    if found.values is not None:
        _take_over(alone, model, found.values)
        _try_in_place(board, numbers, alone)
    return found.bound / HUNDREDTHS


def _try_in_place(board: Board, numbers: Sequence[int], alone: Board) -> None:
    """Put a hub's events where they are best for it, if that is better for all."""
    before, kept = board.score(), board.copy()
    free = [(k, n) for k, n in enumerate(numbers) if not board.problem.events[n].fixed]
    for _, n in free:
        board.take(n)
    for k, n in free:
        if not board.possible(n, leaving_room=False)[alone.time[k], alone.venue[k]]:
            break
        board.place(n, alone.time[k], alone.venue[k])
    if not board.score().better_than(before):
        board.restore(kept)


def can_all_be_placed(board: Board, seconds: float) -> bool | None:
    """Tell whether every event can have a place; None where that is not known in time."""
    found = Model(board).fewest_unplaced(0, seconds)
    if found.values is not None and found.objective == 0:
        return True
    return False if found.bound > 0 else None


def _take_over(board: Board, model: Model, values: list[int]) -> None:
    before, kept = board.score(), board.copy()
    for n in board.problem.free:
        board.take(n)
    for n in board.problem.free:
        where = model.where(n, values)
        if where is not None:
            board.place(n, *where)
    if not board.score().better_than(before):
        board.restore(kept)
