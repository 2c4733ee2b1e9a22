"""Which column of a table a heading means: by its proper name, an alias, or perhaps.

Every heading is looked up by itself; what becomes of two that mean one column is for
:mod:`netmap.exchange.spreadsheets.matching`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from netmap.exchange.spreadsheets import aliases, headings
from netmap.vocabulary import Vocabularies, Vocabulary

# A heading cut down to less than it says never names anything or anybody.
_NEVER_CUT = frozenset({"name", "organisation", "contact", "source_organisation", "key"})
# Below it, of misspelt headings, more are wrong than right; see the tests.
SCORE_CUT = 85.0
_PERHAPS = 90.0
_SHORTEST = 4


class How(StrEnum):
    """How a heading was matched to a column, surest first."""

    REMEMBERED = "remembered"
    EXACT = "exact"
    ALIAS = "alias"
    SUGGESTED = "suggested"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading may mean.

    Attributes:
        column: The column.
        how: How that is known.
        rank: Nought for the best way of saying it; decides between two headings.
        score: Likeness from 0 to 100; 100 where it is certain.
    """

    column: str
    how: How
    rank: int = 0
    score: float = 100.0


@dataclass(frozen=True)
class Known:
    """The headings one table is known by.

    Attributes:
        table: One of :data:`netmap.networks.models.TABLES`.
        communities: The communities, whose names head the columns of populations.
    """

    table: str
    communities: Vocabulary

    @classmethod
    def of(cls, table: str, vocabularies: Vocabularies) -> "Known":
        """Know a table with the words of this workspace."""
        return cls(table, vocabularies["community"])

    def meaning(self, heading: str) -> Meaning | None:
        """Say which column a heading means for certain; None where that is not known."""
        parts = headings.words(heading)
        found = self._sure.get("".join(parts))
        if found is not None:
            return found
        community = self._community(heading)
        if community is not None or "".join(parts) in self._own:
            return community
        asked = headings.without_question(heading)
        if "".join(asked) in self._own:
            asked = ()
        return next(self._cut_down(parts, headings.without_brackets(heading), asked), None)

    def suggestions(self, heading: str) -> list[Meaning]:
        """List what a heading that is not known may mean, the likeliest first."""
        parts = headings.words(heading)
        joined = "".join(parts)
        if joined in self._own:
            return []
        variants = (parts, headings.without_brackets(heading))
        asked = [m for v in variants if (m := self._perhaps.get("".join(v)))]
        return [*asked[:1], *self._alike(parts, joined)]

    def _cut_down(self, *variants: Sequence[str]) -> Iterator[Meaning]:
        for depth, parts in enumerate(variants):
            found = self._sure.get("".join(parts)) if depth and parts else None
            if found is not None:
                yield Meaning(found.column, How.ALIAS, found.rank + 1000)
        qualifiers = aliases.aliases_of(self.table).qualifiers
        for parts in variants:
            yield from self._of_owner(parts)
            for left in headings.stripped(parts, qualifiers):
                found = self._sure.get("".join(left))
                if found is not None and found.column not in _NEVER_CUT:
                    yield Meaning(found.column, How.ALIAS, found.rank + 2000)

    def _of_owner(self, parts: Sequence[str]) -> Iterator[Meaning]:
        if self.table != "activities":
            return
        for words in self._owner_words:
            for left in (_after(parts, words), _before(parts, words)):
                found = self._owner.get("".join(left)) if left else None
                if found is not None:
                    yield Meaning(aliases.OWNER + found.column, How.ALIAS, found.rank)

    def _community(self, heading: str) -> Meaning | None:
        if self.table != "populations":
            return None
        for said in (headings.words(heading), headings.without_brackets(heading)):
            slug = self.communities.resolve(" ".join(said)) if said else None
            if slug is not None:
                return Meaning(slug, How.EXACT if slug == heading else How.ALIAS)
        return None

    def _alike(self, parts: Sequence[str], joined: str) -> list[Meaning]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  only an unknown heading needs it

        if len(joined) < _SHORTEST or joined.isdigit():
            return []
        written = " ".join(parts)
        best: dict[str, float] = {}
        for scorer, query, names in (
            (fuzz.token_sort_ratio, written, self._spaced),
            (fuzz.ratio, joined, self._joined),
        ):
            near = process.extract(
                query, names.keys(), scorer=scorer, score_cutoff=SCORE_CUT, limit=8
            )
            for name, score, _ in near:
                column = names[name]
                best[column] = max(best.get(column, 0.0), score)
        ordered = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        # What is more like a heading that is nobody's column is not a question worth asking.
        return [] if not ordered or not ordered[0][0] else _as_meanings(ordered)

    @cached_property
    def _sure(self) -> Mapping[str, Meaning]:
        own = aliases.aliases_of(self.table)
        found: dict[str, Meaning] = {}
        for column in own.names:
            how = How.ALIAS if column in aliases.PARTS else How.EXACT
            found[headings.key(column)] = Meaning(column, how)
        _add(found, own.names)
        if self.table == "activities":
            said = aliases.said_of_owner()
            _add(found, {column: (column, *names) for column, names in said.items()}, aliases.OWNER)
        return found

    @cached_property
    def _perhaps(self) -> Mapping[str, Meaning]:
        return {
            headings.key(name): Meaning(column, How.SUGGESTED, rank, _PERHAPS)
            for column, names in aliases.aliases_of(self.table).perhaps.items()
            for rank, name in enumerate(names)
        }

    @cached_property
    def _own(self) -> frozenset[str]:
        kept = {headings.key(heading) for heading in aliases.own_headings()}
        return frozenset(kept - self._sure.keys() - self._perhaps.keys())

    @cached_property
    def _owner(self) -> Mapping[str, Meaning]:
        names = aliases.aliases_of("organisations").names
        found: dict[str, Meaning] = {}
        _add(found, {column: said for column, said in names.items() if column != "name"})
        return found | {headings.key(c): Meaning(c, How.ALIAS) for c in names if c != "name"}

    @cached_property
    def _owner_words(self) -> tuple[tuple[str, ...], ...]:
        return tuple(headings.words(said) for said in aliases.owner_words())

    @cached_property
    def _spaced(self) -> Mapping[str, str]:
        return {" ".join(headings.words(name)): column for name, column in self._named()}

    @cached_property
    def _joined(self) -> Mapping[str, str]:
        return {headings.key(name): column for name, column in self._named()}

    def _named(self) -> Iterator[tuple[str, str]]:
        for heading in aliases.own_headings():
            if headings.key(heading) in self._own:
                yield heading, ""
        for column, names in aliases.aliases_of(self.table).names.items():
            yield from ((name, column) for name in (*names, column))
        if self.table == "populations":
            for slug, term in self.communities.terms.items():
                yield term.label, slug


def _add(found: dict[str, Meaning], names: Mapping[str, Sequence[str]], prefix: str = "") -> None:
    for column, said in names.items():
        for rank, name in enumerate(said, start=1):
            found.setdefault(headings.key(name), Meaning(prefix + column, How.ALIAS, rank))


def _as_meanings(ordered: Sequence[tuple[str, float]]) -> list[Meaning]:
    return [
        Meaning(column, How.SUGGESTED, 0, round(score, 1)) for column, score in ordered if column
    ]


def _after(parts: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    matches = tuple(parts[: len(words)]) == tuple(words)
    return tuple(parts[len(words) :]) if matches else ()


def _before(parts: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    said = ("of", *words)
    for ending in (said, ("of", "the", *words), tuple(words)):
        if tuple(parts[-len(ending) :]) == ending:
            return tuple(parts[: -len(ending)])
    return ()
