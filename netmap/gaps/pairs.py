"""Which areas and communities a finding may be made of.

The lowest areas that count each person once, the communities of which enough live there, and the
pairs somebody asked about.
"""

from netmap.gaps.context import Facts
from netmap.gaps.enquiries import enquiry_for, was_asked
from netmap.networks import people
from netmap.networks.models import EVERYWHERE, Population
from netmap.privacy import SUPPRESSED


def pairs(context: Facts) -> dict[str, list[str]]:
    """Name the communities of each area that a finding may be made of, sorted."""
    found: dict[str, set[str]] = {}
    for area in lowest(context):
        row = context.register.population.get(area)
        found[area] = {
            c for c in described(context, area) if row is not None and counts_there(context, row, c)
        }
    for area, community in _enquired(context, set(found)):
        found.setdefault(area, set()).add(community)
    return {area: sorted(found[area]) for area in sorted(found)}


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
    found = {
        (unit, community)
        for unit in units
        for area in (unit, *areas.ancestors(unit), EVERYWHERE)
        for community in asked.get(area, ())
    }
    found |= {
        (area, community)
        for area in asked
        if area in areas and units & set(areas.ancestors(area))
        for community in asked[area]
    }
    return {
        (area, community)
        for area, community in found
        if community not in described(context, area)
        and not _protected(context, area, community)
        and enquiry_for(context, area, community)
    }


def _protected(context: Facts, area: str, community: str) -> bool:
    row = context.register.population.get(area)
    return row is not None and community in row.suppressed
