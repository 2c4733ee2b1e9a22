"""Searching outputs for what must not be in them, each file opened as what it is."""

import base64
import gzip
import html
import io
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus

import numpy as np
import pyarrow.parquet as pq
from pyproj import Transformer

NEAR_DEGREES = 0.0005
NEAR_METRES = 50.0
_PACKED = re.compile(rb"base64,([A-Za-z0-9+/]{16,}={0,2})")
_IN_METRES = ("EPSG:27700", "EPSG:3857")


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
        said = _readings(raw)
        found += [
            f"{part}: {w}"
            for w in secrets.words
            if any("".join(w.casefold().split()) in one for one in said)
        ]
        found += [f"{part}: {degrees}" for degrees in _as_text(said[0], secrets.points)]
        found += [f"{part}: {p} as doubles" for p in _as_doubles(raw, secrets.points)]
    return found


def _readings(raw: bytes) -> list[str]:
    """Give the text of a file, squeezed, and again as a browser, a link or UTF-16 would mean it."""
    text = raw.decode("utf-8", "replace").casefold()
    others = {
        html.unescape(text),
        unquote_plus(text),
        raw.replace(b"\0", b"").decode("utf-8", "replace").casefold(),
    }
    return ["".join(one.split()) for one in (text, *sorted(others - {text}))]


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
    for number, packed in enumerate(_PACKED.findall(content), start=1):
        yield from _opened(f"{name}/data {number}", base64.b64decode(packed + b"=="))


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
    """Look for coordinates to three decimals, cut off or rounded, which is a hundred metres."""
    every = [abs(degrees) for point in points for degrees in point]
    three = {f"{way(one * 1000) / 1000:.3f}" for one in every for way in (int, round)}
    return sorted(degrees for degrees in three if degrees in squeezed)


def _as_doubles(raw: bytes, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Look for pairs of binary numbers near a point, in degrees or metres, whichever the order."""
    found = set()
    sought = [(point, *near) for point in points for near in _near(point)]
    for kind in ("<f8", ">f8", "<f4", ">f4"):
        width = np.dtype(kind).itemsize
        for offset in range(width):
            usable = (len(raw) - offset) // width * width
            if usable < 2 * width:
                continue
            read = np.frombuffer(raw[offset : offset + usable], dtype=kind)
            with np.errstate(invalid="ignore"):  # most bytes are no numbers
                for point, first, second, near in sought:
                    one = np.abs(read - first) < near
                    other = np.abs(read - second) < near
                    if bool((one[:-1] & other[1:]).any() or (other[:-1] & one[1:]).any()):
                        found.add(point)
    return sorted(found)


def _near(point: tuple[float, float]) -> Iterator[tuple[float, float, float]]:
    """Give a point's two numbers in each system, and how near counts as the same."""
    latitude, longitude = point
    yield latitude, longitude, NEAR_DEGREES
    for system in _IN_METRES:
        x, y = _to_metres(system).transform(longitude, latitude)
        yield x, y, NEAR_METRES


@cache
def _to_metres(system: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", system, always_xy=True)
