"""The geographic graph: what its nodes and edges are, and where they stand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from netmap.findings import Finding
from netmap.networks import build_graph
from netmap.networks.graph import ties_only
from netmap.networks.register import Register

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

FILES = {
    "organisations": """
        id,name,roles,area,latitude,longitude,confidence
        hub,Hub,hub,leeds,53.80,-1.55,
        fund,Fund,funder,leeds,,,approximate
        far,Far,,,,,
    """,
    "activities": """
        id,name,organisation,area,serves,count,approach
        hub,Same id as the hub,hub,,leeds; headingley,,support_group
        sum,Sum,,leeds,,5,
        lone,Lone,far,,,,
    """,
    "areas": """
        code,name,parent,latitude,longitude
        leeds,Leeds,,53.79,-1.54
        headingley,Headingley,leeds,,
    """,
    "ties": """
        source_organisation,target_organisation,kind,topic,strength
        fund,hub,funds,,0.5
        hub,fund,advises,bereavement,
        hub,fund,advises,anxiety,
        hub,fund,advises,anxiety,
        hub,hub,hosts,,
    """,
}


@pytest.fixture
def register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """Three organisations, three activities, an area in an area, five ties."""
    found, findings = write_network(tmp_path, FILES)
    assert findings == []
    return found


def test_one_id_in_two_tables_is_two_nodes(register: Register) -> None:
    """A hub and its activity may both be called `hub`."""
    graph = build_graph(register)
    kinds = {node: data["kind"] for node, data in graph.nodes(data=True)}
    assert kinds == {
        "area:headingley": "area",
        "area:leeds": "area",
        "organisation:hub": "organisation",
        "organisation:fund": "organisation",
        "organisation:far": "organisation",
        "activity:hub": "activity",
        "activity:sum": "activity",
        "activity:lone": "activity",
    }
    assert graph.nodes["activity:sum"]["count"] == 5
    assert graph.nodes["organisation:fund"]["confidence"] == "approximate"


def test_every_relation_is_an_edge_of_its_kind_and_none_is_lost(register: Register) -> None:
    """Two ties of one kind and topic are still two rows of the register."""
    graph = build_graph(register)
    edges = sorted((a, b, data["kind"]) for a, b, data in graph.edges(data=True))
    assert edges == [
        ("activity:hub", "area:headingley", "serves"),
        ("activity:hub", "area:leeds", "serves"),
        ("activity:sum", "area:leeds", "meets_in"),
        ("area:headingley", "area:leeds", "within"),
        ("organisation:far", "activity:lone", "offers"),
        ("organisation:fund", "area:leeds", "based_in"),
        ("organisation:fund", "organisation:hub", "funds"),
        ("organisation:hub", "activity:hub", "offers"),
        ("organisation:hub", "area:leeds", "based_in"),
        ("organisation:hub", "organisation:fund", "advises"),
        ("organisation:hub", "organisation:fund", "advises"),
        ("organisation:hub", "organisation:fund", "advises"),
        ("organisation:hub", "organisation:hub", "hosts"),
    ]
    topics = graph.get_edge_data("organisation:hub", "organisation:fund")
    assert [edge["topic"] for edge in topics.values()] == ["bereavement", "anxiety", "anxiety"]
    assert graph.edges["organisation:fund", "organisation:hub", "funds"]["strength"] == 0.5


def test_things_stand_where_they_are_known_to(register: Register) -> None:
    """Own point, else the area's (approximate), else the organisation's, else nowhere."""
    nodes = build_graph(register).nodes
    where = {
        node: (data["longitude"], data["latitude"], data["approximate"])
        for node, data in nodes(data=True)
        if "latitude" in data
    }
    assert where == {
        "area:leeds": (-1.54, 53.79, False),
        "organisation:hub": (-1.55, 53.80, False),
        "organisation:fund": (-1.54, 53.79, True),
        "activity:hub": (-1.55, 53.80, True),
        "activity:sum": (-1.54, 53.79, True),
    }


def test_the_graph_follows_the_order_of_the_register(register: Register) -> None:
    """The same register gives the same file, byte for byte."""
    assert list(build_graph(register).edges) == list(build_graph(register).edges)
    assert [n for n in build_graph(register) if n.startswith("organisation")] == [
        "organisation:hub",
        "organisation:fund",
        "organisation:far",
    ]


def test_who_is_tied_to_whom_is_a_simple_graph(register: Register) -> None:
    """Four ties between two are one pair; a tie to oneself is none; the untied are there."""
    graph = ties_only(register)
    assert list(graph.nodes) == ["hub", "fund", "far"]
    assert [set(edge) for edge in graph.edges] == [{"hub", "fund"}]
