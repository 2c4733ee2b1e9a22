"""Whole-network scores, and each organisation's place in the network.

All measures are of the simple undirected graph of ties (self-ties left out), but for reciprocity,
which asks of the directed one what share of tied pairs is tied both ways.
"""

from dataclasses import dataclass

from netmap.networks.graph import ties_only
from netmap.networks.measures.counting import count
from netmap.networks.register import Register


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation's place in the network.

    Attributes:
        id: The organisation.
        degree: How many organisations it is tied to.
        betweenness: Share of shortest ways between others that lead through it, 0 to 1 (Freeman
            1977).
        bridge: Whether its loss would cut others off from each other.
        component: Number of the island it lies in, 0 the largest.
        core: The largest k for which it is in the k-core (Seidman 1983).
    """

    id: str
    degree: int
    betweenness: float
    bridge: bool
    component: int
    core: int


@dataclass(frozen=True, slots=True)
class Measures:
    """A network's scores; members by betweenness, highest first, then by id.

    Attributes:
        organisations: How many there are.
        ties: How many rows of ties have not ended.
        components: How many islands there are.
        density: Share of the pairs that could be tied which are, 0 to 1.
        reciprocity: Share of directed ties that are answered by one the other way, 0 to 1.
        members: Each organisation's place.
        betweenness_sampled: From how many organisations the ways to all others were followed,
            where betweenness is an estimate; None where it is exact.
    """

    organisations: int
    ties: int
    components: int
    density: float
    reciprocity: float
    members: tuple[Member, ...]
    betweenness_sampled: int | None = None


def measure(register: Register) -> Measures:
    """Measure a register's network of ties."""
    graph = ties_only(register)
    found = count(graph)
    component = {one: number for number, part in enumerate(found.parts) for one in part}
    members = [
        Member(
            one,
            graph.degree[one],
            round(found.betweenness[one], 6),
            one in found.cut_vertices,
            component[one],
            found.core[one],
        )
        for one in graph
    ]
    members.sort(key=lambda member: (-member.betweenness, member.id))
    nodes, pairs = graph.number_of_nodes(), graph.number_of_edges()
    return Measures(
        nodes,
        len(register.current_ties),
        len(found.parts),
        round(2 * pairs / (nodes * (nodes - 1)), 6) if pairs else 0.0,
        reciprocity(register),
        tuple(members),
        found.sampled,
    )


def reciprocity(register: Register) -> float:
    """Work out what share of the directed ties is answered by one the other way."""
    directed = {
        (tie.source_organisation, tie.target_organisation)
        for tie in register.current_ties
        if tie.source_organisation != tie.target_organisation
    }
    if not directed:
        return 0.0
    return round(sum((b, a) in directed for a, b in directed) / len(directed), 6)
