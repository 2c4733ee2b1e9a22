"""Other people's calendars are read as they are written, and every repair is said."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from netmap.errors import UnreadableFileError
from netmap.events.busy import window_of
from netmap.events.foreign import MOST_BYTES, Foreign, read_calendar
from netmap.findings import Level

YEAR = window_of(date(2027, 1, 1), date(2027, 12, 31))
STAMP = "DTSTAMP:20260101T000000Z"
LONDON = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19701025T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE"""


def calendar(*events: str, head: str = LONDON) -> bytes:
    """Write a calendar whose every event has an identity and a stamp unless it brings its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *(head.split("\n") if head else [])]
    for number, event in enumerate(events, start=1):
        own = [] if "UID" in event else [f"UID:{number}@example.org"]
        stamp = [] if "DTSTAMP" in event else [STAMP]
        lines += ["BEGIN:VEVENT", *own, *stamp, *event.strip().split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(content: bytes, zone: str = "Europe/London") -> Foreign:
    """Read a calendar for the year 2027."""
    return read_calendar(content, "their.ics", zone, YEAR)


def starts(found: Foreign) -> list[str]:
    """Give the starts of the dates, to the minute."""
    return [f"{one.span.starts:%m-%d %H:%M}" for one in found.dates]


def codes(found: Foreign) -> list[str]:
    """Give what was mended, each once, in order of name."""
    return sorted({one.code for one in found.repairs})


def gone(found: Foreign) -> list[tuple[str, int | None]]:
    """Give what was left out: why, and on which line."""
    return [(one.code, one.place.row) for one in found.left_out]


PLAIN = """DTSTART;TZID=Europe/London:20270702T100000
DTEND;TZID=Europe/London:20270702T110000
SUMMARY:Planning day"""
WEEKLY = """DTSTART;TZID=Europe/London:20270309T180000
DTEND;TZID=Europe/London:20270309T190000
RRULE:FREQ=WEEKLY;COUNT=4"""


def test_a_sound_calendar_needs_no_repair() -> None:
    """A repair that is said where there was none makes people doubt all the others."""
    found = read(calendar(PLAIN))
    assert (found.events, found.repairs, found.left_out) == (1, (), ())
    one = found.dates[0]
    assert (one.span.starts, one.span.ends) == (
        datetime(2027, 7, 2, 10),  # noqa: DTZ001  # local
        datetime(2027, 7, 2, 11),  # noqa: DTZ001
    )
    assert (one.title, one.busy, one.day, one.status) == ("Planning day", True, False, None)


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("byte-order-mark", lambda c: b"\xef\xbb\xbf" + c),
        ("utf-16", lambda c: c.decode().encode("utf-16")),
        ("line-ends", lambda c: c.replace(b"\r\n", b"\n")),
        ("line-ends", lambda c: c.replace(b"\r\n", b"\r")),
        ("leading-blank-lines", lambda c: b"\r\n\r\n" + c),
        ("blank-lines", lambda c: c.replace(b"DTSTART", b"\r\n\r\nDTSTART")),
        ("long-lines", lambda c: c.replace(b"END:VEV", b"COMMENT:" + b"x" * 90 + b"\r\nEND:VEV")),
        ("text-before-calendar", lambda c: b"From our intranet\r\n" + c),
        ("cut-off", lambda c: c[: c.index(b"END:VEVENT")]),
        ("unclosed-event", lambda c: c.replace(b"END:VEVENT\r\n", b"")),
        ("no-dtstamp", lambda c: c.replace(STAMP.encode() + b"\r\n", b"")),
        ("no-uid", lambda c: c.replace(b"UID:1@example.org\r\n", b"")),
        ("zone-not-defined", lambda c: c.replace(LONDON.replace("\n", "\r\n").encode(), b"X-A:b")),
    ],
)
def test_what_is_odd_about_the_file_is_said_and_does_no_harm(
    code: str, spoil: Callable[[bytes], bytes]
) -> None:
    """A mark or a missing line must not cost anybody their calendar."""
    found = read(spoil(calendar(PLAIN)))
    assert codes(found) == [code]
    assert starts(found) == ["07-02 10:00"]
    assert found.dates[0].title == "Planning day"


def test_a_fold_inside_a_letter_is_put_together() -> None:
    """Programs that count bytes cut the é of a café in two."""
    content = calendar(f"{PLAIN}\nLOCATION:Café")
    cut = content.index(b"\xa9")
    found = read(content[:cut] + b"\r\n " + content[cut:])
    assert (found.dates[0].place, codes(found)) == ("Café", ["split-character"])
    assert found.repairs[0].place.row == content[:cut].count(b"\r\n") + 1


def test_windows_letters_are_read_as_windows_writes_them() -> None:
    """An export that is not UTF-8 still says Café, and people are told to look."""
    found = read(calendar(f"{PLAIN}\nLOCATION:Café").replace("é".encode(), b"\xe9"))
    assert (found.dates[0].place, codes(found)) == ("Café", ["windows-characters"])
    assert found.repairs[0].level is Level.WARNING


def test_a_break_in_a_text_does_not_cost_the_rest_of_the_file() -> None:
    """One pressed Enter loses the whole feed in six of the programs that were tried."""
    event = PLAIN.replace("Planning day", "Planning day\nand lunch: bring some")
    found = read(calendar(event, PLAIN))
    assert [one.title for one in found.dates] == [
        "Planning day and lunch: bring some",
        "Planning day",
    ]
    assert codes(found) == ["broken-line"]


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("day-unsaid", "DTSTART:20270702"),
        ("floating-time", "DTSTART:20270702T100000"),
        ("written-otherwise", "DTSTART;TZID=Europe/London:2027-07-02T10:00:00"),
        ("written-otherwise", "DTSTART:20270702T100000+0100"),
        ("time-in-day", "DTSTART;VALUE=DATE;TZID=Europe/London:20270702T100000"),
        ("utc-with-zone", "DTSTART;TZID=Europe/London:20270702T090000Z"),
        ("zone-by-other-name", "DTSTART;TZID=GMT Standard Time:20270702T100000"),
        ("zone-by-other-name", 'DTSTART;TZID="GMT Standard Time":20270702T100000'),
        (
            "zone-by-other-name",
            'DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20270702T100000',
        ),
        (
            "zone-by-other-name",
            "DTSTART;TZID=(UTC+00:00) Dublin, Edinburgh, Lisbon, London:20270702T100000",
        ),
        ("zone-by-other-name", "DTSTART;TZID=/mozilla.org/2007_1/Europe/London:20270702T100000"),
        ("zone-by-other-name", "DTSTART;TZID=BST:20270702T100000"),
        ("zone-by-offset", "DTSTART;TZID=UTC+1:20270702T100000"),
        ("unknown-zone", "DTSTART;TZID=Our Office:20270702T100000"),
    ],
)
def test_times_are_understood_however_their_zone_is_said(code: str, start: str) -> None:
    """Ten o'clock in Leeds is ten o'clock, whichever program wrote it."""
    found = read(calendar(f"{start}\nDURATION:PT1H"))
    assert [said for said in codes(found) if said != "long-lines"] == [code]
    expected = "07-02 00:00" if code == "day-unsaid" else "07-02 10:00"
    assert starts(found) == [expected]
    assert found.dates[0].day is (code == "day-unsaid")
    repair = next(one for one in found.repairs if one.code == code)
    assert (repair.place.file, repair.place.row) == ("their.ics", 14)
    assert "event 1" in repair.message


def test_a_zone_of_their_own_is_followed_as_they_describe_it() -> None:
    """A zone that nobody else knows is at least what its file says it is: two hours on."""
    head = LONDON.replace("Europe/London", "Office").replace("+0000", "+0200")
    found = read(calendar("DTSTART;TZID=Office:20270702T110000\nDURATION:PT1H", head=head))
    assert (starts(found), codes(found)) == (["07-02 10:00"], ["zone-as-described"])


def test_a_zone_whose_rule_would_search_for_ever_is_not_followed() -> None:
    """A file from anywhere must not be able to keep a computer busy."""
    head = LONDON.replace("Europe/London", "Evil").replace(
        "TZOFFSETFROM", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\nTZOFFSETFROM"
    )
    found = read(calendar("DTSTART;TZID=Evil:20270702T100000\nDURATION:PT1H", head=head))
    assert (starts(found), codes(found)) == (["07-02 10:00"], ["unknown-zone"])


def test_a_time_without_a_zone_has_that_of_its_calendar() -> None:
    """Google says once for the whole calendar where it belongs."""
    head = "X-WR-TIMEZONE:Europe/Berlin"
    found = read(calendar("DTSTART:20270702T110000\nDURATION:PT1H", head=head))
    assert (starts(found), codes(found)) == (["07-02 10:00"], ["floating-time"])


@pytest.mark.parametrize(("head", "hour"), [("X-WR-TIMEZONE:Europe/London", 10), ("X-A:b", 11)])
def test_a_series_in_utc_keeps_to_the_clock_of_its_calendar(head: str, hour: int) -> None:
    """A group that meets at ten does so in summer too; without a zone nobody can know."""
    event = "DTSTART:20270105T100000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    found = read(calendar(event, head=head))
    assert f"07-06 {hour}:00" in starts(found)
    assert codes(found) == ["series-in-utc"]


@pytest.mark.parametrize(
    ("code", "end", "hours"),
    [
        ("bad-end", "DTEND;TZID=Europe/London:20270702T090000", 2),
        ("bad-end", "DTEND:tomorrow", 2),
        ("bad-end", "DTEND;TZID=Europe/London:20990702T090000", 2),
        ("no-length", "DTEND;TZID=Europe/London:20270702T100000", 2),
        ("bad-duration", "DURATION:-PT1H", 2),
        ("bad-duration", "DURATION:an hour", 2),
        ("no-end", "COMMENT:none", 2),
        ("day-and-time", "DTEND;VALUE=DATE:20270703", 14),
        ("floating-time", "DTEND:20270702T130000", 3),
    ],
)
def test_an_end_that_cannot_be_is_replaced_by_what_is_usual(
    code: str, end: str, hours: int
) -> None:
    """An event without a sound end still takes its people's time."""
    found = read(calendar(f"DTSTART;TZID=Europe/London:20270702T100000\n{end}"))
    assert codes(found) == [code]
    assert found.dates[0].span.ends - found.dates[0].span.starts == timedelta(hours=hours)


def test_days_last_to_the_midnight_before_their_end() -> None:
    """An end of all-day events is the first day that is free again."""
    event = "DTSTART;VALUE=DATE:20270501\nDTEND;VALUE=DATE:20270504"
    found = read(calendar(event, "DTSTART;VALUE=DATE:20270601"))
    assert [(one.day, (one.span.ends - one.span.starts).days) for one in found.dates] == [
        (True, 3),
        (True, 1),
    ]
    assert found.repairs == ()


def test_a_series_keeps_its_hour_when_the_clocks_change() -> None:
    """The clocks go forward on 28 March; the group still meets at six."""
    assert starts(read(calendar(WEEKLY))) == [
        "03-09 18:00",
        "03-16 18:00",
        "03-23 18:00",
        "03-30 18:00",
    ]


@pytest.mark.parametrize(
    ("code", "rule", "dates"),
    [
        ("until-a-day", "FREQ=WEEKLY;UNTIL=20270323", 3),
        ("until-without-zone", "FREQ=WEEKLY;UNTIL=20270323T180000", 3),
        ("until-no-day", "FREQ=WEEKLY;UNTIL=20270431", 8),
        ("", "FREQ=WEEKLY;UNTIL=20270323T180000Z", 3),
        ("", "FREQ=WEEKLY;UNTIL=20270323T170000Z", 2),
        ("rule-not-followed", "RSCALE=CHINESE;FREQ=YEARLY", 1),
        ("rule-not-followed", "FREQ=SECONDLY", 1),
        ("rule-not-followed", "FREQ=WEEKLY;INTERVAL=0", 1),
        ("rule-not-followed", "FREQ=WEEKLY;BYEASTER=1", 1),
        ("rule-not-followed", "FREQ=NEVER", 1),
        ("rule-not-followed", "every Tuesday", 1),
        ("rule-not-followed", "FREQ=DAILY;COUNT=" + "9" * 600, 1),
        ("rule-not-followed", "FREQ=DAILY;BYMINUTE=" + ",".join(map(str, range(60))), 1),
        ("rule-not-followed", "FREQ=WEEKLY;UNTIL=soon", 1),
        ("too-many-dates", "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), 1999),
        ("", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1),
        ("", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1),
    ],
)
def test_rules_are_followed_as_far_as_they_make_sense(code: str, rule: str, dates: int) -> None:
    """A rule that is absurd, endless or of another calendar costs at most its own later dates."""
    event = WEEKLY.replace("FREQ=WEEKLY;COUNT=4", rule)
    found = read(calendar(event))
    assert [said for said in codes(found) if said != "long-lines"] == ([code] if code else [])
    # Of 2,000 hours one is missing: in the night of 28 March two of them are the same.
    assert len(found.dates) == dates


def test_an_old_series_without_an_end_is_there_in_this_year_only() -> None:
    """A weekly meeting since 1990 has 52 dates in 2027, and one every other week 26."""
    old = "DTSTART;TZID=Europe/London:19900102T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"
    every = read(calendar(old))
    other = read(calendar(f"{old};INTERVAL=2"))
    assert (len(every.dates), {one.span.starts.weekday() for one in every.dates}) == (52, {1})
    assert len(other.dates) == 26
    first = datetime(1990, 1, 2)  # noqa: DTZ001  # local
    assert {(one.span.starts - first).days % 14 for one in other.dates} == {0}


@given(
    first=st.dates(date(1950, 1, 1), date(2027, 12, 31)),
    frequency=st.sampled_from(["DAILY", "WEEKLY"]),
    interval=st.integers(1, 30),
)
@settings(max_examples=60, deadline=None)
def test_entering_a_series_late_gives_the_dates_of_going_through_it(
    first: date, frequency: str, interval: int
) -> None:
    """The shortcut through the years before the window must not shift anything."""
    event = f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nRRULE:FREQ={frequency};INTERVAL={interval}"
    step = interval * (7 if frequency == "WEEKLY" else 1)
    length = (date(2027, 12, 31) - first).days // step + 1
    every = [first + timedelta(days=step * n) for n in range(length)]
    days = [day for day in every if day.year == 2027]
    assert [one.span.starts.date() for one in read(calendar(event)).dates] == days


@given(
    first=st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 30)),  # noqa: DTZ001  # local
    rule=st.sampled_from(
        [
            "FREQ=WEEKLY;BYDAY=TU,TH",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY;BYMONTH=3,7;BYDAY=2WE",
            "FREQ=DAILY;INTERVAL=10;COUNT=40",
            "FREQ=WEEKLY;COUNT=20",
        ]
    ),
)
@settings(max_examples=80, deadline=None)
def test_series_have_the_dates_that_another_program_gives_them(first: datetime, rule: str) -> None:
    """A reader that only agrees with itself may be wrong all year."""
    # Between nine and nine no clock changes, where programs differ.
    first = first.replace(hour=9 + first.hour % 12, second=0, microsecond=0)
    at = f"{first:%Y%m%dT%H%M%S}"
    content = calendar(f"DTSTART;TZID=Europe/London:{at}\nDURATION:PT1H\nRRULE:{rule}", head="")
    other = recurring_ical_events.of(icalendar.Calendar.from_ical(content))
    theirs = [
        one["DTSTART"].dt.replace(tzinfo=None) for one in other.between((2027, 1, 1), (2028, 1, 1))
    ]
    assert [one.span.starts for one in read(content).dates] == sorted(theirs)


def test_many_searches_without_a_result_come_to_an_end() -> None:
    """A file of ten thousand rules that never match is read, and says what was not followed."""
    event = WEEKLY.replace("FREQ=WEEKLY;COUNT=4", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    found = read(calendar(*[event] * 500))
    assert len(found.dates) == 500
    assert codes(found) == ["rule-not-followed"]


def test_what_is_taken_out_of_a_series_does_not_take_place() -> None:
    """A cancelled date stays cancelled, whether it was written as a time, in UTC or as a day."""
    taken_out = "\nEXDATE;TZID=Europe/London:20270309T180000\nEXDATE:20270330T170000Z"
    assert starts(read(calendar(WEEKLY + taken_out))) == ["03-16 18:00", "03-23 18:00"]
    by_day = read(calendar(WEEKLY + "\nEXDATE;VALUE=DATE:20270316"))
    assert starts(by_day) == ["03-09 18:00", "03-23 18:00", "03-30 18:00"]
    assert codes(by_day) == ["exdate-a-day"]


def test_dates_that_were_added_are_there_with_their_own_length() -> None:
    """RDATE is lost by every second program."""
    extra = "\nRDATE;TZID=Europe/London:20270310T090000\nRDATE;VALUE=PERIOD:20270401T090000Z/PT3H"
    found = read(calendar(WEEKLY + extra))
    assert {"03-10 09:00", "04-01 10:00"} < set(starts(found))
    last = found.dates[-1]
    assert last.span.ends - last.span.starts == timedelta(hours=3)
    assert codes(read(calendar(WEEKLY + "\nRDATE:soon"))) == ["bad-date"]


def test_a_changed_date_takes_the_place_of_its_own() -> None:
    """A group that moved one meeting is busy then, and not when it usually meets."""
    series = f"UID:s\n{WEEKLY}"
    change = """UID:s
RECURRENCE-ID;TZID=Europe/London:20270316T180000
DTSTART;TZID=Europe/London:20270317T190000
DURATION:PT1H"""
    found = read(calendar(series, change))
    assert starts(found) == ["03-09 18:00", "03-17 19:00", "03-23 18:00", "03-30 18:00"]
    assert found.repairs == ()
    off = read(calendar(series, f"{change}\nSTATUS:CANCELLED"))
    assert [one.busy for one in off.dates] == [True, False, True, True]


@pytest.mark.parametrize(
    ("code", "which"),
    [
        ("recurrence-id-a-day", ";VALUE=DATE:20270316"),
        ("no-such-date", ";TZID=Europe/London:20270317T180000"),
        ("bad-recurrence-id", ":sometime"),
    ],
)
def test_a_change_of_no_date_of_the_series_is_taken_and_said(code: str, which: str) -> None:
    """Better one date too many than a meeting nobody knows of."""
    change = f"""UID:s
RECURRENCE-ID{which}
DTSTART;TZID=Europe/London:20270317T190000
DURATION:PT1H"""
    found = read(calendar(f"UID:s\n{WEEKLY}", change))
    assert "03-17 19:00" in starts(found)
    assert code in codes(found)
    assert ("03-16 18:00" in starts(found)) is (code != "recurrence-id-a-day")


def test_a_change_without_its_series_is_taken_alone() -> None:
    """An export of one month holds the moved meeting and not the series it is from."""
    change = "RECURRENCE-ID;TZID=Europe/London:20270316T180000\n" + PLAIN
    found = read(calendar(change))
    assert (starts(found), codes(found)) == (["07-02 10:00"], ["series-missing"])


def test_this_and_all_later_dates_are_moved_together() -> None:
    """From 23 March on the group meets an hour later and for two hours."""
    change = """UID:s
RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20270323T180000
DTSTART;TZID=Europe/London:20270323T190000
DURATION:PT2H"""
    found = read(calendar(f"UID:s\n{WEEKLY}", change))
    assert starts(found) == ["03-09 18:00", "03-16 18:00", "03-23 19:00", "03-30 19:00"]
    assert [(one.span.ends - one.span.starts).seconds // 3600 for one in found.dates] == [
        1,
        1,
        2,
        2,
    ]
    assert codes(found) == ["this-and-future"]
    before = read(calendar(f"UID:s\n{WEEKLY}"))
    assert [one.key for one in before.dates] == [one.key for one in found.dates]


def test_of_two_versions_the_newer_counts() -> None:
    """A feed that repeats an event after changing it does not mean two events."""
    old, new = f"UID:s\nSEQUENCE:1\n{PLAIN}", f"UID:s\nSEQUENCE:2\n{PLAIN.replace('T10', 'T09')}"
    found = read(calendar(new, old))
    assert (starts(found), gone(found)) == (["07-02 09:00"], [("older-version", 19)])
    twice = read(calendar(f"UID:s\n{PLAIN}", f"UID:s\n{PLAIN}"))
    assert (starts(twice), gone(twice)) == (["07-02 10:00"], [("older-version", 11)])


def test_two_events_with_one_uid_are_both_taken() -> None:
    """A program that gives everything one UID must not lose all events but one."""
    found = read(calendar(f"UID:s\n{PLAIN}", f"UID:s\n{PLAIN.replace('0702', '0703')}"))
    assert starts(found) == ["07-02 10:00", "07-03 10:00"]
    assert codes(found) == ["duplicate-uid"]
    assert len({one.key for one in found.dates}) == 2


@pytest.mark.parametrize(
    ("line", "busy", "status"),
    [
        ("STATUS:CANCELLED", False, "cancelled"),
        ("STATUS:TENTATIVE", True, "tentative"),
        ("TRANSP:TRANSPARENT", False, None),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", False, None),
        ("TRANSP:OPAQUE", True, None),
    ],
)
def test_what_takes_no_time_is_known(line: str, busy: bool, status: str | None) -> None:  # noqa: FBT001
    """A birthday in the calendar keeps nobody from coming."""
    one = read(calendar(f"{PLAIN}\n{line}")).dates[0]
    assert (one.busy, one.status) == (busy, status)


def test_a_calendar_that_calls_off_calls_off_all_in_it() -> None:
    """A cancellation sent by email says so once, above the event."""
    assert not read(calendar(PLAIN, head="METHOD:CANCEL")).dates[0].busy


def test_what_is_left_out_is_named_with_its_line() -> None:
    """Whoever misses an event must be able to find out why it is not there."""
    found = read(
        calendar(
            "SUMMARY:no time",
            "DTSTART:99999999",
            "DTSTART;VALUE=DATE:20250101",
        )
    )
    assert (found.events, found.dates) == (3, ())
    assert gone(found) == [("no-start", 11), ("bad-start", 19), ("outside-the-time", 21)]
    task = calendar(PLAIN).replace(
        b"END:VCAL", b"BEGIN:VTODO\r\nDUE:20270101\r\nEND:VTODO\r\nEND:VCAL"
    )
    assert gone(read(task)) == [("no-event", 18)]


def test_alarms_and_attachments_are_left_unread() -> None:
    """The time of an alarm is not that of its event."""
    extra = "BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT9H\nSUMMARY:Wake up\nEND:VALARM\nATTACH:x"
    found = read(calendar(f"{extra}\n{PLAIN}"))
    assert (found.dates[0].title, codes(found)) == ("Planning day", ["not-needed"])
    assert "1 alarm, 1 attachment" in found.repairs[0].message


def test_names_and_addresses_are_never_kept() -> None:
    """Who was invited to what is theirs; nothing of it may come out, in titles or complaints."""
    event = """UID:jane.doe@example.org
DTSTART;TZID=Europe/London:20270702T100000
SUMMARY:Supervision with Jane (ring sam@example.org)
LOCATION:Jane Doe's house
CATEGORIES:Jane Doe,Training
DESCRIPTION:Ask Jane Doe on 0113 496 0000
ORGANIZER;CN="Jane Doe":mailto:jane.doe@example.org
ATTENDEE;CN=Sam;PARTSTAT=ACCEPTED:mailto:SAM@example.org
ATTENDEE;CUTYPE=ROOM;CN=Supervision room:mailto:room@example.org"""
    found = read(calendar(event))
    said = repr(found.dates) + repr(found.repairs) + repr(found.left_out)
    shown = said.replace(found.dates[0].key, "")
    for word in ("Jane", "jane", "Doe", "doe'", "doe@", "sam@", "SAM@", "0113"):
        assert word not in shown
    assert found.dates[0].title == "Supervision with … (ring …)"
    assert found.dates[0].categories == ("…", "Training")
    assert "name-removed" in codes(found)


def test_of_what_is_private_only_the_time_is_known() -> None:
    """A hospital appointment keeps its owner from coming; why is nobody's business."""
    for word in ("PRIVATE", "CONFIDENTIAL"):
        event = PLAIN.replace("Planning day", "Clinic") + f"\nLOCATION:Ward 9\nCLASS:{word}"
        found = read(calendar(event))
        assert (found.dates[0].private, found.dates[0].busy) == (True, True)
        assert "Clinic" not in repr(found)
        assert "Ward" not in repr(found)


def test_a_list_of_busy_times_is_read() -> None:
    """Exchange gives those who may not see a calendar its busy times alone."""
    content = calendar().replace(
        b"END:VCALENDAR",
        b"BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20270702T090000Z/20270702T100000Z,"
        b"20270703T090000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20270704T090000Z/PT1H\r\n"
        b"END:VFREEBUSY\r\nEND:VCALENDAR",
    )
    found = read(content)
    assert starts(found) == ["07-02 10:00", "07-03 10:00"]
    assert all(one.free_busy and one.busy for one in found.dates)


def test_events_nested_in_whatever_are_read() -> None:
    """Two calendars in one file, or one in another, are still calendars."""
    inner = calendar(PLAIN)
    both = read(inner + inner.replace(b"1@example.org", b"2@example.org"))
    assert starts(both) == ["07-02 10:00"] * 2
    deep = b"BEGIN:VCALENDAR\r\n" * 5000 + inner
    assert starts(read(deep)) == ["07-02 10:00"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"<!DOCTYPE html><html>BEGIN:VCALENDAR is what we hoped for</html>", "sign in"),
        (b"PK\x03\x04", "zip"),
        (b"name,when\nTea,noon\n", "BEGIN:VCALENDAR"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * MOST_BYTES, "20 MB"),
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes, why: str) -> None:
    """A web page saved as .ics must not pass for a calendar with nothing in it."""
    with pytest.raises(UnreadableFileError, match=why):
        read(content)


def test_an_empty_calendar_is_one() -> None:
    """Somebody with no appointments is free, and that is said."""
    assert codes(read(calendar())) == ["no-events"]


def test_the_missing_hour_comes_an_hour_later() -> None:
    """On 28 March there is no half past one; clocks there show half past two."""
    found = read(calendar("DTSTART;TZID=Europe/London:20270328T013000\nDURATION:PT1H"))
    assert starts(found) == ["03-28 02:30"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VCALENDAR",
                    "DTSTART:20270702", "DTSTART:20270702T100000Z", "RRULE:FREQ=DAILY;COUNT=3",
                    "RECURRENCE-ID:20270702", "DTEND:20270101T000000Z", "UID:x", "EXDATE:",
                    "RDATE:,",
                    'DTSTART;TZID="', "RRULE:FREQ=MONTHLY;BYSETPOS=400;BYDAY=MO", "BEGIN:VTIMEZONE",
                    "TZID:Europe/London", "END:VTIMEZONE", "DURATION:P9999999W", " x",
                    "SUMMARY;=:;",
                    "FREEBUSY:20270101T000000Z/x", "BEGIN:VFREEBUSY", "END:VFREEBUSY",
                    "RECURRENCE-ID;RANGE=THISANDFUTURE:20270702T100000Z",
                ]
            ),
            st.text(max_size=30),
        ),
        max_size=25,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_no_file_makes_it_fall_over(lines: list[str]) -> None:
    """Whatever somebody's program writes, what can be read is read, in order, within the year."""
    content = "\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", "replace")
    found = read(content)
    assert list(found.dates) == sorted(found.dates, key=lambda one: (one.span, one.key))
    assert all(one.span.overlaps(YEAR) for one in found.dates)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_bytes_make_it_fall_over(noise: bytes) -> None:
    """A damaged download is a calendar with damage, not a fault in netmap."""
    content = calendar(PLAIN)
    found = read(content[:60] + noise + content[60:])
    assert found.shown == "their.ics"
