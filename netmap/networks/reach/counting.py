"""A register's areas and activities as arrays, and what is near, how many, how much there is.

Totals (aggregate rows) and what is part of them are minded here, so that the kernels need know
nothing of registers: a total is in no other area's reach, stands at its area's point for supply,
and a named activity that is part of it counts only where the total does not.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.models import Activity
from netmap.networks.reach.catchments import Pairs, decay_weights, supply_per_1000
from netmap.networks.reach.layers import count_within, nearest_by_layer, supply_by_layer
from netmap.networks.reach.travel import pairs_near
from netmap.networks.reach.within import belonging, catchments_km, projected
from netmap.networks.register import Register

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Layers = NDArray[np.bool_]

_METRES = 1000.0
_HAIR = 1 + 1e-12


@dataclass(frozen=True, eq=False)
class Ground:
    """Areas and in-person activities of a register, projected.

    Attributes:
        register: The register.
        codes: The areas, in code order; the anonymised are not among them.
        activities: The current in-person activities.
        areas_m: One point per area, metric CRS, metres, shape (n, 2); NaN where unknown.
        activities_m: One point per activity, same CRS, shape (m, 2).
        catchment_km: How far the people of each area can travel.
    """

    register: Register
    codes: tuple[str, ...]
    activities: tuple[Activity, ...]
    areas_m: "NDArray[np.float64]"
    activities_m: "NDArray[np.float64]"
    catchment_km: "NDArray[np.float64]"

    @classmethod
    def of(
        cls,
        register: Register,
        points: "tuple[NDArray[np.float64], NDArray[np.float64]] | None" = None,
    ) -> "Ground":
        """Lay a register out; `points` as :func:`projected` gives them, where they are known."""
        codes = tuple(area.code for area in register.areas if not area.anonymised)
        activities = tuple(a for a in register.provision if not a.remote)
        areas_m, activities_m = points or projected(register, codes, activities)
        edge = catchments_km(register, codes)
        return cls(register, codes, activities, areas_m, activities_m, edge)

    @cached_property
    def timed(self) -> "tuple[Pairs, NDArray[np.float64]] | None":
        """The pairs within reach by travel times, and each area's limit; None without such."""
        if self.register.travel is None:
            return None
        points = self.areas_m, self.activities_m
        return pairs_near(self.register, self.codes, self.activities, points, self.catchment_km)

    @property
    def detour(self) -> float:
        """Road distance over straight-line distance."""
        return self.register.settings.reach.detour

    @cached_property
    def placed(self) -> "NDArray[np.bool_]":
        """Which areas have a point."""
        placed: NDArray[np.bool_] = np.asarray(np.isfinite(self.areas_m).all(axis=1))
        return placed

    @cached_property
    def alone(self) -> "NDArray[np.bool_]":
        """Which activities stand for themselves, not for a total."""
        return np.array([not a.aggregate for a in self.activities], dtype=bool)

    @cached_property
    def part_of(self) -> "NDArray[np.int64]":
        """The index of the total each activity is part of, -1 where it is part of none."""
        totals = {a.id: i for i, a in enumerate(self.activities) if a.aggregate}
        return np.array([totals.get(a.part_of or "", -1) for a in self.activities], dtype=np.int64)

    @cached_property
    def belonging(self) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Pairs of areas and activities in them or serving them, each once, by area."""
        area, activity = belonging(self.register, self.codes, self.activities)
        width = max(len(self.activities), 1)
        keys = np.unique(area * width + activity)
        return keys // width, keys % width

    def km(self, area: "NDArray[np.int64]", activity: "NDArray[np.int64]") -> "NDArray[np.float64]":
        """Measure pairs, in kilometres with detour; NaN where a point is unknown."""
        apart = self.areas_m[area] - self.activities_m[activity]
        measured: NDArray[np.float64] = np.hypot(apart[..., 0], apart[..., 1]) * (
            self.detour / _METRES
        )
        return measured

    def near(self, area: "NDArray[np.int64]", activity: "NDArray[np.int64]") -> "NDArray[np.bool_]":
        """Tell which pairs lie within the area's catchment, by travel times where there are any."""
        if self.timed is not None:
            pairs, width = self.timed[0], len(self.activities)
            known = pairs.area * width + pairs.activity
            timed: NDArray[np.bool_] = np.asarray(np.isin(area * width + activity, known))
            return timed
        within: NDArray[np.bool_] = self.km(area, activity) <= self.catchment_km[area] * _HAIR
        return within


def nearest(ground: Ground, layers: "Layers") -> "NDArray[np.float64]":
    """Measure to the nearest activity of each layer.

    Args:
        ground: The areas and activities.
        layers: Which activities are in which layer, shape (activities, layers).

    Returns:
        Kilometres with detour, shape (areas, layers); infinity where there is none. A total is
        near the areas it is in only.
    """
    km = nearest_by_layer(
        ground.areas_m,
        ground.activities_m[ground.alone],
        layers[ground.alone],
        detour=ground.detour,
    )
    area, activity = ground.belonging
    own = ~ground.alone[activity]
    area, activity = area[own], activity[own]
    measured = np.nan_to_num(ground.km(area, activity), nan=np.inf)
    for layer in range(layers.shape[1]):
        there = layers[activity, layer]
        np.minimum.at(km[:, layer], area[there], measured[there])
    return km


def how_many(ground: Ground, layers: "Layers") -> "NDArray[np.int64]":
    """Count the activities of each layer within reach: near an area, in its line, or serving it.

    Args:
        ground: The areas and activities.
        layers: Which activities are in which layer, shape (activities, layers).

    Returns:
        Counts, int64, shape (areas, layers).
    """
    alone = ground.alone
    counts = _near(ground, layers & alone[:, None])
    area, activity = ground.belonging
    size = np.array([a.count or 1 for a in ground.activities], dtype=np.int64)
    # What is near was counted; a total counts where it belongs, and there for all its parts.
    more = ~(alone[activity] & ground.near(area, activity))
    for layer in range(layers.shape[1]):
        here = more & layers[activity, layer]
        np.add.at(counts[:, layer], area[here], size[activity[here]])
    for total in np.unique(ground.part_of[ground.part_of >= 0]):
        parts = np.flatnonzero(ground.part_of == total)
        inside = area[activity == total]
        reached = ground.near(inside[:, None], parts[None, :])
        also = np.isin(activity, parts)
        belongs = set(zip(area[also].tolist(), activity[also].tolist(), strict=True))
        for row, n in enumerate(inside.tolist()):
            reached[row] |= [(n, part) in belongs for part in parts.tolist()]
        twice = layers[total][None, :] & layers[parts]
        counts[inside] -= reached.astype(np.int64) @ twice.astype(np.int64)
    return counts


def _near(ground: Ground, layers: "Layers") -> "NDArray[np.int64]":
    """Count what is near each area, by travel times where there are any."""
    if ground.timed is None:
        return count_within(
            ground.areas_m,
            ground.activities_m,
            np.ones(len(ground.activities), dtype=np.int64),
            layers,
            ground.catchment_km,
            detour=ground.detour,
        )
    pairs, _ = ground.timed
    size = len(ground.codes)
    return np.array(
        [np.bincount(pairs.area[layer[pairs.activity]], minlength=size) for layer in layers.T]
    ).T.astype(np.int64)


def supply(
    ground: Ground, layers: "Layers", people: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Work out the supply of each layer per 1,000 people (E2SFCA).

    Args:
        ground: The areas and activities.
        layers: Which activities are in which layer, shape (activities, layers).
        people: Whose demand each layer meets, shape (areas, layers); NaN counts as nobody.

    Returns:
        Activities per 1,000 people, shape (areas, layers).
    """
    size = np.array([a.count or 1 for a in ground.activities], dtype=np.float64)
    part = ground.part_of >= 0
    # What is part of a total of the same layer is in the total's number already.
    counted = layers & ~(part[:, None] & layers[ground.part_of])
    decay = ground.register.settings.reach.decay
    if ground.timed is not None:
        pairs, limit = ground.timed
        weights = decay_weights(pairs.km, limit[pairs.area], decay)
        each = [
            supply_per_1000(pairs, weights, people[:, n], size * counted[:, n])
            for n in range(layers.shape[1])
        ]
        return np.array(each).T
    return supply_by_layer(
        ground.areas_m,
        ground.activities_m,
        people,
        size,
        counted,
        ground.catchment_km,
        decay,
        detour=ground.detour,
    )
