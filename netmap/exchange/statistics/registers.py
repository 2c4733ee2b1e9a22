"""Telling a list of groups, with the codes of their areas, from a published table about areas.

Both have codes, and numbers beside them; only a list of groups says where to write or ring.
"""

import re
from collections.abc import Iterable
from functools import cache

from netmap.exchange.spreadsheets.aliases import aliases_of
from netmap.exchange.statistics.frame import Frame
from netmap.tables import normalise_heading

_COLUMNS = {
    "organisations": ("website", "email", "phone", "roles"),
    "activities": ("organisation", "schedule", "venue", "approach", "cost"),
}
_POSTCODE = re.compile(r"(?:post|postal|zip)code|pcd[278s]?")
# A name alone may be an area's; these say whose it is.
_BODIES = re.compile(
    r"\b(?:groups?|organi[sz]ations?|charit(?:y|ies)|projects?|activit(?:y|ies)|services?|clubs?"
    r"|providers?|partners?|venues?|events?|sessions?|hubs?)\b"
)


def is_of_a_register(frame: Frame) -> bool:
    """Tell whether a table lists groups or activities rather than areas."""
    return names_bodies(frame.headings) or any(map(_POSTCODE.fullmatch, _plain(frame.headings)))


def names_bodies(headings: Iterable[str]) -> bool:
    """Tell whether headings are those of a list of groups, organisations or activities."""
    return not _headings().isdisjoint(_plain(headings))


def _plain(headings: Iterable[str]) -> set[str]:
    return {normalise_heading(heading) for heading in headings}


@cache
def _headings() -> frozenset[str]:
    found = {"address", "contact", "contactname", "keycontact"}
    for table, columns in _COLUMNS.items():
        names = aliases_of(table).names
        found |= {normalise_heading(one) for column in columns for one in (column, *names[column])}
        found |= {normalise_heading(one) for one in names["name"] if _BODIES.search(one.casefold())}
    return frozenset(found)
