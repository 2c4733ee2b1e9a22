"""The front page: what this is, headline figures, the largest gaps and the next events."""

from collections import Counter
from dataclasses import dataclass

from netmap.gaps import largest
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
    counts = Counter(gap.severity for gap in atlas.view.report.unsettled)
    pressing = counts[Severity.HIGH]
    others = counts[Severity.MEDIUM] + counts[Severity.LOW]
    return NetworkCard(atlas, overview(atlas.register), pressing, others)


def largest_gaps(atlases: tuple[Atlas, ...]) -> tuple[tuple[Atlas, GapCard], ...]:
    """Choose the largest gaps of all networks."""
    cards = {card.gap.id: (atlas, card) for atlas in atlases for card in atlas.cards}
    chosen = largest((atlas.view.report for atlas in atlases), MOST_GAPS)
    return tuple(cards[gap.id] for gap in chosen if gap.id in cards)
