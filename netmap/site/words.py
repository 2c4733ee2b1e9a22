"""How figures, days and states are put into words on a page.

What is unknown is "not recorded"; what is suppressed is ``*``; neither is ever nought.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup

from netmap import language
from netmap.language import N_, _
from netmap.privacy import Audience, Protected, rule_in_words
from netmap.site.inputs import SessionView
from netmap.workspace import PrivacySettings

SEVERITIES: Final = {
    "high": N_("High"),
    "medium": N_("Medium"),
    "low": N_("Low"),
    "info": N_("For information"),
}
SEVERITY_WORDS: Final = {
    "high": N_("To talk about first."),
    "medium": N_("Worth a conversation."),
    "low": N_("Worth knowing."),
    "info": N_(
        "What is not known yet, and whom to ask. Nothing here says that something is missing."
    ),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def not_recorded() -> str:
    """Say that something is unknown."""
    return _("not recorded")


def shown(value: object) -> object:
    """Prepare whatever a template prints: no control characters, and words for the unknown."""
    if value is None:
        return not_recorded()
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub(" ", value)
    return value


def number(value: float | Protected) -> str:
    """Write a count: thousands apart, ``*`` where suppressed."""
    if value is None:
        return not_recorded()
    if isinstance(value, str):
        return value
    return language.number(value)


def rate(value: float | None) -> str:
    """Write a rate or share to one decimal."""
    return not_recorded() if value is None else language.number(value, 1)


def percent(value: float | None) -> str:
    """Write a percentage, without a needless decimal."""
    if value is None:
        return not_recorded()
    return _("%(number)s%%", number=language.number(value, 0 if float(value).is_integer() else 1))


def day(value: date | None) -> str:
    """Write a day, as ``22 November 2026``."""
    return not_recorded() if value is None else language.day(value)


def span(starts: datetime, ends: datetime) -> str:
    """Write the hours of a session, as ``10:00 to 13:00``."""
    first, last = f"{starts:%H:%M}", f"{ends:%H:%M}"
    if ends.date() == starts.date():
        return _("%(starts)s to %(ends)s", starts=first, ends=last)
    return _("%(starts)s to %(ends)s on %(day)s", starts=first, ends=last, day=day(ends))


def hours(session: SessionView) -> str:
    """Write the hours of a session, or of one that lasts whole days its last day."""
    if not session.all_day:
        return span(session.starts, session.ends)
    last = (session.ends - timedelta(microseconds=1)).date()
    if last > session.starts.date():
        return _("all day, to %(day)s", day=day(last))
    return _("all day")


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
        return _("Counts of people are exact, for staff only: protect them before they are shared.")
    return rule_in_words(suppress_at_most=privacy.suppress_at_most, round_to=privacy.round_to)
