"""Registers with next to nothing, or with something odd: a sound answer or a clear message each."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from netmap.cli import run

PEOPLE = "area,total,somali\na,1000,500\nb,1000,200\n"
ODD: Mapping[str, Mapping[str, str]] = {
    "areas without people": {
        "areas": "code,name,latitude,longitude\na,A,53.8,-1.5\nb,B,53.9,-1.6\n"
    },
    "people without areas": {"populations": "area,total,somali\na,100,50\n"},
    "all at one point": {
        "areas": "code,name,latitude,longitude\na,A,53.8,-1.5\nb,B,53.8,-1.5\n",
        "activities": "id,name,latitude,longitude\nx,X,53.8,-1.5\ny,Y,53.8,-1.5\n",
        "populations": PEOPLE,
    },
    "no areas": {},
    "no numbers": {
        "areas": "code,name,latitude,longitude\na,A,nan,inf\nb,B,53.8,-1.5\nc,C,1e999,3\n",
        "activities": "id,name,latitude,longitude\nx,X,NaN,-1.5\ny,Y,inf,inf\n",
        "populations": PEOPLE,
    },
    "both sides of the antimeridian": {
        "areas": "code,name,latitude,longitude\na,A,-17.8,179.9\nb,B,-17.8,-179.9\n",
        "activities": "id,name,latitude,longitude,communities\nx,X,-17.8,179.95,somali\n",
        "populations": PEOPLE,
    },
    "a country without a zone given": {
        "areas": "code,name,latitude,longitude\na,A,64.1,-21.9\nb,B,64.2,-21.8\n",
        "activities": "id,name,latitude,longitude\nx,X,64.15,-21.9\n",
        "populations": PEOPLE,
    },
}
COMMANDS = (
    ("reach", "--community", "somali"),
    ("reach", "--by", "deprivation"),
    ("gaps",),
    ("suggest", "--community", "somali", "--sites", "2"),
    ("summary",),
    ("graph",),
)


def write(root: Path, tables: Mapping[str, str]) -> Path:
    """Write a workspace of one network."""
    network = root / "networks" / "n"
    network.mkdir(parents=True)
    (root / "netmap.toml").write_text('title = "Odd"\n')
    (network / "network.toml").write_text("[reach]\nurban_km = 25\n")
    for name, text in {"organisations": "id,name\no,O\n", **tables}.items():
        (network / f"{name}.csv").write_text(text)
    return root


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("odd", ODD)
def test_every_command_has_a_sound_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], odd: str, command: tuple[str, ...]
) -> None:
    """What is not there is not there: no fault, and JSON without NaN or infinity."""
    root = write(tmp_path, ODD[odd])
    assert run(["--workspace", str(root), command[0], "n", *command[1:], "--format", "json"]) == 0
    printed = capsys.readouterr().out
    assert "NaN" not in printed
    assert "Infinity" not in printed
    json.loads(printed)


def test_an_empty_network_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 11 and what to fill, rather than a table of nothing."""
    root = write(tmp_path, {"organisations": "id,name\n"})
    assert run(["--workspace", str(root), "gaps", "n"]) == 11
    assert "Fill organisations.csv" in capsys.readouterr().err


def test_neighbours_across_the_antimeridian_are_neighbours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0.05 degrees of longitude at 17.8 south are 5.3 km, 6.9 by road; not half the world."""
    root = write(tmp_path, ODD["both sides of the antimeridian"])
    assert run(["--workspace", str(root), "reach", "n", "--format", "json"]) == 0
    near, across = json.loads(capsys.readouterr().out)["rows"]
    assert near["nearest_km"] == pytest.approx(6.9, abs=0.05)
    assert across["nearest_km"] == pytest.approx(3 * 6.9, abs=0.1)
