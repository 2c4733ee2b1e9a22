"""Activities of a continent, flat where they are near the areas of one zone.

No flat map is true of a continent. Areas are therefore taken zone by zone, six degrees of
longitude each, and measured to the activities in and near their own zone in that zone's UTM
projection. The distance of a pair is always measured in the zone of its area, so both steps of a
floating catchment see the same, and zones 60 and 1 are neighbours like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.networks.reach.bands import along
from netmap.places import to_metres

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FAR_M = 300_000.0
_EARTH_M = 6_371_008.8
_ZONES, _DEGREES = 60, 6.0
_NORTHERN_UTM = 32600  # its northings go on below nought in the south


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """The activities that people of one zone may go to.

    Attributes:
        zone: The UTM zone, 1 to 60; 0 where points came in metres.
        chosen: Which activities, int64, shape (m,); neighbours mostly follow each other.
        points: Where they are in the zone's projection, metres, shape (m, 2).
    """

    zone: int
    chosen: "NDArray[np.int64]"
    points: "Floats"

    def project(self, places: "Floats") -> "Floats":
        """Project points to the plane of `points`."""
        return to_metres(places, _NORTHERN_UTM + self.zone) if self.zone else places


@dataclass(frozen=True, eq=False)
class World:
    """All activities, and the neighbourhoods they are in.

    Attributes:
        points: Longitude and latitude, degrees, or where `metric`, metres of one metric CRS.
        metric: Whether points are metres.
    """

    points: "Floats"
    metric: bool
    _known: dict[int, Neighbourhood] = field(default_factory=dict)

    def zones_of(self, places: "Floats") -> "Iterator[tuple[Neighbourhood, NDArray[np.int64]]]":
        """Part places by zone: the neighbourhood, and which places; those unknown are in none."""
        zones = np.where(np.isfinite(places).all(axis=1), 1, 0)
        if not self.metric:
            longitude = np.nan_to_num(places[:, 0], nan=0.0, posinf=0.0, neginf=0.0)
            zones *= ((longitude + 180) // _DEGREES).astype(np.int64) % _ZONES + 1
        for zone in np.unique(zones[zones > 0]).tolist():
            if zone not in self._known:
                self._known[zone] = self._near(0 if self.metric else zone)
            yield self._known[zone], np.flatnonzero(zones == zone)

    def _near(self, zone: int) -> Neighbourhood:
        """Choose what is in a zone or so near that it may matter there."""
        placed = np.isfinite(self.points).all(axis=1)
        if not zone:
            chosen = np.flatnonzero(placed)
            return _in_order(zone, chosen, self.points[chosen])
        longitude, latitude = self.points.T
        middle = zone * _DEGREES - 183
        # How far from the zone's middle meridian: 179 and -179 are two degrees apart.
        away = np.abs((longitude - middle + 180) % 360 - 180) - _DEGREES / 2
        sine = np.sin(FAR_M / _EARTH_M)
        with np.errstate(divide="ignore", invalid="ignore"):
            margin = np.arcsin(np.minimum(sine / np.cos(np.deg2rad(latitude)), 1.0))
            chosen = np.flatnonzero(placed & (away <= np.rad2deg(margin)))
        points = to_metres(self.points[chosen], _NORTHERN_UTM + zone)
        flat = np.isfinite(points).all(axis=1)
        return _in_order(zone, chosen[flat], points[flat])

    @cached_property
    def _round(self) -> "Floats":
        return _on_sphere(self.points)

    def nearest_round_m(self, places: "Floats", members: "NDArray[np.int64]") -> "Floats":
        """Measure to the nearest of some activities over the round earth, metres.

        For what is farther than FAR_M, where a zone's projection is no longer true.
        """
        from scipy.spatial import KDTree  # noqa: PLC0415  # few have so far to go

        placed = members[np.isfinite(self._round[members]).all(axis=1)]
        if not len(placed):
            return np.full(len(places), np.inf)
        chord: Any = KDTree(self._round[placed]).query(_on_sphere(places))[0]
        return np.asarray(2 * _EARTH_M * np.arcsin(np.minimum(chord / 2, 1.0)))


def _in_order(zone: int, chosen: "NDArray[np.int64]", points: "Floats") -> Neighbourhood:
    order = along(points) if len(points) else np.empty(0, dtype=np.int64)
    return Neighbourhood(zone, chosen[order], points[order])


def _on_sphere(places: "Floats") -> "Floats":
    """Place longitude and latitude, degrees, on a sphere of radius 1, shape (n, 3)."""
    longitude, latitude = np.deg2rad(places).T
    level = np.cos(latitude)
    return np.stack(
        [level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)], axis=1
    )
