"""Errors say what to do and carry an exit code; findings say where, in a settled order."""

import pytest

from netmap import errors
from netmap.findings import (
    Finding,
    Level,
    Place,
    counts,
    did_you_mean,
    in_order,
    without_cells,
)

EXAMPLES: list[tuple[errors.NetmapError, int, str]] = [
    (errors.NoWorkspaceError("there"), 10, "netmap init"),
    (errors.NoNetworkError("leds", ["leeds"], "Did you mean 'leeds'?"), 10, "Known: leeds."),
    (errors.NoNetworkError("leeds", []), 10, "networks/ is empty"),
    (errors.NoNetworkError(None, []), 10, "no network yet"),
    (errors.UnreadableFileError("a.csv", "it is not text"), 11, "a.csv cannot be read: it is not"),
    (errors.NothingUsableError("leeds", 1), 11, "(1 problem)"),
    (errors.UnknownNameError("map", "x", "Did you mean 'y'?"), 12, "No map is called 'x'. Did"),
    (errors.AudiencesDifferError("gaps.json", "public", "staff"), 2, "made for public, and"),
    (errors.CannotWriteError("site", "the disk is full"), 13, "untouched"),
    (errors.CannotServeError("127.0.0.1", 80, "not allowed"), 13, "Another port may do"),
    (errors.CannotUndoError("networks/leeds"), 13, "no import to undo"),
    (errors.CannotUndoError("networks/leeds", ["ties.csv"]), 13, "import: ties.csv. Put these"),
    (errors.WithdrawalError("year", 6, 9), 13, "--withdraw"),
    (errors.NoScheduleError("year", ["no venue", "no day"]), 14, "\n  - no venue\n  - no day"),
]


@pytest.mark.parametrize(("error", "code", "words"), EXAMPLES)
def test_each_error_has_the_promised_exit_code_and_says_what_to_do(
    error: errors.NetmapError, code: int, words: str
) -> None:
    """Scripts go by the code, people by the words."""
    assert error.exit_code == code
    assert words in str(error)


def test_every_kind_of_error_is_tried_here() -> None:
    """A new error without an exit code of its own would quietly be a fault in netmap (3)."""
    assert {type(error) for error, _, _ in EXAMPLES} == set(errors.NetmapError.__subclasses__())


def test_a_finding_reads_as_place_message_hint() -> None:
    """It is the line people see, and the design promises its shape."""
    place = Place("networks/leeds/ties.csv", 4, "target_organisation")
    finding = Finding(Level.ERROR, "x", "no organisation.", place, "a", "Did you mean 'b'?")
    assert str(finding) == (
        "networks/leeds/ties.csv row 4, target_organisation: no organisation. Did you mean 'b'?"
    )
    assert str(Finding(Level.NOTICE, "x", "all of it.")) == "all of it."


def test_every_level_is_counted_even_where_there_is_none() -> None:
    """A script reads counts["error"] without asking whether it is there."""
    found = [Finding(Level.NOTICE, "a", ""), Finding(Level.NOTICE, "b", "")]
    assert counts(found) == {"error": 0, "warning": 0, "notice": 2}


def test_findings_are_ordered_worst_first_then_by_problem_and_place() -> None:
    """Row 10 comes after row 9, and the same findings are always listed the same way."""
    notice = Finding(Level.NOTICE, "a", "")
    ninth = Finding(Level.ERROR, "b", "", Place("f", 9))
    tenth = Finding(Level.ERROR, "b", "", Place("f", 10))
    assert in_order([notice, tenth, ninth]) == [ninth, tenth, notice]


def test_the_nearest_name_is_suggested_and_nothing_far_fetched() -> None:
    """A wrong suggestion is worse than none."""
    assert did_you_mean("marl-hbu", ["marl-hub", "leeds-mind"]) == "Did you mean 'marl-hub'?"
    assert did_you_mean("zzz", ["marl-hub", "leeds-mind"]) == ""


def test_others_than_staff_do_not_learn_the_headings_people_chose() -> None:
    """A column called after a donor tells who gave."""
    known = Finding(Level.WARNING, "bad-date", "x", Place("f.csv", 3, "since"), "x", "y")
    own = Finding(Level.NOTICE, "unknown-column", "x", Place("f.csv", 1, "Given by A"), "x", "y")
    assert without_cells(known).place == Place("f.csv", 3, "since")
    assert without_cells(own).place == Place("f.csv", 1)
