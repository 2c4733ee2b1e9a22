"""A geographic file as it stands: its features, with their properties and shapes.

Formats give sources; what a feature means is for the readers above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from netmap.exchange.draft import Note, Spot

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_FEATURES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on a map, or one row of a table beside it.

    Attributes:
        spot: Where it stands.
        properties: What is said of it, as the format holds it.
        shape: Its geometry, WGS 84 longitude and latitude; None where it has none.
        broken: Why its geometry cannot be used, where the file has one that cannot.
    """

    spot: Spot
    properties: Mapping[str, object]
    shape: "BaseGeometry | None" = None
    broken: str = ""

    @property
    def layer(self) -> str:
        """The layer it is in; empty where the format has none."""
        return self.spot.sheet


@dataclass(frozen=True, slots=True)
class Source:
    """A geographic file.

    Attributes:
        kind: The format, as ``geojson``.
        features: In the file's order.
        notes: What was noticed about the file.
        ours: The file says that netmap made it.
    """

    kind: str
    features: tuple[Feature, ...]
    notes: tuple[Note, ...] = ()
    ours: bool = False
