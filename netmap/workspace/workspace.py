"""The workspace: a folder with ``netmap.toml``, and the networks, programmes and maps in it."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from netmap.errors import NoNetworkError, NoWorkspaceError, UnknownNameError
from netmap.findings import Finding, did_you_mean
from netmap.workspace.settings import WorkspaceSettings
from netmap.workspace.toml_files import read_toml, settings_from

SETTINGS_FILE = "netmap.toml"
NETWORK_FILE = "network.toml"


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

    def translation(self) -> Path:
        """Say where the texts in the workspace's language are, or would be."""
        return self.root / "texts" / f"{self.settings.language}.po"

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
