"""Ids made from names, and what names and identifiers are compared by."""

import re
import unicodedata
from collections.abc import Container

from netmap.networks.areas import plain
from netmap.places import tidy_postcode

LONGEST_ID = 60
# A letter for the country, two digits for the kind of area, six for the area.
ONS_CODE = re.compile(r"[EWSNKJLM]\d{8}")
# Letters that do not come apart into a plain one and an accent.
_FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "\u0131": "i",
        "'": "",
        "\u2019": "",
        "\u2018": "",
        "&": " and ",
    }
)
_SINGULAR = {"organisations": "organisation", "activities": "activity", "areas": "area"}


def slug(name: str, longest: int = LONGEST_ID) -> str:
    """Write a name with lower-case letters, digits and hyphens alone; empty where none is left."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) <= longest:
        return words
    cut = words[: longest + 1]
    return (cut.rpartition("-")[0] or words[:longest]).strip("-")


def new_id(table: str, name: str, taken: Container[str]) -> str:
    """Make an id from a name, or from the table's where nothing of the name is left.

    Args:
        table: ``organisations``, ``activities`` or ``areas``.
        name: What people call it.
        taken: The ids that stand for something else.
    """
    whole = slug(name)
    if whole and whole not in taken:
        return whole
    number = 2 if whole else 1
    while True:
        ending = f"-{number}"
        stem = slug(name, LONGEST_ID - len(ending)) or _SINGULAR[table]
        if stem + ending not in taken:
            return stem + ending
        number += 1


def compared(name: str) -> str:
    """Reduce a name to what is compared, as areas' names are; one of signs alone stays."""
    return plain(name) or name


def squeezed(identifier: str) -> str:
    """Reduce an identifier such as ``GB-CHC-1234567`` to what is compared."""
    return re.sub(r"\s+", "", identifier).casefold()


def same_postcode(one: str, other: str) -> bool:
    """Tell whether two postcodes can be of one place; an unknown one can be any."""
    return not one or not other or (tidy_postcode(one) or one) == (tidy_postcode(other) or other)
