"""Which figure shades the areas, and the few round classes it falls into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10

import numpy as np

from netmap.language import N_, _
from netmap.maps.scene import Scene
from netmap.maps.symbols import NO_DATA, NOT_SHOWN, PLAIN, RAMP
from netmap.maps.words import number
from netmap.networks.people import share
from netmap.networks.summary import per_100k, population_of

_ROUND = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10)
_CLASSES = len(RAMP)
TOO_FEW = N_("not shown (too few people)")


@dataclass(frozen=True, slots=True)
class Shading:
    """One figure for every area, and the breaks between its classes.

    Attributes:
        label: The figure in plain words; empty where nothing is shaded.
        unit: Written after the figure: ``%`` or nothing.
        values: Area code to figure, only where it is known.
        hidden: Areas whose figure this audience may not see.
        breaks: The lower ends of all classes but the first, rising.
    """

    label: str = ""
    unit: str = ""
    values: Mapping[str, float] | None = None
    hidden: frozenset[str] = frozenset()
    breaks: tuple[float, ...] = ()

    def fill(self, code: str) -> str:
        """Give an area its colour, or the pattern that says why it has none."""
        if self.values is None:
            return PLAIN
        if code in self.hidden:
            return NOT_SHOWN
        value = self.values.get(code)
        return NO_DATA if value is None else self.colours[self._class_of(value)]

    def said(self, code: str) -> str:
        """Say an area's figure; nothing where nothing is shaded."""
        if self.values is None:
            return ""
        if code in self.hidden:
            return _(TOO_FEW)
        value = self.values.get(code)
        return "" if value is None else self._figure(round(value, 1))

    def _figure(self, value: float) -> str:
        written = number(value)
        return _("%(number)s%%", number=written) if self.unit else written

    @property
    def colours(self) -> tuple[str, ...]:
        """One colour for each class, spread over the ramp, lightest first."""
        count = len(self.breaks) + 1
        if count == 1:
            return (RAMP[2],)
        return tuple(RAMP[round(i * (_CLASSES - 1) / (count - 1))] for i in range(count))

    @property
    def classes(self) -> tuple[tuple[str, str, int], ...]:
        """Words, colour and number of areas of each class, lowest first."""
        counts = [0] * (len(self.breaks) + 1)
        for value in (self.values or {}).values():
            counts[self._class_of(value)] += 1
        return tuple(zip(self._words(), self.colours, counts, strict=True))

    def _class_of(self, value: float) -> int:
        return int(np.searchsorted(self.breaks, value, side="right"))

    def _words(self) -> list[str]:
        ends = [self._figure(end) for end in self.breaks]
        if not ends:
            return [_("known")]
        between = [
            _("%(low)s to under %(high)s", low=low, high=high) for low, high in pairwise(ends)
        ]
        return [
            _("under %(high)s", high=ends[0]),
            *between,
            _("%(low)s and over", low=ends[-1]),
        ]


def shading(scene: Scene) -> Shading:
    """Work out what a map's ``shade_by`` asks for, for every area that is a place."""
    wanted = scene.settings.shade_by
    if not wanted:
        return Shading()
    if wanted in _FIGURES:
        label, of = _FIGURES[wanted]
        values = of(scene)
        return Shading(_(label), "", values, frozenset(), round_breaks(tuple(values.values())))
    return _community_share(scene, wanted)


def round_breaks(values: Sequence[float]) -> tuple[float, ...]:
    """Choose at most four round breaks so that the classes hold about as many areas each.

    Args:
        values: The figures, any order, none missing.

    Returns:
        Rising breaks that leave no class at either end empty; none where all figures are alike.
    """
    if len(set(values)) <= 1:
        return ()
    ends = np.quantile(np.asarray(values), [i / _CLASSES for i in range(1, _CLASSES)])
    breaks = sorted({_round(float(end)) for end in ends})
    return tuple(end for end in breaks if min(values) < end <= max(values))


def _round(value: float) -> float:
    if value <= 0:
        return 0.0
    power = 10.0 ** floor(log10(value))
    return float(round(min(_ROUND, key=lambda r: abs(r - value / power)) * power, 6))


def _places(scene: Scene) -> list[str]:
    return [area.code for area in scene.register.areas if not area.anonymised]


def _population(scene: Scene) -> dict[str, float]:
    found = {code: population_of(scene.register, code) for code in _places(scene)}
    return {code: float(people) for code, people in found.items() if people is not None}


def _rates(scene: Scene) -> dict[str, float]:
    counted = scene.activities_in
    found = {c: per_100k(counted[c], people) for c, people in _population(scene).items()}
    return {code: rate for code, rate in found.items() if rate is not None}


def _activities(scene: Scene) -> dict[str, float]:
    # A child area that lists none of its own is part of a count that stands at its parent.
    counted = scene.activities_in
    codes = _places(scene)
    return {c: float(counted[c]) for c in codes if counted[c] or c in scene.register.areas.top}


_FIGURES = {
    "activities_per_100k": (N_("Activities for every 100,000 people"), _rates),
    "activities": (N_("Activities"), _activities),
    "population": (N_("People who live there"), _population),
}


def _community_share(scene: Scene, community: str) -> Shading:
    rows = {code: scene.register.population.get(code) for code in _places(scene)}
    known = {code: row for code, row in rows.items() if row is not None}
    found = {code: share(row, community) for code, row in known.items()}
    values = {code: round(part * 100, 1) for code, part in found.items() if part is not None}
    hidden = frozenset(c for c, row in known.items() if community in row.suppressed)
    label = _(
        "%(community)s: share of the people who live there",
        community=scene.label("community", community),
    )
    return Shading(label, "%", values, hidden, round_breaks(tuple(values.values())))
