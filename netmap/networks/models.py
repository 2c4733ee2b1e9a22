"""The rows of a register, and what ``network.toml`` says.

One frozen model for each table; field names are the column names, field types say how a cell is
read (:mod:`netmap.networks.cells`), and bounds are checked as a row is made. Rows carry where they
stand, so that whatever is said of them later can name file and row.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from netmap.findings import Place
from netmap.networks.cells import (
    LOWER,
    NUMBER,
    ActivityId,
    AreaCode,
    AreaCodes,
    Day,
    Items,
    Latitude,
    Longitude,
    Number,
    OrganisationId,
    Postcode,
    Reference,
    Slug,
    Web,
    Whole,
    YesNo,
    many,
    one,
)
from netmap.privacy import Visibility
from netmap.workspace import Settings

MINORITY_ETHNIC = "bame"
WHITE = "white"
CENSUS_GROUPS = ("white", "asian", "black", "mixed", "other_ethnic")
EVERYWHERE = "*"


class Record(BaseModel):
    """What every row has.

    Attributes:
        at: Where it stands.
        extra: Its cells in unknown columns; shown to staff only.
        faulted: Columns emptied because their cell could not be understood.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    source: str | None = None
    confidence: Annotated[str | None, one("confidence")] = None
    notes: str | None = None
    at: Place = Place()
    extra: Mapping[str, str] = Field(default_factory=dict)
    faulted: frozenset[str] = frozenset()

    @property
    def illustrative(self) -> bool:
        """Tell whether the row is invented."""
        return self.confidence == "illustrative"

    @property
    def uncertain(self) -> bool:
        """Tell whether the row is inferred or approximate rather than stated."""
        return self.confidence in {"inferred", "approximate"}


class Located(Record):
    """A row that may have a point of its own, WGS 84 degrees."""

    latitude: Latitude = None
    longitude: Longitude = None

    @property
    def point(self) -> tuple[float, float] | None:
        """(longitude, latitude) in degrees, or None."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.longitude, self.latitude


class Sensitive(Located):
    """A row whose place and contacts may have to stay hidden."""

    postcode: Postcode = None
    website: Web = None
    email: str | None = None
    phone: str | None = None
    contact: Annotated[str | None, one("contact")] = None
    visibility: Annotated[str | None, one("visibility")] = None
    verified_on: Day = None
    consent_until: Day = None

    @property
    def hidden_as(self) -> Visibility:
        """How hidden the row asks to be; an unreadable wish is taken as the strictest."""
        if "visibility" in self.faulted:
            return Visibility.WITHHELD
        return Visibility(self.visibility or Visibility.PUBLIC)


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


class ReachSettings(Settings):
    """How far people can reasonably travel: straight-line kilometres times `detour`."""

    urban_km: float = Field(default=5, gt=0)
    rural_km: float = Field(default=15, gt=0)
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
