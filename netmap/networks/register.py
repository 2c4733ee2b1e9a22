"""One network's register: its rows, resolved, and where each thing stands.

A register is a value. Reading makes one (:mod:`netmap.networks.reading`), redaction makes a poorer
one for an audience (:mod:`netmap.networks.redaction`), everything else only looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from netmap.networks.areas import Areas
from netmap.networks.duplicates.decisions import Decisions
from netmap.networks.models import (
    Activity,
    Enquiry,
    NetworkSettings,
    Organisation,
    Population,
    Share,
    Target,
    Tie,
)
from netmap.networks.travel_times import TravelTimes
from netmap.privacy import Audience, Visibility
from netmap.workspace import PrivacySettings

if TYPE_CHECKING:
    import geopandas as gpd

Point = tuple[float, float]
# A point that stands for all postcodes with one first half.
OUTCODE = "outcode"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Withheld provision, known to an audience only as "something" in the area at the top.

    ``count`` is nought where it would be the only contributor to that area's total.
    """

    area: str
    communities: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Register:
    """The tables of one network, as one audience may see them.

    Attributes:
        name: The network's folder.
        settings: What ``network.toml`` says.
        as_of: The day of the run.
        audience: Who may see this register.
        boundaries: One geometry for each area that has one, indexed by code, WGS 84; or None.
        hidden: What was withheld from this audience.
        set_aside: How many rows of each table could not be used.
        protection: How counts of people were protected, in a sentence; empty for staff.
        privacy: The limits they were protected by; None for staff.
        worked_out: The cells of a row, by table and id, that stand in no file but were worked
            out on reading, and from what: ``{"latitude": "postcode", "area": "boundary"}``; never
            of rows or cells this register does not hold.
        travel: How long people travel from areas to activities; never to activities this register
            does not hold, nor to those of which it may tell the area alone. None where nobody
            supplied it.
        decided: What people decided of rows that may be one; of no use to others than staff.
    """

    name: str
    settings: NetworkSettings
    as_of: date
    audience: Audience = Audience.STAFF
    organisations: tuple[Organisation, ...] = ()
    activities: tuple[Activity, ...] = ()
    ties: tuple[Tie, ...] = ()
    areas: Areas = field(default_factory=lambda: Areas(()))
    populations: tuple[Population, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    targets: tuple[Target, ...] = ()
    shares: tuple[Share, ...] = ()
    boundaries: "gpd.GeoDataFrame | None" = None
    hidden: tuple[Hidden, ...] = ()
    set_aside: Mapping[str, int] = field(default_factory=dict)
    protection: str = ""
    privacy: PrivacySettings | None = None
    worked_out: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    travel: TravelTimes | None = None
    decided: Decisions = field(default_factory=Decisions)

    def __post_init__(self) -> None:
        """Forget what was worked out for rows and cells that an audience does not get."""
        if self.worked_out:
            rows: dict[tuple[str, str], Activity | Organisation] = {
                **{("organisations", one.id): one for one in self.organisations},
                **{("activities", one.id): one for one in self.activities},
            }
            held = {
                key: {name: how for name, how in cells.items() if _has(rows[key], name)}
                for key, cells in self.worked_out.items()
                if key in rows
            }
            object.__setattr__(self, "worked_out", held)
        if self.travel is not None:
            # From the times of many areas one could tell where it is.
            open_ = {one.id for one in self.activities if not self.veiled(one)}
            object.__setattr__(self, "travel", self.travel.of(open_))

    @property
    def title(self) -> str:
        """The network's title, its folder's name where it has none."""
        return self.settings.title or self.name

    @property
    def day(self) -> date:
        """The day this register describes: the earlier of its own and the run's."""
        return min(self.settings.as_of or self.as_of, self.as_of)

    @cached_property
    def organisation(self) -> Mapping[str, Organisation]:
        """Organisations by id."""
        return {one.id: one for one in self.organisations}

    @cached_property
    def activity(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return {one.id: one for one in self.activities}

    @cached_property
    def population(self) -> Mapping[str, Population]:
        """Population rows by area code."""
        return {one.area: one for one in self.populations}

    @cached_property
    def provision(self) -> tuple[Activity, ...]:
        """The current activities that are offered to people, networks and meetings apart."""
        return tuple(a for a in self.activities if a.current and not a.is_network)

    @cached_property
    def networks(self) -> tuple[Activity, ...]:
        """The current networks, alliances and meetings of organisations."""
        return tuple(a for a in self.activities if a.current and a.is_network)

    @cached_property
    def current_ties(self) -> tuple[Tie, ...]:
        """The ties that have not ended by the day this register describes."""
        return tuple(t for t in self.ties if t.until is None or t.until >= self.day)

    def surveyed(self, *what: str) -> bool:
        """Tell whether the register set out to list any of these in full."""
        return bool(set(what) & set(self.settings.surveyed))

    def with_role(self, role: str) -> tuple[Organisation, ...]:
        """List the organisations with a role."""
        return tuple(one for one in self.organisations if role in one.roles)

    def area_of(self, activity: Activity) -> str | None:
        """Find the area an activity is in: its own, else its organisation's."""
        if activity.area:
            return activity.area
        organisation = self.organisation.get(activity.organisation or "")
        return organisation.area if organisation else None

    def point_of(self, one: Activity | Organisation) -> Point | None:
        """Find where something is, (longitude, latitude) in degrees WGS 84.

        An activity stands at its own point, else at its area's, else where its organisation is;
        an aggregate, and for the public what is ``area_only``, always at its area's point.
        """
        if isinstance(one, Organisation):
            return one.point or self._area_point(one.area)
        if one.aggregate or self.veiled(one):
            return self._area_point(self.area_of(one))
        organisation = self.organisation.get(one.organisation or "")
        return (
            one.point
            or self._area_point(one.area)
            or (self.point_of(organisation) if organisation else None)
        )

    def veiled(self, one: Activity | Organisation) -> bool:
        """Tell whether this audience may know no more of a row's place than its area."""
        organisation = None if isinstance(one, Organisation) else one.organisation
        rows = (one, self.organisation.get(organisation or ""))
        hidden = any(row is not None and row.hidden_as is not Visibility.PUBLIC for row in rows)
        return self.audience is Audience.PUBLIC and hidden

    def point_in_files(self, one: Activity | Organisation) -> Point | None:
        """Find the point that files for others may give something, as :meth:`point_of`.

        What an audience may know by its area alone has none: in a file, the area's centre would
        be taken for its address.
        """
        return None if self.veiled(one) else self.point_of(one)

    def _area_point(self, code: str | None) -> Point | None:
        return self.areas[code].point if code and code in self.areas else None

    def approximate(self, one: Activity | Organisation) -> bool:
        """Tell whether something is drawn at a point that stands for an area, not at its own."""
        table = "organisations" if isinstance(one, Organisation) else "activities"
        from_outcode = self.worked_out.get((table, one.id), {}).get("latitude") == OUTCODE
        return (
            one.point is None or from_outcode or one.confidence in {"approximate", "illustrative"}
        )


def _has(row: Activity | Organisation, column: str) -> bool:
    return getattr(row, column) is not None
