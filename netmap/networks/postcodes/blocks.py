"""A postcode table's files as blocks of text columns, a few megabytes at a time.

Rows that are no rows of the table (other numbers of cells) are left out here; what the cells hold
is for :mod:`netmap.networks.postcodes.tidying`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap.errors import UnreadableFileError
from netmap.networks.postcodes.headings import Layout, layout_of, roles_of
from netmap.networks.postcodes.sources import Source

if TYPE_CHECKING:
    import pyarrow as pa

_SAMPLE = 2**16
_BLOCK = 2**23
_ROWS_AT_ONCE = 2**17
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ENOUGH_ROWS = 40


@dataclass(slots=True)
class Tally:
    """How many rows were read, those that could not be used among them."""

    rows: int = 0


def recognised(source: Source) -> Layout | None:
    """Find out how one file is laid out; None where it is no postcode table.

    Raises:
        UnreadableFileError: It cannot be opened, or its beginning is no text.
    """
    if source.parquet:
        return _parquet_layout(source)
    try:
        with source.open() as stream:
            start = stream.read(_SAMPLE)
    except Exception as error:  # gzip, zipfile and the system raise whatever the broken part raised
        raise UnreadableFileError(source.shown, str(error)) from error
    # The last line of a sample is seldom whole.
    text = _decoded(start if len(start) < _SAMPLE else start.rpartition(b"\n")[0])
    if "\x00" in text:
        raise UnreadableFileError(source.shown, "it is not text (it holds NUL bytes)")
    return layout_of(text)


def _decoded(start: bytes) -> str:
    if start.startswith(_UTF16):
        return start.decode("utf-16", errors="ignore")
    try:
        return start.decode("utf-8-sig")
    except UnicodeDecodeError:
        return start.decode("latin-1")


def blocks_of(
    source: Source, layout: Layout, tally: Tally, encoding: str = "utf-8"
) -> "Iterator[dict[str, pa.Array]]":
    """Read one file, block by block.

    Args:
        source: The file.
        layout: How it is laid out; only its roles are read.
        tally: Counts its rows.
        encoding: How its text is written, unless it says so itself.

    Yields:
        One text column for each role, all of one length; headings are among the rows.

    Raises:
        UnicodeError: Its text is not in that encoding.
        UnreadableFileError: It is broken.
    """
    try:
        if source.parquet:
            yield from _parquet_blocks(source, layout, tally)
        else:
            yield from _text_blocks(source, layout, tally, encoding)
    except Exception as error:  # Arrow, gzip and zipfile raise whatever the broken part raised
        if "UTF8" in str(error):
            raise UnicodeError(source.shown) from error
        raise UnreadableFileError(source.shown, f"it is broken ({error})") from error


def _text_blocks(
    source: Source, layout: Layout, tally: Tally, encoding: str
) -> "Iterator[dict[str, pa.Array]]":
    import pyarrow as pa  # noqa: PLC0415  # heavy: only workspaces with a postcode table pay for it
    from pyarrow import csv  # noqa: PLC0415

    with source.open() as stream:
        encoding = "utf-16" if stream.read(2) in _UTF16 else encoding
    names = [f"c{index}" for index in range(layout.width)]
    wanted = {role: names[index] for role, index in layout.roles.items()}

    def set_aside(_row: object) -> str:
        tally.rows += 1
        return "skip"

    with source.open() as stream:
        # Headings are not skipped but read as a row: there may be titles above them.
        reader = csv.open_csv(
            pa.PythonFile(stream, mode="r"),
            csv.ReadOptions(column_names=names, block_size=_BLOCK, encoding=encoding),
            csv.ParseOptions(delimiter=layout.delimiter, invalid_row_handler=set_aside),
            csv.ConvertOptions(
                include_columns=sorted(set(wanted.values())),
                column_types=dict.fromkeys(wanted.values(), pa.string()),
                strings_can_be_null=False,
            ),
        )
        for batch in reader:
            tally.rows += batch.num_rows
            yield {role: batch.column(name) for role, name in wanted.items()}


def _parquet_layout(source: Source) -> Layout | None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with source.open() as stream:
            file = pq.ParquetFile(stream)
            names = [name if "." not in name else "" for name in file.schema_arrow.names]
            batch = next(file.iter_batches(_ENOUGH_ROWS), None)
            columns = [] if batch is None else [column.to_pylist() for column in batch.columns]
    except Exception as error:  # pyarrow has no common ancestor for what a broken file raises
        raise UnreadableFileError(source.shown, f"it is not Parquet ({error})") from error
    rows = [
        ["" if cell is None else str(cell) for cell in row] for row in zip(*columns, strict=True)
    ]
    roles = roles_of(names, rows)
    return Layout(len(names), roles) if roles else None


def _parquet_blocks(
    source: Source, layout: Layout, tally: Tally
) -> "Iterator[dict[str, pa.Array]]":
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    with source.open() as stream:
        file = pq.ParquetFile(stream)
        names = file.schema_arrow.names
        wanted = {role: names[index] for role, index in layout.roles.items()}
        for batch in file.iter_batches(_ROWS_AT_ONCE, columns=sorted(set(wanted.values()))):
            tally.rows += batch.num_rows
            yield {role: batch.column(name).cast(pa.string()) for role, name in wanted.items()}
