"""What measuring a large network of ties costs, beside networkx alone; ratios of one run.

One network of organisations in random pairs, from a fixed seed. Betweenness is followed from the
same sources by both, so the numbers must agree; cut vertices and islands must be equal. Then what
every cut vertex and every bridge cuts off, in one pass, beside taking a few of the cut vertices
away one by one and multiplying up. Ours is what `netmap graph` does, the copy into igraph included.

    uv run python bench/graphs.py          20,000 organisations, 60,000 ties, 50 sources
    uv run python bench/graphs.py --all    200,000 organisations, 600,000 ties, 200 sources
"""

import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import networkx as nx

from netmap.networks.measures import islands, losses
from netmap.networks.measures.counting import SEED, Counts, with_igraph

T = TypeVar("T")
SMALL, FULL = (20_000, 60_000, 50), (200_000, 600_000, 200)
ONE_BY_ONE = 5


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Do some work; give wall seconds and what came of it."""
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def network(organisations: int, ties: int) -> "nx.Graph[str]":
    """Make a network: random pairs, no two the same."""
    drawn = nx.gnm_random_graph(organisations, ties, seed=SEED)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"o{one:06}" for one in drawn)
    graph.add_edges_from((f"o{one:06}", f"o{other:06}") for one, other in drawn.edges)
    return graph


def agree(ours: Counts, betweenness: dict[str, float], cut: set[str], parts: int) -> None:
    """Insist on the same answers from both.

    Raises:
        SystemExit: They differ.
    """
    apart = max(abs(ours.betweenness[one] - betweenness[one]) for one in betweenness)
    if apart > 1e-9 or ours.cut_vertices != cut or len(ours.parts) != parts:  # noqa: PLR2004
        raise SystemExit("The answers differ.")
    print(f"same answers; betweenness at most {apart:.0e} apart")


def one_by_one(graph: "nx.Graph[str]", cut: set[str]) -> float:
    """Estimate the seconds of taking every cut vertex away in turn, from a few of them."""
    some = random.Random(SEED).sample(sorted(cut), min(ONE_BY_ONE, len(cut)))  # noqa: S311

    def take_away() -> None:
        for one in some:
            left = graph.copy()
            left.remove_node(one)
            islands(left)

    return timed(take_away)[0] / len(some) * len(cut)


def main() -> None:
    """Measure and print a table."""
    organisations, ties, sources = FULL if "--all" in sys.argv else SMALL
    graph = network(organisations, ties)
    print(f"{organisations:,} organisations, {ties:,} ties, {sources} sources")
    # The first use imports it; people do so once.
    with_igraph(network(10, 10))
    seconds, ours = timed(lambda: with_igraph(graph, sources))
    first, betweenness = timed(lambda: nx.betweenness_centrality(graph, k=sources, seed=SEED))
    second, cut = timed(lambda: set(nx.articulation_points(graph)))
    third, parts = timed(lambda: len(list(nx.connected_components(graph))))
    agree(ours, betweenness, cut, parts)
    steps = {"betweenness": first, "cut vertices": second, "islands": third}
    for name, took in steps.items():
        print(f"{'networkx, ' + name:<42}{took:>10.2f} s")
    whole = sum(steps.values())
    print(f"{'networkx, all three':<42}{whole:>10.2f} s")
    print(f"{'netmap with igraph, all three and cores':<42}{seconds:>10.2f} s")
    print(f"{'times faster':<42}{whole / seconds:>10.1f}")
    pass_seconds, found = timed(lambda: losses(graph))
    slow = one_by_one(graph, cut)
    print(f"{f'what {len(found.organisations):,} cut vertices cut off':<42}{pass_seconds:>10.2f} s")
    print(f"{'one by one, multiplied up':<42}{slow:>10.2f} s")
    print(f"{'times faster':<42}{slow / pass_seconds:>10.1f}")


if __name__ == "__main__":
    main()
