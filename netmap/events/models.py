"""The rows of a programme: sessions, venues and school terms.

One frozen model for each table, as in :mod:`netmap.networks.models`. A venue's ``area`` and a
session's ``hub`` and ``venue`` are names as written until :mod:`netmap.events.resolving` has seen
the register.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from pydantic import Field, ValidationInfo, field_validator, model_validator

from netmap.events.cells import (
    Days,
    LocalTime,
    LocalTimeOrNone,
    Openings,
    RuleText,
    Zone,
    whole_day,
)
from netmap.networks.cells import Day, Items, Slug, Web, Whole, YesNo, fault, many, one
from netmap.networks.models import Located, Record
from netmap.privacy import Audience, Visibility, looks_like_refuge
from netmap.times import Span

# How long a session without an end is taken to last where two could clash; never shown.
ASSUMED = timedelta(hours=2)


class Venue(Located):
    """A room that could be used."""

    id: Slug
    name: str
    area: str | None = None
    capacity: Whole = None
    step_free: YesNo = None
    hearing_loop: YesNo = None
    public_transport: YesNo = None
    available: Openings = ()
    visibility: Annotated[str | None, one("visibility")] = None

    @property
    def hidden_as(self) -> Visibility:
        """How hidden the venue is; one that looks like a refuge is withheld until settled."""
        if "visibility" in self.faulted:
            return Visibility.WITHHELD
        if self.visibility is None and looks_like_refuge([self.name]):
            return Visibility.WITHHELD
        return Visibility(self.visibility or Visibility.PUBLIC)


class Term(Record):
    """A school term, both days included; days between terms are holidays."""

    name: str = ""
    starts: Day
    ends: Day
    area: str | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day is in this term."""
        return bool(self.starts and self.ends and self.starts <= day <= self.ends)


class Session(Record):
    """One occurrence of an event, or with ``repeats`` a series of them; local times.

    ``unread`` keeps what was written in cells that could not be understood, so that writing the
    table back loses nothing. A session whose ``starts`` is a date alone lasts whole days: in the
    table ``ends`` is the last of them, here the midnight after it.
    """

    uid: str = ""
    hub: str | None = None
    kind: Annotated[str, one("event_kind")]
    theme: str | None = None
    title: str | None = None
    all_day: bool = False
    starts: LocalTime
    ends: LocalTimeOrNone = None
    time_zone: Zone = None
    venue: str | None = None
    online_url: Web = None
    status: Annotated[str | None, one("session_status")] = None
    locked: YesNo = None
    repeats: RuleText = None
    excepted: Days = ()
    audience: Annotated[str | None, one("audience")] = None
    hosts: Items = ()
    communities: Annotated[tuple[str, ...], many("community")] = ()
    description: str | None = None
    closes_gap: Items = ()
    unread: Mapping[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _by_its_start(cls, data: Any, info: ValidationInfo) -> Any:
        day = whole_day(data.get("starts"), info) if isinstance(data, dict) else None
        if day is None:
            return data
        return {**data, "starts": datetime.combine(day, time.min), "all_day": True}

    @field_validator("ends", mode="before")
    @classmethod
    def _to_the_end_of_the_day(cls, value: Any, info: ValidationInfo) -> Any:
        if not info.data.get("all_day") or not isinstance(value, str):
            return value
        day = whole_day(value, info)
        if day is None:
            hint = "Write the last day, or give the start an hour too."
            raise fault("bad-time", f"'{value}' has an hour, and its start has none.", hint)
        return datetime.combine(day, time.min) + timedelta(days=1)

    @property
    def meant_for(self) -> Audience:
        """Who may see it; staff where nothing, or nothing readable, is said."""
        return Audience(self.audience or Audience.STAFF)

    @property
    def cancelled(self) -> bool:
        """Tell whether it does not take place."""
        return self.status == "cancelled"

    @property
    def confirmed(self) -> bool:
        """Tell whether people were promised it."""
        return self.status == "confirmed"

    @property
    def settled(self) -> bool:
        """Tell whether the planner must leave it; an unreadable wish counts as yes."""
        return bool(self.locked) or "locked" in self.faulted or bool(self.repeats) or self.all_day

    @property
    def online(self) -> bool:
        """Tell whether it is held online only."""
        return self.online_url is not None and self.venue is None

    @property
    def span(self) -> Span:
        """Its local times, two hours, or that day, where no end is given."""
        usual = timedelta(days=1) if self.all_day else ASSUMED
        return Span(self.starts, self.ends or self.starts + usual)


TERM_COLUMNS = ("name", "starts", "ends", "area")
VENUE_COLUMNS = (
    "id", "name", "area", "latitude", "longitude", "capacity", "step_free", "hearing_loop",
    "public_transport", "available", "visibility",
)  # fmt: skip
SESSION_COLUMNS = (
    "uid", "hub", "kind", "theme", "title", "starts", "ends", "time_zone", "venue", "online_url",
    "status", "locked", "repeats", "except", "audience", "hosts", "communities", "description",
    "closes_gap",
)  # fmt: skip
EVERY_ROW = ("confidence", "source", "notes")
# `except` is a word of the language, so the field has another name.
FIELDS: Mapping[str, str] = {"except": "excepted"}
