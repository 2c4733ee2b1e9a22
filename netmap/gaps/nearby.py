"""Which activities that came, went or changed are within reach of an area: reach crosses borders.

The nearest of them may be why a gap of the next area opened or closed. Only distance is looked
at, never a table of travel times.
"""

import math
from collections.abc import Callable, Iterable

import numpy as np

from netmap.networks.areas import Areas
from netmap.networks.changes import Change
from netmap.networks.models import ReachSettings
from netmap.places import RURAL_CLASSES

_EARTH_KM = 6371.0
# Some of the nearest are for other communities.
_NEAREST = 30


def nearby(
    changes: Iterable[Change], areas: Areas, reach: ReachSettings
) -> Callable[[str], tuple[Change, ...]]:
    """Make what finds the changed activities within reach of an area, the nearest first.

    Args:
        changes: What differs; only activities with a point are looked at.
        areas: The areas, with their points.
        reach: How far people can travel.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415  # only where rows are compared

    placed = [(one, point) for one in changes if one.table == "activities" for point in one.points]
    if not placed:
        return lambda _code: ()
    tree = KDTree(np.array([_on_sphere(*point) for _, point in placed]))

    def near(code: str) -> tuple[Change, ...]:
        area = areas.by_code.get(code)
        if area is None or area.point is None:
            return ()
        rural = area.rural_urban in RURAL_CLASSES
        km = (reach.rural_km if rural else reach.urban_km) / reach.detour
        chord = 2 * math.sin(km / _EARTH_KM / 2)
        centre = np.array(_on_sphere(*area.point))
        _, found = tree.query(centre, k=_NEAREST, distance_upper_bound=chord)
        return tuple(placed[index][0] for index in np.atleast_1d(found) if index < len(placed))

    return near


def _on_sphere(longitude: float, latitude: float) -> tuple[float, float, float]:
    """Put a point, in degrees WGS 84, on a sphere of radius one."""
    east, north = math.radians(longitude), math.radians(latitude)
    level = math.cos(north)
    return level * math.cos(east), level * math.sin(east), math.sin(north)
