"""Headings as people write them, and the column each of them means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.spreadsheets import aliases, headings
from netmap.exchange.spreadsheets.contents import Contents
from netmap.exchange.spreadsheets.known import How, Known
from netmap.exchange.spreadsheets.matching import HeadingMatch, match_headings
from netmap.networks.models import TABLES
from netmap.vocabulary import load

VOCABULARIES = load()
KNOWN = {table: Known.of(table, VOCABULARIES) for table in TABLES}
NAMED = [
    (table, column, name)
    for table in TABLES
    for column, names in aliases.aliases_of(table).names.items()
    for name in (column, *names)
]
FULL = Contents(3, 3, ("a", "b", "c"))


def match(table: str, *listed: str, contents: list[Contents] | None = None) -> list[HeadingMatch]:
    """Match headings that have something under them."""
    filled = contents or [FULL] * len(listed)
    told = headings.told_apart(listed)
    return list(match_headings("", told, filled, KNOWN[table], VOCABULARIES))


def columns(table: str, *listed: str) -> dict[str, str]:
    """Give each heading's column, where it is taken without a question."""
    return {m.heading: m.column if m.taken else "" for m in match(table, *listed)}


def meaning(table: str, heading: str) -> str | None:
    """Give the one column a heading means."""
    found = KNOWN[table].meaning(heading)
    return found.column if found else None


@pytest.mark.parametrize("table", TABLES)
def test_no_heading_stands_in_the_list_of_two_columns(table: str) -> None:
    """Otherwise which of them is meant would depend on the order of a data file."""
    seen: dict[str, str] = {}
    for column, names in aliases.aliases_of(table).names.items():
        for name in (column, *names):
            assert seen.setdefault(headings.key(name), column) == column, name


@pytest.mark.parametrize("table", TABLES)
def test_the_list_of_aliases_names_columns_of_the_register_only(table: str) -> None:
    """A misspelt column in the data file would swallow the cells under it."""
    own = set(aliases.columns_of(table))
    listed = aliases.aliases_of(table)
    assert {*listed.names, *listed.perhaps, *listed.matter} <= own


@pytest.mark.parametrize(
    ("table", "heading", "column"),
    [
        ("organisations", " ORGANISATION\u00a0 name* ", "name"),
        ("organisations", "3. Post\nCode (required):", "postcode"),
        ("organisations", "Q12) E-mail", "email"),
        ("organisations", "\uff34\uff45\uff4c", "phone"),
        ("organisations", "Registered Charity No.", "charity_number"),
        ("organisations", "Group email", "email"),
        ("organisations", "Postcode of the office", "postcode"),
        ("organisations", "Ward", "area"),
        ("organisations", "Lng", "longitude"),
        ("activities", "postcode_(from_venue)", "postcode"),
        ("activities", "Who is it for?", "communities"),
        ("activities", "Day/time", "schedule"),
        ("activities", "Name of project", "name"),
        ("activities", "1. What is the name of your group? (required)", "name"),
        ("activities", "Which organisation runs it?", "organisation"),
        ("activities", "Where do you meet?", "venue"),
        ("activities", "What is the postcode? *", "postcode"),
        ("activities", "Who can come to the group?", "communities"),
        ("activities", "How often do you meet?", "frequency"),
        ("activities", "Is it step free?", "step_free"),
        ("activities", "Organisation's postcode", "organisation.postcode"),
        ("activities", "Organisation postcode", "organisation.postcode"),
        ("activities", "Charity number", "organisation.charity_number"),
        ("populations", "White and Asian", "mixed_white_and_asian"),
        ("populations", "Asian, Asian British or Asian Welsh (%)", "asian"),
    ],
)
def test_a_heading_means_its_column_however_it_is_written(
    table: str, heading: str, column: str | None
) -> None:
    """Nobody should have to rename the headings of a sheet that works for them."""
    assert meaning(table, heading) == column


@pytest.mark.parametrize(
    "heading",
    [
        *("Contact name", "Name of contact", "Name (contact person)", "Surname", "Group leader"),
        *("Lead", "Your name", "What is your name?", "Please tell us your name"),
    ],
)
def test_the_name_of_a_person_is_never_the_name_of_a_group(heading: str) -> None:
    """Names of people are not modelled; taken for a group's, they would be on the map."""
    for table in ("organisations", "activities"):
        assert meaning(table, heading) is None
        assert KNOWN[table].suggestions(heading) == []


@pytest.mark.parametrize("heading", ["What is your ethnicity?", "What is your postcode?"])
def test_a_question_about_whoever_answers_is_not_one_about_a_group(heading: str) -> None:
    """What somebody says of themselves must not become whom a group is for, or where it meets."""
    assert meaning("activities", heading) is None


@pytest.mark.parametrize(
    ("table", "heading", "column"),
    [
        ("organisations", "Orgnaisation nmae", "name"),
        ("organisations", "Pstcode", "postcode"),
        ("organisations", "Telehpone", "phone"),
        ("organisations", "Local authorty", "area"),
        ("organisations", "Type of organisation", "sector"),
        ("activities", "Target grop", "communities"),
        ("activities", "Vennue name", "venue"),
        ("activities", "Langauge", "languages"),
    ],
)
def test_a_misspelt_heading_is_a_question_and_not_taken(
    table: str, heading: str, column: str
) -> None:
    """A guess is worth asking about; a wrong guess taken would be a wrong register."""
    (found,) = match(table, heading)
    assert (found.how, found.column, found.taken) == (How.SUGGESTED, column, False)


@pytest.mark.parametrize(
    "heading",
    [
        "Number of staff", "Parking", "Turnover 2023", "Crime decile", "Name of manager", "Board",
        "Bank account name", "Town hall", "Staff name", "Notes for staff", "Group photo",
        "Funding amount", "Room name", "Age UK", "Costume", "Feedback", "Contact nmae", "Surnme",
    ],
)  # fmt: skip
def test_what_is_no_column_is_not_asked_about(heading: str) -> None:
    """Thirty questions of which none is right teach people to press yes."""
    for table in ("organisations", "activities"):
        (found,) = match(table, heading)
        assert (found.how, found.column) == (How.UNEXPECTED, "")


def test_the_better_of_two_headings_keeps_the_column() -> None:
    """`Postcode` is the postcode; `Post code` beside it is kept, never mixed into it."""
    assert columns("organisations", "Zip", "Postcode", "Name") == {
        "Zip": "",
        "Postcode": "postcode",
        "Name": "name",
    }


def test_a_heading_over_an_empty_column_does_not_take_one_from_a_filled_column() -> None:
    """Templates come with columns that nobody fills."""
    found = match("organisations", "Area", "Town", contents=[Contents(), FULL])
    assert [m.column for m in found] == ["", "area"]


def test_of_several_numbers_the_one_that_tells_rows_apart_is_the_id() -> None:
    """A number that repeats is not the row's; rows with one id would replace each other."""
    found = match(
        "activities", "Id", "Record id", contents=[Contents(9, 2, ("1", "2")), Contents(9, 9, ())]
    )
    assert [m.column for m in found] == ["", "id"]


def test_a_district_is_a_better_area_than_a_ward() -> None:
    """The best of the headings that say where is the area, and the others are kept."""
    found = columns("organisations", "Ward", "Town", "Local authority")
    assert found == {"Ward": "", "Town": "", "Local authority": "area"}


def test_contact_is_somebodys_name_unless_its_cells_say_who_may_see_it() -> None:
    """The register's own `contact` says public, partners or staff."""
    jane, public = Contents(1, 1, ("Jane",)), Contents(1, 1, ("public",))
    assert match("organisations", "Contact", contents=[jane])[0].column == ""
    assert match("organisations", "Contact", contents=[public])[0].column == "contact"


def test_percentages_beside_counts_are_not_counted_again() -> None:
    """`White` and `% White` are the same people."""
    found = columns("populations", "Area", "White", "% White")
    assert found == {"Area": "area", "White": "white", "% White (2)": ""}


def test_numbers_are_never_suggested_as_words() -> None:
    """`Audience` over 27 and 30 is how many came, not for whom it was."""
    number, words = Contents(2, 2, ("27", "30.0")), Contents(1, 1, ("Women",))
    assert match("activities", "Audience", contents=[number])[0].column == ""
    assert match("activities", "Audience", contents=[words])[0].column == "communities"


def test_a_time_alone_is_no_schedule() -> None:
    """`10:00` does not say on which day."""
    assert columns("activities", "Name", "Time")["Time"] == ""
    assert columns("activities", "Name", "Time", "Day")["Time"] == "time"


decorated = st.tuples(
    st.sampled_from(NAMED),
    st.sampled_from(["", "3. ", "12) ", "Q4: ", "  ", "\u00a0"]),
    st.sampled_from(["", "*", " *", ":", " (required)", " [optional]", "\u00a0", " ?", "\n"]),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from([" ", "  ", "\u00a0", "\n", "_", " - "]),
)


@given(decorated)
@settings(deadline=None, max_examples=300)
def test_decorations_never_change_what_a_heading_means(
    drawn: tuple[tuple[str, str, str], str, str, object, str],
) -> None:
    """Stars, numbers and line breaks are how people make a sheet clear to one another."""
    (table, _, name), before, after, cased, blank = drawn
    assert callable(cased)
    written = f"{before}{cased(name).replace(' ', blank)}{after}"
    assert KNOWN[table].meaning(written) is not None
    assert meaning(table, written) == meaning(table, name)


@given(
    st.sampled_from(list(TABLES)),
    st.lists(
        st.one_of(
            st.sampled_from([name for _, _, name in NAMED]),
            st.sampled_from(["Pstcode", "Type", "Location", "Orgnaisation", "% White", "Emial"]),
            st.text(max_size=12),
        ),
        max_size=14,
    ),
    st.data(),
)
@settings(deadline=None, max_examples=150)
def test_no_two_headings_ever_take_one_column(
    table: str, listed: list[str], data: st.DataObject
) -> None:
    """Two columns in one place means that one of them is lost without a word."""
    sizes = [data.draw(st.integers(0, 3)) for _ in listed]
    contents = [Contents(n, n, tuple("abc"[:n])) for n in sizes]
    found = match(table, *listed, contents=contents or None)
    taken = [m.column for m in found if m.column]
    assert len(taken) == len(set(taken))
    kept = [text for text in headings.told_apart(listed) if text]
    assert [m.heading for m in found] == kept


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_any_text_at_all_may_stand_as_a_heading(text: str) -> None:
    """A file from somewhere else holds anything."""
    for table in ("organisations", "populations"):
        KNOWN[table].meaning(text)
        KNOWN[table].suggestions(text)


@given(st.lists(st.sampled_from(["Email", "email ", "Email (2)", "E-mail", "", "Name", "!"])))
def test_headings_are_told_apart(listed: list[str]) -> None:
    """Two columns of one name would be one cell of a row."""
    told = headings.told_apart(listed)
    keys = [headings.identity(text) for text in told if text]
    assert len(keys) == len(set(keys))
    assert [bool(text) for text in told] == [bool(text.strip()) for text in listed]


@pytest.mark.parametrize("heading", ["What?", "WHATS", "Which", "Please"])
def test_a_heading_of_a_question_word_alone_means_nothing(heading: str) -> None:
    """Somebody left the rest of the question in the row above."""
    assert KNOWN["activities"].meaning(heading) is None
