"""GeoJSON: RFC 7946, the older kind that names a coordinate reference system, and uMap's copies."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Spot
from netmap.exchange.gis import crs
from netmap.exchange.gis.about import MADE_BY
from netmap.exchange.gis.formats import shape
from netmap.exchange.gis.source import Feature, Source
from netmap.exchange.opening import content_of, json_from

_START = 4096
_UMAP = re.compile(rb'"type"\s*:\s*"umap"')


def recognises(file: Path) -> bool:
    """Tell whether a file looks like GeoJSON."""
    with file.open("rb") as stream:
        start = stream.read(_START).removeprefix(b"\xef\xbb\xbf").lstrip()
    collected = b'"Feature' in start or _UMAP.search(start) is not None
    return start.startswith(b"{") and b'"type"' in start and collected


def read(file: Path, shown: str) -> Source:
    """Read a feature collection or a single feature.

    Args:
        file: The file.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is no GeoJSON, or names a system that is not known.
    """
    document = json_from(content_of(file, shown), shown)
    if not isinstance(document, dict):
        raise UnreadableFileError(shown, "it is JSON, but no GeoJSON")
    found = _features(document, shown)
    read = [shape.from_geojson(_of(one).get("geometry")) for one in found]
    shapes = crs.to_wgs84([one for one, _ in read], _system(document, shown))
    features = [
        Feature(
            Spot(shown, "", number),
            _properties(_of(one)),
            placed,
            "it is no feature" if not isinstance(one, Mapping) else broken,
        )
        for number, (one, placed, (_, broken)) in enumerate(
            zip(found, shapes, read, strict=True), start=1
        )
    ]
    return Source("geojson", tuple(features), ours=document.get("made_by") == MADE_BY)


def _features(document: Mapping[str, Any], shown: str) -> Sequence[object]:
    match document.get("type"):
        case "FeatureCollection":
            found = document.get("features")
            if isinstance(found, list):
                return found
        case "Feature":
            return [document]
        case "umap":
            layers = document.get("layers")
            held = [_of(one).get("features") for one in layers] if isinstance(layers, list) else []
            return [one for found in held if isinstance(found, list) for one in found]
        case "Topology":
            raise UnreadableFileError(shown, "it is TopoJSON; save it as GeoJSON")
    raise UnreadableFileError(shown, "it is JSON, but it holds no GeoJSON features")


def _of(one: object) -> Mapping[str, Any]:
    return one if isinstance(one, Mapping) else {}


def _properties(one: Mapping[str, Any]) -> dict[str, object]:
    """Take a feature's properties, and its own id where they have none."""
    held = one.get("properties")
    said = {"@id": one["id"]} if isinstance(one.get("id"), str | int) else {}
    return {**said, **(held if isinstance(held, Mapping) else {})}


def _system(document: Mapping[str, Any], shown: str) -> Any:
    """Find the system a file names; GeoJSON is WGS 84 where it names none."""
    held = document.get("crs")
    if held is None:
        return crs.named("CRS84", shown)
    name = held.get("properties") if isinstance(held, Mapping) else None
    name = name.get("name") if isinstance(name, Mapping) else None
    return crs.named(name if isinstance(name, str) else "", shown)
