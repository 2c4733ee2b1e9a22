"""Grants in JSON: an object with ``grants``, pages of them, or a bare list."""

import re
from collections.abc import Iterator
from typing import Any

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grants.grant import Grant, Pile, Said
from netmap.exchange.grants.headings import (
    MANY,
    PERSON,
    RECIPIENT_TYPE,
    field_of,
    is_person,
)
from netmap.tables import as_text

_LISTS = ("grants", "results", "data", "items", "contents", "content")
_DEEPEST = 8
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # halves of characters, which no file can hold


def grants_of(document: Any, shown: str) -> Pile | None:
    """Read the grants of a document; None where it has no list of any.

    Args:
        document: As read from JSON.
        shown: How messages name the file.
    """
    listed = _listed(document)
    if listed is None:
        return None
    grants: list[Grant] = []
    broken: list[Note] = []
    unused: dict[str, None] = {}
    for number, item in enumerate(listed, start=1):
        spot = Spot(shown, "", number)
        if not isinstance(item, dict):
            message = "this is no grant: it has no parts with names."
            broken.append(Note(Outcome.REFUSED, "not-a-grant", message, spot))
            continue
        # GrantNav and others wrap each grant in what they know of its file.
        inner = item.get("data") if "amountAwarded" not in item else None
        grants.append(_grant(inner if isinstance(inner, dict) else item, spot, unused))
    return Pile(tuple(grants), (), tuple(broken), tuple(unused))


def _listed(document: Any) -> list[Any] | None:
    if isinstance(document, list):
        pages = [_listed(one) for one in document if isinstance(one, dict)]
        inner = [item for page in pages if page is not None for item in page]
        return inner or document
    if isinstance(document, dict):
        found = (document.get(name) for name in _LISTS)
        return next((one for one in found if isinstance(one, list)), None)
    return None


def _grant(item: dict[str, Any], spot: Spot, unused: dict[str, None]) -> Grant:
    if any(_is_person(key) and value for key, value in item.items()):
        return Grant(spot, to_a_person=True)
    found: dict[str, Said] = {}
    recipients = 1
    for path, text in _leaves(item):
        field = field_of(path)
        if field is None:
            unused[path.split("/", maxsplit=1)[0]] = None
            continue
        name, index = field
        if name == RECIPIENT_TYPE and is_person(text):
            return Grant(spot, to_a_person=True)
        if name in MANY and name in found:
            found[name] = Said(f"{found[name].text};{text}", found[name].column)
        elif index == 0 or name in MANY:
            found.setdefault(name, Said(text, path))
        elif name.startswith("recipient."):
            recipients = max(recipients, index + 1)
    return Grant(spot, found, recipients=recipients)


def _is_person(key: str) -> bool:
    field = field_of(key)
    return field is not None and field[0] == PERSON


def _leaves(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Walk to all that is text or number, with the way to it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}/{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}/{index}", depth + 1)
    elif text := _SURROGATES.sub("", as_text(value)).strip():
        yield path, text
