"""A folder of files, put in its place only when all of it is there."""

import contextlib
import ctypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from netmap.errors import CannotWriteError
from netmap.workspace.files import SCRATCH, reason_of


@contextlib.contextmanager
def folder_in_the_making(target: Path, marker: str) -> Iterator[Path]:
    """Make a folder beside `target`, and put it in its place when all of it is there.

    What stood at `target` stays whole until the very end. Leftovers of a build that was killed are
    cleared first; two builds of one target wait for each other.

    Args:
        target: The folder to make or replace.
        marker: A file that a folder made by netmap has; a folder without it is not replaced.

    Yields:
        The new folder, empty, to be filled.

    Raises:
        CannotWriteError: `target` is not a folder netmap made, or cannot be written.
    """
    import filelock  # noqa: PLC0415  # only builds need it

    target = target.absolute()
    if (
        target.exists()
        and not (target / marker).is_file()
        and (not target.is_dir() or any(target.iterdir()))
    ):
        raise CannotWriteError(target, "it is there already and was not built by netmap")
    stem = f"{SCRATCH}{target.name}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(target.parent / f"{stem}.lock"):
            _clear_leftovers(target, stem)
            made = Path(tempfile.mkdtemp(prefix=f"{stem}-", dir=target.parent))
            try:
                made.chmod(0o755)
                yield made
                _put_in_place(made, target)
            finally:
                shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise CannotWriteError(target, reason_of(error)) from error


def _clear_leftovers(target: Path, stem: str) -> None:
    previous = target.with_name(f"{stem}.previous")
    if previous.is_dir() and not target.exists():
        previous.rename(target)
    # Only this target's own: `site` must not clear what a build of `site-staff` is making.
    own = re.compile(rf"{re.escape(stem)}(?:-[a-z0-9_]{{8}}|\.previous)")
    for leftover in target.parent.iterdir():
        if own.fullmatch(leftover.name) and leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)


def _put_in_place(made: Path, target: Path) -> None:
    if not target.exists():
        made.rename(target)
    elif not _exchange(made, target):
        # Without an exchange in one step, the old folder waits beside until the new one stands;
        # the next build finds it there should this one be killed in between.
        previous = target.with_name(f"{SCRATCH}{target.name}.previous")
        target.rename(previous)
        made.rename(target)
        shutil.rmtree(previous, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step where the system can; tell whether it did."""
    names = os.fsencode(one), os.fsencode(other)
    with contextlib.suppress(AttributeError, OSError):
        if sys.platform == "linux":
            at_here, swap = -100, 2
            return not ctypes.CDLL(None).renameat2(at_here, names[0], at_here, names[1], swap)
        if sys.platform == "darwin":
            swap = 2
            return not ctypes.CDLL(None).renamex_np(*names, swap)
    return False
