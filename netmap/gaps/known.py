"""What is known about one community in one area, with the rows it is known from.

Aggregate rows never decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import Facts
from netmap.gaps.deciding import State, decide
from netmap.gaps.enquiries import enquiry_for
from netmap.gaps.provision import Chosen
from netmap.gaps.remote import Remote, remote_by_area
from netmap.networks import people
from netmap.networks.models import Activity, Enquiry
from netmap.privacy import Protected

if TYPE_CHECKING:
    from netmap.gaps.provision import Truths

__all__ = ["Known", "State", "know"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one community in one area.

    Attributes:
        area: The area's code.
        community: The community's code.
        state: The first state that holds.
        people: The community's head-count there, ``*`` or None.
        share: Its share of the area's people, 0 to 1, or None where nothing is known.
        enquiry: The enquiry that answers for it, or None.
        specific: Current activities within reach that are for it.
        lapsed: Activities for it, or open to it, that were verified too long ago to count.
        open: Individually recorded open activities within reach.
        aggregates: Rows within reach that keep only totals.
        remote: Online or telephone activities it may use.
        below: Communities below it in the same state, which it speaks for.
        uncovered: Where all that is for it is for communities below it: those next below it that
            it is not for, and that nothing else is known about.
    """

    area: str
    community: str
    state: State
    people: Protected = None
    share: float | None = None
    enquiry: Enquiry | None = None
    specific: Sequence[Activity] = ()
    lapsed: Sequence[Activity] = ()
    open: Sequence[Activity] = ()
    aggregates: Sequence[Activity] = ()
    remote: tuple[Activity, ...] = ()
    below: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()


def know(
    context: Facts,
    area: str,
    community: str,
    state: State | None = None,
    told_with: tuple[tuple[str, ...], ...] = (),
) -> Known:
    """Gather what is known about a community in an area.

    Args:
        context: The network.
        area: The area's code.
        community: The community's code.
        state: Which state holds, where that was worked out already.
        told_with: The communities below it that it speaks for, and those left uncovered.
    """
    if state is None:
        state = list(State)[decide(context, [area], [community])[0, 0]]
    there = context.provision_for(community)
    within = context.within_reach
    near = within.indices(area) if area in within else np.empty(0, dtype=np.int32)

    def those(chosen: "Truths") -> Chosen:
        return Chosen(within.activities, near[chosen[near]])

    row = context.register.population.get(area)
    return Known(
        area,
        community,
        state,
        people.count(row, community) if row else None,
        people.share(row, community) if row else None,
        enquiry_for(context, area, community),
        those(there.specific),
        those(there.lapsed | there.lapsed_open),
        those(there.open),
        those(context.aggregates),
        _remote(context, community).reaching(area),
        *told_with,
    )


def _remote(context: Facts, community: str) -> Remote:
    """Sort the remote activities that a community may use by whom they serve."""
    if community not in context.remote_for:
        related = context.kin(community)
        usable = (
            a
            for a in context.remote
            if a.open or (a.communities_known and related & set(a.communities))
        )
        context.remote_for[community] = remote_by_area(context, usable)
    found: Remote = context.remote_for[community]
    return found
