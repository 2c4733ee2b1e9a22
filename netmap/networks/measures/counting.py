"""What a graph library counts: betweenness, cores, cut vertices and islands.

networkx is the model. A large graph is counted by igraph where it is installed (it is an extra,
because of its licence), with the same numbers. Where following the shortest ways from every
organisation would take too long they are followed from some, drawn from a fixed seed, and
betweenness is an estimate (Brandes and Pich 2007).
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from netmap.networks.measures.islands import islands

if TYPE_CHECKING:
    import networkx as nx

# How many ends of ties may be looked at, one organisation after another, for exact betweenness:
# some seconds for either library. A thousand organisations with a tie or two each are within the
# first, five thousand with six each within the second.
NETWORKX_AT_MOST = 4_000_000
IGRAPH_AT_MOST = 200_000_000
SOURCES = 200
SEED = 2007


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted.

    Attributes:
        betweenness: By node, 0 to 1: share of the pairs of others that a shortest way through
            it joins, several equally short ways sharing one pair (Freeman 1977).
        sampled: From how many nodes ways were followed; None where from all.
        core: By node, the largest k for which it is in the k-core (Seidman 1983).
        cut_vertices: Nodes whose loss would part others.
        parts: The islands, as :func:`~netmap.networks.measures.islands.islands` has them.
    """

    betweenness: Mapping[str, float]
    sampled: int | None
    core: Mapping[str, int]
    cut_vertices: frozenset[str]
    parts: list[list[str]]


def count(graph: "nx.Graph[str]") -> Counts:
    """Count with whichever library the size asks for; the order of nodes does not matter."""
    visits = graph.number_of_nodes() * (graph.number_of_nodes() + 2 * graph.number_of_edges())
    if visits <= NETWORKX_AT_MOST:
        return with_networkx(graph)
    if find_spec("igraph") is None:
        return with_networkx(graph, SOURCES)
    return with_igraph(graph, None if visits <= IGRAPH_AT_MOST else SOURCES)


def with_networkx(graph: "nx.Graph[str]", sources: int | None = None) -> Counts:
    """Count with networkx.

    Args:
        graph: Simple and undirected.
        sources: From how many nodes to follow ways, at least two; all where None or no fewer.
    """
    import networkx as nx  # noqa: PLC0415

    sampled = _fewer(sources, graph)
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted((min(pair), max(pair)) for pair in graph.edges))
    return Counts(
        nx.betweenness_centrality(ordered, k=sampled, seed=SEED),
        sampled,
        nx.core_number(ordered),
        frozenset(nx.articulation_points(ordered)),
        islands(ordered),
    )


def with_igraph(graph: "nx.Graph[str]", sources: int | None = None) -> Counts:
    """Count with igraph, from the same sources; same arguments and answers as networkx."""
    import igraph  # noqa: PLC0415

    sampled = _fewer(sources, graph)
    names = sorted(graph)
    number = {name: at for at, name in enumerate(names)}
    ties = [(number[one], number[other]) for one, other in graph.edges]
    drawn = igraph.Graph(n=len(names), edges=ties)
    return Counts(
        dict(zip(names, _betweenness(drawn, sampled), strict=True)),
        sampled,
        dict(zip(names, drawn.coreness(), strict=True)),
        frozenset(names[at] for at in drawn.articulation_points()),
        _parts(names, drawn.connected_components().membership),
    )


def _betweenness(drawn: Any, sampled: int | None) -> list[float]:
    """Scale igraph's sums over pairs as networkx does: a source is no end of its own ways."""
    nodes = drawn.vcount()
    if nodes < 3:  # noqa: PLR2004  # between two there is nobody
        return [0.0] * nodes
    if sampled is None:
        scale = 2 / ((nodes - 1) * (nodes - 2))
        return [pairs * scale for pairs in drawn.betweenness(directed=False)]
    drawn_from = random.Random(SEED).sample(range(nodes), sampled)  # noqa: S311
    sums = drawn.betweenness(directed=False, sources=drawn_from)
    others = [2 / (sampled * (nodes - 2))] * nodes
    for source in drawn_from:
        others[source] = 2 / ((sampled - 1) * (nodes - 2))
    return [pairs * scale for pairs, scale in zip(sums, others, strict=True)]


def _fewer(sources: int | None, graph: "nx.Graph[str]") -> int | None:
    return sources if sources is not None and sources < graph.number_of_nodes() else None


def _parts(names: Iterable[str], membership: Iterable[int]) -> list[list[str]]:
    """Gather the islands; names come in order, and of two as large the first stays first."""
    parts: dict[int, list[str]] = {}
    for name, part in zip(names, membership, strict=True):
        parts.setdefault(part, []).append(name)
    return sorted(parts.values(), key=len, reverse=True)
