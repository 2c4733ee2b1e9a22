"""From the files of one network to its register, with every problem found at once.

What is wrong with a row by itself is found in :mod:`netmap.networks.rows`. Of rows with one id the
first stays. Rows that refer to a row set aside are named with it. What the rows say together
(shares that add up, coordinates that look swapped) is checked in :mod:`netmap.networks.checks`.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from netmap.findings import Finding, Level, Place
from netmap.networks import checks
from netmap.networks.boundaries import read_boundaries
from netmap.networks.duplicates import read_as_one
from netmap.networks.locating import locate
from netmap.networks.models import TABLES, columns, required
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.postcodes import PostcodeTable
from netmap.networks.records import Record
from netmap.networks.references import resolve
from netmap.networks.register import Register
from netmap.networks.rows import KEYS, Rows, read_rows
from netmap.networks.travel_files import read_travel
from netmap.tables import WORKBOOK, Table, normalise_heading, read_tables
from netmap.vocabulary import Vocabularies
from netmap.workspace import NETWORK_FILE, read_toml, settings_from

# Known only once names and aliases have become codes.
_KEYS_RESOLVED: Mapping[str, str] = {"populations": "area"}
_UNREAD = frozenset(
    {"unreadable-file", "empty-file", "missing-heading", "missing-file", "hidden-sheet"}
)


def read_register(
    folder: Path,
    shown: str,
    vocabularies: Vocabularies,
    as_of: date,
    postcodes: PostcodeTable | None = None,
) -> tuple[Register, list[Finding]]:
    """Read one network.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name the folder.
        vocabularies: The controlled terms of the workspace.
        as_of: The day of the run; rows whose consent ended before it are left out.
        postcodes: The postcode table people supplied; None where they did not.

    Returns:
        The register as staff may see it, and all that was noticed.

    Raises:
        UnreadableFileError: ``network.toml`` is not TOML.
    """
    with _all_kept():
        return _read(folder, shown, vocabularies, as_of, postcodes)


@contextmanager
def _all_kept() -> Iterator[None]:
    """Spare Python the search for what nobody holds any more: of what is read, all is held.

    Of a large register it would go through all rows read so far, again and again.
    """
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


def _read(
    folder: Path,
    shown: str,
    vocabularies: Vocabularies,
    as_of: date,
    postcodes: PostcodeTable | None,
) -> tuple[Register, list[Finding]]:
    file = f"{shown}/{NETWORK_FILE}"
    settings, findings = settings_from(NetworkSettings, read_toml(folder / NETWORK_FILE), file)
    findings += checks.settings(settings, vocabularies, file)
    headings = {name: columns(model) for name, model in TABLES.items()}
    tables, noticed = read_tables(
        folder,
        shown,
        {**headings, "populations": (*headings["populations"], *vocabularies["community"])},
        {name: required(model) for name, model in TABLES.items()},
    )
    findings += noticed
    if "organisations" not in tables and _why_unread("organisations", None, findings) is None:
        message = "there is no organisations.csv, and no such sheet in register.xlsx."
        findings.append(Finding(Level.ERROR, "missing-file", message, Place(shown)))
    rows = {
        name: read_rows(model, tables.get(name), vocabularies, findings)
        for name, model in TABLES.items()
    }
    for name in KEYS:
        rows[name].unread = _why_unread(name, tables.get(name), findings)
    _first_of_each(rows, KEYS, findings)
    resolve(rows, findings)
    _first_of_each(rows, _KEYS_RESOLVED, findings)
    boundaries, noticed = read_boundaries(folder, shown, [area.code for area in rows["areas"].kept])
    findings += noticed
    tables_read = {name: table.kept for name, table in rows.items()}
    kept, decided, noticed = read_as_one(folder, shown, tables_read)
    findings += noticed
    register = Register(
        name=folder.name,
        settings=settings,
        as_of=as_of,
        boundaries=boundaries,
        set_aside={name: table.set_aside for name, table in rows.items()},
        decided=decided,
        **checks.tables(
            kept,
            settings,
            vocabularies,
            as_of,
            findings,
        ),
    )
    register, noticed = locate(register, postcodes)
    written = [row.id for row in rows["activities"].kept]
    travel, told = read_travel(folder, shown, register, [*written, *rows["activities"].lost])
    return replace(register, travel=travel), [*findings, *noticed, *told]


def _why_unread(name: str, table: Table | None, findings: list[Finding]) -> int | None:
    """Find the finding that says why a table, or the rest of it, was not read."""
    for index, finding in enumerate(findings):
        file = (finding.place.file or "").casefold()
        own = table.file.casefold() == file if table else _is_table(name, file)
        own |= finding.code == "missing-file" and name == "organisations"
        if own and finding.code in ({"unclosed-quote"} if table else _UNREAD):
            return index
    return None


def _is_table(name: str, file: str) -> bool:
    """Tell whether a file or sheet is, or would have held, a table."""
    last = file.rsplit("/", 1)[-1]
    if "#" in last:
        return normalise_heading(last.rsplit("#", 1)[-1]) == name
    return last == WORKBOOK or last.rsplit(".", 1)[0] == name


def _first_of_each(
    rows: Mapping[str, Rows], keys: Mapping[str, str], findings: list[Finding]
) -> None:
    for name, key in keys.items():
        first: dict[str, Record] = {}
        for record in rows[name].kept:
            value = getattr(record, key)
            if value not in first:
                first[value] = record
                continue
            rows[name].set_aside += 1
            message = (
                f"'{value}' is already used in row {first[value].at.row}; this row is set aside."
            )
            findings.append(
                Finding(Level.ERROR, "duplicate-id", message, replace(record.at, column=key), value)
            )
        rows[name].kept = list(first.values())
