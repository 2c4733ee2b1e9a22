"""Organisations that are in no area, by the square they stand in.

Where there are very many of them, a line from each to each could not be told from another; those
in one square are named by one of them and counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from netmap.language import ngettext
from netmap.maps.cards import LonLat
from netmap.maps.scene import Scene

# Across the larger side of where they all are.
_SQUARES = 4
SQUARE = "square "


@dataclass(frozen=True, slots=True)
class Spot:
    """Where lines begin and end.

    Attributes:
        key: Different for each.
        name: What it is called.
        point: Where it is, degrees WGS 84; not a number where that is not recorded.
    """

    key: str
    name: str
    point: LonLat


def neighbours(scene: Scene, organisations: Sequence[str]) -> dict[str, Spot]:
    """Put organisations that have a place into squares.

    Args:
        scene: The map.
        organisations: Which, by id; each has a place.

    Returns:
        The square of each, called after the first in it, in the middle of all in it.
    """
    known = scene.register.organisation
    points = {one: point for one in organisations if (point := scene.point_of(known[one]))}
    if not points:
        return {}
    west, south = (min(point[axis] for point in points.values()) for axis in (0, 1))
    east, north = (max(point[axis] for point in points.values()) for axis in (0, 1))
    side = max(east - west, north - south) / _SQUARES or 1.0
    squares: dict[tuple[int, int], list[str]] = {}
    for one, (x, y) in points.items():
        squares.setdefault((int((x - west) / side), int((y - south) / side)), []).append(one)
    return {
        one: found
        for members in squares.values()
        for found in [_of(scene, members, [points[one] for one in members])]
        for one in members
    }


def _of(scene: Scene, members: Sequence[str], points: Sequence[LonLat]) -> Spot:
    x, y = zip(*points, strict=True)
    name = scene.organisation_name(members[0])
    others = len(members) - 1
    said = ngettext(
        "%(name)s and %(count)s other near it",
        "%(name)s and %(count)s others near it",
        others,
        name=name,
    )
    middle = (sum(x) / len(x), sum(y) / len(y))
    return Spot(f"{SQUARE}{members[0]}", said if others else name, middle)
