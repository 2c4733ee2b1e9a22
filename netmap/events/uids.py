"""Identities of sessions: the same for ever, and silent about whom they belong to.

A tombstone outlives the visibility of its hub, so a UID holds no name that may have to be hidden
later: the hub is in it as a digest.
"""

import re
from collections.abc import Container
from datetime import datetime
from hashlib import sha256

_ORDINAL = re.compile(r"-(\d+)@[^@]*$")
_UNFIT = re.compile(r"[^A-Za-z0-9]+")


def planned_uid(programme: str, hub: str | None, kind: str, number: int, domain: str) -> str:
    """Make the UID of the so-manyth event of one kind at one hub; the hub is None for all."""
    return f"{_stem(programme, hub, kind)}-{number}@{domain}"


def planned_number(uid: str, programme: str, hub: str | None, kind: str) -> int | None:
    """Read the number back; None where the planner did not make the UID for that hub and kind."""
    if not uid.startswith(f"{_stem(programme, hub, kind)}-"):
        return None
    found = _ORDINAL.search(uid)
    return int(found[1]) if found and f"-added-{found[1]}@" not in uid else None


def added_uid(
    programme: str, hub: str | None, kind: str, domain: str, taken: Container[str]
) -> str:
    """Make a UID for a row somebody added: the first that is not taken."""
    number = 1
    while (uid := f"{_stem(programme, hub, kind)}-added-{number}@{domain}") in taken:
        number += 1
    return uid


def taken_uid(programme: str, key: str, domain: str) -> str:
    """Make the UID of a session taken from somebody's calendar, by what it is known by there."""
    whom = sha256(f"{programme}\n{key}".encode()).hexdigest()[:16]
    return f"{_UNFIT.sub('-', programme).strip('-').lower()}-taken-{whom}@{domain}"


def occurrence_uid(uid: str, starts: datetime) -> str:
    """Make the UID of one date of a series, by the local start its rule gives it."""
    name, at, domain = uid.rpartition("@") if "@" in uid else (uid, "", "")
    return f"{name}-{starts:%Y%m%dT%H%M%S}{at}{domain}"


def _stem(programme: str, hub: str | None, kind: str) -> str:
    whom = sha256(f"{programme}\n{hub or ''}".encode()).hexdigest()[:10]
    return f"{_UNFIT.sub('-', programme).strip('-').lower()}-{kind}-{whom}"
