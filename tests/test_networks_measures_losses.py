"""What every cut vertex and every bridge cuts off, worked out in one pass."""

from itertools import pairwise, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netmap.networks.measures import TieLoss, VertexLoss, islands, losses
from netmap.networks.measures.losses import NAMED

Graph = nx.Graph


def graph(*ties: str, also: str = "") -> "Graph[str]":
    """Make a graph of ties such as ``ab``, and of nodes without any."""
    made: Graph[str] = nx.Graph()
    made.add_nodes_from(also)
    made.add_edges_from((tie[0], tie[1]) for tie in ties)
    return made


@st.composite
def graphs(draw: st.DrawFn) -> "Graph[str]":
    """Draw a small graph; few ties, so that there is something to cut."""
    nodes = draw(st.lists(st.sampled_from("abcdefghijklmnop"), unique=True))
    made: Graph[str] = nx.Graph()
    made.add_nodes_from(nodes)
    if len(nodes) > 1:
        end = st.sampled_from(nodes)
        ties = draw(st.lists(st.tuples(end, end), max_size=len(nodes) + 4))
        made.add_edges_from((a, b) for a, b in ties if a != b)
    return made


def vertices_one_by_one(whole: "Graph[str]") -> list[VertexLoss]:
    """Take each cut vertex away in turn, and look."""
    found = []
    for one in sorted(nx.articulation_points(whole)):
        island = nx.node_connected_component(whole, one)
        left = whole.copy()
        left.remove_node(one)
        parts = [part for part in islands(left) if part[0] in island]
        lost = sorted(other for part in parts[1:] for other in part)
        first = tuple(lost[:NAMED])
        found.append(VertexLoss(one, len(parts), len(parts[0]), len(lost), first))
    return found


def ties_one_by_one(whole: "Graph[str]") -> list[TieLoss]:
    """Take each bridge away in turn, and look."""
    found = []
    for one, other in sorted((min(pair), max(pair)) for pair in nx.bridges(whole)):
        left = whole.copy()
        left.remove_edge(one, other)
        stay, lost = (part for part in islands(left) if one in part or other in part)
        found.append(TieLoss(one, other, len(stay), len(lost), tuple(lost[:NAMED])))
    return found


@given(graphs())
def test_one_pass_says_what_taking_each_away_says(whole: "Graph[str]") -> None:
    """Parts, how many stay, how many are cut off and who, on any graph."""
    found = losses(whole)
    assert list(found.organisations) == vertices_one_by_one(whole)
    assert list(found.ties) == ties_one_by_one(whole)


def test_in_a_row_of_five_the_middle_cuts_off_two() -> None:
    """Of two equal halves the one with the first id stays."""
    found = losses(graph("ab", "bc", "cd", "de"))
    assert found.organisations == (
        VertexLoss("b", 2, 3, 1, ("a",)),
        VertexLoss("c", 2, 2, 2, ("d", "e")),
        VertexLoss("d", 2, 3, 1, ("e",)),
    )
    assert [(tie.one, tie.other, tie.stay, tie.cut_off) for tie in found.ties] == [
        ("a", "b", 4, 1),
        ("b", "c", 3, 2),
        ("c", "d", 3, 2),
        ("d", "e", 4, 1),
    ]


@pytest.mark.parametrize("ids", list(permutations("abcd")))
def test_of_two_equal_halves_the_one_with_the_first_id_stays(ids: tuple[str, ...]) -> None:
    """Wherever the walk begins: a row of four, its ids in any order."""
    row = graph(*(one + other for one, other in pairwise(ids)))
    (middle,) = (tie for tie in losses(row).ties if tie.cut_off > 1)
    assert middle.first == tuple(sorted(ids[2:] if "a" in ids[:2] else ids[:2]))


def test_a_ring_and_those_apart_lose_nothing() -> None:
    """Whoever leaves a ring, the others still reach one another."""
    assert losses(graph("ab", "bc", "ca", also="xyz")) == losses(graph())
    assert losses(graph()).organisations == ()


def test_many_are_counted_and_the_first_of_them_named() -> None:
    """The centre of a star of thirty parts them all: one stays, 29 go, eight are named."""
    star: Graph[str] = nx.Graph()
    star.add_edges_from(("hub", f"g{number:02}") for number in range(30))
    (loss,) = losses(star).organisations
    assert (loss.removed, loss.parts, loss.stay, loss.cut_off) == ("hub", 30, 1, 29)
    assert loss.first == tuple(f"g{number:02}" for number in range(1, 9))


def test_a_long_row_is_no_trouble() -> None:
    """Neither too deep to follow nor, with the square of its length, too long to wait for."""
    row: Graph[str] = nx.Graph()
    row.add_edges_from((f"{n:05}", f"{n + 1:05}") for n in range(20_000))
    found = losses(row)
    assert len(found.organisations) == 19_999
    middle = found.organisations[9_999]
    assert (middle.removed, middle.stay, middle.cut_off) == ("10000", 10_000, 10_000)
