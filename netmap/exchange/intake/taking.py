"""One row of a draft on its way into the register, and the account of what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.intake.contract import Contract, naming, readable
from netmap.exchange.intake.memory import Entry
from netmap.exchange.intake.present import Kept
from netmap.networks.rows import KEYS


@dataclass(slots=True)
class Taking:
    """A row of a draft while it is taken.

    Attributes:
        number: Its place in the draft, from nought.
        row: The row as the reader gave it.
        cells: Column to text as the register would hold it; references become ids.
        unusable: The columns the file says something of that could not be used.
        calls: What else other rows of the draft may call it by.
        names: Its id or code, or the cells that tell it from others.
        kept: The register's row that is meant.
        entry: What the source said of it last time.
        first: The row of the draft that means the same and came first.
        added: The columns that other rows of the draft added to it.
        lost: It was set aside.
        refers: It only leads to a row of the register and changes nothing there.
    """

    number: int
    row: DraftRow
    cells: dict[str, str]
    unusable: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    kept: Kept | None = None
    entry: Entry | None = None
    first: "Taking | None" = None
    added: set[str] = field(default_factory=set)
    lost: bool = False
    refers: bool = False

    @property
    def table(self) -> str:
        """The table it is for."""
        return self.row.table

    @property
    def name(self) -> str:
        """What people call it."""
        return self.cells.get("name", "")

    @property
    def own_id(self) -> str:
        """The id or code the file gives it; empty where it gives none."""
        return self.cells.get(KEYS.get(self.table, ""), "")

    def spot(self, column: str = "") -> Spot:
        """Name the row in the file, or one of its cells."""
        return replace(self.row.spot, column=self.row.columns.get(column, column))

    def same_names(self) -> tuple[str, ...]:
        """Give the cells that tell a row without an id from others."""
        return tuple(self.cells.get(column, "") for column in naming(self.table))


def takings(draft: Draft, contract: Contract) -> list[Taking]:
    """Start to take every row of a draft, its columns by their proper names."""
    return [_taking(number, row, contract) for number, row in enumerate(draft.rows)]


def _taking(number: int, row: DraftRow, contract: Contract) -> Taking:
    cells: dict[str, str] = {}
    for heading, text in row.cells.items():
        tidied = readable(text)
        if tidied:
            cells.setdefault(contract.column(row.table, heading), tidied)
    letters = {contract.column(row.table, h): letter for h, letter in row.columns.items()}
    return Taking(number, row if letters == row.columns else replace(row, columns=letters), cells)


@dataclass(slots=True)
class Ledger:
    """What is said about the rows of a draft while they are taken."""

    notes: list[tuple[int, Note]] = field(default_factory=list)
    reasons: dict[int, list[Note]] = field(default_factory=dict)
    matched: list[tuple[int, Note]] = field(default_factory=list)

    def say(self, taking: Taking, note: Note) -> None:
        """Note something about a row that is taken."""
        self.notes.append((taking.number, note))

    def set_aside(
        self,
        taking: Taking,
        code: str,
        message: str,
        column: str = "",
        hint: str = "",
        outcome: Outcome = Outcome.REFUSED,
    ) -> None:
        """Set a row aside, with the reason."""
        value = taking.cells.get(column) if column else None
        note = Note(outcome, code, message, taking.spot(column), value, None, hint)
        taking.lost = True
        self.reasons.setdefault(taking.number, []).append(note)

    def settle(self, draft: Draft, rows: Sequence[Taking]) -> tuple[list[Note], list[Note]]:
        """Tell the units of the file that were lost from those that lost a part.

        A unit is lost where no row of it is taken but such as only name something.

        Returns:
            One note for each unit set aside, the reader's first; and all other notes.
        """
        units: dict[object, list[Taking]] = {}
        for taking in rows:
            spot = taking.row.spot
            unit = (spot.file, spot.sheet, spot.row) if spot.row else taking.number
            units.setdefault(unit, []).append(taking)
        aside = list(draft.set_aside)
        others = list(self.notes)
        for group in units.values():
            reasons = [(t.number, n) for t in group for n in self.reasons.get(t.number, ())]
            if _is_lost(group):
                (_, first), *reasons = reasons
                aside.append(first)
            others += reasons
        others.sort(key=lambda pair: pair[0])
        # What the reader said of a cell is not said again.
        told = {(note.spot, note.code) for note in draft.notes}
        more = [note for _, note in others if (note.spot, note.code) not in told]
        return aside, [*draft.notes, *more]

    def known_rows(self) -> tuple[Note, ...]:
        """Say which rows of the file the register has already, in the file's order."""
        return tuple(note for _, note in sorted(self.matched, key=lambda pair: pair[0]))


def _is_lost(unit: Sequence[Taking]) -> bool:
    whole = [t for t in unit if not t.row.mention] or unit
    return all(t.lost for t in whole)


def by_table(rows: Sequence[Taking]) -> dict[str, list[Taking]]:
    """Group rows by their table, each group in the draft's order."""
    found: dict[str, list[Taking]] = {}
    for taking in rows:
        found.setdefault(taking.table, []).append(taking)
    return found
