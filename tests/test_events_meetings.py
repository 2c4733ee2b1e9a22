"""What groups write about when they meet becomes dates, or is said not to be understood."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from netmap.events import check_schedules, parse_schedule
from netmap.networks.register import Register

WriteNetwork = Callable[..., tuple[Register, Any]]
NOVEMBER = (datetime(2026, 11, 1), datetime(2026, 12, 1))  # noqa: DTZ001  # local
RULE = "DTSTART;TZID=Europe/London:20260105T180000 RRULE:FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("text", "days", "hours"),
    [
        ("every Tuesday 18:00-20:00", [3, 10, 17, 24], 2),
        ("first Monday of the month 10:00-12:00", [2], 2),
        ("every other Wednesday 14:00-16:00 from 2026-11-11", [11, 25], 2),
        ("Mondays and Fridays, 6-8pm", [2, 6, 9, 13, 16, 20, 23, 27, 30], 2),
        ("last Friday of each month, 7pm to 8.30pm", [27], 1.5),
        ("every Tuesday 18:00-20:00 except 2026-11-10", [3, 17, 24], 2),
        ("every Tuesday 18:00-20:00 until 2026-11-10", [3, 10], 2),
        ("Sundays 11-1pm", [1, 8, 15, 22, 29], 2),
        ("Weds 10.00-12.00", [4, 11, 18, 25], 2),
        ("Mondays 10am to 12 noon", [2, 9, 16, 23, 30], 2),
        (RULE, [2, 9, 16, 23, 30], None),
        (f"{RULE} DURATION:PT90M", [2, 9, 16, 23, 30], 1.5),
        (f"{RULE} EXDATE;TZID=Europe/London:20261109T180000", [2, 16, 23, 30], None),
    ],
)
def test_a_schedule_is_understood(text: str, days: list[int], hours: float | None) -> None:
    """Groups should not have to learn RRULE to be in a calendar."""
    meeting = parse_schedule(text)
    assert meeting is not None
    assert [start.day for start in meeting.starts(NOVEMBER)] == days
    length = meeting.length.total_seconds() / 3600 if meeting.length else None
    assert length == hours
    assert not meeting.uncertain


@pytest.mark.parametrize(
    "text",
    [
        "by arrangement",
        "every Tuesday",
        "Tuesday 6-8",
        "term-time Tuesdays 10:00-11:00",
        "every Tuesday 20:00-18:00",
        "every Tuesday 25:00-26:00",
        "DTSTART:20260101T000000 RRULE:FREQ=SECONDLY",
        "DTSTART:20260101T000000 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=WEEKLY",
    ],
)
def test_what_is_not_understood_is_not_guessed(text: str) -> None:
    """A wrong evening in a calendar is worse than none."""
    assert parse_schedule(text) is None


def test_a_fortnight_without_a_first_date_says_that_it_is_uncertain() -> None:
    """Half of all such guesses are the wrong week."""
    meeting = parse_schedule("every other Wednesday 14:00-16:00")
    assert meeting is not None
    assert meeting.uncertain
    first, second = meeting.starts(NOVEMBER)
    assert (second - first).days == 14


def test_schedules_of_a_register_are_checked_with_their_place(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """Who keeps the register learns which row to mend."""
    register, _ = write_network(
        tmp_path,
        {
            "organisations": "id,name\no,O\n",
            "activities": "id,name,schedule\n"
            "a,A,every Tuesday 18:00-20:00\nb,B,when we can\nc,C,every other Monday 10:00-11:00\n",
        },
    )
    assert [(f.code, f.place.row, f.place.column) for f in check_schedules(register)] == [
        ("unreadable-schedule", 3, "schedule"),
        ("schedule-without-start", 4, "schedule"),
    ]


def test_nothing_starts_in_the_hour_the_clocks_skip() -> None:
    """28 March 2027, 01:30, does not exist in London."""
    meeting = parse_schedule("every Sunday 01:30-02:30")
    assert meeting is not None
    march = (datetime(2027, 3, 20), datetime(2027, 4, 10))  # noqa: DTZ001  # local
    assert [s.date() for s in meeting.starts(march)] == [date(2027, 3, 21), date(2027, 4, 4)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("except 10 Nov 2026", [3, 17, 24]),
        ("except Tuesday 10th November 2026 and 24 Nov 2026", [3, 17]),
        ("(not 10 and 17 November 2026)", [3, 24]),
        ("not on 10 November", [3, 17, 24]),
        ("not in August or November", []),
        ("not in November 2027", [3, 10, 17, 24]),
        ("except 8 Nov to 20 Nov 2026", [3, 24]),
        ("no meeting on 2026-11-10, 17/11/2026", [3, 24]),
        ("also on 5 Nov 2026", [3, 5, 10, 17, 24]),
        ("moved from 10 Nov 2026 to 11 Nov 2026", [3, 11, 17, 24]),
        ("10 Nov 2026 moved to 11 Nov 2026 19:00-21:00 and not in December", [3, 11, 17, 24]),
        ("on 11 Nov 2026 instead of 10 Nov 2026", [3, 11, 17, 24]),
        ("cancelled on 10 Nov 2026", [3, 17, 24]),
        ("from 9 November 2026 until 20 Nov 2026", [10, 17]),
        ("except bank holidays in Scotland", [3, 10, 17, 24]),
    ],
)
def test_exceptions_are_understood_in_plain_english(text: str, days: list[int]) -> None:
    """Nobody should have to write another row for one week at another place in the diary."""
    meeting = parse_schedule(f"every Tuesday 18:00-20:00, {text}")
    assert meeting is not None
    assert [start.day for start in meeting.starts(NOVEMBER)] == days
    assert meeting.unmet() == []


@pytest.mark.parametrize(
    "text",
    [
        "except Monday 10 November 2026",  # it is a Tuesday
        "except 31 November 2026",
        "except in the holidays",
        "cancelled on 10 November",  # of which year?
        "moved to 11 Nov 2026",
        "10 Nov 2026 moved to 11 Nov 2026 25:00-26:00",
        "except bank holidays",  # of which nation?
        "except 20 Nov 2026 to 10 Nov 2026",
        "cancelled",
    ],
)
def test_an_exception_that_is_not_understood_leaves_the_whole_unread(text: str) -> None:
    """Half understood, it would send people on the very day that is off."""
    assert parse_schedule(f"every Tuesday 18:00-20:00, {text}") is None


def test_a_moved_date_keeps_the_identity_of_the_day_it_was_planned_for() -> None:
    """Calendars then move it, rather than showing one date that is off and one that is new."""
    meeting = parse_schedule(
        "every Tuesday 18:00-20:00, 10 Nov 2026 moved to 11 Nov 2026 19:00-20:00"
    )
    assert meeting is not None
    (moved,) = (one for one in meeting.dates(NOVEMBER) if one.planned != one.starts)
    assert (moved.planned.day, moved.starts.day, moved.starts.hour) == (10, 11, 19)
    assert moved.length == timedelta(hours=1)


def test_a_cancelled_date_is_told_and_one_left_out_is_not() -> None:
    """Who already knows of a date has to hear that it is off."""
    meeting = parse_schedule("every Tuesday 18:00-20:00, cancelled on 10 Nov 2026, not in December")
    assert meeting is not None
    assert [one.starts.day for one in meeting.dates(NOVEMBER) if one.cancelled] == [10]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (f"{RULE} RDATE;TZID=Europe/London:20261104T190000", [2, 4, 9, 16, 23, 30]),
        (f"{RULE} RDATE;VALUE=DATE:20261104", [2, 4, 9, 16, 23, 30]),
        (f"{RULE} EXDATE:20261109T180000Z RDATE:20261110T180000Z", [2, 10, 16, 23, 30]),
    ],
)
def test_dates_can_be_added_to_a_rule(rule: str, days: list[int]) -> None:
    """A moved date in RFC 5545 without a component of its own is one date fewer and one more."""
    meeting = parse_schedule(rule)
    assert meeting is not None
    assert [start.day for start in meeting.starts(NOVEMBER)] == days


def test_exceptions_that_cannot_be_right_are_reported(
    tmp_path: Path, write_network: WriteNetwork
) -> None:
    """A slip in a date would otherwise cancel nothing, silently; so would the hour clocks skip."""
    register, _ = write_network(
        tmp_path,
        {
            "organisations": "id,name\no,O\n",
            "activities": "id,name,schedule\n"
            'a,A,"every Tuesday 18:00-20:00, cancelled on 11 Nov 2026"\n'
            "b,B,every Sunday 01:30-02:30\n",
        },
    )
    found = check_schedules(replace(register, as_of=date(2027, 1, 4)))
    assert [(f.code, f.place.row if f.place else None) for f in found] == [
        ("no-such-meeting", 2),
        ("clock-change", 3),
    ]
    assert "28 Mar 2027 and 31 Oct 2027" in found[1].message
