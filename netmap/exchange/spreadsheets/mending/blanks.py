"""The words people write into a cell that is empty: ``N/A``, ``-``, ``tbc``, ``not known``."""

import re

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.outcomes import Remark, Understood, quoted, warned

_PHRASES = """
not known, not applicable, not available, not recorded, not stated, not provided, not given,
not specified, not disclosed, not sure, no data, no info, no information, no answer, no response,
no record, no idea, don't know, dont know, do not know, to be confirmed, to be agreed,
to be advised, to be decided, to follow, none known, none given, none recorded, none stated
"""
_WORDS = "n/a n\\a na n.a n/k nk n.k tbc tba tbd t.b.c t.b.a unknown dk"
_MAY_BE_NAMES = frozenset({"none", "nil", "null", "blank", "missing"})
_EMPTY = frozenset(phrase.strip() for phrase in _PHRASES.replace("\n", " ").split(",")) | frozenset(
    _WORDS.split()
)
_NOTHING = frozenset({"", "n/a", "n\\a", "na", "n.a", "not applicable"})
_LONGEST = 24
# None of the words has a figure in it, and most cells that are not words have.
_FIGURE = re.compile(r"\d")
_CODE = "blank-word"


def is_blank_word(text: str) -> bool:
    """Tell whether a cell says in words, or with a dash, that it is empty."""
    if len(text) > _LONGEST or _FIGURE.search(text):
        return False
    word = _bare(text)
    return not word or word in _EMPTY or word in _MAY_BE_NAMES


def is_nothing(text: str) -> bool:
    """Tell whether a cell holds a dash, or says that it does not apply; not that nobody knows."""
    return len(text) <= _LONGEST and _bare(text) in _NOTHING


def may_be_name(text: str) -> bool:
    """Tell whether such a word could be what something is called."""
    return len(text) <= _LONGEST and _bare(text) in _MAY_BE_NAMES


def left_empty(text: str, hint: str = "") -> Understood:
    """Leave a cell empty whose words say that it is."""
    message = f"{quoted(text)} is read as nothing; the cell is left empty."
    return Understood("", (Remark(Outcome.MENDED, _CODE, message, hint),))


def kept_as_name(text: str) -> Understood:
    """Keep ``None`` where a name stands, for somebody to look at."""
    message = f"{quoted(text)} is kept as a name."
    return warned(text, "may-be-name", message, "If it means that there is none, empty the cell.")


def _bare(text: str) -> str:
    """Reduce to what is compared; nothing is left of dashes, dots and question marks."""
    return " ".join(plain_marks(text).casefold().strip(" .?!-_/()[]{}'\"…,;:").split())
