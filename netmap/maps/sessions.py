"""A session as a map shows it: the calendar itself stays in its own room."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapSession:
    """One session on the map.

    Attributes:
        title: What it is called.
        starts: Local start, ISO 8601.
        place: The venue's or area's name; empty where there is none.
        longitude: Degrees WGS 84, or None when online or of unknown place.
        latitude: Degrees WGS 84, or None.
        kind: ``networking``, ``skills`` and so on.
        status: ``tentative``, ``confirmed`` or ``cancelled``.
        illustrative: Whether it is invented.
    """

    title: str
    starts: str
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    kind: str = ""
    status: str = "confirmed"
    illustrative: bool = False
