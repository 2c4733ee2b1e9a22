"""The nodes and edges of a GraphML document, whichever program wrote it.

yEd keeps labels within drawing elements and puts nodes into nodes; NodeXL names nodes by their id.
Where things are drawn is not read: a layout is no place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.graphs.drawing import Drawing, Link, Thing
from netmap.exchange.graphs.xml_files import deeper, local, named
from netmap.tables import normalise_heading

_NODES, _EDGES = "nodes", "edges"
_LABELS = ("nodelabel", "edgelabel")


@dataclass(slots=True)
class _Keys:
    """What an id in a ``data`` element means: its name, and its value where none is given."""

    names: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Parts:
    shown: str
    keys: _Keys
    things: list[Thing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    set_aside: list[Note] = field(default_factory=list)


def graphml_drawing(root: Element, shown: str) -> Drawing:
    """Collect the nodes and edges of a GraphML document, in its order.

    Args:
        root: The element ``graphml``.
        shown: How messages name the file.

    Raises:
        UnreadableFileError: Groups within groups without end.
    """
    parts = _Parts(shown, _keys(root))
    for graph in named(root, "graph"):
        _read_graph(graph, parts, "", 0, directed=True)
    return Drawing(tuple(parts.things), tuple(parts.links), set_aside=tuple(parts.set_aside))


def _keys(root: Element) -> _Keys:
    keys = _Keys()
    for key in named(root, "key"):
        identity, name = key.get("id", ""), key.get("attr.name", "")
        keys.names[identity] = name
        default = next((one.text or "" for one in named(key, "default")), "")
        if name and default.strip():
            for what in ("node", "edge"):
                if key.get("for", "all") in {what, "all"}:
                    keys.defaults.setdefault(what, {})[name] = default
    return keys


def _read_graph(graph: Element, parts: _Parts, group: str, depth: int, *, directed: bool) -> None:
    directed = graph.get("edgedefault", "directed" if directed else "") != "undirected"
    for one in graph:
        match local(one):
            case "node":
                _read_node(one, parts, group, deeper(depth, parts.shown), directed=directed)
            case "edge":
                parts.links.append(_link(one, parts, directed=directed))
            case "hyperedge":
                number = len(parts.links) + len(parts.set_aside) + 1
                message = "it ties more than two at once, and a tie has two ends."
                spot = Spot(parts.shown, "hyperedges", number)
                parts.set_aside.append(Note(Outcome.REFUSED, "hyperedge", message, spot))
            case _:
                pass


def _read_node(node: Element, parts: _Parts, group: str, depth: int, *, directed: bool) -> None:
    within = list(named(node, "graph"))
    fields, label = _data(node, parts.keys, "node")
    if group:
        fields.setdefault("group", group)
    spot = Spot(parts.shown, _NODES, len(parts.things) + 1)
    parts.things.append(Thing(spot, node.get("id", ""), label, fields, box=bool(within)))
    for graph in within:
        _read_graph(graph, parts, label or group, depth, directed=directed)


def _link(edge: Element, parts: _Parts, *, directed: bool) -> Link:
    fields, label = _data(edge, parts.keys, "edge")
    said = edge.get("directed", "true" if directed else "false")
    return Link(
        Spot(parts.shown, _EDGES, len(parts.links) + 1),
        edge.get("source", ""),
        edge.get("target", ""),
        label,
        "directed" if said.lower() == "true" else "undirected",
        fields,
    )


def _data(one: Element, keys: _Keys, what: str) -> tuple[dict[str, str], str]:
    """Give the attributes of a node or edge by name, and its label."""
    fields: dict[str, str] = dict(keys.defaults.get(what, {}))
    drawn = ""
    for data in named(one, "data"):
        name = keys.names.get(data.get("key", ""), data.get("key", ""))
        if len(data):
            drawn = drawn or _drawn_label(data)
        elif name:
            fields[name] = data.text or ""
    return fields, drawn or _labelled(fields)


def _drawn_label(data: Element) -> str:
    """Find the first label that yEd drew."""
    labels = (one for one in data.iter() if local(one) in _LABELS)
    return next((text for one in labels if (text := _text(one))), "")


def _text(label: Element) -> str:
    return (label.text or "").strip()


def _labelled(fields: Mapping[str, str]) -> str:
    return next(_values(fields, "label"), "")


def _values(fields: Mapping[str, str], plain: str) -> Iterator[str]:
    return (text for heading, text in fields.items() if normalise_heading(heading) == plain)
