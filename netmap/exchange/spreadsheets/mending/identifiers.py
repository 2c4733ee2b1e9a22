"""Charity and company numbers, written as org-id identifiers: ``GB-CHC-1234567``.

A column of charity numbers comes with ``GB-CHC-`` before each, one of company numbers with
``GB-COH-``. Shapes are those of org-id.guide: England and Wales six or seven digits, Scotland SC
and six, Northern Ireland NIC and six, companies eight digits or two letters and six.
"""

import re
from dataclasses import dataclass

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.blanks import is_blank_word
from netmap.exchange.spreadsheets.mending.lists import by_lines
from netmap.exchange.spreadsheets.mending.outcomes import Remark, Understood, quoted

_BAD, _CODE = "bad-identifier", "identifier"
_HINT = "A charity number looks like 1234567 or SC012345; a company's like 01234567."
_PREFIX = re.compile(r"GB-(CHC|SC|NIC|COH)-(.*)", re.IGNORECASE | re.DOTALL)
_OTHER_REGISTER = re.compile(r"(?:[A-Z]{2}|360G)-[A-Za-z0-9]+(?:-[A-Za-z0-9/_.:]+)*", re.ASCII)
_NO_NUMBER = re.compile(
    r"not registered|unregistered|not a (?:registered )?charity|exempt|excepted|pending"
    r"|applied for|unincorporated|constituted group",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"(?<![A-Za-z0-9])(?:england|wales|scotland|scottish|and|the|registered|registration|regd?"
    r"|charity|charities|company|companies|commission|house|limited|ltd|cio|scio|cic|oscr|ccni"
    r"|number|nos?|num|in|is|ref|uk)(?![A-Za-z])|[:#()№&.,\s]+|-(?!\d)",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"compan|\bltd\b|limited|\bcic\b|house", re.IGNORECASE)
_SAYS_COMPANY = re.compile(r"\bcompan(?:y|ies)\b", re.IGNORECASE)
_SAYS_CHARITY = re.compile(r"\bcharity\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\s*(?:/|&|\band\b|,(?!\d{3}(?!\d)))\s*(?=(?:[a-z][a-z .:]*)?\S*\d)", re.IGNORECASE
)
_THOUSANDS = re.compile(r"[\s,.](?=\d{3}(?!\d))")
_ENGLAND = re.compile(r"\d{6,7}(?:-\d{1,3})?", re.ASCII)
_SCOTLAND = re.compile(r"SC\d{6}", re.ASCII)
_SCOTLAND_SLIP = re.compile(r"SC[\dOI]{5,6}", re.ASCII)
_IRELAND = re.compile(r"(?:NIC|NI)?(1\d{5})", re.ASCII)
_COMPANIES = re.compile(r"\d{8}|[A-Z]{2}\d{6}", re.ASCII)
_EIGHT = 8


@dataclass(frozen=True, slots=True)
class _Number:
    """One number and its register, and what is to be said; without a value where it is refused."""

    value: str
    remark: Remark | None = None


def read_identifiers(text: str) -> Understood:
    """Read the numbers an organisation is registered under.

    Args:
        text: The cell, tidied; ``GB-CHC-`` or ``GB-COH-`` may have been put before it.

    Returns:
        Identifiers joined by ``;`` in their order; what has no right shape is left out, and said.
    """
    found: dict[str, None] = {}
    remarks: list[Remark] = []
    register = ""
    for item in by_lines(text):
        prefix = _PREFIX.fullmatch(item)
        if prefix is None and _OTHER_REGISTER.fullmatch(item):
            found[item] = None
            continue
        # "GB-CHC-" before a cell of two numbers is meant for both.
        register = prefix[1].upper() if prefix else register
        for part in _BETWEEN.split(prefix[2] if prefix else item):
            number = _number(part.strip(" .,"), register)
            if number.value:
                found[number.value] = None
            if number.remark is not None:
                remarks.append(number.remark)
    return Understood(";".join(found), tuple(remarks))


def _number(text: str, register: str) -> _Number:
    has_digits = any(letter.isdigit() for letter in text)
    if not has_digits and (is_blank_word(text) or _NO_NUMBER.search(text)):
        return _Number("", _nothing(text))
    whole = text.removesuffix(".0").strip()
    bare = _WORDS.sub(" ", _THOUSANDS.sub("", whole)).upper()
    squeezed = re.sub(r"\s+", "", bare)
    # What the cell says itself counts for more than its heading.
    if register == "CHC" and _SAYS_COMPANY.search(text):
        return _company(squeezed, text, typed=False)
    if register == "COH" and _SAYS_CHARITY.search(text):
        return _charity(squeezed, text, typed=False)
    if register == "COH" or (not register and _COMPANY.search(text)):
        return _company(squeezed, text, typed=bool(register))
    if register == "NIC" and _IRELAND.fullmatch(squeezed):
        return _as(f"GB-NIC-{squeezed.lstrip('NIC')}", text, typed=True)
    return _charity(squeezed, text, typed=bool(register))


def _charity(number: str, text: str, *, typed: bool) -> _Number:
    if _SCOTLAND.fullmatch(number):
        return _as(f"GB-SC-{number}", text, typed=typed)
    northern = _IRELAND.fullmatch(number)
    if northern and not number.isdecimal():
        return _as(f"GB-NIC-{northern[1]}", text, typed=typed)
    if _ENGLAND.fullmatch(number):
        return _as(f"GB-CHC-{number}", text, typed=typed)
    if _SCOTLAND_SLIP.fullmatch(number):
        return _refused(text, "charity", _scottish(number))
    if len(number) == _EIGHT and number.isdecimal():
        hint = f"Is it a company number? Then write GB-COH-{number}."
        return _refused(text, "charity", hint)
    return _refused(text, "charity", _HINT)


def _company(number: str, text: str, *, typed: bool) -> _Number:
    if _COMPANIES.fullmatch(number):
        return _as(f"GB-COH-{number}", text, typed=typed)
    if _ENGLAND.fullmatch(number) and number.isdecimal():
        value = f"GB-COH-{number}"
        message = (
            f"{number} has {len(number)} digits, and a company number has eight: is it a charity "
            f"number, or has it lost a 0 in front?"
        )
        hint = f"Write GB-CHC-{number}, or GB-COH-{number.zfill(_EIGHT)}."
        return _Number(value, Remark(Outcome.WARNED, "charity-or-company", message, hint))
    return _refused(text, "company", _HINT)


def _as(value: str, text: str, *, typed: bool) -> _Number:
    # A number whose register the heading names, or that says it itself, needs no word.
    if typed and value.endswith(text):
        return _Number(value)
    return _Number(value, Remark(Outcome.MENDED, _CODE, f"{quoted(text)} is taken as {value}."))


def _scottish(number: str) -> str:
    digits = number[2:].replace("O", "0").replace("I", "1").zfill(6)
    return f"Is it SC{digits}?"


def _refused(text: str, what: str, hint: str) -> _Number:
    message = f"{quoted(text)} is not a {what} number."
    return _Number("", Remark(Outcome.REFUSED, _BAD, message, hint))


def _nothing(text: str) -> Remark:
    message = f"{quoted(text)} is read as having no number."
    return Remark(Outcome.MENDED, "blank-word", message)
