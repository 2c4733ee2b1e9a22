"""A name taken apart, as far as names are compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from netmap.networks.duplicates.words import Tokens, data, tokens

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_DASH = re.compile(r"\s[-\u2013\u2014|:/]\s|[,:]\s")
_CHARITY_NUMBER = re.compile(
    r"\b(?:registered\s+)?charity\s+(?:reg\w*\s+)?(?:no|number)?\W*\d{6,8}\b", re.IGNORECASE
)
_KNOWN_AS = re.compile(
    r"\b(?:a\.?k\.?a\b\.?|(?:also |better |now )?known as|formerly(?: known as)?|previously"
    r"|t/a|trading as|working as|operating as|legal name)\b",
    re.IGNORECASE,
)
_SHORTEST_INITIALS = 3
_KEPT = 100_000  # names taken apart; several rules look at the same ones


@dataclass(frozen=True)
class Name:
    """One name of a body.

    Attributes:
        text: As written.
        words: Its words in order, without what stands in brackets and without legal endings.
        aside: The words in brackets.
        tail: How many of the words stand after a dash or comma.
        left_out: The legal endings that were left out, as people write them.
    """

    text: str
    words: Tokens
    aside: Tokens
    tail: int
    left_out: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        """The words without spaces: Ship Shape is ShipShape."""
        return "".join(self.words)

    @cached_property
    def ordered(self) -> str:
        """The words in order of the alphabet."""
        return " ".join(sorted(self.words))

    @cached_property
    def initials(self) -> frozenset[str]:
        """Its initials, with and without small words; none where there are fewer than three."""
        return initials(self.words)


def initials(words: Sequence[str]) -> frozenset[str]:
    """Make the initials of some words, with and without small ones such as 'of'."""
    small = _small()
    found = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in small)}
    return frozenset(one for one in found if len(one) >= _SHORTEST_INITIALS)


@lru_cache(maxsize=_KEPT)
def name_of(text: str) -> Name:
    """Take a name apart."""
    bare = _CHARITY_NUMBER.sub(" ", text)
    brackets = _BRACKETS.findall(bare)
    outside = _BRACKETS.sub(" ", bare)
    if not tokens(outside):
        outside, brackets = bare, []
    parts = [part for part in map(_tidied, _DASH.split(outside)) if part] or [tokens(text)]
    words, left_out = _without_endings(tuple(w for part in parts for w in part))
    tail = 0 if len(parts) == 1 else max(0, len(parts[-1]) - len(left_out_words(left_out)))
    aside, _ = _without_endings(tuple(w for one in brackets for w in _tidied(one)), whole=True)
    return Name(text, words, aside, min(tail, len(words) - 1), left_out)


def names_of(text: str) -> tuple[Name, ...]:
    """Take a name apart into all the names it gives, the first one first.

    Args:
        text: As written: 'SOAR (Southey Owlerton Area Regeneration)' gives two names, and so does
            'Hope Trust, trading as The Lantern'.
    """
    parts = [part.strip(" ()[]-\u2013\u2014,;:.") for part in _KNOWN_AS.split(text)]
    first, *others = [name_of(part) for part in parts if tokens(part)] or [name_of(text)]
    return (first, *_spelt_out(first), *others)


def _spelt_out(name: Name) -> list[Name]:
    """Give what stands in brackets where it is the initials of the name, or the name of those."""
    if not name.aside:
        return []
    full = name_of(" ".join(name.aside))
    either = name.joined in full.initials or full.joined in name.initials
    return [full] if either else []


def left_out_words(left_out: Sequence[str]) -> list[str]:
    """List the words of the endings that were left out."""
    return [word for one in left_out for word in one.split()]


def _tidied(text: str) -> Tokens:
    """Take a text apart, with one spelling for each word and without 'the'."""
    words = [data()["spellings"].get(word, word) for word in tokens(text)]
    said = " ".join(words)
    for short, full in _abbreviations():
        said = short.sub(full, said)
    return tuple(word for word in said.split() if word != "the")


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], str], ...]:
    known = data()["abbreviations"]
    longest_first = sorted(known, key=lambda short: (-len(short), short))
    return tuple((re.compile(rf"\b{short}\b"), known[short]) for short in longest_first)


@cache
def _small() -> frozenset[str]:
    return frozenset(data()["small"])


@cache
def _endings() -> tuple[tuple[Tokens, str], ...]:
    known = [(tuple(ending.split()), shown) for ending, shown in data()["endings"].items()]
    return tuple(sorted(known, key=lambda one: (-len(one[0]), one[0])))


def _without_endings(words: Tokens, *, whole: bool = False) -> tuple[Tokens, tuple[str, ...]]:
    """Leave legal endings out; a name that is nothing else keeps them unless `whole`."""
    found: list[str] = []
    least = 0 if whole else 1
    going = True
    while going:
        going = False
        for ending, shown in _endings():
            if words[-len(ending) :] == ending and len(words) - len(ending) >= least:
                words, going = words[: -len(ending)], True
                found.insert(0, shown)
                break
    return words, tuple(found)
