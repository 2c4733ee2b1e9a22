"""From the events of a calendar to their dates: series, what they leave out, what was moved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from netmap.events.foreign.entries import Entry, periods_of
from netmap.events.foreign.moments import Moment, in_utc
from netmap.events.foreign.noticed import Noticed
from netmap.events.foreign.parts import Part
from netmap.events.foreign.series import MOST_DATES, Budget, RuleRefusedError, follow
from netmap.events.foreign.timezones import Zones
from netmap.events.foreign.values import ForeignDate
from netmap.times import Span

_AROUND = timedelta(days=2)
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001  # local times are naive


class Following:
    """Following the series of one calendar within a window."""

    def __init__(self, zones: Zones, zone: ZoneInfo, window: Span, noticed: Noticed) -> None:
        self.zones, self.zone, self.window, self.noticed = zones, zone, window, noticed
        self.budget = Budget()

    def dates_of(self, series: Entry | None, changes: list[Entry]) -> list[ForeignDate]:
        """List the dates of an event and of its changed dates that touch the window."""
        onwards = sorted((one for one in changes if one.onwards), key=_replaced)
        single = {_identity(one.replaces): one for one in changes if not one.onwards}
        found: list[ForeignDate] = []
        met: set[tuple[datetime, bool]] = set()
        for at, length in self._starts(series) if series else ():
            matching = [key for key in ((at.key, at.day), (_midnight(at), True)) if key in single]
            met.update(matching)
            if not matching and series is not None:
                found += self._one(*_moved(series, at, length, onwards), original=at.key)
        for one in onwards:
            message = "it changes this date of its series and all later ones; they were moved."
            self.noticed.repair("this-and-future", message, one.line, value=one.shown or None)
            if series is None:
                found += self._one(one, one.start, one.length, original=one.start.key)
        for key, one in single.items():
            if series is not None and key not in met and self._within(one.replaces):
                message = (
                    "it changes a date that its series does not have; it was taken as one more."
                )
                self.noticed.repair("no-such-date", message, one.line, value=one.shown or None)
            found += self._one(one, one.start, one.length, original=key[0])
        if not found:
            whole = series or changes[0]
            message = f"{whole.name} has no date in the time that is looked at."
            self.noticed.leave("outside-the-time", message, whole.line, value=whole.shown or None)
        return found

    def busy_times(self, part: Part) -> list[ForeignDate]:
        """List the busy times of a free/busy calendar that touch the window."""
        found = []
        for at, length in periods_of(part, self.zones, self.noticed):
            span = self._span(at, length)
            if span.overlaps(self.window):
                key = f"busy/{at.key.isoformat()}"
                found.append(ForeignDate(key, "", part.number, part.line, span, free_busy=True))
        return found

    def _one(
        self, entry: Entry, at: Moment, length: timedelta, *, original: datetime
    ) -> list[ForeignDate]:
        span = self._span(at, length)
        if not span.overlaps(self.window):
            return []
        repeating = bool(entry.rules or entry.extra or entry.replaces)
        key = f"{entry.uid}/{original.isoformat()}" if repeating else entry.uid
        return [
            ForeignDate(
                key=key,
                uid=entry.shown,
                number=entry.number,
                line=entry.line,
                span=span,
                day=at.day,
                status=entry.status,
                busy=not entry.free and entry.status != "cancelled",
                private=entry.private,
                title=entry.title,
                place=entry.place,
                categories=entry.categories,
            )
        ]

    def _span(self, at: Moment, length: timedelta) -> Span:
        """Turn a start and a length by the clock on the wall into local times here."""
        if at.day:
            return Span(at.local, at.local + length)
        starts, ends = (
            in_utc(local, at.zone).replace(tzinfo=ZoneInfo("UTC")).astimezone(self.zone)
            for local in (at.local, at.local + length)
        )
        first, last = starts.replace(tzinfo=None), ends.replace(tzinfo=None)
        # In the hour that the clocks repeat, an end may seem to come before its start.
        return Span(first, last if last > first else first + length)

    def _within(self, at: Moment | None) -> bool:
        return at is not None and self._span(at, timedelta(hours=1)).overlaps(self.window)

    def _starts(self, series: Entry) -> list[tuple[Moment, timedelta]]:
        """List the starts of a series, those that do not take place left out."""
        start = self._on_the_wall(series)
        found = {start.key: (start, series.length)}
        for line in series.rules:
            for at in self._followed(series, start, line.value, line.number):
                found.setdefault(at.key, (at, series.length))
        for at, length in series.extra:
            found[at.key] = (at, length or series.length)
        gone = {at.key for at in series.except_}
        for line in series.less:
            gone |= {at.key for at in self._followed(series, start, line.value, line.number)}
        days = {at.local for at in series.except_ if at.day}
        return [
            (at, length)
            for key, (at, length) in sorted(found.items())
            if key not in gone and _midnight(at) not in days
        ]

    def _on_the_wall(self, series: Entry) -> Moment:
        """Let a series that is given in UTC keep to the clock of the calendar's own zone."""
        start = series.start
        if not (start.is_utc and series.rules):
            return start
        own = self.zones.own
        if own is None:
            message = "the series is given in UTC: its local hour moves when the clocks change."
            self.noticed.repair("series-in-utc", message, series.line, look=True)
            return start
        message = (
            f"the series is given in UTC; it was followed by the clock of {self.zones.named(own)}."
        )
        self.noticed.repair("series-in-utc", message, series.line)
        return start.seen_from(own)

    def _followed(self, series: Entry, start: Moment, rule: str, line: int) -> Iterator[Moment]:
        """Follow one rule, and say what of it was not."""
        around = max(_AROUND, series.length + timedelta(days=1))
        window = Span(self.window.starts - around, self.window.ends + around)
        try:
            followed = follow(rule, start.local, start.zone, window, self.budget, day=start.day)
        except RuleRefusedError as why:
            message = (
                f"how {series.name} repeats was not followed, because {why}; "
                "only its first date was taken."
            )
            self.noticed.repair("rule-not-followed", message, line, "RRULE", look=True)
            return
        if followed.mended:
            code, message = followed.mended
            self.noticed.repair(code, message, line, "RRULE")
        if followed.cut:
            message = (
                f"{series.name} has more than {MOST_DATES:,} dates; the later ones were not taken."
            )
            self.noticed.repair("too-many-dates", message, line, "RRULE", look=True)
        for local in followed.starts:
            yield replace(start, local=local)


def _replaced(entry: Entry) -> datetime:
    return entry.replaces.key if entry.replaces else entry.start.key


def _identity(at: Moment | None) -> tuple[datetime, bool]:
    """Say which date of a series is meant, and whether by its day alone."""
    return (at.key, at.day) if at else (_NEVER, False)


def _midnight(at: Moment) -> datetime:
    return at.local.replace(hour=0, minute=0, second=0)


def _moved(
    series: Entry, at: Moment, length: timedelta, onwards: list[Entry]
) -> tuple[Entry, Moment, timedelta]:
    """Give a date as the last change that reaches it leaves it."""
    reaching = [one for one in onwards if one.replaces and one.replaces.key <= at.key]
    if not reaching:
        return series, at, length
    last = reaching[-1]
    if last.replaces is None:
        return series, at, length
    by = last.start.seen_from(at.zone).local - last.replaces.seen_from(at.zone).local
    # It stays a date of its series, and keeps the key of one.
    return replace(last, uid=series.uid), replace(at, local=at.local + by), last.length
