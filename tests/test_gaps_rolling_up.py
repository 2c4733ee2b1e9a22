"""Gaps of small areas add up to their places, and places to the network; people count once."""

import pytest

from netmap.gaps.gap import Gap, RolledUp, Severity
from netmap.gaps.rolling_up import roll_up
from netmap.networks.areas import Areas
from netmap.networks.models import Area
from netmap.privacy import Protected

AREAS = Areas(
    Area(code=code, name=code.title(), parent=parent)
    for code, parent in {
        "north": None, "south": None, "n1": "north", "n2": "north", "n11": "n1", "s1": "south",
    }.items()
)  # fmt: skip


def gap(
    area: str | None, people: Protected = None, *, rule: str = "rule", subject: str = ""
) -> Gap:
    """Make a gap of one kind."""
    identity = "/".join(part for part in ("net", rule, area, subject) if part)
    return Gap(identity, rule, Severity.HIGH, "m", area=area, people=people, subject=subject)


def by_place(*gaps: Gap) -> dict[str | None, RolledUp]:
    """Roll gaps of one kind up."""
    return {row.area: row for row in roll_up(gaps, AREAS)}


def test_small_areas_add_up_to_places_and_places_to_the_network() -> None:
    """A strategist can take any figure apart and put it together again."""
    rows = by_place(gap("n1", 100), gap("n2", 20), gap("s1", 3))
    assert (rows["north"].people, rows["north"].areas) == (120, 2)
    assert (rows["south"].people, rows["south"].areas) == (3, 1)
    assert (rows[None].people, rows[None].areas, rows[None].gaps) == (123, 3, 3)


def test_people_of_an_area_inside_another_with_the_same_gap_count_once() -> None:
    """The 40 people of n11 are among the 100 of n1."""
    rows = by_place(gap("n1", 100), gap("n11", 40))
    assert rows["north"].people == rows[None].people == 100
    assert rows["north"].areas == 2


def test_two_gaps_of_one_area_count_its_people_once() -> None:
    """Two stale records of one town do not double its people."""
    rows = by_place(gap("n1", 100, subject="a"), gap("n1", 100, subject="b"))
    assert (rows[None].people, rows[None].gaps, rows[None].areas) == (100, 2, 1)


@pytest.mark.parametrize("people", [None, "*"])
def test_what_is_unknown_or_suppressed_is_said_and_not_added_as_nought(people: Protected) -> None:
    """A sum that leaves areas out says how many."""
    rows = by_place(gap("n1", 100), gap("n2", people))
    assert (rows["north"].people, rows["north"].uncounted) == (100, 1)
    assert by_place(gap("n2", people))[None].people is None


def test_each_kind_is_summed_up_by_itself_and_gaps_of_no_place_are_left_out() -> None:
    """Two rules may find the same people; adding them would count these twice."""
    rows = roll_up([gap("n1", 5), gap("n1", 5, rule="other"), gap(None, 9)], AREAS)
    assert [(row.rule, row.area, row.people) for row in rows] == [
        ("rule", None, 5), ("rule", "north", 5), ("other", None, 5), ("other", "north", 5),
    ]  # fmt: skip


def test_places_with_most_people_come_first_and_unknown_last() -> None:
    """What concerns most is read first."""
    rows = roll_up([gap("n1", 1), gap("s1", 2)], AREAS)
    assert [row.area for row in rows] == [None, "south", "north"]
    rows = roll_up([gap("n1"), gap("s1", 2)], AREAS)
    assert [row.area for row in rows] == [None, "south", "north"]
