"""Yes and no in people's words, with what they add to them."""

import re

from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.outcomes import (
    Understood,
    quoted,
    refused,
    taken,
    warned,
)

_YES = frozenset(
    {"yes", "y", "true", "t", "1", "1.0", "yep", "yeah", "tick", "ticked", "ie", "ydy", "oes"}
    | {"✓", "✔", "☑", "✅", "√", "🗸"}
)
_NO = frozenset(
    ["no", "n", "false", "f", "0", "0.0", "nope", "✗", "✘", "❌", "🗴", "no longer", "nac ydy"]
)
# A cross in a column of ticks; the letter that is a tick in the font Wingdings.
_CROSSES = frozenset(["x", "☒", "✕", "✖", "ü"])
_FLAGS = re.IGNORECASE | re.DOTALL
_WORD_THEN = re.compile(r"(yes|no|y|n)\b\s*(?P<mark>[-,.;:(!?]*)\s*(?P<rest>.*)", _FLAGS)
_OTHER = re.compile(r"\b(?:yes|no|y|n)\b", re.IGNORECASE)
_HINT = "Write yes or no."


def read_yes_no(text: str) -> Understood:
    """Read yes or no.

    Args:
        text: The cell, tidied.

    Returns:
        ``yes`` or ``no``; what stands beside the word is quoted, for somebody to look at.
    """
    word = text.casefold().strip(" .!'\"*")
    if word in _YES:
        return taken("yes")
    if word in _NO:
        return taken("no")
    if word in _CROSSES:
        message = f"{quoted(text)} is taken as yes, as a mark in a list to tick."
        return warned("yes", "cross", message, "If the cross means no, write no.")
    return _with_words(text)


def _with_words(text: str) -> Understood:
    found = _WORD_THEN.fullmatch(plain_marks(text))
    if found is None or _OTHER.search(found["rest"]) or "/" in found["rest"][:1]:
        return _neither(text)
    answer = "yes" if found[1].casefold().startswith("y") else "no"
    longer = found["rest"].casefold().startswith("longer")
    # "No idea" and "no information" are not no, and only "no longer" is without a mark.
    if answer == "no" and not found["mark"] and not longer:
        return _neither(text)
    beside = found["rest"].strip(" )") or found["mark"]
    message = f"taken as {answer}; beside it stands {quoted(beside)}."
    return warned(answer, "yes-no-words", message, "Put what is worth knowing in a text column.")


def _neither(text: str) -> Understood:
    if text.casefold() == "na":
        hint = (
            "If it is Welsh for no, write no; if it means that it does not apply, empty the cell."
        )
        return refused("bad-yes-no", f"{quoted(text)} can mean two things.", hint)
    return refused("bad-yes-no", f"{quoted(text)} is neither yes nor no.", _HINT)
