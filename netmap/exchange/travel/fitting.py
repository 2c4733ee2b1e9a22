"""The areas and activities of a register in a matrix: by id where it has ids, else by point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.travel.matching import FURTHEST_KM, distinct, pair_up
from netmap.exchange.travel.matrix import Ends, Matrix
from netmap.networks.register import Point, Register
from netmap.networks.travel_times import TravelTimes, renewed

if TYPE_CHECKING:
    from numpy.typing import NDArray

_THINGS = {"sources": "area", "destinations": "activity"}


@dataclass(frozen=True, eq=False)
class Fitted:
    """A matrix in the words of a register.

    Attributes:
        travel: The register's travel times as they will be.
        sources: How many sources the matrix has, and how many of them are areas.
        destinations: How many destinations it has, and how many of them are activities.
        pairs: How many travel times it has between these, and how many of them are no way.
        replaced: How many times that the register has already it says anew.
        set_aside: One for each source and destination that is nothing in the register.
    """

    travel: TravelTimes
    sources: tuple[int, int]
    destinations: tuple[int, int]
    pairs: tuple[int, int]
    replaced: int
    set_aside: tuple[Note, ...]


@dataclass(frozen=True)
class _Thing:
    """An area or an activity: what it is called and where it stands."""

    key: str
    point: Point | None


def fit(matrix: Matrix, register: Register, shown: str) -> Fitted:
    """Find a register's areas and activities in a matrix.

    Args:
        matrix: The matrix.
        register: The network, for staff; the times it has already stay where the matrix is silent.
        shown: How messages name the matrix.
    """
    notes: list[Note] = []
    areas = [_Thing(a.code, a.point) for a in register.areas if not a.anonymised]
    there = [_Thing(a.id, register.point_of(a)) for a in register.activities if not a.remote]

    def area_of(text: str) -> str | None:
        found = register.areas.resolve(text)
        return found[0] if len(found) == 1 else None

    def activity_of(text: str) -> str | None:
        return text if text in register.activity else None

    sources = _meant(matrix.sources, areas, area_of, shown, notes)
    destinations = _meant(matrix.destinations, there, activity_of, shown, notes)
    source, first = _spread(matrix.source, sources)
    second, other = _spread(matrix.destination[source], destinations)
    minutes = matrix.minutes[source][second]
    codes, ids = _keys(sources), _keys(destinations)
    travel, replaced = renewed(
        register.travel,
        (codes, ids),
        (first[second].astype(np.int32), other.astype(np.int32)),
        minutes,
    )
    return Fitted(
        travel,
        (len(sources), sum(map(bool, sources))),
        (len(destinations), sum(map(bool, destinations))),
        (len(minutes), int(np.isnan(minutes).sum())),
        replaced,
        tuple(notes),
    )


def _keys(meant: Sequence[Sequence[str]]) -> list[str]:
    return sorted({key for keys in meant for key in keys})


def _spread(
    ends: "NDArray[np.int32]", meant: Sequence[Sequence[str]]
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Give each pair once for everything that its end is, as two groups in one hall.

    Args:
        ends: For each pair its end.
        meant: For each end all that it is.

    Returns:
        Places in `ends`, and for each the place of what it is among all that any end is.
    """
    number = {key: n for n, key in enumerate(_keys(meant))}
    flat = np.array([number[key] for keys in meant for key in keys], dtype=np.int64)
    counts = np.array([len(keys) for keys in meant], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)])
    times = counts[ends]
    pair = np.repeat(np.arange(len(ends), dtype=np.int64), times)
    within = np.arange(len(pair), dtype=np.int64) - np.repeat(np.cumsum(times) - times, times)
    return pair, flat[starts[ends[pair]] + within]


def _meant(
    ends: Ends,
    things: Sequence[_Thing],
    named: Callable[[str], str | None],
    shown: str,
    notes: list[Note],
) -> list[tuple[str, ...]]:
    """Say for each end which areas or activities it is; for most it is one."""
    meant: list[tuple[str, ...]] = [()] * len(ends.ids)
    bare = [n for n, text in enumerate(ends.ids) if not text]
    why = _by_points(ends, bare, things, meant) if bare else {}
    kind = _THINGS[ends.what]
    for n, text in enumerate(ends.ids):
        if text:
            key = named(text)
            meant[n] = (key,) if key else ()
            why |= {} if key else {n: f"no {kind} is called that, or more than one is."}
    column, code = ends.what.removesuffix("s"), f"no-{kind}"
    for n, reason in sorted(why.items()):
        spot = Spot(shown, row=ends.rows[n], column=column)
        notes.append(Note(Outcome.REFUSED, code, reason, spot, ends.ids[n] or None))
    return meant


def _by_points(
    ends: Ends, bare: Sequence[int], things: Sequence[_Thing], meant: list[tuple[str, ...]]
) -> dict[int, str]:
    """Find by their points what ends without ids are; give the reason for each that is nothing."""
    kind = _THINGS[ends.what]
    placed = [one for one in things if one.point is not None]
    places, place_of = distinct(np.array([one.point for one in placed]).reshape(-1, 2))
    standing: dict[int, list[str]] = {}
    for one, place in zip(placed, place_of.tolist(), strict=True):
        standing.setdefault(place, []).append(one.key)
    points, point_of = distinct(ends.points[list(bare)])
    found = pair_up(points, places)
    why: dict[int, str] = {}
    for n, point in zip(bare, point_of.tolist(), strict=True):
        if found.place[point] >= 0:
            meant[n] = tuple(standing[int(found.place[point])])
        elif np.isinf(found.km[point]):
            why[n] = f"it has no point, or no {kind} has one."
        elif found.either[point]:
            why[n] = f"two places are as near to it, so which {kind} it is cannot be told."
        elif found.second[point]:
            why[n] = f"another of the {ends.what} is nearer to the {kind} it could be."
        else:
            far = f"the nearest {kind} is {found.km[point]:,.1f} km away"
            why[n] = f"{far}, further than {FURTHEST_KM:g} km."
    return why
