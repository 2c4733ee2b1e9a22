"""Organisations as nodes and ties as edges: what every graph file of ours is written from.

Activities are not among the nodes: an organisation would count once for itself and once for each
thing it offers, and every measure a graph program works out would be about something else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from netmap.exchange.rows import (
    Cells,
    records,
    table_columns,
    table_rows,
    worked_out_cells,
)
from netmap.exchange.tabular.cells import allowed, how_many, written
from netmap.networks.models import TABLES, Organisation, Tie
from netmap.networks.register import Point, Register
from netmap.tables import normalise_heading
from netmap.vocabulary import Vocabularies

# Marks a node as an organisation of netmap's own, whatever a program does to the ids of nodes.
REGISTER_ID = "register_id"
STANDS_AT = "stands_at"
OWN_POINT, AREA_POINT = "its own point", "the centre of its area"
POSTCODE_POINT = "the point of its postcode"
AREA_NAME, APPROXIMATE = "area_name", "approximate"
# "type" is taken by direction in GEXF, and "source" by the end of an edge in most programs.
TIE_TYPE, TIE_SOURCE = "tie_type", "tie_source"
# Put before a heading of people's own where a program would take it for something else.
OWN_PREFIX = "own: "
TYPES: Mapping[str, str] = {
    "latitude": "double",
    "longitude": "double",
    APPROXIMATE: "boolean",
    "strength": "double",
}
_ENDS = ("source_organisation", "target_organisation")
_TAKEN = frozenset(
    normalise_heading(name)
    for name in (
        *("id", "label", "type", "from", "to", "direction", "weight", "target", "kind", "tags"),
        *("description", "image", "url", "location", "location is", "geometry", "x", "y"),
        *("yes", "no", "on", "off", "true", "false", "role", "element type", "node type"),
        *("lat", "lon", "lng", "long", "entity type", "group", "relation", "relationship"),
        *("connection type", "interaction", *_ENDS),
        *(REGISTER_ID, STANDS_AT, AREA_NAME, APPROXIMATE, TIE_TYPE, TIE_SOURCE),
    )
)


@dataclass(frozen=True, slots=True)
class Node:
    """One organisation: its attributes as text by name, and (longitude, latitude) WGS 84."""

    id: str
    label: str
    cells: Mapping[str, str]
    point: Point | None


@dataclass(frozen=True, slots=True)
class Edge:
    """One tie. ``label`` is what people see, ``cells`` has the kind as ``tie_type``."""

    id: str
    source: str
    target: str
    label: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Network:
    """What a graph file holds, with the names of all attributes, in order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    node_attributes: tuple[str, ...]
    edge_attributes: tuple[str, ...]


def network_of(register: Register, vocabularies: Vocabularies) -> Network:
    """Make the nodes and edges of a register, in the order of its ids.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of ties.

    Returns:
        Every organisation, and every tie between two of them; parallel ties stay apart. Empty
        cells are left out; lists are joined by ``;``.
    """
    headings = _own_headings(register, "organisations")
    tie_headings = _own_headings(register, "ties")
    nodes = tuple(
        _node(register, cast("Organisation", row), cells, headings)
        for row, cells in zip(
            records(register, "organisations"), table_rows(register, "organisations"), strict=True
        )
    )
    ids: set[str] = set()
    edges = tuple(
        _edge(cast("Tie", row), cells, tie_headings, vocabularies, ids)
        for row, cells in zip(records(register, "ties"), table_rows(register, "ties"), strict=True)
        if _is_whole(register, cast("Tie", row))
    )
    return Network(
        nodes,
        edges,
        (REGISTER_ID, *headings.values(), AREA_NAME, APPROXIMATE, STANDS_AT),
        (TIE_TYPE, *tie_headings.values()),
    )


def left_out(register: Register, what: str) -> tuple[str, ...]:
    """Say which rows of a register have no place in a graph; nothing where all have.

    Args:
        register: As its audience may see it.
        what: The format as the start of a sentence: ``Graph files``.
    """
    counts = {table: len(getattr(register, table)) for table in TABLES}
    counts |= {"boundaries": 0 if register.boundaries is None else len(register.boundaries)}
    said = [
        f"{what} carry no {table}: {number} {'is' if number == 1 else 'are'} left out."
        for table, number in counts.items()
        if number and table not in {"organisations", "ties"}
    ]
    loose = sum(not _is_whole(register, tie) for tie in register.ties)
    if loose:
        said.append(f"{how_many(loose, 'tie')} left out: an end is not in the register.")
    return tuple(said)


def texts_of(register: Register) -> Iterable[str]:
    """Give every text of organisations and ties that would stand in a file."""
    for table in ("organisations", "ties"):
        for row in table_rows(register, table):
            yield from map(written, row.values())


def _is_whole(register: Register, tie: Tie) -> bool:
    known = register.organisation
    return tie.source_organisation in known and tie.target_organisation in known


def _own_headings(register: Register, table: str) -> Mapping[str, str]:
    """Map the columns of a table, without keys, to names that no program takes for another."""
    contract = set(TABLES[table].model_fields)
    skipped = {"id", "kind", *_ENDS}
    return {
        name: _attribute(table, name, own=name not in contract)
        for name in table_columns(register, table)
        if name not in skipped or name not in contract
    }


def _attribute(table: str, name: str, *, own: bool) -> str:
    if not own:
        return TIE_SOURCE if (table, name) == ("ties", "source") else name
    plain = allowed(name)
    known = {normalise_heading(one) for one in TABLES[table].model_fields}
    clash = normalise_heading(plain) in _TAKEN | known or plain.startswith(OWN_PREFIX)
    return f"{OWN_PREFIX}{plain}" if clash else plain


def _node(register: Register, row: Organisation, cells: Cells, names: Mapping[str, str]) -> Node:
    point = register.point_in_files(row)
    placed = {**cells, "longitude": None, "latitude": None}
    if point:
        placed |= {"longitude": point[0], "latitude": point[1]}
    said = {
        REGISTER_ID: row.id,
        **{names[name]: written(placed[name]) for name in names},
        AREA_NAME: register.areas.name(row.area) if row.area else "",
    }
    if point:
        said[APPROXIMATE] = "true" if register.approximate(row) else "false"
        said[STANDS_AT] = _stands_at(register, row)
    return Node(row.id, row.name, {name: text for name, text in said.items() if text}, point)


def _stands_at(register: Register, row: Organisation) -> str:
    if row.point is None:
        return AREA_POINT
    derived = worked_out_cells(register, "organisations", row)
    return POSTCODE_POINT if "latitude" in derived else OWN_POINT


def _edge(
    row: Tie, cells: Cells, names: Mapping[str, str], vocabularies: Vocabularies, ids: set[str]
) -> Edge:
    said = {TIE_TYPE: row.kind, **{names[name]: written(cells[name]) for name in names}}
    return Edge(
        _tie_id(row, ids),
        row.source_organisation,
        row.target_organisation,
        vocabularies["tie_kind"].label(row.kind),
        {name: text for name, text in said.items() if text},
    )


def _tie_id(row: Tie, ids: set[str]) -> str:
    """Name a tie by its ends and kind, so that one more tie does not rename the others."""
    plain = f"{row.source_organisation}-{row.kind.replace('_', '-')}-{row.target_organisation}"
    name, number = plain, 1
    while name in ids:
        number += 1
        name = f"{plain}-{number}"
    ids.add(name)
    return name
