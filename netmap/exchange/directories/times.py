"""When a service is on, as a value: one rule, one time of day, from one day to another.

A register writes it as an RRULE or in words, a directory in fields of its own; both come down to
this. What follows from it for a calendar is for :mod:`netmap.events`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from netmap.times import LONDON, WEEKDAYS

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_START = re.compile(r"DTSTART(?:;TZID=([^:;\s]+))?:(\d{8}T\d{6})")
_DURATION = re.compile(r"DURATION:PT(?:(\d{1,2})H)?(?:(\d{1,3})M)?")
_RULE = re.compile(r"RRULE:(\S+)")
_UNTIL = re.compile(r"(\d{8})(?:T\d{6}Z?)?")
_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"})
_HOURS = r"(\d\d):(\d\d)(?:-(\d\d):(\d\d))?"
_ON = "|".join(WEEKDAYS)
_WEEKLY = re.compile(
    rf"every (other )?((?:{_ON})(?:(?:, | and )(?:{_ON}))*) {_HOURS}", re.IGNORECASE
)
_MONTHLY = re.compile(rf"({'|'.join(_NTH.values())}) ({_ON}) of the month {_HOURS}", re.IGNORECASE)
_MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Times:
    """When something is on.

    Attributes:
        freq: ``WEEKLY``, ``MONTHLY`` or ``DAILY``; empty where only hours or days are known.
        byday: As in a rule: ``MO``, or ``1MO`` and ``-1FR`` within a month.
        bymonthday: Days of the month; negative ones count from its end.
        interval: 2 is every other.
        opens: The local time of day at which it starts, or None.
        closes: The one at which it ends, after ``opens``, or None.
        starts: Its first day, or None.
        ends: Its last day, or None.
        count: How often it takes place, or None.
        zone: The zone of its times.
    """

    freq: str = ""
    byday: tuple[str, ...] = ()
    bymonthday: tuple[int, ...] = ()
    interval: int = 1
    opens: time | None = None
    closes: time | None = None
    starts: date | None = None
    ends: date | None = None
    count: int | None = None
    zone: str = LONDON

    @property
    def rule(self) -> str:
        """Write the rule, without its start."""
        pieces = [f"FREQ={self.freq}"]
        pieces += [f"INTERVAL={self.interval}"] if self.interval > 1 else []
        pieces += [f"BYDAY={','.join(self.byday)}"] if self.byday else []
        days = ",".join(str(day) for day in self.bymonthday)
        pieces += [f"BYMONTHDAY={days}"] if days else []
        pieces += [f"COUNT={self.count}"] if self.count else []
        pieces += [f"UNTIL={self.ends:%Y%m%d}T235959"] if self.ends and not self.count else []
        return ";".join(pieces)

    @property
    def hours(self) -> str:
        """Write its hours, as in ``18:00-20:00``; empty where they are not known."""
        if self.opens is None:
            return ""
        return f"{self.opens:%H:%M}" + (f"-{self.closes:%H:%M}" if self.closes else "")


def as_rule(times: Times) -> str | None:
    """Write times as a register's RRULE with its start; None where they are not enough for one."""
    if not times.freq or times.starts is None or times.opens is None:
        return None
    earliest = datetime.combine(times.starts, times.opens)
    try:
        first = next(iter(rrulestr(times.rule, dtstart=earliest)), None)
    except (ValueError, TypeError, OverflowError):
        return None
    if first is None:
        return None
    length = ""
    if times.closes:
        hours, minutes = divmod(_minutes(times.closes) - _minutes(times.opens), 60)
        length = f"DURATION:PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''} "
    return f"DTSTART;TZID={times.zone}:{first:%Y%m%dT%H%M%S} {length}RRULE:{times.rule}"


def as_words(times: Times) -> str:
    """Write times in the words a register knows; empty where they say too little."""
    said = _days_in_words(times)
    if not said:
        return ""
    since = f" from {times.starts.isoformat()}" if times.starts else ""
    until = f" until {times.ends.isoformat()}" if times.ends else ""
    return f"{said} {times.hours}".strip() + since + until


def times_of(schedule: str) -> Times | None:
    """Read a register's schedule; None where it says more, or other, than these fields hold."""
    if "RRULE" in schedule.upper():
        return _from_rule(schedule)
    words = schedule.strip()
    if found := _WEEKLY.fullmatch(words):
        names = re.findall(_ON, found[2], re.IGNORECASE)
        days = tuple(DAYS[WEEKDAYS.index(name.capitalize())] for name in names)
        return _with_hours(Times("WEEKLY", days, interval=2 if found[1] else 1), found.groups()[2:])
    if found := _MONTHLY.fullmatch(words):
        nth = next(number for number, word in _NTH.items() if word == found[1].lower())
        day = DAYS[WEEKDAYS.index(found[2].capitalize())]
        return _with_hours(Times("MONTHLY", (f"{nth}{day}",)), found.groups()[2:])
    return None


def bydays(text: str) -> tuple[str, ...]:
    """Read weekdays as directories write them: ``MO,TU``, ``2MO``, ``Monday; Tuesday``."""
    found = []
    for word in re.split(r"[\s,;/]+", text.strip()):
        match = _BYDAY.fullmatch(word.upper())
        number = next((n for n, name in enumerate(WEEKDAYS) if _is_day(word, name)), None)
        if match:
            found.append(f"{int(match[1]) if match[1] else ''}{match[2]}")
        elif number is not None:
            found.append(DAYS[number])
    return tuple(dict.fromkeys(found))


def _is_day(word: str, name: str) -> bool:
    least = 3
    return len(word) >= least and name.casefold().startswith(word.casefold().rstrip("s."))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _days_in_words(times: Times) -> str:
    if not times.byday or times.bymonthday or times.count or times.freq == "DAILY":
        return ""
    split = [_BYDAY.fullmatch(day) for day in times.byday]
    if any(found is None for found in split):
        return ""
    names = [WEEKDAYS[DAYS.index(found[2])] for found in split if found]
    numbers = {int(found[1] or 0) for found in split if found}
    if times.freq == "MONTHLY":
        nth = _NTH.get(numbers.pop(), "") if len(split) == 1 else ""
        return f"{nth} {names[0]} of the month" if nth and times.interval == 1 else ""
    if numbers != {0} or times.interval > 2:  # noqa: PLR2004  # words go as far as every other
        return ""
    every = "every other" if times.interval > 1 else "every"
    return f"{every} {' and '.join(names)}"


def _with_hours(times: Times, hours: tuple[str, ...]) -> Times | None:
    try:
        opens = time(int(hours[0]), int(hours[1]))
        closes = time(int(hours[2]), int(hours[3])) if hours[2] else None
    except ValueError:
        return None
    if closes and closes <= opens:
        return None
    return Times(times.freq, times.byday, (), times.interval, opens, closes)


def _from_rule(text: str) -> Times | None:
    start, rule = _START.search(text), _RULE.search(text)
    if start is None or rule is None or re.search("EXDATE|RDATE|DTEND", text):
        return None
    pieces = dict(piece.partition("=")[::2] for piece in rule[1].upper().split(";"))
    until = _UNTIL.fullmatch(pieces.get("UNTIL", "19700101"))
    if pieces.keys() - _KNOWN or pieces.get("FREQ") not in {"WEEKLY", "MONTHLY"} or not until:
        return None
    try:
        first = datetime.strptime(start[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007  # local times are naive
        return Times(
            pieces["FREQ"],
            bydays(pieces.get("BYDAY", "")),
            tuple(int(day) for day in pieces.get("BYMONTHDAY", "").split(",") if day),
            int(pieces.get("INTERVAL", "1")),
            first.time(),
            _closes(text, first),
            first.date(),
            date.fromisoformat(until[1]) if "UNTIL" in pieces else None,
            int(pieces["COUNT"]) if "COUNT" in pieces else None,
            start[1] or LONDON,
        )
    except ValueError:
        return None


def _closes(text: str, first: datetime) -> time | None:
    found = _DURATION.search(text)
    minutes = int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0
    if not minutes or _minutes(first.time()) + minutes >= _MOST_MINUTES:
        return None
    return (first + timedelta(minutes=minutes)).time()
