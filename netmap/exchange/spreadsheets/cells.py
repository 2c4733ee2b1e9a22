"""One row's cells in the columns of a register, each mended, with the notes of those that were."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Cells
from dataclasses import dataclass, field, replace
from typing import Protocol

from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.grids import Grid, Oddity
from netmap.exchange.spreadsheets import headings, parts
from netmap.exchange.spreadsheets.aliases import OWNER, PARTS
from netmap.exchange.spreadsheets.mapping import SheetMapping
from netmap.exchange.spreadsheets.matching import IGNORE, HeadingMatch
from netmap.exchange.spreadsheets.rows import Line
from netmap.networks.models import TABLES, columns
from netmap.tables import column_letter, normalise_heading, tidy
from netmap.vocabulary import Vocabularies

_KEY_COLUMNS = frozenset({"id"})
# A column with more different texts than this is not one whose cells repeat.
_REPEATING = 5_000
_NEVER_PLAIN = frozenset({Oddity.FORMULA, Oddity.ERROR})


class MendedCell(Protocol):
    """A cell as the register's file would hold it, and what was noticed."""

    @property
    def value(self) -> str:
        """The text to take; empty where there is none."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was noticed."""


Mend = Callable[[str, str, str, Oddity | None, Spot, Vocabularies], MendedCell]
Known = tuple[str, tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cells of one heading go.

    Attributes:
        index: The column of the sheet, from nought.
        letter: The same as a spreadsheet names it.
        table: The table whose column it is: the organisation's, on a sheet of activities.
        column: The column of the register or the part of one; empty for one of people's own.
        own: What a column of people's own is called.
    """

    index: int
    letter: str
    table: str
    column: str
    own: str = ""


@dataclass(slots=True)
class Cut:
    """The cells of one row while they are put in their columns.

    Attributes:
        cells: Column to text.
        letters: Column to its letter in the sheet.
        owner: The same for the organisation that is named in the row.
        owner_letters: The same for its letters.
        notes: What was noticed.
    """

    cells: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    owner: dict[str, str] = field(default_factory=dict)
    owner_letters: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def places(
    agreed: SheetMapping, matches: Sequence[HeadingMatch], vocabularies: Vocabularies
) -> tuple[Place, ...]:
    """Say where the cells of each heading go; what is to be ignored goes nowhere.

    Args:
        agreed: What the sheet's headings mean.
        matches: The headings and where they stand.
        vocabularies: The controlled terms, whose communities head populations.
    """
    meant = agreed.by_key
    known = {normalise_heading(column) for column in columns(TABLES[agreed.table])}
    found: list[Place] = []
    names: set[str] = set()
    for match in matches:
        column = meant.get(headings.identity(match.heading), "")
        if column == IGNORE:
            continue
        table = "organisations" if column.startswith(OWNER) else agreed.table
        own = "" if column else _own_name(match.heading, known | names, agreed.table, vocabularies)
        names.add(normalise_heading(own))
        found.append(
            Place(match.index, column_letter(match.index), table, column.removeprefix(OWNER), own)
        )
    return tuple(found)


def _own_name(heading: str, known: set[str], table: str, vocabularies: Vocabularies) -> str:
    """Name a column of people's own so that no register takes it for one of the table's."""
    name, number = heading, 1
    while normalise_heading(name) in known or (
        table == "populations" and vocabularies["community"].resolve(name)
    ):
        number += 1
        name = f"{heading} ({number})"
    return name


@dataclass(frozen=True, slots=True)
class Cutter:
    """Puts the rows of one sheet in their columns, cell by cell.

    Attributes:
        grid: The sheet, for what a cell is besides its text.
        table: The table the sheet is.
        where: Where the cells of each heading go.
        vocabularies: The controlled terms.
        mend: What turns the text of a cell into a register's.
        known: All columns that the sheet has headings for.
        of_people: The sheet lists people, several to an organisation.
        after_owner: Nothing names the activities, which are called after their organisations.
        seen: What cells were taken as, and what was noticed, by column and text; most cells repeat.
    """

    grid: Grid
    table: str
    where: tuple[Place, ...]
    vocabularies: Vocabularies
    mend: Mend
    known: frozenset[str]
    after_owner: bool = False
    of_people: bool = False
    seen: dict[int, dict[str, Known]] = field(default_factory=dict)

    def cut(self, line: Line) -> Cut:
        """Put the cells of a row in their columns.

        Args:
            line: The row.

        Returns:
            Its cells, mended, and what was noticed about them.
        """
        here = Cut()
        halves: dict[str, tuple[str, str]] = {}
        for place in self.where:
            text = line.cells.get(place.index)
            value = self._value(place, text, line, here.notes) if text is not None else ""
            if not value:
                continue
            if place.column in PARTS:
                # An organisation's number on a sheet of activities is the organisation's.
                halves[place.column] = value, place.letter
                continue
            column = place.column or place.own
            mine = place.table == self.table
            (here.cells if mine else here.owner)[column] = value
            (here.letters if mine else here.owner_letters)[column] = place.letter
        if halves:
            _join(here, halves, mine=self.table == "organisations")
        return here

    def _value(self, place: Place, text: str, line: Line, notes: list[Note]) -> str:
        row = line.above.get(place.index, line.row)
        odd = self.grid.odd.get((row, place.index)) if self.grid.odd else None
        value = self._mended(place, text, odd, line, notes)
        if value and place.index in line.above:
            top = self.grid.spot(row, place.index)
            message = f"taken from {top}, with which the cell is merged."
            spot = self.grid.spot(line.row, place.index)
            notes.append(Note(Outcome.MENDED, "merged-cell", message, spot, "", value))
        return value

    def _mended(
        self, place: Place, text: str, odd: Oddity | None, line: Line, notes: list[Note]
    ) -> str:
        """Mend one cell; what is kept as it is, or was seen before, costs next to nothing."""
        plain = odd not in _NEVER_PLAIN
        if plain and (place.column in _KEY_COLUMNS or (not place.column and text.isascii())):
            return tidy(text)
        seen = self.seen.setdefault(place.index, {})
        known = seen.get(text) if odd is None else None
        if known is not None and not known[1]:
            return known[0]
        spot = Spot(self.grid.file, self.grid.sheet, line.row + 1, place.letter)
        value, noticed = known or self._read(place, text, odd, spot)
        notes.extend(noticed if known is None else (_moved(note, spot) for note in noticed))
        if odd is None and len(seen) < _REPEATING:
            seen[text] = value, noticed
        return value

    def _read(self, place: Place, text: str, odd: Oddity | None, spot: Spot) -> Known:
        prefix = parts.PREFIXES.get(place.column)
        if prefix is not None:
            return self._numbered(prefix, text, odd, spot)
        if place.column == "active":
            return self._active(text, odd, spot)
        time = parts.time_of(text) if odd is Oddity.NUMBER and place.column in parts.TIMES else ""
        if time:
            message = "the spreadsheet keeps it as a part of a day."
            return time, (Note(Outcome.MENDED, "time-number", message, spot, text, time),)
        column = PARTS.get(place.column, place.column) or place.own
        found = self.mend(place.table, column, text, odd, spot, self.vocabularies)
        return found.value, found.notes

    def _numbered(self, prefix: str, text: str, odd: Oddity | None, spot: Spot) -> Known:
        """Mend a number whose heading says of which register it is."""
        says_so = text.strip().upper().startswith("GB-") or odd in _NEVER_PLAIN
        whole = text if says_so else prefix + text
        found = self.mend("organisations", "identifiers", whole, odd, spot, self.vocabularies)
        # People look for what they wrote, not for what was put before it.
        return found.value, tuple(replace(note, value=text) for note in found.notes)

    def _active(self, text: str, odd: Oddity | None, spot: Spot) -> Known:
        known = parts.status_of(text, self.vocabularies) if odd not in _NEVER_PLAIN else ""
        if known:
            return known, ()
        found = self.mend("activities", parts.YES_NO, text, odd, spot, self.vocabularies)
        return parts.status(found.value), found.notes


def _moved(note: Note, spot: Spot) -> Note:
    # As dataclasses.replace, which takes three times as long.
    return Note(note.outcome, note.code, note.message, spot, note.value, note.became, note.hint)


def _join(here: Cut, halves: Cells[str, tuple[str, str]], *, mine: bool) -> None:
    """Make the columns that people keep in several."""
    values = {part: value for part, (value, _) in halves.items()}
    cells, letters = (here.cells, here.letters) if mine else (here.owner, here.owner_letters)
    joined = {
        "identifiers": (cells, letters, parts.identifiers(values, cells.get("identifiers", ""))),
        "schedule": (here.cells, here.letters, parts.schedule(values)),
        "status": (here.cells, here.letters, values.get("active", "")),
    }
    for column, (into, letters_of, value) in joined.items():
        if value and any(PARTS[part] == column for part in halves):
            into[column] = value
            letter = next(letter for part, (_, letter) in halves.items() if PARTS[part] == column)
            letters_of.setdefault(column, letter)
