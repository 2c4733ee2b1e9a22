"""The geographic graph: organisations, activities and areas, their ties and positions.

Nodes are named ``organisation:ID``, ``activity:ID`` and ``area:CODE``, because one id may stand in
two tables. Every node has ``kind``, ``label`` and, where it has a place, ``longitude``,
``latitude`` (degrees WGS 84) and ``approximate``.
"""

from typing import TYPE_CHECKING, Any

from netmap.networks.models import Record
from netmap.networks.register import Point, Register

if TYPE_CHECKING:
    import networkx as nx


def organisation_node(identity: str) -> str:
    """Name the node of an organisation."""
    return f"organisation:{identity}"


def activity_node(identity: str) -> str:
    """Name the node of an activity."""
    return f"activity:{identity}"


def area_node(code: str) -> str:
    """Name the node of an area."""
    return f"area:{code}"


def build_graph(register: Register) -> "nx.MultiDiGraph[str]":
    """Build the graph of one register.

    Returns:
        A multigraph with an edge for each tie (its key and ``kind`` are the tie's kind), and the
        edges ``offers`` (organisation to activity), ``based_in`` (organisation to area),
        ``meets_in`` and ``serves`` (activity to area) and ``within`` (area to its parent). Nodes
        and edges are added in the order of the register.
    """
    import networkx as nx  # noqa: PLC0415  # commands that draw no graph need not wait for it

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=register.name)
    for area in register.areas:
        graph.add_node(
            area_node(area.code),
            kind="area",
            label=area.name,
            area_kind=area.kind or "",
            rural_urban=area.rural_urban or "",
            **_position(area.point, approximate=area.uncertain),
            **_provenance(area),
        )
    for one in register.organisations:
        graph.add_node(
            organisation_node(one.id),
            kind="organisation",
            label=one.name,
            roles=one.roles,
            sector=one.sector or "",
            **_position(register.point_of(one), approximate=register.approximate(one)),
            **_provenance(one),
        )
    for activity in register.activities:
        graph.add_node(
            activity_node(activity.id),
            kind="activity",
            label=activity.name,
            approach=activity.approach or "",
            communities=activity.communities,
            count=activity.count or 1,
            **_position(register.point_of(activity), approximate=register.approximate(activity)),
            **_provenance(activity),
        )
    _add_edges(graph, register)
    return graph


def _add_edges(graph: "nx.MultiDiGraph[str]", register: Register) -> None:
    for area in register.areas:
        if area.parent:
            _join(graph, area_node(area.code), area_node(area.parent), "within")
    for one in register.organisations:
        if one.area:
            _join(graph, organisation_node(one.id), area_node(one.area), "based_in")
    for activity in register.activities:
        node = activity_node(activity.id)
        if activity.organisation:
            _join(graph, organisation_node(activity.organisation), node, "offers")
        if activity.area:
            _join(graph, node, area_node(activity.area), "meets_in")
        for code in activity.serves:
            _join(graph, node, area_node(code), "serves")
    for tie in register.ties:
        _join(
            graph,
            organisation_node(tie.source_organisation),
            organisation_node(tie.target_organisation),
            tie.kind,
            topic=tie.topic or "",
            **({"strength": tie.strength} if tie.strength is not None else {}),
            **_provenance(tie),
        )


def _join(graph: "nx.MultiDiGraph[str]", one: str, other: str, kind: str, **more: object) -> None:
    """Add an edge; a further tie of one kind (another topic, another time) keeps its own key."""
    further = sum(edge["kind"] == kind for edge in (graph.get_edge_data(one, other) or {}).values())
    key = f"{kind}:{further + 1}" if further else kind
    graph.add_edge(one, other, key, kind=kind, **more)


def _position(point: Point | None, *, approximate: bool) -> dict[str, Any]:
    if point is None:
        return {}
    return {"longitude": point[0], "latitude": point[1], "approximate": approximate}


def _provenance(row: Record) -> dict[str, str]:
    return {"confidence": row.confidence or "stated", "source": row.source or ""}


def ties_only(register: Register) -> "nx.Graph[str]":
    """Build the simple undirected graph of who is tied to whom.

    Returns:
        One node per organisation id and one edge per tied pair; no self-ties, and none that has
        ended.
    """
    import networkx as nx  # noqa: PLC0415

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(one.id for one in register.organisations)
    graph.add_edges_from(
        (tie.source_organisation, tie.target_organisation)
        for tie in register.current_ties
        if tie.source_organisation != tie.target_organisation
    )
    return graph
