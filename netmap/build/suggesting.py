"""Suggest where new activities would reach most people who have none, from a workspace."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from netmap.build.workplace import Workplace
from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place
from netmap.networks.cells import as_number
from netmap.networks.suggestions import Candidate, Suggestion, area_points, lowest, suggest
from netmap.tables import read_csv

if TYPE_CHECKING:
    from netmap.networks.register import Register

AREAS = "areas"
_COLUMNS = ("id", "name", "latitude", "longitude", "area")


def suggest_sites(
    place: Workplace,
    register: "Register",
    communities: Mapping[str, float],
    sites: int,
    *,
    candidates: str = AREAS,
    seconds: float,
    progress: Callable[[str], None],
) -> tuple[Suggestion, list[Finding]]:
    """Suggest sites for a network.

    Args:
        place: The workspace, opened for the audience.
        register: The network, as the audience may see it.
        communities: Whom the activities are for, and how much one person of each counts.
        sites: How many, at most.
        candidates: ``areas``, ``venues`` (those of the network's programmes), or a CSV file with
            id, name, latitude, longitude and, if known, area.
        seconds: How long the choice may take to be proved.
        progress: Told what is being done.

    Returns:
        The suggestion, and what was wrong in the file of candidates.

    Raises:
        UnreadableFileError: The file of candidates cannot be read, or has none with a point.
    """
    findings: list[Finding] = []
    match candidates:
        case "areas":
            offered = area_points(register, lowest(register))
        case "venues":
            offered = _venues(place, register)
        case file:
            offered, findings = _from_file(Path(file), register)
    found = suggest(
        register,
        place.vocabularies["community"],
        communities,
        sites,
        offered,
        seconds=seconds,
        progress=progress,
    )
    return found, findings


def _venues(place: Workplace, register: "Register") -> list[Candidate]:
    """List the venues of the network's programmes that the audience may see, with their points."""
    found = {
        venue.id: Candidate(venue.id, venue.name, *venue.point, venue.area)
        for programme in place.programmes(register.name)
        for venue in programme.venues
        if venue.point is not None
    }
    return list(found.values())


def _from_file(file: Path, register: "Register") -> tuple[list[Candidate], list[Finding]]:
    table, findings = read_csv(file, str(file), _COLUMNS, ("latitude", "longitude"))
    found = []
    for row in table.rows:
        longitude, latitude = (as_number(row.cells.get(c, "")) for c in ("longitude", "latitude"))
        if longitude is None or latitude is None or not _on_earth(longitude, latitude):
            message = "latitude and longitude are no place on earth; the row is left out."
            place = Place(table.file, row.number, "latitude")
            findings.append(Finding(Level.WARNING, "bad-number", message, place))
            continue
        named = register.areas.resolve(row.cells.get("area", ""))
        identity = row.cells.get("id") or f"row-{row.number}"
        name = row.cells.get("name") or identity
        area = named[0] if len(named) == 1 else None
        found.append(Candidate(identity, name, longitude, latitude, area))
    if not found:
        raise UnreadableFileError(file, "no row has a latitude and a longitude")
    return found, findings


def _on_earth(longitude: float, latitude: float) -> bool:
    return abs(longitude) <= 180 and abs(latitude) <= 90  # noqa: PLR2004  # degrees
