"""What was noticed in somebody's calendar: what was mended, and what was left out.

Messages never hold a title, nor a name or an address of anybody: these are other people's diaries.
"""

from dataclasses import dataclass, field

from netmap.findings import Finding, Level, Place

# Of one kind of repair nobody reads more, and a hostile file could make millions.
_MOST = 20_000


@dataclass
class Noticed:
    """The findings about one file, while it is read.

    Attributes:
        shown: How messages name the file.
        repairs: What was mended or guessed, in the order in which it was met.
        left_out: One for each event that was not taken, with the reason.
        event: The number of the event that is being read, None between events.
        uid: Its UID as messages may show it.
    """

    shown: str
    repairs: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    event: int | None = None
    uid: str = ""

    def about(self, event: int | None, uid: str = "") -> None:
        """Say which event the next findings are about; None where they are about the file."""
        self.event, self.uid = event, uid

    def repair(
        self,
        code: str,
        message: str,
        line: int | None = None,
        column: str | None = None,
        *,
        value: str | None = None,
        look: bool = False,
        hint: str = "",
    ) -> None:
        """Say what was mended; `look` where it is a guess that people should look at."""
        if len(self.repairs) < _MOST:
            level = Level.WARNING if look else Level.NOTICE
            place = Place(self.shown, line, column)
            if self.event is not None:
                message, value = f"event {self.event}: {message}", value or self.uid or None
            self.repairs.append(Finding(level, code, message, place, value, hint))

    def leave(
        self,
        code: str,
        message: str,
        line: int,
        *,
        value: str | None = None,
        fault: bool = False,
        hint: str = "",
    ) -> None:
        """Say which event was not taken and why; `fault` where it could not be understood."""
        level = Level.WARNING if fault else Level.NOTICE
        place = Place(self.shown, line)
        value = value or self.uid or None
        self.left_out.append(Finding(level, code, message, place, value, hint))
