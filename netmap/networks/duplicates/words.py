"""The words that tell bodies apart: people, faiths, topics, places, numbers, parts of a body.

The lists are data, in ``words.toml``; the community and topic vocabularies and a register's areas
add theirs. What follows from a word that only one of two names has is for
:mod:`netmap.networks.duplicates.differences`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from netmap.networks.areas import Areas
from netmap.vocabulary import Vocabularies

Tokens = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['\u2019\u2018\u02bc`\u00b4]")
_AND = re.compile(r"[&+]")
_NUMBER = re.compile(r"\d+[a-z]{0,2}")
_LONGEST_PHRASE = 6


class Kind(StrEnum):
    """What a telling word is about."""

    WHO = "who"
    NUMBER = "number"
    PLACE = "place"
    PART = "part"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Mark:
    """A telling word or phrase of a name.

    Attributes:
        kind: What it is about.
        concept: What it means; two ways of writing it mean the same.
        at: The positions of its tokens.
    """

    kind: Kind
    concept: str
    at: tuple[int, ...]


@cache
def data() -> Mapping[str, Any]:
    """Load the lists of ``words.toml``."""
    text = files("netmap.networks.duplicates").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def tokens(text: str) -> Tokens:
    """Take a text apart: no case, accents, apostrophes or punctuation; spaced initials joined."""
    folded = _AND.sub(" and ", _APOSTROPHES.sub("", text.casefold()))
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(_joined(_WORD.findall(folded)))


def _joined(words: Iterable[str]) -> Iterator[str]:
    """Join letters that stand alone: R S P B and R.S.P.B. are one word."""
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            yield run
            run = ""
        yield word
    if run:
        yield run


class Words:
    """The telling words of one register."""

    def __init__(self, vocabularies: Vocabularies, areas: Areas | None = None) -> None:
        """Put the lists together.

        Args:
            vocabularies: The controlled terms; of them communities and topics.
            areas: The register's areas, where it has some.
        """
        self.areas = areas
        self._concepts: dict[Tokens, tuple[Kind, str]] = {}
        for slug, term in vocabularies["topic"].terms.items():
            self._add(Kind.WHO, f"topic {slug}", (slug, term.label, *term.aliases))
        for slug, term in vocabularies["community"].terms.items():
            self._add(Kind.WHO, slug, (slug, term.label, *term.aliases))
        for place in data()["places"]:
            self._add(Kind.PLACE, place, (place,))
        for area in areas or ():
            if not area.anonymised:
                self._add(Kind.PLACE, area.code, (area.name, *area.aliases))
        for kind, key in (
            (Kind.PART, "parts"),
            (Kind.PART, "directions"),
            (Kind.BRANCH, "branches"),
            (Kind.NUMBER, "numbers"),
        ):
            for word in data()[key]:
                self._add(kind, word, (word,))
        for group in data()["who"]:
            self._add(Kind.WHO, group[0], group)

    def _add(self, kind: Kind, concept: str, names: Iterable[str]) -> None:
        for name in names:
            phrase = tokens(name)
            if phrase and len(phrase) <= _LONGEST_PHRASE:
                self._concepts[phrase] = (kind, concept)

    def concept(self, word: str) -> str | None:
        """Say what one word means, if it is a telling one."""
        if _NUMBER.fullmatch(word):
            return word
        found = self._concepts.get((word,))
        return found[1] if found else None

    def marks(self, name: Sequence[str]) -> list[Mark]:
        """Find the telling words of a name, the longest phrases first from left to right."""
        found: list[Mark] = []
        at = 0
        while at < len(name):
            mark = self._mark(name, at)
            found += [mark] if mark else []
            at += len(mark.at) if mark else 1
        return found

    def _mark(self, name: Sequence[str], at: int) -> Mark | None:
        for length in range(min(_LONGEST_PHRASE, len(name) - at), 0, -1):
            phrase = tuple(name[at : at + length])
            if phrase in self._concepts:
                return Mark(*self._concepts[phrase], tuple(range(at, at + length)))
        if _NUMBER.fullmatch(name[at]):
            return Mark(Kind.NUMBER, name[at], (at,))
        return None
