"""What the source said, what it says and what people wrote since are compared cell by cell."""

from pathlib import Path

import pytest
from test_intake_rows import (
    codes,
    draft,
    imported,
    lines,
    network,
    organisations,
    planned,
    row,
)

from netmap.exchange.draft import Outcome

A = {"name": "A", "phone": "1"}


def edited(home: Path, before: str, after: str, table: str = "organisations") -> None:
    """Change a table by hand."""
    file = home / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8", newline="")


def content(home: Path) -> dict[str, bytes]:
    """Read every file of a network."""
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}


def test_the_same_file_twice_changes_no_byte(tmp_path: Path) -> None:
    """Otherwise nobody could tell what a new file changed."""
    home = tmp_path / "leeds"
    imported(organisations(A), home)
    before = content(home)
    intake = imported(organisations(A), home)
    assert content(home) == before
    assert intake.changes["organisations"].unchanged == 1


def test_what_was_edited_by_hand_stays_where_the_file_is_as_it_was(tmp_path: Path) -> None:
    """Hub staff correct the register; last year's spelling must not come back every month."""
    home = network(tmp_path)
    imported(organisations(A), home)
    edited(home, "a,A,1", "a,A,2")
    intake = planned(organisations(A), home)
    assert (intake.files, intake.notes) == ({}, ())


def test_what_changed_in_the_file_alone_is_taken(tmp_path: Path) -> None:
    """A new phone number is why people import again; an emptied one is news too."""
    home = network(tmp_path)
    imported(organisations(A, {"name": "B", "phone": "3"}), home)
    imported(organisations({**A, "phone": "2"}, {"name": "B", "phone": ""}), home)
    assert lines(home, "organisations")[1:] == ["a,A,2", "b,B,"]


def test_of_two_of_one_name_the_one_most_alike_is_changed(tmp_path: Path) -> None:
    """Two choirs: the one whose phone changed is the one of the same postcode."""
    home = network(tmp_path)
    cells = [{"name": "Choir", "postcode": p, "phone": "1"} for p in ("LS1 1UR", "BD1 1AA")]
    imported(organisations(*cells), home)
    newer = [{**one, "phone": str(n)} for n, one in enumerate(reversed(cells), start=2)]
    imported(organisations(*newer), home)
    after = lines(home, "organisations")[1:]
    assert after == ["choir,Choir,LS1 1UR,3", "choir-2,Choir,BD1 1AA,2"]


def test_what_both_changed_stays_with_a_warning_until_it_is_emptied(tmp_path: Path) -> None:
    """Nobody but people can say who is right; emptying the cell is how they say it."""
    home = network(tmp_path)
    imported(organisations(A), home)
    edited(home, "a,A,1", "a,A,2")
    newer = organisations({**A, "phone": "3"})
    intake = imported(newer, home)
    (note,) = intake.notes
    assert (note.outcome, note.code, str(note.spot)) == (
        Outcome.WARNED,
        "changed-by-hand",
        "Groups!B2",
    )
    assert note.message == "phone was changed by hand to '2'; the file now says '3'."
    assert note.hint == "Empty the cell to take the file's."
    assert lines(home, "organisations")[1] == "a,A,2"
    assert planned(newer, home).files == {}
    edited(home, "a,A,2", "a,A,")
    assert imported(newer, home).notes == ()
    assert lines(home, "organisations")[1] == "a,A,3"


def test_both_may_change_to_the_same(tmp_path: Path) -> None:
    """Two people heard of the same move."""
    home = network(tmp_path)
    imported(organisations({"name": "A", "postcode": "LS1 1UR"}), home)
    edited(home, "LS1 1UR", "bd11aa")
    intake = planned(organisations({"name": "A", "postcode": "BD1 1AA"}), home)
    assert intake.notes == ()
    assert list(intake.files) == ["imports/groups/organisations.csv"]


def test_a_first_import_fills_and_does_not_overwrite(tmp_path: Path) -> None:
    """The register was there first."""
    home = network(tmp_path, organisations="id,name,phone,email\na,A,,me@x.org\n")
    made = organisations({"id": "a", "name": "A", "phone": "1", "email": "you@x.org"})
    intake = imported(made, home)
    assert lines(home, "organisations")[1] == "a,A,1,me@x.org"
    assert codes(intake.notes) == ["differs"]
    assert planned(made, home).files == {}


def test_yes_is_yes_however_it_is_written(tmp_path: Path) -> None:
    """A different spelling is no difference."""
    home = network(tmp_path, activities="id,name,step_free,topics\na,A,Yes,bereavement;anxiety\n")
    made = draft(row("activities", 2, {"id": "a", "name": "A", "step_free": "y"}))
    intake = planned(made, home)
    assert intake.notes == ()
    assert intake.changes["activities"].unchanged == 1


def test_a_column_the_file_has_no_more_empties_nothing(tmp_path: Path) -> None:
    """Somebody hid a column before sending the sheet; sixty phone numbers must not go."""
    home = network(tmp_path)
    imported(organisations(A), home)
    intake = planned(organisations({"name": "A"}), home)
    assert intake.files == {}
    assert codes(intake.notes) == ["column-gone"]


def test_a_cell_that_turns_unreadable_empties_nothing(tmp_path: Path) -> None:
    """A slip in this month's postcode is no reason to lose last month's."""
    home = network(tmp_path)
    imported(organisations({"name": "A", "postcode": "LS1 1UR"}), home)
    assert planned(organisations({"name": "A", "postcode": "LS1" + "?"}), home).files == {}


def test_a_file_that_stops_hiding_a_row_does_not_show_it(tmp_path: Path) -> None:
    """A lost column of a sheet would put a refuge on the public map."""
    home = network(tmp_path)
    imported(
        organisations(
            {"name": "A", "visibility": "withheld"}, {"name": "B", "visibility": "public"}
        ),
        home,
    )
    intake = planned(
        organisations({"name": "A", "visibility": ""}, {"name": "B", "visibility": "public"}), home
    )
    assert intake.files == {}
    assert codes(intake.notes) == ["still-hidden"]


def test_missing_rows_stay_and_are_told_every_time(tmp_path: Path) -> None:
    """A filtered sheet is not a wish to delete."""
    home = network(tmp_path)
    imported(organisations(A, {"name": "B"}), home)
    for _ in range(2):
        intake = imported(organisations(A), home)
        change = intake.changes["organisations"]
        assert [one.label for one in change.missing] == ["B"]
        assert change.removed == ()
        assert str(change.missing[0].spot) == "networks/leeds/organisations.csv row 3"
    assert lines(home, "organisations")[1:] == ["a,A,1", "b,B,"]


def test_rows_of_others_are_never_missing(tmp_path: Path) -> None:
    """A funder's file says nothing about what the hub wrote itself."""
    home = network(tmp_path, organisations="id,name\nown,Own\n")
    imported(organisations({"name": "B"}), home, "other")
    intake = planned(organisations(A), home, remove=True)
    assert intake.changes["organisations"].missing == ()


def test_missing_rows_go_where_that_is_asked(tmp_path: Path) -> None:
    """And they are forgotten, so that they may come back as new."""
    home = network(tmp_path)
    imported(organisations(A, {"name": "B"}), home)
    intake = imported(organisations(A), home, remove=True)
    assert [one.id for one in intake.changes["organisations"].removed] == ["b"]
    assert lines(home, "organisations") == ["id,name,phone", "a,A,1"]
    assert planned(organisations(A), home, remove=True).files == {}


def test_an_organisation_others_refer_to_does_not_go(tmp_path: Path) -> None:
    """A tie without its end would be lost with it."""
    home = network(tmp_path)
    imported(organisations(A, {"name": "B"}), home)
    (home / "ties.csv").write_text(
        "source_organisation,target_organisation,kind\na,b,funds\n", encoding="utf-8"
    )
    intake = planned(organisations(A), home, remove=True)
    assert intake.files == {}
    (note,) = intake.notes
    assert note.message.startswith("'B' is not in the file any more and stays all the same: ")
    assert note.message.endswith("it is named in networks/leeds/ties.csv row 2.")


def test_an_organisation_goes_together_with_its_activities(tmp_path: Path) -> None:
    """What refers to it came from the same source and goes too."""
    home = network(tmp_path)
    both = draft(
        row("organisations", 2, A),
        row("organisations", 3, {"name": "B"}),
        row("activities", 4, {"name": "Walk", "organisation": "B"}),
    )
    imported(both, home)
    intake = imported(organisations(A), home, remove=True)
    assert [len(change.removed) for change in intake.changes.values()] == [1, 1]
    assert lines(home, "activities") == ["id,name,organisation"]


@pytest.mark.parametrize("reason", ["by hand", "by another source"])
def test_a_missing_row_that_holds_more_does_not_go(tmp_path: Path, reason: str) -> None:
    """What people added is not the source's to take away."""
    home = network(tmp_path)
    imported(organisations(A, {"name": "B", "phone": "5"}), home)
    if reason == "by hand":
        edited(home, "b,B,5", "b,B,6")
    else:
        imported(organisations({"id": "b", "name": "B", "phone": "5"}), home, "other")
    intake = planned(organisations(A), home, remove=True)
    assert intake.files == {}
    assert codes(intake.notes) == ["not-removed"]


def test_cells_added_to_an_area_are_no_reason_to_remove_it(tmp_path: Path) -> None:
    """A file of deciles gives cells, not areas."""
    home = network(tmp_path, areas="code,name\nE01000001,A\nE01000002,B\n")
    imported(
        draft(
            *(
                row("areas", n, {"code": f"E0100000{n}", "deprivation_decile": "3"}, patch=True)
                for n in (1, 2)
            )
        ),
        home,
    )
    imported(
        draft(row("areas", 1, {"code": "E01000001", "deprivation_decile": "3"}, patch=True)),
        home,
        remove=True,
    )
    assert lines(home, "areas")[1:] == ["E01000001,A,3", "E01000002,B,3"]


def test_a_row_that_is_only_mentioned_now_loses_nothing(tmp_path: Path) -> None:
    """Last month it was a row of its own; this month another row only names it."""
    home = network(tmp_path)
    imported(draft(row("organisations", 2, A, key="1"), row("organisations", 3, A, key="2")), home)
    mention = row("organisations", 2, {"name": "A"}, key="1", mention=True)
    intake = planned(draft(mention, row("organisations", 3, A, key="2")), home)
    assert intake.files == {}


def test_a_tie_whose_start_is_corrected_is_the_same_tie(tmp_path: Path) -> None:
    """A grant keeps its number; two ties would count its money twice."""
    home = network(tmp_path, organisations="id,name\na,A\nb,B\n")
    cells = {
        "source_organisation": "a",
        "target_organisation": "b",
        "kind": "funds",
        "since": "2026-01-01",
    }
    imported(draft(row("ties", 2, cells, key="grant-1")), home)
    newer = draft(row("ties", 2, {**cells, "since": "2026-02-01"}, key="grant-1"))
    intake = imported(newer, home)
    assert intake.changes["ties"].changed[0].cells == {"since": ("2026-01-01", "2026-02-01")}
    assert lines(home, "ties")[1:] == ["a,b,funds,2026-02-01"]
    assert planned(newer, home).files == {}
