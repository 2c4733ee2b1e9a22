"""The command duplicates, and what check says of pairs, as people and scripts meet them."""

import json
from pathlib import Path

import pytest

from netmap.cli import run

ROOT = Path(__file__).parents[1]
ORGANISATIONS = """id,name,identifiers,area,postcode
hope,Hope House,GB-CHC-1234567,aton,ZZ1 1AA
kite,Paper Kite Flyers,,aton,ZZ2 2BB
hope-2,Hope House Ltd,GB-CHC-1234567,aton,ZZ1 1AA
kites,Paper Kite Flyer,,,ZZ2 2BB
third,Third <b>Way</b>,,,
"""
FILE = "networks/x/duplicates.csv"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Write a workspace of one network with two pairs."""
    (tmp_path / "netmap.toml").write_text('title = "Example"\n', encoding="utf-8")
    folder = tmp_path / "networks" / "x"
    folder.mkdir(parents=True)
    (folder / "network.toml").write_text('title = "X"\n', encoding="utf-8")
    (folder / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "areas.csv").write_text("code,name\naton,Aton\n", encoding="utf-8")
    return tmp_path


def netmap(workspace: Path, *arguments: str) -> int:
    """Run a command on a workspace on a fixed day; give its exit code."""
    return run(["--workspace", str(workspace), "--as-of", "2026-11-22", *arguments])


def as_json(
    workspace: Path, capsys: pytest.CaptureFixture[str], *arguments: str
) -> dict[str, object]:
    """Run a command and read the JSON it prints."""
    capsys.readouterr()
    assert netmap(workspace, *arguments, "--format", "json") == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def rows(workspace: Path) -> list[str]:
    """Read the file of decisions, line by line."""
    return (workspace / FILE).read_text(encoding="utf-8").splitlines()


def test_the_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    """Hub staff learn a command from its example."""
    assert run(["duplicates", "--help"]) == 0
    assert "Example: netmap duplicates" in " ".join(capsys.readouterr().out.split())


def test_pairs_are_shown_side_by_side(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever decides sees what agrees and what differs, and what to type."""
    assert netmap(workspace, "duplicates") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "2 pairs to review." in said
    assert "1. probably one (score 100): the same charity number GB-CHC-1234567;" in said
    assert "name Hope House Hope House Ltd differs" in said
    assert "area Aton Aton agrees" in said
    assert "row 2 4" in said
    assert "netmap duplicates x --same hope hope-2" in said
    assert not (workspace / FILE).exists()


def test_the_json_has_the_documented_keys(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other people's scripts depend on these names."""
    said = as_json(workspace, capsys, "duplicates")
    assert list(said) == ["network", "pairs", "decided"]
    assert said["decided"] == []
    assert said["pairs"] == [
        {
            "first": "hope",
            "second": "hope-2",
            "likely": "same",
            "score": 100,
            "reasons": [
                "the same charity number GB-CHC-1234567",
                "the names are the same once 'Ltd' is left out",
                "the same postcode ZZ1 1AA",
            ],
        },
        {
            "first": "kite",
            "second": "kites",
            "likely": "same",
            "score": 96,
            "reasons": ["the names are 96 % alike", "the same postcode ZZ2 2BB"],
        },
    ]


def test_check_tells_each_pair_at_its_second_row(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A shared charity number is a warning, a similar name a notice; both say how to decide."""
    said = as_json(workspace, capsys, "check")
    findings = said["findings"]
    assert isinstance(findings, list)
    first, second = [one for one in findings if one["code"] == "possible-duplicate"]
    assert (first["level"], first["file"], first["row"], first["value"]) == (
        "warning",
        "networks/x/organisations.csv",
        4,
        "hope-2",
    )
    assert first["message"].startswith(
        "'Hope House Ltd' may be the same as 'Hope House' in row 2: the same charity number"
    )
    assert (second["level"], second["row"]) == ("notice", 5)
    assert second["hint"] == "Decide with: netmap duplicates x"


def test_check_tells_others_than_staff_no_cell(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The pair may be a refuge's."""
    said = json.dumps(as_json(workspace, capsys, "check", "--audience", "partners"))
    assert "possible-duplicate" in said
    assert "Hope" not in said


def test_pairs_are_written_once_and_people_s_rows_stay_as_they_are(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody works in the file while rows come and go."""
    (workspace / FILE).write_text("second,first,decision,Mine\nthird,hope,,ring them\n")
    assert netmap(workspace, "duplicates", "--write") == 0
    assert f"Wrote 2 pairs to {FILE}." in capsys.readouterr().out
    written = rows(workspace)
    assert [line.split(",")[:2] for line in written] == [
        ["second", "first"], ["third", "hope"], ["hope-2", "hope"], ["kites", "kite"],
    ]  # fmt: skip
    assert written[1].endswith(",ring them")
    assert netmap(workspace, "duplicates", "--write") == 0
    assert "nothing was written" in capsys.readouterr().out
    assert rows(workspace) == written


def test_a_decision_is_kept_applied_and_taken_back(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One word makes one of two rows, another word makes them two again."""
    register = (workspace / "networks/x/organisations.csv").read_bytes()
    decided = ("duplicates", "x", "--same", "hope", "hope-2", "--by", "network lead")
    assert netmap(workspace, *decided) == 0
    assert f"'hope' and 'hope-2' are kept as same. Wrote {FILE}." in capsys.readouterr().out
    assert rows(workspace)[1].startswith("hope,hope-2,Hope House,Hope House Ltd,same,")
    assert rows(workspace)[1].endswith(",same,network lead,2026-11-22,")
    said = as_json(workspace, capsys, "duplicates")
    assert said["decided"] == [
        {
            "first": "hope",
            "second": "hope-2",
            "decision": "same",
            "by": "network lead",
            "on": "2026-11-22",
            "note": None,
        }
    ]
    assert [one["first"] for one in said["pairs"]] == ["kite"]  # type: ignore[attr-defined]
    assert "read-as-one" in json.dumps(as_json(workspace, capsys, "check"))
    assert netmap(workspace, "duplicates", "x", "--forget", "hope-2", "hope") == 0
    assert rows(workspace)[1].endswith(",,,,")
    assert len(as_json(workspace, capsys, "duplicates")["pairs"]) == 2  # type: ignore[arg-type]
    assert (workspace / "networks/x/organisations.csv").read_bytes() == register


def test_the_row_named_first_is_the_one_that_stays(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The later row may be the better kept one."""
    assert netmap(workspace, "duplicates", "--write") == 0
    assert netmap(workspace, "duplicates", "x", "--same", "hope-2", "hope") == 0
    assert len(rows(workspace)) == 3
    assert rows(workspace)[1].startswith("hope-2,hope,Hope House Ltd,Hope House,same,")
    assert netmap(workspace, "duplicates", "x", "--different", "kite", "kites") == 0
    assert as_json(workspace, capsys, "duplicates")["pairs"] == []


def test_any_two_rows_can_be_decided_on(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People know what no comparing of names can tell."""
    assert netmap(workspace, "duplicates", "x", "--branch", "hope", "third") == 0
    assert rows(workspace)[1] == "hope,third,Hope House,Third <b>Way</b>,,,branch,,2026-11-22,"
    capsys.readouterr()
    assert netmap(workspace, "duplicates", "x", "--forget", "hope", "kite") == 0
    assert "nothing was written" in capsys.readouterr().out


def test_json_stays_one_document_while_something_is_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was written is said on standard error."""
    said = as_json(workspace, capsys, "duplicates", "x", "--different", "hope", "hope-2")
    assert [one["decision"] for one in said["decided"]] == ["different"]  # type: ignore[attr-defined]


def test_an_unknown_id_is_told_with_the_likely_one(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 12, and nothing is written."""
    assert netmap(workspace, "duplicates", "x", "--same", "hope", "kitee") == 12
    said = capsys.readouterr().err
    assert said == "No organisation is called 'kitee'. Did you mean 'kite'?\n"
    assert not (workspace / FILE).exists()


def test_one_row_twice_and_no_network_among_several_are_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line itself was wrong: exit code 2."""
    assert netmap(workspace, "duplicates", "x", "--same", "hope", "hope") == 2
    other = workspace / "networks" / "y"
    other.mkdir()
    (other / "network.toml").write_text("", encoding="utf-8")
    (other / "organisations.csv").write_text("id,name\na,A\n", encoding="utf-8")
    assert netmap(workspace, "duplicates", "--same", "hope", "kite") == 2
    assert "name the network: x, y." in " ".join(capsys.readouterr().err.split())


def test_a_file_that_would_lose_something_is_not_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 13, and what was there before is untouched."""
    before = "first,second,note\nhope,third,=A1\n"
    (workspace / FILE).write_text(before, encoding="utf-8")
    assert netmap(workspace, "duplicates", "x", "--same", "hope", "hope-2") == 13
    assert netmap(workspace, "duplicates", "--write") == 13
    assert "would be lost" in capsys.readouterr().err
    assert (workspace / FILE).read_text(encoding="utf-8") == before


def test_the_worked_networks_have_no_duplicates(capsys: pytest.CaptureFixture[str]) -> None:
    """Leeds Mind is not Mind, and Suffolk Mind is not Solent Mind."""
    said = as_json(ROOT, capsys, "duplicates")
    assert [one["pairs"] for one in said["networks"]] == [[], [], []]  # type: ignore[attr-defined]
