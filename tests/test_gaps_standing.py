"""Under which share of the alternative settings a gap stands: hand-counted on one town."""

from collections.abc import Callable

import pytest

from netmap.gaps import RULES, Report
from netmap.gaps.gap import Sureness, sureness_of
from netmap.gaps.standing import alternatives_for
from netmap.networks.alternatives import GRID
from netmap.networks.models import GapSettings, NetworkSettings, ReachSettings

Look = Callable[..., Report]

TOWN = "code,name,latitude,longitude,rural_urban\ntown,Town,53.8,-1.55,other_urban\n"
ASKED = "area,community,asked,asked_on,answer\ntown,somali,yes,{day},none\n"
PEOPLE = "area,total,somali\ntown,10000,{people}\n"
# North of the town by so many km as the crow flies; 5 km of road reach 3.85 km at a detour of 1.3.
GROUP = "id,name,communities,latitude,longitude\ng,Group,somali,{latitude},-1.55\n"
KM_OF_LATITUDE = 1 / 111.3
RULE = "community-without-provision"


def stands(look: Look, *, km: float = 50, people: int = 1000, asked: str = "2026-11-01") -> float:
    """Say under which share of alternatives "none found" stands for the town."""
    report = look(
        areas=TOWN,
        populations=PEOPLE.format(people=people),
        enquiries=ASKED.format(day=asked),
        activities=GROUP.format(latitude=53.8 + km * KM_OF_LATITUDE),
    )
    (gap,) = [one for one in report.gaps if one.rule == RULE]
    assert gap.stands is not None
    return gap.stands


def test_eight_alternatives_change_what_the_rule_reads() -> None:
    """Two of catchment, detour, community and staleness each; decay is of no concern to it."""
    assert len(alternatives_for(RULES[RULE])) == 8
    assert len(GRID) == 9


def test_a_gap_far_from_every_threshold_is_firm(look: Look) -> None:
    """The nearest group is 50 km away, whatever one takes for a reasonable way."""
    assert stands(look) == 1
    assert sureness_of(1) is Sureness.FIRM


def test_a_group_just_outside_the_catchment_makes_the_gap_depend_on_it(look: Look) -> None:
    """At 4.5 km only catchments a quarter larger (4.8 km) take it in: seven of eight stand."""
    assert stands(look, km=4.5) == 7 / 8


def test_nearer_still_straighter_roads_take_it_in_too(look: Look) -> None:
    """At 4.1 km a detour of 1.2 does as well (4.17 km): six of eight."""
    assert stands(look, km=4.1) == 6 / 8
    assert sureness_of(6 / 8) is Sureness.LIKELY


def test_a_community_just_over_the_threshold_is_not_there_when_it_is_raised(look: Look) -> None:
    """120 people count at 100, not at 150."""
    assert stands(look, people=120) == 7 / 8


def test_an_answer_that_would_be_out_of_date_sooner_stands_in_fewer(look: Look) -> None:
    """Asked nine months ago: fresh within a year, not within six months."""
    assert stands(look, asked="2026-02-22") == 7 / 8


def test_several_doubts_add_up(look: Look) -> None:
    """Near, few and long ago: four of eight, which depends on what one takes."""
    assert stands(look, km=4.1, people=120, asked="2026-02-22") == 4 / 8
    assert sureness_of(4 / 8) is Sureness.DEPENDS


def test_what_rests_on_no_such_setting_says_nothing(look: Look) -> None:
    """A total that does not add up is no surer or less sure for a longer way."""
    report = look(areas=TOWN, toml="[stated_totals]\nareas = 7\n")
    (gap,) = [one for one in report.gaps if one.rule == "totals-disagree"]
    assert gap.stands is None
    assert gap.sureness is None


def test_looking_under_other_settings_leaves_the_findings_as_they_are(look: Look) -> None:
    """The alternatives are asked beside the settings of the network, not instead of them."""
    report = look(
        areas=TOWN,
        populations=PEOPLE.format(people=1000),
        enquiries=ASKED.format(day="2026-11-01"),
    )
    assert [one.threshold for one in report.gaps if one.rule == RULE] == [1]
    assert not [one for one in report.gaps if one.state == "out_of_date"]


@pytest.mark.parametrize("alternative", GRID, ids=lambda one: one.words)
def test_each_alternative_changes_its_keys_and_no_other(alternative: object) -> None:
    """What the grid says it varies is what it varies, and settings stay within their bounds."""
    one = next(a for a in GRID if a is alternative)
    before = NetworkSettings()
    after = one.of(before)
    was = {**before.reach.model_dump(), **before.gaps.model_dump()}
    now = {**after.reach.model_dump(), **after.gaps.model_dump()}
    assert {key for key in was if was[key] != now[key]} == one.keys
    ReachSettings.model_validate(after.reach.model_dump())
    GapSettings.model_validate(after.gaps.model_dump())
