"""The rule about communities that are served, and by nobody who is led by them."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Report, Severity

RULE = "led-by-missing"
ALL = 'surveyed = ["activities"]'
TOWN = "code,name,latitude,longitude\ntown,Town,53.8,-1.55\n"
PEOPLE = "area,total,pakistani,asian\ntown,1000,300,400\n"
BODIES = "id,name,led_by\nours,Ours,pakistani\nwide,Wide,asian\ntheirs,Theirs,lgbt\nnew,New,\n"
HEAD = "id,name,communities,organisation,area,verified_on,confidence\n"


def asked(look: Look, rows: str, toml: str = ALL, populations: str = PEOPLE) -> Report:
    """Look at one town."""
    return look(
        toml,
        areas=TOWN,
        organisations=BODIES,
        populations=populations,
        activities=f"{HEAD}{rows}",
    )


def test_a_community_served_by_others_alone_is_told_of_with_its_children(look: Look) -> None:
    """One low finding for Asian people; Pakistani people, served by the same, are told with it."""
    (gap,) = gaps(asked(look, "g,Group,pakistani,theirs,town,,approximate\n"), RULE)
    assert gap.id == "example/led-by-missing/town/asian"
    assert (gap.severity, gap.people) == (Severity.LOW, 400)
    assert (gap.value, gap.threshold) == (0, 1)
    assert "nothing led by the community was found" in gap.message
    assert "Looked at: Group." in gap.evidence
    assert "Theirs is led by: LGBT+ people." in gap.evidence
    assert "The same holds for: Pakistani." in gap.evidence
    assert gap.confidence == "approximate"


@pytest.mark.parametrize(
    "rows",
    [
        "g,G,pakistani,ours,town,,\n",
        "g,G,pakistani,wide,town,,\n",
        "g,G,pakistani,theirs,town,,\nh,H,asian,ours,town,,\n",
        "g,Open,,theirs,town,,\n",
        "g,Old,pakistani,theirs,town,2020-01-01,\n",
    ],
)
def test_one_activity_led_by_them_is_enough(look: Look, rows: str) -> None:
    """Led by Asian people in general may be by Pakistani people; open groups are for everyone."""
    report = asked(look, rows)
    assert not gaps(report, RULE)
    assert not unchecked(report, RULE)


@pytest.mark.parametrize(
    ("rows", "toml", "populations", "need"),
    [
        ("g,G,asian,new,town,,\n", ALL, PEOPLE, "organisations.led_by"),
        ("g,G,asian,,town,,\n", ALL, PEOPLE, "activities.organisation"),
        ("g,G,asian,theirs,town,,\nh,H,asian,,town,,\n", ALL, PEOPLE, "organisations.led_by"),
        ("g,G,asian,theirs,town,,\n", "", PEOPLE, 'network.toml surveyed: "activities"'),
        ("g,G,asian,theirs,town,,\n", ALL, "area,total\ntown,9\n", "populations.bame"),
    ],
)
def test_who_leads_could_not_be_checked(
    look: Look, rows: str, toml: str, populations: str, need: str
) -> None:
    """Not recorded is not "by others"."""
    report = asked(look, rows, toml, populations)
    assert not gaps(report, RULE)
    (one,) = unchecked(report, RULE)
    assert any(needed.startswith(need) for needed in one.needs)


def test_a_finding_of_few_people_stands_under_most_settings(look: Look) -> None:
    """120 people count as a community, but not where 150 are asked for: one of eight ways."""
    people = "area,total,asian\ntown,1000,120\n"
    report = asked(look, "g,G,asian,theirs,town,,\n", populations=people)
    assert [gap.stands for gap in gaps(report, RULE)] == [0.875]
