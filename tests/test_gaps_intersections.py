"""The rule about people who belong to two communities at once."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

RULE = "intersection-missing"
ALL = 'surveyed = ["activities"]\n'
BOTH = f'{ALL}[gaps]\nintersections = [["Refugees", "lgbt"]]\n'
AREAS = "code,name,latitude,longitude\ntown,Town,53.8,-1.55\nfar,Far,51.5,-0.1\n"
HEAD = "id,name,communities,area,status,count,verified_on\n"
EACH = "r,New here,refugee,town,active,,\nq,Rainbow,trans,town,active,,\n"


def test_each_served_and_the_overlap_by_none_is_reported(look: Look) -> None:
    """One group for refugees, one for trans people; Far has only one of them, and is left out."""
    rows = f"{EACH}f,Far out,lgbt,far,active,,\nt,Total,,town,active,12,\n"
    (gap,) = gaps(look(BOTH, areas=AREAS, activities=f"{HEAD}{rows}"), RULE)
    assert gap.id == "example/intersection-missing/town/lgbt/lgbt+refugee"
    assert (gap.severity, gap.people) == (Severity.MEDIUM, None)
    assert (gap.value, gap.threshold) == (0, 1)
    assert "each of the communities LGBT+ people and Refugees" in gap.message
    assert "none was found for people who belong to all of them" in gap.message
    assert "For LGBT+ people: Rainbow." in gap.evidence
    assert "For Refugees: New here." in gap.evidence
    assert any("12 activities known only as totals" in said for said in gap.evidence)
    assert gap.confidence == "stated"


@pytest.mark.parametrize(
    "rows",
    [
        f"{EACH}b,Both,lgbt;migrant,town,active,,\n",
        f"{EACH}b,Both,lgbt;refugee,town,active,,2020-01-01\n",
        "r,New here,refugee,town,active,,\no,Open,,town,active,,\n",
        "r,New here,refugee,town,active,,\nq,Rainbow,lgbt,far,active,,\n",
        "r,New here,refugee,town,active,,\nq,Rainbow,lgbt,town,closed,,\n",
    ],
)
def test_an_overlap_that_is_served_or_a_part_that_is_not_is_no_gap(look: Look, rows: str) -> None:
    """For LGBT migrants is for LGBT refugees; a part that nobody serves is another finding."""
    report = look(BOTH, areas=AREAS, activities=f"{HEAD}{rows}")
    assert not gaps(report, RULE)
    assert not unchecked(report, RULE)


def test_an_overlap_of_three_takes_all_three(look: Look) -> None:
    """For women refugees is not yet for LGBT women refugees."""
    toml = f'{ALL}[gaps]\nintersections = [["lgbt", "women", "refugee"]]\n'
    rows = f"{EACH}w,W,women;refugee,town,active,,\n"
    (gap,) = gaps(look(toml, areas=AREAS, activities=f"{HEAD}{rows}"), RULE)
    assert gap.subject == "lgbt+refugee+women"


@pytest.mark.parametrize(
    ("toml", "need"),
    [
        (ALL, "network.toml [gaps] intersections"),
        (f'{ALL}[gaps]\nintersections = [["lgbt"]]\n', "network.toml [gaps] intersections"),
        (
            f'{ALL}[gaps]\nintersections = [["lgbt", "martian"]]\n',
            "network.toml [gaps] intersections",
        ),
        (BOTH.removeprefix(ALL), 'network.toml surveyed: "activities"'),
    ],
)
def test_overlaps_could_not_be_checked(look: Look, toml: str, need: str) -> None:
    """None named, one alone, an unknown one, or a list that was never meant to be whole."""
    report = look(toml, areas=AREAS, activities=f"{HEAD}{EACH}")
    assert not gaps(report, RULE)
    (one,) = unchecked(report, RULE)
    assert one.needs == (need,)
