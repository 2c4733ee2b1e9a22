"""Choosing so many sites that cover most: by hand, beside every choice there is, beside spopt."""

import itertools
import warnings

import numpy as np
import pytest
from numpy.typing import NDArray

from netmap.networks.covering import Cover, pick, solve
from netmap.networks.covering.bounds import Bound, bound
from netmap.networks.covering.exact import prove
from netmap.networks.covering.picking import ruin_and_refill


def cover_of(weights: list[float], *sees: set[int]) -> Cover:
    """Make a cover: the weight of each area, and which areas each candidate sees."""
    pairs = [(area, n) for n, areas in enumerate(sees) for area in sorted(areas)]
    area, candidate = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Cover.of(area, candidate, np.array(weights), len(sees))


def drawn(seed: int, areas: int, candidates: int, radius: float = 0.18) -> Cover:
    """Draw areas with people and candidates in a square, within a radius of each other."""
    chance = np.random.default_rng(seed)
    here, there = chance.random((areas, 2)), chance.random((candidates, 2))
    near = np.linalg.norm(here[:, None] - there[None, :], axis=2) <= radius
    area, candidate = np.nonzero(near)
    people = chance.integers(1, 100, areas).astype(np.float64)
    return Cover.of(area, candidate, people, candidates)


# Greedy takes the middle candidate, which sees 8, and then 3 more; the two outer ones see all 14.
TRAP = ({0, 1}, {1, 2}, {2, 3})


def best_of_all(cover: Cover, sites: int) -> float:
    """Try every choice."""
    choices = itertools.combinations(range(cover.candidates), sites)
    return max(cover.value(np.array(one, dtype=np.int64)) for one in choices)


def test_two_outer_sites_beat_the_one_that_greedy_takes_first() -> None:
    """Taking the best place first may leave nobody a good second."""
    found = solve(cover_of([3, 4, 4, 3], *TRAP), 2, 10)
    assert (found.sites.tolist(), found.value, found.optimal) == ([0, 2], 14, True)


def test_pairs_that_stand_there_twice_count_once() -> None:
    """An area in a catchment may also be the area a place is in."""
    twice = np.array([0, 0, 1])
    cover = Cover.of(twice, np.array([0, 0, 0]), np.array([5.0, 7.0]), 1)
    assert cover.sees.toarray().tolist() == [[1, 1]]
    assert solve(cover, 1, 0).value == 12


def test_areas_seen_by_the_same_candidates_become_one() -> None:
    """What is alike need not be told apart by any solver."""
    cover = cover_of([1, 2, 4, 8, 0], {0, 1, 2}, {0, 2, 4})
    merged = cover.merged()
    assert merged.weight.tolist() == [5, 2]
    assert merged.seen_by.toarray().tolist() == [[1, 1], [1, 0]]


def test_merging_changes_no_value() -> None:
    """The answer is given for the merged areas and printed for all."""
    cover = drawn(3, 300, 12)
    merged = cover.merged()
    assert len(merged.weight) < len(cover.weight)
    for one in itertools.combinations(range(12), 3):
        sites = np.array(one, dtype=np.int64)
        assert merged.value(sites) == cover.value(sites)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("sites", [1, 3])
def test_the_answer_is_the_best_of_every_choice_there_is(seed: int, sites: int) -> None:
    """A proof that is none would be worse than no proof."""
    cover = drawn(seed, 60, 12)
    found = solve(cover, sites, 10)
    assert found.optimal
    assert found.value == cover.value(found.sites) == best_of_all(cover, sites)
    assert found.bound_gap == 0


@pytest.mark.parametrize("seed", range(8))
def test_no_choice_surpasses_the_bound_and_greedy_keeps_below_it(seed: int) -> None:
    """The bound is what is printed where there is no proof."""
    cover = drawn(seed, 60, 12).merged()
    best = best_of_all(cover, 3)
    greedy = cover.value(pick(cover, 3))
    for steps in (1, 10, 300):
        assert bound(cover, 3, greedy, steps).value >= best >= greedy


@pytest.mark.parametrize("steps", [3, 10, 30])
@pytest.mark.parametrize("seed", range(8))
def test_what_a_bound_settles_is_so_in_every_better_choice(seed: int, steps: int) -> None:
    """Candidates that are left out of the exact search must not be needed for the best answer."""
    cover = drawn(seed, 60, 12).merged()
    limit = bound(cover, 3, cover.value(pick(cover, 3)), steps)
    best = best_of_all(cover, 3)
    out, must = limit.settled(3, best)
    for one in itertools.combinations(range(12), 3):
        if cover.value(np.array(one, dtype=np.int64)) >= best:
            assert not out[list(one)].any()
            assert set(np.flatnonzero(must)) <= set(one)


def test_a_bound_settles_something_where_one_site_is_far_better() -> None:
    """Else the test above would hold of a bound that settles nothing."""
    cover = cover_of([100, 1, 1, 1], {0}, {1}, {2}, {3})
    out, must = bound(cover, 1, 100, 50).settled(1, 100)
    assert out.tolist() == [False, True, True, True]
    assert must.tolist() == [True, False, False, False]


def test_what_is_settled_rests_on_the_bound_before_it_was_rounded_down() -> None:
    """With the third in place of one of the two, 10.9 - 5 + 1 may be reached: enough for 6.5."""
    limit = Bound(10.0, 10.9, np.array([5.0, 5.0, 1.0]))
    out, must = limit.settled(2, 6.5)
    assert (out.tolist(), must.tolist()) == ([False] * 3, [False] * 3)
    out, must = limit.settled(2, 7)
    assert (out.tolist(), must.tolist()) == ([False, False, True], [True, True, False])


def test_ruin_and_refill_mends_what_single_exchanges_cannot() -> None:
    """It is why the first answer is nearly always the best one."""
    better = 0
    for seed in range(30):
        cover = drawn(seed, 120, 40, radius=0.15).merged()
        first = pick(cover, 6)
        second = ruin_and_refill(cover, first, 6, 60)
        assert cover.value(second) >= cover.value(first)
        better += cover.value(second) > cover.value(first)
    assert better >= 3


def test_without_time_the_heuristic_answers_with_its_bound() -> None:
    """An answer at once is worth more than a perfect one after lunch."""
    found = [solve(drawn(seed, 120, 40, radius=0.15), 6, 0) for seed in range(30)]
    assert all(one.bound >= one.value and 0 <= one.bound_gap < 0.1 for one in found)
    assert any(not one.optimal for one in found)
    unproved = next(one for one in found if not one.optimal)
    assert unproved.bound_gap == pytest.approx(1 - unproved.value / unproved.bound)


def test_an_unfinished_search_changes_the_bound_and_never_the_places() -> None:
    """A slower machine must not suggest other places."""
    for seed in range(30):
        cover = drawn(seed, 120, 40, radius=0.15)
        quick, cut_off = solve(cover, 6, 0), solve(cover, 6, 1e-9)
        if not cut_off.optimal:
            assert cut_off.sites.tolist() == quick.sites.tolist()
            assert cut_off.value < cut_off.bound <= quick.bound
            return
    pytest.fail("every search was finished at once; the test shows nothing")


def test_more_sites_than_candidates_are_all_that_add_something() -> None:
    """Whoever asks for ten gets the three there are."""
    found = solve(cover_of([3, 2, 1, 5], {0}, {1}, {0, 1}), 10, 10)
    assert (found.sites.tolist(), found.value, found.optimal) == ([2], 5, True)


@pytest.mark.parametrize(
    "cover",
    [cover_of([0, 0], {0}, {1}), cover_of([4, 5]), cover_of([]), cover_of([7], set(), set())],
    ids=["nobody in need", "no candidates", "nothing at all", "nobody within reach"],
)
def test_where_nothing_can_be_won_nothing_is_chosen(cover: Cover) -> None:
    """All covered, no candidates, candidates too far away: no site, and that is proved."""
    found = solve(cover, 2, 10)
    assert (found.sites.tolist(), found.value, found.bound_gap, found.optimal) == ([], 0, 0, True)


def test_the_first_of_equals_is_chosen() -> None:
    """Two machines, one answer."""
    assert solve(cover_of([4, 4, 4], {0}, {1}, {2}), 2, 10).sites.tolist() == [0, 1]


def test_weights_need_not_be_whole() -> None:
    """People of one community may count one and a half times."""
    found = solve(cover_of([1.5, 2, 2, 1.25], *TRAP), 2, 10)
    assert (found.sites.tolist(), found.value, found.optimal) == ([0, 2], 6.75, True)


@pytest.mark.parametrize("seed", [1, 2])
def test_covers_as_much_as_spopt_with_the_same_solver(seed: int) -> None:
    """The library a person would use instead finds the same optimum."""
    cover = drawn(seed, 200, 30, radius=0.15)
    theirs, chosen = by_spopt(cover, 5)
    found = solve(cover, 5, 30)
    assert found.optimal
    assert found.value == theirs == cover.value(chosen)
    assert prove(cover, 5, 30).bound == pytest.approx(theirs)


def by_spopt(cover: Cover, sites: int) -> tuple[float, "NDArray[np.int64]"]:
    """Solve by spopt's maximal covering and HiGHS; give what is covered, and the sites."""
    with warnings.catch_warnings():
        # Of libraries that spopt imports, and of pulp; not of ours.
        warnings.simplefilter("ignore")
        import pulp  # noqa: PLC0415
        from spopt.locate import MCLP  # noqa: PLC0415

        # One where it is near, two where it is not; the service radius is one.
        km = 2.0 - cover.seen_by.toarray()
        model = MCLP.from_cost_matrix(km, cover.weight, service_radius=1.0, p_facilities=sites)
        solved = model.solve(pulp.HiGHS(msg=False))
    chosen = [n for n, served in enumerate(solved.fac2cli) if served]
    return float(round(solved.problem.objective.value())), np.array(chosen, dtype=np.int64)
