"""The Parquet file made of a postcode table on first use, beside the table.

It is netmap's own: named ``.netmap-<table>.parquet``, never committed, and made again whenever
the table has changed. Where the folder cannot be written it is held in memory.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.errors import CannotWriteError, UnreadableFileError
from netmap.networks.postcodes.blocks import Tally, blocks_of, recognised
from netmap.networks.postcodes.headings import Layout
from netmap.networks.postcodes.making import in_order
from netmap.networks.postcodes.sources import Source, identity_of, sources_of
from netmap.networks.postcodes.tidying import LONGEST_OUTCODE, tidied
from netmap.workspace import SCRATCH, write_atomically

if TYPE_CHECKING:
    import pyarrow as pa

# Raised whenever what is kept, or how it is worked out, changes.
_VERSION = 1
_KEY = b"netmap-postcodes"
_ROWS_OF_A_GROUP = 2**15
_MOST_ROWS = 20_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A postcode table as netmap keeps it.

    Attributes:
        content: The Parquet file, or what would be in it.
        written: It is a file, so that the next use is quick.
        areas: The postcode areas (the letters a postcode begins with) it has something in.
        set_aside: How many rows of the table were no postcodes.
    """

    content: "Path | pa.Buffer"
    written: bool
    areas: frozenset[str] = frozenset()
    set_aside: int = 0


def kept(file: Path, shown: str) -> Kept:
    """Find what was made of a table, or make it.

    Args:
        file: The table people supplied: a file or a folder.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is not there, broken, or has no postcodes with coordinates.
    """
    try:
        stamp = {"version": _VERSION, "of": [list(one) for one in identity_of(file)]}
    except OSError as error:
        raise UnreadableFileError(shown, error.strerror or str(error)) from error
    beside = file.with_name(f"{SCRATCH}{file.name}.parquet")
    about = _about(beside)
    if about is not None and about.get("made_of") == stamp:
        return _kept(beside, about, written=True)
    content, about = _made(file, shown, json.dumps(stamp))
    try:
        write_atomically(beside, content.to_pybytes())
    except CannotWriteError:
        return _kept(content, about, written=False)
    return _kept(beside, about, written=True)


def _kept(content: "Path | pa.Buffer", about: Mapping[str, Any], *, written: bool) -> Kept:
    return Kept(content, written, frozenset(about["areas"]), about["set_aside"])


def _about(beside: Path) -> dict[str, Any] | None:
    import pyarrow.parquet as pq  # noqa: PLC0415  # heavy: only workspaces with a table pay for it

    try:
        found: dict[str, Any] = json.loads(pq.read_schema(beside).metadata[_KEY])
    except Exception:  # noqa: BLE001  # not there or broken: it is made again
        return None
    return found


# Several networks ask in one run; a table that could not be written is not read for each.
@lru_cache(maxsize=1)
def _made(file: Path, shown: str, stamp: str) -> "tuple[pa.Buffer, dict[str, Any]]":
    table, set_aside = _read(file, shown)
    about = {"made_of": json.loads(stamp), "areas": _areas(table), "set_aside": set_aside}
    return _as_parquet(table, about), about


def _areas(table: "pa.Table") -> list[str]:
    import pyarrow.compute as pc  # noqa: PLC0415

    outward = table["postcode"].filter(
        pc.less_equal(pc.binary_length(table["postcode"]), LONGEST_OUTCODE)
    )
    letters = pc.unique(pc.replace_substring_regex(outward, "[0-9].*", ""))
    return sorted(letters.to_pylist())


def _as_parquet(table: "pa.Table", about: Mapping[str, Any]) -> "pa.Buffer":
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    stream = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata({_KEY: json.dumps(about)}),
        stream,
        row_group_size=_ROWS_OF_A_GROUP,
        use_dictionary=["terminated", "district", "lsoa", "postcodes"],
        compression="zstd",
    )
    return stream.getvalue()


def _read(file: Path, shown: str) -> "tuple[pa.Table, int]":
    """Read a table; say too how many of its rows are of no use."""
    found = _postcode_files(sources_of(file, shown))
    if not found:
        why = (
            "it has no postcodes with latitude and longitude, or easting and northing, beside them"
        )
        raise UnreadableFileError(shown, why)
    blocks: list[pa.Table] = []
    rows = 0
    for source, layout in found:
        read, tally = _blocks_of_one(source, layout)
        blocks += read
        rows += tally.rows - layout.above
    usable = sum(len(block) for block in blocks)
    if not any(np.isfinite(block["latitude"].to_numpy()).any() for block in blocks):
        raise UnreadableFileError(shown, f"none of its {usable:,} postcodes has a place")
    return in_order(blocks), rows - usable


def _blocks_of_one(source: Source, layout: Layout) -> "tuple[list[pa.Table], Tally]":
    for encoding in ("utf-8", "latin-1"):
        tally, blocks = Tally(), []
        with contextlib.suppress(UnicodeError):
            for block in blocks_of(source, layout, tally, encoding):
                blocks.append(tidied(block))
                # A small zip or gzip file can hold endless rows.
                if tally.rows > _MOST_ROWS:
                    why = "it has more rows than there can be postcodes"
                    raise UnreadableFileError(source.shown, why)
            return blocks, tally
    raise UnreadableFileError(source.shown, "it is not text")


def _postcode_files(sources: list[Source]) -> list[tuple[Source, Layout]]:
    """Choose the files that hold postcodes, in the topmost folder that has any.

    A zip of the Office for National Statistics holds everything twice: in one file, and below it
    in one file for each postcode area.
    """
    found = [(source, layout) for source in sources if (layout := recognised(source))]
    top = min((_depth(source.folder) for source, _ in found), default=0)
    return [(source, layout) for source, layout in found if _depth(source.folder) == top]


def _depth(folder: PurePosixPath) -> int:
    return len(folder.parts)
