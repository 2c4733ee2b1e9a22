"""What ``events/<programme>.toml`` says."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from netmap.events.openings import WEEKDAYS, weekday_of
from netmap.privacy import Audience
from netmap.times import LONDON
from netmap.workspace import Settings, TimeZone

_MOST_EVENTS = 500


def _weekday(value: object) -> object:
    number = weekday_of(value) if isinstance(value, str) else None
    return value if number is None else WEEKDAYS[number]


Weekday = Annotated[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], BeforeValidator(_weekday)]


class EventSettings(Settings):
    """How many events of one kind to hold, and in which order."""

    kind: str = ""
    count: int = Field(default=1, ge=0, le=_MOST_EVENTS)
    minutes: int = Field(default=120, ge=5, le=24 * 60)
    sequence: list[str] = Field(default_factory=list)
    themes: list[str] = Field(default_factory=list)
    min_weeks_apart: int = Field(default=0, ge=0)
    people: int | None = Field(default=None, ge=1)


class WhenSettings(Settings):
    """Which days and hours suit."""

    weekdays: list[Weekday] = Field(default=["MO", "TU", "WE", "TH", "FR"])
    earliest: time = time(9)
    latest: time = time(17)
    avoid: list[str] = Field(default_factory=list)
    term_dates: str | None = None
    busy: list[str] = Field(default_factory=list)


class WhereSettings(Settings):
    """Which places suit."""

    venues: str | None = None
    rotate: bool = True
    rural_share: float = Field(default=0, ge=0, le=1)


class ProgrammeSettings(Settings):
    """A programme; ``audience`` and ``confidence`` are those of the sessions the planner writes."""

    title: str = ""
    network: str = ""
    starts: date
    ends: date
    time_zone: TimeZone = LONDON
    held_for: Literal["hub", "network"] = Field(default="hub", alias="for")
    hubs: list[str] = Field(default_factory=list)
    seed: int = 0
    audience: Audience | None = None
    confidence: Literal["stated", "inferred", "approximate", "illustrative"] | None = None
    event: list[EventSettings] = Field(default_factory=list)
    when: WhenSettings = WhenSettings()
    where: WhereSettings = WhereSettings()

    @model_validator(mode="after")
    def _in_order(self) -> "ProgrammeSettings":
        if self.ends < self.starts:
            message = f"the programme ends ({self.ends}) before it starts ({self.starts})"
            raise ValueError(message)
        return self
