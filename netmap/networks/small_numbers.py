"""Counts of people in a register's rows, protected for an audience.

The rule for one count, or one row of counts, is in :mod:`netmap.privacy`; here it meets
populations and targets.
"""

from functools import lru_cache

from netmap.networks.models import (
    CENSUS_GROUPS,
    MINORITY_ETHNIC,
    PEOPLE_MEASURES,
    WHITE,
    Population,
    Target,
)
from netmap.networks.people import amount
from netmap.privacy import SUPPRESSED, Audience, protect_count, to_suppress_beside
from netmap.workspace import PrivacySettings

# Of the many counts in a large register most are alike.
_protected_count = lru_cache(maxsize=2**16)(protect_count)


def protected_population(
    row: Population, audience: Audience, privacy: PrivacySettings
) -> Population:
    """Protect the head-counts of communities; percentages become those of protected counts."""
    if row.measure == "percent" and row.total is None:
        return row
    whole = row.total or 0.0
    counts: dict[str, float | None] = {
        group: value if row.measure == "people" else value / 100 * whole
        for group, value in row.groups.items()
    }
    # Written out, or the total less `white` would tell what may be too small to tell.
    derived = amount(row, MINORITY_ETHNIC)
    if derived is not None:
        counts[MINORITY_ETHNIC] = derived if row.measure == "people" else derived / 100 * whole
    limits = {"suppress_at_most": privacy.suppress_at_most, "round_to": privacy.round_to}
    protected = {g: _protected_count(n, audience, **limits) for g, n in counts.items()}
    small = {g for g, n in protected.items() if n == SUPPRESSED}
    # First what adds up to a total that is shown, then the row as people see it.
    for family in (CENSUS_GROUPS, (WHITE, MINORITY_ETHNIC), tuple(counts)):
        members = {g: counts[g] for g in family if g in counts}
        small |= set(to_suppress_beside(members, small))
    kept = {g: float(n) for g, n in protected.items() if g not in small and isinstance(n, int)}
    if row.measure == "percent" and whole:
        kept = {g: n / whole * 100 for g, n in kept.items()}
    return row.model_copy(update={"groups": kept, "suppressed": frozenset(small)})


def protected_target(row: Target, audience: Audience, privacy: PrivacySettings) -> Target:
    """Protect a count of people reached; rounding never turns a target met into one missed."""
    if row.actual is None or row.measure not in PEOPLE_MEASURES:
        return row
    count = protect_count(
        row.actual, audience, suppress_at_most=privacy.suppress_at_most, round_to=privacy.round_to
    )
    if not isinstance(count, int):
        return row.model_copy(update={"actual": None, "suppressed": True})
    met = row.actual >= row.target
    actual = max(count, row.target) if met else min(count, row.target - 1)
    return row.model_copy(update={"actual": float(actual)})
