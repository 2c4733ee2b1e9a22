"""A heading as people write it, reduced to what is compared.

Case, blanks of every kind, line breaks, punctuation, leading numbers such as ``3.`` and words such
as ``(required)`` never matter. Which column a heading means is for
:mod:`netmap.exchange.spreadsheets.known`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from netmap.tables import tidy

_NUMBERED = re.compile(r"^\W*(?:q(?:uestion)?\W?)?\d{1,2}(?:\.\d{1,2})?\s*[.):]\s*(?=\D)")
_ASIDE = (
    r"(?:required|mandatory|optional|compulsory|if known|if any|if applicable|please select|"
    r"please specify|select all that apply|drop ?down|free text)"
)
_MARKS = re.compile(rf"\s*(?:[(\[]\s*{_ASIDE}\s*[)\]]|[-*:]\s*{_ASIDE})[\s*:]*$")
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")  # of the kinds that programs put
_PERSONAL = frozenset(
    {"contact", "person", "lead", "leader", "manager", "organiser", "coordinator", "chair"}
    | {"secretary", "treasurer", "facilitator", "volunteer", "staff", "first", "last", "surname"}
    | {"forename", "worker", "client", "participant", "trustee", "your"}
)
_PERCENT = re.compile(r"%|\b(?:per ?cent|pct|percentage)\b", re.IGNORECASE)
_ASKING = frozenset(
    {"what", "whats", "which", "who", "where", "when", "how", "is", "are", "do", "does"}
    | {"please", "tell", "enter", "give"}
)
_OPENERS = (
    *(("please", "tell", "us"), ("please", "enter"), ("please", "give"), ("please", "provide")),
    *(("tell", "us"), ("do", "you", "have"), ("does", "it", "have"), ("what", "is")),
    *(("what", "are"), ("which", "is"), ("is", "it"), ("is", "there"), ("is", "venue")),
    *(("is", "the", "venue"), ("whats",), ("which",), ("enter",), ("give",), ("please",)),
)
_SMALL = frozenset({"the", "your", "our", "a", "an", "this", "their", "its", "any"})
_YOURS = frozenset({"your", "my"})
_GROUPS = frozenset(
    {"group", "groups", "organisation", "organization", "activity", "activities", "project"}
    | {"service", "session", "sessions", "charity", "hub", "venue", "meeting", "meetings", ""}
)
_TO_GROUP = tuple(
    (word, what) for word in ("to", "in", "for", "at") for what in ("group", "it", "activity")
)
NAMELESS = "Column {}"


def shown(text: str) -> str:
    """Put a heading on one line, with single blanks."""
    return " ".join(tidy(text).split())


def words(text: str) -> tuple[str, ...]:
    """List the words of a heading in one case, without numbering and asides such as (required)."""
    return _words(_plain(text))


def key(text: str) -> str:
    """Reduce a heading to its letters and digits; empty where it has none."""
    return "".join(words(text))


def identity(text: str) -> str:
    """Say which heading of a sheet it is: its :func:`key`, or itself where it is but marks."""
    return key(text) or shown(text)


def without_brackets(text: str) -> tuple[str, ...]:
    """List the words that stand outside brackets: ``Postcode (from venue)`` is ``postcode``.

    Returns:
        Nothing where there are no brackets, or what they hold makes it another thing: a ``Name
        (contact person)`` is the name of nobody netmap may know.
    """
    plain = _plain(text)
    inside = {word for part in _BRACKETS.findall(plain) for word in _words(part)}
    if not inside or inside & _PERSONAL:
        return ()
    return _words(_BRACKETS.sub(" ", plain))


def without_question(text: str) -> tuple[str, ...]:
    """List the words of what a form asks for: ``What is the name of your group?`` is its name.

    Returns:
        Nothing where it is no question, or one about whoever fills in the form: ``your ethnicity``
        is nobody's business here.
    """
    parts = words(text)
    if not parts or parts[0] not in _ASKING:
        return ()
    opener = next((one for one in _OPENERS if parts[: len(one)] == one), ())
    left = parts[len(opener) :]
    if any(
        word in _YOURS and after not in _GROUPS
        for word, after in zip(left, (*left[1:], ""), strict=False)  # no words are left of "What?"
    ):
        return ()
    left = tuple(word for word in left if word not in _SMALL)
    ending = next((one for one in _TO_GROUP if left[-len(one) :] == one), ())
    left = left[: len(left) - len(ending)]
    return () if left in {(), parts, ("name",)} else left


def stripped(parts: Sequence[str], qualifiers: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Leave out qualifying words at either end, as few as possible first.

    Args:
        parts: The words of a heading.
        qualifiers: The words that change nothing, such as ``group`` in ``group email``.

    Yields:
        The words that are left, never none.
    """
    ahead = _run(parts, qualifiers)
    behind = _run(parts[::-1], qualifiers)
    cuts = [(i, j) for i in range(ahead + 1) for j in range(behind + 1) if 0 < i + j < len(parts)]
    for i, j in sorted(cuts, key=lambda cut: (sum(cut), -cut[0])):
        yield tuple(parts[i : len(parts) - j])


def counts_percent(text: str) -> bool:
    """Tell whether a heading says that its numbers are percentages."""
    return _PERCENT.search(text) is not None


def told_apart(headings: Iterable[str]) -> tuple[str, ...]:
    """Number the headings that stand more than once: ``Email``, ``Email (2)``.

    Args:
        headings: The headings of a row; blank ones stay blank.

    Returns:
        As many, on one line each, no two of them with the same :func:`identity`.
    """
    # Names as they stand go first, so that a real "Email (2)" keeps its name.
    listed = [shown(heading) for heading in headings]
    taken = {identity(heading) for heading in listed}
    seen: set[str] = set()
    found = []
    for heading in listed:
        told, number = heading, 1
        while heading and (identity(told) in seen or (number > 1 and identity(told) in taken)):
            number += 1
            told = f"{heading} ({number})"
        seen.add(identity(told))
        found.append(told)
    return tuple(found)


def _plain(text: str) -> str:
    # Underscores are blanks, and a compatibility form such as a full-width letter is the letter.
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold().replace("_", " ")
    plain = _APOSTROPHES.sub("", plain.replace("&", " and "))
    return _MARKS.sub("", _NUMBERED.sub("", plain.strip()).rstrip("*: \t\n"))


def _words(plain: str) -> tuple[str, ...]:
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in plain).split())


def _run(parts: Sequence[str], qualifiers: frozenset[str]) -> int:
    length = 0
    while length < len(parts) and parts[length] in qualifiers:
        length += 1
    return length
