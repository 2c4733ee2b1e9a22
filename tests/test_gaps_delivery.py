"""Rules about how support is offered."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

TOWN = "code,name,parent\ntown,Town,\nward,Ward,town\n"
SHARES = "area,dimension,key,percent,confidence\n"


def test_a_stated_share_above_a_half_is_reported(look: Look) -> None:
    """A report that prints 56 per cent gives no rows, and none are invented."""
    shares = (
        f"{SHARES}town,approach,support_group,56,stated\ntown,approach,one_to_one,44,inferred\n"
    )
    report = look(areas=TOWN, shares=shares)
    (gap,) = gaps(report, "one-approach")
    assert (gap.severity, gap.area, gap.subject) == (Severity.MEDIUM, "town", "support_group")
    assert (gap.value, gap.threshold, gap.unit) == (56.0, 50.0, "percent")
    assert "56 % of the activities of Town are of one approach: support group." in gap.message
    assert gap.confidence == "stated"
    assert not unchecked(report, "one-approach")


def test_exactly_a_half_is_not_most(look: Look) -> None:
    """`more than` means more than."""
    assert not gaps(
        look(areas=TOWN, shares=f"{SHARES}town,approach,course_workshop,50,\n"), "one-approach"
    )


def test_a_sector_share_is_no_approach(look: Look) -> None:
    """Ninety per cent third sector says nothing of how people meet."""
    assert not gaps(look(areas=TOWN, shares=f"{SHARES}town,sector,nhs,90,\n"), "one-approach")


def test_without_shares_the_rows_are_counted(look: Look) -> None:
    """Three groups of four (one row stands for two), below the town: 75 per cent."""
    activities = (
        "id,name,area,approach,count,status\n"
        "a,A,town,support_group,,active\nb,B,ward,support_group,2,active\n"
        "c,C,town,one_to_one,,active\n"
    )
    (gap,) = gaps(look(areas=TOWN, activities=activities), "one-approach")
    assert (gap.area, gap.value) == ("town", 75.0)
    assert gap.evidence == ("3 of 4 activities.",)


def test_a_mixture_is_no_gap_and_the_limit_can_be_set(look: Look) -> None:
    """Two of four are a half; at a limit of 0.4 a half is too much."""
    activities = (
        "id,name,area,approach\n"
        "a,A,town,support_group\nb,B,town,support_group\nc,C,town,one_to_one\nd,D,town,online\n"
    )
    assert not gaps(look(areas=TOWN, activities=activities), "one-approach")
    strict = look("[gaps]\none_approach_share = 0.4", areas=TOWN, activities=activities)
    assert [(g.value, g.threshold) for g in gaps(strict, "one-approach")] == [(50.0, 40.0)]


def test_two_activities_are_too_few_to_say_most(look: Look) -> None:
    """Two of two would always be "one approach"."""
    activities = "id,name,area,approach\na,A,town,online\nb,B,town,online\n"
    assert not gaps(look(areas=TOWN, activities=activities), "one-approach")


@pytest.mark.parametrize(
    ("activities", "area"), [("a,A,town,\n", "town"), ("", None)], ids=["no approach", "no rows"]
)
def test_approaches_could_not_be_checked(look: Look, activities: str, area: str | None) -> None:
    """A total of 234 activities of no recorded approach may be anything."""
    report = look(areas=TOWN, activities=f"id,name,area,approach\n{activities}")
    assert not gaps(report, "one-approach")
    (one,) = unchecked(report, "one-approach")
    assert one.area == area
    assert "shares.percent" in one.needs
