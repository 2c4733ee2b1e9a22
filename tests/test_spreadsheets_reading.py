"""Sheets as people keep them become rows of a register, each row accounted for."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.grids import Book, Grid, Oddity
from netmap.exchange.spreadsheets import Proposal, decide, propose, read
from netmap.networks.models import TABLES, columns
from netmap.vocabulary import load

VOCABULARIES = load()
Rows = Sequence[Sequence[str]]


def grid(
    rows: Rows,
    sheet: str = "Sheet1",
    merged: tuple[tuple[int, int, int, int], ...] = (),
    odd: Mapping[tuple[int, int], Oddity] | None = None,
) -> Grid:
    """Make a sheet of a workbook."""
    return Grid("g.xlsx", sheet, rows, odd or {}, merged)


def proposed(*grids: Grid, table: str | None = None) -> Proposal:
    """Say what sheets are."""
    return propose(Book(grids), VOCABULARIES, None, table)


def drafted(*grids: Grid, table: str | None = None, notes: tuple[Note, ...] = ()) -> Draft:
    """Read sheets, answering every question with yes, and count that nothing is lost."""
    book = Book(grids, notes)
    proposal = propose(book, VOCABULARIES, None, table)
    draft = read(book, proposal, decide(proposal, lambda _: True), VOCABULARIES)
    spots = {row.spot for row in draft.rows}
    assert draft.read == len(spots) + len(draft.set_aside)
    assert not spots & {note.spot for note in draft.set_aside}
    return draft


def cells(draft: Draft, table: str) -> list[dict[str, str]]:
    """Give the cells of a table's rows."""
    return [dict(row.cells) for row in draft.rows if row.table == table]


def one(draft: Draft, table: str) -> DraftRow:
    """Give the only row of a table."""
    (row,) = (row for row in draft.rows if row.table == table)
    return row


def aside(draft: Draft) -> list[tuple[int | None, str]]:
    """Give the row and reason of what was set aside."""
    return [(note.spot.row, note.code) for note in draft.set_aside]


def codes(draft: Draft) -> list[str]:
    """Give the codes of the notes."""
    return [note.code for note in draft.notes]


# -------------------------------------------------------------------- headings and tables


def test_titles_and_blanks_above_the_headings_are_passed_over_and_said() -> None:
    """People put a title on top, and the month."""
    rows = [["Groups in Northmoor", "", ""], [], ["As at March"], ["Name", "Tel"], ["Chai", "01"]]
    draft = drafted(grid(rows, merged=((0, 0, 0, 2),)))
    assert cells(draft, "organisations") == [{"name": "Chai", "phone": "01"}]
    (said,) = [note for note in draft.notes if note.code == "heading-row"]
    assert said.message == "the headings are in row 4; the 3 rows above are not read."
    assert said.outcome is Outcome.MENDED


def test_headings_that_repeat_are_told_apart_by_the_row_above() -> None:
    """`Name` under `Organisation` is not `Name` under `Group`."""
    rows = [
        ["Organisation", "", "Group", "", ""],
        ["Name", "Email", "Name", "Email", "Day"],
        ["Hub", "h@x.org", "Chai", "c@x.org", "Monday"],
    ]
    draft = drafted(grid(rows, merged=((0, 0, 0, 1), (0, 2, 0, 3))))
    assert cells(draft, "organisations") == [{"name": "Hub", "email": "h@x.org"}]
    assert cells(draft, "activities") == [
        {"name": "Chai", "organisation": "hub", "email": "c@x.org", "schedule": "Monday"}
    ]


def test_a_heading_merged_over_two_rows_stands_in_both() -> None:
    """The lower row has the headings, and this one too."""
    rows = [["Name", "Contact", ""], ["", "Tel", "Email"], ["Chai", "01", "c@x.org"]]
    draft = drafted(grid(rows, merged=((0, 0, 1, 0), (0, 1, 0, 2))))
    assert cells(draft, "organisations") == [{"name": "Chai", "phone": "01", "email": "c@x.org"}]


@pytest.mark.parametrize(
    ("sheet", "headings", "table"),
    [
        ("Sheet1", "Name,Email,Post code", "organisations"),
        ("Groups", "Name,Email,Post code", "activities"),
        ("Contacts", "Group,Email,Post code", "organisations"),
        ("Sheet1", "Group,Charity no,Sector,Email", "organisations"),
        ("Sheet1", "Group,Day,Time,Venue", "activities"),
        ("Sheet1", "Organisation,Group,Email", "activities"),
        ("Sheet1", "Provider,When,For whom", "activities"),
        ("Sheet1", "From,To,Type of link", "ties"),
        ("Sheet1", "Activity,Day,From,To,Venue", "activities"),
        ("Sheet1", "Area code,Area name,Lat,Long", "areas"),
        ("Sheet1", "Area,Total,White,Asian", "populations"),
        ("Sheet1", "Area,Community,Asked?,Date asked", "enquiries"),
        ("Sheet1", "Organisation,Measure,Target,Actual", "targets"),
        ("Sheet1", "Area,Dimension,Key,Percent", "shares"),
        ("Sheet1", "Name,Area,Women,Men,Asian", "organisations"),
    ],
)
def test_a_sheet_is_known_by_its_headings_and_then_by_its_name(
    sheet: str, headings: str, table: str
) -> None:
    """Nobody should have to say what is plain to see."""
    listed = headings.split(",")
    row = [f"x{i}" for i in range(len(listed))]
    assert proposed(grid([listed, row], sheet)).sheets[0].table == table


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("cell", ["", "staff"])
def test_the_registers_own_headings_mean_themselves(table: str, cell: str) -> None:
    """What netmap wrote itself comes back without a question, empty or filled."""
    own = list(columns(TABLES[table]))
    (sheet,) = proposed(grid([own, [cell for _ in own]], table)).sheets
    assert sheet.table == table
    assert [match.column for match in sheet.matches] == own
    assert (sheet.missing, sheet.notes) == ((), ())


def test_a_sheet_many_columns_wide_of_which_few_are_known_is_usable() -> None:
    """An export of a database has everything in it, and asks no hundreds of questions."""
    wide = [f"Namee {i}x" for i in range(300)]
    draft = drafted(grid([[*wide, "Name", "Post code"], [*"y" * 300, "Chai", "LS1 1AA"]]))
    (row,) = draft.rows
    assert (row.cells["name"], row.cells["postcode"]) == ("Chai", "LS1 1AA")
    assert len(row.cells) == 302


def test_rows_that_each_say_in_which_ward_they_are_are_no_list_of_wards() -> None:
    """A list of areas has each of them once."""
    surveyed = [["Ward", "IMD decile"], ["Moor", "3"], ["Moor", "4"], ["Dale", "3"]]
    assert proposed(grid(surveyed)).sheets[0].table is None
    once = [["Ward", "IMD decile"], ["Moor", "3"], ["Dale", "3"]]
    assert proposed(grid(once)).sheets[0].table == "areas"


def test_a_table_can_be_named() -> None:
    """Whoever knows better may say so."""
    rows = [["Name", "Email"], ["Chai", "c@x.org"]]
    assert cells(drafted(grid(rows), table="activities"), "activities") == [
        {"name": "Chai", "email": "c@x.org"}
    ]


def test_figures_are_not_taken_for_groups() -> None:
    """A table of ranks has nothing a register holds."""
    rows = [["zone_code", "Income_rank", "Crime_rank"], ["Z01", "5", "7"], ["Z02", "6", "8"]]
    assert proposed(grid(rows)).sheets[0].table is None
    with pytest.raises(UnreadableFileError, match="no row has headings that are known"):
        drafted(grid(rows))


def test_sheets_that_are_nothing_are_mentioned_and_the_others_read() -> None:
    """One sheet of notes does not cost the workbook."""
    hidden = Note(Outcome.WARNED, "hidden-sheet", "is hidden.", Spot("g.xlsx", "Old"))
    draft = drafted(
        grid([["please ring before noon"]], "Read me"),
        grid([["Name"], ["Chai"]], "Orgs"),
        grid([[]], "Empty"),
        notes=(hidden,),
    )
    assert draft.read == 1
    said = {(note.code, note.spot.sheet) for note in draft.notes}
    assert said >= {("no-headings", "Read me"), ("empty-sheet", "Empty"), ("hidden-sheet", "Old")}


# ------------------------------------------------------------------------------- rows


def test_rows_read_are_those_taken_and_those_set_aside() -> None:
    """Headings again, totals and rows without a name are each explained; blanks are nothing."""
    rows = [
        ["Name", "Charity no", "Members"],
        ["Chai", "1126147", "12"],
        ["", "", " "],
        ["name:", "Charity no.", "Members"],
        ["", "1126148", "3"],
        ["Total", "", "15"],
        ["Total Support", "", "15"],
        ["Women's centre"],
    ]
    draft = drafted(grid(rows))
    assert draft.read == 6
    assert aside(draft) == [(4, "repeats-headings"), (5, "no-name"), (6, "total-row")]
    assert [row.cells["name"] for row in draft.rows] == ["Chai", "Total Support", "Women's centre"]


def test_a_title_among_the_rows_is_not_a_group() -> None:
    """`North` merged over the whole width is where the next rows are."""
    rows = [["Name", "Tel"], ["North", ""], ["Chai", "01"], ["Knit"]]
    draft = drafted(grid(rows, merged=((1, 0, 1, 1),)))
    assert [row.cells["name"] for row in draft.rows] == ["Chai", "Knit"]
    assert aside(draft) == [(2, "title-row")]


def test_a_name_merged_over_rows_stands_in_each_of_them() -> None:
    """One group that meets twice has one cell for its name."""
    rows = [["Group", "Day"], ["Chai", "Monday"], ["", "Friday"]]
    draft = drafted(grid(rows, merged=((1, 0, 2, 0),)))
    assert [row.cells["schedule"] for row in draft.rows] == ["Monday", "Friday"]
    assert [row.cells["name"] for row in draft.rows] == ["Chai", "Chai"]
    (said,) = [note for note in draft.notes if note.code == "merged-cell"]
    assert (str(said.spot), said.became) == ("Sheet1!A3", "Chai")


def test_headings_that_are_not_known_are_columns_of_peoples_own() -> None:
    """Nothing is thrown away, and none is taken for a column of the register."""
    rows = [
        ["Name", "Car park", "Contact", "Zip", "Postcode"],
        ["Chai", "yes", "Jo", "x", "LS1 1AA"],
    ]
    assert cells(drafted(grid(rows)), "organisations") == [
        {"name": "Chai", "Car park": "yes", "Contact (2)": "Jo", "Zip": "x", "postcode": "LS1 1AA"}
    ]


def test_cells_without_a_heading_are_kept_under_their_letter() -> None:
    """Somebody wrote beside the table."""
    draft = drafted(grid([["Name", "Tel"], ["Chai", "01", "ring twice"]]))
    assert cells(draft, "organisations")[0]["Column C"] == "ring twice"


def test_a_formula_that_was_never_worked_out_is_refused_in_any_column() -> None:
    """Its text is not what people see."""
    rows = [["Name", "Tel", "Car park"], ["Chai", "=A1", "#REF!"]]
    odd = {(1, 1): Oddity.FORMULA, (1, 2): Oddity.ERROR}
    draft = drafted(grid(rows, odd=odd))
    assert cells(draft, "organisations") == [{"name": "Chai"}]
    refused = {str(note.spot) for note in draft.notes if note.outcome is Outcome.REFUSED}
    assert refused == {"Sheet1!B2", "Sheet1!C2"}


def test_complaints_can_name_the_cell() -> None:
    """Each column knows its letter in the sheet."""
    draft = drafted(grid([["Tel", "Name", "Day", "Time"], ["01", "Chai", "Monday", "10:00"]]))
    letters = one(draft, "activities").columns
    assert (letters["phone"], letters["name"], letters["schedule"]) == ("A", "B", "C")


# -------------------------------------------------------------------------- keys and parts


def test_what_is_said_of_cells_that_are_alike_names_each_of_them() -> None:
    """What a text was mended to is remembered; where it stood last is not where it stands."""
    rows = [["Name", "Postcode"], ["Chai", "LS11UR"], ["Knit", "LS11UR"], ["Sew", "LS11UR"]]
    spots = [str(note.spot) for note in drafted(grid(rows)).notes if note.code == "postcode"]
    assert spots == ["Sheet1!B2", "Sheet1!B3", "Sheet1!B4"]


def test_a_number_of_the_sources_own_is_the_key_and_a_slug_is_the_id() -> None:
    """17 is what they call it; `chai-club` is an id of a register."""
    rows = [["Ref", "Name"], ["17", "A"], ["18.0", "B"], ["chai-club", "C"], ["REC 4", "D"]]
    draft = drafted(grid(rows))
    assert [row.key for row in draft.rows] == ["17", "18", "chai-club", "REC 4"]
    assert [row.cells.get("id") for row in draft.rows] == [None, None, "chai-club", None]


def test_without_a_number_the_key_is_name_and_place_whatever_the_order() -> None:
    """Next month the rows are sorted otherwise."""
    rows = [["Name", "Town"], ["Chai", "Leeds"], ["CHAI ", "Leeds"], ["Chai", "York"]]
    keys = [row.key for row in drafted(grid(rows)).rows]
    assert keys == ["chai|leeds", "chai|leeds|2", "chai|york"]


def test_a_name_nobody_else_has_is_the_key_wherever_it_meets() -> None:
    """A postcode that is put right next month must not make a second group."""
    rows = [["Ref", "Name", "Town"], ["", "Chai", "Leeds"], ["", "Knit", ""], ["knit", "Sew", "Y"]]
    assert [row.key for row in drafted(grid(rows)).rows] == ["chai", "knit", "knit"]
    rows[2][2] = "York"
    assert [row.key for row in drafted(grid(rows)).rows] == ["chai", "knit|york", "knit"]


def test_charity_and_company_numbers_become_identifiers() -> None:
    """Two headings for one column, each with its own register."""
    rows = [["Name", "Charity no", "Company number"], ["Hub", "1126147", "01234567"]]
    assert cells(drafted(grid(rows)), "organisations") == [
        {"name": "Hub", "identifiers": "GB-CHC-1126147;GB-COH-01234567"}
    ]


def test_a_bad_number_is_quoted_as_it_stands_in_the_cell() -> None:
    """People look for what they wrote, without a prefix."""
    draft = drafted(grid([["Name", "Charity no"], ["Hub", "12"]]))
    (note,) = [note for note in draft.notes if note.outcome is Outcome.REFUSED]
    assert (note.value, str(note.spot)) == ("12", "Sheet1!B2")


def test_day_and_time_become_one_schedule() -> None:
    """As the calendar reads it."""
    rows = [
        ["Group", "How often", "Day", "Start time", "End time"],
        ["A", "Fortnightly", "Tuesday", "18:00:00", "20:00:00"],
        ["B", "", "First Monday of the month", "10:00", ""],
    ]
    assert [row["schedule"] for row in cells(drafted(grid(rows)), "activities")] == [
        "Fortnightly Tuesday 18:00-20:00",
        "First Monday of the month 10:00",
    ]


@pytest.mark.parametrize(
    ("said", "status"), [("Y", "active"), ("No", "closed"), ("On hold", "paused")]
)
def test_active_or_not_is_a_status(said: str, status: str) -> None:
    """One word for it, however it is asked."""
    draft = drafted(grid([["Group", "Day", "Active?"], ["Chai", "Monday", said]]))
    assert cells(draft, "activities")[0]["status"] == status


def test_percentages_say_that_they_are() -> None:
    """80 per cent is not 80 people."""
    draft = drafted(grid([["Area", "% White", "% Asian"], ["Leeds", "80", "20"]]))
    assert cells(draft, "populations") == [
        {"area": "Leeds", "measure": "percent", "white": "80", "asian": "20"}
    ]


# ------------------------------------------------------------------------- organisations named


def test_each_organisation_named_is_mentioned_once_before_its_first_activity() -> None:
    """A register's own organisation of that name is meant, whatever its capitals."""
    rows = [["Organisation", "Group"], ["Hub", "Chai"], ["HUB", "Knit"], ["", "Walk"]]
    draft = drafted(grid(rows))
    assert [(row.table, row.mention) for row in draft.rows] == [
        ("organisations", True),
        ("activities", False),
        ("activities", False),
        ("activities", False),
    ]
    assert draft.rows[0].key == "hub"
    assert [row.cells.get("organisation") for row in draft.rows[1:]] == ["hub", "hub", None]


def test_a_row_that_is_set_aside_names_no_organisation() -> None:
    """Nothing comes of a row that was not taken."""
    draft = drafted(grid([["Organisation", "Group", "Day"], ["Hub", "", "Monday"]]))
    assert (draft.rows, aside(draft)) == ((), [(2, "no-name")])


def test_an_organisation_of_another_sheet_is_meant_by_name_or_number() -> None:
    """A workbook with a sheet for each is one network."""
    draft = drafted(
        grid([["Ref", "Name", "Sector"], ["7", "Hub", "NHS"], ["8", "Moor", "NHS"]], "Orgs"),
        grid([["Organisation", "Group", "Day"], ["hub", "Chai", "Mon"], ["8", "Knit", "Tue"]]),
    )
    assert [row["organisation"] for row in cells(draft, "activities")] == ["7", "8"]
    assert not any(row.mention for row in draft.rows)


def test_ids_of_a_register_stay_ids() -> None:
    """What netmap wrote itself names organisations by id, and makes no new ones."""
    rows = [["source_organisation", "target_organisation", "kind"], ["leeds-hub", "chai", "funds"]]
    draft = drafted(grid(rows, "ties"))
    assert cells(draft, "organisations") == []
    assert cells(draft, "ties")[0]["source_organisation"] == "leeds-hub"


def test_what_two_rows_say_of_one_organisation_is_compared() -> None:
    """The first is kept, and the other said."""
    rows = [["Organisation", "Sector", "Group"], ["Hub", "NHS", "Chai"], ["Hub", "Arts", "Knit"]]
    draft = drafted(grid(rows))
    assert cells(draft, "organisations") == [{"name": "Hub", "sector": "nhs"}]
    (note,) = [note for note in draft.notes if note.code == "rows-differ"]
    assert str(note.spot) == "Sheet1!B3"


def test_where_only_the_organisation_is_named_its_activity_is_called_after_it() -> None:
    """`Provider, When, For whom` is a list of activities all the same."""
    draft = drafted(grid([["Provider", "When", "For whom"], ["Hub", "Tuesdays", "Men"]]))
    assert cells(draft, "activities")[0]["name"] == "Hub"
    assert "named-after-organisation" in codes(draft)


texts = st.one_of(
    st.sampled_from(["", " ", "Name", "Group", "Organisation", "Post code", "Day", "Total", "12"]),
    st.sampled_from(["From", "To", "Area", "White", "LS1 1AA", "N/A", "#REF!", "=A1", "Chai"]),
    st.text(max_size=6),
)


@given(st.lists(st.lists(texts, max_size=5), max_size=8), st.booleans(), st.integers(0, 3))
@settings(deadline=None, max_examples=150)
def test_whatever_stands_in_a_sheet_every_row_is_accounted_for(
    rows: list[list[str]],
    merge: bool,  # noqa: FBT001  # as drawn
    at: int,
) -> None:
    """The counts add up, or there is a message."""
    merged = ((at, 0, at + 2, 1),) if merge else ()
    sheet = grid(rows, merged=merged)
    if proposed(sheet).sheets[0].table is None:
        with pytest.raises(UnreadableFileError):
            drafted(sheet)
    else:
        assert drafted(sheet).read <= len(rows)


# ------------------------------------------------------------------------------ odd rows


def test_a_row_that_names_but_an_organisation_is_that_organisation() -> None:
    """Sheets of groups list members who run none; they must not be lost."""
    rows = [
        ["Organisation", "Organisation email", "Group", "Day", "Postcode"],
        ["Hub", "", "Chai", "Monday", "LS1 1UR"],
        ["Mill", "mill@example.org", "", "", "LS2 8AA"],
    ]
    draft = drafted(grid(rows))
    assert aside(draft) == []
    assert cells(draft, "organisations")[1] == {
        "name": "Mill",
        "email": "mill@example.org",
        "postcode": "LS2 8AA",
    }
    assert "organisation-alone" in codes(draft)


def test_a_tie_to_several_organisations_in_one_cell_is_a_tie_to_each() -> None:
    """Nobody is called "Mill; Moor"."""
    rows = [["From", "To", "Relationship"], ["Hub", "Mill; Moor", "refers to"]]
    draft = drafted(grid(rows))
    ties = [
        (row["source_organisation"], row["target_organisation"]) for row in cells(draft, "ties")
    ]
    assert ties == [("hub", "mill"), ("hub", "moor")]
    assert {row["name"] for row in cells(draft, "organisations")} == {"Hub", "Mill", "Moor"}
    assert draft.read == 1


def test_of_several_organisations_of_an_activity_the_first_is_taken_and_said() -> None:
    """One can stand there; the others are not lost without a word."""
    rows = [["Group", "Organisation", "Day"], ["Chai", "Hub; Mill", "Monday"]]
    draft = drafted(grid(rows))
    assert [row["name"] for row in cells(draft, "organisations")] == ["Hub"]
    (note,) = [note for note in draft.notes if note.code == "several-values"]
    assert (str(note.spot), note.value, note.became) == ("Sheet1!B2", "Hub; Mill", "Hub")


def test_a_kind_that_is_not_known_is_not_called_missing() -> None:
    """Whoever looks finds a word in the cell."""
    rows = [["From", "To", "Relationship"], ["Hub", "Mill", "is fond of"], ["Hub", "Moor", ""]]
    said = [note.message for note in drafted(grid(rows)).set_aside]
    assert said == ["its kind could not be understood.", "the row has no kind."]


def test_remarks_totals_and_names_of_areas_alone_are_no_rows() -> None:
    """In CSV nothing is merged, and people put titles among the rows all the same."""
    rows = [
        ["Name", "Town", "Tel"],
        ["LEEDS", "", ""],
        ["Chai", "Leeds", "01"],
        ["Total members", "", "3"],
        ["* = not confirmed", "", ""],
    ]
    draft = drafted(grid(rows))
    assert [row["name"] for row in cells(draft, "organisations")] == ["Chai"]
    assert aside(draft) == [(2, "title-row"), (4, "total-row"), (5, "note-row")]


def test_a_lone_cell_among_full_rows_is_taken_and_pointed_out() -> None:
    """It may be a title, or a group of which nothing is known yet."""
    rows = [
        ["Name", "Town", "Tel"],
        ["North", "", ""],
        *([[f"G{i}", "Leeds", "01"] for i in range(5)]),
    ]
    draft = drafted(grid(rows))
    assert "North" in {row["name"] for row in cells(draft, "organisations")}
    assert [str(n.spot) for n in draft.notes if n.code == "one-cell"] == ["Sheet1!A2"]


def test_a_time_without_a_day_is_not_lost() -> None:
    """Half of what is known is more than nothing."""
    rows = [["Group", "Day", "Start time"], ["Chai", "Monday", "10:00"], ["Knit", "", "18:00"]]
    schedules = [row["schedule"] for row in cells(drafted(grid(rows)), "activities")]
    assert schedules == ["Monday 10:00", "18:00"]


def test_a_time_kept_as_a_part_of_a_day_is_a_time() -> None:
    """Excel shows 18:00 and keeps 0.75."""
    odd = {(1, 2): Oddity.NUMBER}
    draft = drafted(grid([["Group", "Day", "Start time"], ["Chai", "Monday", "0.75"]], odd=odd))
    assert cells(draft, "activities")[0]["schedule"] == "Monday 18:00"
    assert "time-number" in codes(draft)


def test_a_list_of_people_is_not_a_list_of_groups() -> None:
    """What people are is not whom a group is for, and nobody becomes an organisation."""
    rows = [
        ["Name", "Organisation", "Job title", "Ethnicity", "Email"],
        ["Pat Example", "Hub", "Manager", "Asian", "info@example.org"],
        ["Sam Example", "Hub", "Worker", "White", "sam@example.org"],
    ]
    draft = drafted(grid(rows))
    assert [row["name"] for row in cells(draft, "organisations")] == ["Hub"]
    assert cells(draft, "activities") == []
    assert "communities" not in cells(draft, "organisations")[0]
    assert aside(draft) == [(3, "another-person")]
    assert "people-named" in codes(draft)


def test_activities_are_not_called_after_their_organisation_while_their_name_is_in_question() -> (
    None
):
    """Nobody answered whether Project is the name; four groups called Hub would be wrong."""
    book = Book((grid([["Project", "Run by", "Day"], ["Chai", "Hub", "Monday"]]),))
    proposal = propose(book, VOCABULARIES)
    draft = read(book, proposal, decide(proposal, lambda _: None), VOCABULARIES)
    assert (draft.read, aside(draft)) == (1, [(2, "no-name")])
    assert "heading-not-agreed" in codes(draft)


def test_a_copy_that_was_put_right_is_read_without_its_sheet_of_problems() -> None:
    """People correct the copy that came back, and send that."""
    problems = grid([["What netmap noticed in g.xlsx"], ["Where", "Outcome"]], sheet="Problems")
    draft = drafted(problems, grid([["Name", "Tel"], ["Chai", "01"]]))
    assert draft.read == 1
    assert not [note for note in draft.notes if note.spot.sheet == "Problems"]
