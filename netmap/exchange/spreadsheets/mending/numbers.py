"""Numbers as people write them: with commas, currencies, "about" and "or more"."""

import re
from collections.abc import Callable
from decimal import Decimal

from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.outcomes import (
    Understood,
    mended,
    quoted,
    refused,
    taken,
    warned,
)

_LONGEST = 40
_BAD = "bad-number"
_HINT = "Write it in figures, as in 12."
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[, ']\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?\d+,(?:\d{1,2}|\d{4,})")
_NOTHING_SHOWN = frozenset({"*", "**", "[c]", "[x]", "[z]", ":", "~"})
_PEOPLE = (
    "people|persons|person|places|place|spaces|members|member|participants|attendees|adults"
    "|volunteers|volunteer|staff|facilitators|groups|sessions|seats"
)
_ABOUT = "c|ca|circa|about|approx|approximately|around|roughly|est|estimated|~|≈"
_LIMIT = "over|more than|at least|minimum|min|up to|maximum|max|no more than|>|>=|≥|≤|<="


def read_whole(text: str) -> Understood:
    """Read a whole number, in figures.

    Args:
        text: The cell, tidied.

    Returns:
        Digits; whether it is too large or too small is for the register to say.
    """
    return _number(text, whole=True)


def read_number(text: str) -> Understood:
    """Read a number, in figures, with a point before the decimals."""
    return _number(text, whole=False)


def as_figures(text: str) -> str | None:
    """Write a number with nothing but digits, a sign and a point; None where it is none."""
    if _PLAIN.fullmatch(text):
        bare = text
    elif _GROUPED.fullmatch(text):
        bare = re.sub(r"[, ']", "", text)
    else:
        return None
    number = Decimal(bare)
    figures = str(int(number)) if number == int(number) else format(number, "f")
    return figures if len(figures) <= _LONGEST else None


def _number(text: str, *, whole: bool) -> Understood:
    if text in _NOTHING_SHOWN:
        return mended("", "hidden-number", "the number is hidden at its source; nothing is taken.")
    if len(text) > _LONGEST:
        return _none(text)
    bare = plain_marks(text)
    figures = as_figures(bare.removesuffix("%").strip())
    if figures is not None:
        return _sized(text, taken(figures), whole=whole)
    for form, read in _FORMS:
        found = form.fullmatch(bare)
        if found is not None:
            return _sized(text, read(found), whole=whole)
    return _none(text)


def _none(text: str) -> Understood:
    return refused(_BAD, f"{quoted(text)} is not a number.", _HINT)


def _sized(text: str, understood: Understood, *, whole: bool) -> Understood:
    if whole and "." in understood.value:
        return refused(_BAD, f"{quoted(text)} is not a whole number.", _HINT)
    return understood


def _with_comma(found: re.Match[str]) -> Understood:
    figures = as_figures(found[0].replace(",", "."))
    message = "the comma is read as the point before the decimals."
    return mended(str(figures), "decimal-comma", message)


def _money(found: re.Match[str]) -> Understood:
    figures = as_figures(found[1] or found[2])
    if figures is None:
        return _none(found[0])
    return mended(figures, "number", "the sign of the currency is left out.")


def _counted(found: re.Match[str]) -> Understood:
    figures = as_figures(found[1])
    if figures is None:
        return _none(found[0])
    return mended(figures, "number", f"{figures} is taken, and not the words beside it.")


def _loosely(found: re.Match[str]) -> Understood:
    figures = as_figures(found[1].removeprefix("£").strip())
    if figures is None:
        return _none(found[0])
    message = f"{figures} is taken, but {quoted(found[0])} is not an exact number."
    return warned(figures, "loose-number", message)


def _between(found: re.Match[str]) -> Understood:
    message = f"{quoted(found[0])} is a range, not one number."
    return refused(_BAD, message, f"Write one number, as in {found[2]}.")


_Reader = Callable[[re.Match[str]], Understood]
_FORMS: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (_COMMA.pattern, _with_comma),
        (r"(\d[\d.,]*)\s*(?:-|to)\s*(\d[\d.,]*)(?:\s+[a-z]+)?", _between),
        (r"[£€$]\s*([\d.,]+)|([\d.,]+)\s*(?:[£€$]|GBP|EUR)", _money),
        (rf"([\d.,]+)\s*(?:{_PEOPLE})", _counted),
        (rf"(?:{_ABOUT})\.?\s*(£?[\d.,]+)(?:\s+[a-z]+)?", _loosely),
        (r"([\d.,]+)\s*(?:\+|plus|or more|and over|approx\.?|ish|max\.?|min\.?|\?)", _loosely),
        (rf"(?:{_LIMIT})\.?(?:\s+of)?\s*([\d.,]+)(?:\s+[a-z]+)?", _loosely),
    )
)
