"""What is known about a community in an area.

For each area and community that a finding may be made of, the first that holds: withheld,
specific, out of date, none found, open only, not asked. Aggregate rows never decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from netmap.gaps.context import Facts
from netmap.networks import people
from netmap.networks.models import EVERYWHERE, Activity, Enquiry, Population
from netmap.privacy import SUPPRESSED, Protected


class State(StrEnum):
    """What is known, first that holds."""

    WITHHELD = "withheld"
    SPECIFIC = "specific"
    OUT_OF_DATE = "out_of_date"
    NONE_FOUND = "none_found"
    OPEN_ONLY = "open_only"
    NOT_ASKED = "not_asked"


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
        lapsed: Activities that would be, were they not out of date.
        open: Individually recorded open activities within reach.
        aggregates: Rows within reach that keep only totals.
        remote: Online or telephone activities it may use.
        below: Communities below it in the same state, which it speaks for.
    """

    area: str
    community: str
    state: State
    people: Protected = None
    share: float | None = None
    enquiry: Enquiry | None = None
    specific: tuple[Activity, ...] = ()
    lapsed: tuple[Activity, ...] = ()
    open: tuple[Activity, ...] = ()
    aggregates: tuple[Activity, ...] = ()
    remote: tuple[Activity, ...] = ()
    below: tuple[str, ...] = ()


def kin(context: Facts, community: str) -> frozenset[str]:
    """Name a community with all above and below it."""
    known = context.communities
    return frozenset((community, *known.ancestors(community), *known.descendants(community)))


def enquiry_for(context: Facts, area: str, community: str) -> Enquiry | None:
    """Find the latest enquiry that answers for a community in an area.

    The nearest counts: its own, then one about a parent community, then one about a parent area,
    then one about every area.
    """
    areas = (area, *context.register.areas.ancestors(area), EVERYWHERE)
    communities = (community, *context.communities.ancestors(community))
    for one in areas:
        for other in communities:
            made = [e for e in context.register.enquiries if (e.area, e.community) == (one, other)]
            asked = [e for e in made if was_asked(e)]
            if asked:
                return max(asked, key=lambda e: e.asked_on or date.min)
    return None


def was_asked(enquiry: Enquiry) -> bool:
    """Tell whether somebody looked; an answer without a yes counts as asked."""
    return enquiry.asked if enquiry.asked is not None else enquiry.answer is not None


def know(context: Facts, area: str, community: str) -> Known:
    """Work out what is known about a community in an area."""
    reached = context.within_reach.get(area, ())
    related = kin(context, community)
    meant = [a for a in reached if a.communities_known and related & set(a.communities)]
    specific = tuple(a for a in meant if not context.lapsed(a))
    lapsed = tuple(a for a in meant if context.lapsed(a))
    enquiry = enquiry_for(context, area, community)
    row = context.register.population.get(area)
    fresh_open = tuple(a for a in reached if a.open and not context.lapsed(a) and a not in meant)
    return Known(
        area,
        community,
        _state(context, area, related, specific, lapsed, enquiry, fresh_open),
        people.count(row, community) if row else None,
        people.share(row, community) if row else None,
        enquiry,
        specific,
        lapsed,
        fresh_open,
        tuple(a for a in reached if a.aggregate),
        tuple(
            a
            for a in context.register.provision
            if a.remote and (a.open or related & set(a.communities))
        ),
    )


def _state(  # a state rests on all of these
    context: Facts,
    area: str,
    related: frozenset[str],
    specific: tuple[Activity, ...],
    lapsed: tuple[Activity, ...],
    enquiry: Enquiry | None,
    fresh_open: tuple[Activity, ...],
) -> State:
    top = context.register.areas.top_of(area)
    if any(h.area == top and related & set(h.communities) for h in context.register.hidden):
        return State.WITHHELD
    if specific:
        return State.SPECIFIC
    old = (
        enquiry is not None
        and enquiry.asked_on is not None
        and enquiry.asked_on < context.stale_before
    )
    if (enquiry is None and lapsed) or old:
        return State.OUT_OF_DATE
    if enquiry is None:
        return State.NOT_ASKED
    match enquiry.answer:
        case "specific":
            return State.SPECIFIC
        case "none":
            return State.NONE_FOUND
        case "open_only":
            return State.OPEN_ONLY
        case _:
            return State.OPEN_ONLY if fresh_open else State.NONE_FOUND


def lowest_counted(context: Facts) -> list[Population]:
    """List the population rows that no area below has a row of its own for: each person once."""
    rows = context.register.population
    areas = context.register.areas
    return [
        rows[code]
        for code in sorted(rows)
        if code in areas
        and not areas[code].anonymised
        and not any(below in rows for below in areas.descendants(code))
    ]


def counts_there(context: Facts, row: Population, community: str) -> bool:
    """Tell whether enough of a community live in an area for its state to matter."""
    settings = context.register.settings.gaps
    number, share = people.count(row, community), people.share(row, community)
    if number == SUPPRESSED:
        return False
    enough = isinstance(number, int) and number >= settings.community_people
    # A hair of tolerance: 9.999999 per cent from adding decimals is ten per cent.
    return enough or (share is not None and share >= settings.community_share - 1e-9)


def community_states(context: Facts) -> list[Known]:
    """Work out the state of every pair that a finding may be made of.

    Returns:
        By area and community; a child community in the same state as its parent is listed under
        the parent instead.
    """
    found = [k for row in lowest_counted(context) for k in _of_area(context, row)]
    known_areas = {row.area for row in lowest_counted(context) if people.communities_of(row)}
    found += [know(context, area, c) for area, c in sorted(_enquired(context, known_areas))]
    return sorted(found, key=lambda k: (k.area, k.community))


def _of_area(context: Facts, row: Population) -> Iterator[Known]:
    here = {
        c: know(context, row.area, c)
        for c in people.communities_of(row)
        if counts_there(context, row, c)
    }
    for community, known in here.items():
        above = [a for a in context.communities.ancestors(community) if a in here]
        if above and here[above[0]].state is known.state:
            continue
        below = tuple(
            c
            for c, other in here.items()
            if community in context.communities.ancestors(c) and other.state is known.state
        )
        yield replace(known, below=below)


def _enquired(context: Facts, known_areas: set[str]) -> set[tuple[str, str]]:
    """Name the pairs somebody asked about where nothing is known of who lives there."""
    areas = context.register.areas
    pairs = {(e.area, e.community) for e in context.register.enquiries if was_asked(e)}
    everywhere = {c for area, c in pairs if area == EVERYWHERE}
    pairs = {pair for pair in pairs if pair[0] in areas}
    pairs |= {(code, c) for code in areas.top for c in everywhere}
    return {
        (area, c)
        for area, c in pairs
        if not areas[area].anonymised
        and area not in known_areas
        and not set(areas.descendants(area)) & known_areas
    }


@dataclass(frozen=True)
class Context(Facts):
    """What every rule may look at, with what is known about each community."""

    @cached_property
    def communities_known(self) -> list[Known]:
        """What is known about every pair that a finding may be made of."""
        return community_states(self)
