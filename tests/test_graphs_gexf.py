"""GEXF: what Gephi is given, and what is understood of what Gephi writes."""

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import networkx as nx
import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.graphs import gexf
from netmap.networks.models import NetworkSettings, Organisation, Tie
from netmap.networks.register import Register
from netmap.vocabulary import load

TERMS = load()
G, V = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"


def _register() -> Register:
    both = {"source_organisation": "a", "target_organisation": "b"}
    return Register(
        name="example",
        settings=NetworkSettings(title="Example"),
        as_of=date(2026, 11, 22),
        organisations=(
            Organisation(id="a", name="First \x0b", latitude=53.5, longitude=-1.25),
            Organisation(id="b", name="Second"),
        ),
        ties=(
            Tie(kind="funds", strength=1, source="a report", **both),
            Tie(kind="advises", topic="bereavement", **both),
            Tie(kind="advises", topic="parenthood", **both),
        ),
    )


def _root() -> Element:
    return fromstring(gexf.write(_register(), TERMS))  # noqa: S314  # our own bytes


def _read(folder: Path, inside: str, version: str = "http://gexf.net/1.3") -> Draft:
    file = folder / "drawn.gexf"
    file.write_text(f'<gexf xmlns="{version}">{inside}</gexf>', encoding="utf-8")
    return gexf.read(file, "drawn.gexf", TERMS)


def test_it_is_dated_by_the_as_of_day() -> None:
    """A clock in a file would make every build look like a change."""
    meta = _root().find(f"{G}meta")
    assert meta is not None
    assert meta.get("lastmodifieddate") == "2026-11-22"
    assert gexf.write(_register(), TERMS) == gexf.write(_register(), TERMS)


def test_nodes_stand_where_they_are_and_nowhere_else() -> None:
    """North is up, east is right; what has no place is left to the layout."""
    nodes = list(_root().iter(f"{G}node"))
    positions = [node.find(f"{V}position") for node in nodes]
    assert positions[0] is not None
    assert (positions[0].get("x"), positions[0].get("y")) == ("-1250.00", "53500.00")
    assert positions[1] is None


def test_three_ties_of_one_pair_are_three_edges_with_kinds_of_their_own() -> None:
    """Gephi draws parallel edges as one where their kinds are the same."""
    edges = list(_root().iter(f"{G}edge"))
    assert len({edge.get("id") for edge in edges}) == 3
    assert sorted(edge.get("kind", "") for edge in edges) == ["advises", "advises 2", "funds"]
    assert [edge.get("type") for edge in edges] == [None, None, None]
    assert [edge.get("weight") for edge in edges if edge.get("kind") == "funds"] == ["1"]


def test_networkx_reads_it_and_finds_the_kind_of_each_tie(tmp_path: Path) -> None:
    """Its own writer loses a kind called type, and writes files that no parser opens."""
    file = tmp_path / "network.gexf"
    file.write_bytes(gexf.write(_register(), TERMS))
    graph = nx.read_gexf(file, version="1.3")
    kinds = sorted(data["tie_type"] for *_, data in graph.edges(data=True))
    assert kinds == ["advises", "advises", "funds"]
    assert graph.nodes["a"]["label"] == "First "
    assert graph.nodes["a"]["latitude"] == 53.5


def test_characters_that_xml_forbids_are_left_out_and_told() -> None:
    """A vertical tab pasted from Excel must not cost the whole file."""
    assert gexf.cannot_carry(_register()) == (
        "1 cell is written without characters that cannot be shown.",
    )


@pytest.mark.parametrize("version", ["http://www.gexf.net/1.2draft", "http://gexf.net/1.3"])
def test_what_gephi_writes_is_understood(version: str, tmp_path: Path) -> None:
    """Lists stand in brackets, weights of one mean nothing, and colours are for the eye."""
    draft = _read(
        tmp_path,
        '<graph defaultedgetype="directed"><attributes class="node">'
        '<attribute id="aliases" title="Aliases" type="liststring"/>'
        '<attribute id="0" title="Modularity Class" type="integer"><default>3</default></attribute>'
        '</attributes><attributes class="edge"><attribute id="0" title="kind" type="string"/>'
        '</attributes><nodes><node id="x" label="Hub"><attvalues>'
        '<attvalue for="aliases" value="[The hub, Hubbub]"/></attvalues>'
        '<viz:position xmlns:viz="v" x="53" y="-1"/></node>'
        '<node id="y" label="Group"><attvalues><attvalue for="0" value="5"/></attvalues></node>'
        '</nodes><edges><edge id="1" source="x" target="y" weight="1.0"><attvalues>'
        '<attvalue for="0" value="Trains"/></attvalues></edge>'
        '<edge id="2" source="y" target="x" type="mutual" kind="in dialogue with" weight="2"/>'
        "</edges></graph>",
        version,
    )
    assert [dict(row.cells) for row in draft.rows] == [
        {"Modularity Class": "3", "aliases": "The hub;Hubbub", "name": "Hub"},
        {"Modularity Class": "5", "name": "Group"},
        {"source_organisation": "x", "target_organisation": "y", "kind": "trains"},
        *(
            {
                "source_organisation": one,
                "target_organisation": other,
                "kind": "in_dialogue_with",
                "weight": "2",
            }
            for one, other in (("y", "x"), ("x", "y"))
        ),
    ]
    assert draft.read == 4
    assert draft.unit == "nodes and edges"


def test_values_that_change_over_time_are_taken_once_and_told(tmp_path: Path) -> None:
    """A dynamic graph has many truths; a register has the latest."""
    draft = _read(
        tmp_path,
        '<graph><attributes class="node"><attribute id="0" title="sector" type="string"/>'
        '</attributes><nodes><node id="x" label="Hub"><attvalues>'
        '<attvalue for="0" value="nhs" end="2020"/><attvalue for="0" value="arts" start="2020"/>'
        "</attvalues><nodes><node id='z' label='Within'/></nodes></node></nodes></graph>",
    )
    assert [row.cells["name"] for row in draft.rows] == ["Hub", "Within"]
    assert draft.rows[0].cells["sector"] == "arts"
    assert [(note.code, note.spot.row) for note in draft.notes] == [("over-time", 1)]


def test_nodes_within_nodes_without_end_cost_a_message(tmp_path: Path) -> None:
    """Nesting is the cheapest way to break a reader."""
    inside = "<graph>" + "<nodes><node id='a'>" * 400 + "</node></nodes>" * 400 + "</graph>"
    with pytest.raises(UnreadableFileError, match="nested too deeply"):
        _read(tmp_path, inside)
