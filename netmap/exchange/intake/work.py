"""A plan in the making: what is read, and what is found out about it step by step."""

from dataclasses import dataclass, field
from pathlib import Path

from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.intake.changes import RowChange
from netmap.exchange.intake.checking import check
from netmap.exchange.intake.contract import Contract
from netmap.exchange.intake.editing import Edits
from netmap.exchange.intake.memory import Memory, remembered
from netmap.exchange.intake.missing import Missing
from netmap.exchange.intake.names import slug
from netmap.exchange.intake.present import Present, present_tables
from netmap.exchange.intake.references import References
from netmap.exchange.intake.shapes import has_shapes
from netmap.exchange.intake.taking import Ledger, Taking, by_table, takings
from netmap.networks.models import TABLES
from netmap.networks.rows import KEYS
from netmap.vocabulary import Vocabularies


@dataclass(slots=True)
class Done:
    """What becomes of the rows of one table of the file."""

    edits: Edits = field(default_factory=Edits)
    new: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: int = 0


@dataclass(slots=True)
class Work:
    """A plan in the making.

    Attributes:
        draft: What the file says.
        folder: The network's folder.
        shown: How messages name it.
        source: What names where the file comes from.
        contract: The columns of the tables.
        tables: The tables as they are.
        memory: What the source said last time.
        rows: The rows of the file.
        groups: The same by table.
        references: What everything can be called.
        ledger: What is said about rows.
        notes: What is said about files as a whole.
        codes: The codes that are left over.
        done: What becomes of each table.
        missing: What the file does not have any more.
    """

    draft: Draft
    folder: Path
    shown: str
    source: str
    contract: Contract
    tables: dict[str, Present]
    memory: Memory
    rows: list[Taking]
    groups: dict[str, list[Taking]]
    references: References
    ledger: Ledger = field(default_factory=Ledger)
    notes: list[Note] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    done: dict[str, Done] = field(default_factory=lambda: {table: Done() for table in TABLES})
    missing: Missing = field(default_factory=Missing)

    @property
    def spot(self) -> Spot:
        """The file as a whole."""
        draft = self.draft
        spots = [row.spot for row in draft.rows[:1]]
        spots += [note.spot for note in (*draft.set_aside[:1], *draft.notes[:1])]
        return Spot(spots[0].file, spots[0].sheet) if spots else Spot(self.source)

    def holds_shapes(self, table: str) -> bool:
        """Tell whether a table is in a file with shapes of its own, which is not rewritten."""
        file = self.tables[table].file
        return file.lower().endswith(".parquet") and has_shapes(self.folder / file)


def begin(
    draft: Draft, folder: Path, shown: str, source: str, words: Vocabularies, *, whole: bool
) -> Work:
    """Read what there is, and a draft's rows as the register would.

    Args:
        draft: What the file says.
        folder: The network's folder.
        shown: How messages name it.
        source: What names where the file comes from.
        words: The controlled terms.
        whole: Whether every table of the register is needed.

    Raises:
        UnreadableFileError: A table that is needed, or what is kept, cannot be read.
    """
    contract, name = Contract(words), slug(source) or "file"
    rows = takings(draft, contract)
    groups = by_table(rows)
    needed = TABLES if whole else (*KEYS, *groups)
    tables = present_tables(folder, shown, contract, needed)
    memory = remembered(folder, shown, name, contract)
    work = Work(
        draft, folder, shown, name, contract, tables, memory, rows, groups, References(contract)
    )
    for table, group in groups.items():
        if work.holds_shapes(table):
            _refuse(work, table)
        check(table, [taking for taking in group if not taking.lost], contract, work.ledger)
    return work


def _refuse(work: Work, table: str) -> None:
    """Set the rows of a table aside whose file would lose its shapes if it were rewritten."""
    file = work.tables[table].file
    why = f"{file} of this network has shapes beside its cells, and netmap does not rewrite it"
    for taking in work.groups[table]:
        work.ledger.set_aside(taking, "has-shapes", f"{why}; the row is set aside.")
    for entry in work.memory[table]:
        entry.seen = True
    if table == "areas" and work.draft.boundaries is not None:
        message = f"{why}; the shapes of this file are left out."
        work.notes.append(Note(Outcome.REFUSED, "has-shapes", message, Spot(work.shown)))
