"""The time zone written into a feed says what the clocks there do."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from netmap.events.zones import vtimezone


@pytest.mark.parametrize(
    "zone", ["Europe/London", "Europe/Paris", "America/New_York", "Asia/Kolkata"]
)
def test_a_zone_in_a_feed_keeps_the_offset_of_the_place(zone: str) -> None:
    """Calendars that read the rule, not the name, must not be an hour out in winter."""
    written = vtimezone(zone)
    assert written is not None
    parts: Any = icalendar.Calendar.from_ical(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + written + b"END:VCALENDAR\r\n"
    ).walk("VTIMEZONE")
    (part,) = parts
    read = part.to_tz(lookup_tzid=False)
    for year in (2026, 2027, 2031):
        for day in range(0, 365, 3):
            local = datetime(year, 1, 1, 12) + timedelta(days=day)  # noqa: DTZ001  # local
            there = local.replace(tzinfo=ZoneInfo(zone)).utcoffset()
            assert local.replace(tzinfo=read).utcoffset() == there, local
    assert b"RDATE" not in written


def test_a_zone_without_a_plain_rule_is_not_written() -> None:
    """The clocks of Casablanca follow the moon; UTC is the honest answer there."""
    assert vtimezone("Africa/Casablanca") is None
