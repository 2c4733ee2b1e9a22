"""The JSON that OSRM's table service and openrouteservice's matrix service answer with.

Both give ``durations`` in seconds, one row for each of ``sources`` and one column for each of
``destinations``; null where there is no way. Neither knows ids: a place is where the road nearest
to it is. Source: the HTTP API of OSRM 5 (table service); openrouteservice API 2 (matrix).
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.opening import content_of, json_from
from netmap.exchange.travel.matrix import Ends, Matrix
from netmap.tables import tidy

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SECONDS = 60.0
_LONGEST = 200
_MATRIX = re.compile(rb'"(?:durations|distances)"\s*:\s*\[\s*\[')
_SERVICE = re.compile(rb'"(?:sources|destinations|code|metadata)"\s*:')
_WEST_EAST, _SOUTH_NORTH = 180, 90


def recognises(file: Path) -> bool:
    """Tell whether a file is the answer of one of these services."""
    if file.suffix.lower() != ".json" or not file.is_file():
        return False
    try:
        content = content_of(file, file.name)
    except UnreadableFileError:
        return False
    return bool(_MATRIX.search(content) and _SERVICE.search(content))


def read(file: Path, shown: str) -> Matrix:
    """Read an answer.

    Raises:
        UnreadableFileError: It is no answer, says that it failed, or has no durations.
    """
    answer = json_from(content_of(file, shown), shown)
    if not isinstance(answer, dict):
        raise UnreadableFileError(shown, "it is not the answer of a matrix service")
    code = answer.get("code", "Ok")
    if code != "Ok":
        said = tidy(str(answer.get("message", "and said no more")))[:_LONGEST]
        why = f"the service answered {tidy(str(code))[:_LONGEST]}: {said}"
        raise UnreadableFileError(shown, why)
    durations = answer.get("durations")
    if not isinstance(durations, list) or not durations:
        why = "it has no durations; ask the service for them (annotations=duration)"
        raise UnreadableFileError(shown, why)
    ors = isinstance(answer.get("metadata"), dict)
    sources = _ends(answer.get("sources"), "sources", shown)
    destinations = _ends(answer.get("destinations"), "destinations", shown)
    seconds = _grid(durations, len(sources.ids), len(destinations.ids), shown)
    notes = [*_slips(seconds, shown), *_guesses(answer.get("fallback_speed_cells"), shown)]
    seconds[~((seconds >= 0) & np.isfinite(seconds))] = np.nan
    source, destination = np.indices(seconds.shape, dtype=np.int32)
    return Matrix(
        "openrouteservice" if ors else "osrm",
        sources,
        destinations,
        source.ravel(),
        destination.ravel(),
        (seconds.ravel() / _SECONDS).astype(np.float32),
        tuple(notes),
    )


def _ends(found: Any, what: str, shown: str) -> Ends:
    """Read where travel begins or ends."""
    if not isinstance(found, list) or not found:
        why = f"it has no {what}; ask the service for them (without skip_waypoints)"
        raise UnreadableFileError(shown, why)
    places = [one if isinstance(one, dict) else {} for one in found]
    points = np.array([_point(one.get("location")) for one in places], dtype=np.float64)
    ids = tuple(tidy(str(one["id"])) if _is_id(one) else "" for one in places)
    return Ends(what, ids, points, tuple(range(1, len(found) + 1)))


def _is_id(place: Mapping[str, Any]) -> bool:
    return isinstance(place.get("id"), str | int)


def _point(location: Any) -> tuple[float, float]:
    """Read longitude and latitude; NaN where they are none."""
    match location:
        case [float() | int() as lon, float() | int() as lat, *_]:
            if abs(lon) <= _WEST_EAST and abs(lat) <= _SOUTH_NORTH:
                return float(lon), float(lat)
    return np.nan, np.nan


def _grid(rows: Sequence[Any], height: int, width: int, shown: str) -> "NDArray[np.float64]":
    """Read the rows of seconds; NaN where there is no way."""
    if len(rows) != height:
        why = f"it has {height:,} sources and {len(rows):,} rows of durations"
        raise UnreadableFileError(shown, why)
    grid = np.empty((height, width), dtype=np.float64)
    for n, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != width:
            why = f"row {n + 1:,} of its durations has not one for each of {width:,} destinations"
            raise UnreadableFileError(shown, why)
        try:
            grid[n] = np.array(row, dtype=np.float64)
        except (TypeError, ValueError, OverflowError) as error:
            why = f"row {n + 1:,} of its durations holds what is no number"
            raise UnreadableFileError(shown, why) from error
    return grid


def _slips(seconds: "NDArray[np.float64]", shown: str) -> list[Note]:
    """Say how many durations cannot be."""
    wrong = np.argwhere((seconds < 0) | np.isinf(seconds))
    if not len(wrong):
        return []
    row, column = (int(n) for n in wrong[0])
    message = (
        f"{len(wrong):,} durations are below nought or infinite, the first from source {row + 1:,} "
        f"to destination {column + 1:,}; they are read as no way."
    )
    return [Note(Outcome.WARNED, "bad-duration", message, Spot(shown, row=row + 1))]


def _guesses(cells: Any, shown: str) -> list[Note]:
    """Say how many durations OSRM did not route but guessed by a speed."""
    if not isinstance(cells, list) or not cells:
        return []
    message = (
        f"{len(cells):,} durations are guesses by a fallback speed, not by roads; ask the service "
        "without fallback_speed to have them as no way."
    )
    return [Note(Outcome.WARNED, "guessed-durations", message, Spot(shown))]
