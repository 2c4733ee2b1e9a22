"""Which zone a calendar means: by its name, by Windows' name, by cities, by its own rules."""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from netmap.events.foreign.noticed import Noticed
from netmap.times import LONDON, is_zone

_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_BRITISH = frozenset(
    {"bst", "gmt/bst", "gmt0bst", "gmt/british summer time", "british summer time", "london", "uk"}
)
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d\d)?\)?", re.IGNORECASE)
_LOCATION = re.compile(r"X-LIC-LOCATION[^:]*:\s*(\S+)", re.IGNORECASE)
# Zones change their clocks by rules for years; anything finer is no rule for a clock.
_RULE = re.compile(
    r"RRULE[^:]*:(?=.*FREQ=YEARLY)(?!.*BY(?:HOUR|MINUTE|SECOND)).{0,200}", re.IGNORECASE
)
_LONGEST = 200
_MOST_HOURS = 18


class Zones:
    """The zones of one calendar."""

    def __init__(
        self, defined: dict[str, list[str]], own: str, fallback: str, noticed: Noticed
    ) -> None:
        """Begin with none looked up.

        Args:
            defined: The lines of the zones the file defines, by name.
            own: The zone the calendar says it is for, empty where it does not.
            fallback: The zone where nothing is said or understood.
            noticed: Told which names had to be guessed.
        """
        self._defined, self._noticed, self._fallback = defined, noticed, fallback
        self._known: dict[str, tzinfo] = {}
        self.own = self.find(own, None) if own else None

    @property
    def floating(self) -> tzinfo:
        """The zone of times that do not say theirs."""
        return self.own or ZoneInfo(self._fallback)

    def named(self, zone: tzinfo) -> str:
        """Say a zone in a message."""
        return zone.key if isinstance(zone, ZoneInfo) else str(zone)

    def find(self, written: str, line: int | None) -> tzinfo:
        """Find the zone a name stands for; the fallback where it cannot be told."""
        name = written.strip().strip("\"'").strip()[:_LONGEST]
        if name not in self._known:
            self._known[name] = self._look_up(name, line)
        return self._known[name]

    def _look_up(self, name: str, line: int | None) -> tzinfo:
        if is_zone(name):
            if line is not None and name not in self._defined and name.upper() != "UTC":
                message = f"the file does not say what {name} is; it is a known zone and was taken."
                self._noticed.repair("zone-not-defined", message, line, value=name)
            return ZoneInfo(name)
        known = _alias(name)
        if known:
            message = f"'{name}' is taken as {known}, here and below."
            self._noticed.repair("zone-by-other-name", message, line, value=name)
            return ZoneInfo(known)
        made = self._made(name)
        if made is not None:
            message = f"'{name}' is no known zone; it was followed as the file describes it."
            self._noticed.repair("zone-as-described", message, line, value=name)
            return made
        offset = _offset(name)
        if offset is not None:
            message = f"'{name}' is taken as a fixed distance from UTC, summer and winter."
            self._noticed.repair("zone-by-offset", message, line, value=name, look=True)
            return offset
        message = f"'{name}' is no known zone; its times are taken as those of {self._fallback}."
        self._noticed.repair("unknown-zone", message, line, value=name, look=True)
        return ZoneInfo(self._fallback)

    def _made(self, name: str) -> tzinfo | None:
        """Make a zone as the file defines it; None where it does not, or not soundly."""
        lines = self._defined.get(name)
        if lines is None:
            return None
        for line in lines:
            place = _LOCATION.fullmatch(line)
            if place and is_zone(place[1]):
                return ZoneInfo(place[1])
        rules = [line for line in lines if line[:5].upper() == "RRULE"]
        if not all(_RULE.fullmatch(line) for line in rules):
            return None
        plain = [line for line in lines if line[:2].upper() != "X-"]
        try:
            described = icalendar.Timezone.from_ical("\r\n".join(plain))
            if not isinstance(described, icalendar.Timezone):
                return None
            zone = described.to_tz(lookup_tzid=False)
            offsets = [datetime(2027, m, 1, tzinfo=zone).utcoffset() for m in (1, 7)]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError):
            return None
        return zone if all(offset is not None for offset in offsets) else None


def _alias(name: str) -> str | None:
    """Find the zone behind one of the other names programs write."""
    plain = name.casefold()
    if plain in _BRITISH:
        return LONDON
    windows = _WINDOWS.get(plain) or _WINDOWS.get(plain.replace(" daylight time", " standard time"))
    if windows and is_zone(windows):
        return windows
    # "/mozilla.org/20070129_1/Europe/London", as some programs write.
    pieces = [piece for piece in name.split("/") if piece]
    for length in (3, 2):
        tail = "/".join(pieces[-length:])
        if len(pieces) > length and is_zone(tail):
            return tail
    return _by_city(plain)


def _by_city(plain: str) -> str | None:
    """Find the zone of the first city known in ``(UTC+00:00) Dublin, Edinburgh, London``."""
    words = [word.strip() for word in re.split(r"[,):]", plain)]
    if "london" in words:
        return LONDON
    return next((zone for word in words if (zone := _cities().get(word))), None)


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        area, _, city = zone.rpartition("/")
        if area and area not in {"Etc", "posix", "right", "SystemV"}:
            found.setdefault(city.replace("_", " ").casefold(), zone)
    return found


def _offset(name: str) -> tzinfo | None:
    found = _OFFSET.fullmatch(name)
    if not found or int(found[2]) >= _MOST_HOURS:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-distance if found[1] == "-" else distance)
