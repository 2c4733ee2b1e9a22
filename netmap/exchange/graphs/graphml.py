"""GraphML: written for Gephi, yEd, NodeXL and networkx, and read from them.

networkx has a writer; it refuses empty cells, lists, dates and control characters, and says nothing
of source and licence. What a file says is understood in :mod:`netmap.exchange.graphs.drafts`.
"""

from collections.abc import Iterator
from pathlib import Path

from netmap.exchange.draft import Draft
from netmap.exchange.graphs.drafts import draft_of
from netmap.exchange.graphs.graphml_parts import graphml_drawing
from netmap.exchange.graphs.network import (
    TYPES,
    Edge,
    Network,
    Node,
    left_out,
    network_of,
    texts_of,
)
from netmap.exchange.graphs.xml_files import looks_like, root_of
from netmap.exchange.graphs.xml_lines import document, element
from netmap.exchange.tabular.about import about_in_one
from netmap.exchange.tabular.cells import forbidden_texts
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

KIND, UNIT = "graphml", "nodes and edges"
_NAMESPACES = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
}
_LABEL, _WEIGHT = "label", "weight"


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write the organisations and ties of a register as GraphML.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of ties.

    Returns:
        UTF-8 XML, the same for the same register. ``latitude`` and ``longitude`` are WGS 84
        degrees; ``stands_at`` says whether they are the organisation's own or its area's.
    """
    network = network_of(register, vocabularies)
    names = (_LABEL, *network.node_attributes)
    tie_names = (_LABEL, _WEIGHT, *network.edge_attributes)
    keys = {name: f"n{number}" for number, name in enumerate(names)}
    tie_keys = {name: f"e{number}" for number, name in enumerate(tie_names)}
    inside = [
        *element("desc", {}, about_in_one(register)),
        *_declared(keys, "node"),
        *_declared(tie_keys, "edge"),
        *_graph(register.name, network, keys, tie_keys),
    ]
    return document(element("graphml", _NAMESPACES, inside))


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a GraphML file does not hold."""
    return (*left_out(register, "Graph files"), *forbidden_texts(texts_of(register)))


def recognises(file: Path) -> bool:
    """Tell whether a file is GraphML, by its ending or its first lines."""
    return looks_like(file, ".graphml", "graphml")


def read(file: Path, shown: str, vocabularies: Vocabularies, tie_kind: str = "") -> Draft:
    """Read the nodes and edges of a GraphML file as organisations and ties.

    Args:
        file: From netmap, Gephi, yEd, NodeXL, networkx or others.
        shown: How messages name it.
        vocabularies: For the kinds of ties.
        tie_kind: What ties are whose kind the file does not say; empty sets them aside.

    Raises:
        UnreadableFileError: It is not GraphML, defines entities, or is too large.
    """
    drawing = graphml_drawing(root_of(file, shown, "graphml"), shown)
    return draft_of(KIND, UNIT, drawing, vocabularies, tie_kind)


def _declared(keys: dict[str, str], what: str) -> Iterator[str]:
    for name, key in keys.items():
        kind = "double" if name == _WEIGHT else TYPES.get(name, "string")
        said = {"id": key, "for": what, "attr.name": name, "attr.type": kind}
        yield from element("key", said)


def _graph(
    name: str, network: Network, keys: dict[str, str], tie_keys: dict[str, str]
) -> Iterator[str]:
    inside = [
        *(line for node in network.nodes for line in _node(node, keys)),
        *(line for edge in network.edges for line in _edge(edge, tie_keys)),
    ]
    yield from element("graph", {"id": name, "edgedefault": "directed"}, inside)


def _node(node: Node, keys: dict[str, str]) -> Iterator[str]:
    cells = {_LABEL: node.label, **node.cells}
    yield from element("node", {"id": node.id}, _data(cells, keys))


def _edge(edge: Edge, keys: dict[str, str]) -> Iterator[str]:
    cells = {_LABEL: edge.label, **edge.cells}
    # Programs refuse a weight of nought; the strength is there all the same.
    if float(edge.cells.get("strength", 0)):
        cells[_WEIGHT] = edge.cells["strength"]
    said = {"id": edge.id, "source": edge.source, "target": edge.target}
    yield from element("edge", said, _data(cells, keys))


def _data(cells: dict[str, str], keys: dict[str, str]) -> Iterator[str]:
    for name, key in keys.items():
        if name in cells:
            yield from element("data", {"key": key}, cells[name])
