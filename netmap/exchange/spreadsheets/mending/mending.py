"""Which module understands which cell, and what is kept of a cell that nobody understands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from netmap.exchange.draft import Outcome, Spot
from netmap.exchange.grids.grid import Oddity
from netmap.exchange.spreadsheets.mending import texts
from netmap.exchange.spreadsheets.mending.blanks import is_blank_word, is_nothing, left_empty
from netmap.exchange.spreadsheets.mending.cleaning import clean
from netmap.exchange.spreadsheets.mending.communities import read_communities
from netmap.exchange.spreadsheets.mending.contacts import read_email, read_phone, read_website
from netmap.exchange.spreadsheets.mending.coordinates import read_coordinate
from netmap.exchange.spreadsheets.mending.dates import read_day
from netmap.exchange.spreadsheets.mending.identifiers import read_identifiers
from netmap.exchange.spreadsheets.mending.kinds import Column, Kind, column_of
from netmap.exchange.spreadsheets.mending.languages import read_languages
from netmap.exchange.spreadsheets.mending.lists import from_program_text
from netmap.exchange.spreadsheets.mending.numbers import read_number, read_whole
from netmap.exchange.spreadsheets.mending.outcomes import (
    Mended,
    Remark,
    Understood,
    mended,
    quoted,
    taken,
)
from netmap.exchange.spreadsheets.mending.postcodes import read_postcode
from netmap.exchange.spreadsheets.mending.terms import read_term, read_terms, unknown_term
from netmap.exchange.spreadsheets.mending.yes_no import read_yes_no
from netmap.vocabulary import Vocabularies

_ERRORS = frozenset(
    {"#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#N/A"}
    | {"#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA"}
)
# Empty, these would open the row: to the public, for ever, to anyone.
_KEPT = frozenset({"visibility", "consent_until", "status", "communities"})
# The formula itself could be read as a word: "=PUBLIC" is public to who passes over signs.
_NOT_WORKED_OUT = "not worked out"
_WHOLE_OR_NOT = frozenset({"visibility", "contact"})
_OPENING = frozenset({"[", "{", "(", "'"})
_OF_NAMES = frozenset({Kind.NAME, Kind.NAMES, Kind.TEXT, Kind.OWN})


class _Reader(Protocol):
    def __call__(self, cell: "_Cell", /) -> Understood: ...


class _Cell:
    """A cell that has been tidied, with all that its readers may want to know."""

    __slots__ = ("as_", "column", "oddity", "text", "vocabularies")

    def __init__(
        self,
        text: str,
        column: str,
        as_: Column,
        oddity: Oddity | None,
        vocabularies: Vocabularies,
    ) -> None:
        self.text = text
        self.column = column
        self.as_ = as_
        self.oddity = oddity
        self.vocabularies = vocabularies


def mend(
    table: str,
    column: str,
    text: str,
    oddity: Oddity | None,
    spot: Spot,
    vocabularies: Vocabularies,
) -> Mended:
    """Write a cell as the register's file would hold it, and say what was done to it.

    Args:
        table: One of :data:`netmap.networks.models.TABLES`.
        column: The column it is for; one the table does not know holds people's own text.
        text: The cell as it stands in the file.
        oddity: What the cell is, where it is more than text.
        spot: Where it stands, for the notes.
        vocabularies: The controlled terms of the workspace.

    Returns:
        The text to take, and notes: none where it was simply taken. Where nothing could be
        understood the text is empty, but in columns where empty would open the row it stays as
        written, which the register takes as the strictest. Mending the text again changes nothing.
    """
    if not text:
        return Mended("")
    as_ = _column(table, column, vocabularies)
    tidy, was_garbled, was_program_text = _plain(text)
    cell = _Cell(tidy, column, as_, oddity, vocabularies)
    understood = _to_the_end(cell)
    if understood.value and not understood.remarks and was_program_text:
        understood = texts.program_text(understood.value)
    if understood.value and was_garbled:
        message = "letters that a program had garbled are put right."
        understood = understood.and_also(Remark(Outcome.MENDED, "garbled", message))
    if not understood.value and column in _KEPT:
        understood = _kept(understood, _NOT_WORKED_OUT if _is_broken(cell) else tidy)
    return understood.at(spot, text)


def _column(table: str, column: str, vocabularies: Vocabularies) -> Column:
    as_ = column_of(table, column)
    if as_.kind is Kind.OWN and table == "populations":
        counted = vocabularies["community"].resolve(column)
        return Column(Kind.NUMBER) if counted else as_
    return as_


def _plain(text: str) -> tuple[str, bool, bool]:
    """Tidy a cell, and unpack what a program wrote; tell whether it was garbled, or unpacked."""
    was_garbled = was_program_text = False
    while True:
        tidy, garbled = clean(text)
        was_garbled |= garbled
        items = from_program_text(tidy) if tidy[:1] in _OPENING else None
        if items is None:
            return tidy, was_garbled, was_program_text
        was_program_text = True
        text = "; ".join(items)


def _to_the_end(cell: _Cell) -> Understood:
    """Understand a cell, and once more where what is left of a list is a list itself."""
    understood = _understood(cell)
    while understood.value[:1] in _OPENING:
        cell.text = _plain(understood.value)[0]
        if cell.text == understood.value:
            break
        understood = _understood(cell).and_also(*understood.remarks)
    return understood


def _understood(cell: _Cell) -> Understood:
    text = cell.text
    if not text:
        return taken("")
    if _is_broken(cell):
        return texts.never_worked_out(is_formula=cell.oddity is Oddity.FORMULA)
    understood = _empty(cell) or _READERS[cell.as_.kind](cell)
    if cell.oddity is Oddity.DATE:
        return texts.date_instead(understood, cell.column)
    return understood


def _is_broken(cell: _Cell) -> bool:
    return cell.oddity in {Oddity.FORMULA, Oddity.ERROR} or cell.text in _ERRORS


def _empty(cell: _Cell) -> Understood | None:
    """Leave a cell empty that says it is, unless the column has a use for the words."""
    text, as_ = cell.text, cell.as_
    if as_.kind in _OF_NAMES or not is_blank_word(text):
        return None
    if as_.vocabulary and cell.vocabularies[as_.vocabulary].resolve(text):
        return None
    if as_.kind is Kind.YES_NO and text.casefold() == "na" and text != "NA":
        return None
    if cell.column not in _KEPT or is_nothing(text):
        hint = "Write 0 if there are none." if as_.kind is Kind.WHOLE else ""
        return left_empty(text, hint)
    if cell.column == "status":
        return mended("unknown", "blank-word", f"{quoted(text)} is taken as not known.")
    return None


def _term(cell: _Cell) -> Understood:
    vocabulary = cell.vocabularies[cell.as_.vocabulary]
    if cell.column in _WHOLE_OR_NOT:
        # Of two wishes about what may be seen, none is taken.
        slug = vocabulary.resolve(cell.text)
        return taken(slug) if slug else Understood("", (unknown_term(cell.text, vocabulary),))
    return read_term(cell.text, vocabulary)


def _terms(cell: _Cell) -> Understood:
    vocabulary = cell.vocabularies[cell.as_.vocabulary]
    if cell.column == "communities":
        return read_communities(cell.text, vocabulary)
    return read_terms(cell.text, vocabulary)


def _kept(understood: Understood, text: str) -> Understood:
    """Keep what stands in a column where an empty cell would show more than was wished."""
    if not any(remark.outcome is Outcome.REFUSED for remark in understood.remarks):
        return understood
    return Understood(
        text,
        tuple(
            replace(
                remark,
                outcome=Outcome.WARNED,
                message=f"{remark.message.removesuffix('.')}; it stays as written.",
            )
            for remark in understood.remarks
        ),
    )


_READERS: Mapping[Kind, _Reader] = {
    Kind.TEXT: lambda cell: texts.read_text(cell.text, cell.column),
    Kind.OWN: lambda cell: taken(cell.text),
    Kind.NAME: lambda cell: texts.read_name(cell.text),
    Kind.NAMES: lambda cell: texts.read_names(cell.text),
    Kind.PLACES: lambda cell: texts.read_places(cell.text),
    Kind.IDENTIFIERS: lambda cell: read_identifiers(cell.text),
    Kind.LANGUAGES: lambda cell: read_languages(cell.text),
    Kind.TERM: _term,
    Kind.TERMS: _terms,
    Kind.CHOICE: lambda cell: texts.read_choice(cell.text, cell.as_.choices),
    Kind.DAY: lambda cell: read_day(cell.text, cell.column),
    Kind.YES_NO: lambda cell: read_yes_no(cell.text),
    Kind.WHOLE: lambda cell: read_whole(cell.text),
    Kind.NUMBER: lambda cell: read_number(cell.text),
    Kind.LATITUDE: lambda cell: read_coordinate(cell.text, "latitude"),
    Kind.LONGITUDE: lambda cell: read_coordinate(cell.text, "longitude"),
    Kind.POSTCODE: lambda cell: read_postcode(cell.text),
    Kind.EMAIL: lambda cell: read_email(cell.text),
    Kind.PHONE: lambda cell: read_phone(cell.text, is_number=cell.oddity is Oddity.NUMBER),
    Kind.WEBSITE: lambda cell: read_website(cell.text),
}
