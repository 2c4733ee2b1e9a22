"""What is to be marked: which cells, in which colour, with which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from netmap.exchange.draft import Note, Outcome

WORDS: Mapping[Outcome, str] = {
    Outcome.MENDED: "Mended",
    Outcome.WARNED: "Please look",
    Outcome.REFUSED: "Not taken",
}
MEANINGS: Mapping[Outcome, str] = {
    Outcome.MENDED: "netmap understood it and put it right; the column says how.",
    Outcome.WARNED: "netmap took it, but it may not be what was meant.",
    Outcome.REFUSED: "netmap left it out; the rest of the row is taken unless it says otherwise.",
}
# They differ in lightness, and black reads well on each.
COLOURS: Mapping[Outcome, str] = {
    Outcome.MENDED: "E3F1FB",
    Outcome.WARNED: "F2C14E",
    Outcome.REFUSED: "D9776A",
}
_FIRST_COLUMN = "A"
_LONGEST_COMMENT = 900
_LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """One note, and whether it cost the whole row."""

    note: Note
    set_aside: bool = False

    @property
    def became(self) -> str:
        """Say in a few words what became of the cell."""
        note = self.note
        if self.set_aside:
            return "the row was set aside"
        if note.became:
            return note.became
        if note.value is None:
            return ""
        if note.outcome is Outcome.WARNED:
            return "taken as it stands"
        return "left empty"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A cell of a file: its sheet as the file has it, its row from 1, its letters."""

    sheet: str
    row: int
    letters: str


def problems_of(notes: Iterable[Note], set_aside: Iterable[Note]) -> list[Problem]:
    """Put notes in the order of the file: those about all of it first, then sheet by sheet.

    Returns:
        Each note once; within a cell the worst comes first.
    """
    asides = list(dict.fromkeys(set_aside))
    costly = set(asides)
    found = [Problem(note, set_aside=True) for note in asides]
    found += [Problem(note) for note in dict.fromkeys(notes) if note not in costly]
    sheets = dict.fromkeys(["", *(problem.note.spot.sheet for problem in found)])
    order = {sheet: place for place, sheet in enumerate(sheets)}
    return sorted(found, key=lambda problem: _place(problem, order))


def _place(problem: Problem, order: Mapping[str, int]) -> tuple[int, int, int, str, int]:
    spot = problem.note.spot
    where = (order[spot.sheet], spot.row or 0, len(spot.column), spot.column)
    return (*where, -problem.note.outcome.rank)


def by_cell(problems: Iterable[Problem]) -> dict[Cell, list[Problem]]:
    """Gather problems by the cell they are about; of a row set aside that is its first."""
    found: dict[Cell, list[Problem]] = {}
    for problem in problems:
        spot = problem.note.spot
        if spot.row is None:
            continue
        letters = spot.column if spot.is_cell else _FIRST_COLUMN
        found.setdefault(Cell(spot.sheet, spot.row, letters), []).append(problem)
    return found


def worst(problems: Sequence[Problem]) -> Outcome:
    """Say which colour a cell gets; a row set aside was not taken, whatever its note says."""
    if any(problem.set_aside for problem in problems):
        return Outcome.REFUSED
    return max((problem.note.outcome for problem in problems), key=lambda one: one.rank)


def comment_on(problems: Sequence[Problem]) -> str:
    """Word the comment on a cell, worst first, in plain words and not too long."""
    ordered = sorted(problems, key=lambda p: (not p.set_aside, -p.note.outcome.rank))
    text = "\n".join(map(_line, ordered))
    if len(text) <= _LONGEST_COMMENT:
        return text
    return f"{text[:_LONGEST_COMMENT]}… The sheet of problems has all of it."


def _line(problem: Problem) -> str:
    note = problem.note
    word = WORDS[Outcome.REFUSED if problem.set_aside else note.outcome]
    parts = [f"{word}: {'this row was set aside: ' if problem.set_aside else ''}{note.message}"]
    if note.became and not problem.set_aside:
        short = (
            note.became
            if len(note.became) <= _LONGEST_QUOTE
            else f"{note.became[:_LONGEST_QUOTE]}…"
        )
        parts.append(f"Taken: {short}")
    if note.hint:
        parts.append(note.hint)
    return " ".join(parts)
