"""Scrubbing: rows without staff's columns, and without the words that must not turn up in them."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from netmap.networks.models import Area
from netmap.networks.records import Record

REMOVED = "[withheld]"
# Their values are terms and ids, which other rows go by.
_KEYS = frozenset(
    [
        "id",
        "code",
        "area",
        "parent",
        "organisation",
        "part_of",
        "owner",
        "source_organisation",
        "target_organisation",
        "main_settlement",
        "community",
        "measure",
        "confidence",
        "visibility",
        "contact",
    ]
)

R = TypeVar("R", bound=Record)


def scrubber(words: list[str]) -> Callable[[str], str]:
    """Make what takes these words out of a text, however they are spaced or capitalised."""
    if not words:
        return lambda text: text
    # However it is spaced: LS1 1UR is LS11UR.
    spaced = [re.sub(r"(?:\\\s)+", r"\\s*", re.escape(word)) for word in words]
    pattern = re.compile("|".join(rf"(?<!\w){word}(?!\w)" for word in spaced), re.IGNORECASE)
    return lambda text: pattern.sub(REMOVED, text)


def plain(row: R, scrub: Callable[[str], str]) -> R:
    """Take staff's columns from a row, and every mention of what is withheld."""
    update: dict[str, Any] = {"notes": None, "extra": {}}
    for column in type(row).model_fields:
        value = getattr(row, column)
        if isinstance(value, str) and column not in _KEYS:
            clean = scrub(value)
            if clean != value:
                update[column] = clean
        elif isinstance(value, tuple) and column == "aliases":
            update[column] = tuple(scrub(item) for item in value)
    return row.model_copy(update=update)


def plain_area(area: Area, scrub: Callable[[str], str]) -> Area:
    """Take staff's columns from an area; its name stays, whatever else goes by it."""
    source = scrub(area.source) if area.source else None
    return area.model_copy(update={"notes": None, "extra": {}, "source": source})
