"""Who could help with a new activity: those who serve the community already, or are there."""

from collections.abc import Sequence
from dataclasses import dataclass

from netmap.networks.graph import ties_only
from netmap.networks.register import Register
from netmap.vocabulary import Vocabulary

_MOST = 4
_NAMES = 2


@dataclass(frozen=True, slots=True)
class Supporter:
    """An organisation that could help, and why."""

    organisation: str
    why: str


@dataclass(frozen=True, slots=True)
class _Fits:
    """Why an organisation would fit, and how many introductions away it is."""

    id: str
    name: str
    reasons: tuple[str, ...]
    steps: float
    hub: str


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
        self._graph = ties_only(register)
        self._steps: dict[str, dict[str, int]] = {}
        self._serving = _serving(register, vocabulary, communities)
        self._offering: dict[str, list[str]] = {}
        for activity in register.provision:
            code = register.area_of(activity)
            if activity.organisation and code:
                self._offering.setdefault(code, []).append(activity.organisation)

    def for_area(self, area: str, hubs: Sequence[str]) -> tuple[Supporter, ...]:
        """List who could help in an area, nearest to its hub first.

        Args:
            area: The area.
            hubs: The hubs of the area, by id.

        Returns:
            Hubs themselves first; then by introductions from a hub (those tied to none last),
            those with more reasons, and id.
        """
        register = self._register
        line = {area, *register.areas.ancestors(area)}
        here = {one.id for one in register.organisations if one.area in line}
        here |= {one for code in line for one in self._offering.get(code, ())}
        fits = [self._fit(one, one in here, hubs) for one in sorted(here | set(self._serving))]
        fits.sort(key=lambda fit: (fit.steps, -len(fit.reasons), fit.id))
        return tuple(Supporter(fit.id, _why(fit)) for fit in fits[:_MOST])

    def _fit(self, one: str, is_here: bool, hubs: Sequence[str]) -> _Fits:  # noqa: FBT001
        organisation = self._register.organisation[one]
        reasons = list(self._serving.get(one, ()))
        reasons += ["is the hub of the area"] if one in hubs else []
        reasons += ["is in the area"] if is_here and one not in hubs else []
        ways = [(self._from(hub).get(one, float("inf")), hub) for hub in hubs]
        steps, hub = min(ways, default=(float("inf"), ""))
        return _Fits(one, organisation.name, tuple(reasons), steps, hub and self._name(hub))

    def _name(self, one: str) -> str:
        return self._register.organisation[one].name

    def _from(self, hub: str) -> dict[str, int]:
        """Count the introductions from a hub to everybody who can be reached."""
        import networkx as nx  # noqa: PLC0415  # slow to import

        if hub not in self._steps:
            self._steps[hub] = dict(nx.single_source_shortest_path_length(self._graph, hub))
        return self._steps[hub]


def _serving(
    register: Register, vocabulary: Vocabulary, communities: Sequence[str]
) -> dict[str, list[str]]:
    """Say of organisations how they serve, or are led by, any of some communities."""
    related = {c: {c, *vocabulary.ancestors(c), *vocabulary.descendants(c)} for c in communities}
    found: dict[str, list[str]] = {}
    for community, kin in related.items():
        label = vocabulary.label(community)
        offered: dict[str, list[str]] = {}
        for activity in register.provision:
            if activity.organisation and not activity.aggregate and kin & set(activity.communities):
                offered.setdefault(activity.organisation, []).append(activity.name)
        for one, names in offered.items():
            shown = ", ".join(names[:_NAMES]) + (" and more" if len(names) > _NAMES else "")
            found.setdefault(one, []).append(f"offers {shown} for {label} people")
        for organisation in register.organisations:
            if kin & set(organisation.led_by):
                found.setdefault(organisation.id, []).append(f"is led by {label} people")
    return found


def _why(fit: _Fits) -> str:
    said = "; ".join(fit.reasons)
    if fit.steps == 0:
        return said
    if fit.steps == 1:
        return f"{said}; tied to {fit.hub}"
    if fit.steps == float("inf"):
        return f"{said}; no tie to a hub is recorded"
    return f"{said}; {fit.steps:.0f} introductions from {fit.hub}"
