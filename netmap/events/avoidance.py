"""Days on which nothing, or better nothing, is held: holidays, observances, school holidays.

A wish is written ``bank_holidays:GB-ENG`` or ``observances:islamic``. Bank holidays are a hard
rule; observances and school holidays are wished for.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from netmap.events.models import Term
from netmap.events.observances import CALENDARS, Observance, observances
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.times import bank_holidays

BANK_HOLIDAYS = "bank_holidays"
OBSERVANCES = "observances"
NATIONS = ("GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS")


def known_wishes() -> tuple[str, ...]:
    """List everything that can be written under ``avoid``."""
    return (
        *(f"{BANK_HOLIDAYS}:{nation}" for nation in NATIONS),
        *(f"{OBSERVANCES}:{calendar}" for calendar in CALENDARS),
    )


def unknown_wishes(avoid: Iterable[str], shown: str) -> list[Finding]:
    """Report what is written under ``avoid`` and means nothing."""
    known = known_wishes()
    return [
        Finding(
            Level.WARNING,
            "unknown-observance",
            f"'{wish}' is not known, so nothing is avoided for it.",
            Place(shown, None, "when.avoid"),
            wish,
            did_you_mean(wish, known) or f"Known: {', '.join(known)}.",
        )
        for wish in avoid
        if wish not in known
    ]


def _named(avoid: Iterable[str], prefix: str) -> list[str]:
    known = known_wishes()
    return [wish.partition(":")[2] for wish in avoid if wish in known and wish.startswith(prefix)]


def bank_holiday(avoid: Iterable[str], day: date) -> str | None:
    """Name the bank holiday a day is in the nations to be avoided, or None."""
    for nation in _named(avoid, BANK_HOLIDAYS):
        name = bank_holidays(nation, day.year).get(day)
        if name:
            return f"{name} ({nation})"
    return None


def observed(avoid: Iterable[str], day: date) -> tuple[Observance, ...]:
    """List what the communities to be considered keep on a day."""
    return tuple(
        one
        for calendar in _named(avoid, OBSERVANCES)
        for one in observances(calendar, day.year)
        if one.day == day
    )


def years_without_dates(avoid: Iterable[str], first: date, last: date) -> list[tuple[str, int]]:
    """List the calendars and years for which no date is known."""
    years = range(first.year, last.year + 1)
    return [(c, y) for c in _named(avoid, OBSERVANCES) for y in years if not observances(c, y)]


def terms_for(terms: Sequence[Term], line: frozenset[str]) -> list[Term]:
    """Choose the terms that hold for areas: their own, else those that hold everywhere."""
    own = [term for term in terms if term.area and term.area in line]
    return own or [term for term in terms if not term.area]


def school_holiday(terms: Sequence[Term], day: date) -> bool | None:
    """Tell whether a day is between terms; None before the first and after the last."""
    if not terms:
        return None
    first = min(term.starts for term in terms if term.starts)
    last = max(term.ends for term in terms if term.ends)
    if not first <= day <= last:
        return None
    return not any(term.holds(day) for term in terms)
