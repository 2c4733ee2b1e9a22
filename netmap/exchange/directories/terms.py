"""Taxonomy terms of a directory as the controlled terms of a register, where they are known.

Directories class services by words of their own. A term is taken where a vocabulary goes by its
name or code; one that is both a topic and a community is taken as what the service is about, since
a wrong community would shut others out. What nobody knows is kept in the column ``taxonomy``.
"""

import re
from collections.abc import Iterator

from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.parts import Part, joined, part_of, parts, text
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.vocabulary import Vocabularies

OWN_TAXONOMY = "netmap "
_ATTRIBUTES = ("attributes", "service_taxonomys", "link_taxonomys", "link_taxonomies")
_TERM = ("taxonomy_term", "taxonomy")
_WHO = re.compile(r"eligib|audience|suitab|circumstance|beneficiar|demograph|people|community|who")
OWN_COLUMNS = {
    "activities": {
        "communities": "community",
        "topics": "topic",
        "approach": "approach",
        "other_approaches": "approach",
        "focus": "focus",
        "access_routes": "access_route",
    },
    "organisations": {"roles": "role", "sector": "sector", "led_by": "community"},
}
_TRIED = {
    "activities": (("topics", "topic"), ("communities", "community"), ("approach", "approach")),
    "organisations": (("roles", "role"),),
}
_SINGLE = frozenset({"approach", "sector"})


def term_cells(
    record: Part, table: str, feed: Feed, vocabularies: Vocabularies, spot: Spot, notes: list[Note]
) -> dict[str, str]:
    """Read the terms of a service or organisation as cells.

    Args:
        record: The service or organisation, with terms at itself and at who may come.
        table: The register's table it goes to.
        feed: For terms that stand apart.
        vocabularies: The controlled terms.
        spot: Where the record stands.
        notes: Gets terms that can be read in two ways.
    """
    found: dict[str, list[str]] = {}
    for link, term in _terms(record, feed):
        name = text(term, "name", "term")
        own = _own(link, term, table, vocabularies)
        column, slug = own or _meant(link, term, table, vocabularies, spot, notes)
        if column in _SINGLE and found.get(column, [slug])[0] != slug:
            column = "other_approaches" if column == "approach" else "taxonomy"
        found.setdefault(column or "taxonomy", []).append(slug if column != "taxonomy" else name)
    return {column: cell for column, items in found.items() if (cell := joined(items))}


def _terms(record: Part, feed: Feed) -> Iterator[tuple[Part, Part]]:
    of_people = parts(record, "eligibilitys", "eligibilities")
    for part in (record, *of_people):
        for link in parts(part, *_ATTRIBUTES):
            term = part_of(link, *_TERM) or feed.terms.get(text(link, "taxonomy_term_id"), {})
            whole = {**feed.terms.get(text(term, "id"), {}), **term}
            if text(whole, "name", "term") or text(whole, "code"):
                yield ({**link, "link_type": "eligibility"} if part is not record else link), whole


def _own(link: Part, term: Part, table: str, vocabularies: Vocabularies) -> tuple[str, str] | None:
    """Know what netmap wrote itself: its taxonomy, and the column as the kind of link."""
    column = text(link, "link_type")
    vocabulary = OWN_COLUMNS[table].get(column, "")
    if not vocabulary or text(term, "taxonomy") != f"{OWN_TAXONOMY}{vocabulary}":
        return None
    code = text(term, "code").removeprefix(f"{vocabulary}:")
    slug = vocabularies[vocabulary].resolve(code or text(term, "name"))
    return (column, slug) if slug else None


def _meant(
    link: Part,
    term: Part,
    table: str,
    vocabularies: Vocabularies,
    spot: Spot,
    notes: list[Note],
) -> tuple[str, str]:
    names = [text(term, "code"), text(term, "name"), text(term, "term")]
    found = {
        column: slug
        for column, vocabulary in _TRIED[table]
        for slug in [_resolved(names, vocabulary, vocabularies)]
        if slug
    }
    if not found:
        return "taxonomy", names[1] or names[2] or names[0]
    if {"topics", "communities"} <= found.keys():
        about = " ".join((text(link, "link_type"), text(term, "taxonomy", "vocabulary")))
        if _WHO.search(about.casefold()):
            return "communities", found["communities"]
        message = f"'{names[1]}' may be what it is about or whom it is for; taken as what about."
        notes.append(Note(Outcome.WARNED, "two-readings", message, spot))
    return next(iter(found.items()))


def _resolved(names: list[str], vocabulary: str, vocabularies: Vocabularies) -> str | None:
    found = (vocabularies[vocabulary].resolve(name) for name in names if name)
    return next((slug for slug in found if slug), None)
