"""The files a postcode table is made of: one, a folder of them, or those inside a zip.

A zip is read as a stream and never unpacked to disk; what is in the files is for
:mod:`netmap.networks.postcodes.blocks`.
"""

import gzip
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from netmap.errors import UnreadableFileError

Identity = tuple[tuple[str, int, int], ...]

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_LARGEST_MEMBER = 4 * 2**30
_MOST_FILES = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a postcode table.

    Attributes:
        shown: How messages name it.
        folder: The folder it is in, from the table's own root.
        open: Opens it from its beginning, as bytes.
        parquet: It is Parquet rather than text.
    """

    shown: str
    folder: PurePosixPath
    open: Callable[[], IO[bytes]]
    parquet: bool = False


def identity_of(file: Path) -> Identity:
    """Say which version of a table this is: name, size in bytes and time of change in ns.

    Args:
        file: A file, or a folder, which stands for all table files in it at any depth.

    Raises:
        OSError: It is not there or may not be read.
    """
    if not file.is_dir():
        stat = file.stat()
        return ((file.name, stat.st_size, stat.st_mtime_ns),)
    inside = ((path, path.stat()) for path in _files_in(file))
    return tuple(
        (path.relative_to(file).as_posix(), stat.st_size, stat.st_mtime_ns) for path, stat in inside
    )


def sources_of(file: Path, shown: str) -> list[Source]:
    """List the files that a table is made of, in order of their names.

    Args:
        file: A ``.csv``, ``.csv.gz``, ``.zip`` or ``.parquet`` file, or a folder of such text.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is none of these, or a zip that is broken or much too large.
    """
    if file.is_dir():
        return [
            _plain(path, f"{shown}/{path.relative_to(file).as_posix()}", path.relative_to(file))
            for path in _files_in(file)
        ]
    if file.suffix.lower() == ".zip":
        return _in_archive(file, shown)
    if file.suffix.lower() == ".parquet":
        return [Source(shown, PurePosixPath(), lambda: file.open("rb"), parquet=True)]
    if not _is_text(file.name):
        kinds = ".csv, .csv.gz, .zip, .parquet or a folder of CSV files"
        raise UnreadableFileError(shown, f"a postcode table is {kinds}")
    return [_plain(file, shown, Path(file.name))]


def _is_text(name: str) -> bool:
    return Path(name.lower().removesuffix(".gz")).suffix in _TEXT


def _files_in(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and _is_text(path.name))
    return sorted(path for path in found if not path.name.startswith("."))


def _plain(file: Path, shown: str, inside: Path) -> Source:
    def opened() -> IO[bytes]:
        if file.suffix.lower() == ".gz":
            return gzip.open(file, "rb")  # type: ignore[return-value]  # reads as any stream of bytes does
        return file.open("rb")

    return Source(shown, PurePosixPath(inside.parent.as_posix()), opened)


def _in_archive(file: Path, shown: str) -> list[Source]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFileError(shown, f"it is not a zip file ({error})") from error
    text = sorted((m for m in members if _is_member(m)), key=lambda m: m.filename)
    if len(members) > _MOST_FILES or any(m.file_size > _LARGEST_MEMBER for m in text):
        raise UnreadableFileError(shown, "it unpacks to too much for a postcode table")

    def opener(name: str) -> Callable[[], IO[bytes]]:
        return lambda: zipfile.ZipFile(file).open(name)

    return [
        Source(f"{shown}/{m.filename}", PurePosixPath(m.filename).parent, opener(m.filename))
        for m in text
    ]


def _is_member(one: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(one.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not one.is_dir() and not hidden and path.suffix.lower() in _TEXT
