"""From a thing somebody drew to an organisation's row, or the reason why it is none."""

import re
from collections.abc import Iterator, Mapping

from netmap.exchange.draft import DraftRow, Note, Outcome
from netmap.exchange.graphs.drawing import Thing
from netmap.exchange.graphs.network import (
    APPROXIMATE,
    AREA_NAME,
    AREA_POINT,
    OWN_PREFIX,
    POSTCODE_POINT,
    REGISTER_ID,
    STANDS_AT,
)
from netmap.networks.models import Organisation, columns
from netmap.places import tidy_postcode
from netmap.tables import normalise_heading, tidy
from netmap.vocabulary import Vocabularies

_PROPER = {normalise_heading(name): name for name in columns(Organisation) if name != "id"}
_ALSO = {
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "long": "longitude",
    "url": "website",
    "telephone": "phone",
    "postalcode": "postcode",
}
_LISTS = frozenset({"roles", "aliases", "identifiers", "led_by"})
_VOCABULARIES = {"roles": "role", "sector": "sector", "led_by": "community"}
_TYPES = frozenset({"type", "elementtype", "nodetype", "entitytype", "kind"})
_SAYS_NOTHING = frozenset({"organisation", "organization", "organisations", "organizations"})
_PEOPLE = frozenset({"person", "persons", "people", "individual", "individuals"})
_LOCATION, _LABEL = "location", "label"
_PLACED = frozenset({_LOCATION, "latitude", "longitude"})
# Worked out for the picture; the register knows them better.
_DERIVED = frozenset(
    normalise_heading(name)
    for name in (REGISTER_ID, STANDS_AT, AREA_NAME, APPROXIMATE, _LABEL, "tags", "type")
) | {"description"}
_STANDS = frozenset({normalise_heading(STANDS_AT), "locationis"})
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
# What programs call a node that nobody named: n0, n0::n12, 17, elem-4.
_NO_NAME = re.compile(r"(?:[A-Za-z]{0,4}[-_:]*\d+)+")
_COORDINATES = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*")
Cells = dict[str, str]


def register_id(thing: Thing) -> str:
    """Give the id that netmap's own export put on it; empty for everybody else's."""
    wanted = normalise_heading(REGISTER_ID)
    found = next((t for h, t in thing.fields.items() if normalise_heading(h) == wanted), "")
    return found if _SLUG.fullmatch(found) else ""


def at_no_point_of_its_own(thing: Thing) -> bool:
    """Tell whether netmap drew it where its area or postcode is, for want of its own point."""
    return register_id(thing) != "" and any(
        text.startswith((AREA_POINT, POSTCODE_POINT)) and normalise_heading(heading) in _STANDS
        for heading, text in thing.fields.items()
    )


def is_person(thing: Thing) -> bool:
    """Tell whether its type says that it is a person."""
    return not register_id(thing) and any(
        normalise_heading(heading) in _TYPES and text.strip().casefold() in _PEOPLE
        for heading, text in thing.fields.items()
    )


def organisation_of(
    thing: Thing, vocabularies: Vocabularies, notes: list[Note], *, bars: bool
) -> DraftRow | None:
    """Understand a thing as an organisation.

    Args:
        thing: Neither a person nor a box.
        vocabularies: For roles, sectors and communities.
        notes: Gets what was noticed about its cells.
        bars: Whether ``|`` stands between the values of a list.

    Returns:
        A row with the key of the thing, or netmap's own id; None where it has no name.
    """
    own = register_id(thing)
    cells: Cells = {"id": own} if own else {}
    used: Cells = {}
    for heading, raw in thing.fields.items():
        text = tidy(raw)
        if not text:
            continue
        for column, value in _cells(thing, heading, text, vocabularies, own=bool(own)):
            if column in cells:
                value = _added(column, cells[column], value)  # noqa: PLW2901  # two headings, one column
            cells[column] = value
            used[column] = thing.columns.get(heading, heading)
    name = cells.get("name") or _name(thing, own=bool(own))
    if not name:
        return None
    cells = {**cells, "name": name}
    _settle_lists(cells, bars=bars or not own)
    _settle_terms(cells, vocabularies)
    _without_nowhere(thing, cells, notes)
    return DraftRow("organisations", cells, thing.spot, own or thing.key, used)


def _cells(
    thing: Thing, heading: str, text: str, vocabularies: Vocabularies, *, own: bool
) -> Iterator[tuple[str, str]]:
    plain = normalise_heading(heading)
    column = _PROPER.get(plain) or _ALSO.get(plain)
    if own and heading.startswith(OWN_PREFIX):
        yield heading.removeprefix(OWN_PREFIX), text
    elif own and plain in _derived(thing):
        return
    elif plain == _LOCATION:
        yield from _located(text)
    elif plain in _TYPES and not own:
        yield from _typed(heading, text, vocabularies)
    elif plain == "id":
        yield "id in the file", text
    elif plain == _LABEL:
        if text != thing.label and _has_name(thing):
            yield heading, text
    else:
        yield column or heading, text


def _derived(thing: Thing) -> frozenset[str]:
    return _DERIVED | _STANDS | (_PLACED if at_no_point_of_its_own(thing) else frozenset())


def _has_name(thing: Thing) -> bool:
    return any(normalise_heading(heading) == "name" for heading in thing.fields)


def _typed(heading: str, text: str, vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    role, sector = vocabularies["role"].resolve(text), vocabularies["sector"].resolve(text)
    if role:
        yield "roles", role
    elif sector:
        yield "sector", sector
    elif text.casefold() not in _SAYS_NOTHING:
        yield heading, text


def _located(text: str) -> Iterator[tuple[str, str]]:
    degrees = _COORDINATES.fullmatch(text)
    if degrees:
        yield "latitude", degrees[1]
        yield "longitude", degrees[2]
    elif postcode := tidy_postcode(text):
        yield "postcode", postcode
    else:
        yield _LOCATION, text


def _added(column: str, before: str, value: str) -> str:
    """Put two cells for one column together: lists grow, of the rest the first stays."""
    return f"{before};{value}" if column in _LISTS else before


def _name(thing: Thing, *, own: bool) -> str:
    label = tidy(thing.label) or next(
        (tidy(t) for h, t in thing.fields.items() if normalise_heading(h) == _LABEL), ""
    )
    if own:
        return label
    # Programs break long labels into lines to fit the box.
    return " ".join(label.split()) or ("" if _NO_NAME.fullmatch(thing.key) else tidy(thing.key))


def _settle_lists(cells: Cells, *, bars: bool) -> None:
    for column in _LISTS & set(cells):
        text = cells[column].replace("|", ";") if bars else cells[column]
        items = [item.strip() for item in text.split(";")]
        cells[column] = ";".join(dict.fromkeys(item for item in items if item))


def _settle_terms(cells: Cells, vocabularies: Vocabularies) -> None:
    for column in set(_VOCABULARIES) & set(cells):
        known = vocabularies[_VOCABULARIES[column]]
        words = cells[column].split(";") if column in _LISTS else [cells[column]]
        cells[column] = ";".join(known.resolve(word) or word for word in words)


def _without_nowhere(thing: Thing, cells: Cells, notes: list[Note]) -> None:
    both = (cells.get("latitude"), cells.get("longitude"))
    if all(text is not None and _is_nought(text) for text in both):
        message = "0, 0 lies in the Gulf of Guinea; it is left without a place."
        notes.append(Note(Outcome.MENDED, "no-place", message, thing.spot, "0, 0", ""))
        del cells["latitude"], cells["longitude"]


def _is_nought(text: str) -> bool:
    try:
        return float(text) == 0
    except ValueError:
        return False


def merged(first: DraftRow, later: Mapping[str, str]) -> DraftRow:
    """Lay the cells of a later row over those of the first, which keeps its place."""
    return DraftRow(first.table, {**first.cells, **later}, first.spot, first.key, first.columns)
