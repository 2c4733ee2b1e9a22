"""Who lives in an area: totals and ethnic groups from census tables, wide or long.

Where a table has the finer groups alone, the five groups of the census are added up from them, so
that shares and gaps can be worked out; a finer group no community stands for (such as White Irish)
counts in its sum and is not kept apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from netmap.exchange.draft import Draft, DraftRow, Note, Outcome
from netmap.exchange.statistics.frame import Frame
from netmap.networks.cells import as_number
from netmap.networks.models import CENSUS_GROUPS
from netmap.vocabulary import Vocabularies, Vocabulary

KIND = "population"
_FEWEST = 3
_TOTAL = re.compile(
    r"\btotal\b|\ball (?:usual )?(?:residents|people|persons|categories)\b|^population\b"
    r"|\busual residents\b|\ball ages\b"
)
_PERCENT = re.compile(r"%|\bper ?cent\b")
_DECORATION = re.compile(
    r"^(?:ethnic group|ethnicity)\s*[:\-]\s*|;\s*measures.*$|\s*[(\[](?:number|count|persons|people"
    r"|%|per ?cent)[)\]]\s*$|\s*(?:number|count)\s*$",
    re.IGNORECASE,
)
_OBSERVED = re.compile(r"(?:\b|_)(?:observation|value|count|number)s?(?:\b|_)")
_NOT_A_GROUP = re.compile(r"does not apply|not stated|^-8$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """What the columns of a wide table count.

    Attributes:
        total: The column of all people, if any.
        groups: Community to its column.
        sums: Census group to the columns that add up to it.
        percent: Whether the groups are percentages.
    """

    total: int | None
    groups: Mapping[str, int]
    sums: Mapping[str, tuple[int, ...]]
    percent: bool


def fits(frame: Frame, vocabularies: Vocabularies) -> bool:
    """Tell whether a table counts people by group, or people at all."""
    communities = vocabularies["community"]
    columns = columns_of(frame, communities)
    wide = columns.total is not None or len(columns.groups) + len(columns.sums) >= _FEWEST
    return _long_columns(frame, communities) is not None or (wide and frame.one_row_each)


def draft_of(frame: Frame, vocabularies: Vocabularies) -> Draft:
    """Read population rows from a table."""
    communities = vocabularies["community"]
    long = _long_columns(frame, communities)
    if long:
        return _from_long(frame, communities, *long)
    columns = columns_of(frame, communities)
    rows, notes = [], list(_said(frame, columns))
    for row in frame.rows:
        cells, unread = _cells(frame, row, columns)
        notes += unread
        rows.append(
            DraftRow(
                "populations", cells, frame.spot(row), frame.area(row), _letters(frame, columns)
            )
        )
    read = len(frame.rows) + len(frame.others)
    return Draft(KIND, "rows", read, tuple(rows), tuple(notes), frame.not_rows())


def columns_of(frame: Frame, communities: Vocabulary) -> Columns:
    """Tell what the columns of a wide table count."""
    plain = {n: _plain(h) for n, h in enumerate(frame.headings) if n not in frame.codes and h}
    shares = {n for n, heading in plain.items() if _PERCENT.search(frame.headings[n].casefold())}
    counts = [n for n in plain if n not in shares]
    percent = not any(_group(plain[n], communities) for n in counts) and bool(shares)
    usable = sorted(shares) if percent else counts
    groups: dict[str, int] = {}
    for column in usable:
        slug = _group(plain[column], communities)
        if slug and slug not in groups and _numeric(frame, column):
            groups[slug] = column
    sums = {
        group: tuple(parts)
        for group in CENSUS_GROUPS
        if group not in groups
        and (parts := [n for n in usable if _above(frame.headings[n], communities) == group])
    }
    return Columns(_total(frame, plain, shares), groups, sums, percent)


def _plain(heading: str) -> str:
    return _DECORATION.sub("", re.sub(r"\s+", " ", heading)).strip()


def _group(heading: str, communities: Vocabulary) -> str | None:
    return None if _TOTAL.search(heading.casefold()) else communities.resolve(heading)


def _above(heading: str, communities: Vocabulary) -> str | None:
    """Find the census group a finer heading belongs to by what it begins with."""
    plain = _plain(heading)
    parts = plain.split(":") if ":" in plain else plain.split("_")
    found = communities.resolve(parts[0]) if len(parts) > 1 else None
    return found if found in CENSUS_GROUPS else None


def _total(frame: Frame, plain: Mapping[int, str], shares: set[int]) -> int | None:
    """Choose the column of all people: of several, the one with the largest numbers."""
    named = [
        n
        for n, heading in plain.items()
        if n not in shares and _TOTAL.search(heading.casefold().replace("_", " "))
    ]
    sizes = {
        n: sum(as_number(c) or 0 for c in frame.column(n)) for n in named if _numeric(frame, n)
    }
    return max(sizes, key=lambda n: (sizes[n], -n), default=None)


def _numeric(frame: Frame, column: int) -> bool:
    cells = [c for c in frame.column(column)[:100] if c]
    return bool(cells) and sum(as_number(c) is not None for c in cells) * 2 >= len(cells)


def _cells(frame: Frame, row: int, columns: Columns) -> tuple[dict[str, str], list[Note]]:
    cells = {"area": frame.area(row), "measure": "percent" if columns.percent else "people"}
    notes: list[Note] = []

    def number(column: int) -> float | None:
        text = frame.cell(row, column)
        value = as_number(text) if text else None
        if value is None:
            notes.append(_unread(frame, row, column, text))
        return value

    if columns.total is not None and (total := number(columns.total)) is not None:
        cells["total"] = f"{total:.15g}"
    for slug, column in columns.groups.items():
        if (value := number(column)) is not None:
            cells[slug] = f"{value:.15g}"
    for group, parts in columns.sums.items():
        # What the parts lack was already said where a part is a group of its own.
        known = [as_number(frame.cell(row, n)) for n in parts]
        if None not in known:
            cells[group] = f"{sum(v for v in known if v is not None):.15g}"
    return cells, notes


def _unread(frame: Frame, row: int, column: int, text: str) -> Note:
    message = "is no number: withheld by those who counted, or not known; it is left empty."
    return Note(Outcome.WARNED, "no-number", message, frame.spot(row, column), text or None)


def _letters(frame: Frame, columns: Columns) -> dict[str, str]:
    total = {"total": frame.letter(columns.total)} if columns.total is not None else {}
    groups = {slug: frame.letter(n) for slug, n in columns.groups.items()}
    return {"area": frame.letter(frame.code), **total, **groups}


def _said(frame: Frame, columns: Columns) -> list[Note]:
    """Say how the columns were understood, where it is not plain from their headings."""
    notes = []
    for group, parts in columns.sums.items():
        names = ", ".join(frame.headings[n] for n in parts)
        message = f"'{group}' is added up from {names}."
        notes.append(Note(Outcome.MENDED, "added-up", message, frame.grid.spot()))
    used = {frame.code, columns.total, *columns.groups.values()}
    used |= {n for parts in columns.sums.values() for n in parts}
    rest = [
        h
        for n, h in enumerate(frame.headings)
        if h and n not in used and n not in frame.codes and _numeric(frame, n)
    ]
    if rest:
        message = f"not used: {', '.join(rest)}."
        notes.append(Note(Outcome.WARNED, "columns-not-used", message, frame.grid.spot()))
    return notes


def _long_columns(frame: Frame, communities: Vocabulary) -> tuple[int, int] | None:
    """Find the columns of the group and of the number in a table with a row for each group."""
    if frame.one_row_each:
        return None
    number = next(
        (
            n
            for n in reversed(range(len(frame.headings)))
            if _OBSERVED.search(frame.headings[n].casefold()) and _numeric(frame, n)
        ),
        None,
    )
    if number is None:
        return None
    for column in range(len(frame.headings)):
        values = {c for c in frame.column(column)[:500] if c} if column != number else set()
        known = {v for v in values if _group(_plain(v), communities)}
        if len(known) >= _FEWEST and len(known) * 2 >= len(values):
            return column, number
    return None


def _from_long(frame: Frame, communities: Vocabulary, group: int, number: int) -> Draft:
    cells: dict[str, dict[str, str]] = {}
    first: dict[str, int] = {}
    sums: dict[str, dict[str, float]] = {}
    notes: list[Note] = []
    for row in frame.rows:
        area, said = frame.area(row), frame.cell(row, group)
        first.setdefault(area, row)
        own = cells.setdefault(area, {"area": area, "measure": "people"})
        value = as_number(frame.cell(row, number))
        if _NOT_A_GROUP.search(said):
            continue
        if value is None:
            notes.append(_unread(frame, row, number, frame.cell(row, number)))
            continue
        slug = "total" if _TOTAL.search(said.casefold()) else _group(_plain(said), communities)
        if slug:
            own[slug] = f"{value:.15g}"
        above = _above(said, communities)
        if above and slug != above:
            added = sums.setdefault(area, {})
            added[above] = added.get(above, 0) + value
    for area, added in sums.items():
        for slug, value in added.items():
            cells[area].setdefault(slug, f"{value:.15g}")
    for own in cells.values():
        if "total" not in own and all(slug in own for slug in CENSUS_GROUPS):
            own["total"] = f"{sum(float(own[slug]) for slug in CENSUS_GROUPS):.15g}"
    rows = tuple(
        DraftRow("populations", own, frame.spot(first[area]), area) for area, own in cells.items()
    )
    message = f"{len(frame.rows)} rows, one for each group, are {len(rows)} areas."
    notes.append(Note(Outcome.MENDED, "long-table", message, frame.grid.spot()))
    return Draft(KIND, "areas", len(rows), rows, tuple(notes))
