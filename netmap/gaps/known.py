"""What is known about one community in one area, with the rows it is known from.

Aggregate rows never decide.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    """What is known about one community in one area; rows are looked up when they are wanted.

    Attributes:
        area: The area's code.
        community: The community's code.
        state: The first state that holds.
        people: The community's head-count there, ``*`` or None.
        share: Its share of the area's people, 0 to 1, or None where nothing is known.
        enquiry: The enquiry that answers for it, or None.
        context: The network.
        below: Communities below it in the same state, which it speaks for.
        uncovered: Where all that is for it is for communities below it: those next below it that
            it is not for, and that nothing else is known about.
    """

    area: str
    community: str
    state: State
    people: Protected
    share: float | None
    enquiry: Enquiry | None
    context: Facts = field(repr=False, compare=False)
    below: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()

    @property
    def specific(self) -> Chosen:
        """Current activities within reach that are for it."""
        return self._near(self.context.provision_for(self.community).specific)

    @property
    def lapsed(self) -> Chosen:
        """Activities for it, or open to it, that were verified too long ago to count."""
        return self._near(self.context.provision_for(self.community).out_of_date)

    @property
    def open(self) -> Chosen:
        """Individually recorded open activities within reach."""
        return self._near(self.context.provision_for(self.community).open)

    @property
    def aggregates(self) -> Chosen:
        """Rows within reach that keep only totals."""
        return self._near(self.context.aggregates)

    @property
    def remote(self) -> tuple[Activity, ...]:
        """Online or telephone activities it may use."""
        return _remote(self.context, self.community).reaching(self.area)

    def _near(self, chosen: "Truths") -> Chosen:
        within = self.context.within_reach
        if self.area not in within:
            return Chosen()
        near = within.indices(self.area)
        return Chosen(within.activities, near[chosen[near]])


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
    row = context.register.population.get(area)
    return Known(
        area,
        community,
        state,
        people.count(row, community) if row else None,
        people.share(row, community) if row else None,
        enquiry_for(context, area, community),
        context,
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
