"""Postcodes as people type them."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.spreadsheets.mending import mend
from netmap.places import tidy_postcode
from netmap.vocabulary import load

SPOT = Spot("groups.xlsx", "Groups", 12, "C")
OUTWARD = st.one_of(
    st.from_regex(r"[A-PR-UWYZ][1-9]", fullmatch=True),
    st.from_regex(r"[A-PR-UWYZ][1-9][0-9]", fullmatch=True),
    st.from_regex(r"[A-PR-UWYZ][A-HK-Y][0-9]", fullmatch=True),
    st.from_regex(r"[A-PR-UWYZ][A-HK-Y][1-9][0-9]", fullmatch=True),
    st.from_regex(r"[A-PR-UWYZ][0-9][A-HJKPSTUW]", fullmatch=True),
    st.from_regex(r"[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]", fullmatch=True),
)
INWARD = st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)
BLANKS = st.sampled_from(["", " ", "  ", "\u00a0", "\t"])


def read(text: str) -> tuple[str, tuple[Note, ...]]:
    """Mend a postcode."""
    found = mend("activities", "postcode", text, None, SPOT, load())
    return found.value, found.notes


@settings(deadline=None, max_examples=200)
@given(outward=OUTWARD, inward=INWARD, blanks=st.lists(BLANKS, min_size=3, max_size=3),
       case=st.sampled_from([str.lower, str.upper]))  # fmt: skip
def test_case_and_blanks_never_change_a_postcode(
    outward: str, inward: str, blanks: list[str], case: Callable[[str], str]
) -> None:
    """``ox41re`` and ``OX4 1 RE`` are the same door."""
    right = f"{outward} {inward}"
    typed = f"{blanks[0]}{outward}{blanks[1]}{inward}{blanks[2]}"
    value, notes = read(case(typed))
    assert value == right
    changed = case(typed).strip().replace("\u00a0", " ") != right
    assert [note.outcome for note in notes] == ([Outcome.MENDED] if changed else [])
    assert all(note.became == right for note in notes)


@settings(deadline=None, max_examples=200)
@given(outward=OUTWARD, inward=INWARD, data=st.data())
def test_a_letter_for_a_digit_is_offered_and_never_applied(
    outward: str, inward: str, data: st.DataObject
) -> None:
    """A wrong postcode puts a group in the wrong town; the person knows, the program does not."""
    twins = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S"}
    right = f"{outward}{inward}"
    places = [at for at, letter in enumerate(right) if letter in twins]
    if not places:
        return
    at = data.draw(st.sampled_from(places))
    typed = right[:at] + twins[right[at]] + right[at + 1 :]
    value, notes = read(typed)
    # Some slips make another postcode, and nobody can see that.
    assert value == ("" if notes and notes[0].outcome is Outcome.REFUSED else tidy_postcode(typed))
    if not value:
        offers = re.findall(r"[A-Z0-9]+ [A-Z0-9]{3}|[A-Z0-9]{2,4}", notes[0].hint)
        assert tidy_postcode(right) in offers


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=20) | st.from_regex(r"[A-Z0-9OIS ]{4,9}", fullmatch=True))
def test_what_is_taken_is_written_in_the_cell(text: str) -> None:
    """Nothing is added to what somebody wrote, and nothing of it exchanged."""
    value, _ = read(text)
    letters = re.sub(r"[^A-Z0-9]", "", text.upper())
    assert value.replace(" ", "") in letters


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("SE1 OEH", "Is it SE1 0EH?"),
        ("SE1O 0EH", "Is it SE10 0EH?"),
        ("LSI 1AA", "Is it LS1 1AA?"),
        ("S01 4AA", "Is it SO1 4AA?"),
        ("L51 1AA", None),
        ("Leeds LS7", "Is it LS7?"),
    ],
)
def test_the_offer_is_a_question(text: str, offer: str | None) -> None:
    """It is there to be copied, where the person says yes. L51 may be right, so it stays."""
    value, notes = read(text)
    if offer is None:
        assert (value, notes) == (text, ())
    else:
        assert value == ""
        assert notes[0].hint == offer


def test_half_a_postcode_is_enough() -> None:
    """The first half says the district, and is all that some people want to tell."""
    assert read("LS7") == ("LS7", ())
    assert read("ec1a")[0] == "EC1A"


def test_a_sector_is_not_another_district() -> None:
    """``LS1 1`` is a part of LS1; without the blank it would be LS11, which is elsewhere."""
    value, (note,) = read("LS1 1")
    assert (value, note.outcome) == ("LS1", Outcome.MENDED)


@pytest.mark.parametrize(
    ("text", "value", "outcome"),
    [
        ("Postcode: LS1 1AA, Leeds", "LS1 1AA", Outcome.MENDED),
        ("LS1 1AA and BD1 2BB", "LS1 1AA", Outcome.WARNED),
        ("LS7/LS8", "LS7", Outcome.WARNED),
        ("['LS10 1NE', 'LS9']", "LS10 1NE", Outcome.WARNED),
        ("Unit B2 3rd floor", "", Outcome.REFUSED),
        ("Various", "", Outcome.REFUSED),
        ("10115", "", Outcome.REFUSED),
    ],
)
def test_words_around_and_several_in_one_cell(text: str, value: str, outcome: Outcome) -> None:
    """The first of several is taken, and the others are said."""
    found, (note,) = read(text)
    assert (found, note.outcome) == (value, outcome)


def test_the_postcode_that_is_not_taken_is_named() -> None:
    """Otherwise somebody would have to look for it."""
    assert "LS1 1AA is taken, not BD1 2BB." in read("LS1 1AA and BD1 2BB")[1][0].message


def test_who_hides_a_place_is_told_how() -> None:
    """``Confidential`` under a postcode is a wish, and has a column of its own."""
    assert "withheld under visibility" in read("Confidential")[1][0].hint
