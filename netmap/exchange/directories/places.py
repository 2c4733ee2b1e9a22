"""Where a service meets: its locations, as far as they may become a point on a map."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.parts import Part, part_of, parts, text
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.networks.cells import as_number

POSTCODE_SCHEME = "UK postcode"
_ADDRESSES = ("addresses", "address", "physical_addresses", "physical_address")
_HIGHEST_LATITUDE, _WIDEST_LONGITUDE = 90, 180


@dataclass(frozen=True, slots=True)
class Place:
    """One location of a service.

    Attributes:
        key: The location's id, or empty.
        cells: venue, latitude, longitude and postcode, as far as they are given.
        virtual: Whether nobody goes there.
        schedules: When the service is there, where that is said of the place alone.
        access: What is said of getting in, in the source's words.
    """

    key: str
    cells: dict[str, str]
    virtual: bool
    schedules: tuple[Part, ...]
    access: tuple[str, ...]


def places_of(record: Part, feed: Feed, spot: Spot, notes: list[Note]) -> list[Place]:
    """List where a service or an organisation is, places people go to first.

    Args:
        record: The service or organisation.
        feed: For locations that stand apart.
        spot: Where the record stands.
        notes: Gets what had to be left out.
    """
    found = []
    for link in parts(record, "service_at_locations", "service_at_location"):
        location = part_of(link, "location") or feed.locations.get(text(link, "location_id"), {})
        if not location and (missing := text(link, "location_id")):
            message = f"it is at a location, {missing}, that the feed does not have."
            notes.append(Note(Outcome.WARNED, "missing-reference", message, spot))
        times = parts(link, "schedules", "regular_schedules", "regular_schedule")
        found.append(_place(location, times, spot, notes))
    apart = parts(record, "locations", "location")
    found.extend(_place(location, [], spot, notes) for location in apart)
    by_key = {place.key or str(number): place for number, place in enumerate(found)}
    places = [place for place in by_key.values() if place.cells or place.virtual]
    return sorted(places, key=lambda place: place.virtual)


def _place(location: Part, times: list[Part], spot: Spot, notes: list[Note]) -> Place:
    kind = text(location, "location_type").casefold()
    cells = {"venue": text(location, "name")}
    if kind != "virtual":
        cells |= _point(location, spot, notes)
        cells["postcode"] = _postcode(location, kind, spot, notes)
    schedules = (*times, *parts(location, "schedules", "regular_schedules"))
    return Place(
        text(location, "id"),
        {column: cell for column, cell in cells.items() if cell},
        kind == "virtual",
        schedules,
        tuple(_access(location)),
    )


def _point(location: Part, spot: Spot, notes: list[Note]) -> dict[str, str]:
    said = text(location, "latitude"), text(location, "longitude")
    if not any(said):
        return {}
    latitude, longitude = (as_number(one) if one else None for one in said)
    known = latitude is not None and longitude is not None
    if (
        not known
        or (latitude == 0 and longitude == 0)
        or abs(latitude or 0) > _HIGHEST_LATITUDE
        or abs(longitude or 0) > _WIDEST_LONGITUDE
    ):
        message = "latitude and longitude are no place on earth where people meet; left out."
        at = replace(spot, column="latitude")
        notes.append(Note(Outcome.REFUSED, "bad-coordinates", message, at, ", ".join(said)))
        return {}
    return {"latitude": said[0], "longitude": said[1]}


def _postcode(location: Part, kind: str, spot: Spot, notes: list[Note]) -> str:
    if text(location, "external_identifier_type").casefold() == POSTCODE_SCHEME.casefold():
        return text(location, "external_identifier")
    addresses = [
        (text(one, "address_type").casefold(), text(one, "postal_code", "postcode"))
        for one in parts(location, *_ADDRESSES)
    ]
    met = [postcode for said, postcode in addresses if postcode and said in {"", "physical"}]
    if met:
        return met[0]
    if kind == "postal" or any(postcode for _, postcode in addresses):
        # Letters often go to somebody's home.
        message = "an address for letters only is no place where people meet; left out."
        at = replace(spot, column="postal_code")
        notes.append(Note(Outcome.WARNED, "postal-address", message, at))
    return ""


def _access(location: Part) -> Iterator[str]:
    for one in parts(location, "accessibility", "accessibility_for_disabilities"):
        if said := text(one, "description", "accessibility", "details"):
            yield said
