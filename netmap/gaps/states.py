"""What is known about a community in an area.

For each area and community that a finding may be made of, the first that holds: withheld,
specific, out of date, none found, open only, not asked. Aggregate rows never decide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from netmap.gaps.context import Facts
from netmap.networks import people
from netmap.networks.models import EVERYWHERE, Activity, Enquiry, Population
from netmap.networks.register import Hidden
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
    specific: tuple[Activity, ...] = ()
    lapsed: tuple[Activity, ...] = ()
    open: tuple[Activity, ...] = ()
    aggregates: tuple[Activity, ...] = ()
    remote: tuple[Activity, ...] = ()
    below: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What provision there is for a community in an area; the fields are those of ``Known``.

    Attributes:
        specific: Current activities for it.
        lapsed: Activities for it that are out of date.
        open: Current open activities.
        lapsed_open: Open activities that are out of date.
    """

    specific: tuple[Activity, ...]
    lapsed: tuple[Activity, ...]
    open: tuple[Activity, ...]
    lapsed_open: tuple[Activity, ...]


def kin(context: Facts, community: str) -> frozenset[str]:
    """Name a community with all above and below it."""
    known = context.communities
    return frozenset((community, *known.ancestors(community), *known.descendants(community)))


def enquiry_for(context: Facts, area: str, community: str) -> Enquiry | None:
    """Find the latest enquiry that answers for a community in an area.

    The nearest counts: its own, then one about a parent community, then one about a parent area,
    then one about every area. A row that says nobody asked goes before an enquiry further off.
    """
    for one in (area, *context.register.areas.ancestors(area), EVERYWHERE):
        for other in (community, *context.communities.ancestors(community)):
            made = context.enquiries.get((one, other), ())
            asked = [enquiry for enquiry in made if was_asked(enquiry)]
            if asked:
                # Of two answers of one day, the one that found more.
                return max(asked, key=lambda e: (e.asked_on or date.min, e.answer or ""))
            if any(enquiry.asked is False for enquiry in made):
                return None
    return None


def was_asked(enquiry: Enquiry) -> bool:
    """Tell whether somebody looked; an answer without a yes counts as asked."""
    return enquiry.asked if enquiry.asked is not None else enquiry.answer is not None


def know(context: Facts, area: str, community: str) -> Known:
    """Work out what is known about a community in an area."""
    related = kin(context, community)
    found = _found(context, area, related)
    enquiry = enquiry_for(context, area, community)
    row = context.register.population.get(area)
    return Known(
        area,
        community,
        _state(context, area, related, found, enquiry),
        people.count(row, community) if row else None,
        people.share(row, community) if row else None,
        enquiry,
        found.specific,
        (*found.lapsed, *found.lapsed_open),
        found.open,
        tuple(a for a in context.within_reach.get(area, ()) if a.aggregate),
        _remote(context, area, related),
    )


def _found(context: Facts, area: str, related: frozenset[str]) -> Found:
    reached = context.within_reach.get(area, ())
    meant = [a for a in reached if a.communities_known and related & set(a.communities)]
    ids = {a.id for a in meant}
    anyone = [a for a in reached if a.open and a.id not in ids]
    return Found(
        tuple(a for a in meant if not context.lapsed(a)),
        tuple(a for a in meant if context.lapsed(a)),
        tuple(a for a in anyone if not context.lapsed(a)),
        tuple(a for a in anyone if context.lapsed(a)),
    )


def _remote(context: Facts, area: str, related: frozenset[str]) -> tuple[Activity, ...]:
    """List what an area's people may use from afar: it reaches those it serves, else everyone."""
    line = context.register.areas.line(area)
    return tuple(
        a
        for a in context.remote
        if (not a.serves or line & set(a.serves))
        and (a.open or (a.communities_known and related & set(a.communities)))
    )


def _state(
    context: Facts,
    area: str,
    related: frozenset[str],
    found: Found,
    enquiry: Enquiry | None,
) -> State:
    top = context.register.areas.top_of(area)
    hidden = [h for h in context.register.hidden if h.area == top]
    if any(related & set(h.communities) for h in hidden):
        return State.WITHHELD
    if found.specific:
        return State.SPECIFIC
    if enquiry is None:
        return State.OUT_OF_DATE if found.lapsed else State.NOT_ASKED
    if enquiry.asked_on is not None and enquiry.asked_on < context.stale_before:
        return State.OUT_OF_DATE
    match enquiry.answer:
        case "specific":
            return State.SPECIFIC
        case "none":
            return State.NONE_FOUND
        case "open_only":
            return State.OPEN_ONLY
        case _:
            return _unanswered(found, hidden)


def _unanswered(found: Found, hidden: list[Hidden]) -> State:
    """Decide by what is recorded, where somebody asked and noted no answer."""
    if found.lapsed:
        return State.OUT_OF_DATE
    if found.open:
        return State.OPEN_ONLY
    if any(not h.communities for h in hidden):
        return State.WITHHELD  # it may be open to them, and "none" would be untrue
    return State.OUT_OF_DATE if found.lapsed_open else State.NONE_FOUND


def lowest(context: Facts) -> list[str]:
    """Name the areas that count each person once.

    Returns:
        Walking down from the top while an area below has a population row of its own: the lowest
        areas that have one, and beside them those of which nothing is recorded.
    """
    areas = context.register.areas
    above = {high for code in context.register.population for high in areas.ancestors(code)}
    found: list[str] = []
    waiting = list(areas.top)
    while waiting:
        code = waiting.pop()
        if code in above:
            waiting.extend(areas.children.get(code, ()))
        else:
            found.append(code)
    return sorted(found)


def described(context: Facts, area: str) -> tuple[str, ...]:
    """Name the communities of which an area's population row says how many live there."""
    row = context.register.population.get(area)
    return tuple(c for c in people.communities_of(row) if _is_community(context, c)) if row else ()


def nothing_known(context: Facts, area: str) -> bool:
    """Tell whether nothing is known about who lives in an area; protected is not unknown."""
    row = context.register.population.get(area)
    return row is None or not (described(context, area) or row.suppressed)


def _is_community(context: Facts, community: str) -> bool:
    """Tell a community from a base for shares, which no finding is about."""
    term = context.communities.terms.get(community)
    return term is None or not term.base


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
    pairs: dict[str, set[str]] = {}
    for area in lowest(context):
        row = context.register.population.get(area)
        pairs[area] = {
            c for c in described(context, area) if row is not None and counts_there(context, row, c)
        }
    for area, community in _enquired(context, set(pairs)):
        pairs.setdefault(area, set()).add(community)
    found = [
        known
        for area, communities in pairs.items()
        for known in _gathered(context, {c: know(context, area, c) for c in sorted(communities)})
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


def _enquired(context: Facts, units: set[str]) -> set[tuple[str, str]]:
    """Name the pairs somebody asked about where nothing is known of how many live there.

    What was asked about an area above holds for each of the lowest areas; what was asked about
    one below them stays there.
    """
    areas = context.register.areas
    asked: dict[str, set[str]] = {}
    for enquiry in context.register.enquiries:
        if was_asked(enquiry) and _is_community(context, enquiry.community):
            asked.setdefault(enquiry.area, set()).add(enquiry.community)
    pairs = {
        (unit, community)
        for unit in units
        for area in (unit, *areas.ancestors(unit), EVERYWHERE)
        for community in asked.get(area, ())
    }
    pairs |= {
        (area, community)
        for area in asked
        if area in areas and units & set(areas.ancestors(area))
        for community in asked[area]
    }
    return {
        (area, community)
        for area, community in pairs
        if community not in described(context, area)
        and not _protected(context, area, community)
        and enquiry_for(context, area, community)
    }


def _protected(context: Facts, area: str, community: str) -> bool:
    row = context.register.population.get(area)
    return row is not None and community in row.suppressed


@dataclass(frozen=True)
class Context(Facts):
    """What every rule may look at, with what is known about each community."""

    @cached_property
    def communities_known(self) -> list[Known]:
        """What is known about every pair that a finding may be made of."""
        return community_states(self)
