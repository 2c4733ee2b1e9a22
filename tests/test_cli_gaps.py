"""What ``netmap gaps`` prints where there are many gaps of one kind, and how long it took."""

import json
from pathlib import Path

import pytest

from netmap.cli import run

AREAS = 12


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Write a network of two places with a dozen small areas, about which nobody has asked."""
    network = tmp_path / "networks" / "example"
    network.mkdir(parents=True)
    (tmp_path / "netmap.toml").write_text('title = "Example"\n')
    (network / "network.toml").write_text("")
    (network / "organisations.csv").write_text("id,name\no,O\n")
    small = [(f"s{n:02}", "north" if n < 8 else "south") for n in range(AREAS)]
    (network / "areas.csv").write_text(
        "code,name,parent,latitude,longitude\nnorth,North,,53.8,-1.5\nsouth,South,,53.7,-1.5\n"
        + "".join(f"{code},Small {code},{place},53.8,-1.5\n" for code, place in small)
    )
    (network / "populations.csv").write_text(
        "area,total,somali\n"
        + "".join(f"{code},1000,{150 + n}\n" for n, (code, _) in enumerate(small))
    )
    return tmp_path


def said(workspace: Path, *words: str) -> int:
    """Ask for the gaps of the workspace."""
    return run(["--workspace", str(workspace), "--as-of", "2026-11-22", "gaps", *words])


def test_many_gaps_of_one_kind_are_told_by_place(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody reads a dozen times the same; 8 areas of the north and 4 of the south are read."""
    assert said(workspace, "--severity", "info") == 0
    shown = capsys.readouterr().out
    people = sum(range(150, 150 + AREAS))
    assert f"12 gaps in 12 areas, {people:,} people" in shown
    assert f"By place: North 8, {sum(range(150, 158)):,} people; South 4, " in shown
    assert "and 9 more; list them with --rule community-not-asked --community somali" in shown
    assert shown.count("Nobody has yet asked") == 3


def test_they_are_listed_one_by_one_when_asked_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the line above says."""
    assert said(workspace, "--rule", "community-not-asked", "--community", "somali") == 0
    assert capsys.readouterr().out.count("Nobody has yet asked") == AREAS


def test_the_places_and_the_network_add_up_in_json(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A strategist can take the total apart."""
    assert said(workspace, "--format", "json", "--area", "North") == 0
    rows = [
        row
        for row in json.loads(capsys.readouterr().out)["rolled_up"]
        if row["rule"] == "community-not-asked"
    ]
    assert [(row["area"] and row["area"]["code"], row["areas"]) for row in rows] == [
        (None, 8),
        ("north", 8),
    ]


def test_how_sure_is_said_in_a_word(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """150 people are enough at 100 and at 150; with half as many again not all areas are."""
    assert said(workspace, "--severity", "info") == 0
    assert "How sure: 12 firm" in capsys.readouterr().out
    (workspace / "networks" / "example" / "network.toml").write_text(
        "[gaps]\ncommunity_people = 105\ncommunity_share = 0.9\n"
    )
    assert said(workspace, "--severity", "info") == 0
    assert "How sure: 4 firm, 8 likely" in capsys.readouterr().out


def test_timings_go_to_standard_error(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that the JSON stays JSON."""
    assert said(workspace, "--format", "json", "--timings") == 0
    printed = capsys.readouterr()
    json.loads(printed.out)
    assert "Reading" in printed.err
    assert "seconds" in printed.err
    assert said(workspace, "--format", "json") == 0
    assert capsys.readouterr().err == ""


def test_a_rule_says_under_which_other_settings_its_gaps_are_looked_at(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """How sure is only as good as what was tried."""
    assert run(["gaps", "--explain", "low-supply"]) == 0
    shown = capsys.readouterr().out
    assert "catchments a fifth smaller" in shown
    assert "the other decay" in shown
    assert "go out of date" not in shown
    assert run(["gaps", "--explain", "totals-disagree"]) == 0
    assert "How sure" not in capsys.readouterr().out
