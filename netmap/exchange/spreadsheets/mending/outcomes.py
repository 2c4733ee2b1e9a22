"""What became of one cell, and how it is worded before anybody knows which cell it was."""

from dataclasses import dataclass, replace

from netmap.exchange.draft import Note, Outcome, Spot

_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class Mended:
    """A cell as the register's file would hold it.

    Attributes:
        value: The text to take; empty where nothing could be understood, or nothing is there.
        notes: What was noticed; none where the cell could simply be taken.
    """

    value: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A note that does not know its cell yet; its parts are those of a Note."""

    outcome: Outcome
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the text of a cell was understood to be, and what is to be said about it."""

    value: str
    remarks: tuple[Remark, ...] = ()

    def and_also(self, *remarks: Remark) -> "Understood":
        """Say more about the same value."""
        return replace(self, remarks=(*self.remarks, *remarks))

    def at(self, spot: Spot, text: str) -> Mended:
        """Say where it was, and what stood there."""
        if not self.remarks:
            return Mended(self.value)
        return Mended(self.value, tuple(self._note(remark, spot, text) for remark in self.remarks))

    def _note(self, said: Remark, spot: Spot, text: str) -> Note:
        # A refused item of a list leaves the rest of the list; a refused cell leaves nothing.
        kept = self.value if self.value or said.outcome is Outcome.MENDED else None
        became = None if kept == text else kept
        return Note(said.outcome, said.code, said.message, spot, text, became, said.hint)


def taken(value: str) -> Understood:
    """Take a cell without a word."""
    return Understood(value)


def mended(value: str, code: str, message: str, hint: str = "") -> Understood:
    """Take what was surely meant, and say how it was put right."""
    return Understood(value, (Remark(Outcome.MENDED, code, message, hint),))


def warned(value: str, code: str, message: str, hint: str = "") -> Understood:
    """Take it, and ask somebody to look."""
    return Understood(value, (Remark(Outcome.WARNED, code, message, hint),))


def refused(code: str, message: str, hint: str = "") -> Understood:
    """Take nothing, and say why."""
    return Understood("", (Remark(Outcome.REFUSED, code, message, hint),))


def quoted(text: str) -> str:
    """Put what somebody wrote between quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}'"
