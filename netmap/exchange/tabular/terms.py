"""Which columns hold controlled terms, the sheet that lists them, and the drop-downs that offer it.

The models of the tables know how a term is read, not which list a drop-down should show; a test
keeps the two in step.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from netmap.exchange.tabular.workbooks import Sheet
from netmap.tables import column_letter
from netmap.vocabulary import Vocabularies

TERMS_SHEET = "Terms"
# Column to vocabulary; where two tables mean different things by one word, with the table's name.
ONE_TERM: Mapping[str, str] = {
    "sector": "sector",
    "contact": "contact",
    "visibility": "visibility",
    "confidence": "confidence",
    "approach": "approach",
    "community_type": "community_type",
    "facilitation": "facilitation",
    "leadership": "leadership",
    "membership": "membership",
    "support": "support",
    "funding": "funding",
    "status": "status",
    "ties.kind": "tie_kind",
    "topic": "topic",
    "rural_urban": "rural_urban",
    "community": "community",
    "answer": "answer",
    "targets.measure": "measure",
}
SEVERAL_TERMS: Mapping[str, str] = {
    "roles": "role",
    "led_by": "community",
    "access_routes": "access_route",
    "other_approaches": "approach",
    "focus": "focus",
    "topics": "topic",
    "communities": "community",
    "values": "core_value",
}
_YES_NO = frozenset(
    {
        "exclusive",
        "peer_to_peer",
        "support_outcome",
        "supervised",
        "trained",
        "travel_help",
        "step_free",
        "public_transport",
        "asked",
    }
)
_WORDS: Mapping[str, str] = {
    "populations.measure": "people,percent",
    "count_from": "ties,events",
    "dimension": "approach,sector",
}


def vocabulary_of(table: str, column: str) -> str | None:
    """Name the vocabulary a column takes its terms from; None for columns of free words."""
    for known in (ONE_TERM, SEVERAL_TERMS):
        if found := known.get(f"{table}.{column}") or known.get(column):
            return found
    return None


def choices(
    table: str, columns: Sequence[str], vocabularies: Vocabularies
) -> dict[int, tuple[str, bool]]:
    """Give the drop-downs of a table's sheet.

    Returns:
        Column, from nought, to the formula of its list, and whether other words are possible
        without a question: in a cell that holds several terms no single one is the whole.
    """
    found: dict[int, tuple[str, bool]] = {}
    for index, column in enumerate(columns):
        words = _WORDS.get(f"{table}.{column}") or _WORDS.get(column)
        vocabulary = vocabulary_of(table, column)
        if column in _YES_NO:
            found[index] = ('"yes,no"', False)
        elif words:
            found[index] = (f'"{words}"', False)
        elif vocabulary:
            found[index] = (_range(vocabulary, vocabularies), column in SEVERAL_TERMS)
    return found


def terms_sheet(vocabularies: Vocabularies) -> Sheet:
    """List every vocabulary: what a cell holds, and beside it the words people see."""
    names = _listed(vocabularies)
    headings = [heading for name in names for heading in (name, f"{name}: words")]
    longest = max(len(vocabularies[name]) for name in names)
    pairs = [
        [(slug, vocabularies[name].label(slug)) for slug in vocabularies[name]] for name in names
    ]
    rows: list[list[Any]] = [
        [cell for terms in pairs for cell in (terms[n] if n < len(terms) else (None, None))]
        for n in range(longest)
    ]
    return Sheet(TERMS_SHEET, headings, rows, filtered=False)


def _listed(vocabularies: Vocabularies) -> list[str]:
    used = {*ONE_TERM.values(), *SEVERAL_TERMS.values()}
    return [name for name in sorted(vocabularies) if name in used]


def _range(vocabulary: str, vocabularies: Vocabularies) -> str:
    letter = column_letter(2 * _listed(vocabularies).index(vocabulary))
    return f"{TERMS_SHEET}!${letter}$2:${letter}${len(vocabularies[vocabulary]) + 1}"
