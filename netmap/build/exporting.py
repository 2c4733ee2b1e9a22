"""A network on its way out: redacted for its audience, then written in somebody's format."""

from dataclasses import dataclass
from pathlib import Path

from netmap.build.registers import Registers
from netmap.errors import CannotWriteError
from netmap.exchange.formats import FORMATS
from netmap.workspace import Workspace

_SOURCES = ("networks", "events", "maps")


@dataclass(frozen=True, slots=True)
class Export:
    """A file's bytes, and in sentences what of the network is not in it."""

    content: bytes
    lost: tuple[str, ...]


def export(place: Registers, network: str, ending: str) -> Export:
    """Write a network in the format of an ending, as the audience of the workplace may see it.

    Args:
        place: The workspace, opened for the audience.
        network: The network.
        ending: One of :data:`netmap.exchange.formats.FORMATS`.

    Raises:
        NoNetworkError: There is no such network.
        NothingUsableError: No organisation and no area in it could be read.
    """
    place.workspace.network_folder(network)
    register = place.register(network)
    chosen = FORMATS[ending]
    return Export(chosen.write(register, place.vocabularies), chosen.cannot_carry(register))


def refuse_sources(workspace: Workspace, file: Path) -> None:
    """Refuse to export into the folders that netmap reads.

    Raises:
        CannotWriteError: The file would be taken for part of a register.
    """
    above = [one for one in file.absolute().resolve().parents if one.is_dir()]
    for name in _SOURCES:
        # Not by their names: some systems know a folder by small letters and capitals alike.
        folder = workspace.root / name
        if folder.is_dir() and any(one.samefile(folder) for one in above):
            why = f"{name}/ holds what netmap reads; choose a folder outside it"
            raise CannotWriteError(file, why)
