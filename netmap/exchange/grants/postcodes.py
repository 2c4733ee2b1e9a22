"""Postcodes as funders type them: blanks mended, letters for digits only offered."""

from itertools import combinations

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.places import tidy_postcode

_LOOK_ALIKE = {"O": "0", "0": "O", "I": "1", "1": "I"}
_LONGEST = 8


def mended_postcode(text: str, spot: Spot) -> tuple[str | None, Note | None]:
    """Read a postcode cell.

    Args:
        text: The cell, not tidied, not empty.
        spot: Where it stands.

    Returns:
        The postcode in its usual form, or None; and what is to be said of it, or None where it
        stood in that form already.
    """
    tidy = tidy_postcode(text)
    if tidy == text:
        return tidy, None
    if tidy:
        return tidy, Note(Outcome.MENDED, "postcode", _mended(text, tidy), spot, text, tidy)
    meant = _offered(text)
    hint = f"Did you mean {meant}?" if meant else "A postcode looks like LS1 1UR."
    message = "this is not a postcode; the cell is left out."
    return None, Note(Outcome.REFUSED, "bad-postcode", message, spot, text, hint=hint)


def _mended(text: str, tidy: str) -> str:
    if text.strip() == tidy:
        return "there were blanks around it."
    if text.strip().upper() == tidy:
        return "it was not in capitals."
    if " " not in text.strip():
        return "the space was missing."
    return "the space was in the wrong place."


def _offered(text: str) -> str | None:
    """Find the one postcode that is meant where O and 0, or I and 1, were taken for another."""
    squeezed = "".join(text.split()).upper()
    if len(squeezed) > _LONGEST:
        return None
    places = [place for place, letter in enumerate(squeezed) if letter in _LOOK_ALIKE]
    for changes in range(1, len(places) + 1):
        found = {tidy_postcode(_changed(squeezed, at)) for at in combinations(places, changes)}
        known = sorted(one for one in found if one)
        if known:
            return known[0] if len(known) == 1 else None
    return None


def _changed(text: str, places: tuple[int, ...]) -> str:
    letters = list(text)
    for place in places:
        letters[place] = _LOOK_ALIKE[letters[place]]
    return "".join(letters)
