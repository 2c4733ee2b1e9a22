"""Hand the words of ``terms.toml`` to Babel, which gathers the catalogue."""

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO


def as_text(word: str) -> str:
    """Write a term's word as the catalogue has it: a per cent sign is two there."""
    return word.replace("%", "%%")


def extract_terms(
    file: BinaryIO, keywords: object, comment_tags: object, options: object
) -> "Iterator[tuple[int, str, Any, list[str]]]":
    """Give every label with its list's name, and every definition.

    Args:
        file: The shipped terms.
        keywords: What Babel looks for in code; nothing here.
        comment_tags: Likewise.
        options: Likewise.
    """
    del keywords, comment_tags, options
    for name, terms in tomllib.loads(file.read().decode()).items():
        for term in terms.values():
            yield 1, "pgettext", (name, as_text(term["label"])), []
            if term.get("definition"):
                yield 1, "gettext", as_text(term["definition"]), []
