"""Columns that people keep in several: charity and company numbers, the day and the time.

Each part comes mended; here they become the one cell of the register.
"""

import re
from collections.abc import Mapping

from netmap.vocabulary import Vocabularies

PREFIXES: Mapping[str, str] = {"charity_number": "GB-CHC-", "company_number": "GB-COH-"}
# A column of the same kind, for reading a cell that holds yes or no.
YES_NO = "peer_to_peer"
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
        The line; nothing where neither day nor frequency is known.
    """
    often, day = parts.get("frequency", ""), parts.get("day", "")
    if not (often or day):
        return ""
    time = parts.get("time", "")
    if not time:
        ends = (parts.get("start_time", ""), parts.get("end_time", ""))
        time = "-".join(_SECONDS.sub(r"\1", end) for end in ends if end)
    said = (often if often.casefold() not in day.casefold() else "", day, time)
    return _SECONDS.sub(r"\1", " ".join(text for text in said if text))


def status_of(text: str, vocabularies: Vocabularies) -> str:
    """Read a status under a heading such as ``Active?``; empty where it is a yes or no."""
    return vocabularies["status"].resolve(text) or ""


def status(yes_no: str) -> str:
    """Say what a yes or no under ``Active?`` means; empty where it is neither."""
    return _ACTIVE.get(yes_no, "")
