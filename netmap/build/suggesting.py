"""Suggest where new activities would reach most people who have none, from a workspace."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from netmap.build.candidates import AREAS, candidates
from netmap.build.registers import Registers
from netmap.findings import Finding
from netmap.networks.suggestions import Suggestion, suggest

if TYPE_CHECKING:
    from netmap.networks.register import Register


def suggest_sites(
    place: Registers,
    register: "Register",
    communities: Mapping[str, float],
    sites: int,
    *,
    where: str = AREAS,
    seconds: float,
    progress: Callable[[str], None] = lambda _stage: None,
) -> tuple[Suggestion, list[Finding]]:
    """Suggest places for new activities in a network.

    Args:
        place: The workspace, opened for the audience.
        register: The network, as the audience may see it.
        communities: Whom the activities are for, and how much one person of each counts.
        sites: How many, at most.
        where: Which places could be chosen; see :func:`netmap.build.candidates.candidates`.
        seconds: How long to try to prove the choice.
        progress: Told what is being done.

    Returns:
        The suggestion, and what was wrong with the places to choose from.

    Raises:
        UnreadableFileError: The file of places cannot be read, or has none with a point.
    """
    offered, findings = candidates(place, register, where)
    vocabulary = place.vocabularies["community"]
    found = suggest(
        register, vocabulary, communities, sites, offered, seconds=seconds, progress=progress
    )
    return found, findings
