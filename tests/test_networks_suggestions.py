"""Where a new activity would reach most people who have none, on a handful of areas in a row."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import WriteNetwork

from netmap.networks import for_audience
from netmap.networks.people import lowest
from netmap.networks.register import Register
from netmap.networks.suggestions import Candidate, Measure, Suggestion, area_points, suggest
from netmap.privacy import Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

# 0.03 degrees of latitude are 3.3 km: b is within 5 km of a and c, these are 6.7 km apart, d far.
TOML = "[reach]\nurban_km = 5\nrural_km = 5\ndetour = 1.0\n"
AREAS = """
    code,name,latitude,longitude
    a,Ashby,53.00,-1.5
    b,Barton,53.03,-1.5
    c,Carlton,53.06,-1.5
    d,Denby,53.30,-1.5
"""
PEOPLE = """
    area,measure,total,bame,refugee
    a,people,1000,100,0
    b,people,1000,200,0
    c,people,1000,300,0
    d,people,1000,500,400
"""
IN_ASHBY = "id,name,area,communities{more}\ngroup,A group,a,{whom}{cells}\n"
Read = Callable[..., Register]


def group(whom: str = "bame", **cells: str) -> str:
    """Write activities.csv with one activity in Ashby."""
    more, values = "".join(f",{c}" for c in cells), "".join(f",{v}" for v in cells.values())
    return IN_ASHBY.format(more=more, whom=whom, cells=values)


@pytest.fixture
def read(tmp_path: Path, write_network: WriteNetwork) -> Read:
    """Give the function that reads the four areas, with other tables and settings."""

    def reading(toml: str = TOML, **tables: str) -> Register:
        files = {"organisations": "id,name\n", "areas": AREAS, "populations": PEOPLE, **tables}
        return write_network(tmp_path, files, toml=toml)[0]

    return reading


def suggested(
    register: Register, sites: int = 1, candidates: Sequence[Candidate] | None = None, **whom: float
) -> Suggestion:
    """Suggest sites for bame people, or whom else, among the areas, or where else."""
    places = area_points(register, lowest(register)) if candidates is None else candidates
    return suggest(register, load()["community"], whom or {"bame": 1}, sites, places)


def chosen(found: Suggestion) -> list[tuple[str | None, object]]:
    """Give the areas of the sites, and how many people are newly covered."""
    return [(site.area, site.newly_covered) for site in found.sites]


def test_the_place_between_three_reaches_more_than_the_largest(read: Read) -> None:
    """100 + 200 + 300 around Barton are more than the 500 of Denby."""
    found = suggested(read())
    assert chosen(found) == [("b", 600)]
    assert (found.covered_before, found.covered_after) == (0, round(600 / 1100, 4))
    assert (found.optimal, found.bound_gap, found.measure) == (True, 0, Measure.PEOPLE)


def test_each_person_is_newly_covered_once(read: Read) -> None:
    """What the sites newly cover adds up to what is covered in the end."""
    found = suggested(read(), sites=2)
    assert chosen(found) == [("b", 600), ("d", 500)]
    assert found.covered_after == 1


def test_people_who_have_something_are_not_counted_again(read: Read) -> None:
    """A group in Ashby is within reach of Barton too; then Denby has most who have nothing."""
    found = suggested(read(activities=group()))
    assert chosen(found) == [("d", 500)]
    assert (found.covered_before, found.covered_after) == (round(300 / 1100, 4), round(8 / 11, 4))
    hall = Candidate("hall", "Hall", -1.5, 53.30)
    assert chosen(suggested(read(activities=group()), candidates=[hall])) == [("d", 500)]


@pytest.mark.parametrize(
    "activities",
    [
        group(""),
        group("pakistani"),
        group("refugee"),
        group(count="3"),
        group(approach="online"),
        group(status="closed"),
        group(approach="network"),
    ],
    ids=["open", "a part of them", "others", "a total", "online", "closed", "of organisations"],
)
def test_only_a_current_activity_in_person_for_them_covers(read: Read, activities: str) -> None:
    """What does not count as theirs leaves the best place where it was."""
    found = suggested(read(activities=activities))
    assert (chosen(found), found.covered_before) == ([("b", 600)], 0)


def test_what_is_for_a_wider_community_covers_the_narrower(read: Read) -> None:
    """Pakistani people may go to a group for all minority ethnic people."""
    people = PEOPLE.replace("bame", "pakistani")
    found = suggested(read(populations=people, activities=group("bame")), pakistani=1)
    assert chosen(found) == [("d", 500)]


def test_where_everybody_has_something_no_place_is_suggested(read: Read) -> None:
    """An honest none beats a place that adds nothing."""
    everywhere = "id,name,communities,serves\ngroup,A group,bame,a;b;c;d\n"
    found = suggested(read(activities=everywhere), sites=3)
    assert (found.sites, found.covered_before, found.covered_after) == ((), 1, 1)
    assert (found.optimal, found.areas) == (True, (4, 0))


def test_without_places_to_choose_from_none_is_suggested(read: Read) -> None:
    """A venues file may be empty."""
    found = suggested(read(), candidates=[])
    assert (found.sites, found.covered_after, found.optimal) == ((), 0, True)


def test_more_places_than_there_are_give_those_that_add_somebody(read: Read) -> None:
    """Nobody is sent to a fourth place that reaches nobody else."""
    assert [area for area, _ in chosen(suggested(read(), sites=9))] == ["b", "d"]


def test_the_order_of_rows_and_of_places_changes_nothing(read: Read) -> None:
    """Ashby and Denby would cover as many; whoever sorts the file must not move the group."""
    alike = "area,measure,total,bame\n{}\n"
    rows = [f"{code},people,1000,100" for code in "abcd"]
    first = read(populations=alike.format("\n".join(rows)), areas=AREAS.replace("53.03", "53.70"))
    heading, *areas = AREAS.replace("53.03", "53.70").strip().splitlines()
    turned = "\n".join([heading.strip(), *(line.strip() for line in areas[::-1])])
    other = read(populations=alike.format("\n".join(rows[::-1])), areas=turned)
    places = area_points(first, lowest(first))
    assert suggested(first, 2, places) == suggested(other, 2, places[::-1])
    assert [area for area, _ in chosen(suggested(first, 2, places))] == ["a", "b"]


def test_of_equal_places_the_one_where_more_live_is_chosen(read: Read) -> None:
    """Two neighbours reach each other: the group meets where most of its members live."""
    people = "area,measure,total,bame\na,people,1000,100\nb,people,1000,200\n"
    areas = "\n".join(line for line in AREAS.splitlines() if "Carl" not in line)
    assert chosen(suggested(read(populations=people, areas=areas))) == [("b", 300)]


def test_where_nobody_is_counted_residents_are_weighed_and_no_people_made_up(read: Read) -> None:
    """A total says where people live, not who they are."""
    people = "area,measure,total\na,people,1000\nb,people,1000\nc,people,1000\nd,people,9000\n"
    found = suggested(read(populations=people))
    assert (found.measure, found.covered_before, found.covered_after) == ("residents", None, None)
    assert chosen(found) == [("d", None)]
    assert (found.sites[0].residents, found.sites[0].areas, found.whom[0].people) == (9000, 1, None)


def test_where_nothing_is_known_of_people_every_area_counts_alike(read: Read) -> None:
    """Three areas around Barton, one around Denby."""
    found = suggested(read(populations="area,measure\n"))
    assert (found.measure, chosen(found)) == ("areas", [("b", None)])
    assert (found.sites[0].residents, found.sites[0].areas) == (None, 3)


def test_areas_whose_number_is_not_known_are_said_and_not_counted(read: Read) -> None:
    """Unknown is not nought, and the share is that of the people known of."""
    people = PEOPLE.replace("d,people,1000,500,400", "d,people,1000,,")
    found = suggested(read(populations=people), sites=2)
    assert (chosen(found), found.unknown, found.covered_after) == ([("b", 600)], 1, 1)


def test_a_number_estimated_by_the_area_above_is_said_to_be(read: Read) -> None:
    """Half of the 2,000 of the county are bame: so are 300 of the 600 of its town."""
    areas = "code,name,parent,latitude,longitude\nk,Kent,,51.2,0.5\nt,Town,k,51.2,0.5\n"
    people = "area,measure,total,bame\nk,people,2000,1000\nt,people,600,\n"
    found = suggested(read(areas=areas, populations=people))
    assert (chosen(found), found.estimated) == ([("t", 300)], 1)


def test_a_community_that_counts_more_moves_the_place(read: Read) -> None:
    """400 refugees in Denby tip the scales; people are still counted as people."""
    found = suggested(read(), bame=1, refugee=1)
    assert chosen(found) == [("d", 900)]
    assert chosen(suggested(read(), bame=2, refugee=0.1)) == [("b", 600)]
    little = suggested(read(), bame=1, refugee=0.2)
    assert chosen(little) == [("b", 600)]
    assert little.covered_after == round(600 / (1100 + 0.2 * 400), 4)
    assert [(one.community, one.people, one.covered_after) for one in little.whom] == [
        ("bame", 1100, round(600 / 1100, 4)),
        ("refugee", 400, 0),
    ]


def test_a_place_reaches_the_area_it_is_in_and_those_in_whose_catchment_it_lies(read: Read) -> None:
    """A hall 3 km beyond Carlton is in Denby by its address, and reaches Carlton by road."""
    hall = Candidate("hall", "Hall", -1.5, 53.09, "d")
    found = suggested(read(), candidates=[hall])
    assert chosen(found) == [("d", 800)]
    assert (found.sites[0].name, found.sites[0].latitude) == ("Hall", 53.09)


def test_a_place_without_an_area_is_told_by_the_nearest(read: Read) -> None:
    """A file of halls need not know the codes."""
    found = suggested(read(), candidates=[Candidate("hall", "Hall", -1.5, 53.06)])
    assert chosen(found) == [("c", 500)]


def test_an_area_without_a_point_is_reached_from_within(read: Read) -> None:
    """Nobody knows how far Denby is, but a group in Denby is in Denby."""
    areas = AREAS.replace("d,Denby,53.30,-1.5", "d,Denby,,")
    found = suggested(read(areas=areas), sites=2)
    assert chosen(found) == [("b", 600), ("d", 500)]
    assert found.sites[1].latitude is None


def test_a_place_at_the_edge_of_a_catchment_is_less_sure_and_stands_below(read: Read) -> None:
    """4.4 km are too far when catchments are a fifth smaller: three of four settings, so likely."""
    edge = Candidate("edge", "Edge", -1.5, 53.34)
    near = Candidate("near", "Near", -1.5, 53.03, "b")
    areas = AREAS.replace("53.06", "53.50")
    found = suggested(read(areas=areas), sites=2, candidates=[edge, near])
    assert [(site.name, site.newly_covered, site.stands) for site in found.sites] == [
        ("Near", 300, 1.0),
        ("Edge", 500, 0.75),
    ]
    assert [site.sureness.value for site in found.sites] == ["firm", "likely"]


def test_a_place_for_which_one_beside_it_does_is_chosen_again(read: Read) -> None:
    """Under other settings the hall next door may be the better one; that is no doubt."""
    # 4.4 and 3.9 km from Denby: with catchments of 4 km only the second is near enough.
    doors = [Candidate("one", "One", -1.5, 53.34), Candidate("two", "Two", -1.5, 53.335)]
    found = suggested(read(), candidates=doors)
    assert [(site.name, site.stands) for site in found.sites] == [("One", 1.0)]


def test_what_is_withheld_is_in_no_suggestion_for_others(read: Read) -> None:
    """The group is in Ashby for staff; to the public there is nothing, and nobody who offers it."""
    organisations = "id,name,area,visibility\nhidden,Hidden House,a,withheld\n"
    activities = "id,name,organisation,area,communities\ngroup,A group,hidden,a,bame\n"
    people = "area,measure,total,bame\na,people,1000,100\nb,people,1000,200\n"
    people += "c,people,1000,300\nd,people,1000,500\n"
    register = read(organisations=organisations, activities=activities, populations=people)
    seen = for_audience(register, Audience.PUBLIC, PrivacySettings())
    assert chosen(suggested(register)) == [("d", 500)]
    found = suggested(seen)
    assert (chosen(found), found.covered_before) == ([("b", 600)], 0)
    assert found.sites[0].helpers == ()


def test_others_see_rounded_numbers_and_are_told_of_those_too_small(read: Read) -> None:
    """102 are shown as 100; of the seven in Denby nobody outside is told."""
    people = "area,measure,total,bame\na,people,900,102\nb,people,900,103\nd,people,900,7\n"
    register = read(populations=people)
    assert chosen(suggested(register, 2)) == [("b", 205), ("d", 7)]
    found = suggested(for_audience(register, Audience.PUBLIC, PrivacySettings()), 2)
    assert chosen(found) == [("b", 205)]
    assert (found.suppressed, found.unknown, found.covered_after) == (1, 1, 1)
    rounder = PrivacySettings(round_to=100)
    assert chosen(suggested(for_audience(register, Audience.PUBLIC, rounder), 2)) == [("a", 200)]


def test_travel_times_tell_what_is_within_reach_now(read: Read) -> None:
    """A bus that takes an hour to the next village reaches nobody within half an hour."""
    travel = "area,activity,minutes\na,group,5\nb,group,60\nc,group,60\nd,group,10\n"
    found = suggested(read(activities=group(), travel=travel))
    assert (found.timed, found.covered_before) == (True, round(600 / 1100, 4))
    assert chosen(found) == [("c", 500)]


def test_those_who_could_help_come_by_introductions_from_the_hub(read: Read) -> None:
    """The hub itself, whom it knows, who serves the community near by; nobody 100 km away."""
    organisations = """
        id,name,roles,area,led_by
        hub,The Hub,hub,b,
        friend,A Friend,,d,bame
        stranger,A Stranger,,d,
        other,Another,,d,
        between,Between,,d,
        late,A Late One,,d,pakistani
        far,Far Away,,f,bame
    """
    activities = "id,name,organisation,area,communities\ntea,Tea,stranger,d,bame\n"
    ties = """
        source_organisation,target_organisation,kind
        hub,friend,funds
        between,hub,funds
        late,between,funds
    """
    areas = f"{AREAS.rstrip()}\n    f,Farley,54.00,-1.5\n"
    register = read(organisations=organisations, activities=activities, ties=ties, areas=areas)
    helpers = suggested(register).sites[0].helpers
    assert [one.organisation for one in helpers] == ["hub", "friend", "late", "stranger"]
    hub, friend, late, stranger = (one.why for one in helpers)
    assert hub == "is based in Barton as its hub"
    assert friend.startswith("is led by people of ")
    assert friend.endswith("30 km away; tied to The Hub")
    assert late.endswith("1 between it and The Hub")
    assert stranger.startswith("offers something for ")
    assert stranger.endswith(": Tea; 30 km away")
