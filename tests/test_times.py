"""Zones, spans, dates as people write them, bank holidays."""

from datetime import UTC, date, datetime

import pytest

from netmap.times import (
    LONDON,
    Span,
    add_months,
    bank_holidays,
    days,
    in_clock_change,
    is_day_first,
    is_zone,
    parse_date,
    to_utc,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-31", date(2026, 3, 31)),
        (" 2026-03-31T00:00:00 ", date(2026, 3, 31)),
        ("31/03/2026", date(2026, 3, 31)),
        ("1.4.2026", date(2026, 4, 1)),
        ("31/03/2026 00:00", date(2026, 3, 31)),
        ("04/03/2026", date(2026, 3, 4)),  # day first, as British spreadsheets write it
        ("03/31/2026", None),
        ("2026-02-30", None),
        ("30/02/2026", None),
        ("31/03/26", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_as_iso_or_day_first_and_never_guessed(text: str, day: date | None) -> None:
    """A guessed date is worse than an empty cell."""
    assert parse_date(text) == day


def test_a_day_first_date_is_told_from_an_iso_one() -> None:
    """The notice about a file's habits rests on it."""
    assert is_day_first("31/03/2026")
    assert not is_day_first("2026-03-31")


def test_spans_that_touch_do_not_overlap() -> None:
    """A room is free again the minute a session ends."""
    at = [datetime(2026, 1, 5, hour) for hour in (9, 10, 11, 12)]  # noqa: DTZ001  # local by design
    assert not Span(at[0], at[1]).overlaps(Span(at[1], at[2]))
    assert Span(at[0], at[2]).overlaps(Span(at[1], at[3]))
    assert Span(at[0], at[3]).overlaps(Span(at[1], at[2]))


def test_months_end_where_the_calendar_does() -> None:
    """Twelve stale months from a leap day must not fall on a day that is not there."""
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 2, 29), -12) == date(2023, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_local_times_on_clock_change_days_are_known() -> None:
    """01:30 is missing in March and comes twice in October; a subscriber must not be misled."""
    missing = datetime(2027, 3, 28, 1, 30)  # noqa: DTZ001  # local by design
    twice = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001
    plain = datetime(2026, 10, 25, 10, 0)  # noqa: DTZ001
    assert in_clock_change(missing, LONDON)
    assert in_clock_change(twice, LONDON)
    assert not in_clock_change(plain, LONDON)
    assert to_utc(twice, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert to_utc(plain, LONDON) == datetime(2026, 10, 25, 10, 0, tzinfo=UTC)


def test_zones_are_checked_before_they_are_used() -> None:
    """A mistyped zone must be a finding, not a traceback."""
    assert is_zone("Europe/London")
    assert not is_zone("Europe/Leeds")
    assert not is_zone("../etc/passwd")
    assert not is_zone("")


def test_england_has_its_own_bank_holidays() -> None:
    """The library's plain GB leaves Easter Monday and the August holiday out."""
    holidays = bank_holidays("GB-ENG", 2027)
    assert date(2027, 3, 29) in holidays
    assert date(2027, 8, 30) in holidays
    assert date(2027, 1, 4) not in holidays  # Scotland's, as 2 January is a Saturday
    assert list(holidays) == sorted(holidays)
    with pytest.raises(KeyError):
        bank_holidays("GB-XXX", 2027)


def test_days_walk_includes_both_ends() -> None:
    """A programme may meet on its last day."""
    assert len(list(days(date(2026, 12, 30), date(2027, 1, 2)))) == 4
