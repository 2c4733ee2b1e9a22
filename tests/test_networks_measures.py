"""Scores of a network, and what breaks without one of its organisations."""

from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from netmap.errors import UnknownNameError
from netmap.findings import Finding
from netmap.networks.measures import measure, without
from netmap.networks.register import Register

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

# Two triangles, joined by m; a pair apart; one alone.
PAIRS = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "m"), ("m", "x"), ("x", "y"), ("y", "z")]
PAIRS += [("z", "x"), ("p", "q"), ("q", "p"), ("m", "m")]
NODES = "mabcxyzpqs"


@pytest.fixture
def register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """The network above as a register; m is tied to itself as well."""
    organisations = "id,name\n" + "".join(f"{n},{n.upper()}\n" for n in NODES)
    ties = "source_organisation,target_organisation,kind\n" + "".join(
        f"{a},{b},funds\n" for a, b in PAIRS
    )
    found, findings = write_network(tmp_path, {"organisations": organisations, "ties": ties})
    assert findings == []
    return found


def test_measures_are_those_of_networkx(register: Register) -> None:
    """People compare our figures with other tools'."""
    graph = nx.Graph([(a, b) for a, b in PAIRS if a != b])
    graph.add_node("s")
    found = measure(register)
    members = {one.id: one for one in found.members}
    assert {i: m.degree for i, m in members.items()} == dict(graph.degree)
    assert {i: m.core for i, m in members.items()} == nx.core_number(graph)
    assert {i: m.betweenness for i, m in members.items()} == pytest.approx(
        nx.betweenness_centrality(graph), abs=1e-6
    )
    assert {i for i, m in members.items() if m.bridge} == set(nx.articulation_points(graph))
    assert found.density == pytest.approx(nx.density(graph), abs=1e-6)
    directed = nx.DiGraph([(a, b) for a, b in PAIRS if a != b])
    assert found.reciprocity == pytest.approx(nx.overall_reciprocity(directed), abs=1e-6)


def test_figures_that_can_be_counted_on_ones_fingers(register: Register) -> None:
    """Ten organisations, three islands; m, a and x hold the triangles together."""
    found = measure(register)
    assert (found.organisations, found.components, found.reciprocity) == (10, 3, 0.2)
    assert {m.id for m in found.members if m.bridge} == {"a", "m", "x"}
    by_id = {m.id: m for m in found.members}
    assert (by_id["m"].degree, by_id["m"].core) == (2, 2)
    assert (by_id["p"].degree, by_id["p"].core) == (1, 1)
    assert (by_id["b"].component, by_id["p"].component, by_id["s"].component) == (0, 1, 2)
    assert [m.id for m in found.members][:3] == ["m", "a", "x"]
    assert [m.betweenness for m in found.members] == sorted(
        (m.betweenness for m in found.members), reverse=True
    )


def test_without_the_one_between_one_side_is_cut_off(register: Register) -> None:
    """The largest part of what is left of its island stays; the others are cut off."""
    gone = without(register, "m")
    assert (gone.removed, gone.components) == ("m", 4)
    assert gone.cut_off == ("x", "y", "z")
    assert without(register, "a").cut_off == ("b", "c")


def test_without_one_at_the_edge_nobody_is_cut_off(register: Register) -> None:
    """Nor are those who were on another island anyway."""
    assert without(register, "b").cut_off == ()
    assert (without(register, "s").components, without(register, "s").cut_off) == (2, ())
    assert without(register, "p").cut_off == ()


def test_an_unknown_organisation_gets_the_nearest(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Exit code 12, with the likely one."""
    register, _ = write_network(tmp_path, {"organisations": "id,name\nleeds-mind,Leeds Mind\n"})
    with pytest.raises(UnknownNameError, match="Did you mean 'leeds-mind'"):
        without(register, "leeds-mnd")


def test_a_network_without_ties_or_organisations_has_measures_too(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The first day of a network must not be a fault in netmap."""
    one, _ = write_network(tmp_path, {"organisations": "id,name\na,A\n"})
    assert (measure(one).density, measure(one).reciprocity, measure(one).components) == (0, 0, 1)
    none, _ = write_network(tmp_path, {"organisations": "id,name\n"}, name="none")
    assert measure(none).members == ()
