"""Whom an activity is for, in people's words; open to anyone is an empty cell."""

import re

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.outcomes import (
    Remark,
    Understood,
    quoted,
    refused,
    taken,
)
from netmap.exchange.spreadsheets.mending.terms import beside, terms_in, unknown_term
from netmap.vocabulary import Vocabulary

_OPEN = re.compile(
    r"(?:(?:open to |welcome to |for )?(?:everyone|everybody|anyone|anybody|all|any)"
    r"(?: (?:is|are))?(?: welcome)?(?: communities| groups| people| adults)?"
    r"|(?:open to )?(?:the )?(?:general )?public|general population|no restrictions?"
    r"|open(?: access| group)?|not specific|general|none|nil)",
    re.IGNORECASE,
)


def read_communities(text: str, vocabulary: Vocabulary) -> Understood:
    """Read whom an activity is for.

    Args:
        text: The cell, tidied.
        vocabulary: The communities.

    Returns:
        The slugs joined by ``;``, in the order of the cell; nothing where anyone may come.
        Unknown ones are left out, and said.
    """
    if _OPEN.fullmatch(text.strip(" .!")):
        return taken("")
    terms = terms_in(text, vocabulary)
    remarks = [beside(words, vocabulary.label(slug)) for words, slug in terms.loosely]
    unknown = [words for words in terms.unknown if not _OPEN.fullmatch(words.strip(" .!"))]
    if terms.found and len(unknown) < len(terms.unknown):
        remarks.append(_open_as_well())
    remarks += [unknown_term(words, vocabulary) for words in unknown]
    if not terms.found and not terms.unknown:
        # "Not known" is not "open to anyone".
        return refused("unknown-term", f"{quoted(text)} does not say whom it is for.")
    return Understood(";".join(terms.found), tuple(remarks))


def _open_as_well() -> Remark:
    message = "it names communities, and everyone as well."
    hint = "Write no under exclusive where others may come too."
    return Remark(Outcome.WARNED, "open-as-well", message, hint)
