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
