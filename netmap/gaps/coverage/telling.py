"""Which pairs of an area and a community a rule tells of, and what it says of each.

The pairs are those of :mod:`netmap.gaps.pairs`; a child found beside its parent is told with it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import number
from netmap.gaps.states import Context
from netmap.language import _
from netmap.networks import people
from netmap.privacy import Protected

if TYPE_CHECKING:
    Chosen = np.ndarray[tuple[int], np.dtype[np.bool_]]
    Truths = np.ndarray[tuple[int, int], np.dtype[np.bool_]]


def near(context: Context, kinds: "Sequence[Chosen]") -> "list[Chosen]":
    """Tell for each area of the pairs whether anything of each kind is within reach.

    Args:
        context: The network.
        kinds: For each kind one truth for each activity of ``context.within_reach``.
    """
    within = context.within_reach
    rows = within.rows_of(context.pairs.areas)
    return [np.append(found, False)[rows] for found in within.having(kinds)]


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
        return _("How many people of the community live there is not recorded.")
    if not isinstance(found, int):
        return _("How many people of the community live there is too small to show.")
    return _("People of the community who live there: %(people)s.", people=number(found))
