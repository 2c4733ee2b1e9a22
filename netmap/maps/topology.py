"""Boundaries as arcs that neighbours share, in whole numbers: each border is kept, and drawn, once.

The form is that of TopoJSON (arcs, delta-coded; a ring is a list of arcs, ``~n`` for arc ``n``
walked backwards), laid out as flat columns, which is what a browser reads fastest. The arcs are cut
here: shapely's coverage functions have already made the borders of neighbours agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

_LEAST_CORNERS = 3
_USUAL_DEGREE = 2

Ring = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Topology:
    """Areas made of shared arcs.

    Attributes:
        quantum: How many degrees one step of the grid is.
        arcs: Points (x, y) of every arc in steps of the grid, both ends included.
        areas: For each area its rings, outer ones and holes alike, each a walk over arcs.
    """

    quantum: float
    arcs: "tuple[NDArray[np.int64], ...]"
    areas: tuple[tuple[Ring, ...], ...]

    def rings(self, area: int) -> "tuple[NDArray[np.int64], ...]":
        """Put an area's rings together again: closed, in steps of the grid."""
        return tuple(self._walk(ring) for ring in self.areas[area])

    def _walk(self, ring: Ring) -> "NDArray[np.int64]":
        parts = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in ring]
        return np.concatenate([parts[0][:1], *(part[1:] for part in parts)])


def topology(shapes: "Sequence[BaseGeometry | None]", quantum: float) -> Topology:
    """Cut boundaries into arcs.

    Args:
        shapes: Polygons, single or multiple, degrees WGS 84, whose borders agree to within the
            quantum; None for an area without one.
        quantum: The step of the grid, degrees.

    Returns:
        One entry of ``areas`` for each shape, in order; what is smaller than the grid is left out.
    """
    points, ends, owners = _on_grid(shapes, quantum)
    # One number for each point: the grid has far fewer than 2 ** 31 columns and rows.
    _, vertex = np.unique((points[:, 0] << 32) + points[:, 1], return_inverse=True)
    joints = _joints(vertex, ends)
    cutter = _Cutter(points, vertex)
    areas: list[list[Ring]] = [[] for _ in shapes]
    start = 0
    for end, owner in zip(ends.tolist(), owners.tolist(), strict=True):
        areas[owner].append(cutter.ring(start, end, joints))
        start = end
    return Topology(quantum, tuple(cutter.arcs), tuple(map(tuple, areas)))


def _on_grid(
    shapes: "Sequence[BaseGeometry | None]", quantum: float
) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]":
    """Give all corners of all rings, open and without doubles; where rings end; whose they are."""
    import shapely  # noqa: PLC0415  # only networks with boundaries pay for it

    parts, shape = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    lines, ring = shapely.get_coordinates(rings, return_index=True)
    points = np.rint(lines / quantum).astype(np.int64)
    # The last point of a ring is its first, so what equals the one before it is all there is to
    # drop, the first of each ring included.
    same = np.zeros(len(points), dtype=bool)
    same[1:] = (points[1:] == points[:-1]).all(axis=1) & (ring[1:] == ring[:-1])
    first = np.ones(len(points), dtype=bool)
    first[1:] = ring[1:] != ring[:-1]
    kept = ~(same | first)
    count = np.bincount(ring[kept], minlength=len(rings))
    large = count >= _LEAST_CORNERS
    kept &= large[ring]
    return points[kept], np.cumsum(count[large]), shape[part[large]]


def _joints(vertex: "NDArray[np.int64]", ends: "NDArray[np.int64]") -> "NDArray[np.bool_]":
    """Tell for each corner whether borders meet there, so that an arc has to end."""
    if not len(vertex):
        return np.zeros(0, dtype=bool)
    after = np.roll(vertex, -1)
    starts = np.concatenate([[0], ends[:-1]])
    after[ends - 1] = vertex[starts]
    low, high = np.minimum(vertex, after), np.maximum(vertex, after)
    edges = np.unique((low << 32) + high)
    degree = np.bincount(np.concatenate([edges >> 32, edges & 0xFFFFFFFF]))
    met: NDArray[np.bool_] = degree[vertex] != _USUAL_DEGREE
    return met


class _Cutter:
    """Cuts rings at their joints, and knows an arc again from its first or its last edge."""

    def __init__(self, points: "NDArray[np.int64]", vertex: "NDArray[np.int64]") -> None:
        self._points, self._vertex = points, vertex
        self._known: dict[tuple[int, int], int] = {}
        self.arcs: list[NDArray[np.int64]] = []

    def ring(self, start: int, end: int, joints: "NDArray[np.bool_]") -> Ring:
        found = np.flatnonzero(joints[start:end]) + start
        # An island has no joint: it begins at the same corner whichever way it is walked.
        cuts = found if len(found) else [start + int(self._vertex[start:end].argmin())]
        walk = np.concatenate([np.arange(cuts[0], end), np.arange(start, cuts[0] + 1)])
        where = [int(cut - cuts[0]) for cut in cuts] + [end - start]
        return tuple(self._arc(walk[a : b + 1]) for a, b in pairwise(where))

    def _arc(self, walk: "NDArray[np.int64]") -> int:
        vertex = self._vertex
        first = int(vertex[walk[0]]), int(vertex[walk[1]])
        known = self._known.get(first)
        if known is not None:
            return known
        number = len(self.arcs)
        self.arcs.append(self._points[walk])
        self._known[int(vertex[walk[-1]]), int(vertex[walk[-2]])] = ~number
        self._known[first] = number
        return number


def written(made: Topology) -> dict[str, Any]:
    """Lay a topology out as flat columns of whole numbers for JSON.

    Points are steps from the one before, right through all arcs.
    """
    points = np.concatenate(made.arcs) if made.arcs else np.zeros((0, 2), dtype=np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return {
        "quantum": made.quantum,
        "x": steps[:, 0].tolist(),
        "y": steps[:, 1].tolist(),
        "lengths": [len(arc) for arc in made.arcs],
        "rings": [len(rings) for rings in made.areas],
        "walks": [len(ring) for rings in made.areas for ring in rings],
        "arcs": [arc for rings in made.areas for ring in rings for arc in ring],
    }


def read(content: Mapping[str, Any]) -> Topology:
    """Read what :func:`written` wrote."""
    points = np.stack([np.cumsum(content["x"]), np.cumsum(content["y"])], axis=1).astype(np.int64)
    lengths = np.asarray(content["lengths"], dtype=np.int64)
    arcs = tuple(np.split(points, np.cumsum(lengths)[:-1])) if len(lengths) else ()
    refs, walks = iter(content["arcs"]), iter(content["walks"])
    areas = tuple(
        tuple(tuple(next(refs) for _ in range(next(walks))) for _ in range(rings))
        for rings in content["rings"]
    )
    return Topology(content["quantum"], arcs, areas)
