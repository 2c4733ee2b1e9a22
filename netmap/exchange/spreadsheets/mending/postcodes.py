"""Postcodes as people type them: the blank, the case, letters taken for digits.

A letter that stands for a digit is never put right here, only offered: a wrong postcode puts a
group in the wrong town. Whether a postcode exists is for the postcode table to say.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from netmap.exchange.spreadsheets.mending.outcomes import (
    Understood,
    mended,
    quoted,
    refused,
    taken,
    warned,
)
from netmap.places import tidy_postcode

_CODE, _BAD = "postcode", "bad-postcode"
_HINT = "A postcode looks like LS1 1UR; its first half alone will do."
_HIDE = "To keep a place hidden, write withheld under visibility."
_HIDDEN = re.compile(r"confidential|withheld|secret|private|hidden|undisclosed", re.IGNORECASE)
# Which letters stand where is from the Royal Mail's programmers' guide to postcodes.
_OUTWARD = (
    r"[A-PR-UWYZ](?:[0-9]|[1-9][0-9]|[0-9][A-HJKPSTUW]"
    r"|[A-HK-Y](?:[0-9]|[1-9][0-9]|[0-9][ABEHMNPRVWXY]))"
)
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_REAL = re.compile(_OUTWARD + _INWARD)
_REAL_OUTWARD = re.compile(_OUTWARD)
_ANYWHERE = re.compile(
    r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9]\s?[A-Z]{2}(?![A-Z0-9])", re.IGNORECASE
)
_OUTWARD_ANYWHERE = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}[0-9][A-Z0-9]?(?![A-Z0-9])")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s+([0-9])", re.IGNORECASE)
_FLOOR = re.compile(r"\d(?:st|nd|rd|th)$")
_BETWEEN = re.compile(r"\s*(?:[,;/|&+\n]|\band\b|\bor\b)\s*", re.IGNORECASE)
_TWINS = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S"}
_LENGTHS = range(2, 8)
_MOST_OFFERED = 3


def read_postcode(text: str) -> Understood:
    """Read a postcode, or the outward half of one.

    Args:
        text: The cell, tidied.

    Returns:
        The postcode with its blank, in capitals; or nothing, the reason, and what it might be.
    """
    sector = _SECTOR.fullmatch(text)
    if sector is not None:
        outward = sector[1].upper()
        message = f"only the first half and a digit are given; {outward} is taken."
        return mended(outward, "postcode-part", message)
    tidy = tidy_postcode(text)
    if tidy is not None:
        return _tidied(text, tidy)
    return _one_of(text) or _offered(text) or _none(text)


def _none(text: str) -> Understood:
    hint = _HIDE if _HIDDEN.search(text) else _HINT
    return refused(_BAD, f"{quoted(text)} is not a postcode.", hint)


def _tidied(text: str, tidy: str) -> Understood:
    """Take what has the shape of a postcode, unless a digit of it must be a letter."""
    if not _is_real(tidy):
        meant = _near(tidy.replace(" ", ""))
        if meant:
            return _mixed_up(text, meant)
        message = f"{tidy} has the shape of a postcode, but none is made of these letters."
        return warned(tidy, "odd-postcode", message, "Look it up once more.")
    if tidy == text:
        return taken(tidy)
    return mended(tidy, _CODE, _how(text, tidy))


def _how(text: str, tidy: str) -> str:
    if text.upper() == tidy:
        return "it was not written in capitals."
    return (
        "the space was missing."
        if not re.search(r"\s", text)
        else "the space was in the wrong place."
    )


def _one_of(text: str) -> Understood | None:
    """Take the first postcode of several, or the one with other words around it."""
    codes = _all_codes(text) or [
        code
        for hit in _ANYWHERE.finditer(text)
        if not _FLOOR.search(hit[0]) and _is_real(code := str(tidy_postcode(hit[0])))
    ]
    codes = list(dict.fromkeys(codes))
    if not codes:
        return None
    if len(codes) > 1:
        others = ", ".join(codes[1 : 1 + _MOST_OFFERED])
        more = (
            f" and {len(codes) - 1 - _MOST_OFFERED} more" if len(codes) > 1 + _MOST_OFFERED else ""
        )
        message = f"it holds {len(codes)} postcodes: {codes[0]} is taken, not {others}{more}."
        hint = "Give each place a row of its own."
        return warned(codes[0], "several-values", message, hint)
    return mended(codes[0], _CODE, f"{codes[0]} is taken, and not the words around it.")


def _all_codes(text: str) -> list[str]:
    """List the postcodes, whole or half, of a cell that holds nothing else."""
    codes = [str(tidy_postcode(part)) for part in _BETWEEN.split(text) if part]
    return codes if len(codes) > 1 and all(map(_is_real, codes)) else []


def _offered(text: str) -> Understood | None:
    """Say what it might be with letters for digits and digits for letters, and take nothing."""
    squeezed = re.sub(r"[\s.,\-]+", "", text).upper()
    codes = _near(squeezed) if len(squeezed) in _LENGTHS and squeezed.isascii() else ()
    if codes:
        return _mixed_up(text, codes)
    halves = [code for code in _OUTWARD_ANYWHERE.findall(text) if _is_real(code)]
    if not halves:
        return None
    return refused(_BAD, f"{quoted(text)} is not a postcode.", _is_it(halves))


def _mixed_up(text: str, codes: Sequence[str]) -> Understood:
    message = f"{quoted(text)} is not a postcode; a letter and a digit may be mixed up."
    return refused(_BAD, message, _is_it(codes))


def _is_it(codes: Sequence[str]) -> str:
    return f"Is it {' or '.join(dict.fromkeys(codes[:_MOST_OFFERED]))}?"


@lru_cache(maxsize=4096)
def _near(squeezed: str) -> tuple[str, ...]:
    """Find the postcodes that need the fewest letters or digits changed for their twins."""
    twins = [at for at, letter in enumerate(squeezed) if letter in _TWINS]
    for changes in range(1, len(twins) + 1):
        found = [_swapped(squeezed, at) for at in combinations(twins, changes)]
        codes = tuple(str(tidy_postcode(code)) for code in found if _is_real(code))
        if codes:
            return codes
    return ()


def _swapped(squeezed: str, places: tuple[int, ...]) -> str:
    letters = (_TWINS[x] if at in places else x for at, x in enumerate(squeezed))
    return "".join(letters)


def _is_real(code: str) -> bool:
    """Tell whether a postcode, or half of one, is made of letters and digits as real ones are."""
    squeezed = code.replace(" ", "")
    return bool(_REAL.fullmatch(squeezed) or _REAL_OUTWARD.fullmatch(squeezed))
