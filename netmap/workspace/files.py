"""One file, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from netmap.errors import CannotWriteError

SCRATCH = ".netmap-"


def write_atomically(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; content that is already there is left alone.

    Raises:
        CannotWriteError: The folder cannot be written to, or the file is open elsewhere.
    """
    try:
        if file.is_file() and file.read_bytes() == content:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(prefix=SCRATCH, dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            _give_usual_rights(Path(scratch))
            Path(scratch).replace(file)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CannotWriteError(file, reason_of(error)) from error


def _give_usual_rights(file: Path) -> None:
    """Undo mkstemp's owner-only rights: a site is there for others to read."""
    umask = os.umask(0)
    os.umask(umask)
    file.chmod(0o666 & ~umask)


def reason_of(error: OSError) -> str:
    """Say why the system would not write."""
    if isinstance(error, PermissionError):
        return "no permission, or it is open in another program"
    return error.strerror or str(error)
