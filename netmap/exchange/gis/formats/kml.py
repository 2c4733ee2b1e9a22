"""KML, as drawn in Google Earth or My Maps, and KMZ: its placemarks, and nothing it links to."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import Feature, Source
from netmap.exchange.opening import content_of, xml_from
from netmap.tables import member, open_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from shapely.geometry.base import BaseGeometry

_START = 2048
_SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry"}
_PAIR = 2


def recognises(file: Path) -> bool:
    """Tell whether a file looks like KML, or is named as KMZ."""
    with file.open("rb") as stream:
        start = stream.read(_START)
    return b"<kml" in start or (start.startswith(b"PK") and file.suffix.lower() == ".kmz")


def read(file: Path, shown: str) -> Source:
    """Read the placemarks of a KML file; the system is WGS 84 by definition.

    Args:
        file: The ``.kml`` or ``.kmz``.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is no KML, defines entities, or unpacks to too much.
    """
    root = xml_from(_content(file, shown), shown)
    if _tag(root) != "kml":
        raise UnreadableFileError(shown, "it is XML, but no KML")
    features = []
    for number, one in enumerate(_named(root, "Placemark"), start=1):
        placed, broken = _shape(one)
        features.append(Feature(Spot(shown, "", number), _properties(one), placed, broken))
    notes = []
    if next(_named(root, "NetworkLink"), None) is not None:
        message = "it links to other files, which netmap never follows."
        notes.append(Note(Outcome.WARNED, "linked-file", message, Spot(shown)))
    return Source("kml", tuple(features), tuple(notes))


def _content(file: Path, shown: str) -> bytes:
    if file.suffix.lower() != ".kmz":
        return content_of(file, shown)
    with open_archive(file, shown) as archive:
        name = next((n for n in archive.namelist() if n.lower().endswith(".kml")), None)
        if name is None:
            raise UnreadableFileError(shown, "there is no KML in it")
        return member(archive, name, shown)


def _tag(element: "Element") -> str:
    return element.tag.rpartition("}")[2]


def _named(element: "Element", tag: str) -> "Iterator[Element]":
    return (one for one in element.iter() if _tag(one) == tag)


def _child(element: "Element", tag: str) -> str:
    return next((one.text or "" for one in element if _tag(one) == tag), "").strip()


def _properties(placemark: "Element") -> dict[str, object]:
    said: dict[str, object] = {tag: _child(placemark, tag) for tag in ("name", "description")}
    for one in _named(placemark, "Data"):
        said.setdefault(one.get("name", ""), _child(one, "value"))
    for one in _named(placemark, "SimpleData"):
        said.setdefault(one.get("name", ""), (one.text or "").strip())
    if placemark.get("id"):
        said.setdefault("@id", placemark.get("id"))
    return {name: text for name, text in said.items() if name and text}


def _shape(placemark: "Element") -> "tuple[BaseGeometry | None, str]":
    found = next((one for one in placemark if _tag(one) in _SHAPES), None)
    if found is None:
        return None, ""
    try:
        return shape.checked(_geometry(found))
    except (ValueError, IndexError, TypeError, RecursionError, shapely.errors.ShapelyError):
        return None, shape.UNREADABLE


def _geometry(element: "Element") -> Any:
    match _tag(element):
        case "Point":
            return shapely.Point(_pairs(element)[0])
        case "LineString":
            return shapely.LineString(_pairs(element))
        case "LinearRing":
            return shapely.Polygon(_pairs(element))
        case "Polygon":
            outer = next(_named(element, "outerBoundaryIs"), element)
            inner = _named(element, "innerBoundaryIs")
            return shapely.Polygon(_pairs(outer), [_pairs(one) for one in inner])
        case _:
            parts = [_geometry(one) for one in element if _tag(one) in _SHAPES]
            return shapely.GeometryCollection(parts)


def _pairs(element: "Element") -> list[tuple[float, float]]:
    text = next((one.text or "" for one in _named(element, "coordinates")), "")
    found = [tuple(float(part) for part in pair.split(",")[:_PAIR]) for pair in text.split()]
    return [(pair[0], pair[1]) for pair in found]
