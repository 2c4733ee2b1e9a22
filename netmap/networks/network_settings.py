"""What ``network.toml`` says: how far people can travel, thresholds of the gap rules, totals."""

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from netmap.workspace import Settings


class ReachSettings(Settings):
    """How far people can reasonably travel: straight-line kilometres times `detour`.

    The minutes are the limits where the network has a table of travel times; neither is worked
    out from the other.
    """

    urban_km: float = Field(default=5, gt=0)
    rural_km: float = Field(default=15, gt=0)
    urban_minutes: float = Field(default=30, gt=0)
    rural_minutes: float = Field(default=60, gt=0)
    detour: float = Field(default=1.3, ge=1)
    decay: Literal["gaussian", "step"] = "gaussian"


Severity = Literal["high", "medium", "low", "info"]
# One literal, not a union of two: a wrong word is then told once.
RuleSetting = Literal["off", "high", "medium", "low", "info"]


class GapSettings(Settings):
    """Every threshold a rule uses. ``rules`` switches one off or changes its severity."""

    community_share: float = Field(default=0.10, ge=0, le=1)
    community_people: int = Field(default=100, ge=0)
    stale_months: int = Field(default=12, ge=1)
    low_rate_ratio: float = Field(default=0.75, ge=0)
    low_supply_ratio: float = Field(default=0.5, ge=0)
    one_approach_share: float = Field(default=0.5, ge=0, le=1)
    funding_days: int = Field(default=91, ge=0)
    funding_months: int = Field(default=24, ge=0)
    share_tolerance: float = Field(default=0.5, ge=0)
    concentrated_share: float = Field(default=0.33, ge=0, le=1)
    under_specified_fields: int = Field(default=5, ge=0, le=9)
    intersections: list[list[str]] = Field(default_factory=list)
    rules: dict[str, RuleSetting] = Field(default_factory=dict)


class TopicSettings(Settings):
    """Topics that ought to have activities or advisers."""

    expected: list[str] = Field(default_factory=list)


class StatedTotal(Settings):
    """A total that a report states, to be reconciled with the rows.

    ``of`` says what is counted where the key does not; the others narrow it.
    """

    value: float
    within: float = Field(default=0, ge=0)
    of: Literal["activities", "organisations", "areas", "ties", "population"] | None = None
    community: str | None = None
    role: str | None = None
    approach: str | None = None


class NetworkSettings(Settings):
    """What ``network.toml`` says."""

    title: str = ""
    summary: str = ""
    source: str = ""
    licence: str = ""
    disclaimer: str = ""
    as_of: date | None = None
    surveyed: list[str] = Field(default_factory=list)
    reach: ReachSettings = ReachSettings()
    gaps: GapSettings = GapSettings()
    topics: TopicSettings = TopicSettings()
    stated_totals: dict[str, StatedTotal] = Field(default_factory=dict)

    @field_validator("stated_totals", mode="before")
    @classmethod
    def _plain_numbers(cls, totals: object) -> object:
        """A plain number is exact."""
        if not isinstance(totals, dict):
            return totals
        return {
            key: {"value": total} if isinstance(total, int | float) else total
            for key, total in totals.items()
        }
