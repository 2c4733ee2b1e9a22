"""The tables of a package put together as the nested form that JSON feeds have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.own import LINK, PART
from netmap.exchange.directories.schema import ACTIVITIES, ORGANISATIONS, TABLES
from netmap.exchange.draft import DraftRow, Note, Outcome, Spot

# Where the rows of a table go: the first of these columns that names a parent decides.
_PLACES = {
    "organization_identifiers": ("organization_id",),
    "addresses": ("location_id",),
    "accessibility": ("location_id",),
    "service_areas": ("service_id",),
    "languages": ("service_id",),
    "cost_options": ("service_id",),
    "contacts": ("service_at_location_id", "service_id", "organization_id", "location_id"),
    "phones": (
        "contact_id", "service_at_location_id", "service_id", "organization_id", "location_id",
    ),
    "schedules": ("service_at_location_id", "service_id", "location_id"),
}  # fmt: skip
_LINKED = ("services", "organizations", "locations", "service_at_location")
_TIE_ENDS = {"source_organisation": "source_id", "target_organisation": "target_id"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, and where it stands."""

    cells: Mapping[str, str]
    spot: Spot


Records = dict[str, dict[str, dict[str, Any]]]
Spots = Mapping[str, list[tuple[dict[str, Any], Spot]]]


def nested(tables: Mapping[str, list[Row]], notes: list[Note]) -> Feed:
    """Put rows together by their ids.

    Args:
        tables: The rows of each table, as its file is called in the standard.
        notes: What was noticed so far; gets the rows that refer to nothing.

    Returns:
        The feed, with the notes.
    """
    feed = Feed(notes=notes)
    spots: dict[str, list[tuple[dict[str, Any], Spot]]] = {}
    records: Records = {}
    for name, rows in tables.items():
        listed = [({k: v for k, v in row.cells.items() if v}, row.spot) for row in rows]
        spots[name] = listed
        records[name] = {one["id"]: one for one, _ in listed if one.get("id")}
    _attach_all(spots, records, notes)
    for one, spot in spots.get("organizations", []):
        feed.add_organisation(one, spot)
    for one, spot in spots.get("services", []):
        feed.add_service(one, spot)
    return feed


def tie_rows(rows: list[Row]) -> tuple[DraftRow, ...]:
    """Make ties of the table that only netmap's own packages have."""
    found = []
    for row in rows:
        ends = {column: row.cells.get(column) or row.cells.get(key, "")
                for column, key in _TIE_ENDS.items()}  # fmt: skip
        rest = {c: cell for c, cell in row.cells.items() if c not in _TIE_ENDS.values()}
        cells = {column: cell for column, cell in {**rest, **ends}.items() if cell}
        named = {column: column for column in cells}
        found.append(DraftRow("ties", cells, row.spot, columns=named))
    return tuple(found)


def _attach_all(spots: Spots, records: Records, notes: list[Note]) -> None:
    for name, columns in _PLACES.items():
        for one, spot in spots.get(name, []):
            ways = [(TABLES[name].parents[column], one.get(column, "")) for column in columns]
            _attach(one, name, [way for way in ways if way[1]], records, (spot, notes))
    for one, spot in spots.get("attributes", []):
        term = records.get("taxonomy_terms", {}).get(one.get("taxonomy_term_id", ""), {})
        ways = [(table, one.get("link_id", "")) for table in _LINKED]
        _attach({**one, "taxonomy_term": term}, "attributes", ways, records, (spot, notes))
    _attach_places(spots, records, notes)
    for name, parent in ((ORGANISATIONS, "organizations"), (ACTIVITIES, "services")):
        for one, spot in spots.get(name, []):
            own = records.get(parent, {}).get(one.get(LINK, ""))
            if own is None:
                notes.append(_dangling(name, spot))
            else:
                own[PART] = one


def _attach_places(spots: Spots, records: Records, notes: list[Note]) -> None:
    for one, spot in spots.get("locations", []):
        if one.get("organization_id"):
            ways = [("organizations", one["organization_id"])]
            _attach(one, "locations", ways, records, (spot, notes))
    for one, spot in spots.get("service_at_location", []):
        location = records.get("locations", {}).get(one.get("location_id", ""))
        if location is not None:
            one["location"] = location
        ways = [("services", one.get("service_id", ""))]
        _attach(one, "service_at_locations", ways, records, (spot, notes))


def _attach(
    one: dict[str, Any],
    name: str,
    ways: list[tuple[str, str]],
    records: Records,
    told: tuple[Spot, list[Note]],
) -> None:
    spot, notes = told
    parent = next(_parents(ways, records), None)
    if parent is None:
        notes.append(_dangling(name, spot))
        return
    parent.setdefault(name, []).append(one)


def _parents(ways: list[tuple[str, str]], records: Records) -> Iterator[dict[str, Any]]:
    for table, key in ways:
        found = records.get(table, {}).get(key)
        if found is not None:
            yield found


def _dangling(name: str, spot: Spot) -> Note:
    message = f"this row of {name} belongs to nothing in the package; it is left out."
    return Note(Outcome.WARNED, "missing-reference", message, spot)
