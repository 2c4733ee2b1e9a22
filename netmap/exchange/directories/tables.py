"""HSDS tabular packages: a zip or a folder with ``datapackage.json`` and one CSV for each table."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.exchange.directories.drafting import draft_of
from netmap.exchange.directories.nesting import Row, nested, tie_rows
from netmap.exchange.directories.schema import ACTIVITIES, ORGANISATIONS, TABLES, TIES
from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.grids import book_of
from netmap.exchange.opening import content_of, json_from
from netmap.tables import member, open_archive, tidy
from netmap.tables.cells import RUNS_AS_FORMULA
from netmap.vocabulary import Vocabularies

PACKAGE = "datapackage.json"
_OWN = (ORGANISATIONS, ACTIVITIES, TIES)
_OTHER_NAMES = {
    "organisation": "organizations",
    "organisations": "organizations",
    "service_at_locations": "service_at_location",
    "services_at_location": "service_at_location",
    "physical_address": "addresses",
    "physical_addresses": "addresses",
    "regular_schedule": "schedules",
    "regular_schedules": "schedules",
    **{table.name: file for file, table in TABLES.items()},
}
_NEEDED = ("organizations", "services")


def recognises(file: Path) -> bool:
    """Tell whether a zip or a folder holds the tables of a directory."""
    try:
        if file.is_dir():
            names = [one.name for one in file.iterdir()]
        elif file.suffix.lower() == ".zip":
            with open_archive(file, file.name) as archive:
                names = archive.namelist()
        else:
            return False
    except (UnreadableFileError, OSError):
        return False
    found = {_table_of(PurePosixPath(name)) for name in names if name.lower().endswith(".csv")}
    described = any(PurePosixPath(name).name == PACKAGE for name in names)
    return "services" in found or (described and "organizations" in found)


def read(file: Path, shown: str, vocabularies: Vocabularies) -> Draft:
    """Read a tabular package as organisations, activities and, of netmap's own, ties.

    Args:
        file: The zip or the folder.
        shown: How messages name it.
        vocabularies: To know taxonomy terms by.

    Raises:
        UnreadableFileError: It cannot be opened, or has neither services nor organisations.
    """
    tables: dict[str, list[Row]] = {}
    notes: list[Note] = []
    with _unpacked(file, shown) as found:
        named = _named_by_package(found, shown)
        for name, one in sorted(found.items()):
            if not name.lower().endswith(".csv"):
                continue
            table = named.get(name) or _table_of(PurePosixPath(name))
            if table not in TABLES and table not in _OWN:
                message = "this table is not one of the standard's that a register has a use for."
                notes.append(Note(Outcome.WARNED, "stray-table", message, Spot(f"{shown}/{name}")))
                continue
            tables.setdefault(table, []).extend(_rows(one, f"{shown}/{name}", table, notes))
    if not any(tables.get(name) for name in _NEEDED):
        raise UnreadableFileError(shown, "it has neither services nor organisations")
    feed = nested(tables, notes)
    ties = tie_rows(tables.get(TIES, []))
    return draft_of(feed, "hsds", shown, vocabularies, ties)


@contextmanager
def _unpacked(file: Path, shown: str) -> Iterator[dict[str, Path]]:
    """Give the files of a folder, or of a zip unpacked for as long as it is read."""
    if file.is_dir():
        yield {one.name: one for one in sorted(file.iterdir()) if one.is_file()}
        return
    with tempfile.TemporaryDirectory() as folder, open_archive(file, shown) as archive:
        found: dict[str, Path] = {}
        for number, entry in enumerate(archive.infolist()):
            path = PurePosixPath(entry.filename)
            if entry.is_dir() or path.suffix.lower() not in {".csv", ".json"}:
                continue
            if path.parts[0] == "__MACOSX":
                continue
            # The name in the archive is somebody else's word, and never a path here.
            kept = Path(folder) / f"{number}{path.suffix.lower()}"
            kept.write_bytes(member(archive, entry.filename, shown))
            found[path.name] = kept
        yield found


def _named_by_package(found: dict[str, Path], shown: str) -> dict[str, str]:
    """Read which file holds which table, where ``datapackage.json`` says so."""
    if PACKAGE not in found:
        return {}
    said = f"{shown}/{PACKAGE}"
    package: Any = json_from(content_of(found[PACKAGE], said), said)
    resources = package.get("resources") if isinstance(package, dict) else None
    named: dict[str, str] = {}
    for one in resources if isinstance(resources, list) else ():
        name, path = (one.get("name"), one.get("path")) if isinstance(one, dict) else (None, None)
        if isinstance(name, str) and isinstance(path, str):
            table = _OTHER_NAMES.get(name.casefold(), name.casefold())
            if table in TABLES or table in _OWN:
                named[PurePosixPath(path).name] = table
    return named


def _table_of(path: PurePosixPath) -> str:
    stem = path.stem.casefold()
    return _OTHER_NAMES.get(stem, stem)


def _rows(file: Path, shown: str, table: str, notes: list[Note]) -> list[Row]:
    known: Sequence[str] = TABLES[table].columns if table in TABLES else ()
    try:
        book = book_of(file, shown, known)
    except UnreadableFileError as error:
        notes.append(Note(Outcome.WARNED, "unreadable-file", f"{error.why}.", Spot(shown)))
        return []
    notes.extend(book.notes)
    grid = book.grids[0]
    headings = [_unguarded(tidy(cell)) for cell in grid.rows[0]] if grid.rows else []
    if table in TABLES:
        headings = ["_".join(heading.casefold().split()) for heading in headings]
    return [
        Row(dict(zip(headings, map(_cell, cells), strict=False)), Spot(shown, "", number))
        for number, cells in enumerate(grid.rows[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def _cell(text: str) -> str:
    return _unguarded(tidy(text))


def _unguarded(text: str) -> str:
    guarded = text.startswith("'") and text[1:2] in RUNS_AS_FORMULA and len(text) > 1
    return text[1:] if guarded else text
