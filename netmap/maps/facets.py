"""By what a map can be narrowed down: roles, communities, approaches, languages, open, days.

A row says its terms in words; here they are collected into facets and numbered, so that tables,
markers and the packed columns of large maps all name them alike.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from netmap.maps.cards import Layer, Tags
from netmap.times import MONTHS, WEEKDAYS

NOT_RECORDED = "not recorded"
LABELS = {
    "role": "Role",
    "community": "Community",
    "approach": "Approach",
    "language": "Language",
    "open": "Open or specific",
    "day": "Day of the week",
    "month": "Month of events",
}
_DAYS = {name[:2].upper(): name for name in WEEKDAYS}
_BYDAY = re.compile(r"BYDAY=([A-Z0-9,+-]+)", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?s?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of terms to choose from.

    Attributes:
        key: ``role``, ``community``, ``approach``, ``language``, ``open``, ``day`` or ``month``.
        label: In plain words.
        terms: In plain words, in the order in which they are offered.
        first: The number of the first term; the others follow, through all facets of a page.
    """

    key: str
    label: str
    terms: tuple[str, ...]
    first: int


def facets_of(layers: Iterable[Layer]) -> tuple[Facet, ...]:
    """Collect the terms of all rows; a facet with nothing to choose between is left out."""
    said: dict[str, set[str]] = {key: set() for key in LABELS}
    for layer in layers:
        for row in layer.table.rows:
            for key, terms in row.tags.items():
                said[key].update(terms)
        for key, values in layer.block.tags.items() if layer.block else ():
            said[key].update(term for terms in set(values) for term in terms)
    found: list[Facet] = []
    first = 0
    for key, label in LABELS.items():
        if said[key] - {NOT_RECORDED} and len(said[key]) > 1:
            terms = tuple(sorted(said[key], key=_order))
            found.append(Facet(key, label, terms, first))
            first += len(terms)
    return tuple(found)


def _order(term: str) -> tuple[int, str]:
    if term in WEEKDAYS:
        return WEEKDAYS.index(term), term
    month, _, year = term.partition(" ")
    if month in MONTHS and year.isdigit():
        return len(WEEKDAYS), f"{year} {MONTHS.index(month):02}"
    return len(WEEKDAYS) + (term == NOT_RECORDED), term.casefold()


def numbers(facet: Facet, terms: Iterable[str]) -> tuple[int, ...]:
    """Number some terms of one facet."""
    return tuple(sorted(facet.first + facet.terms.index(term) for term in terms))


def numbered(facets: Sequence[Facet], tags: Tags) -> tuple[int, ...]:
    """Number all terms of a row."""
    return tuple(n for facet in facets for n in numbers(facet, tags.get(facet.key, ())))


def or_unknown(terms: Iterable[str]) -> tuple[str, ...]:
    """Give terms, each once, or the one that says that there is none."""
    return tuple(dict.fromkeys(filter(None, terms))) or (NOT_RECORDED,)


def month_of(starts: str) -> str:
    """Name the month of a start, ISO 8601: ``February 2027``."""
    return f"{MONTHS[int(starts[5:7]) - 1]} {starts[:4]}"


def weekdays(schedule: str | None) -> tuple[str, ...]:
    """Name the weekdays of a schedule, a repeat rule or plain English; none where it says none."""
    text = schedule or ""
    rule = _BYDAY.search(text)
    if rule:
        wanted = {part.strip()[-2:].upper() for part in rule[1].split(",")}
    else:
        wanted = {name[:2].upper() for name in _NAMED.findall(text)}
    return tuple(name for short, name in _DAYS.items() if short in wanted)
