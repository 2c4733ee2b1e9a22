"""What the cells of a postcode table hold, told column by column.

A postcode becomes its key: capitals without blanks. A place that the table itself says it does
not know (latitude 99.999999, quality 90, easting 0) becomes NaN: never a point.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.networks.postcodes.grid_points import to_degrees

if TYPE_CHECKING:
    import pyarrow as pa

    from netmap.places import Degrees

    Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

COLUMNS = ("postcode", "latitude", "longitude", "terminated", "district", "lsoa", "postcodes")
LIVE = 0
ENDED_SOME_TIME = 1
DECIMALS = 6
LONGEST_OUTCODE = 4
INWARD = 3

# A postcode or an outward code, squeezed.
_KEY = r"^[A-Z]{1,2}[0-9][A-Z0-9]?([0-9][A-Z]{2})?$"
_NUMBER = r"^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$"
_NO_PLACE = frozenset({"9", "90"})
_STILL_LIVE = frozenset(
    {"", "0", "n", "no", "false", "f", "live", "current", "nan", "none", "null"}
)
_MONTH = re.compile(r"(?P<year>\d{4})[-/.]?(?P<month>0[1-9]|1[0-2])(?!\d{3})")
_DAY_FIRST = re.compile(r"(?:\d{1,2}[-/.])?(?P<month>\d{1,2})[-/.](?P<year>\d{4})")
_LAST_LAT, _LAST_LON = 90.0, 180.0


def tidied(block: "Mapping[str, pa.Array]") -> "pa.Table":
    """Turn a block of text columns into what is kept.

    Args:
        block: Text columns by role, as :func:`netmap.networks.postcodes.blocks.blocks_of` gives.

    Returns:
        Columns :data:`COLUMNS`: the key (text), degrees WGS 84 (NaN where there is no place),
        the month a postcode ended as yyyymm (:data:`LIVE` for a live one,
        :data:`ENDED_SOME_TIME` where the month is unknown), district and LSOA code (None where
        unknown), and how many postcodes of the table the row stands for (none for an outward
        code). Only rows with a postcode; same order.
    """
    import pyarrow as pa  # noqa: PLC0415  # heavy: only workspaces with a postcode table pay for it
    import pyarrow.compute as pc  # noqa: PLC0415

    keys = pc.ascii_upper(pc.replace_substring_regex(block["postcode"], "[\\s\u00a0]+", ""))
    right = pc.match_substring_regex(keys, _KEY)
    rows = {role: pc.filter(column, right, "drop") for role, column in block.items()}
    keys = pc.filter(keys, right, "drop")
    points = _points(rows, keys)
    columns = [
        keys,
        pa.array(points[:, 1]),
        pa.array(points[:, 0]),
        _terminated(rows.get("terminated"), len(keys)),
        _codes(rows.get("district"), len(keys)),
        _codes(rows.get("lsoa"), len(keys)),
        pc.cast(pc.greater(pc.binary_length(keys), LONGEST_OUTCODE), pa.int32()),
    ]
    columns[4] = _only_single(columns[4], keys, rows.get("districts"))
    return pa.table(columns, names=list(COLUMNS))


def _points(rows: "Mapping[str, pa.Array]", keys: "pa.Array") -> "Degrees":
    import pyarrow.compute as pc  # noqa: PLC0415

    if "latitude" in rows and "longitude" in rows:
        points = np.column_stack((_numbers(rows["longitude"]), _numbers(rows["latitude"])))
    else:
        metres = np.column_stack((_numbers(rows["easting"]), _numbers(rows["northing"])))
        metres[(metres == 0).any(axis=1)] = np.nan
        points = to_degrees(metres, np.asarray(pc.starts_with(keys, "BT")))
    beyond = (np.abs(points[:, 1]) > _LAST_LAT) | (np.abs(points[:, 0]) > _LAST_LON)
    points[beyond | (points == 0).all(axis=1) | ~np.isfinite(points).all(axis=1)] = np.nan
    if "quality" in rows:
        stripped = pc.ascii_trim_whitespace(rows["quality"])
        points[np.asarray(_is_one_of(stripped, _NO_PLACE))] = np.nan
    return np.round(points, DECIMALS)


def _numbers(column: "pa.Array") -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Read numbers; NaN where there is none."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    text = pc.replace_substring(pc.ascii_trim_whitespace(column), ",", ".")
    number = pc.if_else(pc.match_substring_regex(text, _NUMBER), text, pa.scalar(None, pa.string()))
    found = pc.cast(number, pa.float64()).to_numpy(zero_copy_only=False)
    return np.array(found, dtype=np.float64)


def _is_one_of(column: "pa.Array", words: frozenset[str]) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    return pc.is_in(column, value_set=pa.array(sorted(words)))


def _terminated(column: "pa.Array | None", rows: int) -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415

    if column is None:
        return pa.array(np.full(rows, LIVE, dtype=np.int32))
    # A few hundred months for millions of rows: each is read once.
    months = column.dictionary_encode()
    meant = np.array([month_ended(text or "") for text in months.dictionary.to_pylist()], np.int32)
    at = months.indices.fill_null(0).to_numpy(zero_copy_only=False)
    ended = meant[at] if len(meant) else np.zeros(rows, np.int32)
    return pa.array(np.where(months.is_null().to_numpy(zero_copy_only=False), LIVE, ended))


def month_ended(text: str) -> int:
    """Read when a postcode ended: ``200906``, ``2009-06-30``, ``30/06/2009`` are 200906.

    Returns:
        yyyymm; :data:`LIVE` where it is live, :data:`ENDED_SOME_TIME` where no month is given.
    """
    word = text.strip().casefold()
    if word in _STILL_LIVE:
        return LIVE
    found = _MONTH.match(word) or _DAY_FIRST.match(word)
    if found is None or not 1 <= int(found["month"]) <= 12:  # noqa: PLR2004  # months of a year
        return ENDED_SOME_TIME
    return int(found["year"]) * 100 + int(found["month"])


def _codes(column: "pa.Array | None", rows: int) -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if column is None:
        return pa.nulls(rows, pa.string()).dictionary_encode()
    text = pc.ascii_trim_whitespace(column)
    known = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    return known.dictionary_encode()


def _only_single(codes: "pa.Array", keys: "pa.Array", counts: "pa.Array | None") -> "pa.Array":
    """Take the district from an outward code that may lie in several: it names one of them."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    outward = pc.less_equal(pc.binary_length(keys), LONGEST_OUTCODE)
    if not pc.any(outward).as_py():
        return codes
    single = pa.array(np.zeros(len(keys), dtype=bool) if counts is None else _numbers(counts) == 1)
    kept = pc.or_(pc.invert(outward), single)
    return pc.if_else(
        kept, codes.cast(pa.string()), pa.scalar(None, pa.string())
    ).dictionary_encode()
