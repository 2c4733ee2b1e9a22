"""The command that says where to go next, as people and scripts meet it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import WriteNetwork

from netmap.cli import run

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
# 0.03 degrees of latitude are 3.3 km, 0.06 are 6.7.
AREAS = """
    code,name,latitude,longitude
    a,Ashby,53.00,-1.5
    b,Barton,53.03,-1.5
    c,Carlton,53.06,-1.5
    d,Denby,53.30,-1.5
"""
PEOPLE = """
    area,measure,total,bame
    a,people,1000,100
    b,people,1000,200
    c,people,1000,300
    d,people,1000,500
"""
ORGANISATIONS = "id,name,roles,area\nhub,The [bold]Hub,hub,b\n"
TOML = 'title = "Villages"\ndisclaimer = "Invented."\n'
TOML += "[reach]\nurban_km = 5\nrural_km = 5\ndetour = 1.0\n"
Say = Callable[..., str]
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def say(tmp_path: Path, write_network: WriteNetwork, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give the function that asks for suggestions in four villages and gives what is printed."""
    tables = {"organisations": ORGANISATIONS, "areas": AREAS, "populations": PEOPLE}
    write_network(tmp_path, tables, toml=TOML, name="villages")

    def saying(*arguments: str, code: int = 0) -> str:
        words = ("--workspace", str(tmp_path), "--as-of", DAY, "suggest", *arguments)
        assert run(words) == code
        captured = capsys.readouterr()
        return captured.err if code else captured.out

    return saying


@pytest.fixture
def ask(say: Say) -> Ask:
    """Give the function that asks for JSON."""
    return lambda *words: json.loads(say("--community", "bame", "--format", "json", *words))


def test_json_has_the_agreed_shape_and_what_is_more_comes_last(ask: Ask) -> None:
    """Scripts of others rest on it; the network may be left out where there is one."""
    found = ask("--sites", "2")
    agreed = ["network", "community", "method", "optimal", "bound_gap", "covered_before"]
    assert list(found)[:8] == [*agreed, "covered_after", "sites"]
    assert {"people": 1100, "measure": "people", "areas_without": 4}.items() <= found.items()
    assert (found["network"], found["community"]) == ("villages", "bame")
    assert (found["method"], found["optimal"]) == ("maximal covering location", True)
    assert (found["covered_before"], found["covered_after"]) == (0.0, 1.0)
    assert len(found["grid"]) == 4
    site = found["sites"][0]
    assert list(site)[:6] == ["area", "name", "newly_covered", "helpers", "stands", "sureness"]
    assert [one["newly_covered"] for one in found["sites"]] == [600, 500]
    helper = {"organisation": "hub", "why": "is based in Barton as its hub"}
    assert (site["area"], site["name"], site["helpers"]) == ("b", "Barton", [helper])


def test_text_says_where_for_how_many_who_could_help_and_how_sure(say: Say) -> None:
    """A charity worker reads it aloud in a meeting."""
    said = say("villages", "--community", "BME", "--sites", "1")
    assert "Invented." in said
    assert "1,100 people): 0% have" in said
    assert "it would be 55%" in said
    assert "1. Barton  [firm]\n" in said
    assert "600 more people with something for them within reach, in 3 areas." in said
    assert "The [bold]Hub: is based in Barton as its hub." in said
    assert "(proved)" in said
    assert "maximal covering location" in said
    assert "A prompt for discussion" in said


def test_several_communities_are_weighed(say: Say) -> None:
    """Each counts as was asked for, and what is not known of one is said."""
    said = say("--community", "bame", "--community", "refugee=2", "--sites", "1")
    assert "no number of people is known" in said
    found = json.loads(say("--community", "bame=2", "--community", "lgbt", "--format", "json"))
    assert found["community"] == "bame+lgbt"
    assert [(one["community"], one["weight"]) for one in found["communities"]] == [
        ("bame", 2.0),
        ("lgbt", 1.0),
    ]


@pytest.mark.parametrize("network", ["side-by-side", "west-yorkshire-harrogate"])
def test_where_nobody_is_counted_it_says_so_and_makes_no_number_up(
    network: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The published reports say nothing of how many people of a community live where."""
    words = ["--workspace", str(ROOT), "--as-of", DAY, "suggest", network, "--community", "bame"]
    assert run([*words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["covered_before"] is found["covered_after"] is found["people"] is None
    assert found["sites"]
    assert {site["newly_covered"] for site in found["sites"]} == {None}
    assert run(words) == 0
    assert "How many of them live here is not known" in capsys.readouterr().out


def test_places_are_taken_from_a_file(ask: Ask, say: Say, tmp_path: Path) -> None:
    """CSV or Parquet; a row without a place on earth is told of and left out."""
    rows = "id,name,latitude,longitude,area\nhall,Hall,53.06,-1.5,Carlton\nx,Nowhere,530,-1.5,\n"
    (tmp_path / "halls.csv").write_text(rows, encoding="utf-8")
    found = ask("--candidates", str(tmp_path / "halls.csv"))
    assert [(one["name"], one["area"]) for one in found["sites"]] == [("Hall", "c")]
    assert found["candidates"] == 1
    table = pa.table({"name": ["Parish"], "latitude": [53.30], "longitude": [-1.5]})
    pq.write_table(table, tmp_path / "halls.parquet")
    said = say("--community", "bame", "--candidates", str(tmp_path / "halls.parquet"))
    assert "1. Parish, Denby" in said


@pytest.mark.usefixtures("say")
def test_what_is_wrong_with_a_place_is_said_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard output stays one document."""
    rows = "name,latitude,longitude,area\nHall,53.06,-1.5,Carltn\nNowhere,530,-1.5,\n"
    file = tmp_path / "halls.csv"
    file.write_text(rows, encoding="utf-8")
    words = ["--workspace", str(tmp_path), "suggest", "--community", "bame"]
    assert run([*words, "--candidates", str(file), "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["candidates"] == 1
    said = " ".join(captured.err.split())
    assert "row 2, area: no area of this network is called 'Carltn'; the nearest is taken." in said
    assert "Did you mean 'Carlton'?" in said
    assert "row 3, latitude: latitude and longitude are no place on earth" in said


def test_venues_that_others_may_not_see_are_no_candidates(ask: Ask, tmp_path: Path) -> None:
    """A refuge must not be suggested to the public, marked or not."""
    events = tmp_path / "events"
    events.mkdir()
    (events / "venues.csv").write_text(
        "id,name,latitude,longitude,visibility\n"
        "one,Hall,53.03,-1.5,\n"
        "two,Women's refuge,53.30,-1.5,\n"
        "three,Back room,53.30,-1.5,withheld\n"
        "four,Side room,53.30,-1.5,area_only\n"
        "five,Odd room,53.30,-1.5,secret\n",
        encoding="utf-8",
    )
    every = ("--candidates", "venues", "--sites", "5")
    assert ask(*every)["candidates"] == 5
    assert ask(*every, "--audience", "partners")["candidates"] == 2
    public = ask(*every, "--audience", "public")
    assert ([one["name"] for one in public["sites"]], public["candidates"]) == (["Hall"], 1)


def test_small_numbers_are_protected_and_the_rule_is_printed(say: Say, tmp_path: Path) -> None:
    """Of seven people in Denby the public is told nothing, but that somebody is not shown."""
    file = tmp_path / "networks" / "villages" / "populations.csv"
    file.write_text("area,measure,total,bame\nb,people,900,103\nd,people,900,7\n", encoding="utf-8")
    said = say("--community", "bame", "--audience", "public", "--sites", "3")
    assert "105 more people" in said
    assert "Denby" not in said
    assert "of 1 area too small to show" in said
    assert "are shown as *" in said
    assert "7 more people" in say("--community", "bame", "--sites", "3")


def test_what_is_not_known_or_not_there_has_its_exit_code(say: Say, tmp_path: Path) -> None:
    """Scripts tell a slip of the pen from a missing file."""
    assert "Did you mean 'bame'?" in say("--community", "bam", code=12)
    assert "There is no network 'vilages'" in say("vilages", "--community", "bame", code=10)
    missing = say("--community", "bame", "--candidates", str(tmp_path / "no.csv"), code=11)
    assert "there is no such file" in missing
    (tmp_path / "empty.csv").write_text("latitude,longitude\n", encoding="utf-8")
    empty = say("--community", "bame", "--candidates", str(tmp_path / "empty.csv"), code=11)
    assert "there is no place in it (it has no rows)" in empty
    (tmp_path / "blind.csv").write_text("name\nHall\n", encoding="utf-8")
    blind = say("--community", "bame", "--candidates", str(tmp_path / "blind.csv"), code=11)
    assert "latitude: the heading is missing" in blind
    say("--community", "bame=0", code=2)
    say("--community", "bame", "--sites", "0", code=2)
    say(code=2)
