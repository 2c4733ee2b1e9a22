"""Columns that people keep in several: charity and company numbers, the day and the time.

Each part comes mended; here they become the one cell of the register.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from netmap.vocabulary import Vocabularies

PREFIXES: Mapping[str, str] = {"charity_number": "GB-CHC-", "company_number": "GB-COH-"}
# A column of the same kind, for reading a cell that holds yes or no.
YES_NO = "peer_to_peer"
TIMES = frozenset({"start_time", "end_time", "time"})
_PART_OF_DAY = re.compile(r"0?\.\d{1,17}", re.ASCII)
_MINUTES = 24 * 60
_SECONDS = re.compile(r"\b(\d{1,2}:\d{2}):00\b")
_ACTIVE = {"yes": "active", "no": "closed"}


def identifiers(parts: Mapping[str, str], written: str) -> str:
    """Join identifiers, each once.

    Args:
        parts: ``charity_number`` and ``company_number``, where they are known, as identifiers.
        written: Those that stand in a column of their own.
    """
    listed = ";".join(
        text for text in (written, *(parts.get(part, "") for part in PREFIXES)) if text
    )
    return ";".join(dict.fromkeys(item for item in listed.split(";") if item))


def schedule(parts: Mapping[str, str]) -> str:
    """Put day and time into one line, as ``Fortnightly Tuesday 18:00-20:00``.

    Args:
        parts: Of ``frequency``, ``day``, ``time``, ``start_time`` and ``end_time`` those known.

    Returns:
        The line; a time alone where neither day nor frequency is known, so that it is not lost.
    """
    names = ("frequency", "day", "time", "start_time", "end_time")
    return _schedule(*(parts.get(name, "") for name in names))


@lru_cache(maxsize=4096)
def _schedule(often: str, day: str, time: str, start: str, end: str) -> str:
    time = time or "-".join(text for text in (start, end) if text)
    said = (often if often.casefold() not in day.casefold() else "", day, time)
    return _SECONDS.sub(r"\1", " ".join(text for text in said if text))


def time_of(text: str) -> str:
    """Read a time as spreadsheets keep it, as a part of a day: ``0.75`` is 18:00; else nothing."""
    if not _PART_OF_DAY.fullmatch(text):
        return ""
    minutes = round(float(text) * _MINUTES)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def status_of(text: str, vocabularies: Vocabularies) -> str:
    """Read a status under a heading such as ``Active?``; empty where it is a yes or no."""
    return vocabularies["status"].resolve(text) or ""


def status(yes_no: str) -> str:
    """Say what a yes or no under ``Active?`` means; empty where it is neither."""
    return _ACTIVE.get(yes_no, "")
