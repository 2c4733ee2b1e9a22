"""What is known of somebody's calendar once it has been read."""

from dataclasses import dataclass

from netmap.findings import Finding
from netmap.times import Span


@dataclass(frozen=True, slots=True)
class ForeignDate:
    """One date in somebody's calendar.

    Attributes:
        key: What it is known by, the same in next month's file.
        uid: The UID as messages show it, empty where it may say who somebody is.
        number: The so-manyth event of the file.
        line: The line it begins on.
        span: When, local in the zone that was asked for.
        day: Whether it is of whole days.
        status: ``tentative``, ``confirmed``, ``cancelled``, or None where it does not say.
        busy: Whether its time is taken.
        private: Whether nobody is to know what it is.
        title: In one line; empty for what is private.
        place: Likewise.
        categories: As written.
        free_busy: Whether it is from a list of busy times, and so no event.
    """

    key: str
    uid: str
    number: int
    line: int
    span: Span
    day: bool = False
    status: str | None = None
    busy: bool = True
    private: bool = False
    title: str = ""
    place: str = ""
    categories: tuple[str, ...] = ()
    free_busy: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a calendar says within a window.

    Attributes:
        shown: How messages name the file.
        events: How many events it holds.
        dates: By start and key.
        repairs: What was mended or guessed.
        left_out: One for each event that was not taken, with the reason.
    """

    shown: str
    events: int
    dates: tuple[ForeignDate, ...]
    repairs: tuple[Finding, ...]
    left_out: tuple[Finding, ...]
