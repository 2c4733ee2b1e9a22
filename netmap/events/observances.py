"""Days that communities keep, from the calendars of the ``holidays`` package.

Dates that depend on the moon being seen, or on a choice between traditions, are estimated, and
say so. Jewish days begin at sunset of the day before; a day here is the daylight one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from holidays.calendars.buddhist import _BuddhistLunisolar
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar


@dataclass(frozen=True, slots=True, order=True)
class Observance:
    """A day that a community keeps."""

    day: date
    name: str
    calendar: str
    estimated: bool = False

    def __str__(self) -> str:
        """Say it: ``Eid al-Fitr (islamic, estimated)``."""
        return f"{self.name} ({self.calendar}{', estimated' if self.estimated else ''})"


Found = Iterator[tuple[date, str, bool]]


def _days(source: object, suffix: str, names: Mapping[str, tuple[str, int]], year: int) -> Found:
    """Ask one of the package's calendars; its answers differ in shape from calendar to calendar."""
    for method, (name, length) in names.items():
        for day, estimated in _answers(getattr(source, f"{method}{suffix}")(year)):
            for n in range(length):
                yield day + timedelta(days=n), name, estimated


def _answers(answer: Any) -> Iterable[tuple[date, bool]]:
    if answer is None:
        return ()
    if isinstance(answer, date):
        return ((answer, False),)
    if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], bool):  # noqa: PLR2004  # a pair
        return ((answer[0], answer[1]),) if answer[0] else ()
    return [pair for item in answer for pair in _answers(item)]


_ISLAMIC = {
    "ramadan_beginning": ("the first day of Ramadan", 1),
    "eid_al_fitr": ("Eid al-Fitr", 2),
    "eid_al_adha": ("Eid al-Adha", 2),
    "ashura": ("Ashura", 1),
}
_HINDU = {
    "maha_shivaratri": ("Maha Shivaratri", 1),
    "holi": ("Holi", 1),
    "ram_navami": ("Rama Navami", 1),
    "janmashtami": ("Janmashtami", 1),
    "dussehra": ("Dussehra", 1),
    "diwali_india": ("Diwali", 1),
}
_SIKH = {"guru_nanak_jayanti": ("Guru Nanak Gurpurab", 1), "diwali_india": ("Bandi Chhor Divas", 1)}
_JEWISH = {
    "passover": ("Passover", 2),
    "shavuot": ("Shavuot", 2),
    "rosh_hashanah": ("Rosh Hashanah", 2),
    "yom_kippur": ("Yom Kippur", 1),
    "sukkot": ("Sukkot", 2),
}
_LAST_DAYS_OF_PASSOVER = (6, 7)
_CLOSE_OF_SUKKOT = (7, 8)


def _jewish(year: int) -> Found:
    source = _HebrewLunisolar()
    yield from _days(source, "_date", _JEWISH, year)
    for method, name, offsets in (
        ("passover", "the last days of Passover", _LAST_DAYS_OF_PASSOVER),
        ("sukkot", "Shemini Atzeret and Simchat Torah", _CLOSE_OF_SUKKOT),
    ):
        for day, _ in _answers(getattr(source, f"{method}_date")(year)):
            for offset in offsets:
                yield day + timedelta(days=offset), name, False


def _christian(year: int) -> Found:
    sunday = easter(year, EASTER_WESTERN)
    for offset, name in (
        (-46, "Ash Wednesday"),
        (-3, "Maundy Thursday"),
        (-2, "Good Friday"),
        (0, "Easter Sunday"),
        (1, "Easter Monday"),
        (39, "Ascension Day"),
        (49, "Pentecost"),
    ):
        yield sunday + timedelta(days=offset), name, False
    yield date(year, 1, 6), "Epiphany", False
    yield date(year, 11, 1), "All Saints' Day", False
    yield date(year, 12, 24), "Christmas Eve", False
    yield date(year, 12, 25), "Christmas Day", False


def _orthodox(year: int) -> Found:
    sunday = easter(year, EASTER_ORTHODOX)
    for offset, name in ((-2, "Great Friday"), (0, "Pascha"), (1, "Bright Monday")):
        yield sunday + timedelta(days=offset), name, False
    yield date(year, 1, 7), "Orthodox Christmas Day", False


def _sikh(year: int) -> Found:
    yield from _days(_HinduLunisolar(), "_date", _SIKH, year)
    yield date(year, 4, 14), "Vaisakhi", True


CALENDARS: Mapping[str, Callable[[int], Found]] = {
    "buddhist": lambda y: _days(_BuddhistLunisolar(), "_date", {"vesak_may": ("Vesak", 1)}, y),
    "chinese": lambda y: _days(
        _ChineseLunisolar(), "_date", {"lunar_new_year": ("Lunar New Year", 1)}, y
    ),
    "christian": _christian,
    "hindu": lambda y: _days(_HinduLunisolar(), "_date", _HINDU, y),
    "islamic": lambda y: _days(_IslamicLunar(), "_dates", _ISLAMIC, y),
    "jewish": _jewish,
    "orthodox": _orthodox,
    "sikh": _sikh,
}


@lru_cache(maxsize=256)
def observances(calendar: str, year: int) -> tuple[Observance, ...]:
    """List the days one community keeps in one year, in order.

    Args:
        calendar: One of :data:`CALENDARS`.
        year: A year of the civil calendar.

    Returns:
        The days; none where the package does not know the year.

    Raises:
        KeyError: The calendar is not known.
    """
    found = {
        Observance(day, name, calendar, estimated)
        for day, name, estimated in CALENDARS[calendar](year)
        if day.year == year
    }
    return tuple(sorted(found))
