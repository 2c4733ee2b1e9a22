"""What is counted is the same whichever library counts it."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.networks.measures import counting
from netmap.networks.measures.counting import Counts, count, with_igraph, with_networkx

pytest.importorskip("igraph", reason="igraph is not installed: it was not compared")


def random_graph(nodes: int, ties: int, seed: int) -> "nx.Graph[str]":
    """Make a random graph whose nodes are not added in the order of their ids."""
    drawn = nx.gnm_random_graph(nodes, ties, seed=seed)
    named: nx.Graph[str] = nx.relabel_nodes(
        drawn, {n: f"o{(n * 7919 + seed) % 10_007:05}" for n in drawn}
    )
    return named


def assert_same(one: Counts, other: Counts) -> None:
    """Compare exactly, but for rounding in betweenness."""
    assert one.betweenness == pytest.approx(other.betweenness, abs=1e-12)
    assert (one.sampled, one.core, one.cut_vertices, one.parts) == (
        other.sampled,
        other.core,
        other.cut_vertices,
        other.parts,
    )


@given(st.integers(0, 40), st.integers(0, 60), st.integers(0, 99), st.sampled_from([None, 2, 9]))
def test_igraph_and_networkx_count_the_same(
    nodes: int, ties: int, seed: int, sources: int | None
) -> None:
    """Betweenness exact and sampled, cores, cut vertices and islands, on any graph."""
    graph = random_graph(nodes, ties, seed)
    assert_same(with_igraph(graph, sources), with_networkx(graph, sources))


def test_a_sample_is_an_estimate_and_says_so() -> None:
    """Twenty of sixty give other numbers than all, from the same sources every time."""
    graph = random_graph(60, 90, 1)
    exact, some = with_networkx(graph), with_networkx(graph, 20)
    assert (exact.sampled, some.sampled) == (None, 20)
    assert exact.betweenness != pytest.approx(some.betweenness, abs=1e-6)
    assert some == with_networkx(graph, 20)


def test_a_sample_of_all_is_exact() -> None:
    """There is nothing to estimate from as many as there are."""
    graph = random_graph(30, 50, 2)
    assert with_networkx(graph, 30) == with_networkx(graph)
    assert with_igraph(graph, 200).sampled is None


def test_rows_in_another_order_give_the_same_estimate() -> None:
    """Sorting a spreadsheet is no reason for other numbers."""
    graph = random_graph(50, 80, 3)
    turned: nx.Graph[str] = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert_same(with_networkx(turned, 10), with_networkx(graph, 10))
    assert_same(with_igraph(turned, 10), with_igraph(graph, 10))


def test_the_middle_of_a_row_of_three_is_on_the_only_way() -> None:
    """One pair of others, and every way between them leads through it."""
    row: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c")])
    for found in (with_networkx(row), with_igraph(row)):
        assert found.betweenness == {"a": 0, "b": 1, "c": 0}
        assert (found.cut_vertices, found.parts) == (frozenset("b"), [["a", "b", "c"]])


@pytest.mark.parametrize(
    ("installed", "networkx_at_most", "igraph_at_most", "expected"),
    [
        (True, 10**9, 10**9, ("networkx", None)),
        (True, 0, 10**9, ("igraph", None)),
        (True, 0, 0, ("igraph", 5)),
        (False, 0, 10**9, ("networkx", 5)),
    ],
)
def test_size_and_what_is_installed_decide_who_counts(
    monkeypatch: pytest.MonkeyPatch,
    *,
    installed: bool,
    networkx_at_most: int,
    igraph_at_most: int,
    expected: tuple[str, int | None],
) -> None:
    """Small: networkx. Large: igraph. Very large, or igraph missing: from a sample."""
    asked: list[tuple[str, int | None]] = []
    counted = with_networkx(random_graph(5, 5, 0))

    def note(name: str, sources: int | None) -> Counts:
        asked.append((name, sources))
        return counted

    monkeypatch.setattr(counting, "with_networkx", lambda _, n=None: note("networkx", n))
    monkeypatch.setattr(counting, "with_igraph", lambda _, n=None: note("igraph", n))
    monkeypatch.setattr(counting, "find_spec", lambda _: object() if installed else None)
    monkeypatch.setattr(counting, "NETWORKX_AT_MOST", networkx_at_most)
    monkeypatch.setattr(counting, "IGRAPH_AT_MOST", igraph_at_most)
    monkeypatch.setattr(counting, "SOURCES", 5)
    count(random_graph(20, 30, 0))
    assert asked == [expected]
