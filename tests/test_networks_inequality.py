"""How unequally reach is spread over people, on figures that can be checked in the head."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyproj
import pytest

from netmap.cli import run
from netmap.findings import Finding
from netmap.networks.reach.distribution import Across, Distribution, distribution
from netmap.networks.reach.groups import Group
from netmap.networks.reach.inequality import concentration_index, gini, weighted_quantile
from netmap.networks.reach.verdicts import verdict
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.privacy import SUPPRESSED, Audience
from netmap.vocabulary import load
from netmap.workspace import PrivacySettings

WriteNetwork = Callable[..., tuple[Register, list[Finding]]]
Find = Callable[..., Distribution]
TO_DEGREES = pyproj.Transformer.from_crs(27700, 4326, always_xy=True)
KM_ARE_KM = "[reach]\ndetour = 1\nurban_km = 5\nrural_km = 15\ndecay = 'step'\n"


def numbers(*values: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Make an array."""
    return np.array(values, dtype=np.float64)


def at(east_km: float) -> str:
    """Place a point so many km east of one near York, as latitude,longitude."""
    lon, lat = TO_DEGREES.transform(440_000 + east_km * 1000, 440_000)
    return f"{lat:.9f},{lon:.9f}"


# One activity at 0 km: deciles 1 and 2 are 1 and 3 km away, deciles 9 and 10 are 4 and 10 km.
AREAS = f"""
    code,name,latitude,longitude,rural_urban,deprivation_decile,parent
    all,All,,,,,
    d1,D1,{at(1)},large_urban,1,all
    d2,D2,{at(-3)},large_urban,2,all
    d9,D9,{at(4)},large_urban,9,all
    d10,D10,{at(10)},rural_80,10,all
"""
PEOPLE = """
    area,total,bame
    all,1000,
    d1,100,6
    d2,200,100
    d9,300,40
    d10,300,0
"""


@pytest.fixture
def find_across(tmp_path: Path, write_network: WriteNetwork) -> Find:
    """Give the function that writes four areas in a larger one and groups their people."""

    def finding(
        by: Across,
        community: str | None = None,
        audience: Audience = Audience.STAFF,
        **tables: str,
    ) -> Distribution:
        files = {
            "organisations": "id,name\no,O\n",
            "areas": AREAS,
            "populations": PEOPLE,
            "activities": f"id,name,latitude,longitude,communities\nchai,Chai,{at(0)},\n",
        }
        register, _ = write_network(tmp_path, {**files, **tables}, toml=KM_ARE_KM)
        seen = for_audience(register, audience, PrivacySettings())
        return distribution(seen, load(), by, community)

    return finding


def by_key(found: Distribution) -> dict[str, Group]:
    """Give the groups by what they are."""
    return {row.key: row for row in found.rows}


# ---------------------------------------------------------------------- arrays


def test_a_quantile_counts_people_and_not_areas() -> None:
    """One area of 90 people at 2 km outweighs nine of one person at 9 km."""
    values, people = numbers(9, 2, 1), numbers(9, 90, 1)
    assert weighted_quantile(values, people, 0.5) == 2
    assert weighted_quantile(values, people, 0.9) == 2
    assert weighted_quantile(values, people, 0.92) == 9
    assert weighted_quantile(values, people, 1) == 9


def test_half_of_the_people_are_half_of_them() -> None:
    """The least value that half do not exceed, also where tenths do not add up exactly."""
    assert weighted_quantile(numbers(1, 2), numbers(5, 5), 0.5) == 1
    assert weighted_quantile(numbers(1, 2, 3, 4, 5, 6), np.full(6, 0.3), 0.5) == 3


def test_who_has_no_activity_anywhere_is_farther_than_all() -> None:
    """Left out, the most remote would make the rest look well served."""
    assert weighted_quantile(numbers(1, np.inf), numbers(4, 6), 0.5) == np.inf
    assert weighted_quantile(numbers(1, np.nan), numbers(4, 6), 0.9) == 1
    assert np.isnan(weighted_quantile(numbers(1), numbers(0), 0.5))


def test_gini_is_nought_where_all_have_alike_and_half_where_one_of_two_has_all() -> None:
    """As the textbook has it; ten people in one row are ten rows of one."""
    assert gini(numbers(3, 3, 3), numbers(1, 5, 2)) == pytest.approx(0)
    assert gini(numbers(0, 8), numbers(1, 1)) == pytest.approx(0.5)
    assert gini(numbers(1, 3), numbers(1, 1)) == pytest.approx(0.25)
    rows, one = gini(numbers(1, 4, 4), numbers(1, 1, 1)), gini(numbers(1, 4), numbers(1, 2))
    assert rows == pytest.approx(one)
    assert np.isnan(gini(numbers(0, 0), numbers(1, 1)))
    assert np.isnan(gini(numbers(), numbers()))


def test_gini_is_half_the_mean_difference_of_all_pairs_over_the_mean() -> None:
    """The other definition, as two plain loops."""
    random = np.random.default_rng(7)
    values, people = random.uniform(0, 9, 20), random.integers(1, 9, 20).astype(float)
    pairs = sum(
        p * q * abs(x - y)
        for x, p in zip(values, people, strict=True)
        for y, q in zip(values, people, strict=True)
    )
    mean = (values * people).sum() / people.sum()
    assert gini(values, people) == pytest.approx(pairs / (2 * mean * people.sum() ** 2))


def test_the_concentration_index_has_the_sign_of_who_has_more() -> None:
    """Ranks of two are 1/4 and 3/4: 2 x (2 x 1/4) x 1/2 / 2 = 1/4 for 1 and 3."""
    ones = numbers(1, 1)
    assert concentration_index(numbers(1, 3), ones, numbers(1, 10)) == pytest.approx(0.25)
    assert concentration_index(numbers(3, 1), ones, numbers(1, 10)) == pytest.approx(-0.25)
    assert concentration_index(numbers(2, 2), ones, numbers(1, 10)) == pytest.approx(0)


def test_ranked_by_what_they_have_people_have_the_gini() -> None:
    """The concentration index is then the same area under the same curve."""
    values, people = numbers(1, 2, 5, 5, 9), numbers(3, 1, 4, 1, 5)
    assert concentration_index(values, people, values) == pytest.approx(gini(values, people))


def test_those_who_rank_alike_share_one_rank() -> None:
    """Within one decile it makes no difference who stands first."""
    people, decile = numbers(1, 1, 2), numbers(1, 1, 2)
    one = concentration_index(numbers(1, 5, 3), people, decile)
    other = concentration_index(numbers(5, 1, 3), people, decile)
    assert one == other == pytest.approx(0)
    assert np.isnan(concentration_index(numbers(1), numbers(1), numbers(np.nan)))
    assert np.isnan(concentration_index(numbers(0, 0), numbers(1, 1), numbers(1, 2)))


# ---------------------------------------------------------------------- registers


def test_deciles_have_the_figures_of_their_people(find_across: Find) -> None:
    """100 people at 1 km, 200 at 3, 300 at 4, all within 5 km; 300 rural ones at 10 of 15."""
    found = by_key(find_across("deprivation"))
    assert [found[key].median_km for key in ("1", "2", "9", "10")] == [1, 3, 4, 10]
    assert {row.within_reach_share for row in found.values() if row.key != "not_recorded"} == {1}
    assert [row.people for row in found.values()] == [100, 200, 300, 300, 100]
    assert found["10"].label == "Decile 10 (least deprived)"


def test_people_are_counted_once(find_across: Find) -> None:
    """The larger area has 1,000, of whom 900 live in the four: 100 are nowhere in particular."""
    found = find_across("deprivation")
    assert sum(row.people for row in found.rows if isinstance(row.people, int)) == 1000
    assert by_key(found)["not_recorded"].median_km is None


def test_the_verdict_says_whether_those_with_most_need_are_nearer(find_across: Find) -> None:
    """Of 300 in deciles 1 and 2 the middle one has 3 km; of 600 in 9 and 10, 4 km."""
    found = find_across("deprivation")
    assert found.concentration_index is not None
    assert found.concentration_index > 0
    assert verdict(found) == (
        "People of the most deprived fifth live nearer to an activity (3 km, the median) than "
        "those of the least deprived fifth (4 km). Within reach of something are 100% of the "
        "former and 100% of the latter."
    )


def test_the_verdict_turns_with_the_deciles(find_across: Find) -> None:
    """A sentence that cannot say the opposite says nothing."""
    turned = AREAS.replace(",1,all", ",x,all").replace(",10,all", ",1,all")
    turned = turned.replace(",x,all", ",10,all").replace(",2,all", ",y,all")
    turned = turned.replace(",9,all", ",2,all").replace(",y,all", ",9,all")
    found = find_across("deprivation", areas=turned)
    assert found.concentration_index is not None
    assert found.concentration_index < 0
    assert "most deprived fifth live farther from an activity (4 km, the median)" in verdict(found)


def test_rural_people_are_measured_against_urban_ones(find_across: Find) -> None:
    """With figures behind each."""
    found = find_across("rural_urban")
    assert [row.key for row in found.rows] == ["large_urban", "rural_80", "not_recorded"]
    assert by_key(found)["large_urban"].median_km == 3
    assert "People of rural areas live farther from an activity (10 km" in verdict(found)


def test_communities_are_measured_to_what_they_may_use(find_across: Find) -> None:
    """With a group for women alone nobody counted as bame has one, and everybody has a total."""
    activities = f"id,name,latitude,longitude,communities\nc,C,{at(0)},women\n"
    found = find_across("community", activities=activities)
    rows = by_key(found)
    assert (rows["everybody"].people, rows["bame"].people) == (1000, 146)
    assert (rows["everybody"].median_km, rows["bame"].median_km) == (4, None)
    assert rows["bame"].within_reach_share == 0
    assert "0%, of everybody 90%" in verdict(found)


def test_gini_and_supply_of_a_group(find_across: Find) -> None:
    """Rural: one area, no inequality; the activity is shared among all 900 within reach of it."""
    rows = by_key(find_across("rural_urban"))
    assert rows["rural_80"].gini_km == 0
    assert rows["rural_80"].supply_per_1000 == pytest.approx(1000 / 900, abs=1e-4)
    # 100 x 1, 200 x 3, 300 x 4 km: 1 - (100x100 + 200x(100+700) + 300x(700+1900)) / (1900 x 600).
    assert rows["large_urban"].gini_km == pytest.approx(1 - 950 / 1140, abs=1e-3)


def test_whom_nobody_counted_are_in_no_figure_and_it_is_said(find_across: Find) -> None:
    """Unknown is not nought."""
    people = "area,total,bame\nd1,100,\n"
    found = find_across("deprivation", populations=people)
    # The other three, and the area of all four, of which the sum is not known.
    assert (len(found.rows), found.areas_left_out) == (1, 4)
    assert "cannot be told" in verdict(found)
    assert "least deprived fifth" in verdict(found)


def test_few_people_are_not_shown_to_others(find_across: Find) -> None:
    """Six people of decile 1, and what they have, are for staff."""
    staff = by_key(find_across("deprivation", "bame"))
    assert (staff["1"].people, staff["1"].median_km) == (6, 1)
    public = find_across("deprivation", "bame", Audience.PUBLIC)
    assert "1" not in by_key(public)
    for row in public.rows:
        few = row.people == SUPPRESSED
        assert few or (isinstance(row.people, int) and row.people % 5 == 0)
        assert not few or row.median_km is None
    assert public.areas_left_out > 0


def test_a_rest_of_few_people_is_not_shown_either(find_across: Find) -> None:
    """A hundred in all, 95 of them in two areas: the other five are somebody."""
    people = "area,total,bame\nall,1000,100\nd1,100,50\nd2,200,45\n"
    staff = by_key(find_across("rural_urban", "bame", populations=people))["not_recorded"]
    assert (staff.people, staff.within_reach_share) == (5, 0)
    found = find_across("rural_urban", "bame", Audience.PUBLIC, populations=people)
    rest = by_key(found)["not_recorded"]
    assert (rest.people, rest.within_reach_share) == (SUPPRESSED, None)


def test_minutes_are_those_to_what_people_may_use_from_areas_that_are_told(
    find_across: Find,
) -> None:
    """The women's group is nearer and not for all; of rural areas the table says nothing."""
    activities = f"id,name,latitude,longitude,communities\nw,W,{at(0)},women\no,O,{at(0)},\n"
    travel = "area,activity,minutes\n" + "".join(
        f"{area},w,5\n{area},o,{minutes}\n"
        for area, minutes in (("d1", 20), ("d2", 40), ("d9", 50))
    )
    found = find_across("deprivation", "bame", activities=activities, travel=travel)
    rows = by_key(found)
    assert [rows[key].median_minutes for key in ("1", "2", "9")] == [20, 40, 50]
    found = find_across("rural_urban", activities=activities, travel=travel)
    assert (found.need, found.others) != (None, None)
    assert by_key(found)["large_urban"].median_minutes == 5
    assert by_key(found)["rural_80"].median_minutes is None
    assert (
        by_key(find_across("community", activities=activities, travel=travel))["bame"].p90_minutes
        == 50
    )


# ---------------------------------------------------------------------- command


@pytest.fixture
def workspace(tmp_path: Path, write_network: WriteNetwork) -> Callable[..., Path]:
    """Give the function that writes a network with so many areas, one km apart."""

    def writing(number: int, travel: str = "") -> Path:
        areas = "code,name,latitude,longitude\n" + "".join(
            f"a{n:03},A{n:03},{at(n)}\n" for n in range(number)
        )
        people = "area,total\n" + "".join(f"a{n:03},{200 - n}\n" for n in range(number))
        files = {
            "organisations": "id,name\no,O\n",
            "areas": areas,
            "populations": people,
            "activities": f"id,name,latitude,longitude\nchai,Chai,{at(0)}\n",
            **({"travel": travel} if travel else {}),
        }
        write_network(tmp_path, files, toml=KM_ARE_KM)
        return tmp_path

    return writing


def printed(folder: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    """Run ``netmap reach`` and give what it printed."""
    capsys.readouterr()
    assert run(["--workspace", str(folder), "--as-of", "2026-11-22", "reach", *words]) == code
    return capsys.readouterr().out


def test_by_prints_json_as_documented(
    workspace: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """For scripts."""
    said = json.loads(printed(workspace(3), capsys, "--by", "rural_urban", "--format", "json"))
    assert set(said) == {
        *("network", "community", "by", "rows", "concentration_index", "areas_left_out", "verdict"),
    }
    assert said["rows"] == [
        {
            "key": "not_recorded",
            "label": "Not recorded",
            "people": 597,
            "median_km": 1.0,
            "p90_km": 2.0,
            "within_reach_share": 1.0,
            # 200 x 0, 199 x 1, 198 x 2 km: 1 - (199 x 199 + 198 x (199 + 595)) / (597 x 595).
            "gini_km": pytest.approx(1 - 196813 / 355215, abs=1e-3),
            "supply_per_1000": pytest.approx(1000 / 597, abs=1e-4),
        }
    ]


def test_many_areas_are_summed_up_and_the_neediest_named(
    workspace: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody reads 61 rows; those with most people out of reach come first."""
    text = printed(workspace(61), capsys)
    assert "30 of 61 areas" in text
    assert "Reach by rural and urban class" in text
    assert "--format json" in text
    lines = [line for line in text.splitlines() if line.startswith("A0")]
    assert (len(lines), lines[0].split()[0], lines[-1].split()[0]) == (30, "A006", "A035")
    assert "30 of" not in printed(workspace(60), capsys)


def test_a_limit_is_kept_in_text_and_json(
    workspace: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """The same areas in both."""
    folder = workspace(9)
    said = json.loads(printed(folder, capsys, "--limit", "2", "--format", "json"))
    assert [row["area"] for row in said["rows"]] == ["a006", "a007"]
    assert "2 of 9 areas" in printed(folder, capsys, "--limit", "2")
    everything = json.loads(printed(folder, capsys, "--format", "json"))
    assert [row["area"] for row in everything["rows"]] == [f"a00{n}" for n in range(9)]


def test_minutes_are_in_the_rows_where_there_are_travel_times(
    workspace: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """And nowhere else: JSON without a table is as it was."""
    folder = workspace(2)
    said = json.loads(printed(folder, capsys, "--format", "json"))
    assert not {name for row in said["rows"] for name in row if "minutes" in name}
    folder = workspace(2, "area,activity,minutes\na000,chai,12.5\na001,chai,40\n")
    said = json.loads(printed(folder, capsys, "--format", "json"))
    assert [row["nearest_minutes"] for row in said["rows"]] == [12.5, 40]
    assert [row["nearest_km"] for row in said["rows"]] == [0, 1]
    assert [row["within_reach"] for row in said["rows"]] == [1, 0]
    said = json.loads(printed(folder, capsys, "--by", "rural_urban", "--format", "json"))
    assert (said["rows"][0]["median_minutes"], said["rows"][0]["p90_minutes"]) == (12.5, 40)


def test_by_community_takes_no_community(
    workspace: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """It goes through all of them."""
    printed(workspace(2), capsys, "--by", "community", "--community", "bame", code=2)
