"""Coordinates that cannot be right: half a point, swapped ones, nought and nought."""

from dataclasses import replace

from netmap.findings import Finding, Level
from netmap.networks.records import Located
from netmap.places import Neighbourhood


def with_sound_point(row: Located, around: Neighbourhood, findings: list[Finding]) -> Located:
    """Take coordinates that cannot be right from a row.

    Args:
        row: The row.
        around: Where the register's areas are.
        findings: Gets what was wrong.
    """
    lat, lon = row.latitude, row.longitude
    if lat is None and lon is None:
        return row
    if lat is None or lon is None:
        missing = "latitude" if lat is None else "longitude"
        if missing not in row.faulted:
            message = f"there is no {missing} beside it; the row has no point of its own."
            other = "longitude" if lat is None else "latitude"
            place = replace(row.at, column=other)
            findings.append(Finding(Level.WARNING, "half-coordinates", message, place))
        return row.model_copy(update={"latitude": None, "longitude": None})
    if lat == 0 and lon == 0:
        message = "0, 0 lies in the Gulf of Guinea; the row has no point of its own."
    elif around.looks_swapped(lat, lon):
        message = "latitude and longitude look swapped; the row has no point of its own."
    else:
        return row
    hint = (
        f"Is it latitude {lon:g}, longitude {lat:g}?"
        if lat or lon
        else "Leave unknown cells empty."
    )
    place = replace(row.at, column="latitude")
    findings.append(
        Finding(
            Level.WARNING,
            "swapped-coordinates" if lat or lon else "no-place",
            message,
            place,
            f"{lat:g}, {lon:g}",
            hint,
        )
    )
    return row.model_copy(update={"latitude": None, "longitude": None})
