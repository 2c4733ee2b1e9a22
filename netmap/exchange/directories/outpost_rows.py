"""The rows of one Outpost service as a record in nested form, and what of it is hidden."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from netmap.exchange.directories.parts import is_false, is_true, joined
from netmap.exchange.draft import Spot
from netmap.networks.cells import split
from netmap.privacy import Visibility, strictest
from netmap.times import parse_date

LEFT = frozenset(
    {
        "contact_name", "contact_title", "location_address_1", "location_city",
        "preferred_for_post",
    }
)  # fmt: skip
_OWN = ("labels", "is_local_offer", "visible_from")


@dataclass(frozen=True, slots=True)
class OutpostRow:
    """One row: its cells that are not empty by heading, and where it stands."""

    cells: Mapping[str, str]
    spot: Spot


def record_of(key: str, rows: Sequence[OutpostRow]) -> dict[str, Any]:
    """Put a service together.

    Args:
        key: Its ``import_id``.
        rows: Its rows, the one that names it first.
    """
    first = rows[0].cells
    organisation = organisation_name(first)
    record: dict[str, Any] = {
        "id": key,
        "name": first.get("name"),
        "description": first.get("description"),
        "url": first.get("url"),
        "minimum_age": first.get("min_age"),
        "maximum_age": first.get("max_age"),
        "status": "temporarily closed" if is_true(first, "temporarily_closed") else "",
        "organization": {"name": organisation} if organisation else {},
        "attributes": [
            *_terms(rows, "service_taxonomies", "service_type"),
            *_terms(rows, "suitabilities", "suitability"),
        ],
        "cost_options": list(_each(rows, _cost)),
        "fees": "free" if is_true(first, "free") else "",
        "service_at_locations": _places(rows),
        "schedules": list(_common_times(rows)),
        "contacts": list(_each(rows, _contact)),
    }
    return {name: value for name, value in record.items() if value}


def organisation_name(cells: Mapping[str, str]) -> str:
    """Name the organisation of a service; empty where it is not said."""
    return cells.get("organisation") or cells.get("organization") or ""


def hidden_as(rows: Sequence[OutpostRow], today: date | None) -> tuple[Visibility, str]:
    """Say how hidden a service is in Outpost, and why; the why is empty where it is not."""
    found: list[Visibility] = []
    why: list[str] = []
    first = rows[0].cells
    if is_false(first, "visible"):
        found.append(Visibility.WITHHELD)
        why.append("it is not visible in Outpost")
    starts = parse_date(first["visible_from"]) if "visible_from" in first else None
    if starts and today and starts > today:
        found.append(Visibility.WITHHELD)
        why.append(f"it is not visible before {starts.isoformat()}")
    if any(is_false(row.cells, "location_visible") for row in rows):
        found.append(Visibility.WITHHELD)
        why.append("a place of it is hidden in Outpost")
    if any(is_true(row.cells, "mask_exact_address") for row in rows):
        found.append(Visibility.AREA_ONLY)
        why.append("its exact address is masked in Outpost")
    visibility = strictest(found)
    shown = {Visibility.WITHHELD: "withheld", Visibility.AREA_ONLY: "shown by its area alone"}
    said = " and ".join(why)
    message = f"{said[:1].upper()}{said[1:]}: it is {shown[visibility]}." if why else ""
    return visibility, message


def kept_beside(rows: Sequence[OutpostRow], visibility: Visibility) -> dict[str, str]:
    """Give the cells that a directory's fields have no place for."""
    first = rows[0].cells
    cells = {name: first.get(name, "") for name in _OWN}
    cells |= {name: cell for name, cell in first.items() if name.startswith("custom_")}
    links = [f"{row.cells.get('links_label', '')} {row.cells.get('links_url', '')}" for row in rows]
    until = parse_date(first.get("visible_to", ""))
    cells |= {
        "visibility": "" if visibility is Visibility.PUBLIC else visibility.value,
        "contact": _contact_audience(rows),
        "notes": first.get("notes", ""),
        "consent_until": until.isoformat() if until else "",
        "access_routes": _routes(first),
        "links": joined(link.strip() for link in links),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _contact_audience(rows: Sequence[OutpostRow]) -> str:
    if any(is_false(row.cells, "contact_visible") for row in rows):
        return "staff"
    return "public" if any(is_true(row.cells, "contact_visible") for row in rows) else ""


def _routes(cells: Mapping[str, str]) -> str:
    if is_true(cells, "needs_referral"):
        return "direct_referral"
    return "self_referral" if is_false(cells, "needs_referral") else ""


def _terms(rows: Sequence[OutpostRow], name: str, link: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        for word in split(row.cells.get(name, "")):
            yield {"link_type": link, "taxonomy_term": {"name": word}}


def _places(rows: Sequence[OutpostRow]) -> list[dict[str, Any]]:
    """Give each place, with the times of its own row where there are several."""
    found = []
    for number, row in enumerate(rows, start=1):
        location = _location(row.cells)
        if location:
            times = _times(row.cells) if _are_several(rows) else {}
            link = {"location": {"id": f"place {number}", **location}}
            found.append({**link, "schedules": [times]} if times else link)
    return found


def _are_several(rows: Sequence[OutpostRow]) -> bool:
    return sum(bool(_location(row.cells)) for row in rows) > 1


def _common_times(rows: Sequence[OutpostRow]) -> Iterator[dict[str, Any]]:
    several = _are_several(rows)
    of_all = [row for row in rows if not (several and _location(row.cells))]
    yield from _each(of_all, _times)


def _location(cells: Mapping[str, str]) -> dict[str, Any]:
    said = {
        "name": cells.get("location_name"),
        "latitude": cells.get("location_latitude"),
        "longitude": cells.get("location_longitude"),
        "addresses": [{"postal_code": cells["location_postcode"]}]
        if "location_postcode" in cells
        else [],
        "accessibility": [
            {"description": word} for word in split(cells.get("location_accessibilities", ""))
        ],
    }
    found = {name: value for name, value in said.items() if value}
    return {"location_type": "physical", **found} if found else {}


def _times(cells: Mapping[str, str]) -> dict[str, Any]:
    found = {
        "byday": cells.get("scheduled_weekday") or cells.get("schedules_weekday"),
        "opens_at": cells.get("schedules_opens_at"),
        "closes_at": cells.get("schedules_closes_at"),
    }
    return {"freq": "WEEKLY", **found} if found["byday"] else {}


def _cost(cells: Mapping[str, str]) -> dict[str, Any]:
    amount = cells.get("cost_amount")
    found = {
        "option": cells.get("cost_option"),
        "amount": amount,
        "currency": "GBP" if amount else None,
        "amount_description": cells.get("cost_type"),
    }
    return {name: value for name, value in found.items() if value}


def _contact(cells: Mapping[str, str]) -> dict[str, Any]:
    phone = cells.get("contact_phone")
    found = {
        "name": cells.get("contact_name"),
        "email": cells.get("contact_email"),
        "phones": [{"number": phone}] if phone else None,
    }
    return {name: value for name, value in found.items() if value}


def _each(
    rows: Sequence[OutpostRow], made: Callable[[Mapping[str, str]], dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    yield from filter(None, (made(row.cells) for row in rows))
