"""A service of a directory as activities of a register: one for each place where it is held."""

import re
from collections.abc import Iterator

from netmap.exchange.directories.contacts import contact_cells
from netmap.exchange.directories.feed import ORGANISATION, Feed
from netmap.exchange.directories.parts import Part, joined, part_of, parts, text, words
from netmap.exchange.directories.places import Place, places_of
from netmap.exchange.directories.schedules import schedule_cells
from netmap.exchange.directories.terms import term_cells
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.vocabulary import Vocabularies

STATUSES = {
    "active": "active",
    "inactive": "paused",
    "defunct": "closed",
    "temporarily closed": "paused",
}
COLUMNS = {
    "name": "name",
    "organisation": "organization",
    "description": "description",
    "how_to_join": "application_process",
    "cost": "cost_options",
    "age_range": "minimum_age",
    "languages": "languages",
    "serves": "service_areas",
    "schedule": "schedules",
    "status": "status",
    "website": "url",
    "email": "email",
    "phone": "phones",
    "postcode": "postal_code",
    "latitude": "latitude",
    "longitude": "longitude",
    "venue": "location",
    "verified_on": "assured_date",
    "communities": "attributes",
    "topics": "attributes",
    "approach": "attributes",
}
USED = frozenset(
    {
        "id", "name", "description", "url", "email", "status", "organization", "organisation",
        "organization_id", "application_process", "fees_description", "fees", "cost_options",
        "minimum_age", "maximum_age", "eligibilitys", "eligibilities", "eligibility_description",
        "languages", "service_areas", "service_area", "schedules", "regular_schedules",
        "regular_schedule", "service_at_locations", "service_at_location", "locations",
        "location", "assured_date", "phones", "phone", "contacts", "contact", "attributes",
        "service_taxonomys", "link_taxonomys", "link_taxonomies", "alert", "wait_time",
        "accreditations", "alternate_name", "interpretation_services", "netmap",
    }
)  # fmt: skip
_OWN = ("alert", "wait_time", "accreditations", "alternate_name", "interpretation_services")
_ONS_CODE = re.compile(r"\b[EWSN]\d{8}\b")
_LONGEST_AREA, _MOST_WORDS = 60, 6


def activities_of(
    record: Part, feed: Feed, vocabularies: Vocabularies, spot: Spot, notes: list[Note]
) -> list[tuple[str, dict[str, str]]]:
    """Read a service as activities.

    Args:
        record: The service in its nested form; it has a name.
        feed: For what stands apart from services.
        vocabularies: The controlled terms.
        spot: Where it stands.
        notes: Gets what was mended, or left out.

    Returns:
        For each activity the id of the place, empty for the first, and its cells.
    """
    places = places_of(record, feed, spot, notes)
    common = {
        "name": text(record, "name"),
        "organisation": _organisation(record, feed, spot, notes),
        "description": words(record, "description"),
        "how_to_join": text(record, "application_process"),
        "cost": _cost(record),
        "age_range": age_range(record),
        "languages": joined(text(one, "code", "name", "language") for one in _languages(record)),
        "website": text(record, "url", "website"),
        "verified_on": text(record, "assured_date").split("T", maxsplit=1)[0],
        "status": _status(record, spot, notes),
        "eligibility": _eligibility(record),
        **{name: text(record, name) for name in _OWN},
        **contact_cells(record, spot, notes),
        **_areas(record),
        **term_cells(record, "activities", feed, vocabularies, spot, notes),
    }
    always = parts(record, "schedules", "regular_schedules", "regular_schedule")
    physical = [place for place in places if not place.virtual]
    if places and not physical:
        common.setdefault("approach", "online")
    if len(physical) > 1:
        message = f"it is held at {len(physical)} places; each becomes an activity of its own."
        notes.append(Note(Outcome.WARNED, "several-places", message, spot))
    found = [_at(common, place, always, spot, notes) for place in physical or places[:1]]
    if not found:
        found = [("", common | schedule_cells(always, spot, notes))]
    rows = [("" if number == 0 else key, cells) for number, (key, cells) in enumerate(found)]
    return [(key, {name: cell for name, cell in cells.items() if cell}) for key, cells in rows]


def age_range(record: Part) -> str:
    """Write whom a service is for by age, as in ``16-25``, ``50 and over``, ``up to 18``."""
    found = (record, *parts(record, "eligibilitys", "eligibilities"))
    least = next(filter(None, (text(one, "minimum_age") for one in found)), "")
    most = next(filter(None, (text(one, "maximum_age") for one in found)), "")
    if least in {"", "0"}:
        return f"up to {most}" if most else ""
    return f"{least}-{most}" if most else f"{least} and over"


def _at(
    common: dict[str, str], place: Place, always: list[Part], spot: Spot, notes: list[Note]
) -> tuple[str, dict[str, str]]:
    times = schedule_cells(place.schedules or always, spot, notes)
    access = {"accessibility": joined(place.access)}
    return place.key, {**common, **place.cells, **times, **access}


def _organisation(record: Part, feed: Feed, spot: Spot, notes: list[Note]) -> str:
    part = part_of(record, *ORGANISATION)
    named = (text(part, "id"), text(record, "organization_id"), text(part, "name"))
    key = next((one for one in named if one in feed.organisations), "")
    missing = next(filter(None, named), "")
    if missing and not key:
        message = f"its organisation, {missing}, is not in the feed; the cell is left out."
        notes.append(Note(Outcome.WARNED, "missing-reference", message, spot))
    return key


def _status(record: Part, spot: Spot, notes: list[Note]) -> str:
    said = text(record, "status")
    status = STATUSES.get(said.casefold().replace("_", " "), "")
    if said and not status:
        message = "this status is not one of the standard's; the cell is left out."
        notes.append(Note(Outcome.REFUSED, "unknown-term", message, spot, said))
    return status


def _cost(record: Part) -> str:
    options = [_option(one) for one in parts(record, "cost_options")]
    said = joined(options).replace(";", "; ")
    return said or text(record, "fees_description", "fees")


def _option(part: Part) -> str:
    amount, currency = text(part, "amount"), text(part, "currency").upper()
    if amount in {"0", "0.0", "0.00"}:
        amount = "free"
    elif amount:
        amount = f"£{amount}" if currency == "GBP" else f"{amount} {currency}".strip()
    priced = f"{amount} {text(part, 'amount_description')}".strip()
    option = text(part, "option")
    return f"{option}: {priced}" if option and priced else option or priced


def _languages(record: Part) -> Iterator[Part]:
    yield from parts(record, "languages", "language")


def _eligibility(record: Part) -> str:
    said = [text(one, "eligibility") for one in parts(record, "eligibilitys", "eligibilities")]
    return joined([text(record, "eligibility_description"), *said])


def _areas(record: Part) -> dict[str, str]:
    """Tell areas a register may know from sentences about where people have to live."""
    codes: list[str] = []
    words: list[str] = []
    for area in parts(record, "service_areas", "service_area"):
        name = text(area, "name", "service_area")
        code = _ONS_CODE.search(f"{text(area, 'uri')} {text(area, 'code')} {name}")
        short = len(name) <= _LONGEST_AREA and len(name.split()) <= _MOST_WORDS
        if code or (name and short):
            codes.append(code[0] if code else name)
        else:
            words.append(name)
    return {"serves": joined(codes), "service_area": joined(words)}
