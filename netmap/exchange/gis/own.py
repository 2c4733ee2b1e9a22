"""netmap's own exports, as they come back: every cell as it went out.

What was worked out for the map (labels, names of areas) is passed over. A point that was moved in
a GIS is a correction and is taken; a row without a point of its own was drawn at its area's point,
so its shape says nothing.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome
from netmap.exchange.gis.layers import LABEL, LAYERS, WORKED_OUT
from netmap.exchange.gis.outlines import boundaries
from netmap.exchange.gis.placing import Placed, cells_of, placed
from netmap.exchange.gis.properties import text_of
from netmap.exchange.gis.shapes import DECIMALS
from netmap.exchange.gis.source import Feature, Source
from netmap.networks.models import TABLES, columns, required
from netmap.privacy import SUPPRESSED
from netmap.tables.cells import RUNS_AS_FORMULA

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_FORMAT_ONLY = frozenset({"layer", "fid", "ogc_fid", "@id"})
_MOVED = 1.5 * 10**-DECIMALS
_KEYS = ("id", "code")


def table_of(feature: Feature) -> str:
    """Name the table a feature of an export belongs to; nothing where it is none."""
    named = feature.properties.get("layer") or feature.layer
    return str(named) if named in TABLES else ""


def is_own(source: Source) -> bool:
    """Tell whether a file is an export of netmap's, by its mark or by all its columns."""
    return bool(source.features) and (
        source.ours or all(_has_columns(feature) for feature in source.features)
    )


def _has_columns(feature: Feature) -> bool:
    table = table_of(feature)
    if table not in LAYERS:
        return False
    return {*required(TABLES[table]), WORKED_OUT[table][-1]} <= set(feature.properties)


def read(source: Source) -> Draft:
    """Read an export.

    Args:
        source: The file.
    """
    rows: list[DraftRow] = []
    notes: list[Note] = list(source.notes)
    aside: list[Note] = []
    outlines: dict[str, BaseGeometry] = {}
    for one in placed(source.features):
        table = table_of(one.feature)
        if not table:
            message = "it does not say which table it belongs to."
            aside.append(Note(Outcome.REFUSED, "unknown-table", message, one.feature.spot))
            continue
        cells = _cells(table, one.feature.properties)
        notes.extend(_suppressed(table, cells, one.feature))
        if table in {"organisations", "activities"}:
            cells, moved = _moved(cells, one)
            notes.extend(moved)
        elif table == "areas" and one.shape is not None and one.shape.geom_type != "Point":
            notes.extend(one.notes)
            outlines.setdefault(cells.get("code", ""), one.shape)
        key = next((cells[name] for name in _KEYS if name in cells), "")
        seen = {name: name for name in cells}
        rows.append(DraftRow(table, cells, one.feature.spot, key, seen))
    outlines.pop("", None)
    return Draft(
        source.kind,
        "features",
        len(source.features),
        tuple(rows),
        tuple(notes),
        tuple(aside),
        boundaries(outlines),
    )


def _cells(table: str, properties: Mapping[str, object]) -> dict[str, str]:
    given = columns(TABLES[table])
    passed_over = _FORMAT_ONLY | set(WORKED_OUT.get(table, ())) | {f"{n}{LABEL}" for n in given}
    cells = {
        _unguarded(name): text_of(value)
        for name, value in properties.items()
        if name not in passed_over or name in given
    }
    return {name: text for name, text in cells.items() if text}


def _unguarded(heading: str) -> str:
    guarded = heading.startswith("'") and heading[1:].startswith(RUNS_AS_FORMULA)
    return heading[1:] if guarded else heading


def _suppressed(table: str, cells: dict[str, str], feature: Feature) -> Iterator[Note]:
    """Empty the counts that were too small to show: a star is no number."""
    stars = [name for name, text in cells.items() if text == SUPPRESSED]
    for name in stars if table == "populations" else ():
        del cells[name]
        message = "the count was too small to be shown in this file; the cell is left empty."
        yield Note(Outcome.WARNED, "suppressed", message, feature.spot, SUPPRESSED)


def _moved(cells: dict[str, str], one: Placed) -> tuple[dict[str, str], Iterable[Note]]:
    if one.point is None or not {"latitude", "longitude"} <= set(cells) or _many(cells):
        return cells, ()
    said = (_number(cells["longitude"]), _number(cells["latitude"]))
    if max(abs(a - b) for a, b in zip(said, one.point, strict=True)) <= _MOVED:
        return cells, ()
    place = cells_of(one.point)
    message = "the point was moved on the map; its new place is taken."
    was, now = (f"{held['latitude']}, {held['longitude']}" for held in (cells, place))
    note = Note(Outcome.MENDED, "moved-point", message, one.feature.spot, was, now)
    return {**cells, **place}, (note,)


def _many(cells: Mapping[str, str]) -> bool:
    """Tell whether a row stands for several activities; those are drawn at their area's point."""
    return cells.get("count", "1") not in {"", "1"}


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.inf
