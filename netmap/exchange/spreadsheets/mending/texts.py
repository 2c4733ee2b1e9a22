"""Texts, names and words to choose from."""

from collections.abc import Sequence

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.blanks import (
    is_blank_word,
    kept_as_name,
    left_empty,
    may_be_name,
)
from netmap.exchange.spreadsheets.mending.cleaning import one_line
from netmap.exchange.spreadsheets.mending.lists import by_commas, by_lines
from netmap.exchange.spreadsheets.mending.outcomes import (
    Remark,
    Understood,
    mended,
    quoted,
    refused,
    taken,
)
from netmap.findings import did_you_mean

# What is said or paid may be "none", and that is worth knowing.
_MAY_BE_NONE = frozenset({"cost", "words"})
_PARAGRAPHS = frozenset({"description", "how_to_join", "notes", "words", "schedule"})
_NOT_DATES = frozenset({"name", "age_range", "cost", "venue", "aliases"})
_SAID_OTHERWISE = {
    "%": "percent",
    "percentage": "percent",
    "per cent": "percent",
    "persons": "people",
    "number": "people",
    "count": "people",
}


def read_text(text: str, column: str) -> Understood:
    """Read a text; line breaks stay where sentences stand."""
    if column in _MAY_BE_NONE and may_be_name(text):
        return taken(text)
    if is_blank_word(text):
        return left_empty(text)
    return taken(text if column in _PARAGRAPHS else one_line(text))


def read_name(text: str) -> Understood:
    """Read a name, which may be ``None``."""
    if may_be_name(text):
        return kept_as_name(one_line(text))
    return left_empty(text) if is_blank_word(text) else taken(one_line(text))


def read_names(text: str) -> Understood:
    """Read several names; a comma or an "and" may belong to one."""
    if may_be_name(text):
        return kept_as_name(one_line(text))
    return taken(";".join(name for name in map(one_line, by_lines(text)) if not _nothing(name)))


def read_places(text: str) -> Understood:
    """Read several areas, by code or name."""
    return taken(";".join(area for area in map(one_line, by_commas(text)) if not _nothing(area)))


def read_choice(text: str, choices: Sequence[str]) -> Understood:
    """Read one of a few words."""
    word = text.casefold().strip(" .")
    word = _SAID_OTHERWISE.get(word, word)
    if word in choices:
        return taken(word)
    said = " or ".join(choices)
    hint = did_you_mean(text, choices) or f"Write {said}."
    return refused("unknown-term", f"{quoted(text)} is not {said}.", hint)


def date_instead(understood: Understood, column: str) -> Understood:
    """Warn that a text is a date, which it may not have been when it was typed."""
    if column not in _NOT_DATES or not understood.value:
        return understood
    message = "the spreadsheet holds a date here; something like 10-12 may have become one."
    hint = "Format the cell as text, and type it once more."
    return understood.and_also(Remark(Outcome.WARNED, "date-in-text", message, hint))


def never_worked_out(*, is_formula: bool) -> Understood:
    """Refuse a formula that has no value, or an error in place of one."""
    if is_formula:
        hint = "Open the file in a spreadsheet program and save it, or paste the value."
        return refused("formula", "it is a formula without a value.", hint)
    hint = "Put the formula right in the spreadsheet, or type the value."
    return refused("error-cell", "the spreadsheet could not work out this cell.", hint)


def program_text(value: str) -> Understood:
    """Say that a list was written as a program prints one."""
    return mended(value, "list-as-text", "it was a list written as a program writes it.")


def _nothing(item: str) -> bool:
    return is_blank_word(item) and not may_be_name(item)
