"""The command line as people and scripts meet it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from netmap.cli import run

ROOT = Path(__file__).parents[1]
DAY = "2026-11-22"
COMMANDS = (
    "init",
    "check",
    "import",
    "export",
    "duplicates",
    "summary",
    "graph",
    "reach",
    "gaps",
    "suggest",
    "compare",
    "map",
    "build",
    "events plan",
    "events list",
    "events check",
    "events feed",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Start an example workspace of invented data."""
    folder = tmp_path / "work"
    assert run(["init", str(folder), "--example"]) == 0
    return folder


def netmap(*arguments: str, workspace: Path = ROOT) -> int:
    """Run a command on a workspace on a fixed day; give its exit code."""
    return run(["--workspace", str(workspace), "--as-of", DAY, *arguments])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hub staff learn a command from its example."""
    assert run([*command.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert f"Example: netmap {command}" in " ".join(said.split())


def test_help_answers_without_loading_the_heavy_libraries() -> None:
    """Somebody who only wants help should not wait for geopandas."""
    code = (
        "import sys; from netmap.cli import run; run(['--help']);"
        "heavy = {'geopandas', 'pandas', 'folium', 'icalendar', 'networkx', 'scipy', 'pydantic'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr.strip() == "[]"


def test_json_is_one_document_on_standard_output_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Scripts pipe it into jq."""
    for words in (
        ["check"],
        ["summary", "west-yorkshire-harrogate"],
        ["graph", "side-by-side"],
        ["reach", "side-by-side", "--community", "bame"],
        ["gaps", "side-by-side"],
        ["events", "list"],
        ["events", "check"],
        ["events", "plan", "capacity-building", "--preview"],
    ):
        assert netmap(*words, "--format", "json") == 0
        json.loads(capsys.readouterr().out)


def test_several_networks_come_as_a_list_and_one_as_itself(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The shape says how many networks were asked about."""
    assert netmap("gaps", "--format", "json") == 0
    several = json.loads(capsys.readouterr().out)
    assert [one["network"] for one in several["networks"]] == [
        "copes-advisory",
        "side-by-side",
        "west-yorkshire-harrogate",
    ]
    assert netmap("gaps", "side-by-side", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["network"] == "side-by-side"


def test_the_json_of_gaps_has_the_documented_keys(capsys: pytest.CaptureFixture[str]) -> None:
    """Other people's scripts depend on these names."""
    assert netmap("gaps", "west-yorkshire-harrogate", "--format", "json", "--limit", "3") == 0
    said = json.loads(capsys.readouterr().out)
    assert " ".join(said) == "network as_of audience counts gaps could_not_check rolled_up"
    assert len(said["gaps"]) == 3
    assert sum(said["counts"].values()) > 3
    assert set(said["gaps"][0]) == {
        "id", "rule", "severity", "state", "area", "community", "subject", "people", "value",
        "threshold", "unit", "message", "prompt", "evidence", "confidence", "planned",
        "stands", "sureness", "decision",
    }  # fmt: skip
    assert said["gaps"][0]["area"] == {"code": "calderdale", "name": "Calderdale"}
    assert set(said["could_not_check"][0]) == {"rule", "area", "subject", "needs", "message"}


def test_the_json_of_summary_graph_and_reach_has_the_documented_keys(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As for gaps."""
    assert netmap("summary", "west-yorkshire-harrogate", "--by", "area", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"][4] == {
        "key": "leeds",
        "label": "Leeds",
        "activities": 55,
        "organisations": 2,
        "population": 818085,
        "activities_per_100k": 6.7,
    }
    assert said["reconciliation"][0] == {
        "what": "activities",
        "stated": 602,
        "counted": 491,
        "difference": 111,
        "agrees": False,
    }
    assert netmap("graph", "side-by-side", "--without", "mind", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said["members"][0]) == {
        "id", "degree", "betweenness", "bridge", "component", "core",
    }  # fmt: skip
    assert said["without"]["removed"] == "mind"
    assert netmap("reach", "side-by-side", "--community", "BME", "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["community"] == "bame"
    assert set(said["rows"][0]) == {
        "area", "people", "nearest_km", "nearest_specific_km", "within_reach",
        "specific_within_reach", "supply_per_1000", "rural_urban",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["summary", "side-by-side", "--by", "colour"], 2),
        (["nonsense"], 2),
        (["gaps", "--severity", "huge"], 2),
        (["gaps", "no-such-network"], 10),
        (["gaps", "--rule", "low-rat"], 12),
        (["gaps", "--explain", "low-rat"], 12),
        (["gaps", "side-by-side", "--area", "Atlantis"], 12),
        (["reach", "--community", "martians"], 12),
        (["graph", "side-by-side", "--without", "nobody"], 12),
        (["map", "side-by-sid", "--output", "never.html"], 12),
        (["events", "plan", "capacity-buildin", "--preview"], 12),
    ],
)
def test_each_kind_of_mistake_has_its_exit_code(words: list[str], code: int) -> None:
    """Scripts tell a typing mistake from a missing file."""
    assert netmap(*words) == code


def test_a_mistyped_name_gets_the_likely_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody should have to look the name up."""
    netmap("gaps", "--rule", "low-rat")
    assert "Did you mean 'low-rate'?" in capsys.readouterr().err


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    """The workspace is never searched for upwards."""
    assert netmap("check", workspace=tmp_path) == 10


def test_fail_on_turns_findings_into_exit_code_one(workspace: Path) -> None:
    """CI of a charity's own repository can stop on errors."""
    assert netmap("check", "--fail-on", "error", workspace=workspace) == 0
    with (workspace / "networks/example-town/ties.csv").open("a", encoding="utf-8") as ties:
        ties.write("example-hub,no-such-group,engages,,\n")
    assert netmap("check", workspace=workspace) == 0
    assert netmap("check", "--fail-on", "error", workspace=workspace) == 1
    assert netmap("gaps", "--fail-on", "high", workspace=workspace) == 1
    assert (
        netmap("gaps", "--rule", "totals-disagree", "--fail-on", "high", workspace=workspace) == 0
    )


def test_an_unreadable_setting_file_is_a_finding_for_check_and_eleven_for_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Checking always reports; a command that needs the file cannot go on."""
    file = workspace / "networks/example-town/network.toml"
    file.write_text("title = ", encoding="utf-8")
    assert netmap("check", "--format", "json", workspace=workspace) == 0
    codes = [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]]
    assert "unreadable-file" in codes
    assert netmap("gaps", workspace=workspace) == 11


def test_a_new_empty_workspace_says_what_to_fill(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first thing somebody does after init should not look like a fault of theirs."""
    assert run(["init", str(tmp_path / "new")]) == 0
    assert netmap("check", workspace=tmp_path / "new") == 0
    capsys.readouterr()
    assert netmap("build", workspace=tmp_path / "new") == 11
    assert "Fill organisations.csv" in capsys.readouterr().err


def test_init_never_writes_over_a_workspace(workspace: Path) -> None:
    """Somebody's register may be there."""
    before = (workspace / "netmap.toml").read_bytes()
    assert run(["init", str(workspace)]) == 13
    assert (workspace / "netmap.toml").read_bytes() == before


def test_the_example_workspace_has_no_problems_and_builds(workspace: Path) -> None:
    """The example is what people copy."""
    assert netmap("check", "--fail-on", "notice", workspace=workspace) == 0
    assert netmap("events", "plan", "first-year", workspace=workspace) == 0
    assert netmap("build", workspace=workspace) == 0
    page = (workspace / "site/index.html").read_text(encoding="utf-8")
    assert "llustrative" in page


def test_a_preview_of_a_plan_writes_nothing(workspace: Path) -> None:
    """People look first."""
    before = sorted((workspace / "events").iterdir())
    assert netmap("events", "plan", "first-year", "--preview", workspace=workspace) == 0
    assert sorted((workspace / "events").iterdir()) == before


def test_an_impossible_programme_exits_fourteen_and_names_why(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three events eight weeks apart do not fit into three weeks."""
    file = workspace / "events/first-year.toml"
    text = file.read_text(encoding="utf-8").replace("ends = 2027-12-10", "ends = 2027-02-01")
    file.write_text(text, encoding="utf-8")
    assert netmap("events", "plan", "first-year", workspace=workspace) == 14
    assert "weeks" in capsys.readouterr().err


def test_map_writes_one_page_with_everything_inside_when_offline(
    workspace: Path, tmp_path: Path
) -> None:
    """A page sent by email must open on a train."""
    page = tmp_path / "map.html"
    assert netmap("map", "--output", str(page), "--offline", workspace=workspace) == 0
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", html)


def test_feed_writes_the_sessions_of_one_hub(tmp_path: Path) -> None:
    """Seven events for each hub: three for networking, four for skills."""
    feed = tmp_path / "leeds.ics"
    assert netmap("events", "feed", "--hub", "leeds-mind", "--output", str(feed)) == 0
    content = feed.read_bytes()
    assert content.count(b"BEGIN:VEVENT") == 7
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_fault_in_netmap_is_one_line_and_a_file_with_details(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody who keeps a spreadsheet should meet a traceback."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("netmap.build.workplace.Workplace.check", broken)
    assert netmap("check") == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    details = Path(re.search(r"details are in (\S+);", said)[1])  # type: ignore[index]
    assert "ZeroDivisionError: planted" in details.read_text(encoding="utf-8")
    details.unlink()


def test_a_console_without_unicode_shows_question_marks_instead_of_failing(tmp_path: Path) -> None:
    """A Windows console may speak cp1252 and the register Urdu."""
    assert run(["init", str(tmp_path / "w"), "--example"]) == 0
    file = tmp_path / "w/networks/example-town/organisations.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Sisters Circle", "بہنوں کا حلقہ"),
        encoding="utf-8",
    )
    for form in ("text", "json"):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "netmap",
                "--workspace",
                str(tmp_path / "w"),
                "graph",
                "--format",
                form,
            ],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        )
        assert done.returncode == 0, done.stderr
        if form == "json":
            json.loads(done.stdout.decode("cp1252"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_an_interrupted_build_exits_130_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Ctrl+C in the middle of a build is not a disaster."""
    target = tmp_path / "out" / "site"
    process = subprocess.Popen(
        [sys.executable, "-m", "netmap", "build", "--no-record", "--output", str(target)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode in {0, 130}
    left = {p.name for p in target.parent.glob("*")} if target.parent.exists() else set()
    assert left <= {".netmap-site.lock", "site"}
    assert (target / "manifest.json").is_file() or not target.exists()


def test_documentation_names_every_command() -> None:
    """The README is where people look first."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("init", "check", "summary", "graph", "reach", "gaps", "map", "build"):
        assert f"`netmap {command}" in readme
    assert "uv run pytest" in readme


def test_what_is_wrong_with_a_row_is_quoted_to_staff_only(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The row may be a refuge's."""
    with (workspace / "networks/example-town/organisations.csv").open("a", encoding="utf-8") as t:
        t.write("rosewood,Rosewood House,no-such-role,,,,,,withheld,,\n")
    assert netmap("check", "--format", "json", workspace=workspace) == 0
    assert "no-such-role" in capsys.readouterr().out
    assert netmap("check", "--format", "json", "--audience", "public", workspace=workspace) == 0
    said = capsys.readouterr().out
    assert "no-such-role" not in said
    assert json.loads(said)["counts"]["warning"] == 1


def test_the_file_of_a_finding_is_the_workbook_and_its_message_names_the_sheet(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """People open the workbook first, then the sheet."""
    book = openpyxl.Workbook()
    book.active.title = "Minutes"  # type: ignore[union-attr]
    book.save(workspace / "networks/example-town/register.xlsx")
    assert netmap("check", "--format", "json", workspace=workspace) == 0
    found = json.loads(capsys.readouterr().out)["findings"][0]
    assert found["code"] == "stray-sheet"
    assert found["file"] == "networks/example-town/register.xlsx"
    assert found["message"].startswith("sheet 'Minutes'")
