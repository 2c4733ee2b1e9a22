"""Reach of many areas: the compiled loops, put to the questions of the room.

Functions have the meaning and the numbers of their namesakes in
:mod:`netmap.networks.reach.dense`; points are finite here and there is at least one. No pair of an
area and an activity is kept, but by :func:`list_pairs`.
"""

from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach import kernels
from netmap.networks.reach.bands import along, bands_of
from netmap.networks.reach.descent import TOGETHER
from netmap.networks.reach.descent import nearest as descend
from netmap.networks.reach.grids import grid_of
from netmap.networks.reach.threads import in_blocks
from netmap.networks.reach.trees import LEAF, WORD, Tree, tree_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Layers = NDArray[np.bool_]


def nearest_m(areas: "Floats", activities: "Floats", layers: "Layers") -> "Floats":
    """Measure to the nearest activity of each layer, metres, shape (areas, layers)."""
    parts = [layers[:, begin : begin + WORD] for begin in range(0, layers.shape[1], WORD)]
    trees = [(tree_of(activities, part), part.shape[1]) for part in parts]
    return np.concatenate([nearest_in(areas, *tree) for tree in trees], axis=1)


def nearest_in(areas: "Floats", tree: Tree, width: int) -> "Floats":
    """Measure to the nearest point of each of a tree's layers, metres, shape (areas, width)."""
    order = along(areas)
    groups = -(-len(order) // TOGETHER)
    order = np.pad(order, (0, groups * TOGETHER - len(order)), mode="edge")
    best = np.full((groups, width, TOGETHER), np.inf)
    boxes = (tree.boxes, tree.masks, LEAF, tree.x, tree.y, tree.bits)
    in_blocks(groups, descend, areas[order, 0], areas[order, 1], *boxes, best)
    found = np.empty((len(areas), width))
    found[order] = np.sqrt(best.transpose(0, 2, 1).reshape(-1, width))
    return found


def counts(
    areas: "Floats", activities: "Floats", weights: "Whole", layers: "Layers", radius: "Floats"
) -> "Whole":
    """Add up the weights within each radius, by layer, shape (areas, layers)."""
    bands = bands_of(areas, radius)
    found = np.zeros((len(areas), layers.shape[1]), dtype=np.int64)
    for layer, chosen in _members(layers):
        # Whole numbers are exact as floats, up to 2**53.
        amount = weights[chosen].astype(np.float64)
        for band in bands:
            there = grid_of(activities[chosen], band.largest)
            here = band.gather(there, amount, gaussian=False)
            found[band.chosen, layer] = np.rint(here).astype(np.int64)
    return found


def supply(
    areas: "Floats",
    activities: "Floats",
    people: "Floats",
    supplied: "Floats",
    layers: "Layers",
    radius: "Floats",
    *,
    gaussian: bool,
) -> "Floats":
    """Share each activity among people, and add the shares up (E2SFCA), shape (areas, layers)."""
    order = along(activities)
    activities, supplied, layers = activities[order], supplied[order], layers[order]
    bands = bands_of(areas, radius)
    found = np.zeros((len(areas), layers.shape[1]))
    for layer, chosen in _members(layers):
        there, heads = activities[chosen], np.ascontiguousarray(people[:, layer])
        demanded = np.zeros(len(there))
        for band in bands:
            demanded += band.gather_people(there, heads, gaussian=gaussian)
        ratio = np.divide(
            supplied[chosen], demanded, out=np.zeros_like(demanded), where=demanded > 0
        )
        for band in bands:
            grid = grid_of(there, band.largest)
            found[band.chosen, layer] = band.gather(grid, ratio, gaussian=gaussian)
    return found


def list_pairs(
    areas: "Floats", activities: "Floats", radius: "Floats"
) -> "tuple[Whole, Whole, Floats]":
    """List all pairs within the radii, by area, then activity: their numbers and the metres."""
    bands = bands_of(areas, radius)
    sizes = np.zeros(len(areas), dtype=np.int64)
    nothing = np.empty(0, dtype=np.int64)

    def look(begins_at: "Whole", listed: "Whole") -> None:
        for band in bands:
            grid = grid_of(activities, band.largest)
            cells = (grid.west, grid.south, grid.cell, grid.rows, grid.columns, grid.begins)
            places = (band.grid.x, band.grid.y, band.radius)
            points, out = (grid.x, grid.y, grid.order), (begins_at[band.chosen], listed)
            here = np.zeros(len(band.chosen), dtype=np.int64)
            in_blocks(len(here), kernels.list_near, *places, *cells, *points, here, *out)
            sizes[band.chosen] = here

    look(sizes, nothing)
    begins_at = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    listed = np.empty(int(begins_at[-1]), dtype=np.int64)
    metres = np.empty(len(listed))
    if len(listed):
        look(begins_at, listed)
        pairs = (begins_at, listed, metres)
        in_blocks(len(areas), kernels.measure, areas, activities, *pairs)
    return np.repeat(np.arange(len(areas)), sizes), listed, metres


def _members(layers: "Layers") -> "list[tuple[int, Whole]]":
    """Name each layer that has any activity, and its activities."""
    named = [(n, np.flatnonzero(layers[:, n])) for n in range(layers.shape[1])]
    return [(n, chosen) for n, chosen in named if len(chosen)]
