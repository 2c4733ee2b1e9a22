"""Programmes, recurrence, venues, the schedule, the feeds, and what subscribers were told.

Read a programme with :func:`read_programme`, tie it to its register with :func:`resolved`, put it
on days with :func:`plan`, look at it with :func:`check`, and write its calendars with
:func:`feeds`. Where it is drawn is for :mod:`netmap.maps` and :mod:`netmap.site`; which gaps a
session answers is for :mod:`netmap.gaps`, which is handed :func:`facts`. Nothing here writes a file
or looks at a clock.
"""

from netmap.events.answering import check_answers
from netmap.events.busy import Busy, content_of, matched_by, whose, window_of
from netmap.events.checking import check
from netmap.events.clean import busy_calendar, joined
from netmap.events.dates import feed_path, feed_window, network_feed_path
from netmap.events.foreign import Foreign, read_calendar
from netmap.events.keeping import Kept
from netmap.events.meetings import check_schedules, parse_schedule
from netmap.events.models import Session, Term, Venue
from netmap.events.programme import Programme
from netmap.events.publishing import (
    check_feeds,
    feed,
    feeds,
    read_all_told,
    record_of,
    records,
)
from netmap.events.reading import read_programme
from netmap.events.redaction import for_audience
from netmap.events.resolving import hub_called, hubs_of, resolved
from netmap.events.schedule import SECONDS, Plan, plan
from netmap.events.settings import ProgrammeSettings
from netmap.events.taking import Taking, take
from netmap.events.taking import Wishes as TakingWishes
from netmap.events.told import Told, ToldEvent, read_told, told_json, told_path
from netmap.events.views import SessionView, every_session, facts, upcoming
from netmap.events.writing import sessions_csv

__all__ = [
    "SECONDS",
    "Busy",
    "Foreign",
    "Kept",
    "Plan",
    "Programme",
    "ProgrammeSettings",
    "Session",
    "SessionView",
    "Taking",
    "TakingWishes",
    "Term",
    "Told",
    "ToldEvent",
    "Venue",
    "busy_calendar",
    "check",
    "check_answers",
    "check_feeds",
    "check_schedules",
    "content_of",
    "every_session",
    "facts",
    "feed",
    "feed_path",
    "feed_window",
    "feeds",
    "for_audience",
    "hub_called",
    "hubs_of",
    "joined",
    "matched_by",
    "network_feed_path",
    "parse_schedule",
    "plan",
    "read_all_told",
    "read_calendar",
    "read_programme",
    "read_told",
    "record_of",
    "records",
    "resolved",
    "sessions_csv",
    "take",
    "told_json",
    "told_path",
    "upcoming",
    "whose",
    "window_of",
]
