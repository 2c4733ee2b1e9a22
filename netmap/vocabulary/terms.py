"""A term, a list of terms, and all the lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from netmap.vocabulary.matching import key, nearest


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a controlled list.

    Attributes:
        slug: What registers, files and addresses hold; it never changes.
        label: What people see.
        definition: One plain sentence; empty where a workspace gave none.
        parent: The slug of the wider term of the same list, if there is one.
        source: The document the term comes from.
        aliases: Other ways people write it.
        codes: Other people's codes for it, the exact match first.
        foundation: A core value that the others rest on.
        base: A base for shares, never a community that a finding is about.
        languages: BCP 47 tags of the languages most of a community's people share beside English.
    """

    slug: str
    label: str
    definition: str
    parent: str | None
    source: str
    aliases: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    foundation: bool = False
    base: bool = False
    languages: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that stands for this term: slug, label, aliases, codes."""
        return (self.slug, self.label, *self.aliases, *self.codes)


@dataclass(frozen=True)
class Vocabulary:
    """One controlled list.

    Attributes:
        name: What the list is called: ``community``, ``approach``, ...
        terms: Its terms by slug, in the order people should see them.
    """

    name: str
    terms: Mapping[str, Term]

    def __contains__(self, slug: object) -> bool:
        """Whether this is a slug of the list; labels and aliases are not."""
        return slug in self.terms

    def __iter__(self) -> Iterator[str]:
        """Go through the slugs in their order."""
        return iter(self.terms)

    def __len__(self) -> int:
        """Count the terms."""
        return len(self.terms)

    def resolve(self, text: str) -> str | None:
        """Find the slug for what somebody wrote.

        Args:
            text: A slug, label, alias or code; case, blanks, hyphens, underscores, accents and
                punctuation do not matter.

        Returns:
            The slug, or nothing where no term goes by that name.
        """
        return self._slug_by_key.get(key(text))

    def suggest(self, text: str) -> str | None:
        """Find the slug somebody probably meant, or nothing where no name is near."""
        return nearest(
            text,
            {name: term.slug for term in self.terms.values() for name in term.names},
        )

    def label(self, slug: str) -> str:
        """Say what people see for a slug: the slug itself where it is not in the list."""
        term = self.terms.get(slug)
        return slug if term is None else term.label

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """List the wider terms of a slug, nearest first; none where it is not in the list."""
        found: list[str] = []
        term = self.terms.get(slug)
        while term is not None and term.parent is not None:
            found.append(term.parent)
            term = self.terms.get(term.parent)
        return tuple(found)

    def descendants(self, slug: str) -> frozenset[str]:
        """Collect the narrower terms of a slug, at every depth, without itself."""
        return self._below.get(slug, frozenset())

    @cached_property
    def _slug_by_key(self) -> dict[str, str]:
        found = {key(name): term.slug for term in self.terms.values() for name in term.names}
        found.pop("", None)
        return found

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        below: dict[str, set[str]] = {}
        for slug in self.terms:
            for ancestor in self.ancestors(slug):
                below.setdefault(ancestor, set()).add(slug)
        return {slug: frozenset(narrower) for slug, narrower in below.items()}


class Vocabularies(Mapping[str, Vocabulary]):
    """All the lists by name, to be read only: ``vocabularies["community"]``."""

    __slots__ = ("_by_name",)

    def __init__(self, by_name: Mapping[str, Vocabulary]) -> None:
        """Keep a copy of the lists.

        Args:
            by_name: Each list under its name.
        """
        self._by_name = dict(by_name)

    def __getitem__(self, name: str) -> Vocabulary:
        """Find one list; an unknown name is a fault of the program, hence a KeyError."""
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the lists."""
        return iter(self._by_name)

    def __len__(self) -> int:
        """Count the lists."""
        return len(self._by_name)
