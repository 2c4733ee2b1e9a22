"""An import written whole or not at all, and undone: what stood there before is kept."""

import contextlib
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from netmap.errors import CannotUndoError, CannotWriteError, NetmapError, UnreadableFileError
from netmap.exchange.intake.changes import Intake
from netmap.exchange.intake.memory import IMPORTS
from netmap.tables import member, open_archive
from netmap.workspace import write_atomically

_BEFORE = "before-"
_MANIFEST = "manifest.json"
# The earliest day a zip file can hold: the same files make the same archive.
_DAY = (1980, 1, 1, 0, 0, 0)
Content = Mapping[str, bytes | None]


def write(intake: Intake, folder: Path) -> tuple[str, ...]:
    """Write what an import makes of a network.

    What stood there before is kept first, in ``imports/before-<source>.zip``; where a file cannot
    be written, those written already are put back.

    Args:
        intake: The plan.
        folder: ``networks/<network>``; made where it is not there.

    Returns:
        The files written or taken away, with ``/``, sorted; none where nothing changes, and then
        what was kept of the last import stays too.

    Raises:
        CannotWriteError: A file or the folder cannot be written; all is as it was.
    """
    if not intake.files:
        return ()
    kept = f"{IMPORTS}/{_BEFORE}{intake.source}.zip"
    before = {path: _content(folder / path) for path in intake.files}
    older = {path: None for path in _kept_before(folder) if path != kept}
    _replace(folder, {kept: _archive(before, intake), **intake.files, **older})
    return tuple(sorted(intake.files))


def undo(folder: Path, shown: str) -> tuple[str, ...]:
    """Put back what stood in a network's folder before the last import.

    Args:
        folder: ``networks/<network>``.
        shown: How messages name it.

    Returns:
        The files put back or taken away, with ``/``, sorted.

    Raises:
        CannotUndoError: There is no import to undo, or files were edited since.
        CannotWriteError: A file cannot be written; all is as it was.
        UnreadableFileError: What was kept cannot be read.
    """
    kept = next(iter(_kept_before(folder)), None)
    if kept is None:
        raise CannotUndoError(shown)
    before, after = _unpacked(folder / kept, f"{shown}/{kept}")
    edited = sorted(
        path
        for path, mark in after.items()
        if _mark(now := _content(folder / path)) != mark and now != before[path]
    )
    if edited:
        raise CannotUndoError(shown, edited)
    _replace(folder, {**before, kept: None})
    _clear(folder, before)
    return tuple(sorted(before))


def _kept_before(folder: Path) -> list[str]:
    imports = folder / IMPORTS
    if not imports.is_dir():
        return []
    return sorted(f"{IMPORTS}/{file.name}" for file in imports.glob(f"{_BEFORE}*.zip"))


def _archive(before: Content, intake: Intake) -> bytes:
    manifest = {
        "source": intake.source,
        "after": {path: _mark(content) for path, content in intake.files.items()},
        "absent": sorted(path for path, content in before.items() if content is None),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        _put(archive, _MANIFEST, text.encode())
        for path, content in sorted(before.items()):
            if content is not None:
                _put(archive, f"files/{path}", content)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _unpacked(file: Path, shown: str) -> tuple[Content, Mapping[str, str | None]]:
    """Give what stood there before, and a mark of what the import wrote, by path."""
    with open_archive(file, shown) as archive:
        try:
            manifest = json.loads(member(archive, _MANIFEST, shown))
            after = dict(manifest["after"])
            absent = set(manifest["absent"])
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableFileError(shown, "it is not what an import keeps") from error
        if not all(_is_inside(path) for path in after):
            raise UnreadableFileError(shown, "it names files outside the network's folder")
        before = {
            path: None if path in absent else member(archive, f"files/{path}", shown)
            for path in after
        }
    return before, after


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and parts[0] != "/" and ":" not in path


def _replace(folder: Path, files: Content) -> None:
    """Write and take away files in order; where one cannot be, put back all before it."""
    done: dict[str, bytes | None] = {}
    made = _folders_to_make(folder, files)
    try:
        for path, content in files.items():
            before = _content(folder / path)
            done[path] = before
            _set(folder / path, content)
    except BaseException:
        for path, content in reversed(done.items()):
            # One that cannot be put back is no reason to leave the others.
            with contextlib.suppress(NetmapError, OSError):
                if _content(folder / path) != content:
                    _set(folder / path, content)
        for one in made:
            if one.is_dir() and not any(one.iterdir()):
                one.rmdir()
        raise


def _folders_to_make(folder: Path, files: Content) -> list[Path]:
    """List the folders that are not there yet, deepest first."""
    wanted = {folder} | {
        parent
        for path in files
        for parent in (folder / path).parents
        if folder in parent.parents or parent == folder
    }
    return sorted((one for one in wanted if not one.exists()), key=lambda p: -len(p.parts))


def _set(file: Path, content: bytes | None) -> None:
    if content is not None:
        write_atomically(file, content)
        return
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWriteError(file, error.strerror or str(error)) from error


def _clear(folder: Path, files: Content) -> None:
    """Take away the folders that an undone import leaves empty."""
    parents = {parent for path in files for parent in (folder / path).parents}
    inside = [p for p in (*parents, folder / IMPORTS) if folder in p.parents or p == folder]
    for one in sorted(set(inside), key=lambda p: -len(p.parts)):
        if one.is_dir() and not any(one.iterdir()):
            one.rmdir()


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _mark(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
