"""What a routing program says: from where, to where, and how long it takes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap.exchange.draft import Note

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Ends:
    """The places that travel begins or ends at.

    Attributes:
        what: What they are called, in the plural: ``sources`` or ``destinations``.
        ids: What the file calls each; empty where it does not.
        points: Longitude and latitude, degrees WGS 84, shape (n, 2); NaN where not given.
        rows: Where in the file each stands, the first being 1.
    """

    what: str
    ids: tuple[str, ...]
    points: "NDArray[np.float64]"
    rows: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Matrix:
    """Travel times between places that are not known to be anything yet.

    Attributes:
        made_by: The program, as far as it can be told: ``osrm``, ``openrouteservice``, ``r5``.
        sources: Where travel begins.
        destinations: Where it ends.
        source: For each pair its place in `sources`, int32.
        destination: For each pair its place in `destinations`, int32.
        minutes: How long it takes, float32; NaN where there is no way.
        notes: What was noticed while reading.
    """

    made_by: str
    sources: Ends
    destinations: Ends
    source: "NDArray[np.int32]"
    destination: "NDArray[np.int32]"
    minutes: "NDArray[np.float32]"
    notes: tuple[Note, ...] = ()
