"""Several values in one cell: terms, languages, numbers of registers, names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.draft import Outcome, Spot
from netmap.exchange.spreadsheets.mending import Mended, mend
from netmap.exchange.spreadsheets.mending.lists import from_program_text
from netmap.vocabulary import load

SPOT = Spot("groups.xlsx", "Groups", 12, "C")


def read(column: str, text: str, table: str = "activities") -> Mended:
    """Mend a cell."""
    return mend(table, column, text, None, SPOT, load())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Somali; Arab", "somali;arab"),
        ("Somali, Arab and Polish people", "somali;arab;polish"),
        ("• Somali\n• Arab", "somali;arab"),
        ("Somali | Arab / Polish", "somali;arab;polish"),
        ("Men & women", "men;women"),
        ("['Somali', 'Arab']", "somali;arab"),
        ('{"Somali","Arab"}', "somali;arab"),
        ("Black, African", "black;black_african"),
        ("Black African", "black_african"),
        ("Gypsy, Roma and Traveller communities; Somali", "gypsy_roma_traveller;somali"),
        ("White and Black Caribbean, Arab", "mixed_white_and_black_caribbean;arab"),
        ("somali;somali;Somalis", "somali"),
    ],
)
def test_communities_are_cut_apart_but_never_within_a_name(text: str, value: str) -> None:
    """Some names hold a comma or an "and", and "Black, African" are two."""
    found = read("communities", text)
    assert found.value == value
    assert Outcome.REFUSED not in {note.outcome for note in found.notes}


@settings(deadline=None, max_examples=100)
@given(
    slugs=st.lists(st.sampled_from(list(load()["community"])), min_size=1, max_size=4, unique=True),
    between=st.sampled_from(["; ", ";", "\n", " | ", "\n- "]),
)
def test_labels_joined_in_any_way_are_the_same_terms(slugs: list[str], between: str) -> None:
    """What netmap shows, it must be able to read."""
    labels = [load()["community"].label(slug) for slug in slugs]
    found = read("communities", between.join(labels))
    assert found.value.split(";") == slugs
    assert found.notes == ()


@pytest.mark.parametrize("text", ["everyone", "Open to all", "All welcome", "anyone", "The public"])
def test_open_to_anyone_is_an_empty_cell(text: str) -> None:
    """That is what an empty cell means, so there is nothing to say."""
    assert read("communities", text) == Mended("")


def test_an_unknown_term_is_left_out_and_the_others_stay() -> None:
    """One slip must not cost the row its communities."""
    found = read("communities", "Somlai; Arab")
    assert found.value == "arab"
    (note,) = found.notes
    assert (note.outcome, note.hint) == (Outcome.REFUSED, "Did you mean 'Somali'?")
    assert (note.value, note.became) == ("Somlai; Arab", "arab")


def test_everyone_beside_a_community_is_said_with_its_column() -> None:
    """For Somali women and everyone else is what ``exclusive`` is for."""
    found = read("communities", "Somali; everyone")
    assert found.value == "somali"
    assert "exclusive" in found.notes[0].hint


def test_of_two_approaches_the_first_is_taken() -> None:
    """The column holds one; the other is said, so that somebody can put it where it belongs."""
    found = read("approach", "Drop-in / Buddying")
    assert found.value == "drop_in"
    assert found.notes[0].outcome is Outcome.WARNED
    assert "One to one" in found.notes[0].message
    assert read("approach", "Course/workshop") == Mended("course_workshop")


def test_of_two_wishes_about_contacts_none_is_taken() -> None:
    """Empty is the strictest there."""
    found = read("contact", "public or staff")
    assert found.value == ""
    assert found.notes[0].outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("English and Urdu", "en;ur"),
        ("Kurdish (Sorani), Welsh", "ckb;cy"),
        ("en-GB; so", "en-GB;so"),
        ("BSL", "bfi"),
        ("no", ""),
        ("English, Klingon", "en"),
    ],
)
def test_languages_become_codes(text: str, value: str) -> None:
    """``no`` is more likely an answer than Norwegian."""
    found = read("languages", text)
    assert found.value == value
    assert bool(found.notes) == (value in {"", "en"})


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("GB-CHC-1234567", "GB-CHC-1234567", None),
        ("1234567", "GB-CHC-1234567", Outcome.MENDED),
        ("Reg. charity no. 1234567", "GB-CHC-1234567", Outcome.MENDED),
        ("Registered Charity Number: 1,234,567", "GB-CHC-1234567", Outcome.MENDED),
        ("SC012345", "GB-SC-SC012345", Outcome.MENDED),
        ("NIC100001", "GB-NIC-100001", Outcome.MENDED),
        ("GB-NIC-100001", "GB-NIC-100001", None),
        ("GB-SC-SC012345", "GB-SC-SC012345", None),
        ("GB-CHC-SC012345", "GB-SC-SC012345", None),
        ("Company no 01234567", "GB-COH-01234567", Outcome.MENDED),
        ("GB-COH-SC123456", "GB-COH-SC123456", None),
        ("GB-CHC-1234567; 360G-abc", "GB-CHC-1234567;360G-abc", None),
        ("360G-Fund-ORG:001bX", "360G-Fund-ORG:001bX", None),
        ("GB-COH-1234567", "GB-COH-1234567", Outcome.WARNED),
        ("SCO12345", "", Outcome.REFUSED),
        ("GB-CHC-01234567", "", Outcome.REFUSED),
        ("12345", "", Outcome.REFUSED),
        ("not registered", "", Outcome.MENDED),
    ],
)
def test_numbers_of_registers_keep_their_register(
    text: str, value: str, outcome: Outcome | None
) -> None:
    """The same digits are one charity and another company, so the register belongs to them."""
    found = read("identifiers", text, "organisations")
    assert found.value == value
    assert [note.outcome for note in found.notes] == ([outcome] if outcome else [])


def test_a_letter_in_a_scottish_number_is_offered() -> None:
    """SCO is typed for SC0 again and again, but a number is not ours to change."""
    (note,) = read("identifiers", "SCO12345", "organisations").notes
    assert note.hint == "Is it SC012345?"


def test_names_are_cut_only_where_no_name_is() -> None:
    """A name may hold a comma and an "and"."""
    found = read("aliases", "Leeds, Bradford and Friends; LBF\n- The Friends", "organisations")
    assert found == Mended("Leeds, Bradford and Friends;LBF;The Friends")
    assert read("aliases", "Leeds - North; 2. South", "organisations") == Mended(
        "Leeds - North;South"
    )
    assert read("serves", "Leeds, Bristol, City of") == Mended("Leeds;Bristol, City of")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("['LS10 1NE', 'LS9']", ("LS10 1NE", "LS9")),
        ('["a"]', ("a",)),
        ("{'b', 'a'}", ("b", "a")),
        ("['O\\'Brien', None, nan]", ("O'Brien",)),
        ('["\\ud800"]', ("?",)),
        ("[1]", None),
        ("[see note]", None),
        ("[['a'], ['b']]", None),
        ("[__import__('os').system('true'), 'a']", None),
        ("['a' + 'b']", None),
        ("[" * 5000 + "]" * 5000, None),
        ("['" + "a" * 20_000 + "']", None),
    ],
)
def test_lists_as_a_program_writes_them_are_read_and_never_run(
    text: str, items: tuple[str, ...] | None
) -> None:
    """Sheets that came out of somebody's script hold such cells, and so do hostile ones."""
    assert from_program_text(text) == items


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Black women", "black;women"),
        ("South Asian carers", "asian;carers"),
        ("Women from BME communities", "women;bame"),
    ],
)
def test_a_phrase_that_names_two_communities_is_taken_as_both(text: str, value: str) -> None:
    """It is how people write it, and the register has a word for each and none for both."""
    mended = mend("activities", "communities", text, None, SPOT, load())
    assert mended.value == value
    assert [note.code for note in mended.notes] == ["communities-together"]


def test_a_phrase_with_a_word_nobody_knows_stays_as_written() -> None:
    """Young Somali men are not all Somali men."""
    mended = mend("activities", "communities", "Young Somali men", None, SPOT, load())
    assert mended.value == "Young Somali men"
