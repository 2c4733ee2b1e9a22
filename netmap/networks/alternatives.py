"""The settings that could as well be others: a small grid, one change at a time.

Nobody knows exactly how far people travel, how crooked roads are, or how many people make a
community; so what is found is looked at again under each of these, and said to be as firm as the
share of them under which it stands. The idea is that of shortlists which report tiers, not ranks:
an area stays on the list only while it stays under every alternative.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from netmap.language import N_
from netmap.networks.network_settings import GapSettings, NetworkSettings, ReachSettings

_NEARER, _FARTHER = 0.8, 1.25
_CROOKED = 0.1
_FEWER, _MORE = 0.5, 1.5
_FRESHER, _OLDER = 0.5, 2


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which the settings could as well be.

    Attributes:
        words: What is different, for people; a text of the catalogue, to be said.
        keys: The keys of ``[reach]`` and ``[gaps]`` that change.
        reach: The changed keys of ``[reach]``, from what is set.
        gaps: The changed keys of ``[gaps]``.
    """

    words: str
    keys: frozenset[str]
    reach: "Callable[[ReachSettings], Mapping[str, Any]]" = lambda _: {}
    gaps: "Callable[[GapSettings], Mapping[str, Any]]" = lambda _: {}

    def of(self, settings: NetworkSettings) -> NetworkSettings:
        """Make the settings that this alternative has in place of those given."""
        return settings.model_copy(
            update={
                "reach": settings.reach.model_copy(update=dict(self.reach(settings.reach))),
                "gaps": settings.gaps.model_copy(update=dict(self.gaps(settings.gaps))),
            }
        )


def _catchment(factor: float, words: str) -> Alternative:
    keys = ("urban_km", "rural_km", "urban_minutes", "rural_minutes")
    return Alternative(
        words, frozenset(keys), lambda reach: {key: getattr(reach, key) * factor for key in keys}
    )


def _detour(more: float, words: str) -> Alternative:
    return Alternative(
        words, frozenset({"detour"}), lambda reach: {"detour": max(reach.detour + more, 1.0)}
    )


def _community(factor: float, words: str) -> Alternative:
    return Alternative(
        words,
        frozenset({"community_share", "community_people"}),
        gaps=lambda gaps: {
            "community_share": min(gaps.community_share * factor, 1.0),
            "community_people": round(gaps.community_people * factor),
        },
    )


def _stale(factor: float, words: str) -> Alternative:
    return Alternative(
        words,
        frozenset({"stale_months"}),
        gaps=lambda gaps: {"stale_months": max(round(gaps.stale_months * factor), 1)},
    )


GRID: tuple[Alternative, ...] = (
    _catchment(_NEARER, N_("catchments a fifth smaller")),
    _catchment(_FARTHER, N_("catchments a quarter larger")),
    _detour(-_CROOKED, N_("straighter roads (detour 0.1 less)")),
    _detour(_CROOKED, N_("more winding roads (detour 0.1 more)")),
    Alternative(
        N_("the other decay"),
        frozenset({"decay"}),
        lambda reach: {"decay": "step" if reach.decay == "gaussian" else "gaussian"},
    ),
    _community(_FEWER, N_("communities half as large count")),
    _community(_MORE, N_("communities half as large again count")),
    _stale(_FRESHER, N_("rows go out of date in half the time")),
    _stale(_OLDER, N_("rows go out of date in twice the time")),
)
