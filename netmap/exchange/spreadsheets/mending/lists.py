"""Several values in one cell: with semicolons, on lines, with bullets, or as program text."""

import ast
import json
import re
import warnings
from typing import Any

_LONGEST_PROGRAM_TEXT = 10_000
_LINES = re.compile(r"\s*(?:;|\||\n|[•●▪◦‣]|(?:^|\n)\s*[*\-\u2013\u2014]\s)\s*")
_BULLET = re.compile(r"\A(?:[•·●▪◦‣*\-\u2013\u2014]\s+|\d{1,2}[.)]\s+)+")
_COMMAS = re.compile(r"\s*,(?!\s*(?:City|County|Borough) of\b)\s*", re.IGNORECASE)
_QUOTED = re.compile(
    r"""\s*(?:(?P<text>[bur]?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")|(?P<bare>[^'"\[\]{}(),\s]+))"""
    r"""\s*(?:,|$)""",
    re.DOTALL,
)
_OPENS = {"[": "]", "{": "}", "(": ")"}
_NO_ITEM = frozenset({"None", "null", "nan", "NaN"})


def by_lines(text: str) -> tuple[str, ...]:
    """Split at semicolons, upright strokes, line breaks and bullets, where no name is cut."""
    return tuple(item for item in map(_without_bullet, _LINES.split(text)) if item)


def by_commas(text: str) -> tuple[str, ...]:
    """Split at commas too, but not within ``Bristol, City of``."""
    return tuple(item for line in by_lines(text) for item in _COMMAS.split(line) if item)


def from_program_text(text: str) -> tuple[str, ...] | None:
    """Read a list as a program printed it: ``['LS10 1NE', 'LS9']``, ``["a"]``, ``{"a","b"}``.

    Nothing is ever run: texts in quotation marks are read one by one.

    Args:
        text: The cell, tidied.

    Returns:
        The items in their order, without blanks around them; None where it is no such list.
    """
    if len(text) > _LONGEST_PROGRAM_TEXT or _OPENS.get(text[:1]) != text[-1:]:
        return None
    items = _from_json(text)
    if items is None:
        items = _one_by_one(text[1:-1].strip())
    if items is None:
        return None
    # JSON can spell half a character, which no file can hold.
    whole = (item.encode(errors="replace").decode() for item in items)
    return tuple(" ".join(item.split()) for item in whole if item.strip())


def _without_bullet(item: str) -> str:
    return _BULLET.sub("", item, count=1).strip() if item else ""


def _from_json(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(_is_item(item) for item in found):
        return None
    # A number in brackets alone is a footnote.
    if found and not any(isinstance(item, str) for item in found):
        return None
    return [str(item) for item in found if item is not None]


def _is_item(item: Any) -> bool:
    return item is None or (isinstance(item, str | int | float) and not isinstance(item, bool))


def _one_by_one(inside: str) -> list[str] | None:
    items: list[str] = []
    at, any_quoted = 0, False
    while at < len(inside):
        found = _QUOTED.match(inside, at)
        if found is None:
            return None
        any_quoted |= found["text"] is not None
        item = _unquoted(found["text"]) if found["text"] else found["bare"]
        if item is None:
            return None
        if item not in _NO_ITEM:
            items.append(item)
        at = found.end()
    return items if any_quoted else None


def _unquoted(literal: str) -> str | None:
    try:
        with warnings.catch_warnings():
            # Python warns of a backslash that means nothing; here it means a backslash.
            warnings.simplefilter("ignore")
            found = ast.literal_eval(literal)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None
    return found if isinstance(found, str) else None
