"""Whole-network scores, each organisation's place in the network, and what its loss would break.

All measures are of the simple undirected graph of ties (self-ties left out), but for reciprocity,
which asks of the directed one what share of tied pairs is tied both ways.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap.errors import UnknownNameError
from netmap.findings import did_you_mean
from netmap.networks.graph import ties_only
from netmap.networks.register import Register

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Member:
    """One organisation's place in the network.

    Attributes:
        id: The organisation.
        degree: How many organisations it is tied to.
        betweenness: Share of shortest ways between others that lead through it, 0 to 1 (Freeman).
        bridge: Whether its loss would cut others off from each other.
        component: Number of the island it lies in, 0 the largest.
        core: The largest k for which it is in the k-core (Seidman).
    """

    id: str
    degree: int
    betweenness: float
    bridge: bool
    component: int
    core: int


@dataclass(frozen=True, slots=True)
class Without:
    """The network after one organisation has gone.

    Attributes:
        removed: The organisation.
        components: How many islands are left.
        cut_off: Organisations that were joined to the rest through it and now lie outside the
            largest of the parts that are left of its island; by id.
    """

    removed: str
    components: int
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """A network's scores; members by betweenness, highest first, then by id."""

    organisations: int
    ties: int
    components: int
    density: float
    reciprocity: float
    members: tuple[Member, ...]


def islands(graph: "nx.Graph[str]") -> list[list[str]]:
    """List the connected parts, largest first, then by first id; ids in order."""
    import networkx as nx  # noqa: PLC0415

    parts = [sorted(part) for part in nx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part))


def measure(register: Register) -> Measures:
    """Measure a register's network of ties."""
    import networkx as nx  # noqa: PLC0415

    graph = ties_only(register)
    parts = islands(graph)
    component = {one: number for number, part in enumerate(parts) for one in part}
    between = nx.betweenness_centrality(graph)
    core = nx.core_number(graph)
    bridges = set(nx.articulation_points(graph))
    members = [
        Member(
            one,
            graph.degree[one],
            round(between[one], 6),
            one in bridges,
            component[one],
            core[one],
        )
        for one in graph
    ]
    members.sort(key=lambda member: (-member.betweenness, member.id))
    return Measures(
        graph.number_of_nodes(),
        len(register.current_ties),
        len(parts),
        round(nx.density(graph), 6),
        reciprocity(register),
        tuple(members),
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


def without(register: Register, organisation: str) -> Without:
    """Take one organisation away and see what breaks.

    Raises:
        UnknownNameError: No organisation has that id.
    """
    graph = ties_only(register)
    if organisation not in graph:
        raise UnknownNameError("organisation", organisation, did_you_mean(organisation, graph))
    island = next(part for part in islands(graph) if organisation in part)
    graph.remove_node(organisation)
    left = islands(graph)
    parts = [part for part in left if part[0] in island]
    return Without(
        organisation, len(left), tuple(sorted(one for part in parts[1:] for one in part))
    )
