"""What a programme's schedule costs to find, and how good it is: greedy, local search, CP-SAT.

Three made-up cases from a fixed seed: nothing scarce; staff short (one day a week, and events close
together); venues short (few, each open one day). Each prints the objective and time of the first
schedule, of the search, and of CP-SAT with its bound. ``--large`` has sixty hubs.

    uv run python bench/scheduling.py            9 hubs x 7 events, 200 venues, two years
    uv run python bench/scheduling.py --large    60 hubs x 7 events
"""

import sys
import time
from datetime import date

import numpy as np

from netmap.events.models import Venue
from netmap.events.openings import parse_openings
from netmap.events.placing import exact, search
from netmap.events.placing.board import Board
from netmap.events.placing.problem import Standing, problem_of
from netmap.events.programme import Programme
from netmap.events.resolving import resolved
from netmap.events.settings import ProgrammeSettings
from netmap.events.wanted import wanted_for
from netmap.events.wishes import Wishes
from netmap.networks.areas import Areas
from netmap.networks.models import Activity, Area, Organisation, Tie
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.register import Register

TODAY, SECONDS = date(2026, 11, 28), 20.0
_AVOID = ["bank_holidays:GB-ENG", "observances:islamic", "observances:christian"]
_STEP_FREE, _LOOP, _BUS = 0.8, 0.4, 0.7
_DAYS = ("MO", "TU", "WE", "TH", "FR")
CASES = {
    "nothing scarce": {
        "weekdays": ["TU", "WE", "TH"],
        "venues": 200,
        "open": 3,
        "ends": "2028-12-15",
    },
    "staff short": {"weekdays": ["WE"], "venues": 200, "open": 3, "ends": "2027-07-30"},
    "venues short": {"weekdays": ["TU", "WE", "TH"], "venues": 18, "open": 1, "ends": "2027-09-30"},
}


def main() -> None:
    """Measure and print."""
    hubs = 60 if "--large" in sys.argv else 9
    print(f"{'case':<18}{'way':<16}{'seconds':>9}{'unplaced':>10}{'cost':>10}{'bound':>10}")
    for name, case in CASES.items():
        measure(name, hubs, case)


def measure(name: str, hubs: int, case: dict[str, object]) -> None:
    """Schedule one case in the three ways."""
    wishes, standing = made(hubs, case)
    start = time.perf_counter()
    board = search.first_schedule(problem_of(wishes, standing, TODAY))
    _print(name, "greedy", start, board, search.lower_bound(board))
    start = time.perf_counter()
    search.improve(board, 7)
    _print(name, "local search", start, board, search.lower_bound(board))
    if exact.is_there():
        before, start = board.score(), time.perf_counter()
        answer = exact.solve(board, 7, SECONDS)
        _print(name, "CP-SAT" + (", proved" if answer.proved else ""), start, board, answer.bound)
        if before.better_than(board.score()):
            raise SystemExit("CP-SAT made it worse.")


def _print(name: str, way: str, start: float, board: Board, bound: float) -> None:
    score = board.score()
    seconds = time.perf_counter() - start
    print(
        f"{name:<18}{way:<16}{seconds:>9.2f}{score.unplaced:>10}{score.cost:>10.2f}{bound:>10.2f}",
        flush=True,
    )


def made(hubs: int, case: dict[str, object]) -> tuple[Wishes, Standing]:
    """Make hubs in areas with groups that meet every week, and venues round about."""
    chance = np.random.default_rng(7)
    many = int(str(case["venues"])) * hubs // 9
    areas, organisations, activities, ties, venues = [], [], [], [], []
    for n in range(hubs):
        at = 50.5 + 4 * chance.random(), -3.5 + 4 * chance.random()
        areas += [
            Area.model_construct(
                code=f"area-{n}", name=f"Area {n}", latitude=at[0], longitude=at[1]
            ),
            *(_part(n, k, at, chance) for k in range(4)),
        ]
        organisations.append(
            Organisation.model_construct(
                id=f"hub-{n}", name=f"Hub {n}", roles=("hub",), area=f"area-{n}"
            )
        )
        ties.append(
            Tie.model_construct(
                source_organisation=f"hub-{n}",
                target_organisation=f"partner-{n % 4}",
                kind="affiliated_to",
            )
        )
        for k in range(8):
            group, day = f"group-{n}-{k}", _DAYS[int(chance.integers(5))]
            hour = int(chance.integers(10, 19))
            organisations.append(
                Organisation.model_construct(
                    id=group, name=group, roles=("grassroots_group",), area=f"area-{n}-{k % 4}"
                )
            )
            activities.append(
                Activity.model_construct(
                    id=group,
                    name=group,
                    organisation=group,
                    area=f"area-{n}-{k % 4}",
                    schedule=f"every {day} {hour}:00-{hour + 2}:00",
                )
            )
            ties.append(
                Tie.model_construct(
                    source_organisation=f"hub-{n}", target_organisation=group, kind="engages"
                )
            )
    organisations += [
        Organisation.model_construct(
            id=f"partner-{n}", name=f"Partner {n}", roles=("strategic_partner",)
        )
        for n in range(4)
    ]
    for v in range(many):
        n, k = v % hubs, int(chance.integers(4))
        days = chance.choice(3, int(str(case["open"])), replace=False) + 1
        hours = ("09:00-21:00", "10:00-16:00", "13:00-21:00")[int(chance.integers(3))]
        place = areas[n * 5 + 1 + k]
        venues.append(
            Venue.model_construct(
                id=f"venue-{v}",
                name=f"Venue {v}",
                area=place.code,
                latitude=place.latitude,
                longitude=place.longitude,
                step_free=bool(chance.random() < _STEP_FREE),
                hearing_loop=bool(chance.random() < _LOOP),
                public_transport=bool(chance.random() < _BUS),
                available=parse_openings("; ".join(f"{_DAYS[d]} {hours}" for d in sorted(days)))
                or (),
            )
        )
    register = Register(
        name="made",
        organisations=tuple(organisations),
        activities=tuple(activities),
        ties=tuple(ties),
        areas=Areas(areas),
        settings=NetworkSettings(),
        as_of=TODAY,
    )
    settings = ProgrammeSettings.model_validate(
        {
            "network": "made", "starts": "2027-01-11", "ends": case["ends"], "seed": 7,
            "event": [
                {"kind": "networking", "count": 3, "minutes": 180, "min_weeks_apart": 8,
                 "sequence": ["scoping_and_mapping", "themed", "reflection"]},
                {"kind": "skills", "count": 4, "minutes": 240, "themes": ["a", "b", "c", "d"]},
            ],
            "when": {"weekdays": case["weekdays"], "earliest": "10:00", "latest": "20:00",
                     "avoid": _AVOID},
            "where": {"rotate": True, "rural_share": 0.33},
        }
    )  # fmt: skip
    programme, _ = resolved(Programme("made", settings, venues=tuple(venues)), register)
    wishes = Wishes(programme, register)
    return wishes, Standing({}, wanted_for(programme, wishes.hubs))


def _part(n: int, k: int, at: tuple[float, float], chance: np.random.Generator) -> Area:
    north, east = chance.normal(0, 0.15, 2)
    return Area.model_construct(
        code=f"area-{n}-{k}", name=f"Area {n}.{k}", parent=f"area-{n}",
        rural_urban="rural_80" if k > 1 else "large_urban",
        latitude=at[0] + north, longitude=at[1] + east,
    )  # fmt: skip


if __name__ == "__main__":
    main()
