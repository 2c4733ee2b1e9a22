"""The parts that are not joined to each other, and what falls apart without one organisation."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netmap.networks.graph import ties_only
from netmap.networks.measures.naming import organisation_called
from netmap.networks.register import Register

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Without:
    """The network after one organisation has gone.

    Attributes:
        removed: The organisation.
        components: How many islands are left.
        cut_off: Organisations that were joined to the rest through it and now lie outside the
            largest of the parts that are left of its island; by id.
    """

    removed: str
    components: int
    cut_off: tuple[str, ...]


def islands(graph: "nx.Graph[str]") -> list[list[str]]:
    """List the connected parts, largest first, then by first id; ids in order."""
    import networkx as nx  # noqa: PLC0415

    parts = [sorted(part) for part in nx.connected_components(graph)]
    return sorted(parts, key=lambda part: (-len(part), part))


def without(register: Register, organisation: str) -> Without:
    """Take one organisation away and see what breaks.

    Args:
        register: The network.
        organisation: An id, or a name as the register has it.

    Raises:
        UnknownNameError: No organisation is called that.
    """
    gone = organisation_called(register, organisation)
    graph = ties_only(register)
    island = set(next(part for part in islands(graph) if gone in part))
    graph.remove_node(gone)
    left = islands(graph)
    parts = [part for part in left if part[0] in island]
    cut_off = sorted(one for part in parts[1:] for one in part)
    return Without(gone, len(left), tuple(cut_off))
