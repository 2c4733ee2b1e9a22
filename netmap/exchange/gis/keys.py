"""What a file calls each feature, the same next month: an id, else its name and place."""

from collections import Counter
from collections.abc import Mapping, Sequence

from netmap.exchange.gis.placing import Placed
from netmap.tables import normalise_heading

OSM_IDS = ("osm_id", "osm_way_id", "osm_type", "@id", "full_id")
_IDS = ("@id", "id", "uid", "guid", "uuid", "globalid", "objectid", "fid", "gid", "ref")
_KINDS = frozenset({"node", "way", "relation"})
_LETTERS: Mapping[str, str] = {"n": "node", "w": "way", "r": "relation"}
# As GDAL parts them: an id of its own is a node's for a point, a relation's for an outline.
_DRAWN: Mapping[str, str] = {"Point": "node", "Polygon": "relation", "MultiPolygon": "relation"}
# About ten metres.
_PLACES = 4


def keys(
    found: Sequence[Placed], texts: Sequence[Mapping[str, str]], names: Sequence[str]
) -> list[str]:
    """Find what a file calls each of its features.

    Args:
        found: The features.
        texts: Their properties as text, in the same order.
        names: Their names, in the same order; empty where they have none.

    Returns:
        ``way/123`` where they are OpenStreetMap's, the property that is there to tell them apart
        where one does, else name and rounded place. No two are alike.
    """
    column = _telling(found, texts)
    known = [
        osm_key(one, said) or (_in_layer(one, said[column]) if column else _where(one, name))
        for one, said, name in zip(found, texts, names, strict=True)
    ]
    return _numbered(known)


def osm_key(one: Placed, said: Mapping[str, str]) -> str:
    """Say what OpenStreetMap calls a feature, as ``node/123``; nothing where it is not theirs."""
    whole = said.get("@id", "")
    kind, _, number = whole.partition("/")
    if kind in _KINDS and number.isdigit():
        return whole
    short = said.get("full_id", "")
    if short[:1] in _LETTERS and short[1:].isdigit():
        return f"{_LETTERS[short[:1]]}/{short[1:]}"
    if said.get("osm_way_id"):
        return f"way/{said['osm_way_id']}"
    if not said.get("osm_id"):
        return ""
    shape = one.feature.shape
    drawn = "node" if shape is None else _DRAWN.get(shape.geom_type, "way")
    named = said.get("osm_type", "")
    return f"{named if named in _KINDS else drawn}/{said['osm_id']}"


def _telling(found: Sequence[Placed], texts: Sequence[Mapping[str, str]]) -> str:
    """Find the property that tells all features apart."""
    every = dict.fromkeys(name for said in texts for name in said)
    plain = {normalise_heading(name): name for name in every}
    for wanted in _IDS:
        name = plain.get(normalise_heading(wanted))
        if name is None or not all(name in said for said in texts):
            continue
        held = {_in_layer(one, said[name]) for one, said in zip(found, texts, strict=True)}
        if len(held) == len(texts):
            return name
    return ""


def _in_layer(one: Placed, key: str) -> str:
    return f"{one.feature.layer}/{key}" if one.feature.layer else key


def _where(one: Placed, name: str) -> str:
    where = ",".join(f"{v:.{_PLACES}f}" for v in reversed(one.point)) if one.point else ""
    return f"{name}@{where}"


def _numbered(known: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    named = []
    for key in known:
        seen[key] += 1
        named.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return named
