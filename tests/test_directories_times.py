"""Times between a register's schedule and a directory's fields."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.events.meetings import parse_schedule
from netmap.exchange.directories.times import DAYS, Times, as_rule, as_words, bydays, times_of

_HOURS = st.times(max_value=time(12)).map(lambda at: at.replace(second=0, microsecond=0))
_TIMES = st.builds(
    Times,
    freq=st.just("WEEKLY"),
    byday=st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple),
    interval=st.sampled_from([1, 2]),
    opens=_HOURS,
    closes=st.just(time(20, 30)),
)


@given(_TIMES)
@settings(deadline=None, max_examples=50)
def test_words_say_what_the_fields_say_and_calendars_understand_them(times: Times) -> None:
    """Words that no calendar reads would lose every meeting of the group."""
    words = as_words(times)
    assert times_of(words) == times
    meeting = parse_schedule(words)
    assert meeting is not None
    assert meeting.first.time() == times.opens


@given(_TIMES, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
@settings(deadline=None, max_examples=50)
def test_a_rule_starts_on_one_of_its_days(times: Times, starts: date) -> None:
    """A first meeting on a day the group never meets would be in every calendar."""
    started = Times(times.freq, times.byday, (), times.interval, times.opens, times.closes, starts)
    rule = as_rule(started)
    assert rule is not None
    meeting = parse_schedule(rule)
    assert meeting is not None
    assert DAYS[meeting.first.weekday()] in times.byday
    assert 0 <= (meeting.first.date() - starts).days < 7 * times.interval
    back = times_of(rule)
    assert back is not None
    assert (back.byday, back.opens, back.closes) == (times.byday, times.opens, times.closes)


@pytest.mark.parametrize(
    "schedule",
    [
        "when it rains",
        "every Monday 25:00-26:00",
        "every Monday 12:00-10:00",
        "DTSTART;TZID=Europe/London:20260105T180000 RRULE:FREQ=YEARLY",
        "DTSTART;TZID=Europe/London:20260105T180000 RRULE:FREQ=WEEKLY EXDATE:20260112T180000",
        "DTSTART;TZID=Europe/London:20260105T180000 RRULE:FREQ=WEEKLY RDATE:20260114T180000",
        "every Tuesday 18:00-20:00, cancelled on 6 Apr 2027",
        "RRULE:FREQ=WEEKLY",
    ],
)
def test_what_the_fields_cannot_hold_is_left_in_words(schedule: str) -> None:
    """A rule that loses its exceptions sends people to a locked door."""
    assert times_of(schedule) is None


def test_a_rule_that_never_comes_true_has_no_start() -> None:
    """Feeds announce the 31st of every month that has none, and ends before their beginnings."""
    ended = Times("WEEKLY", ("MO",), opens=time(10), starts=date(2026, 1, 6), ends=date(2026, 1, 7))
    assert as_rule(ended) is None
    assert as_words(ended) == "every Monday 10:00 from 2026-01-06 until 2026-01-07"


def test_weekdays_are_read_however_they_are_written() -> None:
    """Councils write them in four ways."""
    assert bydays("MO,TU") == ("MO", "TU")
    assert bydays("Monday; tues Weds.") == ("MO", "TU", "WE")
    assert bydays("2MO,-1FR") == ("2MO", "-1FR")
    assert bydays("payday") == ()
