"""From the blocks of a postcode table to one table in the order of postcodes.

Each outward code is added with the middle of its live postcodes, so that looking one up costs no
more than looking up a postcode.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from netmap.networks.postcodes.tidying import COLUMNS, DECIMALS, INWARD, LIVE, LONGEST_OUTCODE

if TYPE_CHECKING:
    import pyarrow as pa

    Ints = np.ndarray[tuple[int], np.dtype[np.int64]]

_KEY_BYTES = 8


def in_order(blocks: "Iterable[pa.Table]") -> "pa.Table":
    """Put blocks together: one row for each postcode and each outward code, in order.

    Of several rows with one postcode, one with a place goes before one without, a live one before
    an ended one, then the first.

    Args:
        blocks: As :func:`netmap.networks.postcodes.tidying.tidied` makes them.

    Returns:
        The same columns; an outward code worked out from postcodes goes before one of a table.
    """
    import pyarrow as pa  # noqa: PLC0415  # heavy: only workspaces with a postcode table pay for it
    import pyarrow.compute as pc  # noqa: PLC0415

    whole = _first_of_each(pa.concat_tables(blocks).unify_dictionaries().combine_chunks())
    full = pc.greater(pc.binary_length(whole["postcode"]), LONGEST_OUTCODE)
    middles = _outcodes(whole.filter(full).combine_chunks()).cast(whole.schema)
    return _first_of_each(pa.concat_tables([middles, whole]).unify_dictionaries().combine_chunks())


def _first_of_each(table: "pa.Table") -> "pa.Table":
    """Sort by postcode, keeping the best row of each."""
    import pyarrow as pa  # noqa: PLC0415

    keys = _as_numbers(table["postcode"])
    order = np.argsort(keys, kind="stable")
    if (keys[order][1:] == keys[order][:-1]).any():
        ended = table["terminated"].to_numpy() != LIVE
        nowhere = np.isnan(table["latitude"].to_numpy())
        order = np.lexsort((np.arange(len(keys)), ended, nowhere, keys))
        ordered = keys[order]
        order = order[np.concatenate(([True], ordered[1:] != ordered[:-1]))]
    return table.take(pa.array(order))


def _as_numbers(keys: "pa.ChunkedArray") -> "np.ndarray[tuple[int], np.dtype[np.uint64]]":
    """Write each key as a number in whose order the keys are alphabetical."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    if not len(keys):
        return np.zeros(0, dtype=np.uint64)
    padded = pc.ascii_rpad(keys, _KEY_BYTES)
    whole = pa.concat_arrays(padded.chunks).cast(pa.binary(_KEY_BYTES))
    content = whole.buffers()[1]
    start = whole.offset * _KEY_BYTES
    return np.frombuffer(content, ">u8", count=len(whole), offset=start).astype(np.uint64)


def _outcodes(full: "pa.Table") -> "pa.Table":
    """Work out the middle of each outward code, and its district where there is but one.

    The live postcodes count; where an outward code has none left, those that ended.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    placed = full.filter(pc.invert(pc.is_nan(full["latitude"])))
    outcodes = pc.utf8_slice_codeunits(placed["postcode"], 0, -INWARD).combine_chunks()
    encoded = outcodes.dictionary_encode()
    names, at = encoded.dictionary, encoded.indices.to_numpy()
    live = placed["terminated"].to_numpy() == LIVE
    has_live = np.bincount(at[live], minlength=len(names)) > 0
    counted = live | ~has_live[at]
    number = np.bincount(at[counted], minlength=len(names))
    middles = [
        np.round(
            np.bincount(at[counted], placed[name].to_numpy()[counted], len(names)) / number,
            DECIMALS,
        )
        for name in ("latitude", "longitude")
    ]
    district = _single_district(placed["district"].combine_chunks(), at, counted, len(names))
    nothing = pa.nulls(len(names), pa.string())
    ended = pa.array(np.full(len(names), LIVE, dtype=np.int32))
    columns = [names, *map(pa.array, middles), ended, district, nothing]
    return pa.table([*columns, pa.array(number.astype(np.int32))], names=list(COLUMNS))


def _single_district(
    codes: "pa.DictionaryArray",
    at: "Ints",
    counted: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    outcodes: int,
) -> "pa.Array":
    import pyarrow as pa  # noqa: PLC0415

    index = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    known = counted & (index >= 0)
    nobody = len(codes.dictionary)
    least, most = np.full(outcodes, nobody), np.full(outcodes, -1)
    np.minimum.at(least, at[known], index[known])
    np.maximum.at(most, at[known], index[known])
    single = np.where(least == most, least, nobody)
    return pa.array([*codes.dictionary.to_pylist(), None], pa.string()).take(pa.array(single))
