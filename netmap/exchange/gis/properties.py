"""The properties of a feature as text, whatever type a format gave them."""

import json
import re
from collections.abc import Mapping

from netmap.exchange.gis.hstore import tags_in, tags_of
from netmap.tables import as_text, tidy

_TAGS = frozenset({"other_tags", "all_tags", "tags"})
_LONGEST_WHOLE = 2**53
_HALVES = re.compile("[\ud800-\udfff]")


def text_of(value: object) -> str:
    """Write a value as a register's file would hold it; nothing for what is empty.

    Lists are joined by ``;``, yes and no are words, whole numbers have no point.
    """
    match value:
        case None:
            return ""
        case float() if value.is_integer() and abs(value) < _LONGEST_WHOLE:
            return str(int(value))
        case float():
            return "" if value != value else repr(value)  # noqa: PLR0124  # NaN: an empty cell
        case Mapping():
            return plain(json.dumps(value, ensure_ascii=False, default=str))
        case list() | tuple():
            return ";".join(filter(None, map(text_of, value)))
        case bytes():
            return ""
        case _:
            return plain(as_text(value))


def plain(text: str) -> str:
    """Tidy text; halves of characters, which JSON can hold and no file can, are replaced."""
    return tidy(_HALVES.sub("\ufffd", text))


def texts(properties: Mapping[str, object]) -> dict[str, str]:
    """Write all properties as text, tags unpacked from the one property that holds them.

    Returns:
        Name to text, in the file's order, without empty ones. A property of its own goes before a
        tag of the same name. Tags that cannot be unpacked stay as they are.
    """
    own: dict[str, str] = {}
    tagged: dict[str, str] = {}
    for name, value in properties.items():
        tags = _tags(name, value)
        if tags is None:
            own[plain(name)] = text_of(value)
        else:
            tagged |= {plain(key): plain(text) for key, text in tags.items()}
    return {name: text for name, text in {**tagged, **own}.items() if name and text}


def _tags(name: str, value: object) -> dict[str, str] | None:
    if name.casefold() not in _TAGS:
        return None
    if isinstance(value, Mapping):
        return tags_in(value)
    return tags_of(value) if isinstance(value, str) and value.strip() else None
