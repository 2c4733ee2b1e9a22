"""The rule about how much there is within reach for each person."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

RULE = "low-supply"
ALL = 'surveyed = ["activities"]\n'
# Three areas of a thousand people, far apart; what is at an area's point is all its people's.
AREAS = "code,name,latitude,longitude\nfull,Full,51,-1.5\nfair,Fair,52,-1.5\nthin,Thin,53,-1.5\n"
PEOPLE = "area,total\nfull,1000\nfair,1000\nthin,1000\n"
HEAD = "id,name,area,status,count,part_of\n"


def rows(**numbers: int) -> str:
    """Write so many activities of each area."""
    return HEAD + "".join(
        f"{area}{n},{area} {n},{area},active,,\n"
        for area, number in numbers.items()
        for n in range(number)
    )


def test_less_than_half_of_the_median_is_reported(look: Look) -> None:
    """Nine, four and one for a thousand people each: four in the middle, and one is below two."""
    report = look(ALL, areas=AREAS, populations=PEOPLE, activities=rows(full=9, fair=4, thin=1))
    (gap,) = gaps(report, RULE)
    assert (gap.id, gap.severity) == ("example/low-supply/thin", Severity.MEDIUM)
    assert (gap.people, gap.value, gap.threshold) == (1000, 1, 4)
    assert "For every 1,000 people of Thin there are 1 recorded activities" in gap.message
    assert "Compared: 3 areas; the median of them, each counting once." in gap.evidence
    assert "Reported below 50% of it." in gap.evidence
    assert gap.confidence == "stated"
    assert not unchecked(report, RULE)


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ("", {"full": 9, "fair": 4, "thin": 2}),
        ("[gaps]\nlow_supply_ratio = 0.25\n", {"full": 9, "fair": 4, "thin": 1}),
    ],
)
def test_half_of_the_median_is_not_low(look: Look, more: str, numbers: dict[str, int]) -> None:
    """Two is exactly half of four, and one exactly a quarter."""
    report = look(ALL + more, areas=AREAS, populations=PEOPLE, activities=rows(**numbers))
    assert not gaps(report, RULE)


def test_people_are_compared_where_they_are_counted(look: Look) -> None:
    """A region above its three parts is not a fourth area, and would change the median."""
    areas = f"{AREAS.replace('longitude', 'longitude,parent', 1)}region,Region,51,-1.5,\n"
    report = look(
        ALL,
        areas=areas.replace("-1.5\n", "-1.5,region\n"),
        populations=f"{PEOPLE}region,3000\n",
        activities=rows(full=9, fair=4, thin=1),
    )
    assert [(gap.area, gap.threshold) for gap in gaps(report, RULE)] == [("thin", 4)]


def test_totals_are_supply_where_something_else_has_a_place(look: Look) -> None:
    """Totals of nine and four stand at their areas' points beside the one that is named."""
    totals = f"{HEAD}a,A,full,,9,\nb,B,fair,,4,\nc,C,thin,unknown,,\n"
    (gap,) = gaps(look(ALL, areas=AREAS, populations=PEOPLE, activities=totals), RULE)
    assert (gap.area, gap.value, gap.threshold, gap.confidence) == ("thin", 1, 4, "inferred")


@pytest.mark.parametrize(
    ("toml", "populations", "activities", "need"),
    [
        ("", PEOPLE, rows(full=9, fair=4, thin=1), 'network.toml surveyed: "activities"'),
        (ALL, "area,total\nfull,1000\n", rows(full=9, fair=4), "populations.total"),
        (ALL, PEOPLE, rows(full=9), "activities.latitude"),
        (ALL, PEOPLE, f"{HEAD}a,A,full,,9,\nb,B,full,,,a\nc,C,thin,,2,\n", "activities.area"),
        (ALL, PEOPLE, HEAD, "activities.area"),
    ],
)
def test_supply_could_not_be_compared(
    look: Look, toml: str, populations: str, activities: str, need: str
) -> None:
    """Two areas, nothing in the middle one, or totals alone, which stand nowhere in particular."""
    report = look(toml, areas=AREAS, populations=populations, activities=activities)
    needs = [one for said in unchecked(report, RULE) for one in said.needs]
    assert need in needs
    assert not gaps(report, RULE)
