"""Searching outputs for what must not be in them, each file opened as what it is."""

import gzip
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

NEAR_DEGREES = 0.0005


@dataclass(frozen=True)
class Secrets:
    """What is planted: words, however spaced or capitalised, and points in degrees."""

    words: tuple[str, ...]
    points: tuple[tuple[float, float], ...]  # latitude, longitude


def found_in(name: str, content: bytes, secrets: Secrets) -> list[str]:
    """Search one file, and all that is packed in it, for secrets.

    Args:
        name: The file's name, for the message.
        content: Its bytes.
        secrets: What to look for.

    Returns:
        ``file: secret`` for each that was found.
    """
    found = []
    for part, raw in _opened(name, content):
        squeezed = "".join(raw.decode("utf-8", "replace").casefold().split())
        found += [
            f"{part}: {w}" for w in secrets.words if "".join(w.casefold().split()) in squeezed
        ]
        found += [f"{part}: {degrees}" for degrees in _as_text(squeezed, secrets.points)]
        found += [f"{part}: {p} as doubles" for p in _as_doubles(raw, secrets.points)]
    return found


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give a file as it is, and again as what it holds."""
    yield name, content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield f"{name}/{member}", member.encode()
                yield from _opened(f"{name}/{member}", archive.read(member))
    elif content.startswith(b"\x1f\x8b"):
        yield from _opened(f"{name}/gunzipped", gzip.decompress(content))
    elif content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield f"{name}/metadata", repr(table.schema.metadata).encode()
        for column in table.column_names:
            values = table.column(column).to_pylist()
            yield f"{name}/{column}", "\n".join(map(_text, values)).encode()
            yield f"{name}/{column}/raw", b"".join(v for v in values if isinstance(v, bytes))
    elif content.startswith(b"SQLite format 3"):
        yield from _tables_of(name, content)


def _tables_of(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "copy.gpkg"
        file.write_bytes(content)
        with sqlite3.connect(file) as database:
            names = [r[0] for r in database.execute("select name from sqlite_master")]
            tables = database.execute("select name from sqlite_master where type='table'")
            for (table,) in tables.fetchall():
                assert table in names
                rows = database.execute(f'select * from "{table}"').fetchall()  # noqa: S608  # its own table names
                cells = [cell for row in rows for cell in row]
                yield f"{name}/{table}", "\n".join(map(_text, cells)).encode()
                yield f"{name}/{table}/raw", b"".join(c for c in cells if isinstance(c, bytes))
        database.close()


def _text(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _as_text(squeezed: str, points: Iterable[tuple[float, float]]) -> list[str]:
    """Look for coordinates to three decimals, which is a hundred metres."""
    three = {f"{int(abs(degrees) * 1000) / 1000:.3f}" for point in points for degrees in point}
    return sorted(degrees for degrees in three if degrees in squeezed)


def _as_doubles(raw: bytes, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Look for pairs of binary doubles near a point, in either order of bytes and of axes."""
    found = set()
    for kind in ("<f8", ">f8"):
        for offset in range(8):
            usable = (len(raw) - offset) // 8 * 8
            if usable < 16:
                continue
            read = np.frombuffer(raw[offset : offset + usable], dtype=kind)
            # Most bytes are no degrees, and some no numbers.
            numbers = np.where(np.isfinite(read) & (np.abs(read) < 1000), read, 1000.0)
            for latitude, longitude in points:
                first = np.abs(numbers[:-1] - [[latitude], [longitude]]) < NEAR_DEGREES
                second = np.abs(numbers[1:] - [[longitude], [latitude]]) < NEAR_DEGREES
                if bool((first & second).any()):
                    found.add((latitude, longitude))
    return sorted(found)
