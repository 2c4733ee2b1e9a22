"""Rules about where activities are, and which networks cover an area."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

ALL = 'surveyed = ["activities", "networks"]'
# The dale lies 20 km north of the town: 26 km by road, beyond the 15 of rural people.
DALE = (
    "code,name,latitude,longitude,rural_urban\n"
    "town,Town,53.80,-1.55,other_urban\ndale,Dale,53.98,-1.55,rural_80\n"
)


def test_a_rural_area_with_nothing_in_rural_reach_is_reported(look: Look) -> None:
    """How far the nearest is says whether travel help would do."""
    report = look(
        ALL,
        areas=DALE,
        populations="area,total\ndale,900\n",
        activities="id,name,area\ng,Group,town\n",
    )
    (gap,) = gaps(report, "rural-out-of-reach")
    assert (gap.severity, gap.area, gap.people) == (Severity.HIGH, "dale", 900)
    assert (gap.threshold, gap.unit) == (15, "km")
    assert gap.value == pytest.approx(26.0, abs=0.1)
    assert "No face-to-face activity was found within rural reach of Dale" in gap.message


@pytest.mark.parametrize(
    "activity",
    ["g,Group,,,53.89,-1.55,", "g,Group,dale,,51.5,-0.1,", "g,Group,town,dale,,,"],
)
def test_a_rural_area_with_something_in_reach_is_not_reported(look: Look, activity: str) -> None:
    """Ten km off (13 by road), in the dale itself, or in town and serving the dale."""
    head = "id,name,area,serves,latitude,longitude,approach\n"
    report = look(ALL, areas=DALE, activities=f"{head}{activity}\n")
    assert not gaps(report, "rural-out-of-reach")


def test_online_only_is_still_out_of_reach(look: Look) -> None:
    """A forum reaches the dale, and is not a room to meet in."""
    report = look(ALL, areas=DALE, activities="id,name,approach,area\nf,Forum,online,dale\n")
    (gap,) = gaps(report, "rural-out-of-reach")
    assert gap.value is None
    assert "none is recorded" in gap.message


def test_a_letter_in_a_report_is_no_rural_area(look: Look) -> None:
    """It takes part in targets alone, whatever else somebody wrote beside it."""
    areas = (
        "code,name,kind,rural_urban,latitude,longitude\na,Area A,anonymised,rural_80,53.8,-1.5\n"
    )
    report = look(ALL, areas=areas, activities="id,name\n")
    assert not gaps(report, "rural-out-of-reach")


def test_the_rural_catchment_can_be_set(look: Look) -> None:
    """Thirty km makes the town's group near enough."""
    report = look(
        f"{ALL}\n[reach]\nrural_km = 30", areas=DALE, activities="id,name,area\ng,Group,town\n"
    )
    assert not gaps(report, "rural-out-of-reach")


@pytest.mark.parametrize(
    ("toml", "areas", "need"),
    [
        ("", DALE, 'network.toml surveyed: "activities"'),
        (ALL, "code,name\ndale,Dale\n", "areas.rural_urban"),
        (ALL, "code,name,rural_urban\ndale,Dale,rural_80\n", "areas.latitude"),
    ],
)
def test_rural_reach_could_not_be_checked(look: Look, toml: str, areas: str, need: str) -> None:
    """Without a class, a point, or a list meant to be whole, nothing can be said."""
    report = look(toml, areas=areas)
    assert not gaps(report, "rural-out-of-reach")
    assert unchecked(report, "rural-out-of-reach")[0].needs == (need,)


VALLEY = (
    "code,name,parent,main_settlement\n"
    "valley,Valley,,mill\nmill,Mill,valley,\nquarter,Quarter,mill,\nend,End,valley,\n"
)


def test_everything_in_the_largest_settlement_is_reported(look: Look) -> None:
    """One in Mill and three in a quarter of it: four of four, whatever is online."""
    activities = "id,name,area,count,approach\na,A,mill,,\nb,B,quarter,3,\nc,Forum,end,,online\n"
    (gap,) = gaps(look(ALL, areas=VALLEY, activities=activities), "all-in-main-settlement")
    assert (gap.severity, gap.area) == (Severity.MEDIUM, "valley")
    assert (gap.value, gap.threshold) == (4, 4)
    assert "All 4 activities recorded in Valley meet in Mill" in gap.message


def test_one_activity_elsewhere_is_enough(look: Look) -> None:
    """Somebody meets at the end of the valley."""
    activities = "id,name,area\na,A,mill\nb,B,mill\nc,C,end\n"
    report = look(ALL, areas=VALLEY, activities=activities)
    assert not gaps(report, "all-in-main-settlement")
    assert not unchecked(report, "all-in-main-settlement")


@pytest.mark.parametrize(
    ("toml", "areas", "activities", "need"),
    [
        (ALL, "code,name\nvalley,Valley\n", "a,A,valley", "areas.main_settlement"),
        (ALL, VALLEY, "a,A,mill\nb,B,valley", "activities.area"),
        (ALL, VALLEY, "a,A,", "activities.area"),
        ("", VALLEY, "a,A,mill\nb,B,mill", 'network.toml surveyed: "activities"'),
    ],
)
def test_settlements_could_not_be_checked(
    look: Look, toml: str, areas: str, activities: str, need: str
) -> None:
    """A row for the valley as a whole may meet anywhere in it."""
    report = look(toml, areas=areas, activities=f"id,name,area\n{activities}\n")
    assert not gaps(report, "all-in-main-settlement")
    assert unchecked(report, "all-in-main-settlement")[0].needs == (need,)


PARTS = "code,name,parent\nnorth,North,\nhill,Hill,north\nford,Ford,north\nsouth,South,\n"
NETWORKS = "id,name,approach,serves\n"


def test_areas_no_network_names_are_reported_at_the_highest_level(look: Look) -> None:
    """Ford apart from Hill, which is covered; South once; a national network covers none."""
    activities = f"{NETWORKS}a,Hill Alliance,network,hill\nn,National,network,\n"
    report = look(ALL, areas=PARTS, populations="area,total\nsouth,70\n", activities=activities)
    found = gaps(report, "area-without-network")
    assert [(g.area, g.people, g.severity) for g in found] == [
        ("south", 70, Severity.MEDIUM),
        ("ford", None, Severity.MEDIUM),
    ]
    assert (found[0].value, found[0].threshold, found[0].unit) == (0, 1, "networks")
    assert "Hill is covered." in found[1].message
    assert "These name no area, and cover none in particular: National." in found[0].evidence


def test_an_area_a_network_names_is_covered_with_all_below_it(look: Look) -> None:
    """A county's alliance covers its towns."""
    activities = f"{NETWORKS}a,Alliance,network,north;south\n"
    assert not gaps(look(ALL, areas=PARTS, activities=activities), "area-without-network")


def test_a_support_group_is_no_network(look: Look) -> None:
    """That people meet there does not mean that organisations do."""
    activities = f"{NETWORKS}a,Group,support_group,north;south\n"
    report = look(ALL, areas=PARTS, activities=activities)
    assert [g.area for g in gaps(report, "area-without-network")] == ["north", "south"]


@pytest.mark.parametrize(
    ("toml", "areas", "need"),
    [("", PARTS, 'network.toml surveyed: "networks"'), (ALL, "code,name\n", "areas")],
)
def test_cover_by_networks_could_not_be_checked(
    look: Look, toml: str, areas: str, need: str
) -> None:
    """A register that did not set out to list networks lacks none."""
    report = look(toml, areas=areas)
    assert not gaps(report, "area-without-network")
    assert unchecked(report, "area-without-network")[0].needs == (need,)


VENUES = "id,name,area,venue,public_transport,travel_help,approach,count\n"


def test_a_venue_without_public_transport_is_reported_once_rural_first(look: Look) -> None:
    """Two groups meet in one hall; the dale's people come first, though the town has more."""
    report = look(
        areas=DALE,
        populations="area,total\ntown,90000\ndale,900\n",
        activities=f"{VENUES}a,Alpha,town,,no,yes,,\nb,Beta,dale,The Hall,no,,,\n"
        "c,Gamma,dale,the hall,no,,,\nd,Delta,town,Mill,yes,,,\n",
    )
    hall, town = gaps(report, "no-public-transport")
    assert (hall.area, hall.subject, hall.value, hall.people) == ("dale", "b", 2, 900)
    assert hall.severity is Severity.MEDIUM
    assert "The Hall in Dale" in hall.message
    assert "What meets there: Beta, Gamma." in hall.evidence
    assert "Whether help with travel is offered is not recorded." in hall.evidence
    assert (town.area, town.subject, town.people) == ("town", "a", None)
    assert town.message.startswith("The place where Alpha meets in Town is recorded")
    assert "Help with travel is offered by: Alpha." in town.evidence
    assert not unchecked(report, "no-public-transport")


def test_a_class_of_the_area_above_makes_a_venue_rural(look: Look) -> None:
    """A hamlet without a class of its own lies in a dale that has one."""
    areas = "code,name,parent,rural_urban\ndale,Dale,,rural_80\nham,Hamlet,dale,\n"
    people = "area,total\nham,50\n"
    report = look(areas=areas, populations=people, activities=f"{VENUES}a,A,ham,,no,no,,\n")
    (gap,) = gaps(report, "no-public-transport")
    assert gap.people == 50
    assert "No help with travel is offered." in gap.evidence


@pytest.mark.parametrize("activity", ["a,A,dale,,yes,,,", "a,A,dale,,no,,online,"])
def test_a_venue_with_a_bus_or_none_to_travel_to_is_not_reported(look: Look, activity: str) -> None:
    """Nobody needs a bus to a forum."""
    report = look(areas=DALE, activities=f"{VENUES}{activity}\n")
    assert not gaps(report, "no-public-transport")


def test_transport_that_nobody_wrote_down_is_told_once(look: Look) -> None:
    """Three rows, one of them rural, and one entry that says so; empty is not "no"."""
    activities = f"{VENUES}a,A,dale,,,,,\nb,B,town,,,,,\nc,C,town,,yes,,,\nd,D,town,,no,,,30\n"
    report = look(areas=DALE, activities=activities)
    assert not gaps(report, "no-public-transport")
    (one,) = unchecked(report, "no-public-transport")
    assert one.needs == ("activities.public_transport",)
    assert "2 of 3 activities in person, 1 of them in rural areas" in one.message


REMOTE = "id,name,approach,area,serves,latitude,longitude,other_approaches\n"


def test_only_a_forum_within_reach_is_partial_cover(look: Look) -> None:
    """The town has a group, the dale 26 km away has what is online and for it."""
    report = look(
        ALL,
        areas=DALE,
        populations="area,total\ndale,900\n",
        activities=f"{REMOTE}f,Forum,online,,,,,\nl,Line,telephone,,town,,,\n"
        "g,Group,support_group,town,,,,\n",
    )
    (gap,) = gaps(report, "online-only")
    assert (gap.area, gap.people, gap.severity) == ("dale", 900, Severity.MEDIUM)
    assert (gap.value, gap.threshold) == (0, 1)
    assert "Nothing in person was found within reach of Dale" in gap.message
    assert "Forum" in gap.message
    assert "Line" not in gap.message
    assert "Looked at: 1 activity in person in the network." in gap.evidence


@pytest.mark.parametrize(
    "more",
    [
        "g,Group,support_group,dale,,,,",
        "g,Group,,,dale,,,",
        "g,Group,support_group,,,53.89,-1.55,",
        "h,Both,online,dale,,,,drop_in",
    ],
)
def test_somewhere_to_meet_is_not_online_only(look: Look, more: str) -> None:
    """In the dale, for the dale, 13 km off by road, or online and in a room too."""
    town = "t,Town's,support_group,town,,,,\n"
    report = look(ALL, areas=DALE, activities=f"{REMOTE}f,Forum,online,,,,,\n{town}{more}\n")
    assert not gaps(report, "online-only")


def test_without_anything_at_all_it_is_not_online_only(look: Look) -> None:
    """That is another finding, and a forum that serves the town does not serve the dale."""
    activities = f"{REMOTE}f,Forum,online,,town,,,\ng,Group,support_group,town,,,,\n"
    report = look(ALL, areas=DALE, activities=activities)
    assert not gaps(report, "online-only")
    assert not unchecked(report, "online-only")


def test_online_only_is_said_of_the_highest_area(look: Look) -> None:
    """North with its hill and ford is one finding; of South, only the village without."""
    areas = (
        "code,name,parent,latitude,longitude\nnorth,North,,55,-1.5\nhill,Hill,north,55.1,-1.5\n"
        "ford,Ford,north,55.2,-1.5\nsouth,South,,53,-1.5\nmill,Mill,south,53,-1.5\n"
        "end,End,south,53.5,-1.5\n"
    )
    activities = f"{REMOTE}f,Forum,online,,,,,\ng,Group,support_group,mill,,,,\n"
    report = look(ALL, areas=areas, activities=activities)
    assert [gap.area for gap in gaps(report, "online-only")] == ["end", "north"]


def test_a_village_near_something_is_not_lumped_with_its_county(look: Look) -> None:
    """The county's middle and one village are far from a group that is beside another village."""
    areas = (
        "code,name,parent,latitude,longitude\nup,Up,,53,-1.5\nend,End,up,54,-1.5\n"
        "top,Top,up,55,-1.5\n"
    )
    activities = f"{REMOTE}f,Forum,online,,,,,\ng,Group,drop_in,,,54,-1.5,\n"
    report = look(ALL, areas=areas, activities=activities)
    assert [gap.area for gap in gaps(report, "online-only")] == ["top"]


PART = "code,name,parent,latitude,longitude\nup,Up,,53,-1.5\nend,End,up,54,-1.5\n"


@pytest.mark.parametrize(
    ("toml", "areas", "activities", "need"),
    [
        ("", DALE, "f,Forum,online,,,,,", 'network.toml surveyed: "activities"'),
        (ALL, "code,name\ndale,Dale\n", "f,Forum,online,,,,,", "areas.latitude"),
        (ALL, PART, "f,Forum,online,,,,,\ng,Group,drop_in,up,,,,", "activities.area"),
        (ALL, DALE, "g,Group,,,,,,", "activities.approach"),
        (ALL, DALE, "", "activities"),
    ],
)
def test_online_only_could_not_be_checked(
    look: Look, toml: str, areas: str, activities: str, need: str
) -> None:
    """What is recorded for a county as a whole may well meet at its far end."""
    report = look(toml, areas=areas, activities=f"{REMOTE}{activities}\n")
    assert not gaps(report, "online-only")
    (one,) = unchecked(report, "online-only")
    assert one.needs == (need,)
