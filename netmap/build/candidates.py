"""Where new activities could be: the areas of a network, the venues of the workspace, or a file.

What is hidden from the audience is no candidate: a place suggested to everybody is on no map of
refuges.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.build.registers import Registers
from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.networks.cells import as_number
from netmap.networks.people import lowest
from netmap.networks.redaction import names_withheld
from netmap.networks.suggestions import Candidate, area_points
from netmap.privacy import Audience, Visibility, looks_like_refuge
from netmap.tables import Row, Table, read_csv
from netmap.tables.parquet_files import parquet_sheet
from netmap.tables.rows import table_of

if TYPE_CHECKING:
    from netmap.networks.register import Register

AREAS, VENUES = "areas", "venues"
_VENUES_FILE = "events/venues.csv"
_COLUMNS = ("id", "name", "latitude", "longitude", "area", "visibility")
_REQUIRED = ("latitude", "longitude")
_NORTH, _EAST = 90, 180


def candidates(
    place: Registers, register: "Register", where: str
) -> tuple[list[Candidate], list[Finding]]:
    """List the places that could be chosen, and what was wrong with others.

    Args:
        place: The workspace, opened for the audience.
        register: The network, as the audience may see it.
        where: ``areas``, ``venues`` (those of ``events/venues.csv``), or a CSV or Parquet file
            with latitude and longitude and, if known, id, name and area.

    Raises:
        UnreadableFileError: The file is not there, cannot be read, or has no place in it.
    """
    if where == AREAS:
        return area_points(register, lowest(register)), []
    shown = _VENUES_FILE if where == VENUES else where
    file = place.workspace.root / _VENUES_FILE if where == VENUES else Path(where)
    table, findings = _table(file, shown)
    secret = names_withheld(place.full_register(register.name), place.audience)
    found: dict[str, Candidate] = {}
    for row in table.rows:
        if place.audience is not Audience.STAFF and (
            not _may_be_seen(row, place.audience) or secret(row.cells.get("name", ""))
        ):
            continue
        for one in _candidate(row, table, register, findings):
            if one.id in found:
                message = f"there is a place '{one.id}' already; this row is left out."
                findings.append(_about(table, row, "id", "duplicate-id", message))
            found.setdefault(one.id, one)
    if not found and (findings or not table.rows):
        why = "it has no rows"
        if findings:
            first = findings[0]
            column = f"{first.place.column}: " if first.place.column else ""
            why = column + first.message.rstrip(".")
        raise UnreadableFileError(shown, f"there is no place in it ({why})")
    return list(found.values()), findings


def _table(file: Path, shown: str) -> tuple[Table, list[Finding]]:
    if not file.is_file():
        raise UnreadableFileError(shown, "there is no such file")
    if file.suffix.lower() != ".parquet":
        return read_csv(file, shown, _COLUMNS, _REQUIRED)
    findings: list[Finding] = []
    name = file.stem.lower()
    sheet = parquet_sheet(file, name, shown, boundaries_only=False)
    table = table_of(sheet, _COLUMNS, _REQUIRED, findings) if sheet else None
    return table or Table(name, shown, (), (), ()), findings


def _may_be_seen(row: Row, audience: Audience) -> bool:
    """Tell whether an audience may see a place; what cannot be understood is withheld."""
    written = row.cells.get("visibility", "").strip().casefold().replace(" ", "_")
    if not written:
        return not looks_like_refuge([row.cells.get("name", "")])
    seen = {Visibility.PUBLIC.value}
    if audience is not Audience.PUBLIC:
        seen.add(Visibility.AREA_ONLY.value)
    return written in seen


def _candidate(
    row: Row, table: Table, register: "Register", findings: list[Finding]
) -> Iterator[Candidate]:
    """Make the candidate of a row; none where it has no point."""
    longitude, latitude = (as_number(row.cells.get(c, "")) for c in ("longitude", "latitude"))
    if longitude is None or latitude is None or abs(latitude) > _NORTH or abs(longitude) > _EAST:
        message = "latitude and longitude are no place on earth; the row is left out."
        findings.append(_about(table, row, "latitude", "bad-number", message))
        return
    written = row.cells.get("area", "")
    codes = register.areas.resolve(written) if written else ()
    # Venues are those of several networks.
    if written and len(codes) != 1 and table.file != _VENUES_FILE:
        message = f"no area of this network is called '{written}'; the nearest is taken."
        hint = did_you_mean(written, register.areas.names)
        findings.append(_about(table, row, "area", "unknown-area", message, hint))
    identity = row.cells.get("id") or f"row-{row.number}"
    name = row.cells.get("name") or identity
    yield Candidate(identity, name, longitude, latitude, codes[0] if len(codes) == 1 else None)


def _about(table: Table, row: Row, column: str, code: str, message: str, hint: str = "") -> Finding:
    place = Place(table.file, row.number, column)
    return Finding(Level.WARNING, code, message, place, row.cells.get(column), hint)
