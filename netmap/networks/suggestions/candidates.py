"""Where a new activity could be: the points of areas, venues, or places from a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from netmap.networks.register import Register


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a new activity could meet.

    Attributes:
        id: Its identity; candidates are looked at in this order.
        name: What people call it.
        longitude: Degrees WGS 84.
        latitude: Degrees WGS 84.
        area: The area it is in; None where the nearest is to be taken.
    """

    id: str
    name: str
    longitude: float
    latitude: float
    area: str | None = None


def area_points(register: Register, codes: Sequence[str]) -> list[Candidate]:
    """Offer the points of some areas as places."""
    return [
        Candidate(code, register.areas.name(code), *point, code)
        for code in sorted(codes)
        if (point := register.areas[code].point) is not None
    ]
