"""Cells of a register as fields of a directory's records, each only where it is sound.

A cell that the standard's formats do not allow, as an email without a dot, is left to what is kept
beside the record; nothing is made up to fill a field.
"""

import re
from typing import Any

from netmap.exchange.directories.places import POSTCODE_SCHEME
from netmap.exchange.directories.times import Times, as_words, times_of
from netmap.networks.models import Activity, Organisation

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9._~:/?#@!$&()*+,;=%-]*)?")
_AGES = re.compile(
    r"(?P<least>\d{1,3})-(?P<most>\d{1,3})|(?P<from>\d{1,3}) and over|up to (?P<to>\d{1,3})"
)
_SCHEME = re.compile(r"([A-Z]{2}-[A-Z]+)-(.+)")
_REGISTERS = {
    "GB-CHC": "Charity number",
    "GB-SC": "Scottish charity number",
    "GB-NIC": "Northern Irish charity number",
    "GB-COH": "Company number",
}

Record = dict[str, Any]


def location_of(
    row: Organisation | Activity, key: str, venue: str, *, exact: bool = True
) -> Record:
    """Say where a row is, as far as it says so itself; empty where it does not.

    Args:
        row: An organisation or an activity.
        key: The id of the location.
        venue: What the place is called.
        exact: Whether its point is its own or its postcode's, not that of a whole district.
    """
    record: Record = {"id": key, "location_type": "physical", "name": venue}
    if row.point and exact:
        record["longitude"], record["latitude"] = row.point
    if row.postcode:
        record["external_identifier"] = row.postcode
        record["external_identifier_type"] = POSTCODE_SCHEME
    if len(without_blanks(record)) > 2:  # noqa: PLR2004  # more than an id and a kind
        return without_blanks(record)
    if isinstance(row, Activity) and row.remote:
        return {"id": key, "location_type": "virtual"}
    return {}


def schedules_of(schedule: str | None, key: str) -> list[Record]:
    """Write a schedule in fields where they can hold it, and always in words."""
    if not schedule:
        return []
    times = times_of(schedule)
    if times is None:
        return [{"id": key, "description": schedule}]
    return [
        without_blanks({"id": key, **_fields(times), "description": as_words(times) or schedule})
    ]


def _fields(times: Times) -> Record:
    return {
        "dtstart": times.starts.isoformat() if times.starts else "",
        "until": times.ends.isoformat() if times.ends else "",
        "valid_to": times.ends.isoformat() if times.ends else "",
        "count": times.count,
        "freq": times.freq,
        "interval": times.interval,
        "byday": ",".join(times.byday),
        "bymonthday": ",".join(str(day) for day in times.bymonthday),
        "opens_at": times.opens.isoformat() if times.opens else "",
        "closes_at": times.closes.isoformat() if times.closes else "",
    }


def ages_of(said: str | None) -> Record:
    """Read ages as netmap writes them; none where people worded them otherwise."""
    found = _AGES.fullmatch(said or "")
    if not found:
        return {}
    ages = {
        "minimum_age": found["least"] or found["from"],
        "maximum_age": found["most"] or found["to"],
    }
    return {name: int(age) for name, age in ages.items() if age}


def identifier_of(said: str, key: str) -> Record:
    """Cut an identifier into the register it is of and the number there."""
    found = _SCHEME.fullmatch(said)
    scheme, number = (found[1], found[2]) if found else ("", said)
    kind = _REGISTERS.get(scheme, scheme or "Other")
    record = {"id": key, "identifier_scheme": scheme, "identifier_type": kind, "identifier": number}
    return without_blanks(record)


def phones_of(phone: str | None, key: str) -> list[Record]:
    """Write a telephone number, where there is one, as the standard's list."""
    return [{"id": key, "number": phone}] if phone else []


def email_of(said: str | None) -> str:
    """Give an email address that other programs will accept; empty where it is none."""
    return said if said and _EMAIL.fullmatch(said) else ""


def web_of(said: str | None) -> str:
    """Give a web address that other programs will accept; empty where it is none."""
    return said if said and _WEB.fullmatch(said) else ""


def without_blanks(record: Record) -> Record:
    """Leave out the fields of a record that hold nothing."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
