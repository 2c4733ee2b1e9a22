"""Which row of a sheet has the headings, below titles, notes and blanks, and what they are."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from netmap.exchange.grids import Grid
from netmap.exchange.spreadsheets import headings
from netmap.exchange.spreadsheets.contents import Contents
from netmap.exchange.spreadsheets.known import Known
from netmap.tables import tidy

_LOOKED_AT = 25
# Of a wider sheet, the first headings tell as much as all of them.
_WIDEST = 1000
_ASKED_ABOUT = 200
_ENOUGH = 2
_ALIKE = 0.5
_SAMPLE = 40
_LONGEST_HEADING = 120
_FEW = 3
_NEARLY = 0.9


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a sheet.

    Attributes:
        index: The row, from nought.
        headings: One for each column of the sheet, told apart; blank where there is none.
        first: Whether nothing stands above it.
        contents: What stands under each.
        joined: Whether the row above was read with it.
    """

    index: int
    headings: tuple[str, ...]
    first: bool
    contents: tuple[Contents, ...]
    joined: bool = False


def find_heading_row(grid: Grid, known: Iterable[Known]) -> HeadingRow | None:
    """Find the row whose cells are most like headings.

    Args:
        grid: The sheet.
        known: The tables it may be.

    Returns:
        The row among the first twenty-five that has most known headings, the first of equals, if
        it has two. Where no row has, the one that has most headings that are known or nearly
        known: half of its cells, or one of two. None where there is none.
    """
    tables = tuple(known)
    for score in (_certain, _nearly):
        found = [
            (points, row)
            for row in range(min(_LOOKED_AT, len(grid.rows)))
            if (points := score(_cells(grid, row)[:_WIDEST], tables)) > 0
        ]
        if found:
            return heading_row(grid, max(found, key=lambda item: (item[0], -item[1]))[1])
    return None


def find_remembered(grid: Grid, keys: Collection[str]) -> HeadingRow | None:
    """Find the row that has the headings people agreed on; None where half of them are gone.

    Args:
        grid: The sheet.
        keys: :func:`headings.identity` of the headings.
    """
    best: tuple[float, HeadingRow] | None = None
    for row in range(min(_LOOKED_AT, len(grid.rows))):
        here = heading_row(grid, row, counted=False)
        share = likeness(here.headings, keys)
        if share >= _ALIKE and (best is None or share > best[0]):
            best = share, here
    return heading_row(grid, best[1].index) if best else None


def likeness(listed: Iterable[str], keys: Collection[str]) -> float:
    """Give the share of the agreed headings that stand in a row, from 0 to 1."""
    here = {headings.identity(text) for text in listed if text}
    return len(here & set(keys)) / len(keys) if keys else 0.0


def heading_row(grid: Grid, row: int, *, counted: bool = True) -> HeadingRow:
    """Read a row as headings, joined with those above where they repeat.

    Args:
        grid: The sheet.
        row: The row, from nought.
        counted: Whether to look at what stands below.
    """
    cells = [headings.shown(text) for text in _cells(grid, row)]
    width = max((len(r) for r in grid.rows[row:]), default=0) if counted else len(cells)
    cells += [""] * (width - len(cells))
    joined = _joined(grid, row, cells)
    told = headings.told_apart(joined)
    contents = _contents(grid, row, len(told)) if counted else ()
    named = tuple(
        text or (headings.NAMELESS.format(_letter(grid, i)) if counted and c.filled else "")
        for i, (text, c) in enumerate(zip(told, contents or (Contents(),) * len(told), strict=True))
    )
    first = not any(tidy(cell) for above in grid.rows[:row] for cell in above)
    return HeadingRow(row, named, first, contents, joined != cells)


def _letter(grid: Grid, column: int) -> str:
    return grid.spot(None, column).column


def _certain(cells: Sequence[str], known: Sequence[Known]) -> float:
    """Count the cells that are known headings; one alone says nothing."""
    points = max(sum(_is_known(text, table) for text in cells) for table in known)
    return points if points >= _ENOUGH else 0


def _nearly(cells: Sequence[str], known: Sequence[Known]) -> float:
    """Count those that are nearly known too, where they are at least half of the row."""
    said = [text for text in cells[:_ASKED_ABOUT] if tidy(text)]
    points = max(
        sum(
            1
            if _is_known(text, table)
            else _NEARLY * bool(_is_short(text) and table.suggestions(text))
            for text in said
        )
        for table in known
    )
    enough = 1 if len(said) < _FEW else _ENOUGH * _NEARLY
    return points if points >= enough and points * 2 >= len(said) else 0


def _is_known(text: str, table: Known) -> bool:
    return _is_short(text) and table.meaning(text) is not None


def _is_short(text: str) -> bool:
    return 0 < len(tidy(text)) <= _LONGEST_HEADING


def _cells(grid: Grid, row: int) -> list[str]:
    """Give a row's cells; a heading merged over two rows stands in both."""
    cells = list(grid.rows[row])
    for top, left, bottom, _ in grid.merged:
        if top < row <= bottom and row - top < _FEW:
            cells += [""] * (left + 1 - len(cells))
            cells[left] = cells[left] or grid.cell(top, left)
    return cells


def _joined(grid: Grid, row: int, cells: Sequence[str]) -> list[str]:
    """Put the group heading above before headings that repeat, and where there is none below."""
    groups = _groups_above(grid, row, len(cells))
    if not groups:
        return list(cells)
    repeats = Counter(headings.key(text) for text in cells if text)
    joined = []
    for i, text in enumerate(cells):
        group, over = groups.get(i, ("", False))
        if text and repeats[headings.key(text)] > 1 and group:
            joined.append(f"{group} {text}")
        else:
            joined.append(text or (group if over else ""))
    return joined


def _groups_above(grid: Grid, row: int, width: int) -> Mapping[int, tuple[str, bool]]:
    """Give the group heading over each column, and whether it stands right above it.

    A single cell above is a title, not a group; so is one merged over the whole width.
    """
    if not row:
        return {}
    above = [headings.shown(text) for text in grid.rows[row - 1]]
    starts = [i for i, text in enumerate(above[:width]) if text]
    if len(starts) < _ENOUGH:
        return {}
    merged = {left: right for top, left, bottom, right in grid.merged if top == row - 1 == bottom}
    groups: dict[int, tuple[str, bool]] = {}
    for start, following in zip(starts, [*starts[1:], width], strict=True):
        last = merged.get(start, following - 1 if not merged else start)
        for column in range(start, min(last + 1, following)):
            groups[column] = (above[start], column == start)
    return groups


def _contents(grid: Grid, row: int, width: int) -> tuple[Contents, ...]:
    filled = [0] * width
    seen: list[dict[str, None]] = [{} for _ in range(width)]
    for cells in grid.rows[row + 1 :]:
        for i, cell in enumerate(cells):
            if cell and not cell.isspace():
                filled[i] += 1
                seen[i][cell] = None
    return tuple(
        Contents(number, len(texts), tuple(tidy(text) for text in list(texts)[:_SAMPLE]))
        for number, texts in zip(filled, seen, strict=True)
    )
