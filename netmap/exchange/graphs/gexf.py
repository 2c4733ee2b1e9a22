"""GEXF 1.3: written for Gephi with positions, and read from it.

networkx has a writer; it loses the kind of a tie to the direction of an edge, writes control
characters that no parser reads back, and stamps the file with the day it was made. What a file
says is understood in :mod:`netmap.exchange.graphs.drafts`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from netmap.exchange.draft import Draft
from netmap.exchange.graphs.drafts import draft_of
from netmap.exchange.graphs.gexf_parts import gexf_drawing
from netmap.exchange.graphs.network import (
    TIE_TYPE,
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

KIND, UNIT = "gexf", "nodes and edges"
_NAMESPACES = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:viz": "http://gexf.net/1.3/viz",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
    "version": "1.3",
}
_UNITS_PER_DEGREE = 1000  # Gephi draws nodes some units wide; degrees alone would pile them up


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write the organisations and ties of a register as GEXF 1.3.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of ties.

    Returns:
        UTF-8 XML, the same for the same register and as-of day. ``latitude`` and ``longitude`` are
        WGS 84 degrees; nodes are drawn at a thousand units to the degree, north upwards.
    """
    network = network_of(register, vocabularies)
    keys = {name: f"n{number}" for number, name in enumerate(network.node_attributes)}
    tie_keys = {name: f"e{number}" for number, name in enumerate(network.edge_attributes)}
    meta = [
        *element("creator", {}, "netmap"),
        *element("description", {}, about_in_one(register)),
    ]
    inside = [
        *element("meta", {"lastmodifieddate": register.as_of.isoformat()}, meta),
        *_graph(network, keys, tie_keys),
    ]
    return document(element("gexf", _NAMESPACES, inside))


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a GEXF file does not hold."""
    return (*left_out(register, "Graph files"), *forbidden_texts(texts_of(register)))


def recognises(file: Path) -> bool:
    """Tell whether a file is GEXF, by its ending or its first lines."""
    return looks_like(file, ".gexf", "gexf")


def read(file: Path, shown: str, vocabularies: Vocabularies, tie_kind: str = "") -> Draft:
    """Read the nodes and edges of a GEXF file as organisations and ties.

    Args:
        file: Of any version from 1.1 to 1.3.
        shown: How messages name it.
        vocabularies: For the kinds of ties.
        tie_kind: What ties are whose kind the file does not say; empty sets them aside.

    Raises:
        UnreadableFileError: It is not GEXF, defines entities, or is too large.
    """
    drawing = gexf_drawing(root_of(file, shown, "gexf"), shown)
    return draft_of(KIND, UNIT, drawing, vocabularies, tie_kind)


def _graph(network: Network, keys: dict[str, str], tie_keys: dict[str, str]) -> Iterator[str]:
    inside = [
        *_declared(keys, "node"),
        *_declared(tie_keys, "edge"),
        *element("nodes", {}, [line for node in network.nodes for line in _node(node, keys)]),
        *element("edges", {}, _edges(network.edges, tie_keys)),
    ]
    yield from element(
        "graph", {"mode": "static", "defaultedgetype": "directed", "idtype": "string"}, inside
    )


def _declared(keys: dict[str, str], what: str) -> Iterator[str]:
    inside = [
        line
        for name, key in keys.items()
        for line in element(
            "attribute", {"id": key, "title": name, "type": TYPES.get(name, "string")}
        )
    ]
    yield from element("attributes", {"class": what, "mode": "static"}, inside)


def _node(node: Node, keys: dict[str, str]) -> Iterator[str]:
    inside = list(_values(node.cells, keys))
    if node.point:
        x, y = (f"{degrees * _UNITS_PER_DEGREE:.2f}" for degrees in node.point)
        inside += element("viz:position", {"x": x, "y": y, "z": "0.0"})
    yield from element("node", {"id": node.id, "label": node.label}, inside)


def _edges(edges: Sequence[Edge], keys: dict[str, str]) -> Iterator[str]:
    before: Counter[tuple[str, str, str]] = Counter()
    for edge in edges:
        kind = edge.cells[TIE_TYPE]
        same = (edge.source, edge.target, kind)
        before[same] += 1
        # Gephi draws two ties between one pair as two only where their kinds differ.
        yield from _edge(edge, f"{kind} {before[same]}" if before[same] > 1 else kind, keys)


def _edge(edge: Edge, kind: str, keys: dict[str, str]) -> Iterator[str]:
    said = {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "label": edge.label,
        "kind": kind,
    }
    # Programs refuse a weight of nought; the strength is there all the same.
    if float(edge.cells.get("strength", 0)):
        said["weight"] = edge.cells["strength"]
    yield from element("edge", said, _values(edge.cells, keys))


def _values(cells: Mapping[str, str], keys: dict[str, str]) -> Iterator[str]:
    inside = [
        line
        for name, key in keys.items()
        if name in cells
        for line in element("attvalue", {"for": key, "value": cells[name]})
    ]
    yield from element("attvalues", {}, inside)
