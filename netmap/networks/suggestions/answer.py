"""The answer: places for new activities, what share of people is then covered, and how sure."""

from dataclasses import dataclass

from netmap.networks.suggestions.demand import Measure
from netmap.networks.suggestions.supporters import Supporter
from netmap.networks.sureness import Sureness, sureness_of
from netmap.privacy import Protected

METHOD = "maximal covering location"


@dataclass(frozen=True, slots=True)
class Site:
    """One suggested place.

    Attributes:
        area: The code of the area it is in, or of the nearest where nobody said.
        name: What people call the place.
        longitude: Degrees WGS 84; None where it is not known.
        latitude: Degrees WGS 84, likewise.
        newly_covered: People of the communities who would have something for them within reach,
            and have not from the places before it either; ``*`` where too few to show, None where
            their number is not known anywhere.
        areas: Of how many areas these are the people.
        residents: How many people live in these areas; None where that is not known of one.
        stands: The share of alternative settings under which it is chosen again, 0 to 1.
        helpers: Who could help, whom to ask first before the others.
    """

    area: str | None
    name: str
    longitude: float | None
    latitude: float | None
    newly_covered: Protected
    areas: int
    residents: int | None
    stands: float
    helpers: tuple[Supporter, ...]

    @property
    def sureness(self) -> Sureness:
        """How far the choice rests on the settings."""
        return sureness_of(self.stands)


@dataclass(frozen=True, slots=True)
class Whom:
    """A community that places are looked for.

    Attributes:
        community: Its code.
        weight: How much one person of it counts.
        people: How many are known of; None where their number is not known anywhere.
        covered_before: Share of them covered now, 0 to 1; None where nobody is known of.
        covered_after: The same with the suggested sites.
    """

    community: str
    weight: float
    people: Protected
    covered_before: float | None
    covered_after: float | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Places for new activities.

    Attributes:
        network: The network.
        whom: For which communities.
        measure: By what areas were weighed: the communities' people, else residents, else each
            area alike.
        optimal: Whether it is proved that no choice of as many places is better.
        bound_gap: What may be missing to the best choice, as a share of the most there can be.
        covered_before: Share of the people covered now, weighted, 0 to 1; None where nobody is
            known of.
        covered_after: The same with the suggested places.
        unknown: Areas of which a number of people is not known.
        suppressed: Areas of which it is too small to show.
        estimated: Areas of which it is estimated by the share of an area above.
        areas: How many areas were looked at, and of how many somebody has nothing for them.
        candidates: How many places were looked at.
        asked: How many places were asked for.
        timed: Whether what is within reach now was told by travel times; to new places nobody
            has any.
        grid: The alternative settings tried, in words.
        sites: Surest first, then those with most people newly covered.
    """

    network: str
    whom: tuple[Whom, ...]
    measure: Measure
    optimal: bool
    bound_gap: float
    covered_before: float | None
    covered_after: float | None
    unknown: int
    suppressed: int
    estimated: int
    areas: tuple[int, int]
    candidates: int
    asked: int
    timed: bool
    grid: tuple[str, ...]
    sites: tuple[Site, ...]
