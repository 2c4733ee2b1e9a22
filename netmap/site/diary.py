"""The events pages: a list by month with a small calendar, and months to hang on a wall."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from netmap.language import month
from netmap.site.atlas import Atlas, GapCard
from netmap.site.inputs import SessionView
from netmap.site.paths import anchor
from netmap.site.words import spaced

# An event longer than this is shown at its beginning only.
_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session as the page shows it, with the gaps it answers.

    Attributes:
        session: The session.
        theme: What it is about.
        place_page: The page of its area, or None.
        answers: The gaps it answers.
        spot: Where this date stands on the page.
        also: A further name of that spot, which the first date of a series has; or None.
    """

    session: SessionView
    theme: str
    place_page: str | None
    answers: tuple[GapCard, ...]
    spot: str
    also: str | None = None


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """One cell of a calendar: a day, or an empty cell; and how many sessions it has."""

    day: date | None
    sessions: int


@dataclass(frozen=True, slots=True)
class MonthView:
    """One month: its weeks from Monday, and its days that have sessions."""

    title: str
    spot: str
    weeks: tuple[tuple[DayOfMonth, ...], ...]
    days: tuple[tuple[date, tuple[SessionCard, ...]], ...]
    sessions: int


def months(cards: tuple[SessionCard, ...]) -> tuple[MonthView, ...]:
    """Put sessions into months, in order of time."""
    return tuple(
        _month(year, number, tuple(those))
        for (year, number), those in groupby(
            cards, key=lambda card: (card.session.starts.year, card.session.starts.month)
        )
    )


def _month(year: int, number: int, cards: tuple[SessionCard, ...]) -> MonthView:
    days = tuple(
        (day, tuple(those)) for day, those in groupby(cards, key=lambda c: c.session.starts.date())
    )
    held = {day: len(those) for day, those in days}
    weeks = tuple(
        tuple(
            DayOfMonth(day, held.get(day, 0)) if day.month == number else DayOfMonth(None, 0)
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    return MonthView(month(date(year, number, 1)), f"{year}-{number:02}", weeks, days, len(cards))


def session_cards(
    atlases: dict[str, Atlas], sessions: tuple[SessionView, ...]
) -> tuple[SessionCard, ...]:
    """Put together what is shown of each session, in the order given."""
    named: set[str] = set()
    cards = []
    for session in sessions:
        date_uid = session.date_uid or session.uid
        also = session.uid if date_uid != session.uid and session.uid not in named else None
        named.add(session.uid)
        cards.append(_card(atlases.get(session.network), session, date_uid, also))
    return tuple(cards)


def _card(
    atlas: Atlas | None, session: SessionView, date_uid: str, also: str | None
) -> SessionCard:
    return SessionCard(
        session,
        spaced(session.theme),
        atlas.page_of(session.area) if atlas else None,
        tuple(atlas.card[gap] for gap in session.closes if gap in atlas.card) if atlas else (),
        anchor(date_uid),
        anchor(also) if also else None,
    )


@dataclass(frozen=True, slots=True)
class WallDay:
    """One cell of a month on the wall: a day, or None for an empty cell, with what is on."""

    day: date | None
    cards: tuple[SessionCard, ...] = ()


@dataclass(frozen=True, slots=True)
class WallMonth:
    """One month on the wall.

    Attributes:
        title: As ``January 2027``.
        spot: As ``2027-01``.
        weeks: Its weeks from Monday.
        idle: The weekdays, from 0 for Monday, on which nothing is on all month.
    """

    title: str
    spot: str
    weeks: tuple[tuple[WallDay, ...], ...]
    idle: frozenset[int]


def wall_months(
    cards: tuple[SessionCard, ...], first: date, last: date | None
) -> tuple[WallMonth, ...]:
    """Lay out the months in which something is on; empty ones are left out.

    Args:
        cards: The sessions, soonest first.
        first: A day of the first month.
        last: The first day that is too far ahead; None for no end.
    """
    on: dict[date, list[SessionCard]] = {}
    for card in cards:
        for day in _days(card.session):
            if day >= first.replace(day=1) and (last is None or day < last):
                on.setdefault(day, []).append(card)
    months = sorted({(day.year, day.month) for day in on})
    return tuple(_wall_month(year, number, on) for year, number in months)


def _days(session: SessionView) -> list[date]:
    """List the days on which a session takes place; midnight ends the day before."""
    start, end = session.starts.date(), session.ends.date()
    if session.ends == datetime.combine(end, time.min) and end > start:
        end -= timedelta(days=1)
    days = (end - start).days + 1
    return [start + timedelta(days=n) for n in range(days if 1 <= days <= _MOST_DAYS else 1)]


def _wall_month(year: int, number: int, on: dict[date, list[SessionCard]]) -> WallMonth:
    weeks = tuple(
        tuple(
            WallDay(day, tuple(on.get(day, ()))) if day.month == number else WallDay(None)
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    busy = {cell.day.weekday() for week in weeks for cell in week if cell.day and cell.cards}
    title = month(date(year, number, 1))
    return WallMonth(title, f"{year}-{number:02}", weeks, frozenset(range(7)) - busy)
