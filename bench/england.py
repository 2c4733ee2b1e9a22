"""An England made up from a fixed seed: small areas in towns and open country, people, activities.

Nothing here is true of any place; the numbers of areas, people and pairs within reach are about
those of England, so that what is measured on it says what a national user would see. Arrays here;
the same as a workspace in :mod:`bench.england_workspace`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AREAS, DISTRICTS = 33_755, 300
SIZES = (1_000, 20_000, 200_000)
GROUPS = ("white", "asian", "black", "mixed", "other_ethnic")  # with everybody, six
COMMUNITIES = (
    "asian",
    "black",
    "mixed",
    "other_ethnic",
    "pakistani",
    "bangladeshi",
    "black_african",
    "somali",
    "black_caribbean",
    "arab",
    "gypsy_roma_traveller",
    "refugee",
    "lgbt",
    "men",
    "women",
    "young_adults",
    "older_people",
    "carers",
    "disabled",
    "veterans",
)
_WEST, _SOUTH, _EAST, _NORTH = 180_000.0, 60_000.0, 600_000.0, 600_000.0
_LEAST_PEOPLE, _MOST_PEOPLE = 1_000, 3_000
_OF_PART = {  # which share of a wider community, at the most, is a narrower one
    "pakistani": ("asian", 0.45),
    "bangladeshi": ("asian", 0.35),
    "black_african": ("black", 0.5),
    "somali": ("black_african", 0.4),
    "black_caribbean": ("black", 0.4),
    "arab": ("other_ethnic", 0.4),
    "gypsy_roma_traveller": ("other_ethnic", 0.3),
}
_OF_ALL = {
    "refugee": 0.02,
    "lgbt": 0.06,
    "young_adults": 0.15,
    "older_people": 0.3,
    "carers": 0.12,
    "disabled": 0.25,
    "veterans": 0.05,
}


@dataclass(frozen=True, eq=False)
class England:
    """Areas and activities; EPSG:27700, metres.

    Attributes:
        districts_m: One point per district, shape (districts, 2).
        areas_m: One point per small area, shape (areas, 2).
        district: The district of each area, int64.
        rural: Which areas lie in open country.
        people: Heads by group and community; ``total`` is everybody.
        activities_m: One point per activity, shape (activities, 2).
        home: The area each activity is in, int64.
        community: The community each activity is for, as an index into COMMUNITIES, int64.
    """

    districts_m: NDArray[np.float64]
    areas_m: NDArray[np.float64]
    district: NDArray[np.int64]
    rural: NDArray[np.bool_]
    people: dict[str, NDArray[np.int64]]
    activities_m: NDArray[np.float64]
    home: NDArray[np.int64]
    community: NDArray[np.int64]

    @property
    def layers(self) -> NDArray[np.bool_]:
        """Which activities are for which community, shape (activities, communities)."""
        return np.equal.outer(self.community, np.arange(len(COMMUNITIES))).astype(np.bool_)

    @property
    def heads(self) -> NDArray[np.float64]:
        """People of each community, shape (areas, communities)."""
        return np.stack([self.people[slug] for slug in COMMUNITIES], axis=1).astype(np.float64)

    def catchment_km(self, urban: float, rural: float) -> NDArray[np.float64]:
        """Say how far the people of each area can travel."""
        return np.where(self.rural, rural, urban)


def england(activities: int, areas: int = AREAS, districts: int = DISTRICTS) -> England:
    """Make the country; the same for the same numbers."""
    chance = np.random.default_rng(7)
    middle = np.c_[
        chance.uniform(_WEST, _EAST, districts), chance.uniform(_SOUTH, _NORTH, districts)
    ]
    size = chance.pareto(1.2, districts) + 0.4
    size /= size.sum()
    district = np.sort(chance.choice(districts, areas, p=size))
    rural = chance.random(areas) < 0.2  # noqa: PLR2004  # one in five lives in the country
    # A town is as wide as the root of its people; the country around it as far as the next town.
    spread = np.where(rural, 14_000.0, 700 * np.sqrt(size[district] * areas / 9) + 300)
    areas_m = middle[district] + chance.normal(0, 1, (areas, 2)) * spread[:, None]
    home = chance.integers(0, areas, activities)
    activities_m = areas_m[home] + chance.normal(0, 700, (activities, 2))
    community = chance.integers(0, len(COMMUNITIES), activities)
    return England(
        middle, areas_m, district, rural, _people(chance, rural), activities_m, home, community
    )


def _people(chance: np.random.Generator, rural: NDArray[np.bool_]) -> dict[str, NDArray[np.int64]]:
    """Make people: the five groups add up to everybody, and a part is never more than its whole."""
    size = len(rural)
    total = chance.integers(_LEAST_PEOPLE, _MOST_PEOPLE, size)
    minority = np.where(rural, 0.06, 0.35) * chance.random(size)
    people = {"total": total}
    for group in GROUPS[1:]:
        people[group] = (total * minority * chance.random(size) / len(GROUPS[1:])).astype(np.int64)
    people["white"] = total - sum(people[group] for group in GROUPS[1:])
    for part, (whole, most) in _OF_PART.items():
        people[part] = (people[whole] * chance.random(size) * most).astype(np.int64)
    for part, most in _OF_ALL.items():
        people[part] = (total * chance.random(size) * most).astype(np.int64)
    people["men"] = (total * chance.uniform(0.47, 0.52, size)).astype(np.int64)
    people["women"] = total - people["men"]
    return people
