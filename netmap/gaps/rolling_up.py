"""Gaps rolled up from small areas to places, and from places to the whole network.

A place is an area without a parent. Gaps of one kind (a rule, a community, a state, a severity)
are summed up; each person is counted once in a kind, and the places of a kind add up to its
network.
"""

from collections.abc import Iterable, Mapping, Sequence

from netmap.gaps.gap import Gap, RolledUp, Severity
from netmap.networks.areas import Areas

_Kind = tuple[str, Severity, str | None, str | None]


def roll_up(gaps: Iterable[Gap], areas: Areas) -> tuple[RolledUp, ...]:
    """Sum gaps up by place and for the network; those of no area are left out.

    Args:
        gaps: In their order; kinds come in the order in which they first appear.
        areas: The register's areas.

    Returns:
        For each kind the whole network, then its places: most people first (unknown last), then
        by code.
    """
    kinds: dict[_Kind, list[Gap]] = {}
    for gap in gaps:
        if gap.area is not None:
            kinds.setdefault((gap.rule, gap.severity, gap.state, gap.community), []).append(gap)
    return tuple(row for kind, found in kinds.items() for row in _rows(kind, found, areas))


def _rows(kind: _Kind, gaps: list[Gap], areas: Areas) -> list[RolledUp]:
    people = _each_once(gaps, areas)
    places: dict[str, list[Gap]] = {}
    for gap in gaps:
        places.setdefault(areas.top_of(gap.area or ""), []).append(gap)
    rows = [_row(kind, code, areas.name(code), found, people) for code, found in places.items()]
    rows.sort(key=lambda row: (-row.people if row.people is not None else 1, row.area))
    return [_whole(kind, rows), *rows]


def _whole(kind: _Kind, places: Sequence[RolledUp]) -> RolledUp:
    """Add places up to the network; no area is in two of them."""
    rule, severity, state, community = kind
    known = [row.people for row in places if row.people is not None]
    return RolledUp(
        rule,
        severity,
        state,
        community,
        None,
        "",
        sum(row.gaps for row in places),
        sum(row.areas for row in places),
        sum(known) if known else None,
        sum(row.uncounted for row in places),
    )


def _each_once(gaps: Iterable[Gap], areas: Areas) -> Mapping[str, int | None]:
    """Give the people of each area that has a gap, but not again of those below another one."""
    found = {gap.area: gap.people for gap in gaps if gap.area is not None}
    return {
        code: people if isinstance(people, int) else None
        for code, people in found.items()
        if found.keys().isdisjoint(areas.ancestors(code))
    }


def _row(
    kind: _Kind,
    area: str,
    name: str,
    gaps: list[Gap],
    people: Mapping[str, int | None],
) -> RolledUp:
    rule, severity, state, community = kind
    codes = {gap.area or "" for gap in gaps}
    counts = [people[code] for code in codes if code in people]
    known = [n for n in counts if n is not None]
    return RolledUp(
        rule,
        severity,
        state,
        community,
        area,
        name,
        len(gaps),
        len(codes),
        sum(known) if known else None,
        len(counts) - len(known),
    )
