"""Areas that a file and a register do not share: two boundary years, or two parts of a country."""

from collections.abc import Collection, Iterable

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.intake.names import ONS_CODE

_NAMED = 20
_KIND = 3


def left_over(
    codes: Collection[str], told: Collection[str], register: Iterable[str], spot: Spot
) -> list[Note]:
    """Say which codes of a file no area has, and of which areas of that kind the file is silent.

    Args:
        codes: The codes left over.
        told: The codes of the areas the file says something of.
        register: The codes of all areas.
        spot: The file.

    Returns:
        One note, or none where everything fits.
    """
    kinds = {code[:_KIND] for code in (*codes, *told) if ONS_CODE.fullmatch(code)}
    silent = {c for c in register if ONS_CODE.fullmatch(c) and c[:_KIND] in kinds} - set(told)
    said = []
    if codes:
        said.append(f"{_count(codes)} of the file fit no area of the register: {_listed(codes)}")
    if silent:
        said.append(f"the file says nothing about {_areas(silent)} it could: {_listed(silent)}")
    if not said:
        return []
    official = any(ONS_CODE.fullmatch(code) for code in codes)
    hint = "The file and the register may be of different boundary years." if official else ""
    message = f"{'; '.join(said)}."
    return [Note(Outcome.WARNED, "left-over-codes", message, spot, None, None, hint)]


def _count(codes: Collection[str]) -> str:
    different = len(set(codes))
    return "1 code" if different == 1 else f"{different} codes"


def _areas(codes: Collection[str]) -> str:
    return "1 area" if len(codes) == 1 else f"{len(codes)} areas"


def _listed(codes: Collection[str]) -> str:
    different = sorted(set(codes))
    more = len(different) - _NAMED
    return ", ".join(different[:_NAMED]) + (f" and {more} more" if more > 0 else "")
