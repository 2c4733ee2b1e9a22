"""Where things are kept, and how they are written.

A workspace is the folder with ``netmap.toml``; it is never searched for upwards. This module finds
what lies in it, reads its TOML files so that a fault in one key costs only that key, and writes
files and folders so that a reader never meets a half-written one. What the files mean belongs to
the rooms above.
"""

import contextlib
import ctypes
import os
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from netmap.errors import (
    CannotWriteError,
    NoNetworkError,
    NoWorkspaceError,
    UnknownNameError,
    UnreadableFileError,
)
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.times import LONDON, is_zone

SETTINGS_FILE = "netmap.toml"
NETWORK_FILE = "network.toml"
SCRATCH = ".netmap-"

S = TypeVar("S", bound=BaseModel)
_Path = tuple[int | str, ...]


def _zone(name: str) -> str:
    if not is_zone(name):
        message = f"'{name}' is not a time zone; write it as Europe/London"
        raise ValueError(message)
    return name


def _web_address(address: str) -> str:
    if not address.startswith(("https://", "http://")):
        message = "an address begins with https://"
        raise ValueError(message)
    return address


TimeZone = Annotated[str, AfterValidator(_zone)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Settings(BaseModel):
    """A part of a TOML file: frozen, and an unknown key is told apart from a wrong one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PrivacySettings(Settings):
    """How counts of people are protected."""

    suppress_at_most: int = Field(default=7, ge=0)
    round_to: int = Field(default=5, ge=1)


class PlacesSettings(Settings):
    """Where people keep a postcode table of their own."""

    postcodes: str | None = None


class FeedSettings(Settings):
    """How long a cancelled session stays in a feed, counted from its own start."""

    keep_cancelled_days: int = Field(default=30, ge=0)


class WorkspaceSettings(Settings):
    """What ``netmap.toml`` says."""

    title: str = "Peer support networks"
    publisher: str = ""
    contact_url: WebAddress | None = None
    time_zone: TimeZone = LONDON
    base_url: WebAddress | None = None
    uid_domain: str = Field(default="netmap.invalid", pattern=r"^[A-Za-z0-9.\-]+$")
    labels: dict[str, str] = Field(default_factory=dict)
    privacy: PrivacySettings = PrivacySettings()
    places: PlacesSettings = PlacesSettings()
    feeds: FeedSettings = FeedSettings()
    vocabulary: dict[str, dict[str, dict[str, Any]]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``netmap.toml``, and what was wrong in that file."""

    root: Path
    settings: WorkspaceSettings = field(default_factory=WorkspaceSettings)
    findings: tuple[Finding, ...] = ()

    def networks(self) -> list[str]:
        """Name the networks: the folders in ``networks/`` with a ``network.toml``, in order."""
        folder = self.root / "networks"
        return sorted(path.parent.name for path in folder.glob(f"*/{NETWORK_FILE}"))

    def network_folder(self, name: str) -> Path:
        """Find the folder of one network.

        Raises:
            NoNetworkError: There is no such network.
        """
        known = self.networks()
        if name not in known:
            raise NoNetworkError(name, known, did_you_mean(name, known))
        return self.root / "networks" / name

    def programmes(self) -> list[str]:
        """Name the programmes: the ``.toml`` files in ``events/``, in order."""
        return sorted(path.stem for path in (self.root / "events").glob("*.toml"))

    def maps(self) -> list[str]:
        """Name the maps: the ``.toml`` files in ``maps/``, in order."""
        return sorted(path.stem for path in (self.root / "maps").glob("*.toml"))

    def one_of(self, what: str, name: str, known: list[str]) -> str:
        """Check a name given on the command line.

        Raises:
            UnknownNameError: The name is not among those known.
        """
        if name not in known:
            raise UnknownNameError(what, name, did_you_mean(name, known))
        return name

    def shown(self, path: Path) -> str:
        """Write a path as messages show it: from the workspace, with forward slashes."""
        with contextlib.suppress(ValueError):
            return path.relative_to(self.root).as_posix()
        return path.as_posix()


def open_workspace(root: Path) -> Workspace:
    """Open the workspace in this very folder.

    Raises:
        NoWorkspaceError: There is no ``netmap.toml`` in it.
        UnreadableFileError: ``netmap.toml`` is not TOML.
    """
    file = root / SETTINGS_FILE
    if not file.is_file():
        raise NoWorkspaceError(root)
    settings, findings = settings_from(WorkspaceSettings, read_toml(file), SETTINGS_FILE)
    return Workspace(root, settings, tuple(findings))


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file as people leave it, byte-order mark or not.

    Raises:
        UnreadableFileError: It is not there, not text, or not TOML.
    """
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except OSError as error:
        raise UnreadableFileError(file.name, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableFileError(file.name, "it is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableFileError(file.name, f"it is not TOML: {error}") from error


def settings_from(model: type[S], data: Mapping[str, Any], file: str) -> tuple[S, list[Finding]]:
    """Turn what a TOML file holds into settings; a faulty key falls back to its default.

    Args:
        model: The settings to make; all its keys have defaults, or the caller gives the rest.
        data: What was read.
        file: How messages name the file.

    Returns:
        The settings, and one finding for each key that was unknown or could not be used.
    """
    findings: list[Finding] = []
    left: dict[str, Any] = _deep_copy(data)
    told: set[_Path] = set()
    while True:
        try:
            return model.model_validate(left), findings
        except ValidationError as error:
            faults = {_path_of(left, fault): fault for fault in error.errors(include_url=False)}
            for path, fault in faults.items():
                # A key whose value was left out is not reported again for being absent.
                if path not in told:
                    findings.append(_settings_finding(model, fault, path, file))
            told |= set(faults)
            # All are found before any goes, or the second fault of a list would cost its section.
            holders = [holder for path in faults if (holder := _holder(left, path))]
            for table, key in holders:
                table.pop(key, None)
            if not holders:
                reason = "; ".join(finding.message for finding in findings)
                raise UnreadableFileError(file, reason) from error


def _path_of(data: Any, fault: Any) -> _Path:
    """Find the keys that lead to a fault; pydantic's own words for what it tried are no keys."""
    path: list[int | str] = []
    for part in fault["loc"]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        path.append(part)
    return (*path, fault["loc"][-1]) if fault["type"] == "missing" else tuple(path)


def _keys_beside(model: Any, path: _Path) -> Iterable[str]:
    """Name the keys that are known where the last of `path` stands."""
    for part in path[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(part))
            model = field.annotation if field else None
        else:
            model = (get_args(model) or (None,))[-1]
    is_model = isinstance(model, type) and issubclass(model, BaseModel)
    return model.model_fields if is_model else ()


def _settings_finding(model: type[BaseModel], fault: Any, path: _Path, file: str) -> Finding:
    place = Place(file, None, ".".join(map(str, path)))
    if fault["type"] == "extra_forbidden":
        key = str(path[-1])
        hint = did_you_mean(key, _keys_beside(model, path))
        message = "this key is not known and is left out."
        return Finding(Level.NOTICE, "unknown-setting", message, place, key, hint)
    said = fault["msg"].removeprefix("Value error, ")
    value = None if fault["type"] == "missing" else str(fault["input"])
    if fault["type"] == "missing":
        return Finding(Level.ERROR, "missing-setting", "this key is needed.", place)
    return Finding(
        Level.ERROR,
        "bad-setting",
        f"{said[:1].lower()}{said[1:]}; the key is left out.",
        place,
        value,
    )


def _deep_copy(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _deep_copy(value) for key, value in data.items()}
    return [_deep_copy(value) for value in data] if isinstance(data, list) else data


def _holder(data: Any, path: _Path) -> tuple[dict[str, Any], str] | None:
    """Find the deepest key on `path` that can be left out, and the table it is in."""
    found = None
    for part in path:
        if isinstance(data, dict) and part in data:
            found = data, str(part)
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    return found


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
        raise CannotWriteError(file, _why(error)) from error


def _give_usual_rights(file: Path) -> None:
    """Undo mkstemp's owner-only rights: a site is there for others to read."""
    umask = os.umask(0)
    os.umask(umask)
    file.chmod(0o666 & ~umask)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission, or it is open in another program"
    return error.strerror or str(error)


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
        raise CannotWriteError(target, _why(error)) from error


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
