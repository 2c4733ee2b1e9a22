"""Latitude and longitude as maps and phones give them, in WGS 84 degrees.

Whether a point can be where it is said to be is for the register's own check.
"""

import re

from netmap.exchange.spreadsheets.mending.cleaning import plain_marks
from netmap.exchange.spreadsheets.mending.numbers import as_figures
from netmap.exchange.spreadsheets.mending.outcomes import Understood, mended, quoted, refused, taken

_LONGEST = 40
_BAD = "bad-number"
_FIGURES = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_BOTH = re.compile(
    rf"\(?\s*({_FIGURES})\s*°?\s*[NS]?\s*[,;\s]\s*({_FIGURES})\s*°?\s*[EW]?\s*\)?",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?P<before>[NSEW])?\s*(?P<figures>{_FIGURES})\s*°?\s*(?P<after>[NSEW])?", re.IGNORECASE
)
_PARTS = re.compile(
    r"(?P<before>[NSEW])?\s*(?P<degrees>\d{1,3})\s*[°d:\s]\s*"
    r"(?P<minutes>\d{1,2}(?:\.\d+)?)\s*['m:]?\s*"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:[\"s]|'')?)?\s*(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[, ']")
_DIGITS = 6
_SIDES = {"latitude": "NS", "longitude": "EW"}


def read_coordinate(text: str, column: str) -> Understood:
    """Read one coordinate.

    Args:
        text: The cell, tidied.
        column: ``latitude`` or ``longitude``.

    Returns:
        Degrees with a point before the decimals, south and west below nought.
    """
    bare = plain_marks(text)
    if len(bare) > _LONGEST:
        return _none(text, column)
    figures = as_figures(bare)
    if figures is not None and not _GROUPED.search(bare):
        return taken(figures)
    one = _ONE.fullmatch(bare)
    if one is not None:
        return _signed(text, column, _side(one), str(as_figures(one["figures"].replace(",", "."))))
    both = _BOTH.fullmatch(bare)
    if both is not None:
        hint = f"Put {both[1]} under latitude and {both[2]} under longitude."
        return refused(_BAD, f"{quoted(text)} is two numbers.", hint)
    parts = _PARTS.fullmatch(bare)
    if parts is None:
        return _none(text, column)
    return _signed(text, column, _side(parts), _in_degrees(parts))


def _none(text: str, column: str) -> Understood:
    example = "53.8" if column == "latitude" else "-1.55"
    message = f"{quoted(text)} is not a {column}."
    return refused(_BAD, message, f"Write it in degrees, as in {example}.")


def _side(found: re.Match[str]) -> str:
    return (found["before"] or found["after"] or "").upper()


def _in_degrees(found: re.Match[str]) -> str:
    minutes, seconds = float(found["minutes"]), float(found["seconds"] or 0)
    degrees = int(found["degrees"]) + minutes / 60 + seconds / 3600
    return str(as_figures(f"{degrees:.{_DIGITS}f}".rstrip("0")))


def _signed(text: str, column: str, side: str, figures: str) -> Understood:
    """Put south and west below nought; a longitude that points north is none."""
    if side and side not in _SIDES[column]:
        return refused(_BAD, f"{quoted(text)} is no {column}.", "Have the two changed places?")
    below = side in {"S", "W"} and not figures.startswith("-")
    value = f"-{figures}" if below and figures != "0" else figures
    return mended(value, "coordinate", "it is written in degrees, with a point.")
