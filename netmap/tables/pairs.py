"""Long tables of pairs: two names and a number in each row, tens of millions of rows of them.

A file is read batch by batch, and names become numbers as they come: what stays is 12 bytes for a
row. What is wrong is counted, with the first rows of it. What the names mean is for the reader
above.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.tables.cells import as_text, tidy
from netmap.tables.columns import Manner, batches_of
from netmap.tables.sheet import HEADING_ROW

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHOWN = 3
_NO_NUMBER = ("", "na", "nan", "null", "none")
_LARGEST = 1e9  # a number beyond it is a slip, and single precision could not tell it apart


@dataclass(slots=True)
class Fault:
    """Rows with one thing wrong: how many, and the first of them as (row, cell)."""

    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)

    def add(self, rows: "NDArray[np.int64]", text: Callable[[int], str]) -> None:
        """Count rows of a batch; `text` gives what stands in the n-th of them."""
        for n, row in enumerate(rows[: max(_SHOWN - len(self.first), 0)].tolist()):
            self.first.append((row, text(n)))
        self.count += len(rows)


@dataclass(slots=True)
class Names:
    """The names of one column, numbered as they first appear, each with its first row."""

    number: dict[str, int] = field(default_factory=dict)
    first_row: list[int] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, in order of their numbers."""
        return tuple(self.number)

    def numbers(self, column: Any, start: int) -> "NDArray[np.int32]":
        """Number the names of a batch, int32 in its order; -1 where the cell is empty.

        Args:
            column: Names, an Arrow array; whole numbers are names too.
            start: The row of its first cell.
        """
        encoded = column.dictionary_encode()  # what is encoded already stays as it is
        names = [
            tidy(name) if isinstance(name, str) else as_text(name)
            for name in encoded.dictionary.to_pylist()
        ]
        places = encoded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)
        fresh = [n for n, name in enumerate(names) if name and name not in self.number]
        if fresh:
            present, first = np.unique(places, return_index=True)
            row_of = dict(zip(present.tolist(), first.tolist(), strict=True))
            for n in fresh:
                if n in row_of and names[n] not in self.number:
                    self.number[names[n]] = len(self.number)
                    self.first_row.append(start + row_of[n])
        known = [self.number.get(name, -1) for name in names]
        numbers: NDArray[np.int32] = np.array([*known, -1], dtype=np.int32)[places]
        return numbers


@dataclass(frozen=True, eq=False)
class PairTable:
    """A long table as read.

    Attributes:
        firsts: The names of the first column, in order of appearance.
        seconds: Those of the second column.
        first: For each row kept the place of its name in `firsts`, int32.
        second: The same for `seconds`.
        number: What stands beside them, float32; NaN where the cell is empty.
        read: How many rows the file has.
        nameless: Rows without one of the names.
        bad: Rows whose number is none, below nought, or beyond all bounds.
        broken: Rows with more or fewer cells than headings.
        quirks: What had to be understood in the file, in words.
    """

    firsts: Names
    seconds: Names
    first: "NDArray[np.int32]"
    second: "NDArray[np.int32]"
    number: "NDArray[np.float32]"
    read: int
    nameless: Fault
    bad: Fault
    broken: Fault
    quirks: tuple[str, ...] = ()


def read_pairs(file: Path, shown: str, columns: tuple[str, str, str]) -> PairTable:
    """Read three columns of a CSV or Parquet file.

    Args:
        file: The file.
        shown: How messages name it.
        columns: The headings of both names and of the number, as the file writes them.

    Raises:
        UnreadableFileError: It is not there, broken, or neither CSV nor Parquet.
    """
    firsts, seconds = Names(), Names()
    nameless, bad, manner = Fault(), Fault(), Manner()
    parts: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]] = []
    row, blank = HEADING_ROW + 1, 0
    for batch in batches_of(file, shown, columns, manner):
        one = firsts.numbers(batch.texts[0], row)
        other = seconds.numbers(batch.texts[1], row)
        number = _numbers(batch.number, row, bad, comma=batch.decimal_comma)
        known = (one >= 0) & (other >= 0)
        empty = (one < 0) & (other < 0) & np.isnan(number)
        nameless.add(np.flatnonzero(~known & ~empty) + row, lambda _: "")
        blank += int(empty.sum())
        kept = known & ~np.isinf(number)
        parts.append((one[kept], other[kept], number[kept]))
        row += len(one)
    none = np.empty(0, dtype=np.int32)
    for rows in (firsts, seconds):
        rows.first_row = [manner.row(one) for one in rows.first_row]
    for fault in (nameless, bad):
        fault.first = [(manner.row(one), text) for one, text in fault.first]
    return PairTable(
        firsts,
        seconds,
        np.concatenate([none, *(part[0] for part in parts)]),
        np.concatenate([none, *(part[1] for part in parts)]),
        np.concatenate([none.astype(np.float32), *(part[2] for part in parts)]),
        row - HEADING_ROW - 1 - blank + len(manner.broken),
        nameless,
        bad,
        Fault(len(manner.broken), manner.broken[:_SHOWN]),
        tuple(manner.quirks),
    )


def _numbers(column: Any, start: int, bad: Fault, *, comma: bool) -> "NDArray[np.float32]":
    """Read numbers of a batch; NaN where empty, infinite where bad."""
    import pyarrow as pa  # noqa: PLC0415  # only large tables need it
    import pyarrow.compute as pc  # noqa: PLC0415

    if not pa.types.is_string(column.type):
        number = column.to_numpy(zero_copy_only=False)
        text = column
    else:
        text = pc.utf8_trim_whitespace(column)
        plain = pc.replace_substring(text, ",", ".") if comma else text
        empty = pc.is_in(pc.utf8_lower(plain), value_set=pa.array(_NO_NUMBER))
        plain = pc.if_else(empty, None, plain)
        try:
            number = plain.cast(pa.float64()).to_numpy(zero_copy_only=False)
        except pa.ArrowInvalid:
            number = np.array([_number(one) for one in plain.to_pylist()], dtype=np.float64)
    wrong = (number < 0) | (number > _LARGEST)
    at = np.flatnonzero(wrong)
    bad.add(at + start, lambda n: str(text[int(at[n])].as_py()))
    single: NDArray[np.float32] = np.where(wrong, np.inf, number).astype(np.float32)
    return single


def _number(text: str | None) -> float:
    """Read one number; infinite where it is none."""
    if text is None:
        return np.nan
    try:
        return float(text)
    except ValueError:
        return np.inf
