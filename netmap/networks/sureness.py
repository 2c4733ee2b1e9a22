"""How sure in a word: under which share of alternative settings something stands.

The settings that could as well be others are in :mod:`netmap.networks.alternatives`.
"""

from enum import StrEnum

_LIKELY = 2 / 3


class Sureness(StrEnum):
    """How far a finding holds when the settings are varied, surest first: tiers before ranks."""

    FIRM = "firm"
    LIKELY = "likely"
    DEPENDS = "depends"

    @property
    def rank(self) -> int:
        """Nought for the surest."""
        return list(Sureness).index(self)


def sureness_of(stands: float) -> Sureness:
    """Say in a word under which share of alternative settings something stands.

    Args:
        stands: The share, 0 to 1.

    Returns:
        Firm where it stands under all of them, likely under two in three, else it depends.
    """
    if stands >= 1:
        return Sureness.FIRM
    return Sureness.LIKELY if stands >= _LIKELY else Sureness.DEPENDS
