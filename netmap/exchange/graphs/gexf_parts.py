"""The nodes and edges of a GEXF document, of any version and whichever program wrote it.

Positions, colours and sizes are not read: a layout is no place. Of values that change over time
the last is taken, and said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.graphs.drawing import Drawing, Link, Thing
from netmap.exchange.graphs.xml_files import deeper, named

# The kind of an edge is an attribute of the edge itself since 1.3.
_OWN_ATTRIBUTES = ("kind", "weight")


@dataclass(frozen=True, slots=True)
class _Attribute:
    name: str
    is_list: bool
    default: str


Attributes = Mapping[str, _Attribute]


@dataclass(slots=True)
class _Parts:
    shown: str
    attributes: dict[str, dict[str, _Attribute]] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def gexf_drawing(root: Element, shown: str) -> Drawing:
    """Collect the nodes and edges of a GEXF document, in its order.

    Args:
        root: The element ``gexf``.
        shown: How messages name the file.

    Raises:
        UnreadableFileError: Nodes within nodes without end.
    """
    parts = _Parts(shown)
    for graph in named(root, "graph"):
        for attributes in named(graph, "attributes"):
            known = parts.attributes.setdefault(attributes.get("class", "node"), {})
            known.update(_declared(attributes))
        directed = graph.get("defaultedgetype", "undirected")
        _read_graph(graph, parts, directed, 0)
    return Drawing(tuple(parts.things), tuple(parts.links), tuple(parts.notes))


def _declared(attributes: Element) -> dict[str, _Attribute]:
    return {
        one.get("id", ""): _Attribute(
            one.get("title", one.get("id", "")),
            one.get("type", "").lower().startswith("list"),
            next((default.text or "" for default in named(one, "default")), ""),
        )
        for one in named(attributes, "attribute")
    }


def _read_graph(graph: Element, parts: _Parts, directed: str, depth: int) -> None:
    for nodes in named(graph, "nodes"):
        for node in named(nodes, "node"):
            fields = _fields(node, parts, "node", len(parts.things) + 1)
            spot = Spot(parts.shown, "nodes", len(parts.things) + 1)
            parts.things.append(Thing(spot, node.get("id", ""), node.get("label", ""), fields))
            # A node of ours may stand for an organisation and hold others, so it is no mere box.
            _read_graph(node, parts, directed, deeper(depth, parts.shown))
    for edges in named(graph, "edges"):
        parts.links.extend(_link(edge, parts, directed) for edge in named(edges, "edge"))


def _link(edge: Element, parts: _Parts, directed: str) -> Link:
    number = len(parts.links) + 1
    fields = _fields(edge, parts, "edge", number)
    for name in _OWN_ATTRIBUTES:
        if edge.get(name):
            fields.setdefault(name, edge.get(name, ""))
    return Link(
        Spot(parts.shown, "edges", number),
        edge.get("source", ""),
        edge.get("target", ""),
        edge.get("label", ""),
        edge.get("type", directed).lower(),
        fields,
    )


def _fields(one: Element, parts: _Parts, what: str, number: int) -> dict[str, str]:
    known = parts.attributes.get(what, {})
    fields = {a.name: _value(a, a.default) for a in known.values() if a.default.strip()}
    seen: set[str] = set()
    for values in named(one, "attvalues"):
        for value in named(values, "attvalue"):
            key = value.get("for", value.get("id", ""))
            attribute = known.get(key, _Attribute(key, is_list=False, default=""))
            if attribute.name in seen:
                parts.notes.append(_over_time(parts.shown, what, number, attribute.name))
            seen.add(attribute.name)
            fields[attribute.name] = _value(attribute, value.get("value", ""))
    return fields


def _value(attribute: _Attribute, text: str) -> str:
    """Write a list as `a;b`, which Gephi writes as `[a, b]`."""
    if not attribute.is_list:
        return text
    items = text.strip().removeprefix("[").removesuffix("]").replace("|", ",").split(",")
    return ";".join(item.strip() for item in items if item.strip())


def _over_time(shown: str, what: str, number: int, name: str) -> Note:
    message = "it has several values over time; the last is taken."
    return Note(Outcome.WARNED, "over-time", message, Spot(shown, f"{what}s", number, name))
