"""Other people's calendars, read as they are, with every repair said.

:func:`read_calendar` takes the bytes of an iCalendar file and gives the dates within a window.
Names and addresses of people are never kept, and of what is private only the time.
"""

from netmap.events.foreign.lines import MOST_BYTES
from netmap.events.foreign.reading import read_calendar
from netmap.events.foreign.values import Foreign, ForeignDate

__all__ = ["MOST_BYTES", "Foreign", "ForeignDate", "read_calendar"]
