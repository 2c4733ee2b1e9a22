"""A new workspace: folders, headings, a README in each, and an illustrative network on request."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from netmap.errors import CannotWriteError
from netmap.networks.models import CENSUS_GROUPS, TABLES, Population, columns
from netmap.tables import write_csv
from netmap.workspace import SETTINGS_FILE, write_atomically

_STARTER = "first-network"


def start_workspace(folder: Path, *, example: bool) -> list[Path]:
    """Make a new workspace.

    Args:
        folder: Where; it is made if it is not there, and must hold no workspace.
        example: Whether to add a small network of invented, illustrative data.

    Returns:
        The files written, in order.

    Raises:
        CannotWriteError: There is a workspace already, or the folder cannot be written.
    """
    if (folder / SETTINGS_FILE).exists():
        raise CannotWriteError(folder, "there is a netmap.toml already")
    template = resources.files("netmap.build") / "starter"
    files = dict(_files(template / "workspace", ""))
    if example:
        files |= dict(_files(template / "example", ""))
    else:
        files[f"networks/{_STARTER}/network.toml"] = (template / "network.toml").read_bytes()
        for table, model in TABLES.items():
            headings = [*columns(model), *(CENSUS_GROUPS if model is Population else ())]
            files[f"networks/{_STARTER}/{table}.csv"] = write_csv(headings, ())
    # The settings come last: a folder without them is no workspace yet, and can be started again.
    order = sorted(files, key=lambda path: (path == SETTINGS_FILE, path))
    for path in order:
        if (folder / path).exists():
            raise CannotWriteError(folder / path, "it is there already")
    for path in order:
        write_atomically(folder / path, files[path])
    return [folder / path for path in order]


def _files(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _files(entry, f"{above}{entry.name}/")
        elif not entry.name.startswith((".", "__")):
            found.append((above + entry.name, entry.read_bytes()))
    return found
