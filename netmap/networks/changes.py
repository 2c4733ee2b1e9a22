"""What differs between two registers of one network: row by row, cell by cell.

Rows are told apart by their ids and codes, the others by what they say something of: a tie by its
two ends and kind, an enquiry by area and community. Where several rows share a key they are taken
in a steady order, so that moving rows about changes nothing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from netmap.networks.mentions import areas_of, communities_of, subjects_of
from netmap.networks.models import TABLES, Activity, Population, Record
from netmap.networks.network_settings import NetworkSettings
from netmap.networks.register import Point, Register
from netmap.privacy import SUPPRESSED
from netmap.workspace import NETWORK_FILE

How = Literal["added", "removed", "changed"]
Cell = str | int | float | None
_APART = ("at", "extra", "faulted", "groups", "suppressed")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("id",),
    "activities": ("id",),
    "areas": ("code",),
    "populations": ("area",),
    "ties": ("source_organisation", "target_organisation", "kind", "topic"),
    "enquiries": ("area", "community"),
    "targets": ("owner", "measure"),
    "shares": ("area", "dimension", "key"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that came or went, or one cell that differs; or a setting.

    Attributes:
        table: The table; ``network.toml`` for a setting, ``day`` for the day itself.
        key: What tells the row apart, parts with a blank between them.
        change: Whether it is only in the later register, only in the earlier, or differs.
        column: The column; None for a whole row.
        before: The cell in the earlier register; for a row that went, what it was called.
        after: The cell in the later register; for a row that came, what it is called.
        file: Where the row stands, in the later register where it is there.
        row: Its row.
        areas: Codes of the areas it is about; ``*`` for every area.
        communities: Whom it is about; None for anybody.
        subjects: Ids, topics and measures it names.
        points: Where an activity met and meets, (longitude, latitude) in degrees WGS 84.
    """

    table: str
    key: str
    change: How
    column: str | None = None
    before: Cell = None
    after: Cell = None
    file: str | None = None
    row: int | None = None
    areas: frozenset[str] = frozenset()
    communities: frozenset[str] | None = None
    subjects: frozenset[str] = frozenset()
    points: frozenset[Point] = frozenset()


def rows_changed(before: Register, after: Register) -> tuple[Change, ...]:
    """Compare the rows of two registers, both as one audience may see them.

    Returns:
        By table, key and column.
    """
    return tuple(one for table in TABLES for one in _in_table(before, after, table))


def settings_changed(before: NetworkSettings, after: NetworkSettings) -> tuple[Change, ...]:
    """Compare what ``network.toml`` says; the key of each is as ``gaps.stale_months``."""
    old, new = (dict(_flat("", one.model_dump())) for one in (before, after))
    return tuple(
        Change(NETWORK_FILE, key, "changed", None, _cell(old.get(key)), _cell(new.get(key)))
        for key in sorted({*old, *new})
        if old.get(key) != new.get(key)
    )


def counted(changes: tuple[Change, ...]) -> dict[str, dict[str, int]]:
    """Count the rows that came, went or differ, by table; every table present."""
    rows: dict[str, dict[str, set[str]]] = {
        table: {"added": set(), "removed": set(), "changed": set()} for table in TABLES
    }
    for one in changes:
        rows[one.table][one.change].add(one.key)
    return {t: {how: len(keys) for how, keys in found.items()} for t, found in rows.items()}


def _in_table(before: Register, after: Register, table: str) -> Iterator[Change]:
    old, new = _by_key(before, table), _by_key(after, table)
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield _change(table, key, "added", now, after, None, _called(now))
        elif now is None and was is not None:
            yield _change(table, key, "removed", was, before, _called(was), None)
        elif was is not None and now is not None and was != now:
            yield from _in_row(before, after, table, key, was, now)


def _in_row(
    before: Register, after: Register, table: str, key: str, was: Record, now: Record
) -> Iterator[Change]:
    old, new = _cells(was), _cells(now)
    areas = areas_of(was, before) | areas_of(now, after)
    subjects = subjects_of(was) | subjects_of(now)
    whom = communities_of(was), communities_of(now)
    communities = None if None in whom else frozenset().union(*(one or () for one in whom))
    groups = _groups(was, now)
    points = _points(was, before) | _points(now, after)
    for column in sorted({*old, *new}):
        one, other = old.get(column), new.get(column)
        if one == other:
            continue
        about = frozenset({column}) if column in groups else communities
        yield Change(
            table, key, "changed", column, one, other,
            now.at.file, now.at.row, areas, about, subjects, points,
        )  # fmt: skip


def _change(
    table: str, key: str, how: How, row: Record, register: Register, before: Cell, after: Cell
) -> Change:
    return Change(
        table, key, how, None, before, after, row.at.file, row.at.row,
        areas_of(row, register), communities_of(row), subjects_of(row),
        _points(row, register),
    )  # fmt: skip


def _points(row: Record, register: Register) -> frozenset[Point]:
    point = register.point_of(row) if isinstance(row, Activity) and not row.aggregate else None
    return frozenset([point]) if point else frozenset()


def _by_key(register: Register, table: str) -> dict[str, Record]:
    found: dict[str, list[Record]] = {}
    for row in getattr(register, table):
        key = " ".join(str(part) for c in _KEYS[table] if (part := getattr(row, c)) is not None)
        found.setdefault(key, []).append(row)
    named: dict[str, Record] = {}
    for key, rows in found.items():
        for number, row in enumerate(sorted(rows, key=_order) if len(rows) > 1 else rows, 1):
            named[key if number == 1 else f"{key} ({number})"] = row
    return named


def _order(row: Record) -> str:
    """Put rows of one key in the order of their days, so that what was added comes last."""
    days = [getattr(row, c, None) for c in ("asked_on", "due", "since", "starts")]
    return json.dumps([[str(d or "") for d in days], sorted(_cells(row).items())], default=str)


def _cells(row: Record) -> dict[str, Cell]:
    cells = {
        column: cell
        for column in type(row).model_fields
        if column not in _APART and (cell := _cell(getattr(row, column))) is not None
    }
    if isinstance(row, Population):
        cells |= {**row.groups, **dict.fromkeys(row.suppressed, SUPPRESSED)}
    return {**cells, **row.extra}


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "yes" if value else "no"
        case None | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case dict():
            return json.dumps(value, default=str, sort_keys=True)
        case _:
            return "; ".join(str(item) for item in value) or None


def _flat(above: str, settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        if isinstance(value, dict):
            yield from _flat(f"{above}{key}.", value)
        else:
            yield f"{above}{key}", value


def _called(row: Record) -> Cell:
    return getattr(row, "name", None)


def _groups(was: Record, now: Record) -> frozenset[str]:
    groups = [{*r.groups, *r.suppressed} for r in (was, now) if isinstance(r, Population)]
    return frozenset().union(*groups)
