"""Rules about how support is offered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity, find
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

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


ALL = 'surveyed = ["activities"]'
APPROACHES = "id,name,area,approach,other_approaches,serves,count,part_of\n"
GROUPS = (
    f"{APPROACHES}a,Art,town,activity_group,,,,\nb,Talk,ward,support_group,,,,\n"
    "c,Course,town,course_workshop,,,,\n"
)


def test_an_area_with_groups_alone_lacks_two_approaches(look: Look) -> None:
    """Three groups in Town and its ward: nobody to meet one to one, and nothing online."""
    report = look(ALL, areas=TOWN, activities=GROUPS)
    found = {gap.subject: gap for gap in gaps(report, "approach-missing")}
    assert set(found) == {"one_to_one", "online"}
    gap = found["one_to_one"]
    assert (gap.severity, gap.area, gap.value, gap.threshold) == (Severity.MEDIUM, "town", 0, 1)
    assert gap.message == (
        "For people of Town no support one to one was found; 3 activities within reach were "
        "looked at."
    )
    assert gap.evidence == (
        "Within reach: activity group 1, course or workshop 1, support group 1.",
    )
    assert not unchecked(report, "approach-missing")


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ("d,Buddies,ward,peer_pair,,,,\n", {"online"}),
        ("d,Forum,,online,,,,\n", {"one_to_one"}),
        ("d,Line,,telephone,,ward,,\n", {"one_to_one"}),
        ("d,Line,,telephone,,vale,,\n", {"one_to_one", "online"}),
        ("d,Both,town,one_to_one,online,,,\n", set()),
        ("d,Afar,,online,one_to_one,,,\n", {"one_to_one"}),
        ("d,Many,town,one_to_one,,,12,\n", {"online"}),
        ("d,Vale pairs,vale,one_to_one,,,,\n", {"one_to_one", "online"}),
        ("d,Coming,,one_to_one,,town,,\n", {"online"}),
    ],
)
def test_an_approach_that_people_have_is_not_missing(
    look: Look, more: str, missing: set[str]
) -> None:
    """Below the area, from afar, beside another approach, in a total, or where it serves."""
    report = look(ALL, areas=f"{TOWN}vale,Vale,\n", activities=GROUPS + more)
    found = [gap for gap in gaps(report, "approach-missing") if gap.area == "town"]
    assert {gap.subject for gap in found} == missing


def test_an_activity_of_no_recorded_place_is_left_out_and_told(look: Look) -> None:
    """It may be one to one and in Town; the finding says what it does not know."""
    report = look(ALL, areas=TOWN, activities=f"{GROUPS}d,Somewhere,,one_to_one,,,,\n")
    gap = next(g for g in gaps(report, "approach-missing") if g.subject == "one_to_one")
    assert "Left out, because no place is recorded for them: 1 activity." in gap.evidence


def test_a_total_counts_for_as_many_and_its_part_for_none(look: Look) -> None:
    """Nine groups, one of them by name, and nobody counted twice."""
    rows = f"{APPROACHES}t,Total,town,support_group,,,9,\na,Art,town,support_group,,,,t\n"
    gap = gaps(look(ALL, areas=TOWN, activities=rows), "approach-missing")[0]
    assert "; 9 activities within reach" in gap.message
    assert gap.evidence == ("Within reach: support group 9.",)


@pytest.mark.parametrize(
    ("toml", "activities", "need"),
    [
        ("", GROUPS, 'network.toml surveyed: "activities"'),
        (ALL, f"{GROUPS}d,D,town,,,,,\n", "activities.approach"),
        (ALL, f"{GROUPS}d,D,town,one_to_one,juggling,,,\n", "activities.approach"),
        (ALL, APPROACHES, "activities.approach"),
        (ALL, f"{APPROACHES}a,A,town,support_group,,,,\n", "activities.area"),
    ],
    ids=["not surveyed", "unknown", "not understood", "no rows", "one activity"],
)
def test_missing_approaches_could_not_be_checked(
    look: Look, toml: str, activities: str, need: str
) -> None:
    """What nobody wrote down may be just the approach that is looked for."""
    report = look(toml, areas=TOWN, activities=activities)
    assert not gaps(report, "approach-missing")
    (one,) = unchecked(report, "approach-missing")
    assert need in one.needs


def test_approaches_could_not_be_checked_without_areas(look: Look) -> None:
    """A register without areas has no area that lacks anything."""
    (one,) = unchecked(look(ALL, activities="id,name\na,A\n"), "approach-missing")
    assert "areas" in one.needs


WAITING = "id,name,area,capacity,waiting_list,count\n"


def test_a_waiting_list_is_reported_with_the_room_there_is(look: Look) -> None:
    """Twelve people, and room for eight: four wait."""
    (gap,) = gaps(look(areas=TOWN, activities=f"{WAITING}a,Art,town,8,4,\n"), "over-capacity")
    assert (gap.severity, gap.id) == (Severity.HIGH, "example/over-capacity/town/a")
    assert (gap.value, gap.threshold, gap.unit, gap.people) == (4, 0, "people waiting", None)
    assert gap.message == "4 people are waiting for Art, which has room for 8."


def test_a_total_may_have_a_waiting_list_too(look: Look) -> None:
    """A district that knows only how many wait says as much."""
    (gap,) = gaps(look(activities=f"{WAITING}a,Art,,,1,9\n"), "over-capacity")
    assert gap.message == "1 person is waiting for Art."


def test_nobody_waiting_is_no_gap_and_unknown_is_told_once(look: Look) -> None:
    """Nought is an answer; two empty cells are none, and are one sentence."""
    report = look(activities=f"{WAITING}a,A,,8,0,\nb,B,,8,,\nc,C,,,,\n")
    assert not gaps(report, "over-capacity")
    (one,) = unchecked(report, "over-capacity")
    assert "in 2 of 3 rows" in one.message
    assert not unchecked(look(activities=f"{WAITING}a,A,,8,0,\n"), "over-capacity")


@pytest.mark.parametrize(
    ("waiting", "said", "value"),
    [("7", "Some people, too few to say how many, are", None), ("12", "About 10 people are", 10)],
)
def test_how_many_wait_is_protected(
    tmp_path: Path,
    write_network: Callable[..., tuple[Register, object]],
    waiting: str,
    said: str,
    value: int | None,
) -> None:
    """Seven or fewer people could be recognised; the public reads that some wait."""
    files = {"organisations": "id,name\n", "activities": f"{WAITING}a,Art,,,{waiting},\n"}
    register, _ = write_network(tmp_path, files)
    public = for_audience(register, Audience.PUBLIC, PrivacySettings())
    (gap,) = gaps(find(public, load()), "over-capacity")
    assert gap.message.startswith(said)
    assert gap.value == value


PLANNED = "id,name,planned_contacts,count,status\n"


def test_four_planned_contacts_are_few(look: Look) -> None:
    """Fewer than five is called low intensity; five is not."""
    report = look(activities=f"{PLANNED}a,Visits,4,,unknown\nb,More,5,,\nc,Weekly,50,,\n")
    (gap,) = gaps(report, "low-intensity")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold, gap.unit) == (4, 5, "contacts")
    assert gap.message == "Visits plans 4 contacts; fewer than 5 are called low intensity."
    assert gap.confidence == "inferred"
    assert not unchecked(report, "low-intensity")


def test_planned_contacts_could_not_be_checked(look: Look) -> None:
    """One row of three is unknown, and a total says nothing of the thirty it stands for."""
    rows = f"{PLANNED}a,A,9,,\nb,B,9,,\nc,C,,,\nd,D,2,30,\n"
    report = look(activities=rows)
    assert not gaps(report, "low-intensity")
    (one,) = unchecked(report, "low-intensity")
    assert one.needs == ("activities.planned_contacts",)
    assert one.message == (
        "How many contacts are planned is not recorded for 1 of 3 activities recorded by name. "
        "Totals that stand for 30 activities do not tell."
    )


ROUTES = "id,name,access_routes\n"


def test_a_way_in_through_others_alone_is_reported(look: Look) -> None:
    """People who know no doctor and no link worker have no way in."""
    report = look(activities=f"{ROUTES}a,Art,direct_referral; link_worker\n")
    (gap,) = gaps(report, "single-access-route")
    assert (gap.severity, gap.subject, gap.value) == (Severity.LOW, "a", 0)
    assert gap.message == (
        "For Art no way to refer oneself was found; recorded: direct referral, link worker."
    )


def test_self_referral_is_enough(look: Look) -> None:
    """One way in is no gap where it is everybody's."""
    report = look(activities=f"{ROUTES}a,Art,self_referral\n")
    assert not gaps(report, "single-access-route")
    assert not unchecked(report, "single-access-route")


def test_ways_in_could_not_be_checked(look: Look) -> None:
    """An empty cell is unknown, and so is one that could not be read."""
    report = look(activities=f"{ROUTES}a,Art,\nb,Book club,by pigeon\n")
    assert not gaps(report, "single-access-route")
    (one,) = unchecked(report, "single-access-route")
    assert one.needs == ("activities.access_routes",)
    assert "for any of 2 activities" in one.message
