"""Which column of a register a property of somebody's layer means.

Only names that can mean one thing: what is uncertain stays a column of people's own, and nothing
is ever taken for ``contact``, which decides who may see what.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from pydantic import ValidationError

from netmap.networks.cells import Reading
from netmap.networks.models import TABLES, columns
from netmap.tables import normalise_heading
from netmap.vocabulary import Vocabularies

_NAMES = ("name", "title", "label", "place name", "site name", "centre name", "center name",
          "facility name", "group name", "name of group", "activity name", "service name",
          "project name", "club name", "group", "club", "project", "venue name")  # fmt: skip
# Names in order of preference where a layer, or a feature, has several.
_SAME: Final[Mapping[str, tuple[str, ...]]] = {
    "website": ("website", "contact:website", "url", "contact:url", "web", "web site",
                "web address", "webpage", "web page", "homepage"),
    "phone": ("phone", "contact:phone", "telephone", "tel", "phone number", "telephone number",
              "contact:mobile"),
    "email": ("email", "contact:email", "e mail", "email address"),
    "postcode": ("postcode", "addr:postcode", "post code", "postal code", "pcd", "pcds"),
}  # fmt: skip
_BY_TABLE: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "organisations": {
        "name": (*_NAMES, "organisation name", "organization name", "org name", "organisation",
                 "organization", "organisati", "organizati", "charity name", "charity"),
        **_SAME,
    },
    "activities": {
        "name": _NAMES,
        "description": ("description", "desc", "details", "about"),
        "schedule": ("schedule", "opening hours", "opening times", "times", "when"),
        "organisation": ("organisation", "organization", "operator", "provider", "run by"),
        "step_free": ("step free", "wheelchair", "wheelchair access", "wheelchair accessible"),
        **_SAME,
    },
    "areas": {},
}  # fmt: skip
# Names of other things than what the layer is of.
_OTHERS_NAME = re.compile(
    r"(?:street|road|town|city|village|ward|area|lsoa|msoa|lad|district|county|region|file|layer|user"
    r"|first|last|sur|fore|full|contact|person|manager|lead|owner|building|alt|other|old|short|nick)"
    r"name$"
)
_OSM_NAMES = ("name", "name:en", "official_name", "short_name")
# These are decided by the shape or the key, or would say more than a layer can know.
_NEVER = frozenset({"id", "code", "contact", "count", "part_of", "latitude", "longitude"})
# Cells that are passed on as they are: reading has its own words for what is wrong with them.
_AS_THEY_ARE = frozenset(
    {"name", "website", "phone", "email", "postcode", "visibility", "consent_until"}
)


def properties_by_column(
    names: Iterable[str], table: str, *, osm: bool
) -> dict[str, tuple[str, ...]]:
    """Match the properties of a layer to the columns of a table.

    Args:
        names: The properties' names.
        table: ``organisations``, ``activities`` or ``areas``.
        osm: They are OpenStreetMap's tags, a language of its own, in which ``area`` or ``source``
            are about the map rather than about the thing.

    Returns:
        Column to the properties that may hold it, the likeliest first.
    """
    plain: dict[str, list[str]] = {}
    for name in names:
        plain.setdefault(normalise_heading(name), []).append(name)
    same = dict(_BY_TABLE[table])
    if osm:
        same["name"] = _OSM_NAMES
    else:
        given = (name for name in columns(TABLES[table]) if name not in _NEVER)
        same |= {name: (name,) for name in given if name not in same}
    taken: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for column, known in same.items():
        held = [one for n in known for one in plain.get(normalise_heading(n), ())]
        new = tuple(dict.fromkeys(one for one in held if one not in taken))
        taken.update(new)
        if new:
            found[column] = new
    if "name" in same and "name" not in found and not osm:
        likely = [name for name in names if name not in taken and _may_name(name)]
        found |= {"name": (likely[0],)} if len(likely) == 1 else {}
    return found


def names_oddly(name: str, table: str) -> bool:
    """Tell whether a property that is taken for the name is called by no usual word for it."""
    known = _BY_TABLE[table].get("name", ())
    return normalise_heading(name) not in {normalise_heading(one) for one in known}


def _may_name(name: str) -> bool:
    plain = normalise_heading(name)
    return plain.endswith("name") and not _OTHERS_NAME.search(plain)


def fits(table: str, column: str, text: str, vocabularies: Vocabularies) -> bool:
    """Tell whether a register's column can hold what a property of its name says."""
    if column in _AS_THEY_ARE:
        return True
    if column in {"area", "main_settlement"}:
        # In a GIS an area is as often a number of square metres.
        return not text.replace(".", "", 1).isdigit()
    model, reading = TABLES[table], Reading(vocabularies)
    try:
        row = model.model_validate({**_NEEDED[table], column: text}, context=reading)
    except ValidationError:
        return False
    return getattr(row, column) not in {None, ()}


_NEEDED: Final[Mapping[str, Mapping[str, str]]] = {
    "organisations": {"id": "a", "name": "a"},
    "activities": {"id": "a", "name": "a"},
    "areas": {"code": "a", "name": "a"},
}


def own_heading(name: str, table: str) -> str:
    """Name a column of people's own, so that it is none of the register's columns."""
    return f"layer {name}" if normalise_heading(name) in _taken(table) else name


@cache
def _taken(table: str) -> frozenset[str]:
    return frozenset(normalise_heading(column) for column in columns(TABLES[table]))
