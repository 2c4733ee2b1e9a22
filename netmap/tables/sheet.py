"""A sheet: the cells of one table as its file holds them, whatever kind of file that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HEADING_ROW = 1


@dataclass(slots=True)
class Sheet:
    """Cells as a file holds them, before headings are matched.

    Attributes:
        name: Which table it is, as ``activities``.
        file: How messages name the file, a sheet after ``#``.
        rows: The rows, headings first, read as they are asked for.
        quirks: What had to be understood in the file, in words.
        unclosed: The row with a quotation mark that is never closed.
    """

    name: str
    file: str
    rows: Iterable[Sequence[str]]
    quirks: list[str] = field(default_factory=list)
    unclosed: int | None = None
