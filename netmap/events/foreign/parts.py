"""The parts of a calendar: its events as lines nobody has interpreted yet, and its time zones.

Only the properties listed here are kept. Whoever is invited is kept for as long as a title is
searched for their names, and goes no further.
"""

from collections import Counter
from dataclasses import dataclass, field

from netmap.events.foreign.lines import Line
from netmap.events.foreign.noticed import Noticed

_KEPT = frozenset(
    [
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
        "STATUS",
        "TRANSP",
        "CLASS",
        "SUMMARY",
        "LOCATION",
        "CATEGORIES",
        "SEQUENCE",
        "FREEBUSY",
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ]
)
_INVITED = frozenset({"ATTENDEE", "ORGANIZER", "CONTACT"})
_EVENTS = frozenset({"VEVENT", "VFREEBUSY"})
_OTHERS = {"VTODO": "a task", "VJOURNAL": "a note"}
_IGNORED = {"VALARM": "alarm", "ATTACH": "attachment", "DESCRIPTION": "description"}
_LONGEST_ZONE = 2000


@dataclass
class Part:
    """One event as it stands in the file.

    Attributes:
        kind: ``VEVENT`` or ``VFREEBUSY``.
        number: The so-manyth event of the file, the first being 1.
        line: The line it begins on.
        lines: The properties that are kept, by name, in the file's order.
        invited: The lines about people; for taking their names out of titles, and nothing else.
    """

    kind: str
    number: int
    line: int
    lines: dict[str, list[Line]] = field(default_factory=dict)
    invited: list[Line] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        """Give the first line of a name."""
        found = self.lines.get(name)
        return found[0] if found else None

    def word(self, name: str) -> str:
        """Give the value of a line that holds a single word, in capitals; empty without one."""
        line = self.first(name)
        return line.value.upper() if line else ""


@dataclass
class Parts:
    """What a calendar is made of.

    Attributes:
        events: In the file's order.
        zones: The lines of each time zone it defines, by name.
        zone: The zone it says its readers should see (``X-WR-TIMEZONE``), empty where it does not.
        cancels: Whether the whole calendar calls off what is in it (``METHOD:CANCEL``).
    """

    events: list[Part] = field(default_factory=list)
    zones: dict[str, list[str]] = field(default_factory=dict)
    zone: str = ""
    cancels: bool = False


def parts_of(lines: list[Line], noticed: Noticed) -> Parts:
    """Find the events and zones among the lines of a calendar, whatever is nested in what."""
    reading = _Reading(noticed)
    for line in lines:
        reading.take(line)
    return reading.done(lines[-1].number if lines else 1)


class _Reading:
    """A walk through the lines: which parts are open, and what was found."""

    def __init__(self, noticed: Noticed) -> None:
        self.noticed, self.found = noticed, Parts()
        self.open: list[str] = []
        self.event: Part | None = None
        self.zone: list[str] | None = None
        self.ignored: Counter[str] = Counter()

    def take(self, line: Line) -> None:
        if line.name == "BEGIN":
            self._begin(line)
        elif line.name == "END":
            self._end(line)
        elif self.zone is not None:
            self.zone.append(line.text)
        elif self.event is not None:
            self._property(self.event, line)
        else:
            self._of_calendar(line)

    def done(self, last: int) -> Parts:
        if self.event is not None:
            message = (
                f"the file breaks off in event {self.event.number}; what there is of it was read. "
                "Was the download cut short?"
            )
            self.noticed.repair("cut-off", message, last, look=True)
            self._close_event()
        if self.ignored:
            said = ", ".join(
                f"{n:,} {what}{'' if n == 1 else 's'}" for what, n in sorted(self.ignored.items())
            )
            self.noticed.repair("not-needed", f"left unread, as they are not needed: {said}.")
        return self.found

    def _begin(self, line: Line) -> None:
        kind = line.value.upper()
        self.open.append(kind)
        if kind in _EVENTS:
            if self.event is not None:
                self._unclosed(line.number)
            number = len(self.found.events) + 1
            self.event, self.zone = Part(kind, number, line.number), None
        elif kind == "VTIMEZONE" and self.event is None:
            self.zone = [line.text]
        elif self.zone is not None:
            self.zone.append(line.text)
        elif kind in _OTHERS:
            message = f"it is {_OTHERS[kind]} and no event."
            self.noticed.leave("no-event", message, line.number)
        elif kind in _IGNORED:
            self.ignored[_IGNORED[kind]] += 1

    def _unclosed(self, number: int) -> None:
        if self.event is not None:
            message = (
                f"event {self.event.number} does not end before another begins; both were read."
            )
            self.noticed.repair("unclosed-event", message, number, look=True)
            self._close_event()

    def _end(self, line: Line) -> None:
        kind = line.value.upper()
        if kind in self.open:
            while self.open and self.open.pop() != kind:
                pass
        if self.zone is not None:
            self.zone.append(line.text)
            if kind == "VTIMEZONE":
                self._close_zone()
        elif self.event is not None and kind in {self.event.kind, "VCALENDAR"}:
            if kind == "VCALENDAR":
                self._unclosed(line.number)
            else:
                self._close_event()

    def _close_event(self) -> None:
        if self.event is not None:
            self.found.events.append(self.event)
        self.event = None

    def _close_zone(self) -> None:
        lines, self.zone = self.zone or [], None
        names = [text.partition(":")[2].strip().strip('"') for text in lines if _is(text, "TZID")]
        if names and len(lines) <= _LONGEST_ZONE:
            self.found.zones.setdefault(names[0], lines)

    def _property(self, event: Part, line: Line) -> None:
        # Inside an alarm or anything else within an event.
        if self.open and self.open[-1] != event.kind:
            return
        if line.name in _KEPT:
            event.lines.setdefault(line.name, []).append(line)
        elif line.name in _INVITED:
            event.invited.append(line)
        elif line.name in _IGNORED:
            self.ignored[_IGNORED[line.name]] += 1

    def _of_calendar(self, line: Line) -> None:
        if self.open and self.open[-1] != "VCALENDAR":
            return
        if line.name == "X-WR-TIMEZONE":
            self.found.zone = line.value
        elif line.name == "METHOD":
            self.found.cancels = line.value.upper() == "CANCEL"


def _is(text: str, name: str) -> bool:
    return text[: len(name)].upper() == name and text[len(name) : len(name) + 1] in {":", ";"}
