"""Rules about money: what ends soon, and what lasts too briefly."""

import pytest
from asking import Look, gaps, unchecked

from netmap.gaps import Severity

# The day of these registers is 22 November 2026.
HEAD = "id,name,organisation,area,funding,funding_starts,funding_ends,status,count\n"
TRUST = "id,name\ntrust,The Trust\nother,Other\n"


@pytest.mark.parametrize(
    ("ends", "days", "said"),
    [
        ("2027-02-21", 91, "ends on 2027-02-21, 91 days after the day this register describes;"),
        ("2026-11-22", 0, "ends on 2026-11-22, on the day this register describes;"),
        ("2026-11-21", -1, "ended on 2026-11-21, 1 day before the day this register describes;"),
    ],
)
def test_funding_that_ends_within_91_days_is_reported(
    look: Look, ends: str, days: int, said: str
) -> None:
    """The 91st day counts, and so does funding that is over while the group goes on."""
    report = look(activities=f"{HEAD}a,Art,,,lottery_grant,,{ends},,\n")
    (gap,) = gaps(report, "funding-ending")
    assert (gap.severity, gap.id) == (Severity.HIGH, "example/funding-ending/a")
    assert (gap.value, gap.threshold, gap.unit) == (days, 91, "days")
    assert said in gap.message
    assert gap.message.endswith("nothing that follows was found.")
    assert "Funding: lottery grant." in gap.evidence


def test_funding_that_lasts_longer_is_not_reported_and_the_days_can_be_set(look: Look) -> None:
    """92 days are one too many; a network that wants to know half a year ahead says so."""
    activities = f"{HEAD}a,Art,,,,,2027-02-22,,\n"
    assert not gaps(look(activities=activities), "funding-ending")
    (gap,) = gaps(look("[gaps]\nfunding_days = 180", activities=activities), "funding-ending")
    assert (gap.value, gap.threshold) == (92, 180)


def test_days_count_from_the_day_the_register_describes(look: Look) -> None:
    """On 1 July 2016 grants to 30 September 2016 end in 91 days, however long ago that is."""
    rows = f"{HEAD}a,37 grants,,,lottery_grant,,2016-09-30,,37\nb,Next,,,,,2016-10-01,,\n"
    (gap,) = gaps(look("as_of = 2016-07-01", activities=rows), "funding-ending")
    assert gap.value == 91
    assert "37 grants (a total of 37) ends on 2016-09-30" in gap.message


@pytest.mark.parametrize(
    ("follows", "reported"),
    [
        ("b,Art (second grant),trust,,,2027-01-01,2028-12-31,planned,", False),
        ("b,ART,trust,,statutory,,,,", False),
        ("b,Art,trust,,,,,,", True),
        ("b,Art,trust,,,,2027-01-01,closed,", True),
        ("b,Art,trust,,,,2028-12-31,closed,", True),
        ("b,Art,other,,,,2028-12-31,,", True),
        ("b,Dance,trust,,,,2028-12-31,,", True),
    ],
    ids=["later", "no end", "unknown", "over", "longer but over", "another's", "another"],
)
def test_what_follows_settles_it(look: Look, follows: str, *, reported: bool) -> None:
    """A second row of the same activity with later funding, planned or there already."""
    rows = f"{HEAD}a,Art,trust,,,,2027-01-01,,\n{follows}\n"
    found = gaps(look(organisations=TRUST, activities=rows), "funding-ending")
    assert ("a" in [gap.subject for gap in found]) is reported


def test_without_an_organisation_what_follows_is_in_the_same_area(look: Look) -> None:
    """Two towns may each have a Men's shed."""
    areas = "code,name\ntown,Town\nvale,Vale\n"
    rows = f"{HEAD}a,Shed,,town,,,2027-01-01,,\nb,Shed,,vale,,,2029-01-01,,\n"
    (gap,) = gaps(look(areas=areas, activities=rows), "funding-ending")
    assert (gap.area, gap.subject) == ("town", "a")


def test_closed_and_unfunded_activities_need_no_funding(look: Look) -> None:
    """What is over cannot run out of money, and what runs without any need not say until when."""
    rows = f"{HEAD}a,Art,,,,,2026-12-01,closed,\nb,B,,,unfunded,,,,\nc,C,,,self_funded,,,,\n"
    report = look(activities=rows)
    for rule in ("funding-ending", "funding-short"):
        assert not gaps(report, rule)
        assert not unchecked(report, rule)


@pytest.mark.parametrize(
    ("rows", "said"),
    [("", "No activities are recorded"), ("a,A,,,,,2029-01-01,,\nb,B,,,statutory,,,,\n", "1 of 2")],
)
def test_the_end_of_funding_could_not_be_checked(look: Look, rows: str, said: str) -> None:
    """An empty date is unknown, and told once for all."""
    report = look(activities=HEAD + rows)
    assert not gaps(report, "funding-ending")
    (one,) = unchecked(report, "funding-ending")
    assert said in one.message
    assert one.needs == ("activities.funding_ends",)


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [("2026-04-01", "2027-03-31", 12), ("2026-04-01", "2027-03-30", 11)],
)
def test_funding_for_a_year_is_short(look: Look, starts: str, ends: str, months: int) -> None:
    """The last day is funded too: 1 April to 31 March are twelve months."""
    (gap,) = gaps(look(activities=f"{HEAD}a,Art,,,,{starts},{ends},,\n"), "funding-short")
    assert (gap.severity, gap.subject) == (Severity.MEDIUM, "a")
    assert (gap.value, gap.threshold, gap.unit) == (months, 24, "months")
    assert gap.message == (
        f"Art is funded from {starts} to {ends}, {months} whole months; 24 are looked for."
    )


def test_two_years_are_enough_and_the_months_can_be_set(look: Look) -> None:
    """1 April 2026 to 31 March 2028 are two years to the day."""
    activities = f"{HEAD}a,Art,,,,2026-04-01,2028-03-31,,\n"
    assert not gaps(look(activities=activities), "funding-short")
    (gap,) = gaps(look("[gaps]\nfunding_months = 36", activities=activities), "funding-short")
    assert (gap.value, gap.threshold) == (24, 36)


def test_short_funding_that_is_over_is_left_to_the_other_rule(look: Look) -> None:
    """Nobody can ask for a longer term of a grant that has ended."""
    report = look(activities=f"{HEAD}a,Art,,,,2026-01-01,2026-06-30,,\n")
    assert not gaps(report, "funding-short")
    assert gaps(report, "funding-ending")


@pytest.mark.parametrize("dates", [",2028-01-01", "2026-01-01,", "2028-01-01,2027-01-01"])
def test_the_length_of_funding_could_not_be_checked(look: Look, dates: str) -> None:
    """One date alone is no length, nor are two the wrong way round."""
    report = look(activities=f"{HEAD}a,Art,,,,{dates},,\n")
    assert not gaps(report, "funding-short")
    (one,) = unchecked(report, "funding-short")
    assert "any of 1 row" in one.message
    assert one.needs == ("activities.funding_starts", "activities.funding_ends")
