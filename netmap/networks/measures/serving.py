"""Which communities each organisation is for: those it leads to, and those it is led by."""

from collections.abc import Mapping
from dataclasses import dataclass

from netmap.networks.register import Register
from netmap.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class For:
    """The communities of one organisation, as the register names them, in order.

    Attributes:
        led_by: Who leads it.
        serves: Whom its current activities are for; networks and meetings apart.
    """

    led_by: tuple[str, ...]
    serves: tuple[str, ...]


def communities_of(register: Register) -> Mapping[str, For]:
    """Give each organisation's communities.

    Returns:
        By id, in the register's order, only organisations of which something is known: one that
        has no activity and no ``led_by`` is missing; one whose activities are all open to anyone
        serves no community in particular.
    """
    serves: dict[str, set[str]] = {}
    for activity in register.provision:
        if activity.organisation and activity.communities_known:
            serves.setdefault(activity.organisation, set()).update(activity.communities)
    return {
        one.id: For(tuple(sorted(one.led_by)), tuple(sorted(serves.get(one.id, ()))))
        for one in register.organisations
        if one.led_by or one.id in serves
    }


def with_wider(codes: set[str], communities: Vocabulary | None) -> frozenset[str]:
    """Add to communities the wider ones they belong to."""
    if communities is None:
        return frozenset(codes)
    return frozenset(codes.union(*(communities.ancestors(code) for code in codes)))
