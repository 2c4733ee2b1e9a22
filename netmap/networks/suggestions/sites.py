"""Where new activities for a community would reach most people who have none within reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.alternatives import GRID
from netmap.networks.people import count_or_estimate, protected
from netmap.networks.reach import count_within, in_reach, is_specific
from netmap.networks.reach.within import catchments_km
from netmap.networks.register import Register
from netmap.networks.suggestions.candidates import Candidate
from netmap.networks.suggestions.choosing import Choice, choose
from netmap.networks.suggestions.covering import Covering, covering_of
from netmap.networks.suggestions.proving import is_best, proved
from netmap.networks.suggestions.supporters import Supporter, Supporters
from netmap.places import to_metres
from netmap.privacy import Protected
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    from numpy.typing import NDArray


METHOD = "maximal covering location"
_ALTERNATIVES = tuple(one for one in GRID if one.keys & {"urban_km", "rural_km", "detour"})
# Under other settings a site is found again where one is chosen within half an urban catchment.
_BESIDE = 0.5
_METRES = 1000.0
MOST_CANDIDATES = 4000
_LIKELY = 2 / 3


@dataclass(frozen=True, slots=True)
class Site:
    """One suggested place.

    Attributes:
        area: The area it is in.
        name: The place.
        newly_covered: People covered from it, and from none of those before it; ``*`` where too
            few to show.
        stands: The share of alternative settings under which it is chosen again.
        helpers: Who could help.
    """

    area: str
    name: str
    newly_covered: Protected
    stands: float
    helpers: tuple[Supporter, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Sites, and what share of the people would then be covered.

    Attributes:
        network: The network.
        communities: Whom it is for, with weights.
        optimal: Whether no other choice of as many sites covers more, proved to a millionth.
        bound_gap: What may be missing to the best choice, as a share of the bound.
        covered_before: Share of the people covered now, 0 to 1; None where nobody is known of.
        covered_after: The same with the suggested sites.
        people: Whom it is about, weighted; those of areas without a point too.
        unknown: Areas of which the number of people is not known, or may not be shown.
        estimated: Areas of which it is estimated by the share of an area above.
        alternatives: The other settings tried, in words.
        candidates: How many places were looked at, and how many there are.
        sites: Surest first, then those that cover most people more.
    """

    network: str
    communities: Mapping[str, float]
    optimal: bool
    bound_gap: float
    covered_before: float | None
    covered_after: float | None
    people: float
    unknown: int
    estimated: int
    alternatives: tuple[str, ...]
    candidates: tuple[int, int]
    sites: tuple[Site, ...]


@dataclass(frozen=True, eq=False)
class _Ground:
    """Areas, places and people, projected and counted once.

    Attributes:
        codes: The areas that count each person once, in code order.
        areas_m: Their points, metric CRS, metres; NaN where unknown.
        places_m: The candidates' points, same CRS.
        people: Of each community in each area, weighted; NaN where unknown or not to be shown.
        estimated: Of how many areas a number is estimated by the share of an area above.
    """

    codes: tuple[str, ...]
    areas_m: "NDArray[np.float64]"
    places_m: "NDArray[np.float64]"
    people: "Mapping[str, NDArray[np.float64]]"
    estimated: int

    @property
    def everybody(self) -> float:
        """Count the people whose number is known, weighted."""
        return float(sum(np.nansum(counts) for counts in self.people.values()))

    @property
    def unknown(self) -> int:
        """Count the areas of which a number of people is not known."""
        missing = [np.isnan(counts) for counts in self.people.values()]
        return int(np.logical_or.reduce(missing).sum()) if missing else 0

    def without(self, register: Register, vocabulary: Vocabulary) -> "NDArray[np.float64]":
        """Count the people of each area with nothing of their own within reach."""
        there = [a for a in register.provision if not a.remote and not a.aggregate]
        within = in_reach(register, there)
        rows = within.rows_of(self.codes)
        left = np.zeros(len(self.codes))
        for community, counts in self.people.items():
            meant = [is_specific(a, community, vocabulary) for a in within.activities]
            covered = within.counting(np.array(meant, dtype=bool))[rows] > 0
            left += np.where(covered, 0.0, np.nan_to_num(counts))
        return left

    def problem(self, register: Register, vocabulary: Vocabulary) -> Covering:
        """Say who would be covered from where, under the settings of a register."""
        return covering_of(
            self.areas_m,
            self.places_m,
            self.without(register, vocabulary),
            catchments_km(register, self.codes),
            detour=register.settings.reach.detour,
        )


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
    """Suggest where new activities would reach most people who have none of their own.

    People are covered where a current activity in person for their community, or for a parent of
    it, is within reach; a new site covers everybody in whose catchment it lies.

    Args:
        register: As the audience may see it.
        vocabulary: The communities and their parents.
        communities: Whom it is for, and how much one person of each counts.
        sites: How many new activities, at most.
        candidates: Where they could be.
        seconds: How long the solver may take to prove the choice, after the first answer.
        progress: Told what is being done.
    """
    progress("Looking at who has nothing within reach")
    candidates = sorted(candidates, key=lambda one: one.id)
    ground = _laid_out(register, communities, candidates)
    looked_at = _promising(ground, register, vocabulary)
    ground = replace(ground, places_m=ground.places_m[looked_at])
    problem = ground.problem(register, vocabulary)
    first = choose(problem, sites, progress=progress)
    progress("Proving that there is no better choice")
    best = proved(problem, first, sites, seconds)
    stands = _standing(ground, register, vocabulary, best, sites, progress)
    whole = ground.everybody
    before = whole - float(ground.without(register, vocabulary).sum())
    supporters = Supporters(register, vocabulary, list(communities))
    return Suggestion(
        register.name,
        dict(communities),
        is_best(best),
        round(best.gap, 6),
        round(before / whole, 4) if whole else None,
        round((before + best.people) / whole, 4) if whole else None,
        whole,
        ground.unknown,
        ground.estimated,
        tuple(one.words for one in _ALTERNATIVES),
        (len(looked_at), len(candidates)),
        tuple(
            _site(register, ground, candidates[looked_at[n]], n, newly, share, supporters)
            for n, newly, share in _in_order(problem, best, stands)
        ),
    )


def counted_once(register: Register) -> tuple[str, ...]:
    """Name the lowest areas with people of their own, in code order."""
    areas = register.areas
    above = {high for code in register.population for high in areas.ancestors(code)}
    return tuple(
        area.code
        for area in areas
        if not area.anonymised and area.code in register.population and area.code not in above
    )


def _laid_out(
    register: Register,
    communities: Mapping[str, float],
    candidates: Sequence[Candidate],
) -> _Ground:
    """Project areas and candidates together, and count the people of each community."""
    codes = counted_once(register)
    nowhere = (np.nan, np.nan)
    degrees = [register.areas[code].point or nowhere for code in codes]
    degrees += [(one.longitude, one.latitude) for one in candidates]
    metres = to_metres(np.array(degrees, dtype=np.float64).reshape(-1, 2))
    people, estimated = {}, set()
    for community, weight in communities.items():
        counts = np.full(len(codes), np.nan)
        for n, code in enumerate(codes):
            found, source = count_or_estimate(register, code, community)
            if isinstance(found, int):
                counts[n] = weight * found
                estimated.update([code] if source is not None else ())
        people[community] = counts
    return _Ground(codes, metres[: len(codes)], metres[len(codes) :], people, len(estimated))


def _promising(ground: _Ground, register: Register, vocabulary: Vocabulary) -> "NDArray[np.int64]":
    """Choose the places with most people in need around them, where there are very many."""
    if len(ground.places_m) <= MOST_CANDIDATES:
        return np.arange(len(ground.places_m), dtype=np.int64)
    need = np.rint(ground.without(register, vocabulary)).astype(np.int64)
    near = count_within(
        ground.places_m,
        ground.areas_m,
        need,
        np.ones((len(need), 1), dtype=bool),
        np.full(len(ground.places_m), register.settings.reach.urban_km),
        detour=register.settings.reach.detour,
    )[:, 0]
    return np.sort(np.argsort(-near, kind="stable")[:MOST_CANDIDATES])


def _standing(
    ground: _Ground,
    register: Register,
    vocabulary: Vocabulary,
    best: Choice,
    sites: int,
    progress: Callable[[str], None],
) -> "NDArray[np.float64]":
    """Say under which share of the other settings each site, or one beside it, is chosen."""
    settings = register.settings.reach
    beside_m = settings.urban_km * _METRES / settings.detour * _BESIDE
    chosen, again = ground.places_m[best.sites], np.zeros(len(best.sites))
    for alternative in _ALTERNATIVES:
        progress(f"How sure: {alternative.words}")
        other = replace(register, settings=alternative.of(register.settings))
        found = choose(ground.problem(other, vocabulary), sites, rounds=0).sites
        if len(found) and len(chosen):
            apart = chosen[:, None] - ground.places_m[found][None, :]
            again += np.linalg.norm(apart, axis=2).min(axis=1) <= beside_m
    return again / len(_ALTERNATIVES)


def _in_order(
    problem: Covering, best: Choice, stands: "NDArray[np.float64]"
) -> list[tuple[int, float, float]]:
    """Put sites in tiers, the surest first, then by the people each covers beside those before."""
    left = problem.weights.copy()
    share = dict(zip(best.sites.tolist(), stands.tolist(), strict=True))
    order: list[tuple[int, float, float]] = []
    waiting = dict(share)
    while waiting:
        gains = {site: float(left[problem.rows_of(site)].sum()) for site in waiting}
        site = min(waiting, key=lambda one: (_tier(share[one]), -gains[one], one))
        order.append((site, gains[site], share[site]))
        left[problem.rows_of(site)] = 0
        del waiting[site]
    return order


def _tier(stands: float) -> int:
    """Number the tiers of :mod:`netmap.gaps.gap`: firm, likely, depends."""
    return sum(stands < least for least in (1, _LIKELY))


def _site(
    register: Register,
    ground: _Ground,
    candidate: Candidate,
    place: int,
    newly: float,
    stands: float,
    supporters: Supporters,
) -> Site:
    area = candidate.area
    if area is None or area not in register.areas:
        apart = np.linalg.norm(ground.areas_m - ground.places_m[place], axis=1)
        area = ground.codes[int(np.argmin(np.nan_to_num(apart, nan=np.inf)))]
    line = {area, *register.areas.ancestors(area)}
    hubs = [one.id for one in register.with_role("hub") if one.area in line]
    covered = protected(register, newly)
    return Site(area, candidate.name, covered, round(stands, 4), supporters.for_area(area, hubs))
