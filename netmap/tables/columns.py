"""Three columns of a CSV or Parquet file, batch by batch, so that no file is too long to read."""

import csv
import io
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError

_BLOCK_BYTES = 2**23
_BATCH_ROWS = 2**20
_HEAD_BYTES = 2**16
_DELIMITERS = ",;\t|"
_LONGEST = 80


@dataclass(slots=True)
class Manner:
    """What had to be understood in a file, and what was passed over.

    Attributes:
        quirks: What had to be understood, in words.
        passed: For each row that is blank or has more or fewer cells than headings, in order, its
            number less those passed over before it.
        broken: Those that are not blank, as (row, what stands there).
    """

    quirks: list[str] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    def row(self, number: int) -> int:
        """Give a row its number in the file, where those passed over count too."""
        return number + bisect_right(self.passed, number)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file, one after another.

    Attributes:
        texts: The columns of names, Arrow arrays of whatever they are written as.
        number: The column of numbers, an Arrow array of float64, or of text as written.
        decimal_comma: Whether a comma stands for the decimal point.
    """

    texts: tuple[Any, Any]
    number: Any
    decimal_comma: bool = False


def headings_of(file: Path, shown: str) -> tuple[str, ...]:
    """Read the headings of a CSV or Parquet file, as it writes them.

    Raises:
        UnreadableFileError: It is not there, or it is neither.
    """
    if file.suffix.lower() != ".parquet":
        return _csv_manner(file, shown, to_the_end=False)[0]
    import pyarrow.parquet as pq  # noqa: PLC0415  # only large tables are Parquet

    try:
        return tuple(pq.read_schema(file).names)
    except Exception as error:  # pyarrow has no common ancestor for what a broken file raises
        raise UnreadableFileError(shown, f"it is not Parquet ({error})") from error


def batches_of(
    file: Path, shown: str, columns: tuple[str, str, str], manner: Manner
) -> Iterator[Batch]:
    """Read two columns of names and one of numbers.

    Args:
        file: The file.
        shown: How messages name it.
        columns: Their headings, as the file writes them.
        manner: Gets what had to be understood in the file.

    Raises:
        UnreadableFileError: It is broken.
    """
    if file.suffix.lower() == ".parquet":
        yield from _parquet(file, shown, columns)
    else:
        yield from _csv(file, shown, columns, manner)


def _parquet(file: Path, shown: str, columns: Sequence[str]) -> Iterator[Batch]:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        # Each name is then decoded once, not in each row.
        with pq.ParquetFile(file, read_dictionary=list(columns[:2])) as opened:
            for batch in opened.iter_batches(_BATCH_ROWS, columns=list(columns)):
                one, other, number = (batch.column(name) for name in columns)
                # Text as it is written; whatever else is no number is refused by the cast.
                text = not pa.types.is_primitive(number.type) or pa.types.is_temporal(number.type)
                yield Batch((one, other), number.cast(pa.string() if text else pa.float64()))
    except (pa.ArrowException, OSError, KeyError) as error:
        raise UnreadableFileError(shown, f"it is not the Parquet it should be ({error})") from error


def _csv(file: Path, shown: str, columns: Sequence[str], manner: Manner) -> Iterator[Batch]:
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import csv as pc  # noqa: PLC0415

    _, delimiter, encoding = _csv_manner(file, shown, to_the_end=True)
    if encoding != "utf-8":
        manner.quirks.append("UTF-16 text" if encoding == "utf-16" else "Windows text (cp1252)")
    if delimiter != ",":
        between = "tabs" if delimiter == "\t" else f"'{delimiter}'"
        manner.quirks.append(f"{between} between cells")

    def note(row: Any) -> str:
        manner.passed.append(row.number - len(manner.passed))
        if row.text.strip():
            manner.broken.append((row.number, row.text[:_LONGEST]))
        return "skip"

    try:
        with pc.open_csv(
            file,
            # Of one thread, or it would not number the rows it passes over.
            pc.ReadOptions(block_size=_BLOCK_BYTES, encoding=encoding, use_threads=False),
            pc.ParseOptions(
                delimiter=delimiter, invalid_row_handler=note, ignore_empty_lines=False
            ),
            pc.ConvertOptions(
                include_columns=list(columns), column_types=dict.fromkeys(columns, pa.string())
            ),
        ) as stream:
            for batch in stream:
                one, other, number = (batch.column(name) for name in columns)
                yield Batch((one, other), number, delimiter == ";")
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise UnreadableFileError(shown, f"it is not CSV all through ({error})") from error


def _csv_manner(file: Path, shown: str, *, to_the_end: bool) -> tuple[tuple[str, ...], str, str]:
    """Tell a CSV's headings, what stands between cells, and its encoding.

    The encoding is certain only where the file is looked at to the end.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
            encoding = encoding or _encoding(head, stream if to_the_end else io.BytesIO())
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
    text = head.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    first = next(iter(text.splitlines()), "")
    if "\x00" in first:
        raise UnreadableFileError(shown, "it is not text (it holds NUL bytes)")
    rows = {one: next(csv.reader([first], delimiter=one), []) for one in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda one: len(rows[one]))
    return tuple(rows[delimiter]), delimiter, encoding


def _encoding(head: bytes, stream: Any) -> str:
    """Tell UTF-8 from Windows text by all of a file: a name further down may be the first."""
    import codecs  # noqa: PLC0415

    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = stream.read(_BLOCK_BYTES)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
