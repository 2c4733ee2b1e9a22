"""Which areas and communities a finding may be made of.

The lowest areas that count each person once, the communities of which enough live there, and the
pairs somebody asked about.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import Facts
from netmap.gaps.enquiries import enquiry_for, was_asked
from netmap.gaps.residents import Residents, residents_of
from netmap.networks import people
from netmap.networks.models import CENSUS_GROUPS, EVERYWHERE, MINORITY_ETHNIC, WHITE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """The areas and communities that are looked at together.

    Attributes:
        areas: In code order: the lowest, and those below them that somebody asked about.
        communities: In order of their codes.
        looked_at: Of which pairs a finding may be made, shape (areas, communities).
        residents: Who lives there, same shape.
    """

    areas: tuple[str, ...]
    communities: tuple[str, ...]
    looked_at: "Truths"
    residents: Residents

    @cached_property
    def row(self) -> dict[str, int]:
        """The place of each area."""
        return {code: n for n, code in enumerate(self.areas)}

    @cached_property
    def column(self) -> dict[str, int]:
        """The place of each community."""
        return {community: n for n, community in enumerate(self.communities)}


@dataclass(frozen=True)
class Candidates:
    """Areas and communities of which some pairs are looked at, whatever makes a community.

    Attributes:
        areas: As in :class:`Pairs`; likewise `communities` and `residents`.
        communities: The columns.
        residents: Who lives there.
        below: Which areas are below the lowest, where only what was asked counts.
        enquired: The pairs somebody asked about where nothing is known of how many live there.
    """

    areas: tuple[str, ...]
    communities: tuple[str, ...]
    residents: Residents
    below: "NDArray[np.bool_]"
    enquired: frozenset[tuple[str, str]]

    def large(self, people: float, share: float) -> Pairs:
        """Look at those of which enough people live there, or that somebody asked about."""
        looked_at = self.residents.enough(people, share)
        looked_at[self.below] = False
        found = Pairs(self.areas, self.communities, looked_at, self.residents)
        for area, community in self.enquired:
            looked_at[found.row[area], found.column[community]] = True
        return found


def candidates_of(context: Facts) -> Candidates:
    """Find the areas and communities that a finding may be made of."""
    units = frozenset(context.lowest)
    enquired = _enquired(context, units)
    told = _told(context, units)
    areas = tuple(sorted({*units, *(area for area, _ in enquired)}))
    communities = tuple(sorted({*told, *(community for _, community in enquired)}))
    residents = residents_of(context.register, areas, communities)
    below = np.array([area not in units for area in areas], dtype=bool)
    return Candidates(areas, communities, residents, below, frozenset(enquired))


def pairs_of(context: Facts, candidates: Candidates | None = None) -> Pairs:
    """Find the pairs that a finding may be made of."""
    settings = context.register.settings.gaps
    found = candidates or candidates_of(context)
    return found.large(settings.community_people, settings.community_share)


def _told(context: Facts, areas: frozenset[str]) -> set[str]:
    """Name the communities that any population row of these areas says something of."""
    rows = [context.register.population.get(area) for area in areas]
    named = {c for row in rows if row for c in row.groups}
    ethnic = MINORITY_ETHNIC not in named and WHITE in named
    ethnic = ethnic or named.issuperset(CENSUS_GROUPS[1:])
    return {c for c in named if _is_community(context, c)} | (
        {MINORITY_ETHNIC} if ethnic else set()
    )


def pairs(context: Facts) -> dict[str, list[str]]:
    """Name the communities of each area that a finding may be made of, sorted."""
    found = pairs_of(context)
    return {
        area: [found.communities[c] for c in np.flatnonzero(found.looked_at[n])]
        for n, area in enumerate(found.areas)
    }


def nothing_known(context: Facts, area: str) -> bool:
    """Tell whether nothing is known about who lives in an area; protected is not unknown."""
    row = context.register.population.get(area)
    if row is None:
        return True
    told = any(community not in context.bases for community in row.groups)
    return not (told or row.suppressed or people.amount(row, MINORITY_ETHNIC) is not None)


def _is_community(context: Facts, community: str) -> bool:
    """Tell a community from a base for shares, which no finding is about."""
    return community not in context.bases


def _enquired(context: Facts, units: frozenset[str]) -> set[tuple[str, str]]:
    """Name the pairs somebody asked about where nothing is known of how many live there.

    What was asked about an area above holds for each of the lowest areas; what was asked about
    one below them stays there.
    """
    areas = context.register.areas
    asked: dict[str, set[str]] = {}
    for enquiry in context.register.enquiries:
        if was_asked(enquiry) and _is_community(context, enquiry.community):
            asked.setdefault(enquiry.area, set()).add(enquiry.community)
    found: set[tuple[str, str]] = set()
    for unit in units if asked else ():
        about = [asked[area] for area in (*context.places_above(unit), EVERYWHERE) if area in asked]
        found.update((unit, c) for one in about for c in one if not _describes(context, unit, c))
    found |= {
        (area, community)
        for area in asked
        if area in areas and any(one in units for one in areas.ancestors(area))
        for community in asked[area]
        if not _describes(context, area, community)
    }
    return {
        (area, community)
        for area, community in found
        if not _protected(context, area, community) and enquiry_for(context, area, community)
    }


def _describes(context: Facts, area: str, community: str) -> bool:
    """Tell whether an area's population row says how many of a community live there."""
    row = context.register.population.get(area)
    return row is not None and people.amount(row, community) is not None


def _protected(context: Facts, area: str, community: str) -> bool:
    row = context.register.population.get(area)
    return row is not None and community in row.suppressed
