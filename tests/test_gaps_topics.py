"""The rule about topics that comparable areas have activities on."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

RULE = "topic-missing"
ALL = 'surveyed = ["activities"]'
NAMES = ("north", "east", "south", "west")
# A degree of latitude apart, so that none is within reach of another.
AREAS = "code,name,latitude,longitude\n" + "".join(
    f"{name},{name.title()},{51 + n},-1.5\n" for n, name in enumerate(NAMES)
)
HEAD = "id,name,topics,area,count,approach\n"


def three(area: str, *topics: str) -> str:
    """Write three activities of an area, on these topics in turn."""
    return "".join(f"{area}{n},{area} {n},{t},{area},,\n" for n, t in enumerate(topics))


FULL = "".join(three(area, "anxiety", "bereavement", "carers") for area in NAMES[:2])
ONE = three("south", "anxiety", "bereavement", "diabetes")


def test_a_topic_that_half_of_the_others_have_is_asked_about(look: Look) -> None:
    """Bereavement: three of three others. Carers: two of three. Diabetes, in one, is no pattern."""
    rows = f"{FULL}{ONE}{three('west', 'anxiety', 'anxiety', 'anxiety')}"
    found = gaps(
        look(ALL, areas=AREAS, populations="area,total\nwest,900\n", activities=HEAD + rows), RULE
    )
    assert [gap.id for gap in found] == [
        "example/topic-missing/west/bereavement",
        "example/topic-missing/west/carers",
        "example/topic-missing/south/carers",
    ]
    gap = found[0]
    assert (gap.severity, gap.people, gap.value, gap.threshold) == (Severity.MEDIUM, 900, 0, 1)
    assert (
        "None of the 3 activities within reach of West is on the topic Bereavement" in gap.message
    )
    assert "3 of 3 other areas have one" in gap.message
    assert "With an activity on it within reach: East, North, South." in gap.evidence
    assert "Looked at: west 0, west 1, west 2." in gap.evidence
    assert any("at least half of the other areas" in said for said in gap.evidence)


@pytest.mark.parametrize(
    "west",
    [
        "",
        three("west", "anxiety", "anxiety"),
        three("west", "anxiety;carers", "bereavement", "diabetes"),
        "o,Online,anxiety,west,,online\n",
    ],
)
def test_few_activities_or_all_topics_are_no_gap(look: Look, west: str) -> None:
    """An area of two activities lacks most topics; that is for the rate to say."""
    report = look(ALL, areas=AREAS, activities=f"{HEAD}{FULL}{west}")
    assert not gaps(report, RULE)


def test_what_is_online_on_the_topic_is_partial_cover(look: Look) -> None:
    """A helpline for the bereaved is told beside the finding, and does not end it."""
    rows = f"{FULL}{three('west', 'anxiety', 'anxiety', 'carers')}h,Line,bereavement,,,telephone\n"
    (gap,) = gaps(look(ALL, areas=AREAS, activities=HEAD + rows), RULE)
    assert "Online or by telephone, as partial cover: Line." in gap.evidence


def test_parts_of_one_region_are_compared_with_each_other(look: Look) -> None:
    """A single region at the top has no peers; its parts have."""
    areas = "code,name,parent\nregion,Region,\n" + "".join(f"{n},{n},region\n" for n in NAMES)
    rows = f"{FULL}{three('west', 'anxiety', 'anxiety', 'carers')}"
    (gap,) = gaps(look(ALL, areas=areas, activities=HEAD + rows), RULE)
    assert (gap.area, gap.subject) == ("west", "bereavement")


@pytest.mark.parametrize(
    ("toml", "rows", "need"),
    [
        (ALL, f"{FULL}{three('west', 'anxiety', 'anxiety', '')}", "activities.topics"),
        (ALL, f"{FULL}w,West in all,anxiety,west,30,\n", "activities.topics"),
        (ALL, three("west", "anxiety", "anxiety", "anxiety"), "areas"),
        ("", f"{FULL}{three('west', 'anxiety', 'anxiety', 'carers')}", "network.toml surveyed"),
    ],
)
def test_topics_could_not_be_checked(look: Look, toml: str, rows: str, need: str) -> None:
    """One activity that does not say, or a total, may be on any topic; one area has no peers."""
    report = look(toml, areas=AREAS, activities=HEAD + rows)
    assert not gaps(report, RULE)
    (one,) = unchecked(report, RULE)
    assert any(needed.startswith(need) for needed in one.needs)


def test_a_topic_a_little_too_far_away_is_missing_under_most_settings(look: Look) -> None:
    """6 km by road, beyond the 5 of towns and within the 6.25 of one way in four."""
    head = HEAD.replace("approach", "approach,latitude,longitude")
    near = f"n,Near,bereavement,,,,{54 + 6 / 1.3 / 111.3},-1.5\n"
    rows = f"{FULL}{three('west', 'anxiety', 'anxiety', 'carers')}{near}"
    (gap,) = gaps(look(ALL, areas=AREAS, activities=head + rows), RULE)
    assert (gap.area, gap.subject, gap.stands) == ("west", "bereavement", 0.75)
