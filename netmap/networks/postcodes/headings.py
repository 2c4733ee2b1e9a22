"""Which column of a postcode table means what, by its heading or, without headings, by its place.

The names change between releases (``laua``, ``oslaua``, ``lad25cd``), so they are matched by
pattern, best first. Reading the columns is for the modules beside this one.
"""

import csv
import io
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DELIMITERS = ",;\t|"
_LOOKED_AT = 40

# Best first; a heading is compared in lower case, letters and digits only.
_PATTERNS: Mapping[str, Sequence[str]] = {
    "postcode": (
        r"pcds",
        r"pcd[278]?",
        r"(?:full|unit|the)?postcodes?|postcodeunit",
        r"postalcodes?|pc",
        r"(?:out|outward)(?:codes?|pcd)?|postcodedistricts?|pcddistricts?",
        r"(?:pcd|postcode).*",
    ),
    "latitude": (r"lat(?:itude)?", r"lat(?:itude)?(?:wgs84|deg|degrees|dd)", r"latitude.*"),
    "longitude": (
        r"long?|lng|longitude",
        r"(?:lng|long?(?:itude)?)(?:wgs84|deg|degrees|dd)",
        r"longitude.*",
    ),
    "easting": (r"oseast\w*|east1m", r"eastings?", r".*eastings?.*|east|ea"),
    "northing": (r"osnrth\w*|north1m", r"northings?", r".*northings?.*|north|no"),
    "x": (r"x", r"x(?:coord|coordinate|pos)"),
    "y": (r"y", r"y(?:coord|coordinate|pos)"),
    "terminated": (
        r"doterm",
        r"terminated(?:on)?|terminat.*|dateofterm.*",
        r"enddate|ended(?:on)?",
    ),
    "district": (
        r"(?:os)?laua|lad\d*(?:cd|code)",
        r".*(?:district|authority|ltla|lad)\d*(?:cd|code)",
        r"lad\d*|ltla\d*|district|dc",
    ),
    "districts": (r"(?:n|no|num|number|numberof|count)districts|districts(?:count)?",),
    "lsoa": (r"lsoa21(?:cd|code)?", r"lsoa11(?:cd|code)?", r"lsoa\d*(?:cd|code)?"),
    "quality": (r"(?:positional)?quality\w*|pqi?", r"osgrdind|gridind"),
}

# Code-Point Open has had two layouts, both without headings: number of columns, then roles.
_WITHOUT_HEADINGS: Mapping[int, Mapping[str, int]] = {
    10: {"postcode": 0, "quality": 1, "easting": 2, "northing": 3, "district": 8},
    19: {"postcode": 0, "quality": 1, "easting": 10, "northing": 11, "district": 16},
}
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?(?:[0-9][A-Z]{2})?")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out.

    Attributes:
        width: How many columns it has.
        roles: Which column (from nought) holds what: ``postcode``, ``latitude``, ``longitude``,
            ``easting``, ``northing``, ``terminated``, ``district``, ``districts``, ``lsoa``,
            ``quality``; only those it has.
        delimiter: What stands between its cells.
        above: How many rows that are not blank stand above its postcodes.
    """

    width: int
    roles: Mapping[str, int]
    delimiter: str = ","
    above: int = 0


def layout_of(sample: str) -> Layout | None:
    """Find out how a table of delimited text is laid out.

    Args:
        sample: Its first lines, all of them whole.

    Returns:
        The layout; None where nothing in it looks like postcodes with coordinates.
    """
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            rows = list(itertools.islice(reader, _LOOKED_AT))
        except csv.Error:
            continue
        for index, row in enumerate(rows):
            roles = roles_of(row, rows[index + 1 :])
            first = index + 1 if roles else index
            roles = roles or _roles_by_place(row)
            if roles:
                # A heading row may lack the delimiter that ends every other row.
                width = len(_example(rows[first:], roles["postcode"]) or row)
                return Layout(width, roles, delimiter, sum(map(bool, rows[:first])))
    return None


def roles_of(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[str, int] | None:
    """Say which column holds what.

    Args:
        heading: The headings.
        rows: Some of the rows below; one of them must hold a postcode.

    Returns:
        Columns by role, as in :class:`Layout`; None where these are not the headings of a
        postcode table.
    """
    names = [re.sub(r"[^a-z0-9]+", "", cell.casefold()) for cell in heading]
    roles = {role: at for role in _PATTERNS if (at := _first(names, _PATTERNS[role])) is not None}
    at = roles.get("postcode")
    if at is None or _example(rows, at) is None:
        return None
    across, up = roles.pop("x", None), roles.pop("y", None)
    if across is not None and up is not None and not _has_coordinates(roles):
        kind = ("longitude", "latitude") if _are_degrees(rows, up) else ("easting", "northing")
        roles |= dict(zip(kind, (across, up), strict=True))
    return roles if _has_coordinates(roles) else None


def _first(names: Sequence[str], patterns: Sequence[str]) -> int | None:
    return next(
        (at for p in patterns for at, name in enumerate(names) if re.fullmatch(p, name)), None
    )


def _has_coordinates(roles: Mapping[str, int]) -> bool:
    return {"latitude", "longitude"} <= roles.keys() or {"easting", "northing"} <= roles.keys()


def _example(rows: Sequence[Sequence[str]], at: int) -> Sequence[str] | None:
    return next((row for row in rows if _holds_postcode(row, at)), None)


def _holds_postcode(row: Sequence[str], at: int) -> bool:
    if at >= len(row):
        return False
    return _POSTCODE.fullmatch(re.sub(r"\s+", "", row[at]).upper()) is not None


def _are_degrees(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Tell degrees north from metres north by how large they are."""
    last_degree = 90.0
    cells = [row[at].strip().replace(",", ".") for row in rows if at < len(row)]
    numbers = [abs(float(cell)) for cell in cells if _NUMBER.fullmatch(cell)]
    return bool(numbers) and max(numbers) <= last_degree


def _roles_by_place(row: Sequence[str]) -> Mapping[str, int] | None:
    roles = _WITHOUT_HEADINGS.get(len(row))
    if roles is None or not _holds_postcode(row, roles["postcode"]):
        return None
    numbers = (row[roles[name]].strip() for name in ("quality", "easting", "northing"))
    return roles if all(map(_NUMBER.fullmatch, numbers)) else None
