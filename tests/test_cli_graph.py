"""What `netmap graph` says, to people and to programs."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from netmap.cli import run

ROOT = Path(__file__).parents[1]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Start a workspace with the illustrative network."""
    assert run(["init", str(tmp_path / "w"), "--example"]) == 0
    return tmp_path / "w"


def said(capsys: pytest.CaptureFixture[str], *words: str, where: Path = ROOT) -> str:
    """Run `netmap graph` and give what it prints, as one line."""
    capsys.readouterr()
    assert run(["--workspace", str(where), "--as-of", "2026-11-22", "graph", *words]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_json_has_its_documented_keys_first_and_the_others_after(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Other people's scripts depend on these names; what was not asked for is not there."""
    whole = json.loads(said(capsys, "side-by-side", "--format", "json"))
    assert " ".join(whole) == (
        "network organisations ties components density reciprocity members without "
        "betweenness_sampled homophily bridges brokers"
    )
    assert (whole["without"], whole["betweenness_sampled"]) == (None, None)
    assert whole["bridges"]["organisations"][0]["removed"] == "mind"
    words = (
        "side-by-side",
        "--shared",
        "activities",
        "--between",
        "suffolk-mind",
        "kettering-mind",
    )
    asked = json.loads(said(capsys, *words, "--format", "json"))
    assert list(asked)[-2:] == ["projections", "between"]
    (way,) = asked["between"]["ways"]
    assert way[0] == {"one": "suffolk-mind", "other": "mind", "forth": [], "back": ["manages"]}
    assert asked["projections"]["pairs"][0]["one"] == "bipolar-uk"


def test_text_says_who_holds_it_together_and_who_is_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Hub staff read words; the figures stand beside them."""
    whole = said(capsys, "side-by-side")
    assert "Mind: 88% of the shortest ways between others lead through it." in whole
    assert "If Mind left, 7 parts would be left where now there is one." in whole
    assert "13 of 14 organisations have a known sector, and these are all Third sector" in whole
    apart = said(capsys, "west-yorkshire-harrogate")
    assert "4 organisations with no recorded tie to another: Leeds Teaching Hospitals" in apart
    assert "The register does not say that it lists all ties" in apart


def test_text_says_who_could_introduce_whom_and_how_they_are_tied(
    capsys: pytest.CaptureFixture[str], example: Path
) -> None:
    """Names and verbs, in the direction of the tie."""
    two = said(capsys, "--between", "example-council", "BME", where=example)
    assert "(Sisters Circle, led by Black African, serves Black African) in 2 steps, 1 way" in two
    assert "Example Council > Example Town Hub > Sisters Circle" in two
    assert "Example Town Hub is in dialogue with Example Council" in two
    itself = said(capsys, "--between", "sisters-circle", "women", where=example)
    assert "Sisters Circle is itself for: Women. No other organisation is recorded" in itself


def test_ways_lead_through_nobody_an_audience_may_not_see(
    capsys: pytest.CaptureFixture[str], example: Path
) -> None:
    """The hub is withheld: for the public there is no way, and no such name."""
    file = example / "networks/example-town/organisations.csv"
    rows = file.read_text(encoding="utf-8").replace(
        "public,,2026-09-01", "public,withheld,2026-09-01"
    )
    file.write_text(rows, encoding="utf-8")
    words = ("--between", "example-council", "harbour-group", "--format", "json")
    assert "example-hub" in said(capsys, *words, where=example)
    public = said(capsys, *words, "--audience", "public", where=example)
    assert "example-hub" not in public
    assert json.loads(public)["between"]["steps"] is None


def test_a_long_table_is_cut_and_says_how_to_see_it_all(
    capsys: pytest.CaptureFixture[str], example: Path
) -> None:
    """Forty organisations: thirty rows, then --all."""
    rows = "id,name\n" + "".join(f"o{n:02},Org {n:02}\n" for n in range(40))
    folder = example / "networks/example-town"
    (folder / "organisations.csv").write_text(rows, encoding="utf-8")
    (folder / "ties.csv").unlink()
    short = said(capsys, where=example)
    assert "Org 29 o29" in short
    assert "Org 30 o30" not in short
    assert "and 10 more organisations; --all lists them all." in short
    assert "Org 39 o39" in said(capsys, "--all", where=example)


@pytest.mark.parametrize("rows", ["", "a,Alone\n"])
def test_a_network_of_nobody_or_of_one_is_no_fault(
    capsys: pytest.CaptureFixture[str], example: Path, rows: str
) -> None:
    """The first day of a network."""
    folder = example / "networks/example-town"
    (folder / "organisations.csv").write_text(f"id,name\n{rows}", encoding="utf-8")
    (folder / "ties.csv").unlink()
    expected = "1 organisation, 0 ties." if rows else "0 organisations, 0 ties."
    assert expected in said(capsys, "--shared", "venues", where=example)
    assert expected in said(capsys, where=example)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--without", "minnd"], "Did you mean 'mind'?"),
        (["--between", "mind", "lgbtt"], "Did you mean 'lgbt'?"),
        (["--between", "Elefrends", "mind"], "Did you mean 'elefriends'?"),
    ],
)
def test_a_name_that_is_not_known_gets_the_likely_one(
    capsys: pytest.CaptureFixture[str], words: list[str], hint: str
) -> None:
    """Exit code 12."""
    assert run(["--workspace", str(ROOT), "graph", "side-by-side", *words]) == 12
    assert hint in capsys.readouterr().err


def test_what_is_shared_is_said_with_who_is_not_tied(capsys: pytest.CaptureFixture[str]) -> None:
    """Whom to introduce to each other; in the label of the topic."""
    topics = said(capsys, "copes-advisory", "--shared", "topics")
    assert "Breastfeeding: Sheffield Breastfeeding study, Sheffield Cubed" in topics
    assert "34 pairs in all, 0 of them tied to each other." in topics
    assert "No adviser advises two organisations." in said(
        capsys, "copes-advisory", "--shared", "advisers"
    )


def test_text_says_whether_alike_tie_with_alike_against_chance(
    capsys: pytest.CaptureFixture[str], example: Path
) -> None:
    """Five of each of two sectors, all tied within theirs: by chance four in nine would be."""
    folder = example / "networks/example-town"
    ids = [f"{sector}{n}" for sector in ("nhs", "arts") for n in range(5)]
    rows = "".join(f"{one},{one.upper()},{one[:-1]}\n" for one in ids)
    (folder / "organisations.csv").write_text(f"id,name,sector\n{rows}", encoding="utf-8")
    ties = "".join(
        f"{one},{other},funds\n" for one, other in combinations(ids, 2) if one[0] == other[0]
    )
    heading = "source_organisation,target_organisation,kind\n"
    (folder / "ties.csv").write_text(heading + ties, encoding="utf-8")
    whole = said(capsys, where=example)
    assert "By sector: yes, more often than by chance. 20 of 20 tied pairs (100%)" in whole
    assert "it is 44% (E-I index -1.00, assortativity 1.00)" in whole
    assert "Tied among themselves alone: Arts (10 ties), NHS (10 ties)." in whole
    (folder / "ties.csv").write_text(f"{heading}{ties}nhs0,arts0,funds\n", encoding="utf-8")
    assert "Tied among themselves alone" not in said(capsys, where=example)
    few = "".join(ties.splitlines(keepends=True)[:9])
    (folder / "ties.csv").write_text(heading + few, encoding="utf-8")
    assert "By sector: too few ties to tell (under 10)." in said(capsys, where=example)
