"""The England of :mod:`bench.england` written as a workspace, in CSV, as people keep theirs.

``python bench/england_workspace.py FOLDER [ACTIVITIES]`` writes one to look at.
"""

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyproj
from numpy.typing import NDArray

from bench.england import COMMUNITIES, GROUPS, England, england

ORGANISATIONS, ENQUIRIES = 3_000, 4_000
AS_OF = dt.date(2026, 10, 1)
_TOWN = ("major_urban", "large_urban", "other_urban")
_COUNTRY = ("significant_rural", "rural_50", "rural_80")
_APPROACHES = ("support_group", "activity_group", "one_to_one", "drop_in", "online", "telephone")
_TOPICS = ("general_mental_health", "bereavement", "anxiety", "depression", "carers")
_LANGUAGES = ("en", "en;ur", "so", "ar", "")
_NETWORK = f"""title = "England, made up"
source = "bench/england.py: invented from a fixed seed"
as_of = {AS_OF}
surveyed = ["activities"]
"""
Rows = Iterable[Sequence[object]]


def write_workspace(folder: Path, activities: int = 20_000) -> Path:
    """Write the workspace, with one network `england`.

    Args:
        folder: Made where it is not there.
        activities: How many.

    Returns:
        The network's folder.
    """
    made, chance = england(activities), np.random.default_rng(11)
    network = folder / "networks" / "england"
    network.mkdir(parents=True, exist_ok=True)
    settings = 'title = "England, made up"\npublisher = "bench"\n'
    (folder / "netmap.toml").write_text(settings, encoding="utf-8")
    (network / "network.toml").write_text(_NETWORK, encoding="utf-8")
    _write(
        network / "areas.csv", "code,name,kind,parent,latitude,longitude,rural_urban", _areas(made)
    )
    _write(network / "populations.csv", _population_headings(), _populations(made))
    _write(
        network / "organisations.csv",
        "id,name,roles,sector,area,verified_on",
        _organisations(made, chance),
    )
    _write(
        network / "activities.csv",
        "id,name,organisation,approach,topics,communities,exclusive,languages,area,latitude,"
        "longitude,access_routes,step_free,verified_on",
        _activities(made, chance),
    )
    _write(
        network / "enquiries.csv", "area,community,asked,asked_on,answer", _enquiries(made, chance)
    )
    return network


def _write(file: Path, headings: str, rows: Rows) -> None:
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(headings.split(","))
        writer.writerows(rows)


def _district(number: int) -> str:
    return f"E0{6_000_000 + number}"


def _small(number: int) -> str:
    return f"E0{1_000_000 + number}"


def _degrees(points: NDArray[np.float64]) -> list[tuple[str, str]]:
    """Give latitude and longitude, as text of a metre or so."""
    back = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
    longitude, latitude = back.transform(points[:, 0], points[:, 1])
    return [(f"{y:.5f}", f"{x:.5f}") for x, y in zip(longitude, latitude, strict=True)]


def _areas(made: England) -> Rows:
    for number, point in enumerate(_degrees(made.districts_m)):
        yield _district(number), f"District {number}", "local_authority", "", *point, ""
    sizes = np.bincount(made.district, minlength=len(made.districts_m))
    rank = np.searchsorted(np.quantile(sizes, [0.6, 0.9]), sizes)
    for number, point in enumerate(_degrees(made.areas_m)):
        district = int(made.district[number])
        kinds = _COUNTRY if made.rural[number] else _TOWN[::-1]
        name = f"District {district} {number:05}"
        yield _small(number), name, "lsoa", _district(district), *point, kinds[int(rank[district])]


def _population_headings() -> str:
    return ",".join(("area", "measure", "as_of", "total", *dict.fromkeys((*GROUPS, *COMMUNITIES))))


def _populations(made: England) -> Rows:
    columns = [made.people[name].tolist() for name in _population_headings().split(",")[3:]]
    for number, people in enumerate(zip(*columns, strict=True)):
        yield _small(number), "people", "2021-03-21", *people


def _day(chance: np.random.Generator) -> str:
    return str(AS_OF - dt.timedelta(days=int(chance.integers(1, 900))))


def _organisations(made: England, chance: np.random.Generator) -> Rows:
    for number in range(ORGANISATIONS):
        area = _district(int(chance.integers(len(made.districts_m))))
        roles = ("grassroots_group", "hub;grassroots_group", "")[int(chance.integers(3))]
        sector = ("third_sector", "community", "")[int(chance.integers(3))]
        yield f"org-{number}", f"Organisation {number}", roles, sector, area, _day(chance)


def _activities(made: England, chance: np.random.Generator) -> Rows:
    for number, point in enumerate(_degrees(made.activities_m)):
        lots = chance.integers(0, 1000, 6).tolist()
        # Three in ten are open to all; of the others, one in five is for two communities.
        first = COMMUNITIES[int(made.community[number])]
        both = f"{first};{COMMUNITIES[lots[0] % len(COMMUNITIES)]}" if lots[0] % 5 == 0 else first
        yield (
            f"act-{number}",
            f"Activity {number}",
            f"org-{lots[1] * 3 % ORGANISATIONS}",
            _APPROACHES[lots[2] % len(_APPROACHES)],
            _TOPICS[lots[3] % len(_TOPICS)],
            "" if lots[4] < 300 else both,  # noqa: PLR2004
            ("yes", "no", "")[lots[4] % 3],
            _LANGUAGES[lots[5] % len(_LANGUAGES)],
            _small(int(made.home[number])),
            *point,
            ("self_referral", "self_referral;link_worker", "direct_referral")[lots[5] % 3],
            ("yes", "no", "")[lots[3] % 3],
            _day(chance),
        )


def _enquiries(made: England, chance: np.random.Generator) -> Rows:
    places = chance.choice(len(made.areas_m), ENQUIRIES, replace=False)
    for number in places.tolist():
        community = COMMUNITIES[int(chance.integers(len(COMMUNITIES)))]
        asked = chance.random() < 0.7  # noqa: PLR2004
        answer = ("none", "open_only", "specific", "")[int(chance.integers(4))] if asked else ""
        yield _small(number), community, "yes" if asked else "no", _day(chance), answer


if __name__ == "__main__":
    print(write_workspace(Path(sys.argv[1]), *map(int, sys.argv[2:])))
