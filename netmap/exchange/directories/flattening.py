"""The nested form as the tables of a package."""

from collections.abc import Mapping
from typing import Any

from netmap.exchange.directories.composing import Composed
from netmap.exchange.directories.fields import Record
from netmap.exchange.directories.identity import Ids, of_term
from netmap.exchange.directories.own import LINK, PART, register_cells
from netmap.exchange.directories.schema import ACTIVITIES, ORGANISATIONS, TIES
from netmap.exchange.directories.terms import OWN_TAXONOMY
from netmap.networks.register import Register

Tables = dict[str, list[Record]]
OwnTables = dict[str, tuple[tuple[str, ...], list[Record]]]
_OF_SERVICE = ("phones", "schedules", "service_areas", "languages", "cost_options")
_OF_ORGANISATION = ("phones", "organization_identifiers")


def flattened(nested: Composed) -> Tables:
    """Give the rows of each table of the standard that has some, ``organizations`` always."""
    found: Tables = {"organizations": [], "services": []}
    for one in nested.organisations:
        found["organizations"].append(one)
        _add_parts(found, one, _OF_ORGANISATION, {"organization_id": one["id"]})
        for location in one.get("locations", ()):
            row = {**location, "organization_id": one["id"]}
            found.setdefault("locations", []).append(row)
        _add_attributes(found, one)
    for one in nested.services:
        key = {"organization_id": one["organization"]["id"]}
        found["services"].append({**one, **key})
        _add_parts(found, one, _OF_SERVICE, {"service_id": one["id"]})
        for link in one.get("service_at_locations", ()):
            location = link["location"]
            found.setdefault("locations", []).append(location)
            row = {"id": link["id"], "service_id": one["id"], "location_id": location["id"]}
            found.setdefault("service_at_location", []).append(row)
        _add_attributes(found, one)
    # In the register's order: which of several terms comes first may mean something.
    return {
        file: list({row["id"]: row for row in rows}.values())
        for file, rows in found.items()
        if rows or file == "organizations"
    }


def own_tables(nested: Composed, register: Register) -> OwnTables:
    """Give netmap's own tables: their headings and rows, only those that have rows."""
    ids = Ids(register.name)
    kept = {ORGANISATIONS: nested.organisations, ACTIVITIES: nested.services}
    found = {
        file: [{LINK: one["id"], **one[PART]} for one in records] for file, records in kept.items()
    }
    found[TIES] = [
        {
            "source_id": ids.of("organizations", cells["source_organisation"]),
            "target_id": ids.of("organizations", cells["target_organisation"]),
            **cells,
        }
        for cells in register_cells(register, "ties")
    ]
    return {file: (_headings(rows), rows) for file, rows in found.items() if rows}


def _headings(rows: list[Record]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row))


def _add_parts(found: Tables, one: Record, names: tuple[str, ...], key: Mapping[str, str]) -> None:
    for name in names:
        rows = [{**_in_cells(part), **key} for part in one.get(name, ())]
        if rows:
            found.setdefault(name, []).extend(rows)


def _in_cells(part: Record) -> Record:
    """Leave a rule that a spreadsheet would run to its description."""
    runs = any(str(part.get(name, "")).startswith("-") for name in ("byday", "bymonthday"))
    words = {"id", "description"}
    return {name: value for name, value in part.items() if name in words} if runs else part


def _add_attributes(found: Tables, one: Record) -> None:
    for link in one.get("attributes", ()):
        term: dict[str, Any] = link["taxonomy_term"]
        row = {**link, "taxonomy_term_id": term["id"]}
        found.setdefault("attributes", []).append(row)
        found.setdefault("taxonomy_terms", []).append(term)
        found.setdefault("taxonomies", []).append(_taxonomy(term))


def _taxonomy(term: Record) -> Record:
    name = str(term["taxonomy"])
    return {
        "id": of_term(name.removeprefix(OWN_TAXONOMY)),
        "name": name,
        "description": f"The controlled terms of '{name.removeprefix(OWN_TAXONOMY)}' in netmap.",
    }
