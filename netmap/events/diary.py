"""Who and what is taken when: the hard rules about time and place.

A :class:`Diary` is filled while a schedule grows; it is the one thing here that changes.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from netmap.events.avoidance import bank_holiday
from netmap.events.models import Session, Venue
from netmap.events.openings import WEEKDAYS, in_words
from netmap.events.programme import Programme
from netmap.events.recurrence import expand, parse_rule
from netmap.times import Span, days, in_clock_change

Taken = dict[str, list[tuple[Span, str]]]


def spans_of(session: Session, first: date, last: date, zone: str) -> list[Span]:
    """List the times of a session, one for each date it repeats on between two days."""
    rule = parse_rule(session.repeats) if session.repeats else None
    if rule is None:
        return [session.span]
    length = session.span.ends - session.span.starts
    window = (datetime.combine(first, time.min), datetime.combine(last, time.max))
    return [
        Span(start, start + length)
        for start in expand(rule, session.starts, zone, window)
        if start.date() not in session.excepted
    ]


class Diary:
    """The times that hubs and venues are taken, and the days that can be used at all."""

    def __init__(self, programme: Programme, day: date) -> None:
        """Begin with no session entered.

        Args:
            programme: What is to be held, and when.
            day: Today; only later days can be used.
        """
        self.programme, self.today = programme, day
        self.settings = programme.settings
        self.days = [
            d
            for d in days(max(self.settings.starts, day + timedelta(days=1)), self.settings.ends)
            if self.closed(d) is None
        ]
        self._hubs: Taken = defaultdict(list)
        self._venues: Taken = defaultdict(list)

    def closed(self, day: date) -> str | None:
        """Say why nothing can be held on a day, or None."""
        when = self.settings.when
        if not self.settings.starts <= day <= self.settings.ends:
            return "it is outside the programme's dates"
        if WEEKDAYS[day.weekday()] not in when.weekdays:
            return f"it is a {in_words([day.weekday()])}"
        holiday = bank_holiday(when.avoid, day)
        return f"it is a bank holiday, {holiday}" if holiday else None

    def enter(self, session: Session) -> None:
        """Note that a session takes its hub's and its venue's time."""
        for span in self._spans(session):
            self._hubs[session.hub or ""].append((span, session.uid))
            if session.venue:
                self._venues[session.venue].append((span, session.uid))

    def strike(self, session: Session) -> None:
        """Take a session out again."""
        for taken in (self._hubs[session.hub or ""], self._venues[session.venue or ""]):
            taken[:] = [entry for entry in taken if entry[1] != session.uid]

    def _spans(self, session: Session) -> list[Span]:
        zone = self.programme.zone_of(session)
        return spans_of(session, self.settings.starts, self.settings.ends, zone)

    def broken(self, session: Session) -> str | None:
        """Say which hard rule a session breaks beside those entered, or None."""
        span, when = session.span, self.settings.when
        reason = self.closed(span.starts.date())
        if reason:
            return reason
        if span.starts.time() < when.earliest or _late(span, when.latest):
            return f"it is outside the hours {when.earliest:%H:%M} to {when.latest:%H:%M}"
        if in_clock_change(span.starts, self.programme.zone_of(session)):
            return "the clocks change in that hour"
        venue = self.programme.venue_of(session)
        if venue and not open_for(venue, span):
            return f"{venue.name} is not available then"
        for busy in self.programme.busy:
            if busy.hub in {None, session.hub} and busy.span.overlaps(span):
                return f"the calendar {busy.source} is busy then"
        return self.clash(session)

    def clash(self, session: Session) -> str | None:
        """Say whose time a session would take twice, or None."""
        for where, whose in (
            (self._hubs, session.hub or ""),
            (self._venues, session.venue or None),
        ):
            for span, uid in where.get(whose, ()) if whose is not None else ():
                if uid != session.uid and span.overlaps(session.span):
                    what = "the hub" if where is self._hubs else "the venue"
                    return f"{what} is taken by another session then"
        return None


def open_for(venue: Venue, span: Span) -> bool:
    """Tell whether a venue is available for the whole of a time."""
    day = span.starts.date()
    if span.ends.date() != day:
        return not venue.available and "available" not in venue.faulted
    return any(
        opens <= span.starts.time() and span.ends.time() <= closes
        for opens, closes in hours_of(venue, day)
    )


def hours_of(venue: Venue | None, day: date) -> list[tuple[time, time]]:
    """List when a venue can be had on a day; the whole day where nothing is said of it."""
    if venue is None:
        return [(time.min, time.max)]
    if "available" in venue.faulted:
        # It does say something about when; not knowing what, nobody should stand before the door.
        return []
    if not venue.available:
        return [(time.min, time.max)]
    hours = [(o.opens, o.closes) for o in venue.available if o.weekday == day.weekday()]
    return sorted(hours)


def _late(span: Span, latest: time) -> bool:
    return span.ends > datetime.combine(span.starts.date(), latest)
