"""A directory as gathered from its files: every service and organisation once, in one form.

The form is that of HSDS 3 JSON: a service holds its organisation, places, times and terms. Feeds
give a service in short and in full, on several pages; of one id the fuller form wins, and what
only the other has is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from netmap.exchange.directories.parts import Part, part_of, parts, text
from netmap.exchange.draft import Note, Outcome, Spot

ORGANISATION = ("organization", "organisation")


@dataclass(frozen=True, slots=True)
class Entry:
    """One service or organisation.

    Attributes:
        key: What the source calls it; empty where it has no id.
        record: All that is said of it.
        spot: Where its fullest form stands.
    """

    key: str
    record: Part
    spot: Spot


@dataclass(slots=True)
class Feed:
    """What was gathered so far.

    Attributes:
        services: By id, else by where they stand; in the order met.
        organisations: By id, else by name; in the order met.
        locations: Places that stand apart from services, by id.
        terms: Taxonomy terms by id.
        notes: What was noticed on the way.
        set_aside: Records that are nothing a directory can hold.
    """

    services: dict[str, Entry] = field(default_factory=dict)
    organisations: dict[str, Entry] = field(default_factory=dict)
    locations: dict[str, Part] = field(default_factory=dict)
    terms: dict[str, Part] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    set_aside: list[Note] = field(default_factory=list)

    def add_service(self, record: Part, spot: Spot) -> None:
        """Add a service, and the organisation it holds."""
        for name in ORGANISATION:
            for one in parts(record, name):
                self.add_organisation(one, replace(spot, column=name))
        _add(self.services, record, spot, text(record, "id") or f"{spot.file} {spot}")

    def add_organisation(self, record: Part, spot: Spot) -> None:
        """Add an organisation, and the services it holds."""
        name = text(record, "name")
        key = text(record, "id") or name
        plain = {part: value for part, value in record.items() if part != "services"}
        if key:
            _add(self.organisations, plain, spot, key)
        elif not parts(record, "services") and not spot.column:
            self.refuse("an organisation without name or id.", "no-name", spot)
        short = {"id": text(record, "id"), "name": name}
        for number, service in enumerate(parts(record, "services"), start=1):
            whole = (
                service if part_of(service, *ORGANISATION) else {**service, "organization": short}
            )
            column = f"{spot.column} service {number}".strip()
            self.add_service(whole, replace(spot, column=column))

    def add_service_at_location(self, record: Part, spot: Spot) -> None:
        """Add a service that is given by one of its places."""
        service = part_of(record, "service")
        place = {name: value for name, value in record.items() if name != "service"}
        key = text(service, "id") or text(record, "service_id")
        if not key:
            self.refuse("a place of a service that is not named.", "missing-reference", spot)
            return
        whole = {**service, "id": key, "service_at_locations": [place]}
        self.add_service(whole, replace(spot, column="service") if service else spot)

    def refuse(self, what: str, code: str, spot: Spot) -> None:
        """Set a record aside."""
        self.set_aside.append(Note(Outcome.REFUSED, code, f"This is {what}", spot))


def _add(entries: dict[str, Entry], record: Part, spot: Spot, key: str) -> None:
    known = entries.get(key)
    own = text(record, "id")
    if known is None:
        entries[key] = Entry(own, record, spot)
        return
    fuller = _weight(record) > _weight(known.record)
    one, other = (record, known.record) if fuller else (known.record, record)
    entries[key] = Entry(known.key or own, united(one, other), spot if fuller else known.spot)


def united(one: Part, other: Part) -> Part:
    """Add to a record what only another form of it has; records within go by their ids."""
    whole: dict[str, Any] = dict(one)
    for name, value in other.items():
        mine = whole.get(name)
        if _is_empty(mine):
            whole[name] = value
        elif isinstance(mine, dict) and isinstance(value, dict):
            same = text(mine, "id") == text(value, "id") or not text(value, "id")
            whole[name] = united(mine, value) if same else mine
        elif isinstance(mine, list) and isinstance(value, list):
            whole[name] = _all_of(mine, value)
    return whole


def _all_of(mine: list[Any], others: list[Any]) -> list[Any]:
    by_id = {text(one, "id"): one for one in others if isinstance(one, dict) and text(one, "id")}
    found = []
    for one in mine:
        other = by_id.pop(text(one, "id"), None) if isinstance(one, dict) else None
        found.append(united(one, other) if other else one)
    return [*found, *by_id.values()]


def _weight(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(_weight(one) for one in value.values())
    if isinstance(value, list):
        return sum(_weight(one) for one in value)
    return int(not _is_empty(value))


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
