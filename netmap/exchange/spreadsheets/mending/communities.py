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

_SAYS_NOTHING = frozenset(
    (
        *("a", "and", "are", "background", "backgrounds", "communities", "community", "for"),
        *("from", "group", "groups", "heritage", "in", "of", "only", "people", "the", "who"),
        "with",
    )
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
    found = list(terms.found)
    for words in unknown:
        both = _together(words, vocabulary)
        found += [slug for slug in both if slug not in found]
        remarks.append(_both(both, vocabulary) if both else unknown_term(words, vocabulary))
    if found and len(unknown) < len(terms.unknown):
        remarks.append(_open_as_well())
    if not terms.found and not terms.unknown:
        # "Not known" is not "open to anyone".
        return refused("unknown-term", f"{quoted(text)} does not say whom it is for.")
    return Understood(";".join(found), tuple(remarks))


def _together(words: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Find the communities a phrase such as ``South Asian women`` names at once.

    Returns:
        Their slugs, in the order of the phrase; none where it names fewer than two, or where a
        word is left over that may matter.
    """
    left = re.findall(r"[\w'+-]+", words)
    found: list[str] = []
    while left:
        for length in range(len(left), 0, -1):
            slug = vocabulary.resolve(" ".join(left[:length]))
            if slug:
                found.append(slug)
                left = left[length:]
                break
        else:
            if left[0].casefold() not in _SAYS_NOTHING:
                return ()
            left = left[1:]
    distinct = tuple(dict.fromkeys(found))
    return distinct if len(distinct) > 1 else ()


def _both(slugs: tuple[str, ...], vocabulary: Vocabulary) -> Remark:
    names = " and ".join(vocabulary.label(slug) for slug in slugs)
    message = f"no term stands for {names} together."
    return Remark(Outcome.WARNED, "communities-together", message)


def _open_as_well() -> Remark:
    message = "it names communities, and everyone as well."
    hint = "Write no under exclusive where others may come too."
    return Remark(Outcome.WARNED, "open-as-well", message, hint)
