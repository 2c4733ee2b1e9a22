"""Which place of a register a point of a matrix is: arrays in, arrays out.

A routing program moves a place to the nearest road, so points agree only roughly: a point is the
nearest place within a kilometre, if it is also the point nearest to that place.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.places import to_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

FURTHEST_KM = 1.0
_METRES = 1000.0
# Two places so near to each other are one for travel; and so near to a point, either may be meant.
_ONE_PLACE_M, _EITHER_M = 50.0, 10.0
_DECIMALS = 6  # of a degree: 0.1 m


@dataclass(frozen=True, eq=False)
class Pairing:
    """What each point is.

    Attributes:
        place: For each point the place it is, int64; -1 where it is none.
        km: How far the nearest place is; infinite where there is none, or no point.
        either: Which points could be two places.
        second: Which points are near a place that another point is nearer to.
    """

    place: "NDArray[np.int64]"
    km: "NDArray[np.float64]"
    either: "NDArray[np.bool_]"
    second: "NDArray[np.bool_]"


def pair_up(points: "NDArray[np.float64]", places: "NDArray[np.float64]") -> Pairing:
    """Find for each point the place it is, one to one.

    Args:
        points: Longitude and latitude, degrees WGS 84, shape (n, 2), each once; NaN where unknown.
        places: The same of the places, shape (m, 2), each once and known.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415  # only matrices without ids need it

    count = len(points)
    place, km = np.full(count, -1, dtype=np.int64), np.full(count, np.inf)
    either, second = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    if not len(known) or not len(places):
        return Pairing(place, km, either, second)
    metres = to_metres(np.concatenate([points[known], places]))
    here, there = metres[: len(known)], metres[len(known) :]
    reach, found = KDTree(there).query(here, k=min(2, len(there)))
    reach, found = reach.reshape(len(here), -1), found.reshape(len(here), -1)
    nearest = KDTree(here).query(there)[1]
    km[known] = reach[:, 0] / _METRES
    near = km[known] <= FURTHEST_KM
    alike = np.zeros(len(here), dtype=bool)
    if reach.shape[1] > 1:
        apart = np.linalg.norm(there[found[:, 0]] - there[found[:, 1]], axis=1)
        alike = (reach[:, 1] - reach[:, 0] < _EITHER_M) & (apart > _ONE_PLACE_M)
    mutual = nearest[found[:, 0]] == np.arange(len(here))
    either[known] = near & alike
    second[known] = near & ~alike & ~mutual
    place[known] = np.where(near & ~alike & mutual, found[:, 0], -1)
    return Pairing(place, km, either, second)


def distinct(points: "NDArray[np.float64]") -> "tuple[NDArray[np.float64], NDArray[np.int64]]":
    """List points once each; two groups in one hall are one place for travel.

    Returns:
        The points, in order of longitude, and for each given point its place among them.
    """
    once, place = np.unique(np.round(points, _DECIMALS), axis=0, return_inverse=True)
    return once, place.reshape(-1)
