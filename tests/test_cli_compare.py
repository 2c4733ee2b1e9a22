"""Comparing and deciding as people do it: a town, a snapshot of it, and what happened since."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from netmap.cli import run

DAY = "2026-11-22"
GAP = "town/community-without-provision/north/somali"
FILES = {
    "netmap.toml": 'title = "Town"\n',
    "networks/town/network.toml": 'title = "Town"\nsurveyed = ["activities"]\n',
    "networks/town/organisations.csv": """
        id,name,roles,area,verified_on,visibility
        hub,Town Hub,hub,north,2026-09-01,
        larkspur,Larkspur House,grassroots_group,south,2026-09-01,
    """,
    "networks/town/areas.csv": """
        code,name,kind,latitude,longitude,rural_urban
        north,North End,place,53.80,-1.50,large_urban
        south,South End,place,53.60,-1.50,large_urban
    """,
    "networks/town/populations.csv": """
        area,measure,total,somali
        north,people,9000,1200
        south,people,8000,20
    """,
    "networks/town/enquiries.csv": """
        area,community,asked,asked_on,by,answer
        north,somali,yes,2026-09-01,hub,
    """,
    "networks/town/activities.csv": """
        id,name,organisation,approach,communities,area,verified_on,status
        tea,Tea,hub,support_group,carers,north,2026-09-01,active
    """,
}
Compare = Callable[..., dict[str, Any]]


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Write the town as it is today."""
    for name, content in FILES.items():
        file = tmp_path / "today" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(content).lstrip("\n"), encoding="utf-8")
    return tmp_path / "today"


@pytest.fixture
def snapshot(town: Path) -> Path:
    """Keep the town as it was."""
    return Path(shutil.copytree(town, town.parent / "snapshot"))


@pytest.fixture
def compare(capsys: pytest.CaptureFixture[str]) -> Compare:
    """Give the function that compares, and returns what is said of the one network."""

    def comparing(before: Path, after: Path, *more: str, as_of: str = DAY) -> dict[str, Any]:
        words = ["--as-of", as_of, "compare", str(before), str(after), *more]
        capsys.readouterr()
        assert run([*words, "--format", "json"]) == 0
        (network,) = json.loads(capsys.readouterr().out)["networks"]
        return dict(network)

    return comparing


def table(workspace: Path, name: str) -> Path:
    """Find a table of the town."""
    return workspace / f"networks/town/{name}.csv"


def add(workspace: Path, name: str, row: str) -> None:
    """Write a row at the end of a table."""
    with table(workspace, name).open("a", encoding="utf-8") as file:
        file.write(f"{row}\n")


GROUP = "circle,Somali circle,hub,support_group,somali,north,2026-09-01,active"


def test_a_group_that_began_closes_the_gap_and_is_named_as_the_reason(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """The report to the funder: what did we do, and what came of it."""
    add(town, "activities", GROUP)
    found = compare(snapshot, town)
    (closed,) = [one for one in found["closed"] if one["id"] == GAP]
    assert closed["why"] == [
        {
            "table": "activities", "key": "circle", "change": "added", "column": None,
            "before": None, "after": "Somali circle",
            "file": "networks/town/activities.csv", "row": 3,
        }
    ]  # fmt: skip
    assert found["rows"]["activities"] == {"added": 1, "removed": 0, "changed": 0}
    assert found["rows"]["organisations"] == {"added": 0, "removed": 0, "changed": 0}
    assert found["counts"]["closed"] == len(found["closed"])
    public = compare(snapshot, town, "--audience", "public")["closed"]
    # Where a row stands tells how many stand above it, shown or not.
    assert [one["row"] for gap in public for one in gap["why"]] == [None]


def test_a_group_that_ended_opens_it_again_and_the_cell_is_named(
    town: Path, compare: Compare
) -> None:
    """What went wrong, in the very cell that says so."""
    add(town, "activities", GROUP)
    earlier = Path(shutil.copytree(town, town.parent / "earlier"))
    table(town, "activities").write_text(
        table(town, "activities")
        .read_text("utf-8")
        .replace(GROUP, GROUP.replace("active", "closed")),
        "utf-8",
    )
    (opened,) = [one for one in compare(earlier, town)["opened"] if one["id"] == GAP]
    assert [
        (one["key"], one["change"], one["column"], one["before"], one["after"])
        for one in opened["why"]
    ] == [("circle", "changed", "status", "active", "closed")]


def test_rows_in_another_order_are_no_difference(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """People sort their spreadsheets."""
    for folder in (snapshot, town):
        add(folder, "enquiries", "north,somali,yes,2025-09-01,hub,open_only")
    for name in ("organisations", "enquiries"):
        head, *rows = table(town, name).read_text("utf-8").splitlines()
        table(town, name).write_text("\n".join([head, *reversed(rows)]), "utf-8")
    found = compare(snapshot, town)
    assert {n for rows in found["rows"].values() for n in rows.values()} == {0}
    assert found["counts"]["unchanged"] > 0
    assert not found["opened"] + found["closed"] + found["changed"]


def test_what_only_the_day_made_stale_is_put_down_to_the_day(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """Nobody stopped anything: nobody has looked for a year."""
    add(town, "activities", "walk,Walk,hub,activity_group,,south,2026-09-01,active")
    found = compare(snapshot, town, "--before-on", DAY, as_of="2027-11-22")
    why = {one["id"]: one["why"] for one in (*found["opened"], *found["closed"])}
    stale = "town/community-out-of-date/north/somali"
    assert [(one["table"], one["before"], one["after"]) for one in why[stale]] == [
        ("day", DAY, "2027-11-22")
    ]
    # The walk was not there before: the day is not what makes it stale.
    walk = [one for key, one in why.items() if key.endswith("/walk")]
    assert [one["table"] for reasons in walk for one in reasons] == ["activities"] * len(walk)
    assert walk
    assert (found["before_as_of"], found["after_as_of"]) == (DAY, "2027-11-22")


def test_a_setting_that_was_changed_is_told_and_a_rule_switched_off_closes_nothing(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """A gap that nobody looks for is not a gap that closed."""
    with (town / "networks/town/network.toml").open("a") as file:
        file.write('[gaps.rules]\ncommunity-without-provision = "off"\n')
    found = compare(snapshot, town)
    key = "gaps.rules.community-without-provision"
    assert found["settings"] == [{"key": key, "before": None, "after": "off"}]
    assert [one["id"] for one in found["no_longer_checked"]] == [GAP]
    assert found["no_longer_checked"][0]["why"][0]["key"] == key
    assert GAP not in [one["id"] for one in found["closed"]]
    back = compare(town, snapshot)
    assert [one["id"] for one in back["newly_checked"]] == [GAP]


def test_a_decision_is_kept_told_as_a_change_and_taken_back(
    snapshot: Path, town: Path, compare: Compare, capsys: pytest.CaptureFixture[str]
) -> None:
    """The steering group decides in a meeting; the next report says so."""
    decide = ["--workspace", str(town), "--as-of", DAY, "gaps", "--decide", GAP]
    assert run([*decide, "--as", "in hand", "--by", "Steering group", "--note", "A bid"]) == 0
    assert f"'{GAP}' is kept as planned." in capsys.readouterr().out
    assert table(town, "gap-decisions").read_text("utf-8") == (
        f"gap,decision,by,on,note\n{GAP},planned,Steering group,{DAY},A bid\n"
    )
    (changed,) = compare(snapshot, town)["changed"]
    assert (changed["id"], changed["changes"]) == (GAP, {"decision": [None, "planned"]})
    assert run([*decide, "--as", "none"]) == 0
    assert table(town, "gap-decisions").read_text("utf-8") == "gap,decision,by,on,note\n"
    assert compare(snapshot, town)["changed"] == []
    capsys.readouterr()
    assert run([*decide, "--as", "none"]) == 0
    assert "nothing was written" in capsys.readouterr().out


def test_a_settled_gap_is_printed_last_and_does_not_fail(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A nightly check should ring for what is new, not for what was accepted in March."""
    gaps = ["--workspace", str(town), "--as-of", DAY, "gaps"]
    failing = [*gaps, "--severity", "high", "--fail-on", "high"]
    assert run(failing) == 1
    capsys.readouterr()
    assert run([*gaps, "--decide", GAP, "--as", "accepted", "--by", "Board"]) == 0
    capsys.readouterr()
    assert run(failing) == 0
    said = capsys.readouterr().out
    assert "0 high, 0 medium, 0 low, 0 info, and 1 decided." in said
    assert "HIGH" not in said
    assert said.index("DECIDED") < said.index(f"Decided: accepted by Board on {DAY}")
    run([*gaps, "--decide", GAP, "--as", "disputed"])
    assert run(failing) == 1


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--decide", f"{GAP}x", "--as", "done"], 12, f"Did you mean '{GAP}'?"),
        (["--decide", GAP, "--as", "acepted"], 12, "Did you mean 'accepted'?"),
        (["--decide", GAP], 2, "say what is decided"),
        (["--as", "done"], 2, "name the gap"),
        (["--note", "Why"], 2, "name the gap"),
    ],
)
def test_half_a_decision_is_refused_and_nothing_is_written(
    town: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    """A slip in an id must not be kept as a decision about nothing."""
    assert run(["--workspace", str(town), "--as-of", DAY, "gaps", *words]) == code
    assert said in " ".join(capsys.readouterr().err.split())
    assert not table(town, "gap-decisions").exists()


def test_a_file_that_was_not_understood_is_not_written_over(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands in it would be lost."""
    content = f"gaps,decision\n{GAP},accepted\n"
    table(town, "gap-decisions").write_text(content, "utf-8")
    words = ["--workspace", str(town), "--as-of", DAY, "gaps", "--decide", GAP, "--as", "done"]
    assert run(words) == 13
    assert "netmap check town" in capsys.readouterr().err
    assert table(town, "gap-decisions").read_text("utf-8") == content


def test_a_built_site_or_its_gaps_json_can_be_compared_without_rows(
    town: Path, compare: Compare, capsys: pytest.CaptureFixture[str]
) -> None:
    """Last year's site is often all there is."""
    site = town / "site"
    build = ["--workspace", str(town), "--as-of", DAY, "build", "--output", str(site)]
    assert run([*build, "--no-record"]) == 0
    capsys.readouterr()
    add(town, "activities", GROUP)
    for before in (site, site / "data", site / "data/town/gaps.json"):
        found = compare(before, town)
        assert found["rows"] is None
        assert [one["id"] for one in found["closed"]] == [GAP]
    assert run(["--as-of", DAY, "compare", str(site), str(town)]) == 0
    assert "Rows cannot be compared" in capsys.readouterr().out
    assert run(["compare", str(site), str(town), "--audience", "staff"]) == 2
    assert "was made for public" in capsys.readouterr().err


def test_text_says_what_moved_and_because_of_what(
    snapshot: Path, town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is read aloud in a meeting."""
    add(town, "activities", GROUP)
    assert run(["--as-of", DAY, "compare", str(snapshot), str(town)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "1 gap closed, " in said
    assert "What differs: 1 activity added." in said
    assert (
        "Because of: networks/town/activities.csv row 3: circle (Somali circle) added "
        f"{GAP}" in said
    )


def test_it_fails_on_what_opened_alone(snapshot: Path, town: Path) -> None:
    """A pipeline should stop for what got worse, not for what was always so."""
    add(town, "activities", GROUP)
    words = ["--as-of", DAY, "compare"]
    assert run([*words, str(snapshot), str(town), "--fail-on", "high"]) == 0
    assert run([*words, str(town), str(snapshot), "--fail-on", "high"]) == 1
    assert run([*words, str(town), str(town), "--fail-on", "info"]) == 0


def test_what_is_not_there_or_not_netmaps_is_refused(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A typing slip must not read as a network without gaps."""
    wrong = {"list.json": "[]", "words.json": "hello", "deep.json": "[" * 100_000}
    for name, content in wrong.items():
        (tmp_path / name).write_text(content, "utf-8")
        assert run(["compare", str(tmp_path / name), str(town)]) == 11
    assert run(["compare", str(tmp_path / "none.json"), str(town)]) == 11
    assert run(["compare", str(tmp_path / "nowhere"), str(town)]) == 10
    assert run(["compare", str(town), str(tmp_path)]) == 10
    assert run(["compare", str(town), str(town), "--network", "twon"]) == 10
    assert "Did you mean 'town'?" in capsys.readouterr().err


def test_what_was_withheld_since_is_told_to_staff_alone(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """The refuge stood in the open last year; that is no reason to print it today."""
    file = table(town, "organisations")
    file.write_text(
        file.read_text("utf-8").replace("south,2026-09-01,", "south,2026-09-01,withheld")
    )
    staff = compare(snapshot, town)
    assert staff["rows"]["organisations"]["changed"] == 1
    for audience in ("public", "partners"):
        found = compare(snapshot, town, "--audience", audience)
        assert "larkspur" not in json.dumps(found).casefold()
        rows = found["rows"]["organisations"]
        assert rows == {"added": 0, "removed": 0, "changed": 0}


def test_a_row_whose_consent_ended_since_is_told_to_nobody(
    snapshot: Path, town: Path, compare: Compare
) -> None:
    """That it left is no licence to name it."""
    file = table(town, "organisations")
    rows = file.read_text("utf-8").splitlines()
    ended = [f"{rows[0]},consent_until", f"{rows[1]},", f"{rows[2]},2026-10-01"]
    file.write_text("\n".join(ended), "utf-8")
    for audience in ("staff", "public"):
        found = compare(snapshot, town, "--audience", audience)
        assert found["rows"]["organisations"]["removed"] == 0
        assert "larkspur" not in json.dumps(found).casefold()
