"""Reach of many areas: the compiled loops, over blocks of areas, on all processors.

Functions have the meaning and the numbers of their namesakes in
:mod:`netmap.networks.reach.layers`; points are finite here. No pair of an area and an activity is
kept, but by :func:`list_pairs`.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.reach import kernels
from netmap.networks.reach.grids import grid_of
from netmap.networks.reach.trees import LEAF, along_curve, tree_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Bits = NDArray[np.uint64]

_BLOCKS = 8  # for each processor, so that a crowded block does not hold up all
_CLASSES = 8
_WORD = 64


def nearest_m(areas: "Points", activities: "Points", bits: "Bits", width: int) -> "Points":
    """Measure to the nearest activity of each layer, in metres, shape (areas, width)."""
    tree = tree_of(activities, bits)
    order = np.argsort(along_curve(areas), kind="stable")
    at = np.ascontiguousarray(areas[order])
    best = np.full((len(areas), width), np.inf)
    _in_blocks(
        len(at),
        lambda start, stop: kernels.nearest(
            start, stop, at, tree.boxes, tree.masks, LEAF, tree.points, tree.layers, best
        ),
    )
    found = np.empty_like(best)
    found[order] = np.sqrt(best)
    return found


def counts(
    areas: "Points",
    activities: "Points",
    weights: "NDArray[np.int64]",
    kinds: "NDArray[np.int64]",
    radius: "NDArray[np.float64]",
) -> "NDArray[np.int64]":
    """Add up the weights within each radius, by kind, shape (areas, kinds)."""
    found = np.zeros((len(areas), int(kinds.max()) + 1), dtype=np.int64)
    for chosen, largest in _classes(radius):
        grid = grid_of(activities, largest)
        at, edge = areas[chosen], radius[chosen]
        here = np.zeros((len(at), found.shape[1]), dtype=np.int64)
        kind, weight = kinds[grid.order], weights[grid.order]
        _in_blocks(
            len(at),
            lambda start, stop, at=at, edge=edge, grid=grid, kind=kind, weight=weight, here=here: (
                kernels.count(
                    start,
                    stop,
                    at,
                    edge,
                    grid.origin,
                    grid.cell,
                    grid.shape,
                    grid.begins,
                    grid.points,
                    kind,
                    weight,
                    here,
                )
            ),
        )
        found[chosen] = here
    return found


def list_pairs(
    areas: "Points", activities: "Points", radius: "NDArray[np.float64]"
) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """List areas and activities of all pairs within the radii, by area, then activity."""
    none = np.zeros(len(activities), dtype=np.int64)
    sizes = counts(areas, activities, none + 1, none, radius)[:, 0]
    begins = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    listed = np.empty(int(begins[-1]), dtype=np.int64)
    for chosen, largest in _classes(radius):
        grid = grid_of(activities, largest)
        at, edge, begins_at = areas[chosen], radius[chosen], begins[chosen]
        _in_blocks(
            len(at),
            lambda start, stop, at=at, edge=edge, grid=grid, begins_at=begins_at: (
                kernels.list_within(
                    start,
                    stop,
                    at,
                    edge,
                    grid.origin,
                    grid.cell,
                    grid.shape,
                    grid.begins,
                    grid.points,
                    grid.order,
                    begins_at,
                    listed,
                )
            ),
        )
    return np.repeat(np.arange(len(areas), dtype=np.int64), sizes), listed


def supply(
    areas: "Points",
    activities: "Points",
    people: "Points",
    supplied: "NDArray[np.float64]",
    bits: "Bits",
    radius: "NDArray[np.float64]",
    *,
    gaussian: bool,
) -> "Points":
    """Share each activity among people, and add the shares up (E2SFCA), shape (areas, layers)."""
    width = people.shape[1]
    demanded = np.zeros((len(activities), width))
    classes = _classes(radius)
    for chosen, largest in classes:
        grid = grid_of(areas[chosen], largest)
        edge, there = radius[chosen][grid.order], people[chosen][grid.order]
        order = np.argsort(along_curve(activities), kind="stable")
        at, layers = activities[order], bits[order]
        here = np.zeros((len(at), width))
        _in_blocks(
            len(at),
            lambda start, stop, at=at, grid=grid, edge=edge, largest=largest, there=there,
            layers=layers, here=here: kernels.demand(
                start,
                stop,
                at,
                grid.origin,
                grid.cell,
                grid.shape,
                grid.begins,
                grid.points,
                edge,
                largest,
                there,
                layers,
                gaussian,
                here,
            ),
        )  # fmt: skip
        demanded[order] += here
    ratio = np.divide(supplied[:, None], demanded, out=np.zeros_like(demanded), where=demanded > 0)
    found = np.zeros((len(areas), width))
    for chosen, largest in classes:
        grid = grid_of(activities, largest)
        at, edge = areas[chosen], radius[chosen]
        shares, layers = ratio[grid.order], bits[grid.order]
        here = np.zeros((len(at), width))
        _in_blocks(
            len(at),
            lambda start, stop, at=at, edge=edge, grid=grid, shares=shares, layers=layers,
            here=here: kernels.access(
                start,
                stop,
                at,
                edge,
                grid.origin,
                grid.cell,
                grid.shape,
                grid.begins,
                grid.points,
                shares,
                layers,
                gaussian,
                here,
            ),
        )  # fmt: skip
        found[chosen] = here
    return found


def _classes(radius: "NDArray[np.float64]") -> "list[tuple[NDArray[np.int64], float]]":
    """Part areas by their radius, so that each part has a grid that suits it."""
    steps = np.unique(radius)
    if len(steps) > _CLASSES:
        steps = np.unique(np.quantile(radius, np.linspace(0, 1, _CLASSES + 1)[1:]))
    part = np.searchsorted(steps, radius)
    return [(np.flatnonzero(part == n), float(step)) for n, step in enumerate(steps)]


def _in_blocks(size: int, work: Callable[[int, int], None]) -> None:
    """Do a piece of work for blocks of rows, several at a time."""
    processors = os.cpu_count() or 1
    with ThreadPoolExecutor(processors) as pool:
        for done in [pool.submit(work, *block) for block in _blocks(size, processors * _BLOCKS)]:
            done.result()


def _blocks(size: int, most: int) -> Iterator[tuple[int, int]]:
    step = max(-(-size // most), 1)
    for start in range(0, size, step):
        yield start, min(start + step, size)
