"""Rules about who has nothing, or too little: by community, type and rate."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

TOWN = "code,name,latitude,longitude\ntown,Town,53.8,-1.55\n"
PEOPLE = "area,measure,total,bame,source\ntown,people,1000,300,Census\n"
ENQUIRY = "area,community,asked,asked_on,by,answer,words,source\n"


def test_a_community_asked_about_with_nothing_is_a_high_finding(look: Look) -> None:
    """What was found, for how many, how it is known and what to do next: all in one finding."""
    report = look(
        areas=TOWN,
        organisations="id,name\nhub,The Hub\n",
        populations=PEOPLE,
        enquiries=f"{ENQUIRY}town,bame,yes,2026-05-01,hub,none,nobody knew of any,Interview 7\n",
    )
    (gap,) = gaps(report, "community-without-provision")
    assert gap.id == "example/community-without-provision/town/bame"
    assert (gap.severity, gap.state) == (Severity.HIGH, "none_found")
    assert (gap.area, gap.area_name, gap.community, gap.people) == ("town", "Town", "bame", 300)
    assert (gap.value, gap.threshold, gap.unit) == (0, 1, "activities")
    assert "no activity for" in gap.message
    assert "Town" in gap.message
    said = " ".join(gap.evidence)
    for words in (
        "300 people, 30.0% of residents",
        "Population: Census.",
        "Asked by The Hub on 2026-05-01: “nobody knew of any”. Source: Interview 7.",
        "0 open activities within reach",
        "5 km",
        "no rural/urban class is recorded",
    ):
        assert words in said
    assert "talk" in gap.prompt.lower()
    assert not unchecked(report, "community-without-provision")


@pytest.mark.parametrize("answer", ["open_only", "specific"])
def test_a_community_with_something_is_not_without_provision(look: Look, answer: str) -> None:
    """To call open groups "nothing" would be untrue."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        enquiries=f"area,community,asked,answer\ntown,bame,yes,{answer}\n",
    )
    assert not gaps(report, "community-without-provision")


def test_where_nobody_counted_it_is_said_that_nothing_is_known(look: Look) -> None:
    """The finding stands on the enquiry alone, and every other community could not be checked."""
    report = look(
        areas=TOWN,
        populations="area,total\ntown,1000\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,none\n",
    )
    (gap,) = gaps(report, "community-without-provision")
    assert gap.people is None
    assert "Nothing is known about who lives there." in gap.evidence
    (other,) = unchecked(report, "community-without-provision")
    assert other.area == "town"
    assert "only the pairs somebody enquired about" in other.message
    assert "populations.bame" in other.needs[0]


def test_parts_of_a_region_that_nobody_counted_could_not_be_checked(look: Look) -> None:
    """Figures for one part must not pass for the whole region."""
    report = look(
        areas="code,name,parent\nregion,Region,\none,One,region\ntwo,Two,region\n",
        populations="area,measure,bame\none,percent,20\n",
    )
    (other,) = unchecked(report, "community-without-provision")
    assert other.area == "region"
    assert "Two" in other.message
    assert "One" not in other.message


def test_communities_that_a_specific_activity_leaves_out_could_not_be_checked(look: Look) -> None:
    """The evidence names the descendants that one Somali group does not cover."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,communities,area\ng,Somali group,somali,town\n",
    )
    assert not gaps(report, "community-without-provision")
    (other,) = unchecked(report, "community-without-provision")
    assert "Somali group" in other.message
    assert "populations.asian" in other.needs
    assert "populations.black" not in other.needs


def test_open_only_is_a_medium_finding_in_other_words(look: Look) -> None:
    """Some prefer to be mixed: it is not the same as nothing, and does not sound like it."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,area,status\no,Open door,town,active\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,\n",
    )
    (gap,) = gaps(report, "community-open-only")
    assert (gap.severity, gap.state) == (Severity.MEDIUM, "open_only")
    assert (gap.value, gap.threshold, gap.people) == (1, 1, 300)
    assert "no group specifically for them was found within reach" in gap.message
    assert "1 open activity within reach: Open door." in gap.evidence
    assert gap.confidence == "stated"
    assert not gaps(report, "community-without-provision")


def test_provision_of_unknown_status_lowers_the_confidence(look: Look) -> None:
    """It counts, because to leave it out would invent a gap; but nobody knows that it runs."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,area,status\no,Open door,town,unknown\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,\n",
    )
    (gap,) = gaps(report, "community-open-only")
    assert gap.confidence == "inferred"


def test_confidence_is_that_of_the_weakest_row_that_decided(look: Look) -> None:
    """A finding is no surer than the enquiry it rests on."""
    report = look(
        areas=TOWN,
        enquiries="area,community,asked,answer,confidence\ntown,bame,yes,none,approximate\n",
    )
    (gap,) = gaps(report, "community-without-provision")
    assert gap.confidence == "approximate"


def test_a_community_with_a_group_of_its_own_is_not_open_only(look: Look) -> None:
    """Open groups beside a specific one are no gap."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,communities,area\no,Open,,town\ns,Ours,bame,town\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,\n",
    )
    assert not gaps(report, "community-open-only")


def test_not_asked_is_information_and_says_whom_to_ask(look: Look) -> None:
    """Three open groups are in the evidence, and nobody is told that there is nothing."""
    report = look(
        areas=TOWN,
        organisations="id,name,roles,area,led_by\n"
        "hub,The Hub,hub,town,\nours,Our Place,,town,pakistani\nfar,Far Away,,,pakistani\n",
        populations=PEOPLE,
        activities="id,name,area\na,A,town\nb,B,town\nc,C,town\n",
    )
    (gap,) = gaps(report, "community-not-asked")
    assert (gap.severity, gap.state, gap.people) == (Severity.INFO, "not_asked", 300)
    assert "Nobody has yet asked" in gap.message
    assert "3 open activities within reach: A, B, C." in gap.evidence
    assert "The Hub, Our Place" in gap.prompt
    assert "Far Away" not in gap.prompt


@pytest.mark.parametrize("answer", ["none", "open_only", "specific", ""])
def test_who_was_asked_about_is_not_not_asked(look: Look, answer: str) -> None:
    """Whatever came of it, somebody asked."""
    enquiries = f"area,community,asked,answer\ntown,bame,yes,{answer}\n"
    report = look(areas=TOWN, populations=PEOPLE, enquiries=enquiries)
    assert not gaps(report, "community-not-asked")


@pytest.mark.parametrize(
    "rule", ["community-open-only", "community-not-asked", "community-out-of-date"]
)
def test_without_shares_each_rule_says_that_it_could_not_look(look: Look, rule: str) -> None:
    """A town of which nothing is known is not a town without gaps."""
    (one,) = unchecked(look(areas=TOWN), rule)
    assert "Town" in one.message
    assert not unchecked(look(areas=TOWN, populations="area,measure,bame\ntown,percent,2\n"), rule)


def test_what_is_known_and_lapsed_is_out_of_date(look: Look) -> None:
    """Information, and a reason to ring; neither "there is one" nor "there is none"."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,communities,area,verified_on\ng,Old Group,bame,town,2024-01-01\n",
    )
    (gap,) = gaps(report, "community-out-of-date")
    assert (gap.severity, gap.state, gap.people) == (Severity.INFO, "out_of_date", 300)
    assert "older than 12 months" in gap.message
    assert "Last verified too long ago to count: Old Group (2024-01-01)." in gap.evidence


def test_what_was_verified_this_year_is_not_out_of_date(look: Look) -> None:
    """Nothing to report of a group seen in spring."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,communities,area,verified_on\ng,Group,bame,town,2026-04-01\n",
    )
    assert not gaps(report, "community-out-of-date")
    assert not unchecked(report, "community-out-of-date")


def test_rows_without_a_date_could_not_be_called_out_of_date(look: Look) -> None:
    """They count as current, which is a kindness to be told of."""
    report = look(
        areas=TOWN,
        populations=PEOPLE,
        activities="id,name,communities,area\ng,Group,bame,town\n",
        enquiries="area,community,asked,answer\ntown,bame,yes,none\n",
    )
    (one,) = unchecked(report, "community-out-of-date")
    assert one.needs == ("enquiries.asked_on", "activities.verified_on")


TYPED = "id,name,communities,community_type,area\n"
ALL = 'surveyed = ["activities"]'


def test_the_types_that_minority_ethnic_provision_lacks_are_named(look: Look) -> None:
    """General support does not make up for a group in people's own language."""
    activities = (
        f"{TYPED}g,For all,bame,general,town\nr,New here,refugee,refugee_and_migrant,town\n"
    )
    (gap,) = gaps(look(ALL, areas=TOWN, activities=activities), "community-type-missing")
    assert (gap.severity, gap.area, gap.community) == (Severity.MEDIUM, "town", "bame")
    assert (gap.value, gap.threshold) == (2, 3)
    assert "community-specific" in gap.message.lower().replace(" ", "-")
    assert "refugee" not in gap.message.lower()


def test_all_three_types_are_no_gap(look: Look) -> None:
    """One of each, as in the five regions of the evaluation."""
    activities = (
        f"{TYPED}g,A,bame,general,town\nr,B,undocumented,refugee_and_migrant,town\n"
        "s,C,somali,community_specific,town\n"
    )
    assert not gaps(look(ALL, areas=TOWN, activities=activities), "community-type-missing")


@pytest.mark.parametrize(
    ("toml", "activity", "need"),
    [
        (ALL, "g,A,bame,,town", "activities.community_type"),
        (ALL, "g,A,,,town", "activities.communities"),
        ("", "g,A,bame,general,town", 'network.toml surveyed: "activities"'),
    ],
)
def test_types_could_not_be_checked(look: Look, toml: str, activity: str, need: str) -> None:
    """A type not recorded, or a list never meant to be whole, proves no absence."""
    report = look(toml, areas=TOWN, activities=f"{TYPED}{activity}\n")
    assert not gaps(report, "community-type-missing")
    assert need in unchecked(report, "community-type-missing")[0].needs


AREAS = "code,name\nfull,Full\nthin,Thin\n"
RATES = "id,name,area,count,status\na,Full ones,full,30,active\nb,Thin ones,thin,{thin},active\n"
TOTALS = "area,total\nfull,100000\nthin,100000\n"


def test_a_rate_well_below_the_whole_is_reported(look: Look) -> None:
    """Thirty and ten for 100,000 each: twenty on the whole, and ten is below three quarters."""
    report = look(areas=AREAS, populations=TOTALS, activities=RATES.format(thin=10))
    (gap,) = gaps(report, "low-rate")
    assert (gap.severity, gap.area, gap.people) == (Severity.MEDIUM, "thin", 100000)
    assert (gap.value, gap.threshold) == (10.0, 20.0)
    assert "Thin has 10 recorded activities per 100,000 people" in gap.message
    assert gap.confidence == "stated"
    assert not unchecked(report, "low-rate")


def test_a_rate_at_the_ratio_is_not_low(look: Look) -> None:
    """Thirty and eighteen: 18 is exactly three quarters of 24."""
    report = look(areas=AREAS, populations=TOTALS, activities=RATES.format(thin=18))
    assert not gaps(report, "low-rate")


def test_the_ratio_of_a_low_rate_can_be_set(look: Look) -> None:
    """Ten is exactly half of twenty, so not below a ratio of a half."""
    report = look(
        "[gaps]\nlow_rate_ratio = 0.5",
        areas=AREAS,
        populations=TOTALS,
        activities=RATES.format(thin=10),
    )
    assert not gaps(report, "low-rate")


def test_named_rows_inside_a_total_do_not_raise_a_rate(look: Look) -> None:
    """Twenty named of the ten counted would otherwise make a thin area look full."""
    named = "".join(f"n{n},Named,thin,,active,b\n" for n in range(20))
    head = "id,name,area,count,status,part_of\n"
    rows = "a,Full ones,full,30,active,\nb,Thin ones,thin,10,active,\n"
    report = look(areas=AREAS, populations=TOTALS, activities=head + rows + named)
    assert gaps(report, "low-rate")[0].value == 10.0


@pytest.mark.parametrize(
    ("populations", "activities", "need"),
    [
        ("area,total\nfull,100000\n", RATES.format(thin=10), "populations.total"),
        (TOTALS, "id,name\n", "activities"),
    ],
)
def test_rates_could_not_be_worked_out(
    look: Look, populations: str, activities: str, need: str
) -> None:
    """Without people, or without activities, a rate would be a number about nothing."""
    report = look(areas=AREAS, populations=populations, activities=activities)
    assert not gaps(report, "low-rate")
    assert unchecked(report, "low-rate")[0].needs == (need,)
