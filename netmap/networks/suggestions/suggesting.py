"""Where new activities for some communities would reach most people who have none within reach.

The model is maximal covering location (Church and ReVelle 1974): so many places, chosen together.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.covering import solve
from netmap.networks.people import protected
from netmap.networks.register import Register
from netmap.networks.suggestions.answer import Site, Suggestion, Whom
from netmap.networks.suggestions.candidates import Candidate
from netmap.networks.suggestions.demand import Demand, Measure, demand_of
from netmap.networks.suggestions.ground import Ground, lay_out
from netmap.networks.suggestions.standing import REACH_GRID, in_tiers, stands
from netmap.networks.suggestions.supporters import Supporters
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from netmap.networks.suggestions.ground import Covered


def suggest(
    register: Register,
    vocabulary: Vocabulary,
    communities: Mapping[str, float],
    sites: int,
    candidates: Sequence[Candidate],
    *,
    seconds: float = 30,
    progress: Callable[[str], None] = lambda _stage: None,
) -> Suggestion:
    """Suggest places for new activities.

    Args:
        register: As the audience may see it.
        vocabulary: The communities and their parents.
        communities: Whom the activities are for, and how much one person of each counts.
        sites: How many new activities, at the most; fewer where more would reach nobody.
        candidates: Where they could be.
        seconds: How long to try to prove the choice.
        progress: Told what is being done.
    """
    progress("Looking at who has nothing within reach")
    demand = demand_of(register, communities)
    ground = lay_out(register, vocabulary, demand, candidates)
    covered = ground.covered_now(register)
    cover = ground.cover(register, covered)
    found = solve(cover, sites, seconds, progress)
    shares = stands(ground, register, cover, found.sites, sites, progress)
    after = cover.covered(found.sites)
    supporters = Supporters(register, vocabulary, list(communities))
    needing = np.logical_or.reduce([~one for one in covered.values()])
    whom = tuple(_whom(register, demand, c, covered[c], after) for c in communities)
    return Suggestion(
        network=register.name,
        whom=whom,
        measure=demand.measure,
        optimal=found.optimal,
        bound_gap=round(found.bound_gap, 6),
        covered_before=_share(demand, covered),
        covered_after=_share(demand, {c: some | after for c, some in covered.items()}),
        unknown=demand.unknown,
        suppressed=demand.suppressed,
        estimated=demand.estimated,
        areas=(len(demand.codes), int(needing.sum())),
        candidates=len(candidates),
        asked=sites,
        timed=register.travel is not None,
        grid=tuple(one.words for one in REACH_GRID),
        sites=tuple(
            _site(register, ground, covered, place, share, newly, supporters)
            for place, share, newly in in_tiers(cover, found.sites, shares)
        ),
    )


def _site(
    register: Register,
    ground: Ground,
    covered: "Covered",
    place: int,
    share: float,
    newly: "NDArray[np.int64]",
    supporters: Supporters,
) -> Site:
    demand, candidate = ground.demand, ground.candidates[place]
    these = np.zeros(len(demand.codes), dtype=bool)
    these[newly] = True
    people = demand.weighed({c: ~some & these for c, some in covered.items()}, alike=True).sum()
    residents = demand.residents[newly].sum()
    placed = bool(np.isfinite([candidate.longitude, candidate.latitude]).all())
    area = _area(ground, place)
    return Site(
        area=area,
        name=candidate.name,
        longitude=candidate.longitude if placed else None,
        latitude=candidate.latitude if placed else None,
        newly_covered=_shown(register, demand, people),
        areas=len(newly),
        residents=int(residents) if np.isfinite(residents) else None,
        stands=round(share, 4),
        helpers=supporters.around(area),
    )


def _area(ground: Ground, place: int) -> str | None:
    """Name the area of a place, the nearest where nobody said."""
    area = ground.candidates[place].area
    apart = np.linalg.norm(ground.areas_m - ground.places_m[place], axis=1)
    if area or not np.isfinite(apart).any():
        return area
    return ground.demand.codes[int(np.nanargmin(apart))]


def _whom(
    register: Register,
    demand: Demand,
    community: str,
    before: "NDArray[np.bool_]",
    after: "NDArray[np.bool_]",
) -> Whom:
    counts = demand.counts[community]
    known = demand.measure is Measure.PEOPLE and bool(np.isfinite(counts).any())
    return Whom(
        community,
        demand.weight[community],
        _shown(register, demand, np.nansum(counts)) if known else None,
        _part(counts, before) if known else None,
        _part(counts, before | after) if known else None,
    )


def _shown(register: Register, demand: Demand, people: float) -> "int | str | None":
    """Show a number of people as the audience may see it."""
    return protected(register, float(people)) if demand.measure is Measure.PEOPLE else None


def _share(demand: Demand, covered: "Covered") -> float | None:
    """Work out the weighted share of people who are covered."""
    if demand.measure is not Measure.PEOPLE:
        return None
    everybody = {c: np.ones_like(some) for c, some in covered.items()}
    whole = demand.weighed(everybody).sum()
    return round(float(demand.weighed(covered).sum() / whole), 4) if whole else None


def _part(counts: "NDArray[np.float64]", covered: "NDArray[np.bool_]") -> float | None:
    whole = np.nansum(counts)
    return round(float(np.nansum(counts[covered]) / whole), 4) if whole else None
