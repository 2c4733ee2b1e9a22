"""What is wished for of a day and a place, and what it costs to go without.

Costs have one unit: a week away from the day that would spread the events evenly costs 1.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from netmap.events.avoidance import observed, school_holiday, terms_for
from netmap.events.models import Session, Venue
from netmap.events.programme import Programme
from netmap.events.resolving import hubs_of
from netmap.events.wanted import Wanted
from netmap.networks.register import Register
from netmap.places import RURAL_CLASSES

SCHOOL_HOLIDAY, OBSERVANCE, SAME_DAY, SAME_WEEK = 8.0, 5.0, 40.0, 3.0
PARTNER_DAY, CROWDED_DAY = 2.0, 0.1
SAME_TOWN, OFTEN_THERE, OFTEN_IN, NOT_RURAL = 3.0, 0.5, 0.1, 4.0
_WEEK = 7


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
            cost += OBSERVANCE * len(observed(self.programme.settings.when.avoid, day))
            self._known_days[key] = cost
        return self._known_days[key]

    @cached_property
    def _known_days(self) -> dict[tuple[str, date], float]:
        return {}

    def town(self, venue: Venue | None) -> str | None:
        """What counts as one town: for the whole network, the area at the top."""
        if venue is None or venue.area is None:
            return None
        whole = self.programme.settings.held_for == "network"
        return self.register.areas.top_of(venue.area) if whole else venue.area


def against_date(
    wishes: Wishes, one: Wanted, day: date, own: Mapping[date, int], others: Iterable[str]
) -> float:
    """Say what it costs to hold an event on a day.

    Args:
        wishes: What is wished for.
        one: The event.
        day: The day.
        own: How many sessions the hub has on which days, this one left out.
        others: The hubs that meet on that day.
    """
    cost = abs((day - one.ideal).days) / _WEEK + wishes.against_day(one.hub, day)
    nearest = min((abs((day - other).days) for other in own), default=_WEEK)
    if nearest < _WEEK:
        cost += SAME_DAY if nearest == 0 else SAME_WEEK
    mine = wishes.partners.get(one.hub or "", frozenset())
    for other in others:
        cost += CROWDED_DAY
        if mine & wishes.partners.get(other, frozenset()):
            cost += PARTNER_DAY
    return cost


def against_venue(
    wishes: Wishes, one: Wanted, venue: Venue | None, day: date, own: Sequence[Session]
) -> float:
    """Say what it costs to hold an event at a venue, given the hub's other sessions."""
    if venue is None:
        return 0.0
    cost = NOT_RURAL if one.rural and not wishes.is_rural(venue) else 0.0
    known = wishes.programme.venue
    held = sorted(
        ((s.starts.date(), known[s.venue]) for s in own if s.venue and s.venue in known),
        key=lambda pair: (pair[0], pair[1].id),
    )
    cost += OFTEN_IN * Counter(v.id for _, v in held)[venue.id]
    if not wishes.programme.settings.where.rotate:
        return cost
    town = wishes.town(venue)
    cost += OFTEN_THERE * sum(wishes.town(v) == town for _, v in held)
    before = [v for d, v in held if d <= day][-1:]
    after = [v for d, v in held if d > day][:1]
    return cost + SAME_TOWN * sum(wishes.town(v) == town for v in (*before, *after))
