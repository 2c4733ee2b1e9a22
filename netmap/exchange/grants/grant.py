"""One grant as its file has it, before anything is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from netmap.exchange.draft import Note, Spot


@dataclass(frozen=True, slots=True)
class Said:
    """One cell: its text, not tidied, and what its file calls the column."""

    text: str
    column: str


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant.

    Attributes:
        spot: Its row, or its number in a document.
        cells: By field of :data:`netmap.exchange.grants.headings.FIELDS`; empty ones are left out.
        to_a_person: Whether a person got it; then nothing else of it is kept.
        recipients: How many organisations share it.
    """

    spot: Spot
    cells: Mapping[str, Said] = field(default_factory=dict)
    to_a_person: bool = False
    recipients: int = 1

    def text(self, name: str) -> str:
        """Give a field's text without blanks at its ends; empty where it is not given."""
        said = self.cells.get(name)
        return said.text.strip() if said else ""

    def at(self, name: str) -> Spot:
        """Name the cell of a field, else the grant."""
        said = self.cells.get(name)
        return replace(self.spot, column=said.column) if said else self.spot


@dataclass(frozen=True, slots=True)
class Pile:
    """The grants of one file.

    Attributes:
        grants: In the file's order.
        notes: What was noticed about the file.
        broken: One for each thing in the file that should be a grant and is none.
        unused: The headings that nothing is made of, in the file's order.
    """

    grants: tuple[Grant, ...]
    notes: tuple[Note, ...] = ()
    broken: tuple[Note, ...] = ()
    unused: tuple[str, ...] = ()
