"""What people decided about gaps: read, put to the gaps, kept quiet, and never told too widely."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from netmap.build.gap_deciding import decision_findings
from netmap.build.workplace import Workplace, open_for
from netmap.findings import Finding
from netmap.gaps import Report, largest
from netmap.gaps.decisions import decided, in_words
from netmap.gaps.gap import Decision, Gap, Severity
from netmap.networks.gap_decisions import read_gap_decisions, with_decision
from netmap.networks.register import Register
from netmap.privacy import Audience
from netmap.vocabulary import load

DAY = date(2026, 11, 22)
ALONE = "example/isolated-organisation/alone"
OTHER = "example/isolated-organisation/other"
TABLES = {"organisations": "id,name\nalone,Alone\nother,Other\nlarkspur,Larkspur House\n"}
Write = Callable[..., tuple[Register, list[Finding]]]


def opened(
    folder: Path,
    write_network: Write,
    decisions: str,
    audience: Audience = Audience.STAFF,
    **tables: str,
) -> Workplace:
    """Write two organisations nobody is tied to, and what was decided about them."""
    files = {**TABLES, "gap-decisions": decisions, **tables}
    write_network(folder, files, toml='surveyed = ["ties"]\n')
    return open_for(folder, DAY, audience)


def found(place: Workplace) -> dict[str, Finding]:
    """Say what check notices of the decisions, by its code."""
    return {one.code: one for one in decision_findings(place, "example")}


def test_a_settled_gap_keeps_its_severity_and_comes_last(
    tmp_path: Path, write_network: Write
) -> None:
    """What a meeting has accepted must not head every list, nor be lost from it."""
    place = opened(
        tmp_path, write_network, f"gap,decision,by,on\n{ALONE},Accept,Board,2026-11-01\n"
    )
    report = place.report("example")
    bare = replace(report, gaps=tuple(gap._replace(decision=None) for gap in report.gaps))
    assert report.gaps[-1].id == ALONE
    assert report.gaps[-1].severity is Severity.MEDIUM
    assert report.gaps[-1].decision == Decision(ALONE, "accepted", "Board", "2026-11-01")
    assert report.counts == bare.counts
    assert ALONE not in [gap.id for gap in largest([report], 9)]
    assert OTHER in [gap.id for gap in largest([report], 9)]


@pytest.mark.parametrize(
    ("word", "settles"),
    [("accepted", True), ("planned", True), ("disputed", False), ("done", False)],
)
def test_what_is_disputed_or_done_but_still_found_goes_on_being_brought_up(
    word: str, *, settles: bool
) -> None:
    """A word in a file does not make a group appear."""
    gap = Gap("n/r", "r", Severity.HIGH, "One.")
    report = decided(
        Report("n", "2026-11-22", "staff", (gap,), ()), [Decision("n/r", word, "Board")]
    )
    assert report.gaps[0].settled is settles
    assert bool(report.unsettled) is not settles


def test_the_others_keep_their_order() -> None:
    """The most pressing stays first among those still open."""
    gaps = tuple(Gap(name, "r", Severity.HIGH, ".") for name in "abcd")
    made = [Decision("a", "planned"), Decision("c", "accepted")]
    report = decided(Report("n", "2026-11-22", "staff", gaps, ()), made)
    assert "".join(gap.id for gap in report.gaps) == "bdac"


@pytest.mark.parametrize("heading", ["gap", "Gap ID", "gap_id", "id"])
def test_the_gap_may_stand_under_several_headings(
    tmp_path: Path, write_network: Write, heading: str
) -> None:
    """People copy rows from gaps.csv, where the heading is another."""
    place = opened(tmp_path, write_network, f"{heading},decision\n{ALONE},planned\n")
    assert [g.id for g in place.report("example").gaps if g.settled] == [ALONE]


def test_everything_wrong_is_told_with_its_file_row_and_column(
    tmp_path: Path, write_network: Write
) -> None:
    """A decision that is not read would leave a board wondering."""
    place = opened(
        tmp_path,
        write_network,
        f"""
        gap,decision,by,on
        {ALONE},acepted,Board,2026-11-01
        {OTHER},planned,Board,soon
        {OTHER},accepted,Board,
        ,accepted,Board,
        """,
    )
    said = found(place)
    places = {code: str(one.place).split("/")[-1] for code, one in said.items()}
    assert places["unknown-term"] == "gap-decisions.csv row 2, decision"
    assert said["unknown-term"].hint == "Did you mean 'accepted'?"
    assert places["bad-date"] == "gap-decisions.csv row 3, on"
    assert places["duplicate-id"] == "gap-decisions.csv row 4, gap"
    assert places["missing-value"] == "gap-decisions.csv row 5, gap"
    by_id = {gap.id: gap for gap in place.report("example").gaps}
    assert by_id[ALONE].decision is None
    assert by_id[OTHER].decision == Decision(OTHER, "planned", "Board")


def test_without_the_heading_nothing_is_settled_and_it_is_said(
    tmp_path: Path, write_network: Write
) -> None:
    """A renamed column must not silently bring every gap back."""
    place = opened(tmp_path, write_network, f"gaps,decision\n{ALONE},accepted\n")
    assert found(place)["missing-heading"].place.column == "gap"
    assert len(place.report("example").unsettled) == len(place.report("example").gaps)


def test_a_decision_whose_gap_is_found_no_more_is_noticed_and_kept(
    tmp_path: Path, write_network: Write
) -> None:
    """It may come back, and what was decided then is still known."""
    gone = "example/isolated-organisation/allone"
    place = opened(tmp_path, write_network, f"gap,decision\n{gone},accepted\n{ALONE},planned\n")
    noticed = [one for one in place.check() if one.code == "decision-without-gap"]
    assert [(one.level.value, one.place.row, one.value) for one in noticed] == [("notice", 2, gone)]
    assert noticed[0].hint == f"Did you mean '{ALONE}'?"


def test_notes_are_for_staff_and_who_is_withheld_is_not_named(
    tmp_path: Path, write_network: Write
) -> None:
    """A note may say what must not be known; so may the name of who decided."""
    decisions = (
        "gap,decision,by,note\n"
        f"{ALONE},accepted,The Larkspur House team,Too near Larkspur House\n"
        f"{OTHER},accepted,Board,Costs\n"
    )
    tables = {
        "organisations": "id,name,visibility\nalone,Alone,\nother,Other,\n"
        "larkspur,Larkspur House,withheld\n"
    }
    for audience, by, note in (
        (Audience.STAFF, "The Larkspur House team", "Too near Larkspur House"),
        (Audience.PARTNERS, "", ""),
        (Audience.PUBLIC, "", ""),
    ):
        place = opened(tmp_path, write_network, decisions, audience, **tables)
        made = {gap.id: gap.decision for gap in place.report("example").gaps}
        assert made[ALONE] == Decision(ALONE, "accepted", by, "", note)
        other = made[OTHER]
        assert other is not None
        assert other.by == "Board"


def test_a_decision_about_a_gap_that_an_audience_does_not_get_is_not_there(
    tmp_path: Path, write_network: Write
) -> None:
    """Its id alone would name what is withheld."""
    hidden = "example/isolated-organisation/larkspur"
    tables = {
        "organisations": "id,name,visibility\nalone,Alone,\nlarkspur,Larkspur House,withheld\n"
    }
    decisions = f"gap,decision\n{hidden},accepted\n"
    staff = opened(tmp_path, write_network, decisions, Audience.STAFF, **tables)
    assert [gap.id for gap in staff.report("example").gaps if gap.decision] == [hidden]
    public = opened(tmp_path, write_network, decisions, Audience.PUBLIC, **tables)
    assert not [gap.id for gap in public.report("example").gaps if gap.decision]


def test_writing_one_decision_leaves_the_rest_of_the_file(tmp_path: Path) -> None:
    """The file is people's own."""
    file = tmp_path / "gap-decisions.csv"
    file.write_text("gap,meeting,decision,note\nx/b,March,done,\nx/a,,accepted,Why\n", "utf-8")
    sheet, _ = read_gap_decisions(tmp_path, "n", load())
    made = with_decision(sheet, "x/b", {"decision": "planned", "by": "Board"}).decode()
    assert made == (
        "gap,meeting,decision,note,by,on\nx/b,March,planned,,Board,\nx/a,,accepted,Why,,\n"
    )
    back = with_decision(sheet, "x/a", {}).decode()
    assert back == "gap,meeting,decision,note,by,on\nx/b,March,done,,,\n"
    # People wrote something of their own in this row.
    assert with_decision(sheet, "x/b", {}).decode().splitlines()[1] == "x/b,March,,,,"


def test_a_decision_is_said_in_words() -> None:
    """Only what is known is said."""
    whole = Decision("x", "planned", "Board", "2026-11-22", "Soon")
    assert in_words(whole) == "planned by Board on 2026-11-22: Soon"
    assert in_words(Decision("x", "done")) == "done"
