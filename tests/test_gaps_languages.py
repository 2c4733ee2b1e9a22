"""The rule about communities, and activities for them, without a language of theirs."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

RULE = "language-missing"
ALL = 'surveyed = ["activities"]'
TOWN = "code,name,latitude,longitude\ntown,Town,53.8,-1.55\nfar,Far,51.5,-0.1\n"
PEOPLE = "area,total,pakistani,somali\ntown,1000,300,\n"
HEAD = "id,name,communities,languages,area,approach,count,verified_on\n"


def test_an_activity_for_a_community_in_english_alone_is_asked_about(look: Look) -> None:
    """Whether or not anybody counted who lives there: the row itself says whom it is for."""
    report = look(areas=TOWN, activities=f"{HEAD}g,Somali women,somali,en;ur-PK,town,,,\n")
    (gap,) = gaps(report, RULE)
    assert gap.id == "example/language-missing/town/somali/g"
    assert (gap.severity, gap.people) == (Severity.HIGH, None)
    assert (gap.value, gap.threshold) == (0, 1)
    assert "says that it is offered in English, Urdu" in gap.message
    assert "says that it is in Somali." in gap.message
    assert gap.confidence == "stated"


@pytest.mark.parametrize(
    "rows",
    [
        "g,A,somali,en;so,town,,,\n",
        "g,A,somali,Somali,town,,,\n",
        "g,A,somali,en,town,,,\nh,B,somali,so,town,,,\n",
        "g,A,somali,en,town,,,\nh,Open,,so,town,,,\n",
        "o,Line,somali,so,,telephone,,\n",
        "g,A,black_african,en,town,,,\n",
        "g,A,somali,en,town,,9,\n",
    ],
)
def test_a_language_of_theirs_within_reach_is_enough(look: Look, rows: str) -> None:
    """Its own, that of another group or of an open one; a wide community or a total has none."""
    report = look(ALL, areas=TOWN, activities=f"{HEAD}{rows}")
    assert not gaps(report, RULE)


def test_a_group_in_another_town_does_not_make_up_for_the_language(look: Look) -> None:
    """Two hundred miles are beyond reach; what is online is told as partial cover."""
    rows = "g,A,somali,en,town,,,\nh,B,somali,so,far,,,\no,Line,somali,so,,telephone,,\n"
    (gap,) = gaps(look(areas=TOWN, activities=f"{HEAD}{rows}"), RULE)
    assert gap.subject == "g"
    assert "Online or by telephone in their language, as partial cover: Line." in gap.evidence


@pytest.mark.parametrize(
    "rows",
    [
        "o,Line,somali,,,telephone,,\n",
        "g,A,somali,,town,,,\n",
        "g,A,somali,en,town,,,\nh,B,somali,,town,,,\n",
    ],
)
def test_a_language_nobody_wrote_down_is_unknown_not_english(look: Look, rows: str) -> None:
    """One entry for all of them, and no finding."""
    report = look(ALL, areas=TOWN, populations=PEOPLE, activities=f"{HEAD}{rows}")
    assert not gaps(report, RULE)
    named = [one for one in unchecked(report, RULE) if one.needs == ("activities.languages",)]
    (one,) = named
    assert "for a community" in one.message


OPEN = "a,Walk,,en,town,,,\nb,Art,,en;pl,town,,,\n"


def test_open_activities_without_a_language_of_residents_are_asked_about(look: Look) -> None:
    """Two activities, three hundred people, no language of theirs; in Far too few live there."""
    few = f"{PEOPLE}far,1000,20,\n"
    rows = f"{OPEN}f,Far walk,,en,far,,,\n"
    report = look(ALL, areas=TOWN, populations=few, activities=f"{HEAD}{rows}")
    (gap,) = gaps(report, RULE)
    assert gap.id == "example/language-missing/town/pakistani"
    assert (gap.people, gap.severity) == (300, Severity.HIGH)
    assert "Of the 2 activities within reach of Town" in gap.message
    assert "none says that it is offered in Urdu, Punjabi or Pahari." in gap.message
    assert "People of the community who live there: 300." in gap.evidence
    assert "Looked at: Walk, Art." in gap.evidence


@pytest.mark.parametrize(
    ("populations", "rows"),
    [
        (PEOPLE, f"{OPEN}c,Chat,,pa,town,,,\n"),
        (PEOPLE, ""),
        ("area,total,pakistani\ntown,1000,99\n", OPEN),
        ("area,total,indian\ntown,1000,300\n", OPEN),
    ],
)
def test_residents_are_not_asked_about_without_reason(
    look: Look, populations: str, rows: str
) -> None:
    """Punjabi is there; nothing at all is another finding; too few; no one language of theirs."""
    report = look(ALL, areas=TOWN, populations=populations, activities=f"{HEAD}{rows}")
    assert not gaps(report, RULE)


def test_a_wider_group_counts_among_what_they_may_use(look: Look) -> None:
    """A group for all minority ethnic people, in English, is no group in Urdu."""
    report = look(ALL, areas=TOWN, populations=PEOPLE, activities=f"{HEAD}g,All,bame,en,town,,,\n")
    assert [gap.community for gap in gaps(report, RULE)] == ["pakistani"]


def test_a_lapsed_group_for_them_is_not_asked_about(look: Look) -> None:
    """What is out of date is told of by another rule."""
    lapsed = "g,Old,pakistani,en,town,,,2020-01-01\n"
    report = look(ALL, areas=TOWN, populations=PEOPLE, activities=f"{HEAD}{lapsed}{OPEN}")
    assert not gaps(report, RULE)


@pytest.mark.parametrize(
    ("toml", "tables", "need"),
    [
        ("", {"populations": PEOPLE, "activities": f"{HEAD}{OPEN}"}, 'surveyed: "activities"'),
        (
            ALL,
            {"populations": PEOPLE, "activities": f"{HEAD}{OPEN}c,C,,,town,,,\n"},
            "activities.languages",
        ),
        (ALL, {"activities": f"{HEAD}{OPEN}"}, "activities.communities"),
        (ALL, {"activities": f"{HEAD}g,G,somali,so,town,,,\n"}, "populations.bame"),
    ],
)
def test_languages_could_not_be_checked(
    look: Look, toml: str, tables: dict[str, str], need: str
) -> None:
    """A list not meant to be whole, one row that does not say, or nobody with a language."""
    report = look(toml, areas=TOWN, **tables)
    assert not gaps(report, RULE)
    needs = [need for one in unchecked(report, RULE) for need in one.needs]
    assert any(need in one for one in needs)


def test_what_is_not_recorded_is_told_once_for_all_areas(look: Look) -> None:
    """Fifty areas without it are one thing to put right."""
    areas = "".join(f"a{n},A{n},53.8,-1.55\n" for n in range(50))
    people = "".join(f"a{n},1000,300\n" for n in range(50))
    report = look(
        ALL,
        areas=f"code,name,latitude,longitude\n{areas}",
        populations=f"area,total,pakistani\n{people}",
        activities=f"{HEAD}a,Walk,,,a1,,,\n",
    )
    (one,) = unchecked(report, RULE)
    assert one.message.startswith("In 50 areas not every activity says")


def test_a_finding_of_few_people_stands_under_most_settings(look: Look) -> None:
    """120 people count as a community, but not where 150 are asked for: one of eight ways."""
    people = "area,total,pakistani\ntown,1000,120\n"
    report = look(ALL, areas=TOWN, populations=people, activities=f"{HEAD}{OPEN}")
    assert [gap.stands for gap in gaps(report, RULE)] == [0.875]


def test_a_finding_about_an_old_row_stands_until_the_row_is_too_old(look: Look) -> None:
    """Seen eight months ago: where rows go out of date in half a year, it is no longer asked."""
    rows = "g,A,somali,en,town,,,2026-03-20\n"
    report = look(areas=TOWN, activities=f"{HEAD}{rows}")
    assert [gap.stands for gap in gaps(report, RULE)] == [0.875]
