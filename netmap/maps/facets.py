"""By what a map can be narrowed down: roles, communities, approaches, languages, open, days.

A row says its terms in words, but for days of the week, months and what is not recorded, which
are codes; here they are collected into facets and numbered, so that tables, markers and the packed
columns of large maps all name them alike.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from netmap import language
from netmap.language import N_, _
from netmap.maps.cards import Layer, Tags
from netmap.times import WEEKDAYS

NOT_RECORDED = N_("not recorded")
LABELS = {
    "role": N_("Role"),
    "community": N_("Community"),
    "approach": N_("Approach"),
    "language": N_("Language"),
    "open": N_("Open or specific"),
    "day": N_("Day of the week"),
    "month": N_("Month of events"),
}
_DAYS = {name[:2].upper(): name for name in WEEKDAYS}
_MONTH = re.compile(r"\d{4}-\d{2}")
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
        codes: What rows call the terms; empty where they say them in the same words.
    """

    key: str
    label: str
    terms: tuple[str, ...]
    first: int
    codes: tuple[str, ...] = ()


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
            words = _words(key, said[key])
            codes = tuple(sorted(words, key=lambda code: _order(code, words[code])))
            terms = tuple(words[code] for code in codes)
            found.append(Facet(key, _(label), terms, first, () if codes == terms else codes))
            first += len(terms)
    return tuple(found)


def _words(key: str, codes: Iterable[str]) -> Mapping[str, str]:
    """Say the terms of a facet."""
    words = {code: code for code in codes}
    if key == "day":
        days = dict(zip(WEEKDAYS, language.weekday_names(), strict=True))
        words |= {code: days[code] for code in words if code in days}
    elif key == "month":
        months = (code for code in words if code != NOT_RECORDED)
        words |= {code: language.month(date.fromisoformat(f"{code}-01")) for code in months}
    if NOT_RECORDED in words:
        words[NOT_RECORDED] = _(NOT_RECORDED)
    return words


def _order(code: str, words: str) -> tuple[int, str]:
    if code in WEEKDAYS:
        return WEEKDAYS.index(code), code
    if _MONTH.fullmatch(code):
        return len(WEEKDAYS), code
    return len(WEEKDAYS) + (code == NOT_RECORDED), words.casefold()


def numbers(facet: Facet, terms: Iterable[str]) -> tuple[int, ...]:
    """Number some terms of one facet, as rows say them."""
    known = facet.codes or facet.terms
    return tuple(sorted(facet.first + known.index(term) for term in terms))


def numbered(facets: Sequence[Facet], tags: Tags) -> tuple[int, ...]:
    """Number all terms of a row."""
    return tuple(n for facet in facets for n in numbers(facet, tags.get(facet.key, ())))


def or_unknown(terms: Iterable[str]) -> tuple[str, ...]:
    """Give terms, each once, or the code for none."""
    return tuple(dict.fromkeys(filter(None, terms))) or (NOT_RECORDED,)


def month_of(starts: str) -> str:
    """Give the code of the month of a start, ISO 8601: ``2027-02``."""
    return starts[:7]


def weekdays(schedule: str | None) -> tuple[str, ...]:
    """Give the codes of a schedule's weekdays, a repeat rule or plain English; none if it has none.

    The codes are the names in :mod:`netmap.times`.
    """
    text = schedule or ""
    rule = _BYDAY.search(text)
    if rule:
        wanted = {part.strip()[-2:].upper() for part in rule[1].split(",")}
    else:
        wanted = {name[:2].upper() for name in _NAMED.findall(text)}
    return tuple(name for short, name in _DAYS.items() if short in wanted)
