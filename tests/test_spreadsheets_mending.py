"""Any cell of any column: what is taken, what is said, and what is never done."""

from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from netmap.exchange.draft import Outcome, Spot
from netmap.exchange.grids.grid import Oddity
from netmap.exchange.spreadsheets.mending import Mended, mend
from netmap.exchange.spreadsheets.mending.kinds import Kind, column_of
from netmap.networks.cells import Reading
from netmap.networks.models import TABLES, columns
from netmap.vocabulary import Vocabularies, load

SPOT = Spot("groups.xlsx", "Groups", 12, "C")
COLUMNS = [(table, column) for table, model in TABLES.items() for column in columns(model)]
WORDS = [
    "N/A", "None", "-", "?", "yes", "no", "x", "3/4/2026", "12/25/2024", "45385", "April 2026",
    "LS1 1UR", "ls11ur", "SE1 OEH", "1234567", "SCO12345", "GB-COH-1234567", "£1,200", "10-15",
    "30+", "53.8, -1.5", "53°48'30\"N", "Somali, Arab", "everyone", "Black, African", "a@b.org",
    "www.x.org", "7700900123", "['a', \"b\"]", "[\"['x']\"]", "{a,'b'}", "'=1+1", "''=1", "â€™",
    "Ã¢â\u201aÂ¬", "English/Urdu", "no; Urdu", "public; staff", "#REF!", "*", "; ;", "or", "1e30",
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map("; ".join),
    st.tuples(st.sampled_from(WORDS), st.text(max_size=6)).map("".join),
    st.text(alphabet="0123456789/.-,: °'\"()[]{};&+NSEWabc€™Ãâ", max_size=20),
)


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    """The controlled terms as they come with netmap."""
    return load()


def mended(vocabularies: Vocabularies, column: str, text: str, **odd: Any) -> Mended:
    """Mend a cell of an activity."""
    return mend("activities", column, text, odd.get("oddity"), SPOT, vocabularies)


@settings(deadline=None, max_examples=400)
@given(
    where=st.sampled_from([*COLUMNS, ("populations", "somali"), ("ties", "own words")]),
    text=ANY_TEXT,
    oddity=st.sampled_from([None, None, None, *Oddity]),
)
def test_any_cell_is_mended_once_and_for_all(
    where: tuple[str, str], text: str, oddity: Oddity | None
) -> None:
    """Next month's file may hold what this month's was mended to; it must be taken as it is."""
    vocabularies = load()
    table, column = where
    if oddity is Oddity.FORMULA:
        text = f"={text}"
    once = mend(table, column, text, oddity, SPOT, vocabularies)
    again = mend(table, column, once.value, None, SPOT, vocabularies)
    assert again.value == once.value
    assert Outcome.REFUSED not in {note.outcome for note in again.notes}


@settings(deadline=None, max_examples=300)
@given(where=st.sampled_from(COLUMNS), text=ANY_TEXT)
def test_what_is_taken_without_a_warning_is_what_the_register_can_read(
    where: tuple[str, str], text: str
) -> None:
    """A cell that is said to be right and is thrown out afterwards helps nobody."""
    vocabularies = load()
    table, column = where
    if column in {"id", "code"} or column_of(table, column).kind in {
        Kind.WHOLE, Kind.NUMBER, Kind.LATITUDE, Kind.LONGITUDE,
    }:  # fmt: skip
        return  # ids are made, and bounds are said, by others
    found = mend(table, column, text, None, SPOT, vocabularies)
    if not found.value or any(note.outcome is Outcome.WARNED for note in found.notes):
        return
    reading = Reading(vocabularies)
    field = TABLES[table].model_fields[column]
    column_type: Any = Annotated[(field.annotation, *field.metadata, None)]
    TypeAdapter(column_type).validate_python(found.value, context=reading)
    assert reading.noticed == []


def test_every_column_of_the_tables_has_a_kind() -> None:
    """A controlled column that is taken for text would let any word in."""
    controlled = {column for table, column in COLUMNS if column_of(table, column).vocabulary}
    assert {"communities", "led_by", "status", "kind", "answer", "visibility"} <= controlled
    assert column_of("activities", "communities").kind is Kind.TERMS
    assert column_of("ties", "kind").vocabulary == "tie_kind"
    assert column_of("areas", "kind").vocabulary == ""
    assert column_of("populations", "measure").choices == ("people", "percent")
    assert column_of("ties", "strength").kind is Kind.NUMBER
    assert column_of("activities", "count").kind is Kind.WHOLE
    assert column_of("targets", "owner").kind is Kind.NAME


def test_an_empty_cell_is_empty_without_a_word(vocabularies: Vocabularies) -> None:
    """Most cells of most sheets are empty."""
    assert mended(vocabularies, "postcode", "") == Mended("")
    assert mended(vocabularies, "postcode", " \u00a0 ") == Mended("")


@pytest.mark.parametrize("word", ["N/A", "n/a", "-", "n/k", "tbc", "Unknown", "?", "None"])
def test_people_have_many_words_for_an_empty_cell(vocabularies: Vocabularies, word: str) -> None:
    """They are no postcode, and nobody wants a complaint about each."""
    found = mended(vocabularies, "postcode", word)
    assert found.value == ""
    assert [(note.outcome, note.code) for note in found.notes] == [(Outcome.MENDED, "blank-word")]


def test_a_group_may_be_called_none(vocabularies: Vocabularies) -> None:
    """Names are not ours to empty, but somebody should look."""
    none = mended(vocabularies, "name", "None")
    assert (none.value, none.notes[0].outcome) == ("None", Outcome.WARNED)
    assert mended(vocabularies, "name", "N/A").value == ""
    assert mended(vocabularies, "cost", "None") == Mended("None")


def test_none_is_an_answer_where_the_list_has_it(vocabularies: Vocabularies) -> None:
    """Asked and found none is the strongest thing a register can say."""
    assert mend("enquiries", "answer", "None", None, SPOT, vocabularies) == Mended("none")
    assert mended(vocabularies, "status", "Unknown") == Mended("unknown")


def test_a_formula_without_a_value_is_never_worked_out(vocabularies: Vocabularies) -> None:
    """Its text is not what the person saw."""
    found = mended(vocabularies, "name", "=A1&B1", oddity=Oddity.FORMULA)
    assert found.value == ""
    (note,) = found.notes
    assert (note.outcome, note.code, note.value) == (Outcome.REFUSED, "formula", "=A1&B1")
    assert "save it" in note.hint


@pytest.mark.parametrize("oddity", [Oddity.ERROR, None])
def test_an_error_is_no_value(vocabularies: Vocabularies, oddity: Oddity | None) -> None:
    """A CSV of a broken sheet holds ``#REF!`` as text, and no name is that."""
    found = mended(vocabularies, "name", "#REF!", oddity=oddity)
    assert (found.value, found.notes[0].code) == ("", "error-cell")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("visibility", "hide from everyone"),
        ("visibility", "public; withheld"),
        ("visibility", "tbc"),
        ("consent_until", "not given"),
        ("consent_until", "12/25/2024"),
        ("communities", "Bravanese elders"),
        ("communities", "not known"),
        ("status", "merged"),
    ],
)
def test_what_would_open_a_row_if_it_were_empty_stays_as_written(
    vocabularies: Vocabularies, column: str, text: str
) -> None:
    """The register takes an unreadable wish as the strictest, and an empty one as none."""
    found = mended(vocabularies, column, text)
    assert found.value == text
    assert [note.outcome for note in found.notes] == [Outcome.WARNED]


def test_a_wish_to_hide_that_is_an_error_is_not_emptied(vocabularies: Vocabularies) -> None:
    """A broken formula must not publish an address."""
    for column in ("visibility", "consent_until", "communities"):
        found = mended(vocabularies, column, "=PUBLIC", oddity=Oddity.FORMULA)
        assert (found.value, found.notes[0].outcome) == ("not worked out", Outcome.WARNED)
    assert mended(vocabularies, "visibility", "#REF!").value == "not worked out"


def test_garbled_letters_are_put_right_once_or_twice_over(vocabularies: Vocabularies) -> None:
    """Files that went through the wrong program garble the apostrophe in a name."""
    found = mended(vocabularies, "name", "Womenâ€™s CafÃ©")
    assert found.value == "Women\u2019s Café"
    assert [note.code for note in found.notes] == ["garbled"]
    assert mended(vocabularies, "name", "Ã¢â\u201a¬â„¢tis").value == "\u2019tis"
    assert mended(vocabularies, "name", "Âge d'Or, Über, naïve Ñandú").notes == ()


def test_the_apostrophe_that_guards_a_cell_is_not_part_of_it(vocabularies: Vocabularies) -> None:
    """One is written before what could run; it must not pile up."""
    assert mended(vocabularies, "name", "'=Together").value == "=Together"
    assert mended(vocabularies, "name", "'Allo 'Allo") == Mended("'Allo 'Allo")


def test_names_stand_on_one_line_and_sentences_keep_theirs(vocabularies: Vocabularies) -> None:
    """A line break within a name is an accident of the cell's width."""
    assert mended(vocabularies, "name", "Leeds\r\n  Mind").value == "Leeds Mind"
    assert mended(vocabularies, "description", "One.\r\nTwo.").value == "One.\nTwo."


def test_a_date_where_an_age_range_was_typed_is_looked_at(vocabularies: Vocabularies) -> None:
    """Excel turns 10-12 into the tenth of December."""
    found = mended(vocabularies, "age_range", "2026-12-10", oddity=Oddity.DATE)
    assert (found.value, found.notes[0].code) == ("2026-12-10", "date-in-text")
    assert mended(vocabularies, "verified_on", "2026-12-10", oddity=Oddity.DATE).notes == ()


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("Yes", "yes", None),
        ("✓", "yes", None),
        ("FALSE", "no", None),
        ("no longer", "no", None),
        ("x", "yes", "cross"),
        ("Yes - ramp at side door", "yes", "yes-no-words"),
        ("No, stairs only", "no", "yes-no-words"),
        ("No idea", "", "blank-word"),
        ("no lift information", "", "bad-yes-no"),
        ("Y/N", "", "bad-yes-no"),
        ("yes and no", "", "bad-yes-no"),
        ("maybe", "", "bad-yes-no"),
        ("na", "", "bad-yes-no"),
        ("NA", "", "blank-word"),
    ],
)
def test_yes_and_no_in_peoples_words(
    vocabularies: Vocabularies, text: str, value: str, code: str | None
) -> None:
    """What stands beside the word is not lost, and what nobody said is not made up."""
    found = mended(vocabularies, "step_free", text)
    assert found.value == value
    assert [note.code for note in found.notes] == ([code] if code else [])
    if code == "yes-no-words":
        assert "ramp" in found.notes[0].message or "stairs" in found.notes[0].message


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("12", "12", None),
        ("12.0", "12", None),
        ("1,200", "1200", None),
        ("£1,200", "1200", Outcome.MENDED),
        ("12 people", "12", Outcome.MENDED),
        ("c. 30", "30", Outcome.WARNED),
        ("30+", "30", Outcome.WARNED),
        ("up to 15", "15", Outcome.WARNED),
        ("10-15", "", Outcome.REFUSED),
        ("12.5", "", Outcome.REFUSED),
        ("1,2,3", "", Outcome.REFUSED),
        ("twelve", "", Outcome.REFUSED),
    ],
)
def test_whole_numbers_as_people_write_them(
    vocabularies: Vocabularies, text: str, value: str, outcome: Outcome | None
) -> None:
    """A range is no number, and "1,2,3" is not one hundred and twenty-three."""
    found = mended(vocabularies, "capacity", text)
    assert found.value == value
    assert [note.outcome for note in found.notes] == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("latitude", "53.8", "53.8"),
        ("latitude", "53,801", "53.801"),
        ("latitude", "53.8° N", "53.8"),
        ("latitude", "53°30'00\"N", "53.5"),
        ("longitude", "1.55 W", "-1.55"),
        ("longitude", "\u22121.55", "-1.55"),
        ("latitude", "53.8, -1.5", ""),
        ("latitude", "1.55 W", ""),
        ("latitude", "0", "0"),
    ],
)
def test_coordinates_as_maps_give_them(
    vocabularies: Vocabularies, column: str, text: str, value: str
) -> None:
    """Two numbers in one cell are not guessed apart, and a longitude is no latitude."""
    assert mended(vocabularies, column, text).value == value


def test_the_two_numbers_of_one_cell_are_said_with_their_columns(
    vocabularies: Vocabularies,
) -> None:
    """Copied from a map they come together; the hint says where each belongs."""
    (note,) = mended(vocabularies, "latitude", "53.8, -1.5").notes
    assert note.hint == "Put 53.8 under latitude and -1.5 under longitude."


def test_telephone_numbers_get_back_what_a_number_lost(vocabularies: Vocabularies) -> None:
    """A CSV holds the bare digits a spreadsheet left; whoever types blanks typed all of it."""
    for oddity in (Oddity.NUMBER, None):
        bare = mended(vocabularies, "phone", "7700900123", oddity=oddity)
        assert (bare.value, bare.notes[0].outcome) == ("07700900123", Outcome.MENDED)
    typed = mended(vocabularies, "phone", "7700 900123")
    assert (typed.value, typed.notes[0].outcome) == ("7700 900123", Outcome.WARNED)
    assert mended(vocabularies, "phone", "0113 496 0000") == Mended("0113 496 0000")


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("email", "mailto:info@example.org", "info@example.org"),
        ("email", "info @ example.org", "info@example.org"),
        ("email", "a@example.org; b@example.org", "a@example.org"),
        ("email", "a at example.org", ""),
        ("website", "example.org/groups", "https://example.org/groups"),
        ("website", "http:/example.org", "http://example.org"),
        ("website", "www. example.org", "https://www.example.org"),
        ("website", "facebook.com/leeds", "https://facebook.com/leeds"),
        ("website", "see Facebook", ""),
        ("website", "info@example.org", ""),
        ("website", "javascript:alert(1)", ""),
    ],
)
def test_contacts_as_people_paste_them(
    vocabularies: Vocabularies, column: str, text: str, value: str
) -> None:
    """What is changed is said; what would be a guess is only offered."""
    found = mended(vocabularies, column, text)
    assert found.value == value
    assert len(found.notes) == 1
    if text == "a at example.org":
        assert found.notes[0].hint == "Is it a@example.org?"
