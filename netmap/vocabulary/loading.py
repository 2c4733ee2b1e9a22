"""Read the shipped terms, add the workspace's own, and set the words people see."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from netmap.language import _, current, pgettext
from netmap.vocabulary import problems
from netmap.vocabulary.extracting import as_text
from netmap.vocabulary.matching import key
from netmap.vocabulary.terms import Term, Vocabularies, Vocabulary


def load(
    extra: Mapping[str, Mapping[str, Mapping[str, object]]] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Vocabularies:
    """Put the vocabularies of a workspace together.

    Args:
        extra: The workspace's own terms as ``[vocabulary.<name>.<term>]`` has them; every field
            may be left out. A slug that exists already keeps what is not given anew and gains the
            aliases and codes.
        labels: The words people see, by slug, in every vocabulary that has the slug; other slugs
            are passed over. The old word is still understood where people write it.

    Returns:
        Every vocabulary, shared between callers who ask for the same: read, do not change.

    Raises:
        VocabularyError: The additions name an unknown vocabulary, parent or field, make a cycle,
            or leave two terms with one name. It says all of it at once.
    """
    shipped = _said(_shipped())
    extra, labels = extra or {}, labels or {}
    _refuse(problems.in_tables(extra, shipped))
    own = {
        name: _relabelled(_extended(vocabulary, extra.get(name, {})), labels)
        for name, vocabulary in shipped.items()
    }
    changed = [vocabulary for name, vocabulary in own.items() if vocabulary is not shipped[name]]
    _refuse(line for vocabulary in changed for line in problems.in_terms(vocabulary))
    return Vocabularies(own) if changed else shipped


@cache
def _shipped() -> Vocabularies:
    text = files("netmap.vocabulary").joinpath("terms.toml").read_text(encoding="utf-8")
    return Vocabularies(
        {
            name: Vocabulary(name, {slug: _term(slug, fields) for slug, fields in tables.items()})
            for name, tables in tomllib.loads(text).items()
        }
    )


def _said(shipped: Vocabularies) -> Vocabularies:
    """Put the terms into the language in force; the English word is still understood."""
    if current().as_written:
        return shipped
    return Vocabularies(
        {
            name: Vocabulary(
                name,
                {
                    slug: replace(
                        _renamed(term, pgettext(name, as_text(term.label))),
                        definition=_(as_text(term.definition)) if term.definition else "",
                    )
                    for slug, term in vocabulary.terms.items()
                },
            )
            for name, vocabulary in shipped.items()
        }
    )


def _refuse(lines: Iterable[str]) -> None:
    found = tuple(lines)
    if found:
        raise problems.VocabularyError(*found)


def _term(slug: str, fields: Mapping[str, Any]) -> Term:
    return Term(
        slug=slug,
        label=fields.get("label") or slug,
        definition=fields.get("definition", ""),
        parent=fields.get("parent") or None,
        source=fields.get("source", "this workspace"),
        aliases=tuple(fields.get("aliases", ())),
        codes=tuple(fields.get("codes", ())),
        foundation=fields.get("foundation", False),
        base=fields.get("base", False),
        languages=tuple(fields.get("languages", ())),
    )


def _extended(vocabulary: Vocabulary, tables: Mapping[str, Mapping[str, Any]]) -> Vocabulary:
    if not tables:
        return vocabulary
    # A workspace that makes a term of its own out of a shipped alias ("mirpuri") means the term.
    promoted = {key(slug) for slug in tables if slug not in vocabulary}
    terms = {slug: _without(term, promoted) for slug, term in vocabulary.terms.items()}
    for slug, fields in tables.items():
        terms[slug] = _amended(terms[slug], fields) if slug in terms else _term(slug, fields)
    return Vocabulary(vocabulary.name, terms)


def _without(term: Term, keys: set[str]) -> Term:
    kept = tuple(alias for alias in term.aliases if key(alias) not in keys)
    return term if kept == term.aliases else replace(term, aliases=kept)


def _amended(term: Term, fields: Mapping[str, Any]) -> Term:
    renamed = _renamed(term, fields.get("label") or term.label)
    return replace(
        renamed,
        definition=fields.get("definition", term.definition),
        parent=fields.get("parent", term.parent) or None,
        source=fields.get("source", term.source),
        aliases=(*renamed.aliases, *fields.get("aliases", ())),
        codes=(*renamed.codes, *fields.get("codes", ())),
        foundation=fields.get("foundation", term.foundation),
        base=fields.get("base", term.base),
        languages=tuple(fields.get("languages", term.languages)),
    )


def _relabelled(vocabulary: Vocabulary, labels: Mapping[str, str]) -> Vocabulary:
    renamed = {
        slug: _renamed(vocabulary.terms[slug], label)
        for slug, label in labels.items()
        if slug in vocabulary and vocabulary.terms[slug].label != label
    }
    if not renamed:
        return vocabulary
    return Vocabulary(vocabulary.name, {**vocabulary.terms, **renamed})


def _renamed(term: Term, label: str) -> Term:
    if label == term.label:
        return term
    return replace(term, label=label, aliases=(*term.aliases, term.label))
