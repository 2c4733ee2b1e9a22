"""Dates as British spreadsheets hold them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.spreadsheets.mending import mend
from netmap.times import MONTHS, WEEKDAYS
from netmap.vocabulary import load

SPOT = Spot("groups.xlsx", "Groups", 12, "C")
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


def read(text: str, column: str = "verified_on") -> tuple[str, tuple[Note, ...]]:
    """Mend a date."""
    found = mend("activities", column, text, None, SPOT, load())
    return found.value, found.notes


def ending(day: int) -> str:
    """Say st, nd, rd or th."""
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def in_words(day: date) -> list[str]:
    """Write a day in forms that can be read in one way only."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    return [
        day.isoformat(),
        f"{day.isoformat()}T18:30:00",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.day} {month} {day.year}",
        f"{day.day}{ending(day.day)} {month} {day.year}",
        f"{day.day}{ending(day.day)} of {month.upper()}, {day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"{weekday}, {day.day} {month[:3]}. {day.year}",
        f"{weekday[:3]} {day.day} {month} {day.year} at 6.30pm",
        f"{month} {day.day}, {day.year}",
    ]


def in_figures(day: date) -> list[str]:
    """Write a day in figures, the day first."""
    return [
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m}/{day.year:04}",
        f"{day:%d.%m}.{day.year:04}",
        f"{day.day}-{day.month}-{day.year} 18:30",
        f"{day.day} {day.month} {day.year}",
        f"{day.day}\u2013{day.month}\u2013{day.year}",
    ]


@settings(deadline=None, max_examples=100)
@given(day=DAYS)
def test_every_real_day_comes_back_from_its_written_forms(day: date) -> None:
    """A month in letters leaves nothing to doubt, and needs no note."""
    for text in in_words(day):
        assert read(text) == (day.isoformat(), ()), text


@settings(deadline=None, max_examples=100)
@given(day=DAYS)
def test_figures_are_read_day_first_and_doubt_is_said_in_both_readings(day: date) -> None:
    """3/4 is April here and March in America: whoever wrote it must be able to see which."""
    other = date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None
    for text in in_figures(day):
        value, notes = read(text)
        assert value == day.isoformat(), text
        assert len(notes) == (1 if other else 0), text
        for note in notes:
            assert note.outcome is Outcome.WARNED
            assert f"read as {day.day} {MONTHS[day.month - 1]} {day.year};" in note.message
            assert f" {day.month} {MONTHS[day.day - 1]} {day.year}." in note.message


@settings(deadline=None, max_examples=60)
@given(day=st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31)))
def test_two_digits_are_a_year_of_this_century_until_69(day: date) -> None:
    """Nobody's funding ended in 1926."""
    for text in (f"{day.day}/{day.month}/{day:%y}", f"{day.day} {day:%b} {day:%y}"):
        assert read(text)[0] == day.isoformat()


@settings(deadline=None, max_examples=60)
@given(day=st.dates(min_value=date(1980, 1, 1), max_value=date(2100, 12, 31)))
def test_a_days_number_in_excel_is_that_day(day: date) -> None:
    """A date column formatted as numbers shows how many days have passed since 1899."""
    value, (note,) = read(str((day - date(1899, 12, 30)).days))
    assert (value, note.outcome, note.code) == (day.isoformat(), Outcome.MENDED, "date-serial")


def test_45385_is_the_third_of_april_2024() -> None:
    """The one that can be checked in any spreadsheet."""
    assert read("45385")[0] == "2024-04-03"
    assert read("45385.75")[0] == "2024-04-03"


@settings(deadline=None, max_examples=300)
@given(
    text=st.text(max_size=30) | st.from_regex(r"[0-9]{1,5}[/. \-][0-9a-zA-Z]{1,9}[/. \-][0-9]{0,4}")
)
def test_any_text_is_a_day_or_is_said_to_be_none(text: str) -> None:
    """A sheet must not fall over a typing mistake, nor pass over it."""
    value, notes = read(text)
    if value:
        assert date.fromisoformat(value).isoformat() == value
    elif any(letter.isdecimal() for letter in text):
        assert notes


def test_the_american_order_is_never_taken_and_always_said() -> None:
    """12/25/2024 can only be Christmas, but a file that writes so writes 3/4 so too."""
    value, (note,) = read("12/25/2024")
    assert value == ""
    assert note.outcome is Outcome.REFUSED
    assert note.message == (
        "day first there is no month 25; in American order it would be 25 December 2024."
    )
    assert note.hint == "If that is what is meant, write 2024-12-25."


@pytest.mark.parametrize(
    "text",
    ["31/4/2024", "2026-02-30", "33/33/33", "3 April", "3/4", "2026", "2011/12", "April 26",
     "3 Brumaire 2026", "3/4/2026 to 5/4/2026", "spring", "1234567"],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_right_form(text: str) -> None:
    """Half a date is not filled in from nowhere."""
    value, (note,) = read(text)
    assert value == ""
    assert note.outcome is Outcome.REFUSED
    assert "-" in note.hint


@pytest.mark.parametrize("text", ["April 2026", "Apr-26", "Apr '26", "04/2026", "2026-04"])
def test_a_month_begins_on_its_first_day_and_ends_on_its_last(text: str) -> None:
    """Money that ends in April is there in April; consent is not stretched by a month."""
    assert read(text, "funding_starts")[0] == "2026-04-01"
    assert read(text, "consent_until")[0] == "2026-04-01"
    value, (note,) = read(text, "funding_ends")
    assert (value, note.outcome) == ("2026-04-30", Outcome.MENDED)
    assert "30 April 2026" in note.message


def test_september_has_four_letters_for_some() -> None:
    """And Wales has months of its own."""
    assert read("3 Sept 2026")[0] == "2026-09-03"
    assert read("3 Medi 2026")[0] == "2026-09-03"


def test_a_year_nobody_can_mean_is_looked_at() -> None:
    """2206 for 2026 is a slip of the finger that no rule can mend."""
    value, (note,) = read("03/03/2206")
    assert (value, note.code) == ("2206-03-03", "unlikely-date")


def test_what_has_no_end_has_no_end_date() -> None:
    """``ongoing`` under an end is an answer; under a start it is none."""
    assert read("ongoing", "funding_ends")[0] == ""
    assert read("ongoing", "funding_ends")[1][0].outcome is Outcome.MENDED
    assert read("ongoing", "funding_starts")[1][0].outcome is Outcome.REFUSED
