"""Parts of a directory's records, read so that a wrong type costs a cell and never a crash.

Records have other names for the same thing in the versions of the standard; every reader names
them all, the present one first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.tables import as_text, tidy

_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(
    r"</(?:p|div|span|strong|em|b|i|u|a|ul|ol|li|h\d)>|<br\s*/?>|&(?:amp|nbsp|#\d+|[rl]squo|quot);",
    re.IGNORECASE,
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # halves of characters, which no file can hold
Part = Mapping[str, Any]
LISTS = frozenset(
    {
        "attributes", "service_taxonomys", "link_taxonomys", "contacts", "phones", "schedules",
        "regular_schedules", "service_at_locations", "service_areas", "languages",
        "cost_options", "locations", "addresses", "physical_addresses",
        "organization_identifiers", "eligibilitys", "services",
    }
)  # fmt: skip
TEXTS = frozenset(
    {
        "name", "description", "url", "website", "email", "status", "application_process",
        "fees", "fees_description", "assured_date", "alternate_name", "minimum_age",
        "maximum_age", "latitude", "longitude",
    }
)  # fmt: skip


def text(part: Part, *names: str) -> str:
    """Give the first of these that is text or a number, tidied; empty where none is."""
    for name in names:
        value = part.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found = tidy(_SURROGATES.sub("", as_text(value)))
            if found:
                return found
    return ""


def words(part: Part, *names: str) -> str:
    """Give such a text without the markup of web pages, which older feeds have in it."""
    found = text(part, *names)
    if not _MARKUP.search(found):
        return found
    lines = _BREAKS.sub("\n", found)
    plain = unescape(_TAG.sub("", lines))
    return tidy(re.sub(r"[ \t\xa0]+", " ", re.sub(r"\s*\n\s*", "\n", plain)))


def parts(part: Part, *names: str) -> list[Part]:
    """Give the records under all of these, a single one as a list of one."""
    found: list[Part] = []
    for name in names:
        value = part.get(name)
        if isinstance(value, dict):
            found.append(value)
        elif isinstance(value, list):
            found.extend(one for one in value if isinstance(one, dict))
    return found


def part_of(part: Part, *names: str) -> Part:
    """Give the first record under any of these; an empty one where there is none."""
    return next(iter(parts(part, *names)), {})


def is_true(part: Part, name: str) -> bool:
    """Tell whether something is said to be so, in any of the ways this is written."""
    value = part.get(name)
    return value is True or str(value).strip().casefold() in {"true", "yes", "y", "1", "t"}


def is_false(part: Part, name: str) -> bool:
    """Tell whether something is said not to be so; saying nothing does not count."""
    value = part.get(name)
    return value is False or str(value).strip().casefold() in {"false", "no", "n", "0", "f"}


def joined(items: Iterable[str]) -> str:
    """Write a list in one cell, each item once; semicolons within items become commas."""
    return ";".join(dict.fromkeys(item.replace(";", ",") for item in items if item))


def oddities(part: Part, spot: Spot) -> Iterator[Note]:
    """Say which members of a record are not what the standard has there."""
    for name, value in part.items():
        if name in LISTS and value is not None:
            listed = value if isinstance(value, list) else [value]
            wrong = sum(not isinstance(one, dict) for one in listed)
        else:
            wrong = int(name in TEXTS and isinstance(value, dict | list))
        if wrong:
            message = f"'{name}' does not hold what it should; that much of it is left out."
            yield Note(Outcome.WARNED, "wrong-type", message, replace(spot, column=name))
