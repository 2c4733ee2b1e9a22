"""What was noticed on the way in, on a terminal: grouped, counted, every place named."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from netmap.exchange.draft import Note, Outcome, Spot

_STYLES = {Outcome.REFUSED: "bold red", Outcome.WARNED: "yellow", Outcome.MENDED: "cyan"}
_TITLES = {
    Outcome.REFUSED: "Not taken",
    Outcome.WARNED: "Taken, but please look",
    Outcome.MENDED: "Mended",
}
_IN_FULL = 12
_RUNS = 40
_LONGEST = 80


def print_notes(console: Console, title: str, notes: Iterable[Note]) -> None:
    """Print notes under a title, worst first, each kind with its number and all its places."""
    kinds: dict[tuple[int, Outcome, str], list[Note]] = {}
    for note in notes:
        kinds.setdefault((-note.outcome.rank, note.outcome, note.code), []).append(note)
    if not kinds:
        return
    console.print()
    console.print(Text(title, style="bold"))
    for (_, outcome, code), group in sorted(kinds.items(), key=lambda item: item[0]):
        head = Text(f"{_TITLES[outcome]}: ", style=_STYLES[outcome])
        head.append(f"{code.replace('-', ' ')} ({len(group):,})")
        console.print(Padding(head, (0, 0, 0, 2), expand=False))
        _print_kind(console, group)


def _print_kind(console: Console, group: Sequence[Note]) -> None:
    """Print what is said once, with every place it is said of; the rest as places alone."""
    said: dict[str, list[Spot]] = {}
    for note in group:
        said.setdefault(words_of(note), []).append(note.spot)
    lines = list(said.items())
    for words, spots in lines[:_IN_FULL]:
        line = Text(words).append(f" ({places_of(spots)})", style="dim")
        console.print(Padding(line, (0, 0, 0, 4), expand=False))
    rest = [spot for _, spots in lines[_IN_FULL:] for spot in spots]
    if rest:
        text = f"and {len(rest):,} more like these, at {places_of(rest)}"
        console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4), expand=False))


def words_of(note: Note) -> str:
    """Say a note without its place: the cell, what became of it, why, what to try."""
    hint = f" {note.hint}" if note.hint else ""
    cell = _quoted(note.value) if note.value else ""
    if not cell or cell in note.message:
        return f"{note.message[:1].upper()}{note.message[1:]}{hint}"
    told = not note.became or note.became in note.message
    became = "" if told else f" is taken as {_quoted(note.became or '')}"
    return f"{cell}{became}: {note.message}{hint}"


def _quoted(text: str) -> str:
    """Put a cell between quotation marks, on one line and not too long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}'"


def places_of(spots: Iterable[Spot]) -> str:
    """Name places shortly: ``Groups!P4-P9, P12; Links!A3``, in the order of the file.

    The cells of a CSV, which has no sheets, go by themselves: ``P4-P9``.
    """
    where: dict[tuple[str, str, str], list[int]] = {}
    for spot in sorted(spots):
        key = (
            (spot.sheet, spot.column, "cell")
            if spot.is_cell
            else (spot.sheet or spot.file, spot.column, "")
        )
        where.setdefault(key, []).append(spot.row or 0)
    return "; ".join(_named(*key, rows) for key, rows in where.items())


def _named(where: str, column: str, cell: str, rows: Sequence[int]) -> str:
    numbers = [row for row in rows if row]
    if not numbers:
        return f"{where}!{column}" if column else where
    letter = column if cell else ""
    runs = [f"{letter}{a}" if a == b else f"{letter}{a}-{letter}{b}" for a, b in _runs(numbers)]
    shown = ", ".join(runs[:_RUNS])
    if len(runs) > _RUNS:
        shown += f" and {len(runs) - _RUNS:,} more places, down to {runs[-1]}"
    if cell:
        return f"{where}{'!' if where else ''}{shown}"
    said = f"{where} row{'s' if len(numbers) > 1 else ''} {shown}"
    return f"{said}, {column}" if column else said


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Put numbers that follow one another together."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
