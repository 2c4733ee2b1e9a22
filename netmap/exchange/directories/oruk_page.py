"""The services of a register as one page of an Open Referral UK feed, each in full.

The UK profile has fewer fields than HSDS; what it dropped is not written. Organisations, activities
and their cells come back from netmap's own part of each record, ties do not.
"""

import json
from typing import Any

from netmap.exchange.directories.composing import composed
from netmap.exchange.directories.fields import Record
from netmap.exchange.directories.identity import within
from netmap.exchange.directories.losses import losses, page_losses
from netmap.exchange.directories.own import PART, is_stand_in
from netmap.networks.register import Register
from netmap.vocabulary import Vocabularies

_DROPPED = {
    "service": frozenset({"application_process"}),
    "organization": frozenset({"alternate_name", "locations"}),
}
_DROPPED_WITHIN = {
    "schedules": frozenset({"until", "count"}),
    "attributes": frozenset({"link_id", "link_entity"}),
}


def write(register: Register, vocabularies: Vocabularies) -> bytes:
    """Write a register as the answer to ``/services``, one page of full services.

    Args:
        register: As its audience may see it.
        vocabularies: For the labels of terms.

    Returns:
        UTF-8 JSON. The same register gives the same bytes.
    """
    nested = composed(register, vocabularies, _in_the_uk)
    organisations = {one["id"]: one for one in nested.organisations}
    contents = [_service(one, organisations) for one in nested.services]
    settings = register.settings
    about = {
        "title": register.title,
        "as_of": register.as_of.isoformat(),
        "source": settings.source,
        "licence": settings.licence,
        "disclaimer": settings.disclaimer,
    }
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
        PART: {name: said for name, said in about.items() if said},
    }
    return f"{json.dumps(page, ensure_ascii=False, indent=1)}\n".encode()


def cannot_carry(register: Register) -> tuple[str, ...]:
    """Say what of this register the page does not hold, or for netmap alone."""
    return (*losses(register), *page_losses(register))


def _in_the_uk(kind: str, record: Record) -> Record:
    """Leave out what the UK profile dropped, and put numbers under contacts, as it has them."""
    kept = {
        name: _within(name, value)
        for name, value in record.items()
        if name not in _DROPPED[kind] and name != "phones"
    }
    if record.get("phones"):
        kept["contacts"] = [{"id": within(record["id"], "contact"), "phones": record["phones"]}]
    if "service_areas" in kept:
        kept["service_areas"] = [
            {**area, "service_area": area["name"]} for area in kept["service_areas"]
        ]
    return kept


def _within(name: str, value: Any) -> Any:
    dropped = _DROPPED_WITHIN.get(name)
    if not dropped:
        return value
    return [{key: one for key, one in part.items() if key not in dropped} for part in value]


def _service(record: Record, organisations: dict[str, Record]) -> Record:
    """Give a service its organisation in full; one that only stands in for others is left out."""
    organisation = organisations[record["organization"]["id"]]
    rest = {name: value for name, value in record.items() if name != "organization"}
    return rest if is_stand_in(organisation) else {**rest, "organization": organisation}
