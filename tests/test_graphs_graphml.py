"""GraphML: what is written for Gephi and networkx, and what is understood of yEd and NodeXL."""

from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft
from netmap.exchange.graphs import graphml
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, NetworkSettings, Organisation, Tie
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

TERMS = load()


def _register() -> Register:
    return Register(
        name="example",
        settings=NetworkSettings(title="Example", disclaimer="Not for signposting."),
        as_of=date(2026, 11, 22),
        organisations=(
            Organisation(id="hub", name="Hub & Co", roles=("hub", "funder"), area="north"),
            Organisation(
                id="house",
                name="The House",
                area="north",
                postcode="LS1 1UR",
                latitude=53.712345,
                longitude=-1.598765,
                visibility="area_only",
                notes="for us alone",
            ),
            Organisation(id="far", name="Far away", verified_on=date(2026, 3, 31)),
        ),
        activities=(Activity(id="group", name="Group", organisation="hub"),),
        ties=(
            Tie(source_organisation="hub", target_organisation="house", kind="funds", strength=0.5),
            Tie(source_organisation="hub", target_organisation="house", kind="trains", strength=0),
        ),
        areas=Areas([Area(code="north", name="North", latitude=54, longitude=-2)]),
    )


def _public() -> Register:
    return for_audience(_register(), Audience.PUBLIC, PrivacySettings())


def _written(register: Register, folder: Path) -> Path:
    file = folder / "network.graphml"
    file.write_bytes(graphml.write(register, TERMS))
    return file


def _read(folder: Path, inside: str, keys: str = "", default: str = "directed") -> Draft:
    file = folder / "drawn.graphml"
    text = (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
        'xmlns:y="http://www.yworks.com/xml/graphml">'
        f'{keys}<graph id="G" edgedefault="{default}">{inside}</graph></graphml>'
    )
    file.write_text(text, encoding="utf-8")
    return graphml.read(file, "drawn.graphml", TERMS)


def test_another_program_finds_nodes_parallel_ties_and_typed_attributes(tmp_path: Path) -> None:
    """Two ties between one pair are two facts, and a number must not come back as text."""
    graph = nx.read_graphml(_written(_register(), tmp_path))
    assert sorted(graph.nodes) == ["far", "house", "hub"]
    assert sorted(d["tie_type"] for *_, d in graph.edges(data=True)) == ["funds", "trains"]
    assert graph.is_directed()
    assert graph.is_multigraph()
    assert graph.nodes["hub"]["roles"] == "hub;funder"
    assert graph.nodes["hub"]["approximate"] is True
    assert graph.nodes["house"]["latitude"] == 53.712345
    assert graph.nodes["far"]["verified_on"] == "2026-03-31"
    assert "latitude" not in graph.nodes["far"]


def test_a_weight_is_the_strength_and_never_nought(tmp_path: Path) -> None:
    """Gephi refuses an edge that weighs nothing."""
    graph = nx.read_graphml(_written(_register(), tmp_path))
    weights = {d["tie_type"]: d.get("weight") for *_, d in graph.edges(data=True)}
    assert weights == {"funds": 0.5, "trains": None}
    assert "type" not in {name for *_, d in graph.edges(data=True) for name in d}


def test_the_public_gets_the_area_of_the_house_by_name_and_no_point(tmp_path: Path) -> None:
    """A picture that people share must not lead to a door, nor to a wrong one."""
    content = _written(_public(), tmp_path).read_bytes()
    assert b"53.71" not in content
    assert b"LS1" not in content
    assert b"for us alone" not in content
    house = nx.read_graphml(tmp_path / "network.graphml").nodes["house"]
    assert house["area_name"] == "North"
    assert not {"latitude", "longitude", "stands_at"} & set(house)


def test_the_centre_of_an_area_does_not_come_back_as_an_address(tmp_path: Path) -> None:
    """Otherwise every import of a picture would put organisations in the middle of a moor."""
    draft = graphml.read(_written(_public(), tmp_path), "network.graphml", TERMS)
    assert not any("latitude" in row.cells for row in draft.rows)
    assert [note.code for note in draft.notes] == ["area-point"]


def test_it_says_what_is_left_out_and_nothing_where_nothing_is() -> None:
    """People who send a graph file should know what the other side will not see."""
    assert graphml.cannot_carry(_register()) == (
        "Graph files carry no activities: 1 is left out.",
        "Graph files carry no areas: 1 is left out.",
    )
    bare = Register(name="x", settings=NetworkSettings(), as_of=date(2026, 11, 22))
    assert graphml.cannot_carry(bare) == ()


def test_the_disclaimer_goes_with_the_file() -> None:
    """A picture travels without the page that explained it."""
    assert b"Not for signposting." in graphml.write(_register(), TERMS)


def test_nodes_of_yed_have_their_labels_and_boxes_are_no_organisations(tmp_path: Path) -> None:
    """In yEd a label is part of the drawing, and a group is a node around others."""
    label = "<data key='d1'><y:ShapeNode><y:Geometry x='53' y='-1'/><y:NodeLabel>{}</y:NodeLabel>"
    box = (
        "<node id='n0'><data key='d1'><y:ProxyAutoBoundsNode><y:Realizers><y:GroupNode>"
        "<y:NodeLabel>The north</y:NodeLabel></y:GroupNode></y:Realizers>"
        "</y:ProxyAutoBoundsNode></data><graph id='n0:' edgedefault='directed'>"
    )
    node = label.format("Leeds\n Mind") + "</y:ShapeNode></data>"
    other = label.format("Anna's group") + "</y:ShapeNode></data>"
    edge = "<data key='d2'><y:PolyLineEdge><y:EdgeLabel>refers to</y:EdgeLabel></y:PolyLineEdge>"
    draft = _read(
        tmp_path,
        f"{box}<node id='n0::n0'>{node}</node></graph></node><node id='n1'>{other}</node>"
        f"<edge id='e0' source='n0::n0' target='n1'>{edge}</data></edge>"
        "<edge id='e1' source='n0' target='n1'/>",
        "<key id='d1' for='node' yfiles.type='nodegraphics'/>",
    )
    assert [dict(row.cells) for row in draft.rows] == [
        {"group": "The north", "name": "Leeds Mind"},
        {"name": "Anna's group"},
        {"source_organisation": "n0::n0", "target_organisation": "n1", "kind": "refers_to"},
    ]
    assert [(note.code, note.spot.row) for note in draft.set_aside] == [("box", 1), ("lost-end", 2)]
    assert draft.read == 5


def test_nodes_of_nodexl_go_by_their_id_and_numbers_are_no_names(tmp_path: Path) -> None:
    """NodeXL knows a vertex by its name alone; a bare number is nobody's name."""
    draft = _read(
        tmp_path,
        "<node id='Leeds Mind'><data key='c'>red</data></node><node id='n7'/><node id='12'/>",
        "<key id='c' for='node' attr.name='Color' attr.type='string'/>",
    )
    assert [dict(row.cells) for row in draft.rows] == [{"Color": "red", "name": "Leeds Mind"}]
    assert [note.code for note in draft.set_aside] == ["missing-name", "missing-name"]


def test_positions_on_the_screen_are_no_places(tmp_path: Path) -> None:
    """A layout at x 53 and y -1 would put a group into Yorkshire by accident."""
    keys = "".join(
        f"<key id='{k}' for='node' attr.name='{k}' attr.type='double'/>" for k in ("x", "y", "lat")
    )
    node = "<node id='A'><data key='x'>53.1</data><data key='y'>-1.2</data></node>"
    cells = _read(tmp_path, node, keys).rows[0].cells
    assert "latitude" not in cells
    placed = "<node id='A'><data key='lat'>53.1</data></node>"
    assert _read(tmp_path, placed, keys).rows[0].cells["latitude"] == "53.1"


def test_a_tie_without_a_known_kind_is_set_aside_with_a_suggestion(tmp_path: Path) -> None:
    """A guessed kind would be an invented fact; a near miss deserves its hint."""
    keys = "<key id='k' for='edge' attr.name='Relation' attr.type='string'/>"
    ends = "<node id='A'/><node id='B'/>"
    edges = "".join(
        f"<edge source='A' target='B'><data key='k'>{kind}</data></edge>"
        for kind in ("Refers to", "reffers to", "likes", "")
    )
    draft = _read(tmp_path, ends + edges, keys)
    assert [row.cells["kind"] for row in draft.rows if row.table == "ties"] == ["refers_to"]
    assert [(n.code, n.value) for n in draft.set_aside] == [
        ("unknown-term", "reffers to"),
        ("unknown-term", "likes"),
        ("missing-kind", None),
    ]
    assert draft.set_aside[0].hint == "Did you mean 'refers_to'?"
    file = tmp_path / "drawn.graphml"
    told = graphml.read(file, "drawn.graphml", TERMS, tie_kind="engages")
    assert [row.cells["kind"] for row in told.rows[2:]] == ["refers_to", "engages"]


def test_a_tie_without_direction_stays_one_row_and_says_so(tmp_path: Path) -> None:
    """Whoever drew a plain line did not say who acts."""
    inside = "<node id='A'/><node id='B'/><edge source='A' target='B'/>"
    _read(tmp_path, inside, default="undirected")
    draft = graphml.read(tmp_path / "drawn.graphml", "x", TERMS, tie_kind="in_dialogue_with")
    assert [row.cells["direction"] for row in draft.rows if row.table == "ties"] == ["undirected"]


def test_people_are_set_aside_without_their_names(tmp_path: Path) -> None:
    """A register holds no names of people, and a message must not spread them either."""
    keys = "<key id='t' for='node' attr.name='type' attr.type='string'/>"
    nodes = "<node id='Ann Other'><data key='t'>Person</data></node><node id='B'/>"
    draft = _read(tmp_path, f"{nodes}<edge source='Ann Other' target='B'/>", keys)
    assert [note.code for note in draft.set_aside] == ["person", "lost-end"]
    assert "Ann" not in str(draft)


def test_an_id_twice_and_an_end_nowhere_are_told(tmp_path: Path) -> None:
    """Broken files are common where people edit XML by hand."""
    draft = _read(tmp_path, "<node id='A'/><node id='A'/><edge source='A' target='Z'/><hyperedge/>")
    assert [note.code for note in draft.set_aside] == ["hyperedge", "duplicate-id", "lost-end"]
    assert draft.read == len(draft.rows) + len(draft.set_aside) == 4


def test_a_foreign_id_or_end_never_becomes_the_registers(tmp_path: Path) -> None:
    """An attribute called id belongs to the program that wrote it."""
    keys = "".join(
        f"<key id='{k}' for='{w}' attr.name='{k}' attr.type='string'/>"
        for k, w in (("id", "node"), ("source_organisation", "edge"), ("tie_type", "edge"))
    )
    edge = (
        "<edge source='A' target='B'><data key='source_organisation'>evil</data>"
        "<data key='tie_type'>funds</data></edge>"
    )
    draft = _read(
        tmp_path, f"<node id='A'><data key='id'>hub</data></node><node id='B'/>{edge}", keys
    )
    assert "id" not in draft.rows[0].cells
    assert draft.rows[2].cells["source_organisation"] == "A"


def test_hostile_files_cost_a_message(tmp_path: Path) -> None:
    """A bomb, a wrong file and endless nesting are refused in a sentence, not in a crash."""
    bomb = '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><graphml>&b;</graphml>'
    deep = "<graphml>" + "<graph><node id='a'>" * 500 + "</node></graph>" * 500 + "</graphml>"
    for text, why in (
        (bomb, "entities"),
        (deep, "nested too deeply"),
        ("<svg/>", "it begins with <svg>"),
        ("not xml", "not XML"),
    ):
        file = tmp_path / "bad.graphml"
        file.write_text(text, encoding="utf-8")
        assert graphml.recognises(file)
        with pytest.raises(UnreadableFileError, match=why):
            graphml.read(file, "bad.graphml", TERMS)


def test_a_file_is_known_by_its_ending_or_its_first_element(tmp_path: Path) -> None:
    """Some programs write .xml; a folder or a missing file is nothing, and no error."""
    file = tmp_path / "network.xml"
    file.write_text("<?xml version='1.0'?><graphml/>", encoding="utf-8")
    assert graphml.recognises(file)
    file.write_text("<?xml version='1.0'?><gexf/>", encoding="utf-8")
    assert not graphml.recognises(file)
    assert not graphml.recognises(tmp_path)
    assert not graphml.recognises(tmp_path / "missing.graphml")


def test_gephis_label_of_an_edge_says_its_kind(tmp_path: Path) -> None:
    """Gephi writes the label of a tie under another name than the label of a node."""
    inside = (
        '<node id="0"><data key="l">Alpha</data></node>'
        '<node id="1"><data key="l">Beta</data></node>'
        '<edge source="0" target="1"><data key="e">funds</data></edge>'
    )
    keys = (
        '<key id="l" for="node" attr.name="label" attr.type="string"/>'
        '<key id="e" for="edge" attr.name="Edge Label" attr.type="string"/>'
    )
    draft = _read(tmp_path, inside, keys)
    assert [row.cells["kind"] for row in draft.rows if row.table == "ties"] == ["funds"]
