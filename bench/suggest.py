"""What choosing places for new activities costs, beside spopt with the same solver.

The areas are those of the made-up England of `england.py`; the places stand where activities do.
Both use HiGHS; the values must be equal where both prove them. Ours is told in parts: the first
answer, the bound, and all until it is proved. Seconds are those of one run.

    uv run python bench/suggest.py          2,000 areas x 500 places, 20 chosen, with spopt
    uv run python bench/suggest.py --all    also 33,755 areas, 2,000 and 33,755 places, ours alone
"""

import sys
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from bench.england import AREAS, england
from netmap.networks.covering import Cover, Solution, pick, solve
from netmap.networks.covering.bounds import bound
from netmap.networks.reach import pairs_within

T = TypeVar("T")
SITES, DETOUR, SECONDS = 20, 1.3, 60.0
URBAN_KM, RURAL_KM = 5.0, 15.0
SMALL, LARGE = (2_000, 500), ((AREAS, 2_000), (AREAS, AREAS))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Do some work; give wall seconds and what came of it."""
    start = time.perf_counter()
    done = work()
    return time.perf_counter() - start, done


def covers(areas: int, places: int, community: str) -> Cover:
    """Say which places would reach which areas."""
    made = england(places, areas, districts=300 if areas == AREAS else 30)
    there = made.areas_m if places == areas else made.activities_m
    pairs = pairs_within(made.areas_m, there, made.catchment_km(URBAN_KM, RURAL_KM), detour=DETOUR)
    people = made.people[community].astype(np.float64)
    return Cover.of(pairs.area, pairs.activity, people, places)


def ours(cover: Cover) -> Solution:
    """Measure each part of the way."""
    merging, merged = timed(cover.merged)
    print(f"  {len(cover.weight):,} areas are {len(merged.weight):,} kinds, {merging:.2f} s")
    first, chosen = timed(lambda: pick(merged, SITES))
    value = merged.value(chosen)
    print(f"  {'first answer, greedy and exchanges':<44}{first:>8.2f} s {value:>14,.0f}")
    bounding, limit = timed(lambda: bound(merged, SITES, value, 400))
    print(f"  {'bound':<44}{bounding:>8.2f} s {limit.value:>14,.0f}")
    whole, found = timed(lambda: solve(cover, SITES, SECONDS))
    said = "proved" if found.optimal else f"within {found.bound_gap:.2%}"
    print(f"  {'netmap, all of it':<44}{whole:>8.2f} s {found.value:>14,.0f} {said}")
    print(f"  {'first answer of the answer':<44}{value / found.value:>10.2%}")
    return found


def theirs(cover: Cover) -> float:
    """Solve by spopt, which reads a matrix of distances."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries that spopt imports
        import pulp  # noqa: PLC0415
        from spopt.locate import MCLP  # noqa: PLC0415

        km = 2.0 - cover.seen_by.toarray()
        building, model = timed(
            lambda: MCLP.from_cost_matrix(km, cover.weight, service_radius=1.0, p_facilities=SITES)
        )
        solving, solved = timed(lambda: model.solve(pulp.HiGHS(msg=False)))
    value = float(solved.problem.objective.value())
    print(f"  {'spopt with HiGHS, model':<44}{building:>8.2f} s")
    print(f"  {'spopt with HiGHS, solution':<44}{solving:>8.2f} s {value:>14,.0f}")
    return value


def main() -> None:
    """Measure and print.

    Raises:
        SystemExit: The answers differ.
    """
    # The first use compiles loops; people do so once.
    covers(*SMALL, "total")
    for community in ("total", "somali"):
        print(f"{SMALL[0]:,} areas x {SMALL[1]:,} places, {SITES} chosen, {community}")
        cover = covers(*SMALL, community)
        found, value = ours(cover), theirs(cover)
        if found.optimal and round(value) != round(found.value):
            raise SystemExit("The answers differ.")
    for areas, places in LARGE if "--all" in sys.argv else ():
        for community in ("total", "somali"):
            print(f"{areas:,} areas x {places:,} places, {SITES} chosen, {community}")
            ours(covers(areas, places, community))


if __name__ == "__main__":
    main()
