"""What is wished for of a day and a place, and what it costs to go without.

Costs have one unit: a week away from the day that would spread the events evenly costs 1. What
speaks against a time or a venue alone is here; what speaks against several together is in
:mod:`netmap.events.placing.board`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from netmap.events.avoidance import observed, school_holiday, terms_for
from netmap.events.invited import Invited, invited_to, kilometres
from netmap.events.models import Venue
from netmap.events.programme import Programme
from netmap.events.resolving import hubs_of
from netmap.networks.register import Register
from netmap.places import RURAL_CLASSES
from netmap.times import Span

SCHOOL_HOLIDAY, OBSERVANCE = 8.0, 5.0
# Where all groups invited meet at that time, or on that day.
CLASH, GROUP_DAY = 10.0, 3.0
NO_STEPS, NO_LOOP, NO_BUS, SIZE_UNKNOWN = 3.0, 1.0, 2.0, 0.5
# So much of it where nobody wrote down whether there is any.
_UNKNOWN = 0.4
_SIX = 18
# For every so many kilometres on average, and for the group that has farthest to come.
KM, FARTHEST_KM, MOST_TRAVEL = 15.0, 40.0, 4.0


@dataclass(frozen=True)
class Wishes:
    """What the programme and its register wish for."""

    programme: Programme
    register: Register

    @cached_property
    def hubs(self) -> tuple[str, ...]:
        """The hubs the programme is for."""
        return hubs_of(self.programme, self.register)

    @cached_property
    def partners(self) -> Mapping[str, frozenset[str]]:
        """The strategic partners of each hub."""
        found: dict[str, set[str]] = {}
        for tie in self.register.ties:
            if tie.kind == "affiliated_to":
                found.setdefault(tie.source_organisation, set()).add(tie.target_organisation)
        return {hub: frozenset(partners) for hub, partners in found.items()}

    @cached_property
    def _lines(self) -> Mapping[str, frozenset[str]]:
        areas = self.programme.ground.hub_areas
        return {hub: self.register.areas.line(area) for hub, area in areas.items()}

    def line(self, hub: str | None) -> frozenset[str]:
        """The areas a hub can meet in: its own, all above and all below."""
        return self._lines.get(hub or "", frozenset())

    def venues(self, hub: str | None) -> tuple[Venue, ...]:
        """The venues a hub can use; all of them for the whole network."""
        if hub is None:
            return self.programme.venues
        line = self.line(hub)
        return tuple(venue for venue in self.programme.venues if venue.area in line)

    @cached_property
    def _invited(self) -> dict[str | None, Invited]:
        return {}

    def invited(self, hub: str | None) -> Invited:
        """The groups that are invited to what a hub holds."""
        if hub not in self._invited:
            hubs = self.hubs if hub is None else (hub,)
            settings = self.programme.settings
            window = settings.starts, settings.ends
            self._invited[hub] = invited_to(self.register, hubs, window, settings.time_zone)
        return self._invited[hub]

    def is_rural(self, venue: Venue | None) -> bool | None:
        """Tell whether a venue is in an area of rural class; None where the class is not known."""
        if venue is None or venue.area is None or venue.area not in self.register.areas:
            return None
        known = self.register.areas[venue.area].rural_urban
        return None if known is None else known in RURAL_CLASSES

    def on_holiday(self, hub: str | None, day: date) -> bool:
        """Tell whether the schools around a hub are known to be on holiday."""
        return bool(school_holiday(terms_for(self.programme.terms, self.line(hub)), day))

    def against_day(self, hub: str | None, day: date) -> float:
        """Add up what speaks against a day for a hub, whatever else is planned."""
        key = hub or "", day
        if key not in self._known_days:
            cost = SCHOOL_HOLIDAY if self.on_holiday(hub, day) else 0.0
            if day not in self._observances:
                avoid = self.programme.settings.when.avoid
                self._observances[day] = OBSERVANCE * len(observed(avoid, day))
            cost += self._observances[day]
            self._known_days[key] = cost
        return self._known_days[key]

    @cached_property
    def _observances(self) -> dict[date, float]:
        return {}

    @cached_property
    def _known_days(self) -> dict[tuple[str, date], float]:
        return {}

    def against_times(self, hub: str | None, spans: Iterable[Span]) -> list[float]:
        """Add up what speaks against times: the day, and the groups who meet then or that day."""
        invited, found = self.invited(hub), []
        for span in spans:
            day = span.starts.date()
            cost = self.against_day(hub, day)
            if day in invited.meetings:
                then, that_day = invited.busy(span)
                cost += (CLASH * len(then) + GROUP_DAY * len(that_day)) / len(invited.groups)
            found.append(cost)
        return found

    def against_venue(self, hub: str | None, venue: Venue | None, people: int | None) -> float:
        """Add up what speaks against a venue: steps, no loop, no bus, unknown size, long ways."""
        if venue is None:
            return 0.0
        cost = _lacking(venue.step_free, NO_STEPS) + _lacking(venue.hearing_loop, NO_LOOP)
        cost += _lacking(venue.public_transport, NO_BUS)
        if people is not None and venue.capacity is None:
            cost += SIZE_UNKNOWN
        km = self.travel(hub, venue)
        if km:
            cost += min(sum(km) / len(km) / KM + max(km) / FARTHEST_KM, MOST_TRAVEL)
        return cost

    def travel(self, hub: str | None, venue: Venue) -> tuple[float, ...]:
        """Measure how far each group invited has to come, in kilometres by the straight line."""
        if hub not in self._travel:
            placed = [one for one in self.venues(hub) if one.point]
            km = kilometres([one.point for one in placed], self.invited(hub).points)
            self._travel[hub] = {one.id: tuple(row) for one, row in zip(placed, km, strict=True)}
        return self._travel[hub].get(venue.id, ())

    @cached_property
    def _travel(self) -> dict[str | None, dict[str, tuple[float, ...]]]:
        return {}

    def town(self, venue: Venue | None) -> str | None:
        """What counts as one town: for the whole network, the area at the top."""
        if venue is None or venue.area is None:
            return None
        whole = self.programme.settings.held_for == "network"
        return self.register.areas.top_of(venue.area) if whole else venue.area


def _lacking(known: bool | None, cost: float) -> float:  # noqa: FBT001  # a cell: yes, no, unknown
    if known:
        return 0.0
    return cost if known is False else cost * _UNKNOWN


def in_evening(span: Span) -> bool:
    """Tell whether people who work until five can come to a good part of it."""
    return span.ends >= span.starts.replace(hour=_SIX, minute=0, second=0)
