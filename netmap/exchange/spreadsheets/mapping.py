"""What people agreed a source's headings mean, so that next month nothing is asked."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Cells
from dataclasses import dataclass, field

from netmap.exchange.draft import Note
from netmap.exchange.spreadsheets import headings

UNREAD = "ignore"


@dataclass(frozen=True)
class SheetMapping:
    """What one sheet is.

    Attributes:
        sheet: Its name when it was agreed; empty for CSV.
        table: The table of the register, or ``ignore`` where the sheet is not to be read.
        columns: Each heading to its column, to nothing where it is kept as a column of people's
            own, or to ``ignore`` where it is left out.
    """

    sheet: str
    table: str
    columns: Cells[str, str]

    @property
    def by_key(self) -> dict[str, str]:
        """What was agreed, by :func:`headings.identity` of the heading."""
        return {headings.identity(heading): column for heading, column in self.columns.items()}


@dataclass(frozen=True)
class Mapping:
    """What the sheets of one source are.

    Attributes:
        sheets: One for each sheet that was agreed on, in the book's order.
        faults: What could not be understood in the file it was kept in.
    """

    sheets: tuple[SheetMapping, ...] = ()
    faults: tuple[Note, ...] = field(default=(), compare=False)

    def of(self, sheet: str) -> SheetMapping | None:
        """Find what was agreed about the sheet of this name."""
        return next((known for known in self.sheets if known.sheet == sheet), None)

    def besides(self, used: Collection[str]) -> Iterable[SheetMapping]:
        """Go through what was agreed about sheets of other names."""
        return (known for known in self.sheets if known.sheet not in used)
