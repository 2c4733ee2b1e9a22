"""The tables of a register: one frozen model for each, and its columns.

What all rows have in common is in :mod:`netmap.networks.records`, what ``network.toml`` says in
:mod:`netmap.networks.network_settings`; both can be had from here.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from netmap.networks.cells import (
    LOWER,
    NUMBER,
    ActivityId,
    AreaCode,
    AreaCodes,
    Day,
    Items,
    Number,
    OrganisationId,
    Reference,
    Slug,
    Whole,
    YesNo,
    many,
    one,
)
from netmap.networks.network_settings import (
    GapSettings,
    NetworkSettings,
    ReachSettings,
    RuleSetting,
    Severity,
    StatedTotal,
    TopicSettings,
)
from netmap.networks.records import Located, Record, Sensitive

__all__ = [
    "CENSUS_GROUPS",
    "EVERYWHERE",
    "MINORITY_ETHNIC",
    "PEOPLE_MEASURES",
    "TABLES",
    "WHITE",
    "Activity",
    "Area",
    "Enquiry",
    "GapSettings",
    "Located",
    "NetworkSettings",
    "Organisation",
    "Population",
    "ReachSettings",
    "Record",
    "RuleSetting",
    "Sensitive",
    "Severity",
    "Share",
    "StatedTotal",
    "Target",
    "Tie",
    "TopicSettings",
    "columns",
    "required",
]

MINORITY_ETHNIC = "bame"
WHITE = "white"
CENSUS_GROUPS = ("white", "asian", "black", "mixed", "other_ethnic")
EVERYWHERE = "*"


class Organisation(Sensitive):
    """A body: hub, strategic partner, grassroots group, advisory member, commissioner."""

    id: Slug
    name: str
    roles: Annotated[tuple[str, ...], many("role")] = ()
    sector: Annotated[str | None, one("sector")] = None
    aliases: Items = ()
    identifiers: Items = ()
    area: AreaCode = None
    led_by: Annotated[tuple[str, ...], many("community")] = ()


class Activity(Sensitive):
    """One thing offered to people, or with ``count`` that many of which only a total is known."""

    id: Slug
    name: str
    organisation: OrganisationId = None
    description: str | None = None
    how_to_join: str | None = None
    cost: str | None = None
    age_range: str | None = None
    access_routes: Annotated[tuple[str, ...], many("access_route")] = ()
    approach: Annotated[str | None, one("approach")] = None
    other_approaches: Annotated[tuple[str, ...], many("approach")] = ()
    focus: Annotated[tuple[str, ...], many("focus")] = ()
    topics: Annotated[tuple[str, ...], many("topic")] = ()
    communities: Annotated[tuple[str, ...], many("community")] = ()
    exclusive: YesNo = None
    community_type: Annotated[str | None, one("community_type")] = None
    languages: Items = ()
    area: AreaCode = None
    venue: str | None = None
    serves: AreaCodes = ()
    schedule: str | None = None
    capacity: Whole = None
    planned_contacts: Whole = None
    facilitators: Whole = None
    count: Annotated[Whole, Field(ge=1)] = 1
    part_of: ActivityId = None
    facilitation: Annotated[str | None, one("facilitation")] = None
    leadership: Annotated[str | None, one("leadership")] = None
    membership: Annotated[str | None, one("membership")] = None
    support: Annotated[str | None, one("support")] = None
    peer_to_peer: YesNo = None
    support_outcome: YesNo = None
    supervised: YesNo = None
    trained: YesNo = None
    travel_help: YesNo = None
    step_free: YesNo = None
    public_transport: YesNo = None
    values: Annotated[tuple[str, ...], many("core_value")] = ()
    funding: Annotated[str | None, one("funding")] = None
    funding_starts: Day = None
    funding_ends: Day = None
    waiting_list: Whole = None
    status: Annotated[str | None, one("status")] = None

    @property
    def aggregate(self) -> bool:
        """Tell whether the row stands for several activities of which only a total is known."""
        return (self.count or 1) > 1

    @property
    def remote(self) -> bool:
        """Tell whether people take part without going anywhere."""
        return self.approach in {"online", "telephone"}

    @property
    def is_network(self) -> bool:
        """Tell whether it is a network or meeting of organisations, not provision for people."""
        return self.approach == "network"

    @property
    def current(self) -> bool:
        """Tell whether it counts as provision: active, or of unknown status."""
        return "status" in self.faulted or self.status in {None, "active", "unknown"}

    @property
    def communities_known(self) -> bool:
        """Tell whether an empty ``communities`` means open to anyone."""
        return not self.aggregate and (bool(self.communities) or "communities" not in self.faulted)

    @property
    def open(self) -> bool:
        """Tell whether anyone may come."""
        if not self.communities_known:
            return False
        return not self.communities or self.exclusive is False


class Tie(Record):
    """A relation between two organisations, with a kind and a direction."""

    source_organisation: Annotated[str, Reference("organisation")]
    target_organisation: Annotated[str, Reference("organisation")]
    kind: Annotated[str, one("tie_kind")]
    topic: Annotated[str | None, one("topic")] = None
    since: Day = None
    until: Day = None
    strength: Annotated[Number, Field(ge=0, le=1)] = None
    last_contact: Day = None


class Area(Located):
    """A place with a code, a point, a rural/urban class; may have a parent and a boundary."""

    code: str
    name: str
    aliases: Items = ()
    kind: str | None = None
    parent: AreaCode = None
    rural_urban: Annotated[str | None, one("rural_urban")] = None
    main_settlement: AreaCode = None
    deprivation_decile: Annotated[Whole, Field(ge=1, le=10)] = None

    @property
    def anonymised(self) -> bool:
        """Tell whether it is a letter in a report rather than a place."""
        return self.kind == "anonymised"


class Population(Record):
    """The people of one area: a total, and counts or percentages by community.

    ``suppressed`` names the communities whose count an audience may not see.
    """

    area: Annotated[str, Reference("area")]
    measure: Annotated[Literal["people", "percent"], LOWER] = "people"
    total: Annotated[Number, Field(ge=0)] = None
    as_of: Day = None
    groups: Mapping[str, float] = Field(default_factory=dict)
    suppressed: frozenset[str] = frozenset()


class Enquiry(Record):
    """A record that somebody looked for provision for a community in an area, and when."""

    area: Annotated[str, Reference("area")]
    community: Annotated[str, one("community")]
    asked: YesNo = None
    asked_on: Day = None
    by: str | None = None
    how: str | None = None
    answer: Annotated[str | None, one("answer")] = None
    words: str | None = None


class Target(Record):
    """What an organisation (or an anonymised area) agreed to reach, and what it has.

    ``suppressed`` tells that a count of people is too small for the audience to see.
    """

    owner: Annotated[str, Reference("owner")]
    measure: Annotated[str, one("measure")]
    target: Annotated[float, NUMBER, Field(ge=0)]
    actual: Annotated[Number, Field(ge=0)] = None
    starts: Day = None
    due: Day = None
    as_of: Day = None
    count_from: Annotated[Literal["ties", "events"] | None, LOWER] = None
    suppressed: bool = False


class Share(Record):
    """A share that a report gives without the rows behind it."""

    area: Annotated[str, Reference("area")]
    dimension: Annotated[Literal["approach", "sector"], LOWER]
    key: str
    percent: Annotated[float, NUMBER, Field(ge=0, le=100)]


# Targets that count people rather than groups or events; the counts are protected.
PEOPLE_MEASURES = frozenset({"new_members", "people_reached", "attendance", "members"})
TABLES: Mapping[str, type[Record]] = {
    "organisations": Organisation,
    "activities": Activity,
    "ties": Tie,
    "areas": Area,
    "populations": Population,
    "enquiries": Enquiry,
    "targets": Target,
    "shares": Share,
}
_NOT_COLUMNS = frozenset({"at", "extra", "faulted", "groups", "suppressed"})


def columns(model: type[Record]) -> tuple[str, ...]:
    """Name a table's columns in the order people see them: what is required first."""
    names = [name for name in model.model_fields if name not in _NOT_COLUMNS]
    inherited = [name for name in names if name in Sensitive.model_fields]
    own = [name for name in names if name not in inherited]
    return (*own, *inherited)


def required(model: type[Record]) -> tuple[str, ...]:
    """Name the columns a row cannot do without."""
    return tuple(name for name, field in model.model_fields.items() if field.is_required())
