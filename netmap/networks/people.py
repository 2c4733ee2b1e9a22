"""Who lives in an area: shares and head-counts of communities, from its own population row.

`bame` is its own column; else the sum of the four groups that are not white where all four are
given; else the whole less `white`. `white` is a base for shares, never a community of a finding.
"""

from netmap.networks.models import CENSUS_GROUPS, MINORITY_ETHNIC, WHITE, Population
from netmap.networks.register import Register
from netmap.networks.summary import population_of
from netmap.privacy import SUPPRESSED, Protected, protect_count

_NOT_WHITE = tuple(group for group in CENSUS_GROUPS if group != WHITE)


def amount(row: Population, community: str) -> float | None:
    """Read what a population row says of a community, in the row's own measure.

    Returns:
        People or percent; None where the row does not say, or must not.
    """
    if community in row.suppressed:
        return None
    if community in row.groups:
        return row.groups[community]
    if community != MINORITY_ETHNIC:
        return None
    if all(group in row.groups for group in _NOT_WHITE):
        return round(sum(row.groups[group] for group in _NOT_WHITE), 6)
    whole = 100.0 if row.measure == "percent" else row.total
    if WHITE in row.groups and whole is not None:
        return round(max(whole - row.groups[WHITE], 0), 6)
    return None


def share(row: Population, community: str) -> float | None:
    """Work out a community's share of an area's people, 0 to 1; None where it is not known."""
    found = amount(row, community)
    if found is None:
        return None
    if row.measure == "percent":
        return found / 100
    return found / row.total if row.total else None


def count(row: Population, community: str) -> Protected:
    """Work out a community's head-count.

    Returns:
        People; ``*`` where suppressed; None where unknown, as for a percentage with no total.
    """
    if community in row.suppressed:
        return SUPPRESSED
    found = amount(row, community)
    if found is None:
        return None
    if row.measure == "people":
        return round(found)
    return round(found / 100 * row.total) if row.total else None


def community_count(register: Register, code: str, community: str) -> Protected:
    """Count a community's people in an area, from its own row or the rows below it."""
    row = register.population.get(code)
    if row is not None:
        return count(row, community)
    below = [
        community_count(register, child, community)
        for child in register.areas.children.get(code, ())
    ]
    known = [n for n in below if isinstance(n, int)]
    return sum(known) if known and len(known) == len(below) else None


def count_or_estimate(
    register: Register, code: str, community: str
) -> tuple[Protected, str | None]:
    """Count a community's people in an area, or estimate them by the share of an area above.

    Returns:
        The count, and None; or where the area's own is not known, the share of the nearest area
        above that has one times the area's residents, and the code of that area. An estimate is
        for reach only: no finding is made of it. As small as a count that is suppressed, it is
        suppressed too.
    """
    found = community_count(register, code, community)
    residents = None if found is not None else population_of(register, code)
    if residents is None:
        return found, None
    for above in register.areas.ancestors(code):
        row = register.population.get(above)
        part = share(row, community) if row else None
        if part is not None:
            return protected(register, part * residents), above
    return None, None


def protected(register: Register, estimate: float) -> Protected:
    """Protect a count of people as the register's audience may see it; whole for staff."""
    if register.privacy is None:
        return round(estimate)
    limits = register.privacy
    return protect_count(
        estimate,
        register.audience,
        suppress_at_most=limits.suppress_at_most,
        round_to=limits.round_to,
    )


def communities_of(row: Population) -> tuple[str, ...]:
    """Name the communities a row says something about, `bame` first where it can be told."""
    named = [c for c in row.groups if c != WHITE and c not in row.suppressed]
    if MINORITY_ETHNIC not in named and amount(row, MINORITY_ETHNIC) is not None:
        named.insert(0, MINORITY_ETHNIC)
    return tuple(named)


def lowest(register: Register) -> tuple[str, ...]:
    """Name the areas that count each person once, in code order.

    Returns:
        Walking down from the top while an area below has a population row of its own: the lowest
        areas that have one, and beside them those of which nothing is recorded.
    """
    areas = register.areas
    above = {high for code in register.population for high in areas.ancestors(code)}
    found: list[str] = []
    waiting = list(areas.top)
    while waiting:
        code = waiting.pop()
        if code in above:
            waiting.extend(areas.children.get(code, ()))
        else:
            found.append(code)
    return tuple(sorted(found))
