"""Controlled terms in people's words: one, or several in a cell.

Which words stand for a term is for :mod:`netmap.vocabulary`; here a phrase is cut so that its parts
can be looked up, and never within a term that holds a comma or an "and" itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.blanks import is_blank_word
from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.lists import by_lines
from netmap.exchange.spreadsheets.mending.outcomes import Remark, Understood, quoted, taken
from netmap.vocabulary import Vocabulary

_SEPARATOR = re.compile(r"\s*(?:,|/|&|\s\+\s|\band\b|\bor\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$|\s+-\s.*$", re.DOTALL)
_PADDING = re.compile(
    r"(?:the|people from the|people from|people who are|people with)\s+"
    r"|\s+(?:people|person|community|communities|groups?|individuals|backgrounds?|heritage)$",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s*([/,&])\s*|\s+")
_MOST_WORDS_JOINED = 8
_MOST_NAMED = 20
_LONGEST_HINTED = 80
_SHORTEST_MEANT = 4
_LETTERS_PER_SLIP = 4


@dataclass(slots=True)
class Terms:
    """What was found in a phrase, in its order.

    Attributes:
        found: The slugs.
        unknown: What stands for no term.
        loosely: (words, slug) of what was taken although words beside it were left out.
    """

    found: dict[str, None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    loosely: list[tuple[str, str]] = field(default_factory=list)


def terms_in(text: str, vocabulary: Vocabulary) -> Terms:
    """Find the terms a phrase names.

    Args:
        text: The cell, tidied.
        vocabulary: The list the terms are from.

    Returns:
        The slugs, and the words that name none; words for "nothing" are passed over.
    """
    terms = Terms()
    for line in by_lines(text):
        _in_line(line, vocabulary, terms)
    return terms


def unknown_term(words: str, vocabulary: Vocabulary) -> Remark:
    """Word that something is no term of a list, and what it might be."""
    what = vocabulary.name.replace("_", " ")
    hint = _hint(words, _Same(vocabulary)) if len(words) <= _LONGEST_HINTED else ""
    message = f"{quoted(words)} is not a known {what}."
    return Remark(Outcome.REFUSED, "unknown-term", message, hint or _all_of(vocabulary))


def _all_of(vocabulary: Vocabulary) -> str:
    """Name the terms of a short list; of a long one say where they are."""
    if len(vocabulary) > _MOST_NAMED:
        what = vocabulary.name.replace("_", " ")
        return f"docs/glossary.md lists the terms of '{what}'."
    return f"Known: {', '.join(vocabulary.label(slug) for slug in vocabulary)}."


def beside(words: str, label: str) -> Remark:
    """Word that a term was taken, and words beside it were not."""
    message = f"{quoted(words)} is taken as '{label}', without the words beside it."
    return Remark(Outcome.WARNED, "term-words", message)


def read_term(text: str, vocabulary: Vocabulary) -> Understood:
    """Read a cell that holds one term; of several the first is taken.

    Args:
        text: The cell, tidied.
        vocabulary: The list the term is from.
    """
    whole = vocabulary.resolve(text)
    if whole is not None:
        return taken(whole)
    terms = terms_in(text, vocabulary)
    found = list(terms.found)
    remarks = [beside(words, vocabulary.label(slug)) for words, slug in terms.loosely]
    if len(found) > 1:
        others = ", ".join(vocabulary.label(slug) for slug in found[1:])
        message = f"only one can stand here: '{vocabulary.label(found[0])}' is taken, not {others}."
        remarks.append(Remark(Outcome.WARNED, "several-values", message))
    remarks += [unknown_term(words, vocabulary) for words in terms.unknown]
    return Understood(found[0] if found else "", tuple(remarks))


def read_terms(text: str, vocabulary: Vocabulary) -> Understood:
    """Read a cell that holds any number of terms; unknown ones are left out, and said."""
    terms = terms_in(text, vocabulary)
    remarks = [beside(words, vocabulary.label(slug)) for words, slug in terms.loosely]
    remarks += [unknown_term(words, vocabulary) for words in terms.unknown]
    return Understood(";".join(terms.found), tuple(remarks))


def _in_line(line: str, vocabulary: Vocabulary, terms: Terms) -> None:
    """Go through a phrase from left to right, always taking the longest term that fits."""
    cuts = list(_SEPARATOR.finditer(line))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(line)]
    at = 0
    while at < len(starts):
        last = min(len(starts), at + _MOST_WORDS_JOINED)
        for until in range(last, at, -1):
            words = line[starts[at] : ends[until - 1]].strip(" .")
            slug = _term(words, vocabulary, alone=until == at + 1)
            if slug is not None:
                terms.found[slug] = None
                break
        else:
            until = at + 1
            _one(line[starts[at] : ends[at]].strip(" ."), vocabulary, terms)
        at = until


def _term(words: str, vocabulary: Vocabulary, *, alone: bool) -> str | None:
    slug = vocabulary.resolve(words)
    if slug is None or alone:
        return slug
    # "Black, African" are two communities, though "Black African" is one.
    spelled = _spelled(words)
    names = vocabulary.terms[slug].names
    return slug if any(_spelled(name) == spelled for name in names) else None


def _spelled(name: str) -> str:
    folded = plain_marks(name).casefold().replace("'", "")
    return _SPACES.sub(lambda found: found[1] or " ", folded).replace("&", " and ").strip()


def _one(words: str, vocabulary: Vocabulary, terms: Terms) -> None:
    if is_blank_word(words):
        return
    bare = _BRACKETS.sub("", words)
    slug = vocabulary.resolve(bare)
    if slug is None:
        slug = vocabulary.resolve(_PADDING.sub("", bare))
    if slug is None:
        terms.unknown.append(words)
        return
    terms.found[slug] = None
    # Words in brackets may say something; "community" after a community says nothing.
    if bare != words:
        terms.loosely.append((words, slug))


class _Same:
    """A list as a key: two are one where they are the same object."""

    __slots__ = ("vocabulary",)

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.vocabulary is self.vocabulary


@lru_cache(maxsize=256)
def _names(same: _Same) -> Mapping[str, str]:
    """Map what is compared of each name to what people see for it."""
    terms = same.vocabulary.terms.values()
    return {
        key: term.label
        for term in terms
        for name in (term.label, *term.aliases)
        if len(key := _letters(name)) >= _SHORTEST_MEANT
    }


@lru_cache(maxsize=4096)
def _hint(words: str, same: _Same) -> str:
    """Suggest the name that differs by a slip, else the terms that single words stand for."""
    from rapidfuzz import process  # noqa: PLC0415  # only needed once something is wrong
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    written, names = _letters(words), _names(same)
    slips = max(1, len(written) // _LETTERS_PER_SLIP)
    near = process.extractOne(written, names.keys(), scorer=OSA.distance, score_cutoff=slips)
    if near is not None and len(written) >= _SHORTEST_MEANT:
        return f"Did you mean '{names[near[0]]}'?"
    meant = [same.vocabulary.resolve(word) for word in re.findall(r"[\w+]{4,}", words)]
    labels = dict.fromkeys(same.vocabulary.label(slug) for slug in meant if slug)
    return f"Did you mean {' or '.join(map(quoted, labels))}?" if labels else ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
