"""Counts and rates, and what does not add up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from netmap.findings import Finding
from netmap.networks.register import Register
from netmap.networks.summary import population_of, summarise
from netmap.vocabulary import load

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]

FILES = {
    "organisations": """
        id,name,area,sector,roles
        hub,Hub,north,third_sector,hub
        group,Group,n1,community,grassroots_group; advisory_member
        adrift,Adrift,,,
    """,
    "areas": """
        code,name,parent,kind,rural_urban
        north,North,,place,
        n1,North One,north,ward,rural_80
        n2,North Two,north,ward,
        south,South,,place,other_urban
    """,
    "populations": """
        area,total
        north,100000
        n1,30000
        n2,30000
        south,50000
    """,
    "activities": """
        id,name,organisation,area,approach,count,part_of,communities,status,topics
        all,All groups,,north,support_group,12,,,,
        named,A named one,group,n1,support_group,,all,bame,,
        walk,Walk,group,,activity_group,,,bame; men,,bereavement; anxiety
        call,Call,hub,,telephone,,,,unknown,
        net,Alliance,hub,,network,,,,,
        shut,Shut,hub,,drop_in,,,,closed,
        soon,Soon,hub,,drop_in,,,,planned,
        roam,Roaming,,,one_to_one,,,,,
    """,
}
VOCABULARIES = load()


@pytest.fixture
def register(tmp_path: Path, write_network: WriteNetwork) -> Register:
    """Twelve in a total, one of them named; a walk, a telephone line, one without a place."""
    toml = """
        [stated_totals]
        activities = 16
        population = { value = 150100, within = 100 }
        bame = { value = 2, of = "activities", community = "bame" }
        hubs = { value = 1, of = "organisations", role = "hub" }
        ties = 3
        moons = 4
    """
    found, findings = write_network(tmp_path, FILES, toml=toml)
    assert [f.code for f in findings] == []
    return found


def test_each_area_at_the_top_rolls_up_what_is_below(register: Register) -> None:
    """Place-based and system-based views must add up: 14 in the north, 15 in all, 1 nowhere."""
    summary = summarise(register, VOCABULARIES)
    assert [(r.key, r.activities, r.organisations, r.population) for r in summary.rows] == [
        ("north", 14, 2, 100_000),
        ("south", 0, 0, 50_000),
    ]
    assert [r.activities_per_100k for r in summary.rows] == [14.0, 0.0]
    assert (summary.total.activities, summary.total.organisations) == (15, 3)
    assert (summary.total.population, summary.total.activities_per_100k) == (150_000, 10.0)


def test_another_level_may_be_asked_for(register: Register) -> None:
    """A named activity that is part of the north's total adds nothing to its ward either."""
    summary = summarise(register, VOCABULARIES, level="ward")
    assert [(r.key, r.activities, r.population) for r in summary.rows] == [
        ("n1", 1, 30_000),
        ("n2", 0, 30_000),
    ]


def test_a_population_is_the_areas_own_or_its_childrens_never_both(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The north counts 100,000, not 160,000; without its own row 60,000; with one ward unknown."""
    assert "north,100000\n" in FILES["populations"]
    own, _ = write_network(tmp_path, FILES)
    assert population_of(own, "north") == 100_000
    rows = FILES["populations"].replace("        north,100000\n", "")
    children, _ = write_network(tmp_path, {**FILES, "populations": rows}, name="children")
    assert population_of(children, "north") == 60_000
    rows = rows.replace("        n2,30000\n", "")
    half, _ = write_network(tmp_path, {**FILES, "populations": rows}, name="half")
    assert population_of(half, "north") is None
    assert summarise(half, VOCABULARIES).total.activities_per_100k is None


@pytest.mark.parametrize(
    ("by", "counts"),
    [
        ("approach", {"support_group": 12, "activity_group": 1, "telephone": 1, "one_to_one": 1}),
        ("community", {"bame": 1, "men": 1, "open": 2, "not_recorded": 12}),
        ("topic", {"bereavement": 1, "anxiety": 1, "not_recorded": 14}),
        ("sector", {"community": 1, "third_sector": 1, "not_recorded": 13}),
        ("role", {"grassroots_group": 1, "advisory_member": 1, "hub": 1, "not_recorded": 13}),
        ("rural_urban", {"rural_80": 1, "not_recorded": 14}),
    ],
)
def test_activities_are_counted_by_what_is_asked(
    register: Register,
    by: str,
    counts: dict[str, int],
) -> None:
    """A total weighs twelve, a named part of it nothing, a network is no provision."""
    summary = summarise(register, VOCABULARIES, by)  # type: ignore[arg-type]  # one of By
    assert {r.key: r.activities for r in summary.rows if r.activities} == counts
    assert summary.total.activities == 15


def test_labels_come_from_the_vocabulary_and_what_is_not_recorded_comes_last(
    register: Register,
) -> None:
    """People see words, not slugs."""
    rows = summarise(register, load(labels={"bame": "Our word"}), "community").rows
    assert {r.label for r in rows} >= {"Our word", "Open to anyone"}
    assert rows[-1].key == "not_recorded"


def test_stated_totals_are_put_beside_the_sums(register: Register) -> None:
    """Exact where a number is plain, within the tolerance where one is given."""
    found = {r.what: r for r in summarise(register, VOCABULARIES).reconciliation}
    assert (found["activities"].counted, found["activities"].difference) == (15, 1)
    assert not found["activities"].agrees
    assert found["population"].difference == 100
    assert found["population"].agrees
    assert found["bame"].counted == 1
    assert found["hubs"].agrees
    assert found["ties"].counted == 0
    assert "moons" not in found


def test_an_empty_register_sums_to_nothing_without_a_fault(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """The first day of a network."""
    register, _ = write_network(tmp_path, {"organisations": "id,name\n"})
    summary = summarise(register, VOCABULARIES)
    assert summary.rows == ()
    assert (summary.total.activities, summary.total.population) == (0, None)
