"""How rural an area is, and how deprived: one word or number for each area."""

import re
from collections.abc import Callable

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome
from netmap.exchange.statistics.frame import Frame
from netmap.vocabulary import Vocabularies

RURAL_URBAN = "rural-urban"
DEPRIVATION = "deprivation"
_MOSTLY = 0.95
_LEAST_CLASSES = 2
_DECILE = re.compile(r"decile", re.IGNORECASE)
_OVERALL = re.compile(r"\bimd|multiple deprivation|\boverall\b|\bwimd|\bsimd", re.IGNORECASE)
_COARSE = frozenset({"urban", "rural"})
_TENTHS = range(1, 11)


def rural_urban_column(frame: Frame, vocabularies: Vocabularies) -> int | None:
    """Find the column of rural/urban classes: of several, the one that tells most apart.

    ``Urban`` and ``Rural`` alone are classes too, but the codes beside them say more.
    """
    known = vocabularies["rural_urban"]
    told: dict[int, tuple[bool, int]] = {}
    for column in range(len(frame.headings)):
        values = [cell for cell in frame.column(column) if cell]
        resolved = sum(known.resolve(value) is not None for value in values)
        if values and resolved >= _MOSTLY * len(values):
            coarse = {value.casefold() for value in values} <= _COARSE
            told[column] = not coarse, len(set(values))
    # Even where all of a table's areas are of one class, its heading says what it is.
    enough = [n for n in told if told[n][1] >= _LEAST_CLASSES or _says_class(frame.headings[n])]
    return max(enough, key=lambda n: (*told[n], -n), default=None)


def _says_class(heading: str) -> bool:
    return bool(re.search(r"ruc|rural|urban", heading, re.IGNORECASE))


def decile_column(frame: Frame) -> int | None:
    """Find the column of the overall decile of deprivation."""
    for column, heading in enumerate(frame.headings):
        plain = heading.replace("_", " ")
        if _DECILE.search(plain) and _OVERALL.search(plain):
            return column
    return None


def rural_urban(frame: Frame, vocabularies: Vocabularies, column: int) -> Draft:
    """Read the rural/urban class of each area."""
    known = vocabularies["rural_urban"]

    def understood(text: str) -> tuple[str, str]:
        slug = known.resolve(text)
        return (slug, "") if slug else ("", "is not a class netmap knows.")

    return _patches(frame, column, RURAL_URBAN, "rural_urban", understood)


def deprivation(frame: Frame, column: int) -> Draft:
    """Read the decile of deprivation of each area, 1 being the most deprived."""

    def understood(text: str) -> tuple[str, str]:
        digits = text.removesuffix(".0")
        if digits.isdigit() and int(digits) in _TENTHS:
            return digits, ""
        return "", "is not a decile from 1 to 10."

    return _patches(frame, column, DEPRIVATION, "deprivation_decile", understood)


def _patches(
    frame: Frame,
    column: int,
    kind: str,
    cell: str,
    understood: Callable[[str], tuple[str, str]],
) -> Draft:
    rows: list[DraftRow] = []
    aside = list(frame.not_rows())
    for row in frame.rows:
        text = frame.cell(row, column)
        value, why = understood(text)
        if value:
            cells = {"code": frame.area(row), cell: value}
            letters = {"code": frame.letter(frame.code), cell: frame.letter(column)}
            rows.append(
                DraftRow("areas", cells, frame.spot(row), cells["code"], letters, patch=True)
            )
        else:
            aside.append(Note(Outcome.REFUSED, f"bad-{kind}", why, frame.spot(row, column), text))
    return Draft(kind, "rows", len(frame.rows) + len(frame.others), tuple(rows), (), tuple(aside))
