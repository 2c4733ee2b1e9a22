"""Kumu's JSON: written as a blueprint that Kumu opens from a link, and read, whole projects too."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.graphs.drafts import draft_of
from netmap.exchange.graphs.drawing import Drawing, Link, Thing
from netmap.exchange.graphs.kumu import Value, kumu_cannot_carry, kumu_map
from netmap.exchange.graphs.network import texts_of
from netmap.exchange.opening import content_of, json_from
from netmap.exchange.tabular.about import whence
from netmap.exchange.tabular.cells import allowed, forbidden_texts, written
from netmap.networks.register import Register
from netmap.tables import normalise_heading
from netmap.vocabulary import Vocabularies

KIND, UNIT = "kumu", "elements and connections"
_ARRAYS = (re.compile(rb'"elements"\s*:\s*\['), re.compile(rb'"connections"\s*:\s*\['))
_LARGEST = 64 * 2**20
_BLUEPRINT = frozenset({"elements", "connections", "loops"})
_ID, _TYPE = frozenset({"id"}), frozenset({"type", "elementtype"})


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write the organisations and ties of a register as a Kumu blueprint.

    Args:
        register: As its audience may see it.
        vocabularies: For the words people see.

    Returns:
        UTF-8 JSON with ``elements`` and ``connections`` alone, as a link to it needs; the same
        register gives the same. Every element says in its description where it is from.
    """
    drawn = kumu_map(register, vocabularies)
    said = allowed(whence(register))
    elements = [
        {
            "id": one.id,
            "label": one.label,
            "type": one.type,
            "description": said,
            "tags": list(one.tags),
            **_plain(one.fields),
        }
        for one in drawn.elements
    ]
    connections = [
        {
            "id": one.id,
            "from": one.source,
            "to": one.target,
            "direction": "directed",
            "type": one.type,
            **_plain(one.fields),
        }
        for one in drawn.connections
    ]
    document = {"elements": elements, "connections": connections}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register a Kumu blueprint does not hold."""
    return (*kumu_cannot_carry(register), *forbidden_texts(texts_of(register)))


def recognises(file: Path) -> bool:
    """Tell whether a file is Kumu's JSON: it has lists of elements and of connections."""
    try:
        if not file.name.lower().endswith(".json") or file.stat().st_size > _LARGEST:
            return False
        content = file.read_bytes()
    except OSError:
        return False
    return all(array.search(content) for array in _ARRAYS)


def read(file: Path, shown: str, vocabularies: Vocabularies, tie_kind: str = "") -> Draft:
    """Read the elements and connections of Kumu's JSON as organisations and ties.

    Args:
        file: A blueprint, or the export of a whole project.
        shown: How messages name it.
        vocabularies: For roles and kinds of ties.
        tie_kind: What ties are whose kind the file does not say; empty sets them aside.

    Raises:
        UnreadableFileError: It is not JSON, or has no lists of elements and connections.
    """
    document = json_from(content_of(file, shown), shown)
    if not isinstance(document, dict):
        raise UnreadableFileError(shown, "it has no elements and connections, as Kumu's files do")
    elements, connections = (_list(document, name, shown) for name in ("elements", "connections"))
    set_aside: list[Note] = []
    things = [
        _thing(one, Spot(shown, "elements", number))
        for number, one in _dicts(elements, shown, "elements", set_aside)
    ]
    links = [
        _link(one, Spot(shown, "connections", number))
        for number, one in _dicts(connections, shown, "connections", set_aside)
    ]
    notes = () if set(document) <= _BLUEPRINT else (_whole_project(shown),)
    drawing = Drawing(
        tuple(things), tuple(links), notes, tuple(set_aside), by_label=True, overwrites=True
    )
    return draft_of(KIND, UNIT, drawing, vocabularies, tie_kind)


def _plain(fields: Mapping[str, Value]) -> dict[str, object]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items()}


def _list(document: Mapping[str, Any], name: str, shown: str) -> list[Any]:
    found = document.get(name)
    if found is None and name == "connections":
        return []
    if not isinstance(found, list):
        raise UnreadableFileError(shown, f"it has no list of {name}, as Kumu's files do")
    return found


def _dicts(
    many: list[Any], shown: str, what: str, set_aside: list[Note]
) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number, one in enumerate(many, start=1):
        if isinstance(one, dict):
            found.append((number, one))
        else:
            message = "it is not written as Kumu writes it."
            spot = Spot(shown, what, number)
            set_aside.append(Note(Outcome.REFUSED, "bad-element", message, spot))
    return found


def _whole_project(shown: str) -> Note:
    message = (
        "it is the export of a whole project; only its elements and connections are read, and "
        "some of them may have been put in the trash."
    )
    hint = "Look through the list of new organisations before you import."
    return Note(Outcome.WARNED, "whole-project", message, Spot(shown), hint=hint)


def _thing(one: dict[str, Any], spot: Spot) -> Thing:
    fields = _texts(one)
    identity = _taken(fields, _ID)
    label = _taken(fields, frozenset({"label"}))
    kind = next((t for h, t in fields.items() if normalise_heading(h) in _TYPE), "")
    return Thing(spot, kumu_key(identity, label, kind), label, fields)


def _link(one: dict[str, Any], spot: Spot) -> Link:
    fields = _texts(one)
    _taken(fields, _ID)
    ends = [_taken(fields, frozenset({name})) for name in ("from", "to")]
    label = _taken(fields, frozenset({"label"}))
    direction = _taken(fields, frozenset({"direction"})).lower() or "directed"
    return Link(spot, ends[0], ends[1], label, direction, fields)


def kumu_key(identity: str, label: str, kind: str) -> str:
    """Say what makes an element the same for Kumu: its id, else label and type, else label."""
    return identity or (f"{label} ({kind})" if kind and label else label)


def _texts(one: Mapping[str, Any]) -> dict[str, str]:
    """Give the fields of an element as text; a whole project has most of them in ``attributes``."""
    inner = one.get("attributes")
    said = {**one, **inner} if isinstance(inner, dict) else dict(one)
    if "_id" in said:
        said["id"] = said.pop("_id")
    return {
        str(name): _text(value)
        for name, value in said.items()
        if name != "attributes" and not str(name).startswith("_") and _text(value)
    }


def _text(value: object) -> str:
    """Write a value as a cell: lists joined by `;`, whatever is nested as JSON."""
    match value:
        case list():
            return ";".join(_text(item).replace(";", ",") for item in value)
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return allowed(written(value))


def _taken(fields: dict[str, str], names: frozenset[str]) -> str:
    """Take the first field with one of these names out of the others."""
    heading = next((h for h in fields if normalise_heading(h) in names), None)
    return fields.pop(heading) if heading is not None else ""
