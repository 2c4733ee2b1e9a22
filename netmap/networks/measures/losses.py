"""What every organisation, and every tie, that alone joins others would cut off, in one pass.

Each island is walked from its middle (:mod:`~netmap.networks.measures.walking`), so that the part
which stays is always the one around the start, and what is cut off hangs below.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap.networks.measures.walking import NOT_YET, Walk, walk_from_middle

if TYPE_CHECKING:
    import networkx as nx

# How many of those cut off are named; the rest are counted.
NAMED = 8


@dataclass(frozen=True, slots=True)
class VertexLoss:
    """What the network loses with one organisation.

    Attributes:
        removed: The organisation.
        parts: Into how many parts its island would fall.
        stay: How many the largest of these would have.
        cut_off: How many would lie outside it.
        first: The first of them by id, at most :data:`NAMED`.
    """

    removed: str
    parts: int
    stay: int
    cut_off: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieLoss:
    """What the network loses with all ties between two organisations.

    Attributes:
        one: One end, the first by id.
        other: The other end.
        stay: How many the larger side has, its end among them.
        cut_off: How many the smaller side has.
        first: The first of these by id, at most :data:`NAMED`.
    """

    one: str
    other: str
    stay: int
    cut_off: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Losses:
    """Everything whose loss would part others, by id."""

    organisations: tuple[VertexLoss, ...]
    ties: tuple[TieLoss, ...]


def losses(graph: "nx.Graph[str]") -> Losses:
    """Work out what each cut vertex and each bridge of a simple undirected graph cuts off.

    Returns:
        What :func:`~netmap.networks.measures.islands.without` would say of each, in time that
        grows with nodes and ties, not with their product.
    """
    names = sorted(graph)
    number = {name: at for at, name in enumerate(names)}
    neighbours = [[number[other] for other in graph[name]] for name in names]
    found: list[VertexLoss] = []
    bridges: list[TieLoss] = []
    when = [NOT_YET] * len(names)
    for start in range(len(names)):
        if when[start] == NOT_YET and neighbours[start]:
            walk = walk_from_middle(neighbours, start, when)
            first = _first_below(walk)
            found += _vertices(walk, first, names)
            bridges += _ties(walk, first, names)
    return Losses(
        tuple(sorted(found, key=lambda loss: loss.removed)),
        tuple(sorted(bridges, key=lambda loss: (loss.one, loss.other))),
    )


def _first_below(walk: Walk) -> dict[int, list[int]]:
    """Give the first few, by id, of each node and all below it."""
    first = {one: [one] for one in walk.order}
    for one in reversed(walk.order[1:]):
        over = walk.above[one]
        first[over] = _fewest([first[over], first[one]])
    return first


def _fewest(several: Iterable[list[int]]) -> list[int]:
    return sorted(one for some in several for one in some)[:NAMED]


def _vertices(
    walk: Walk, first: dict[int, list[int]], names: Sequence[str]
) -> Iterator[VertexLoss]:
    start = walk.order[0]
    for one, below in walk.hanging.items():
        lost = below
        if one == start:
            # Nothing lies above the start: the largest of what hangs on it is what stays.
            lost = sorted(below, key=lambda part: (-walk.size[part], first[part]))[1:]
        if lost:
            cut_off = sum(walk.size[part] for part in lost)
            yield VertexLoss(
                names[one],
                len(lost) + 1,
                len(walk.order) - 1 - cut_off,
                cut_off,
                tuple(names[at] for at in _fewest(first[part] for part in lost)),
            )


def _ties(walk: Walk, first: dict[int, list[int]], names: Sequence[str]) -> Iterator[TieLoss]:
    for below in walk.bridges:
        over = walk.above[below]
        inside, outside = walk.size[below], len(walk.order) - walk.size[below]
        lost = first[below]
        if outside <= inside:
            # Only below the start can there be half of all or more; of two equal halves the first
            # walk began in the one with the first id, so the second began in the other.
            beside = (first[one] for one in walk.hanging[over] if one != below)
            lost = _fewest([[over], *beside])
        one, other = sorted((below, over))
        yield TieLoss(
            names[one],
            names[other],
            max(inside, outside),
            min(inside, outside),
            tuple(names[at] for at in lost),
        )
