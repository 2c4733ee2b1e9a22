"""Parquet files: their columns as text, without geometries, which are boundaries and no cells."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from netmap.errors import UnreadableFileError
from netmap.tables.cells import as_text
from netmap.tables.sheet import Sheet


def parquet_sheet(file: Path, name: str, shown: str, *, boundaries_only: bool) -> Sheet | None:
    """Open a Parquet file; None where it is the boundaries of areas that stand elsewhere.

    Args:
        file: The file.
        name: Which table it is.
        shown: How messages name the file.
        boundaries_only: The table is read from another file already.

    Raises:
        UnreadableFileError: It is not Parquet.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  # only large registers are Parquet

    try:
        schema = pq.read_schema(file)
        geographic = b"geo" in (schema.metadata or {})
        if name == "areas" and geographic and boundaries_only:
            return None
        plain = [f.name for f in schema if not _is_binary(f.type)]
        content = pq.read_table(file, columns=plain)
    except Exception as error:  # pyarrow has no common ancestor for what a broken file raises
        raise UnreadableFileError(shown, f"it is not Parquet ({error})") from error
    columns = [_texts(column) for column in content.columns]
    return Sheet(name, shown, _chain(plain, zip(*columns, strict=True)))


def _texts(column: Any) -> Sequence[str]:
    """Write the values of a column as text, each distinct one once."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        encoded = column.combine_chunks().dictionary_encode()
    except pa.ArrowNotImplementedError:  # lists, and what else has no order
        return [as_text(value) for value in column.to_pylist()]
    texts = [*map(as_text, encoded.dictionary.to_pylist()), ""]
    return [texts[at] for at in encoded.indices.fill_null(len(texts) - 1).to_pylist()]


def _is_binary(kind: Any) -> bool:
    return str(kind) in {"binary", "large_binary"} or str(kind).startswith("extension")


def _chain(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield heading
    yield from rows
