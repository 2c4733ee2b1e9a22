"""Headings: which column each means, which no column is known by, and which are missing."""

import re
from collections.abc import Iterable, Mapping, Sequence

from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.tables.sheet import HEADING_ROW, Sheet

_NAMELESS = re.compile(r"column [A-Z]+")

Heading = Mapping[str, Sequence[str]]


def normalise_heading(text: str) -> str:
    """Reduce a heading to what is compared: no case, spaces, underscores or hyphens."""
    return re.sub(r"[\s_\-]+", "", text.casefold())


def column_letter(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def match_headings(
    heading: Sequence[str], sheet: Sheet, columns: Sequence[str], findings: list[Finding]
) -> tuple[list[str], list[str]]:
    """Match what a file has in its first row to the columns a table may have.

    Args:
        heading: The first row, tidied.
        sheet: The sheet it is from.
        columns: The columns by their proper names.
        findings: Gets a finding for each heading that stands twice.

    Returns:
        A name for each cell of the row, in its order, and those no column is known by.
    """
    proper = {normalise_heading(column): column for column in columns}
    names: list[str] = []
    unknown: list[str] = []
    for index, text in enumerate(heading):
        name = proper.get(normalise_heading(text), text) or f"column {column_letter(index)}"
        if name in names:
            message = f"the heading '{text}' stands twice; the second column is not used."
            place = Place(sheet.file, HEADING_ROW, text)
            findings.append(Finding(Level.ERROR, "duplicate-heading", message, place, text))
            name = f"column {column_letter(index)}: {text}"
        elif text and name not in columns:
            unknown.append(name)
        names.append(name)
    return names, unknown


def no_headings(sheet: Sheet, number: int, *, empty: bool, needed: bool) -> Finding:
    """Word that a sheet has no headings, or nothing at all.

    Args:
        sheet: The sheet.
        number: Its first row.
        empty: There is nothing below that row either.
        needed: The table has columns that it cannot do without.
    """
    # Without organisations there is no register.
    level = Level.ERROR if needed and sheet.name == "organisations" else Level.WARNING
    if empty:
        return Finding(level, "empty-file", "is empty.", Place(sheet.file))
    message = "has no headings in its first row; nothing is read."
    return Finding(level, "missing-heading", message, Place(sheet.file, number))


def lacking_headings(
    sheet: Sheet, required: Sequence[str], names: Sequence[str], unknown: Sequence[str]
) -> list[Finding]:
    """Word which of the required columns are not among the names of a sheet's headings."""
    return [
        Finding(
            Level.ERROR,
            "missing-heading",
            "the heading is missing, and no row can be used without it.",
            Place(sheet.file, HEADING_ROW, column),
            None,
            did_you_mean(column, [name for name in names if name in unknown]),
        )
        for column in required
        if column not in names
    ]


def nameless(keys: Iterable[str]) -> list[str]:
    """Choose the columns that have values but no heading, in order."""
    return sorted({key for key in keys if _NAMELESS.fullmatch(key)})


def nameless_column(sheet: Sheet, column: str) -> Finding:
    """Word that a column has values but no heading."""
    message = "the column has values but no heading; they are kept but not used."
    place = Place(sheet.file, HEADING_ROW, column)
    return Finding(Level.WARNING, "missing-heading", message, place)
