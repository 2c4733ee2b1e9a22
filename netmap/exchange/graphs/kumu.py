"""A network in Kumu's words: elements and connections with fields, for both of its formats.

Activities are no elements. As elements of a type of their own, tied by "offers", they would count
an organisation once for itself and once for each group it runs, in every score Kumu works out and
in every cluster it draws; what is left out is said instead.

An element without a location is drawn by Kumu's maps at 0, 0; one without a place of its own stands
at the centre of its area, marked so. Nothing is written for one that has neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from netmap.exchange.graphs.network import (
    APPROXIMATE,
    AREA_POINT,
    REGISTER_ID,
    STANDS_AT,
    TIE_SOURCE,
    TIE_TYPE,
    Edge,
    Node,
    left_out,
    network_of,
)
from netmap.exchange.tabular.cells import allowed, how_many, written
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

LOCATION, LOCATION_IS = "Location", "Location is"
_LISTS = frozenset({"roles", "aliases", "identifiers", "led_by"})
_VOCABULARIES = {"roles": "role", "sector": "sector", "led_by": "community", "topic": "topic"}
_NAMES = {
    "website": "URL",
    REGISTER_ID: "Register ID",
    TIE_SOURCE: "Source",
    STANDS_AT: LOCATION_IS,
}
_ELSEWHERE = frozenset({"name", "latitude", "longitude", APPROXIMATE, TIE_TYPE})
_NOBODY = "Organisation"
Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An organisation as Kumu shows it; fields by their names, several values as a tuple."""

    id: str
    label: str
    type: str
    tags: tuple[str, ...]
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Connection:
    """A tie as Kumu draws it, always directed."""

    id: str
    source: str
    target: str
    type: str
    fields: Mapping[str, Value]


@dataclass(frozen=True)
class Map:
    """Everything Kumu gets, with the names of all fields in order."""

    elements: tuple[Element, ...]
    connections: tuple[Connection, ...]
    element_fields: tuple[str, ...]
    connection_fields: tuple[str, ...]


def kumu_map(register: Register, vocabularies: Vocabularies) -> Map:
    """Make the elements and connections of a register, in the order of its ids.

    Args:
        register: As its audience may see it.
        vocabularies: For the words people see.
    """
    network = network_of(register, vocabularies)
    names = tuple(_field(name) for name in network.node_attributes if name not in _ELSEWHERE)
    tie_names = tuple(_field(name) for name in network.edge_attributes if name not in _ELSEWHERE)
    return Map(
        tuple(_element(node, vocabularies) for node in network.nodes),
        tuple(_connection(edge, vocabularies) for edge in network.edges),
        (LOCATION, *names),
        tie_names,
    )


def kumu_cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register Kumu does not hold, whichever way it gets it."""
    nowhere = sum(register.point_in_files(one) is None for one in register.organisations)
    said = how_many(nowhere, "organisation")
    drawn = f"{said} without a place: Kumu's geographic view draws them at 0, 0."
    return (*left_out(register, "Kumu files"), *((drawn,) if nowhere else ()))


def _field(name: str) -> str:
    """Name a field in plain words; a heading of people's own stays as it is."""
    if name in _NAMES:
        return _NAMES[name]
    is_ours = name.replace("_", "").isalpha() and name.islower() and name.isascii()
    return name.replace("_", " ").capitalize() if is_ours else name


def _element(node: Node, vocabularies: Vocabularies) -> Element:
    roles = node.cells.get("roles", "")
    labels = tuple(vocabularies["role"].label(role) for role in roles.split(";") if role)
    sector = node.cells.get("sector", "")
    tags = (*labels, *((vocabularies["sector"].label(sector),) if sector else ()))
    fields = _fields(node.cells, vocabularies)
    if node.point:
        longitude, latitude = (written(degrees) for degrees in node.point)
        fields = {LOCATION: f"{latitude}, {longitude}", **fields}
        if node.cells.get(APPROXIMATE) == "true" and node.cells[STANDS_AT] != AREA_POINT:
            fields[LOCATION_IS] = f"{node.cells[STANDS_AT]}, roughly"
    kind = labels[0] if labels else _NOBODY
    return Element(node.id, allowed(node.label), kind, tags, fields)


def _connection(edge: Edge, vocabularies: Vocabularies) -> Connection:
    fields = _fields(edge.cells, vocabularies)
    return Connection(edge.id, edge.source, edge.target, edge.label, fields)


def _fields(cells: Mapping[str, str], vocabularies: Vocabularies) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, text in cells.items():
        if name in _ELSEWHERE:
            continue
        plain = allowed(text)
        known = _VOCABULARIES.get(name)
        parts = tuple(part for part in plain.split(";") if part) if name in _LISTS else (plain,)
        if known:
            parts = tuple(_word(part, known, vocabularies) for part in parts)
        found[_field(name)] = parts if name in _LISTS else parts[0]
    return found


def _word(slug: str, vocabulary: str, vocabularies: Vocabularies) -> str:
    """Give the words people see, where they lead back to the term and fit into a list."""
    known = vocabularies[vocabulary]
    label = known.label(slug)
    return label if known.resolve(label) == slug and not {"|", ";"} & set(label) else slug
