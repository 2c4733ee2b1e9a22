"""What Overpass answers in its own JSON: OpenStreetMap's nodes, ways and relations with their tags.

Elements without tags only give others their shape and are no features. What a way or relation looks
like is not put together here: its centre is enough for a point.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Spot
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import Feature, Source
from netmap.exchange.opening import content_of, json_from

_START = 4096
_FEWEST_OF_OUTLINE = 4
_KINDS = frozenset({"node", "way", "relation"})
_Element = Mapping[str, Any]
_Points = Mapping[str, tuple[Any, Any]]


def recognises(file: Path) -> bool:
    """Tell whether a file looks like Overpass's JSON."""
    with file.open("rb") as stream:
        start = stream.read(_START)
    return b'"elements"' in start and (b"Overpass" in start or b'"osm3s"' in start)


def read(file: Path, shown: str) -> Source:
    """Read the tagged elements of an answer; the system is WGS 84 by definition.

    Args:
        file: The file.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is JSON of another kind.
    """
    document = json_from(content_of(file, shown), shown)
    listed = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise UnreadableFileError(shown, "it is JSON, but holds no elements of OpenStreetMap")
    elements = [one for one in listed if isinstance(one, dict) and one.get("type") in _KINDS]
    nodes = {str(one.get("id")): (one["lon"], one["lat"]) for one in elements if _is_point(one)}
    tagged = [one for one in elements if isinstance(one.get("tags"), dict) and one["tags"]]
    features = [_feature(one, nodes, Spot(shown, "", n)) for n, one in enumerate(tagged, start=1)]
    return Source("overpass", tuple(features))


def _is_point(one: _Element) -> bool:
    return one["type"] == "node" and "lat" in one and "lon" in one


def _feature(one: _Element, nodes: _Points, spot: Spot) -> Feature:
    placed, broken = shape.from_geojson(_geometry(one, nodes))
    said = {"@id": f"{one['type']}/{one.get('id')}", **one["tags"]}
    return Feature(spot, said, placed, broken)


def _geometry(one: _Element, nodes: _Points) -> object:
    """Write where an element is as GeoJSON; None where the answer does not say."""
    middle = one.get("center")
    at = one if "lat" in one else middle
    if isinstance(at, dict):
        return {"type": "Point", "coordinates": [at.get("lon"), at.get("lat")]}
    points = [list(point) for point in _points(one, nodes)]
    if len(points) >= _FEWEST_OF_OUTLINE and points[0] == points[-1]:
        return {"type": "Polygon", "coordinates": [points]}
    return {"type": "MultiPoint", "coordinates": points} if points else None


def _points(one: _Element, nodes: _Points) -> Iterator[Sequence[Any]]:
    members = [part for part in _listed(one, "members") if isinstance(part, dict)]
    for part in (one, *members):
        for point in _listed(part, "geometry"):
            if isinstance(point, dict):
                yield point.get("lon"), point.get("lat")
    if "geometry" not in one:
        yield from (nodes[str(key)] for key in _listed(one, "nodes") if str(key) in nodes)


def _listed(one: _Element, name: str) -> list[Any]:
    found = one.get(name)
    return found if isinstance(found, list) else []
