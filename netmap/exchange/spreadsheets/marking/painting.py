"""Colours and comments on the cells of a workbook."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.marking.marks import COLOURS, Cell, Problem, comment_on, worst
from netmap.exchange.spreadsheets.marking.text_cells import MOST_COLUMNS, MOST_ROWS, allowed

if TYPE_CHECKING:
    from openpyxl import Workbook

# With some thousands of comments Excel becomes too slow to work in.
MOST_COMMENTS = 2_000
# Nobody goes through more, and colouring them would take longer than reading the file did.
MOST_COLOURED = 20_000
AUTHOR = "netmap"
_LINE, _LETTERS_ON_LINE = 18, 46
_WIDTH = 320
_MOST_LINES = 20
_MOST_LETTERS = 3


def paint(
    workbook: "Workbook",
    cells: Mapping[Cell, Sequence[Problem]],
    titles: Mapping[str, str],
    *,
    as_text: bool,
) -> int:
    """Colour the cells that have a problem, the worst first, and comment on as many as can be read.

    Args:
        workbook: Gets the marks.
        cells: What is the matter, cell by cell.
        titles: The file's sheets to the workbook's; cells of others are passed over.
        as_text: Every cell of the workbook is text.

    Returns:
        How many cells have a colour but no comment: the mildest, and of those the last.
    """
    paints = _Paints(as_text=as_text)
    left, unsaid = MOST_COMMENTS, 0
    ordered = sorted(cells, key=lambda cell: -worst(cells[cell]).rank)
    for cell in ordered[:MOST_COLOURED]:
        target = _target(workbook, cell, titles)
        if target is None:
            continue
        paints.put_on(target, worst(cells[cell]))
        if left:
            _comment(target, comment_on(cells[cell]))
            left -= 1
        else:
            unsaid += 1
    return unsaid


class _Paints:
    """The looks of painted cells, each made once: looking one up again costs openpyxl much."""

    def __init__(self, *, as_text: bool) -> None:
        self._as_text = as_text
        self._known: dict[tuple[Outcome, bytes], Any] = {}

    def put_on(self, cell: Any, outcome: Outcome) -> None:
        """Give a cell a colour; the rest of its looks stays."""
        style = cell._style  # noqa: SLF001  # openpyxl has no other name for it
        before = outcome, bytes(style) if style else b""
        if before not in self._known:
            self._paint(cell, outcome)
            self._known[before] = copy(cell._style)  # noqa: SLF001  # as above
        cell._style = copy(self._known[before])  # noqa: SLF001  # as above

    def _paint(self, cell: Any, outcome: Outcome) -> None:
        from openpyxl.styles import Font, PatternFill  # noqa: PLC0415

        cell.fill = PatternFill("solid", fgColor=COLOURS[outcome])
        # Their white letters on a dark ground would be lost on ours.
        was = cell.font
        cell.font = Font(
            name=was.name, sz=was.sz, b=was.b, i=was.i, u=was.u, strike=was.strike, color="000000"
        )
        if self._as_text:
            cell.number_format = "@"


def _target(workbook: "Workbook", cell: Cell, titles: Mapping[str, str]) -> Any:
    """Find the cell to mark; None where the workbook has no room for it."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    if cell.sheet not in titles or cell.row > MOST_ROWS or len(cell.letters) > _MOST_LETTERS:
        return None
    column = column_index_from_string(cell.letters)
    if column > MOST_COLUMNS:
        return None
    return _anchor(workbook[titles[cell.sheet]], cell.row, column)


def _anchor(sheet: Any, row: int, column: int) -> Any:
    """Give the cell; of merged ones the first, which alone can carry a mark."""
    from openpyxl.cell import MergedCell  # noqa: PLC0415

    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        return cell
    for merged in sheet.merged_cells.ranges:
        if cell.coordinate in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return cell


def _comment(cell: Any, text: str) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415

    earlier = cell.comment
    if earlier is not None:
        text = f"{text}\n\n{earlier.author or 'Somebody'} wrote: {earlier.text}"
    lines = sum(1 + len(line) // _LETTERS_ON_LINE for line in text.splitlines())
    height = _LINE * (1 + min(lines, _MOST_LINES))
    cell.comment = Comment(allowed(text), AUTHOR, height=height, width=_WIDTH)
