"""Telling Kumu's spreadsheets by the first row of their sheets."""

import re
from collections.abc import Sequence
from pathlib import Path

from netmap.tables import normalise_heading, open_archive, tidy

_BOOKS, _TEXTS = frozenset({".xlsx", ".xlsm"}), frozenset({".csv", ".tsv"})
# Headings that Kumu gives a meaning, and few others would.
_KUMUS = {
    "elements": frozenset({"id", "type", "tags", "image"}),
    "connections": frozenset({"id", "type", "direction", "strength", "tags", "label"}),
}


def recognises(file: Path) -> bool:
    """Tell whether a file is Kumu's: by its first headings, and one thing more.

    People begin a list of groups with ``Label`` too, and a timetable with ``From`` and ``To``.
    """
    try:
        suffix = file.suffix.lower()
        if suffix in _BOOKS:
            return _are_kumus(_first_rows(file))
        if suffix in _TEXTS:
            with file.open(encoding="utf-8-sig", errors="replace") as stream:
                first = stream.readline(2**16)
            return _are_kumus([(file.stem, re.split(r"[,;\t]", first))])
    except Exception:  # noqa: BLE001  # whatever a broken file raises, it is not Kumu's
        return False
    return False


def role_of(first: Sequence[str]) -> str:
    """Say what a sheet holds by its first headings.

    Returns:
        ``elements`` or ``connections``; empty where it is not Kumu's.
    """
    plain = _plain(first[:3])
    without_id = plain[1:] if plain[:1] == ["id"] else plain
    if without_id[:1] == ["label"]:
        return "elements"
    return "connections" if without_id[:2] == ["from", "to"] else ""


def _are_kumus(sheets: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Tell by the names and first rows of sheets whether they are Kumu's."""
    roles = [(name, role, first) for name, first in sheets if (role := role_of(first))]
    return {role for _, role, _ in roles} == set(_KUMUS) or any(
        role in name.casefold() or not _KUMUS[role].isdisjoint(_plain(first))
        for name, role, first in roles
    )


def _first_rows(file: Path) -> list[tuple[str, Sequence[str]]]:
    import openpyxl  # noqa: PLC0415  # slow to import

    with open_archive(file, file.name):
        book = openpyxl.load_workbook(file, read_only=True)
    try:
        first = [
            (sheet.title, next(sheet.iter_rows(max_row=1, values_only=True), ()))
            for sheet in book.worksheets
        ]
        return [(title, [str(cell or "") for cell in row]) for title, row in first]
    finally:
        book.close()


def _plain(first: Sequence[str]) -> list[str]:
    return [normalise_heading(tidy(cell).strip('"')) for cell in first]
