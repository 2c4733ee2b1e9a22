"""Boundaries as they are published: areas, their outlines, and the larger areas they lie in.

Any geographic file with a code for each outline will do. Where the codes are those of a statistical
office they say what kind of area each is, and a column of codes of larger areas gives the parents.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from netmap.errors import UnreadableFileError
from netmap.exchange import gis
from netmap.exchange.draft import Draft, DraftRow, Note, Outcome, Spot
from netmap.exchange.statistics.codes import is_code, kind_of_area, size_of
from netmap.exchange.statistics.names import name_heading
from netmap.networks.models import Area, columns
from netmap.vocabulary import Vocabularies, load

KIND = "boundaries"
_COLUMNS = frozenset(columns(Area))


def recognises(file: Path) -> bool:
    """Tell whether a file is boundaries with the codes of a statistical office."""
    if not gis.recognises(file):
        return False
    try:
        draft = gis.read(file, file.name, load(), "areas")
    except UnreadableFileError:
        return False
    return draft.boundaries is not None and _official(draft.rows)


def read(file: Path, shown: str, vocabularies: Vocabularies) -> Draft:
    """Read a layer of boundaries.

    Args:
        file: Any geographic file.
        shown: How messages name it.
        vocabularies: The controlled terms of the workspace.

    Returns:
        A row of ``areas`` for each outline, rows that mention the areas above them, and the
        boundaries by code, WGS 84.

    Raises:
        UnreadableFileError: It is no geographic file, or nothing in it tells one area from another.
    """
    draft = gis.read(file, shown, vocabularies, "areas")
    if not _official(draft.rows):
        return replace(draft, kind=KIND)
    above = _column_above(draft.rows)
    named = name_heading(above, list(draft.rows[0].cells)) if above else None
    rows: list[DraftRow] = []
    parents: dict[str, DraftRow] = {}
    for row in draft.rows:
        cells = {column: text for column, text in row.cells.items() if column in _COLUMNS}
        cells.setdefault("kind", kind_of_area(row.cells["code"]))
        parent = row.cells.get(above, "") if above else ""
        if parent:
            cells["parent"] = parent
            parents.setdefault(parent, _parent(row, parent, named))
        rows.append(replace(row, cells={c: text for c, text in cells.items() if text}))
    notes = (*draft.notes, *_not_used(draft.rows, {above or "", named or ""}, shown))
    return replace(draft, kind=KIND, rows=(*parents.values(), *rows), notes=notes)


def _official(rows: Sequence[DraftRow]) -> bool:
    return bool(rows) and all(is_code(row.cells.get("code", "")) for row in rows)


def _column_above(rows: Sequence[DraftRow]) -> str | None:
    """Find the column with the codes of the next larger areas."""
    own = min(size_of(row.cells["code"]) for row in rows)
    sizes = {
        column: size
        for column in rows[0].cells
        if column != "code" and (size := _size_in(rows, column)) is not None and size > own
    }
    return min(sizes, key=lambda column: (sizes[column], column), default=None)


def _size_in(rows: Sequence[DraftRow], column: str) -> int | None:
    codes = [row.cells.get(column, "") for row in rows]
    return min(map(size_of, codes)) if all(map(is_code, codes)) else None


def _parent(row: DraftRow, code: str, named: str | None) -> DraftRow:
    name = row.cells.get(named, "") if named else ""
    cells: Mapping[str, str] = {"code": code, "name": name or code, "kind": kind_of_area(code)}
    return DraftRow("areas", cells, row.spot, code, mention=True)


def _not_used(rows: Sequence[DraftRow], used: set[str], shown: str) -> list[Note]:
    seen = dict.fromkeys(column for row in rows for column in row.cells)
    rest = [column for column in seen if column not in _COLUMNS and column not in used]
    if not rest:
        return []
    return [Note(Outcome.WARNED, "columns-not-used", f"not used: {', '.join(rest)}.", Spot(shown))]
