"""Between whom the organisations stand through which most ways lead."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

from netmap.networks.graph import ties_only
from netmap.networks.measures.scores import Measures
from netmap.networks.register import Register

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Linked:
    """Two sectors, in order, and how many pairs of organisations of them are linked."""

    one: str
    other: str
    pairs: int


@dataclass(frozen=True, slots=True)
class Broker:
    """One organisation that stands between others.

    It stands between two when it is tied to both and they are not tied to each other. The kinds
    are those of Gould and Fernandez (1989), taken without direction: an introduction goes both
    ways. Pairs in which a sector is not known are in no kind.

    Attributes:
        id: The organisation.
        betweenness: Share of shortest ways between others that lead through it, 0 to 1.
        degree: How many organisations it is tied to.
        effective_size: How many of these count once those tied to one another count less: the
            number less twice the ties among them over the number (Borgatti 1997, after Burt 1992).
        between: How many pairs it stands between.
        coordinator: Of these, all three of one sector.
        consultant: Both of one sector, it of another.
        gatekeeper: One of its own sector, the other not.
        liaison: All three of different sectors.
        sectors: The sectors it stands between, with most pairs first.
    """

    id: str
    betweenness: float
    degree: int
    effective_size: float
    between: int
    coordinator: int
    consultant: int
    gatekeeper: int
    liaison: int
    sectors: tuple[Linked, ...]


def brokers(register: Register, measures: Measures, most: int = 10) -> tuple[Broker, ...]:
    """Describe the organisations through which most shortest ways lead.

    Args:
        register: The network.
        measures: What :func:`~netmap.networks.measures.scores.measure` says of it.
        most: At most so many.

    Returns:
        By betweenness, highest first; none through which no way leads.
    """
    graph = ties_only(register)
    sector = {one.id: one.sector for one in register.organisations if one.sector}
    leading = [member for member in measures.members if member.betweenness > 0][:most]
    return tuple(_broker(graph, sector, one.id, one.betweenness) for one in leading)


def _broker(
    graph: "nx.Graph[str]", sector: Mapping[str, str], one: str, betweenness: float
) -> Broker:
    beside = set(graph[one])
    tied = [
        (here, there)
        for here in beside
        for there in graph[here]
        if here < there and there in beside
    ]
    pairs = _pairs_of_sectors(beside, tied, sector)
    own = sector.get(one)
    kinds: Counter[str] = Counter()
    for (here, there), times in pairs.items():
        if own:
            kinds[_kind(own, here, there)] += times
    degree = len(beside)
    return Broker(
        id=one,
        betweenness=betweenness,
        degree=degree,
        effective_size=round(degree - 2 * len(tied) / degree, 6),
        between=degree * (degree - 1) // 2 - len(tied),
        coordinator=kinds["coordinator"],
        consultant=kinds["consultant"],
        gatekeeper=kinds["gatekeeper"],
        liaison=kinds["liaison"],
        sectors=tuple(
            sorted(
                (Linked(*ends, times) for ends, times in pairs.items()),
                key=lambda linked: (-linked.pairs, linked.one, linked.other),
            )
        ),
    )


def _pairs_of_sectors(
    beside: set[str], tied: list[tuple[str, str]], sector: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Count the untied pairs among some organisations by their two sectors, where known."""
    many = Counter(sector[one] for one in beside if one in sector)
    pairs = {
        (here, there): many[here] * (many[here] - 1) // 2
        if here == there
        else many[here] * many[there]
        for here, there in combinations_with_replacement(sorted(many), 2)
    }
    for one, other in tied:
        if one in sector and other in sector:
            here, there = sorted((sector[one], sector[other]))
            pairs[here, there] -= 1
    return {pair: times for pair, times in pairs.items() if times}


def _kind(own: str, here: str, there: str) -> str:
    if here == there:
        return "coordinator" if here == own else "consultant"
    return "gatekeeper" if own in {here, there} else "liaison"
