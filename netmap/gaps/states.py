"""What is known about every community in every area that a finding may be made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from netmap.gaps.context import Facts
from netmap.gaps.known import Known, State, kin, know
from netmap.gaps.pairs import described, lowest, pairs

__all__ = ["Context", "Known", "State", "community_states", "know", "lowest"]


def community_states(context: Facts) -> list[Known]:
    """Work out the state of every pair that a finding may be made of.

    Returns:
        By area and community; a child community in the same state as its parent is listed under
        the parent instead.
    """
    found = [
        known
        for area, communities in pairs(context).items()
        for known in _gathered(context, {c: know(context, area, c) for c in communities})
    ]
    return sorted(found, key=lambda k: (k.area, k.community))


def _gathered(context: Facts, here: Mapping[str, Known]) -> Iterator[Known]:
    """List each community of an area under the highest one above it in the same state."""
    above = context.communities.ancestors
    for community, known in here.items():
        if any(c in here and here[c].state is known.state for c in above(community)):
            continue
        below = tuple(
            c for c, other in here.items() if community in above(c) and other.state is known.state
        )
        uncovered = _uncovered(context, known, here)
        yield replace(known, below=below, uncovered=uncovered)


def _uncovered(context: Facts, known: Known, here: Mapping[str, Known]) -> tuple[str, ...]:
    """Name what lies next below a community and has no part in what was found for it."""
    communities = context.communities
    named = {c for activity in known.specific for c in activity.communities}
    if not named or named & {known.community, *communities.ancestors(known.community)}:
        return ()
    told = set(here) | set(described(context, known.area))
    return tuple(
        c
        for c in communities
        if communities.terms[c].parent == known.community
        and c not in told
        and not named & kin(context, c)
    )


@dataclass(frozen=True)
class Context(Facts):
    """What every rule may look at, with what is known about each community."""

    @cached_property
    def communities_known(self) -> list[Known]:
        """What is known about every pair that a finding may be made of."""
        return community_states(self)
