"""What is known about one community in one area.

The first that holds: withheld, specific, out of date, none found, open only, not asked. Aggregate
rows never decide.
"""

from dataclasses import dataclass
from enum import StrEnum

from netmap.gaps.context import Facts
from netmap.gaps.enquiries import enquiry_for
from netmap.networks import people
from netmap.networks.models import Activity, Enquiry
from netmap.networks.register import Hidden
from netmap.privacy import Protected


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
