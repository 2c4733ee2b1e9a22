"""A register as the nested form of HSDS 3, from which tables and pages are written.

Nothing is invented to please the standard: there is no address without a street, no point for what
stands at its area, and where a text is demanded it says that none was recorded. What has no field
is kept beside the record (:mod:`own`).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from netmap.exchange.directories.attributes import attributes
from netmap.exchange.directories.drafting import read_organisation, read_service
from netmap.exchange.directories.feed import Entry, Feed
from netmap.exchange.directories.fields import (
    Record,
    ages_of,
    email_of,
    identifier_of,
    location_of,
    phones_of,
    schedules_of,
    web_of,
    without_blanks,
)
from netmap.exchange.directories.identity import Ids
from netmap.exchange.directories.own import PART, STAND_IN, register_cells, remainder
from netmap.exchange.draft import Spot
from netmap.exchange.rows import records
from netmap.networks.models import Activity, Organisation
from netmap.networks.register import OUTCODE, Register
from netmap.vocabulary import Vocabularies

NO_DESCRIPTION = "No description recorded."
NO_ORGANISATION = "Organisation not recorded"
INVENTED = "Invented example."
_STATUSES = {"planned": "inactive", "paused": "temporarily closed", "closed": "defunct"}
_ONS_CODE = re.compile(r"[EWSN]\d{8}")
_GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"


Shape = Callable[[str, Record], Record]


def _as_it_is(_kind: str, record: Record) -> Record:
    return record


@dataclass(frozen=True, slots=True)
class Composed:
    """A register in nested form.

    Attributes:
        organisations: In the order of their ids.
        services: In the order of their ids; each has ``organization`` with its id and name.
    """

    organisations: tuple[Record, ...]
    services: tuple[Record, ...]


def composed(register: Register, vocabularies: Vocabularies, shape: Shape = _as_it_is) -> Composed:
    """Compose a register.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of terms, and to know what reading will give.
        shape: What a profile of the standard makes of a ``service`` or ``organization``.
    """
    ids = Ids(register.name)
    feed = Feed()
    organisations = [
        shape("organization", _organisation(row, register, ids, vocabularies))
        for row in _organisations(register)
    ]
    listed = [row for row in records(register, "activities") if isinstance(row, Activity)]
    single = [row for row in listed if not row.aggregate]
    if any(row.organisation not in register.organisation for row in single):
        organisations.append(_stand_in(ids))
    names = {one["id"]: one["name"] for one in organisations}
    services = [
        shape("service", _service(row, register, ids, names, vocabularies)) for row in single
    ]
    for record in organisations:
        feed.add_organisation(record, Spot(""))
    cells = {cell["id"]: cell for cell in register_cells(register, "organisations")}
    for row, record in zip(_organisations(register), organisations, strict=False):
        read = read_organisation(Entry("", record, Spot("")), feed, vocabularies, [])
        record[PART] = remainder(cells[row.id], read)
    cells = {cell["id"]: cell for cell in register_cells(register, "activities")}
    for activity, record in zip(single, services, strict=True):
        read = read_service(Entry("", record, Spot("")), feed, vocabularies, [])[0][1]
        record[PART] = remainder(cells[activity.id], read)
    return Composed(tuple(organisations), tuple(services))


def _organisations(register: Register) -> list[Organisation]:
    rows = records(register, "organisations")
    return [row for row in rows if isinstance(row, Organisation)]


def _organisation(
    row: Organisation, register: Register, ids: Ids, vocabularies: Vocabularies
) -> Record:
    key = ids.of("organizations", row.id)
    place = ids.of("locations", "organizations", row.id)
    location = location_of(row, place, "", exact=_is_exact(register, "organisations", row.id))
    record = {
        "id": key,
        "name": row.name,
        "alternate_name": row.aliases[0] if row.aliases else "",
        "description": INVENTED if row.illustrative else NO_DESCRIPTION,
        "email": email_of(row.email),
        "website": web_of(row.website),
        "organization_identifiers": [
            identifier_of(one, ids.of("organization_identifiers", row.id, one))
            for one in dict.fromkeys(row.identifiers)
        ],
        "phones": phones_of(row.phone, ids.of("phones", "organizations", row.id)),
        "locations": [location] if location else [],
        "attributes": attributes(row, key, "organisations", ids, vocabularies),
    }
    return without_blanks(record)


def _is_exact(register: Register, table: str, key: str) -> bool:
    return register.worked_out.get((table, key), {}).get("latitude") != OUTCODE


def _stand_in(ids: Ids) -> Record:
    return {
        "id": ids.of("organizations", ""),
        "name": NO_ORGANISATION,
        "description": "Stands for the organisations that are not recorded.",
        PART: {STAND_IN: "yes"},
    }


def _service(
    row: Activity,
    register: Register,
    ids: Ids,
    names: Mapping[str, str],
    vocabularies: Vocabularies,
) -> Record:
    key = ids.of("services", row.id)
    organisation = ids.of("organizations", row.organisation or "")
    if organisation not in names:
        organisation = ids.of("organizations", "")
    place = ids.of("locations", "services", row.id)
    exact = _is_exact(register, "activities", row.id)
    location = location_of(row, place, row.venue or "", exact=exact)
    link = {"id": ids.of("service_at_location", row.id), "location": location}
    record = {
        "id": key,
        "organization": {"id": organisation, "name": names[organisation]},
        "name": row.name,
        "description": _description(row),
        "url": web_of(row.website),
        "email": email_of(row.email),
        "status": _STATUSES.get(row.status or "", "active"),
        "application_process": row.how_to_join,
        **ages_of(row.age_range),
        "assured_date": row.verified_on.isoformat() if row.verified_on else "",
        "phones": phones_of(row.phone, ids.of("phones", "services", row.id)),
        "schedules": schedules_of(row.schedule, ids.of("schedules", row.id)),
        "service_areas": _areas(row, register, ids),
        "service_at_locations": [link] if location else [],
        "languages": [
            {"id": ids.of("languages", row.id, code), "code": code}
            for code in dict.fromkeys(row.languages)
        ],
        "cost_options": [{"id": ids.of("cost_options", row.id), "option": row.cost}]
        if row.cost
        else [],
        "attributes": attributes(row, key, "activities", ids, vocabularies),
    }
    return without_blanks(record)


def _description(row: Activity) -> str:
    said = row.description or ""
    return f"{INVENTED} {said}".strip() if row.illustrative else said


def _areas(row: Activity, register: Register, ids: Ids) -> list[Record]:
    codes: Iterable[str] = row.serves or filter(None, (register.area_of(row),))
    return [
        {
            "id": ids.of("service_areas", row.id, code),
            "name": register.areas.name(code),
            **({"uri": f"{_GEOGRAPHY}{code}"} if _ONS_CODE.fullmatch(code) else {}),
        }
        for code in dict.fromkeys(codes)
    ]
