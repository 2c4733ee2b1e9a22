"""What can be wrong with a workspace's own terms, and how it is said.

Every function returns sentences, none where all is well, so that people see all of them at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from netmap.vocabulary.matching import key, nearest
from netmap.vocabulary.terms import Vocabulary

_SLUG = re.compile(r"[a-z0-9_]+")


def _is_words(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(word, str) for word in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_FIELDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "label": (_is_text, "a text in quotes"),
    "definition": (_is_text, "a text in quotes"),
    "parent": (_is_text, "a text in quotes"),
    "source": (_is_text, "a text in quotes"),
    "aliases": (_is_words, 'a list of texts, such as ["one", "two"]'),
    "codes": (_is_words, 'a list of texts, such as ["one", "two"]'),
    "foundation": (_is_flag, "true or false"),
    "base": (_is_flag, "true or false"),
    "languages": (_is_words, 'a list of texts, such as ["one", "two"]'),
}


class VocabularyError(ValueError):
    """The terms a workspace added do not fit together.

    Attributes:
        problems: One sentence for each thing to put right; the message has them line by line.
    """

    def __init__(self, *problems: str) -> None:
        """Keep the sentences.

        Args:
            problems: One for each thing to put right, at least one.
        """
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        """Show all problems, one to a line."""
        return "\n".join(self.problems)


def in_tables(given: Mapping[str, object], known: Mapping[str, Vocabulary]) -> Iterator[str]:
    """Find lists that do not exist, slugs that are no slugs, and fields that do not belong."""
    for name, tables in given.items():
        place = f"vocabulary.{name}"
        if name not in known:
            yield f"{place}: there is no vocabulary of that name.{_meant(name, known)}"
        if not isinstance(tables, Mapping):
            yield f"{place}: should hold one table for each term."
            continue
        for slug, fields in tables.items():
            yield from _in_fields(f"{place}.{slug}", slug, fields)


def in_terms(vocabulary: Vocabulary) -> Iterator[str]:
    """Find unknown parents, cycles of parents, and names that two terms claim."""
    yield from _unknown_parents(vocabulary)
    yield from _cycles(vocabulary)
    yield from _claims(vocabulary)


def _in_fields(place: str, slug: str, fields: object) -> Iterator[str]:
    if not _SLUG.fullmatch(slug):
        yield f"{place}: a term's name has only lower-case letters, digits and underscores."
    if not isinstance(fields, Mapping):
        yield f'{place}: should be a table, such as {{ label = "..." }}.'
        return
    for field, value in fields.items():
        if field not in _FIELDS:
            yield f"{place}: there is no field '{field}'.{_meant(field, _FIELDS)}"
        elif not _FIELDS[field][0](value):
            yield f"{place}, {field}: should be {_FIELDS[field][1]}."


def _unknown_parents(vocabulary: Vocabulary) -> Iterator[str]:
    for term in vocabulary.terms.values():
        if term.parent is not None and term.parent not in vocabulary:
            meant = vocabulary.resolve(term.parent) or vocabulary.suggest(term.parent)
            hint = f" Did you mean '{meant}'?" if meant else ""
            yield (
                f"vocabulary.{vocabulary.name}.{term.slug}, parent: "
                f"there is no term '{term.parent}' in this vocabulary.{hint}"
            )


def _cycles(vocabulary: Vocabulary) -> Iterator[str]:
    settled: set[str] = set()
    for start in vocabulary:
        path: list[str] = []
        slug: str | None = start
        while slug is not None and slug in vocabulary and slug not in settled:
            if slug in path:
                ring = " > ".join([*path[path.index(slug) :], slug])
                yield f"vocabulary.{vocabulary.name}: terms are one another's parents: {ring}."
                break
            path.append(slug)
            slug = vocabulary.terms[slug].parent
        settled.update(path)


def _claims(vocabulary: Vocabulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for term in vocabulary.terms.values():
        for name in term.names:
            # A name without a letter or digit matches nothing, so nobody can claim it.
            first = owner.setdefault(key(name), term.slug) if key(name) else term.slug
            if first != term.slug and (key(name), term.slug) not in told:
                told.add((key(name), term.slug))
                yield (
                    f"vocabulary.{vocabulary.name}: both '{first}' and '{term.slug}' go by the "
                    f"name '{name}'. A name can stand for one term only."
                )


def _meant(name: str, known: Mapping[str, object]) -> str:
    meant = nearest(name, {slug: slug for slug in known})
    return f" Did you mean '{meant}'?" if meant else f" Known: {', '.join(sorted(known))}."
