"""What groups write about when they meet becomes dates, or is said not to be understood."""

from collections.abc import Callable
from datetime import date, datetime
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
