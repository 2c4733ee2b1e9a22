"""Who could help with a new activity: those who serve the community already, or are there.

The nearest to ask come first: by introductions from the hub of the area, then by distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.language import N_, _, ngettext, number
from netmap.networks.graph import ties_only
from netmap.networks.models import Organisation
from netmap.networks.register import Register
from netmap.places import to_metres
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

MOST = 5
_NAMES = 2
_FAR = float("inf")
_METRES = 1000.0
# How an organisation is in a place, and how where it is the place's hub.
_BASED = N_("is based in %(place)s"), N_("is based in %(place)s as its hub")
_ACTIVE = N_("is active in %(place)s"), N_("is active in %(place)s as its hub")
# Whoever is farther away and not tied to a hub of the area is no neighbour.
_NEAR_KM = 50.0


@dataclass(frozen=True, slots=True)
class Supporter:
    """An organisation that could help, by id, and why, in words."""

    organisation: str
    why: str


class Supporters:
    """The organisations of a register, ready to be asked for many places.

    Args:
        register: As the audience may see it.
        vocabulary: The communities.
        communities: Whom the new activities are for.
    """

    def __init__(
        self, register: Register, vocabulary: Vocabulary, communities: Sequence[str]
    ) -> None:
        self._register = register
        self._serving = _serving(register, vocabulary, communities)
        self._steps: dict[str, dict[str, int]] = {}
        self._places: dict[str, dict[str, tuple[str, str]]] = {}
        for one in register.organisations:
            if one.area:
                self._places.setdefault(one.area, {})[one.id] = _BASED
        for activity in register.provision:
            code = register.area_of(activity)
            if activity.organisation in register.organisation and activity.organisation and code:
                self._places.setdefault(code, {}).setdefault(activity.organisation, _ACTIVE)

    def around(self, area: str | None) -> tuple[Supporter, ...]:
        """List who could help in an area.

        Returns:
            By introductions from a hub of the area (the hub itself first, those tied to none
            last), then those who serve the community, then the nearest, then by id; the first few.
            Nobody who is both far away and not tied to a hub of the area.
        """
        here = self._here(area)
        hubs = [one.id for one in self._register.with_role("hub") if one.id in here]
        found = []
        for one in sorted({*self._serving, *here}):
            steps, hub = min(((self._from(h).get(one, _FAR), h) for h in hubs), default=(_FAR, ""))
            reasons = [*self._serving.get(one, ()), *([here[one]] if one in here else [])]
            km = 0.0 if one in here else self._km(area, one)
            if steps > 1 and _NEAR_KM < km < _FAR:
                continue
            order = (steps, one not in self._serving, km, one)
            found.append((order, one, [*reasons, *self._way(steps, hub, km)]))
        found.sort()
        return tuple(Supporter(one, "; ".join(reasons)) for _, one, reasons in found[:MOST])

    def _here(self, area: str | None) -> dict[str, str]:
        """Say of those in an area, or above or below it, where they are."""
        areas, found = self._register.areas, dict[str, str]()
        if area is None or area not in areas:
            return found
        for code in (area, *sorted(areas.descendants(area)), *areas.ancestors(area)):
            for one, how in self._places.get(code, {}).items():
                hub = "hub" in self._register.organisation[one].roles
                found.setdefault(one, _(how[hub], place=areas.name(code)))
        return found

    def _way(self, steps: float, hub: str, km: float) -> list[str]:
        """Say how to get to somebody: through whom, and how far."""
        way = [_("%(km)s km away", km=number(km, 0))] if 0 < km < _FAR else []
        if not 0 < steps < _FAR:
            return way
        name = self._register.organisation[hub].name
        if steps == 1:
            return [*way, _("tied to %(hub)s", hub=name)]
        between = ngettext(
            "%(count)s between it and %(hub)s",
            "%(count)s between it and %(hub)s",
            round(steps) - 1,
            hub=name,
        )
        return [*way, between]

    def _km(self, area: str | None, one: str) -> float:
        """Measure the straight line from an area to an organisation; infinity where unknown."""
        places, metres = self._metres
        if area not in places or one not in places:
            return _FAR
        apart = float(np.hypot(*(metres[places[area]] - metres[places[one]])))
        return apart / _METRES if np.isfinite(apart) else _FAR

    @cached_property
    def _metres(self) -> "tuple[dict[str | None, int], NDArray[np.float64]]":
        register, nowhere = self._register, (np.nan, np.nan)
        organisations: list[Organisation] = [register.organisation[i] for i in self._serving]
        codes = [area.code for area in register.areas]
        degrees = [register.areas[code].point or nowhere for code in codes]
        degrees += [register.point_of(one) or nowhere for one in organisations]
        named: list[str | None] = [*codes, *(one.id for one in organisations)]
        return {name: n for n, name in enumerate(named)}, to_metres(np.array(degrees))

    def _from(self, hub: str) -> dict[str, int]:
        """Count the introductions from a hub to everybody who can be reached."""
        if hub not in self._steps:
            import networkx as nx  # noqa: PLC0415  # slow to import

            self._steps[hub] = dict(nx.single_source_shortest_path_length(self._graph, hub))
        return self._steps[hub]

    @cached_property
    def _graph(self) -> "nx.Graph[str]":
        return ties_only(self._register)


def _serving(
    register: Register, vocabulary: Vocabulary, communities: Sequence[str]
) -> dict[str, list[str]]:
    """Say of organisations how they serve, or are led by, communities or ones near to these."""
    found: dict[str, list[str]] = {}
    near = {
        one
        for c in communities
        for one in (c, *vocabulary.ancestors(c), *vocabulary.descendants(c))
    }
    offered: dict[str, dict[str, set[str]]] = {}
    for activity in register.provision:
        for community in sorted(near & set(activity.communities)):
            if activity.organisation in register.organisation and activity.organisation:
                these = offered.setdefault(activity.organisation, {})
                these.setdefault(activity.name, set()).add(vocabulary.label(community))
    for one, names in offered.items():
        whom = _few(sorted(set().union(*names.values())))
        found[one] = [
            _(
                "offers something for %(communities)s: %(activities)s",
                communities=whom,
                activities=_few(list(names)),
            )
        ]
    for organisation in register.organisations:
        led = sorted(vocabulary.label(one) for one in near & set(organisation.led_by))
        if led:
            said = _("is led by people of %(communities)s", communities=_few(led))
            found.setdefault(organisation.id, []).append(said)
    return found


def _few(names: Sequence[str]) -> str:
    first = ", ".join(names[:_NAMES])
    return _("%(names)s and more", names=first) if len(names) > _NAMES else first
