"""Scrubbing: rows without staff's columns, and without the words that must not turn up in them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from netmap.language import N_, _
from netmap.networks.models import Area
from netmap.networks.records import Record
from netmap.networks.secret_words import SecretWords

# What stands for a word that is taken out; said in the language in force.
REMOVED = N_("[withheld]")
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
    return SecretWords(words, _(REMOVED)).out_of if words else lambda text: text


def with_cells(row: R, cells: Mapping[str, Any]) -> R:
    """Give a row with other cells; the row itself where they are its own already."""
    other = {column: value for column, value in cells.items() if getattr(row, column) != value}
    return row.model_copy(update=other) if other else row


def plain(row: R, scrub: Callable[[str], str]) -> R:
    """Take staff's columns from a row, and every mention of what is withheld."""
    update: dict[str, Any] = {"notes": None, "extra": {}}
    for column, value in vars(row).items():
        if column in _KEYS or column in update:
            continue
        if isinstance(value, str):
            clean: Any = scrub(value)
        elif column == "aliases":
            clean = tuple(map(scrub, value))
        else:
            continue
        update[column] = clean
    return with_cells(row, update)


def plain_area(area: Area, scrub: Callable[[str], str]) -> Area:
    """Take staff's columns from an area; its name stays, whatever else goes by it."""
    source = scrub(area.source) if area.source else None
    return with_cells(area, {"notes": None, "extra": {}, "source": source})
