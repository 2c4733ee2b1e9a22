"""The front page: what this is, headline figures, the largest gaps and the next events."""

from dataclasses import dataclass

from netmap.gaps.gap import Severity
from netmap.site.atlas import Atlas, GapCard
from netmap.site.overview import Overview, overview

MOST_GAPS = 5
MOST_SESSIONS = 6


@dataclass(frozen=True, slots=True)
class NetworkCard:
    """One network on the front page."""

    atlas: Atlas
    picture: Overview | None
    pressing: int
    others: int


def network_card(atlas: Atlas) -> NetworkCard:
    """Put together what the front page says of a network."""
    counts = atlas.view.report.counts
    pressing = counts[Severity.HIGH.value]
    others = counts[Severity.MEDIUM.value] + counts[Severity.LOW.value]
    return NetworkCard(atlas, overview(atlas.register), pressing, others)


def largest_gaps(atlases: tuple[Atlas, ...]) -> tuple[tuple[Atlas, GapCard], ...]:
    """Choose the largest gaps of all networks: severity, then people affected, then id."""
    both = [(atlas, card) for atlas in atlases for card in atlas.cards]
    return tuple(sorted(both, key=lambda pair: _size(pair[1]))[:MOST_GAPS])


def _size(card: GapCard) -> tuple[int, float, str]:
    gap = card.gap
    return gap.severity.rank, -gap.people if isinstance(gap.people, int) else 1, gap.id
