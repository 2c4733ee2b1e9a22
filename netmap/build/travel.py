"""Somebody's table of travel times on its way into a network: read, matched, not yet written."""

from dataclasses import dataclass
from pathlib import Path

from netmap.build.registers import Registers
from netmap.errors import NoNetworkError, UnreadableFileError
from netmap.exchange import intake, travel
from netmap.exchange.kinds import TRAVEL
from netmap.networks.travel_files import TRAVEL_FILES

_CSV, _PARQUET = TRAVEL_FILES


@dataclass(frozen=True, slots=True)
class TravelTaken:
    """What was found in a table of travel times.

    Attributes:
        made_by: The program that made it, as far as it can be told.
        sources: How many places travel begins at, and how many of them are areas.
        destinations: How many places it ends at, and how many of them are activities.
        pairs: How many times there are between these.
        no_way: How many of them say that there is no way.
        replaced: How many times that the network had already are said anew.
        after: How many times the network has then.
    """

    made_by: str
    sources: tuple[int, int]
    destinations: tuple[int, int]
    pairs: int
    no_way: int
    replaced: int
    after: int


def take_travel(
    place: Registers, file: Path, network: str, source: str
) -> "tuple[intake.Intake, TravelTaken]":
    """Read a table of travel times and work out what the network's would be.

    Args:
        place: The workspace.
        file: The table.
        network: The network, which has areas and activities already.
        source: Under which name the import is remembered.

    Raises:
        NoNetworkError: There is no such network.
        UnreadableFileError: Nothing in it is an area, or nothing an activity, of the network.
    """
    known = place.workspace.networks()
    if network not in known:
        hint = "Travel times need areas and activities: import those first."
        raise NoNetworkError(network, known, hint)
    register, _ = place.network(network)
    matrix = travel.read(file, file.name)
    fitted = travel.fit(matrix, register, file.name)
    _insist(fitted, file)
    read = fitted.sources[0] + fitted.destinations[0]
    taken = fitted.sources[1] + fitted.destinations[1]
    content = travel.as_parquet(fitted.travel)
    folder = place.workspace.network_folder(network)
    files: dict[str, bytes | None] = {}
    if not (folder / _PARQUET).is_file() or (folder / _PARQUET).read_bytes() != content:
        files[_PARQUET] = content
    if (folder / _CSV).is_file():
        files[_CSV] = None  # its times are in the other, and one table has one place
    found = TravelTaken(
        matrix.made_by,
        fitted.sources,
        fitted.destinations,
        *fitted.pairs,
        fitted.replaced,
        len(fitted.travel.minutes),
    )
    return (
        intake.Intake(
            network,
            source,
            TRAVEL,
            "places",
            read,
            taken,
            set_aside=fitted.set_aside,
            notes=matrix.notes,
            files=files,
        ),
        found,
    )


def _insist(fitted: "travel.Fitted", file: Path) -> None:
    """Refuse a table that leads from no area, or to no activity.

    Raises:
        UnreadableFileError: It does not.
    """
    for (read, matched), what, column in (
        (fitted.sources, "sources is an area", "source"),
        (fitted.destinations, "destinations is an activity", "destination"),
    ):
        if not matched:
            first = next((n for n in fitted.set_aside if n.spot.column == column), None)
            reason = f" (the first: {first.message.rstrip('.')})" if first else ""
            why = (
                f"none of its {read:,} {what} of the network{reason}; travel goes from areas to "
                "activities"
            )
            raise UnreadableFileError(file.name, why)
