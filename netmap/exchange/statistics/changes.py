"""Codes of areas that changed over the years, and which areas lie in which.

Where an area only got a new code, its other codes become aliases, so that a table of another year
finds it. Where areas were merged or split, a table about a part says nothing of the whole: those
are named and not joined.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome
from netmap.exchange.statistics.codes import is_code, kind_of_area, size_of
from netmap.exchange.statistics.frame import Frame
from netmap.exchange.statistics.names import name_column

CODE_CHANGES = "area-codes"
LOOKUP = "area-lookup"
_YEAR = re.compile(r"\d+")
# Numbers of rows that programs add to a table.
_ROW_ID = re.compile(r"\W*(?:object_?id|fid|oid|gid|global_?id|index|row)\W*", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:score|rate|ranks?|decile|quintile|percent\w*|population|count|total|number)\b|%",
    re.IGNORECASE,
)


def is_chain(frame: Frame) -> bool:
    """Tell whether a table has codes of one kind of area for several years, and nothing else."""
    kinds = [_stem(frame.headings[n]) for n in frame.codes]
    return any(times > 1 for times in Counter(kinds).values()) and _only_codes(frame)


def is_lookup(frame: Frame) -> bool:
    """Tell whether a table only says which areas lie in which larger ones."""
    return len(frame.codes) > 1 and not is_chain(frame) and _only_codes(frame)


def _stem(heading: str) -> str:
    return _YEAR.sub("", heading.casefold())


def _only_codes(frame: Frame) -> bool:
    names = {name_column(frame, n) for n in frame.codes}
    rest = [
        n
        for n, heading in enumerate(frame.headings)
        if heading and n not in frame.codes and n not in names and not _ROW_ID.fullmatch(heading)
    ]
    return not any(_MEASURED.search(frame.headings[n].replace("_", " ")) for n in rest) and all(
        len(set(frame.column(n))) <= len(frame.rows) // 20 + 8 for n in rest
    )


def chains(frame: Frame) -> Draft:
    """Read codes that changed: the other codes of an area become its aliases."""
    stems = Counter(_stem(frame.headings[n]) for n in frame.codes)
    stem = max(stems, key=lambda one: stems[one])
    columns = [n for n in frame.codes if _stem(frame.headings[n]) == stem]
    lines = [tuple(frame.cell(row, n) for n in columns) for row in frame.rows]
    partners = _partners(lines)
    rows: list[DraftRow] = []
    notes: list[Note] = []
    for row, line in zip(frame.rows, lines, strict=True):
        codes = sorted({code for code in line if is_code(code)})
        same = {a: [b for b in codes if b != a and _one_to_one(a, b, partners)] for a in codes}
        for code in codes:
            cells = {"code": code, **({"aliases": ";".join(same[code])} if same[code] else {})}
            rows.append(DraftRow("areas", cells, frame.spot(row), code, patch=True))
        apart = [b for b in codes if len(codes) > 1 and not same[b]]
        if apart:
            message = f"{_named(frame, row, columns)}: merged or split, so they are not joined."
            notes.append(Note(Outcome.WARNED, "areas-redrawn", message, frame.spot(row)))
    return Draft(
        CODE_CHANGES,
        "rows",
        len(frame.rows) + len(frame.others),
        _once(rows),
        tuple(notes),
        frame.not_rows(),
    )


def _partners(lines: Sequence[tuple[str, ...]]) -> dict[tuple[str, int], set[str]]:
    """Collect for each code which codes stand in each other year's column beside it."""
    beside: dict[tuple[str, int], set[str]] = defaultdict(set)
    for line in lines:
        for code in set(line):
            for year, other in enumerate(line):
                beside[code, year].add(other)
    return beside


def _one_to_one(one: str, other: str, beside: dict[tuple[str, int], set[str]]) -> bool:
    """Tell whether two codes are of one area: no year has anything but these beside either."""
    years = {year for _, year in beside}
    return all(
        len(beside.get((one, year), set())) <= 1 and len(beside.get((other, year), set())) <= 1
        for year in years
    )


def _named(frame: Frame, row: int, columns: Sequence[int]) -> str:
    said: dict[str, str] = {}
    for column in columns:
        name = name_column(frame, column)
        code = frame.cell(row, column)
        said.setdefault(code, frame.cell(row, name) if name is not None else "")
    return ", then ".join(f"{code} {name}".strip() for code, name in said.items())


def _once(rows: Sequence[DraftRow]) -> tuple[DraftRow, ...]:
    """Keep one row for each area; an area stands in several lines where others joined it."""
    kept: dict[str, DraftRow] = {}
    for row in rows:
        if row.key not in kept or ("aliases" in row.cells and "aliases" not in kept[row.key].cells):
            kept[row.key] = row
    return tuple(kept.values())


def lookup(frame: Frame) -> Draft:
    """Read which larger area each area lies in: the next larger one of the table."""
    sizes = {n: min(size_of(c) for c in frame.column(n) if is_code(c)) for n in frame.codes}
    order = sorted(frame.codes, key=lambda n: (sizes[n], n))
    above = next((n for n in order if sizes[n] > sizes[order[0]]), None)
    if above is None:
        return Draft(LOOKUP, "rows", 0)
    name = name_column(frame, above)
    rows = []
    for row in frame.rows:
        parent = frame.cell(row, above)
        cells = {"code": frame.area(row), "parent": parent}
        rows.append(DraftRow("areas", cells, frame.spot(row), cells["code"], patch=True))
        if is_code(parent):
            larger = {"code": parent, "kind": kind_of_area(parent)}
            larger["name"] = (frame.cell(row, name) if name is not None else "") or parent
            rows.append(DraftRow("areas", larger, frame.spot(row), parent, mention=True))
    return Draft(
        LOOKUP,
        "rows",
        len(frame.rows) + len(frame.others),
        tuple(rows),
        (),
        frame.not_rows(),
    )
