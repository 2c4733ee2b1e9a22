"""Organisations, activities, ties and areas: the register, the graph, measures and reach.

Start with :func:`netmap.networks.reading.read_register`, which gives a
:class:`~netmap.networks.register.Register` and what was noticed; redact it for an audience with
:func:`netmap.networks.redaction.for_audience`; build the geographic graph with
:func:`netmap.networks.graph.build_graph`. This room neither draws nor schedules, and what counts as
a gap is for :mod:`netmap.gaps`.

    >>> from netmap import networks
    >>> register, findings = networks.read(workspace, "side-by-side", as_of)
    >>> graph = networks.build_graph(register)
"""

from datetime import date
from typing import TYPE_CHECKING

from netmap.errors import NothingUsableError
from netmap.findings import Finding
from netmap.networks.graph import build_graph
from netmap.networks.postcodes import named_table
from netmap.networks.reading import read_register
from netmap.networks.redaction import for_audience
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies, load
from netmap.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Register", "build_graph", "for_audience", "read", "usable", "vocabularies_of"]


def vocabularies_of(workspace: Workspace) -> Vocabularies:
    """Load the controlled terms with the workspace's own terms and labels."""
    return load(workspace.settings.vocabulary, workspace.settings.labels)


def read(
    workspace: Workspace, name: str, as_of: date, vocabularies: Vocabularies | None = None
) -> tuple[Register, list[Finding]]:
    """Read one network of a workspace, as staff may see it.

    Raises:
        NoNetworkError: There is no such network.
        UnreadableFileError: Its ``network.toml`` is not TOML.
    """
    folder = workspace.network_folder(name)
    words = vocabularies or vocabularies_of(workspace)
    postcodes, noticed = named_table(workspace)
    register, findings = read_register(folder, workspace.shown(folder), words, as_of, postcodes)
    return register, [*noticed, *findings]


def usable(register: Register, findings: "Iterable[Finding]") -> Register:
    """Insist on a register that has something to say.

    Raises:
        NothingUsableError: No organisation and no area is left.
    """
    if not register.organisations and not len(register.areas):
        raise NothingUsableError(register.name, sum(1 for _ in findings))
    return register
