"""How figures, days and states are put into words on a page.

What is unknown is "not recorded"; what is suppressed is ``*``; neither is ever nought.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup

from netmap.privacy import Audience, Protected, rule_in_words
from netmap.site.inputs import SessionView
from netmap.times import MONTHS, WEEKDAYS
from netmap.workspace import PrivacySettings

NOT_RECORDED: Final = "not recorded"
SEVERITIES: Final = {"high": "High", "medium": "Medium", "low": "Low", "info": "For information"}
SEVERITY_WORDS: Final = {
    "high": "To talk about first.",
    "medium": "Worth a conversation.",
    "low": "Worth knowing.",
    "info": "What is not known yet, and whom to ask. Nothing here says that something is missing.",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def shown(value: object) -> object:
    """Prepare whatever a template prints: no control characters, and words for the unknown."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub(" ", value)
    return value


def number(value: float | Protected) -> str:
    """Write a count: thousands apart, ``*`` where suppressed."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def rate(value: float | None) -> str:
    """Write a rate or share to one decimal."""
    return NOT_RECORDED if value is None else f"{value:,.1f}"


def percent(value: float | None) -> str:
    """Write a percentage, without a needless decimal."""
    if value is None:
        return NOT_RECORDED
    return f"{value:.0f}%" if float(value).is_integer() else f"{value:.1f}%"


def day(value: date | None) -> str:
    """Write a day, as ``22 November 2026``."""
    if value is None:
        return NOT_RECORDED
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Write a day with its weekday, as ``Sunday 22 November``."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """Write a month, as ``November 2026``."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def span(starts: datetime, ends: datetime) -> str:
    """Write the hours of a session, as ``10:00 to 13:00``."""
    last = f"{ends:%H:%M}" if ends.date() == starts.date() else f"{ends:%H:%M} on {day(ends)}"
    return f"{starts:%H:%M} to {last}"


def hours(session: SessionView) -> str:
    """Write the hours of a session, or of one that lasts whole days its last day."""
    if not session.all_day:
        return span(session.starts, session.ends)
    last = (session.ends - timedelta(microseconds=1)).date()
    return f"all day, to {day(last)}" if last > session.starts.date() else "all day"


def counted(how_many: int, one: str, many: str = "") -> str:
    """Write a count with its noun, as ``1 gap`` or ``2 gaps``."""
    return f"{number(how_many)} {one if how_many == 1 else many or f'{one}s'}"


def spaced(code: str) -> str:
    """Write a code as words, as ``Community open only``."""
    words = re.sub(r"[-_]+", " ", code).strip()
    return words[:1].upper() + words[1:]


def without_end(place: str, area: str) -> str:
    """Leave an area's name away from the end of a place's, where it is said once more beside it."""
    return place.removesuffix(area).rstrip(" ,") if area else place


def small_numbers(audience: Audience, privacy: PrivacySettings) -> str:
    """Say how counts of people are protected, for under a table."""
    if audience is Audience.STAFF:
        return "Counts of people are exact, for staff only: protect them before they are shared."
    return rule_in_words(suppress_at_most=privacy.suppress_at_most, round_to=privacy.round_to)
