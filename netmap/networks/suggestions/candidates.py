"""Where a new activity could be: the points of areas, venues, or places from a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from netmap.networks.register import Register

_NOWHERE = (float("nan"), float("nan"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a new activity could meet.

    Attributes:
        id: Its identity.
        name: What people call it.
        longitude: Degrees WGS 84; NaN where its point is not known, then it reaches the people of
            its area only.
        latitude: Degrees WGS 84, likewise.
        area: The code of the area it is in; None where nobody said.
    """

    id: str
    name: str
    longitude: float
    latitude: float
    area: str | None = None


def area_points(register: Register, codes: Iterable[str]) -> list[Candidate]:
    """Offer some areas as places, each at its point."""
    return [
        Candidate(code, register.areas.name(code), *(register.areas[code].point or _NOWHERE), code)
        for code in sorted(codes)
    ]
