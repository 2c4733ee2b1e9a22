"""Programmes, recurrence, venues, the schedule, the feeds, and what subscribers were told.

Read a programme with :func:`read_programme`, tie it to its register with :func:`resolved`, put it
on days with :func:`plan`, look at it with :func:`check`, and write its calendars with
:func:`feeds`. Where it is drawn is for :mod:`netmap.maps` and :mod:`netmap.site`; which gaps a
session answers is for :mod:`netmap.gaps`, which is handed :func:`facts`. Nothing here writes a file
or looks at a clock.
"""

from netmap.events.checking import check
from netmap.events.dates import feed_path, feed_window, network_feed_path
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
from netmap.events.resolving import hubs_of, resolved
from netmap.events.schedule import Plan, plan
from netmap.events.settings import ProgrammeSettings
from netmap.events.told import Told, ToldEvent, read_told, told_json, told_path
from netmap.events.views import SessionView, every_session, facts, upcoming
from netmap.events.writing import sessions_csv

__all__ = [
    "Plan",
    "Programme",
    "ProgrammeSettings",
    "Session",
    "SessionView",
    "Term",
    "Told",
    "ToldEvent",
    "Venue",
    "check",
    "check_feeds",
    "check_schedules",
    "every_session",
    "facts",
    "feed",
    "feed_path",
    "feed_window",
    "feeds",
    "for_audience",
    "hubs_of",
    "network_feed_path",
    "parse_schedule",
    "plan",
    "read_all_told",
    "read_programme",
    "read_told",
    "record_of",
    "records",
    "resolved",
    "sessions_csv",
    "told_json",
    "told_path",
    "upcoming",
]
