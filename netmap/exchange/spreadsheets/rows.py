"""Which rows of a sheet are rows of a table, and which are titles, totals and headings again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from netmap.exchange.grids import Grid
from netmap.exchange.spreadsheets import headings

_TOTAL = re.compile(
    r"(?:grand |sub[- ]?|overall )?(?:totals?|sum|average|mean|count)\b[\s:]*", re.IGNORECASE
)
_TOTAL_OF = re.compile(
    r"(?:grand |sub[- ]?|overall )?(?:total|sum|average|mean|count|number|no\.?)s?"
    r"(?: (?:number )?(?:of|for))?(?: all)? (?:groups?|members?|organi[sz]ations?|activit(?:y|ies)"
    r"|people|rows?|entries|sessions?|services?|contacts?|projects?|partners?)[\s:=]*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[£$€]?\s*[-+]?[\d,.\s]*\d[\d,.\s]*%?")
_REMARK = re.compile(
    r"\s*(?:\*+\s|(?:notes?|key|source|n\.?b\.?|updated|last updated)\s*:)", re.IGNORECASE
)
_WIDE = 2
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank.

    Attributes:
        row: The row, from nought.
        cells: Column to text, blank ones left out.
        above: Columns whose text stands in a merged cell that begins further up, to its row.
        aside: Why it is not a row of the table: a code and a sentence; None where it is one.
    """

    row: int
    cells: Mapping[int, str]
    above: Mapping[int, int]
    aside: tuple[str, str] | None = None


@dataclass(frozen=True)
class Body:
    """What stands under the headings of a sheet.

    Attributes:
        grid: The sheet.
        heading_row: The row of the headings, from nought.
        headings: The headings as they stand there.
        areas: The columns that say in which area a row is.
    """

    grid: Grid
    heading_row: int
    headings: Sequence[str]
    areas: frozenset[int] = frozenset()

    def lines(self) -> Iterator[Line]:
        """Go through the rows that are not blank, in the sheet's order."""
        for row in range(self.heading_row + 1, len(self.grid.rows)):
            cells = {
                column: text
                for column, text in enumerate(self.grid.rows[row])
                if text and not text.isspace()
            }
            if cells:
                yield self._line(row, cells)

    def _line(self, row: int, cells: Mapping[int, str]) -> Line:
        aside = self._aside(row, cells)
        merged = self._merged.get(row)
        if aside or not merged:
            return Line(row, cells, {}, aside)
        above = {column: top for column, top in merged.items() if column not in cells}
        filled = {column: self.grid.cell(top, column) for column, top in above.items()}
        said = {column: text for column, text in filled.items() if text.strip()}
        return Line(row, {**cells, **said}, above)

    def _aside(self, row: int, cells: Mapping[int, str]) -> tuple[str, str] | None:
        if self._repeats(cells):
            return "repeats-headings", "the row repeats the headings."
        if _is_total(cells):
            return "total-row", "the row is a total, not a row of its own."
        if len(cells) != 1:
            return None
        (column, text), *_ = cells.items()
        if (row, column) in self._titles:
            return "title-row", "the row is a title among the rows."
        if column not in self.areas and _folded(text) in self._named_areas:
            return "title-row", "the row has only the name of an area, as a title among the rows."
        if _REMARK.match(text):
            return "note-row", "the row is a remark, not a row of its own."
        return None

    def _repeats(self, cells: Mapping[int, str]) -> bool:
        first = next(iter(cells))
        if len(cells[first]) > _LONGEST or headings.key(cells[first]) != self._keys.get(first):
            return False
        same = sum(self._keys.get(i) == headings.key(text) for i, text in cells.items())
        if same == len(cells):
            return same >= min(_WIDE, len(self._keys))
        return same * 5 >= len(cells) * 4 and same * 2 >= len(self._keys)

    @cached_property
    def _keys(self) -> dict[int, str]:
        return {i: headings.key(text) for i, text in enumerate(self.headings) if text.strip()}

    @cached_property
    def _merged(self) -> dict[int, dict[int, int]]:
        """Row to the columns whose merged cell begins further up, to the row where it begins."""
        found: dict[int, dict[int, int]] = {}
        for top, left, bottom, _ in self.grid.merged:
            if top > self.heading_row:
                for row in range(top + 1, min(bottom + 1, len(self.grid.rows))):
                    found.setdefault(row, {})[left] = top
        return found

    @cached_property
    def _named_areas(self) -> frozenset[str]:
        rows = self.grid.rows[self.heading_row + 1 :]
        found = {_folded(row[i]) for row in rows for i in self.areas if i < len(row)}
        return frozenset(found - {""})

    @cached_property
    def _titles(self) -> frozenset[tuple[int, int]]:
        return frozenset(
            (top, left)
            for top, left, bottom, right in self.grid.merged
            if top == bottom and right - left + 1 >= _WIDE
        )


def _folded(text: str) -> str:
    return text.strip(" :\u00a0").casefold()


def _is_total(cells: Mapping[int, str]) -> bool:
    """Tell whether a row is figures beside the word total; ``Total members`` needs a figure."""
    words = (text.strip() for text in cells.values() if not _NUMBER.fullmatch(text.strip()))
    first, second = next(words, ""), next(words, "")
    if not first or second:
        return False
    return bool(_TOTAL.fullmatch(first) or (len(cells) > 1 and _TOTAL_OF.fullmatch(first)))
