"""Which pairs of an area and a community a rule tells of, and what it says of each.

The pairs are those of :mod:`netmap.gaps.pairs`; a child found beside its parent is told with it.
"""

from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.states import Context
from netmap.networks import people
from netmap.privacy import SUPPRESSED, Protected

if TYPE_CHECKING:
    Counts = np.ndarray[tuple[int], np.dtype[np.int64]]
    Chosen = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def counts(context: Context, chosen: "Chosen") -> "Counts":
    """Count those of some activities that are within reach of each area of the pairs.

    Args:
        context: The network.
        chosen: One truth for each activity of ``context.within_reach``.
    """
    within = context.within_reach
    found: Counts = np.append(within.counting(chosen), 0)[within.rows_of(context.pairs.areas)]
    return found


def topmost(context: Context, found: "Truths") -> "Truths":
    """Leave out each community that is found beside one above it in the same area."""
    told = found.copy()
    columns = context.pairs.column
    for community, column in columns.items():
        for above in context.communities.ancestors(community):
            if above in columns:
                told[:, column] &= ~found[:, columns[above]]
    return told


def told_with(context: Context, found: "Truths", row: int, community: str) -> tuple[str, ...]:
    """Name the communities below one that were found in the same area."""
    narrower = context.communities.descendants(community)
    return tuple(c for c, n in context.pairs.column.items() if c in narrower and found[row, n])


def residents(context: Context, area: str | None, community: str) -> Protected:
    """Count a community's people in an area by its own row."""
    row = context.register.population.get(area or "")
    return people.count(row, community) if row else None


def who(context: Context, area: str | None, community: str) -> str:
    """Say how many of a community live in an area."""
    found = residents(context, area, community)
    if found is None:
        return "How many people of the community live there is not recorded."
    if found == SUPPRESSED:
        return "How many people of the community live there is too small to show."
    return f"People of the community who live there: {found:,}."
