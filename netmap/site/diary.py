"""The events page: a list by month, a calendar for each month, and how to subscribe."""

import calendar
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from netmap.site.atlas import Atlas, GapCard
from netmap.site.inputs import FeedView, SessionView, SiteInput
from netmap.site.words import month, spaced

FEED_KINDS = {
    "programme": "Everything in a programme",
    "hub": "One hub",
    "area": "One area",
    "kind": "One kind of event",
    "community": "One community",
    "activities": "Regular activities",
}


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session as the page shows it, with the gaps it answers."""

    session: SessionView
    theme: str
    place_page: str | None
    answers: tuple[GapCard, ...]


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


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed and how to reach it; the addresses are None where the site has none yet."""

    feed: FeedView
    webcal: str | None
    web: str | None


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
    return tuple(_card(atlases.get(session.network), session) for session in sessions)


def _card(atlas: Atlas | None, session: SessionView) -> SessionCard:
    if atlas is None:
        return SessionCard(session, spaced(session.theme), None, ())
    answers = tuple(atlas.card[gap] for gap in session.closes if gap in atlas.card)
    return SessionCard(session, spaced(session.theme), atlas.page_of(session.area), answers)


def feed_links(site: SiteInput) -> tuple[tuple[str, tuple[FeedLink, ...]], ...]:
    """Group the feeds by what they gather, widest first, each with its addresses."""
    base = site.settings.base_url
    found = []
    for kind, title in FEED_KINDS.items():
        those = sorted((f for f in site.feeds if f.kind == kind), key=lambda f: (f.title, f.path))
        if those:
            found.append((title, tuple(_link(base, feed) for feed in those)))
    return tuple(found)


def _link(base: str | None, feed: FeedView) -> FeedLink:
    if base is None:
        return FeedLink(feed, None, None)
    web = f"{base.rstrip('/')}/{feed.path}"
    # webcal says "subscribe, do not import"; webcals is not understood by phones.
    return FeedLink(feed, f"webcal://{web.partition('://')[2]}", web)
