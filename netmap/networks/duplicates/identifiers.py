"""Charity and company numbers: when two are the same, and when two cannot be one body's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from netmap.language import N_, _

_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z0-9_]{2,})-([A-Z0-9][A-Z0-9 ./_-]*)")
_NUMBER = re.compile(r"\d{6,8}")
_COMPANY_DIGITS = 8
_SAME = {
    "GB-CHC": N_("the same charity number %(number)s"),
    "GB-COH": N_("the same company number %(number)s"),
    "GB-NIC": N_("the same Northern Irish charity number %(number)s"),
    "GB-SC": N_("the same Scottish charity number %(number)s"),
}
_DIFFERENT = {
    "GB-CHC": N_("different charity numbers"),
    "GB-COH": N_("different company numbers"),
    "GB-NIC": N_("different Northern Irish charity numbers"),
    "GB-SC": N_("different Scottish charity numbers"),
}


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """One identifier, written the usual way.

    Attributes:
        register: Whose number it is, as ``GB-CHC``; empty where that is not said.
        number: The number.
        linked: Which of the charities linked to that number; 0 for the main one.
    """

    register: str
    number: str
    linked: int = 0

    def __str__(self) -> str:
        """Write it as a register has it."""
        number = f"{self.register}-{self.number}" if self.register else self.number
        return f"{number}-{self.linked}" if self.linked else number

    @property
    def shared_in_words(self) -> str:
        """Say that two have it, as ``the same charity number GB-CHC-1234567``."""
        if self.register in _SAME:
            return _(_SAME[self.register], number=self)
        return _("the same identifier %(number)s", number=self)


def identifier(text: str) -> Identifier | None:
    """Read an identifier; a number without its register is kept; None where it is neither."""
    tidy = re.sub(r"\s+", "", text).upper()
    found = _ORG_ID.fullmatch(tidy)
    if not found:
        return Identifier("", tidy.lstrip("0")) if _NUMBER.fullmatch(tidy) else None
    register, number = found[1], found[2]
    linked = 0
    if register == "GB-CHC":
        number, _, suffix = number.partition("-")
        linked = int(suffix) if suffix.isdigit() else 0
        number = number.lstrip("0")
    if register == "GB-COH" and number.isdigit():
        number = number.zfill(_COMPANY_DIGITS)
    return Identifier(register, number, linked) if number else None


def shared(one: Iterable[Identifier], other: Iterable[Identifier]) -> Identifier | None:
    """Find the number that two bodies have in one register, linked charities alike."""
    theirs = {(i.register, i.number) for i in other if i.register}
    return min((i for i in one if (i.register, i.number) in theirs), default=None)


def linked_apart(one: Iterable[Identifier], other: Iterable[Identifier]) -> bool:
    """Tell whether one of two bodies with one number is a charity linked to the other."""
    ours = {i.linked for i in one if i.register == "GB-CHC"}
    return ours.isdisjoint({i.linked for i in other if i.register == "GB-CHC"} or ours)


def conflicts(one: Iterable[Identifier], other: Iterable[Identifier]) -> list[str]:
    """List the registers in which two bodies have different numbers, in order.

    A charity number and a company number are no conflict: one body may have both.
    """
    ours, theirs = _by_register(one), _by_register(other)
    return sorted(r for r in ours.keys() & theirs.keys() if ours[r].isdisjoint(theirs[r]))


def conflict_in_words(register: str) -> str:
    """Say that two numbers of a register differ."""
    if register in _DIFFERENT:
        return _(_DIFFERENT[register])
    return _("different %(register)s identifiers", register=register)


def _by_register(found: Iterable[Identifier]) -> dict[str, set[str]]:
    numbers: dict[str, set[str]] = {}
    for one in found:
        if one.register:
            numbers.setdefault(one.register, set()).add(one.number)
    return numbers
