"""Zip files, opened so that a small file cannot unpack into a large one."""

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from netmap.errors import UnreadableFileError

LARGEST_UNPACKED = 512 * 2**20
_LARGEST_MEMBERS = 20_000


@contextlib.contextmanager
def open_archive(file: Path, shown: str, what: str = "a zip file") -> Iterator[zipfile.ZipFile]:
    """Open a zip file for reading.

    Args:
        file: The file.
        shown: How messages name it.
        what: What it should be, for the message where it is not.

    Raises:
        UnreadableFileError: It is no zip file, is open elsewhere, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except PermissionError as error:
        raise UnreadableFileError(shown, "it is open in another program; close it there") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise UnreadableFileError(shown, f"it is not {what} ({error})") from error
    with archive:
        members = archive.infolist()
        unpacked = sum(entry.file_size for entry in members)
        if unpacked > LARGEST_UNPACKED or len(members) > _LARGEST_MEMBERS:
            size = f"{unpacked // 2**20} MB in {len(members)} files"
            raise UnreadableFileError(shown, f"it unpacks to {size}, too much for a register")
        yield archive


def member(archive: zipfile.ZipFile, name: str, shown: str) -> bytes:
    """Read one file of an archive, no more than it says it holds.

    Raises:
        UnreadableFileError: It is broken, encrypted, or holds more than the archive says.
    """
    try:
        said = archive.getinfo(name).file_size
        with archive.open(name) as stream:
            content = stream.read(said + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, KeyError) as error:
        raise UnreadableFileError(f"{shown}/{name}", str(error)) from error
    if len(content) > said:
        raise UnreadableFileError(f"{shown}/{name}", "it holds more than the zip file says")
    return content
