"""A register's travel times as the bytes of ``travel.parquet``."""

import io

import numpy as np

from netmap.networks.travel_times import TravelTimes

_ROWS = 2**20


def as_parquet(travel: TravelTimes) -> bytes:
    """Write travel times; the same times give the same bytes.

    An area or activity that has no way to or from anywhere gets one row with empty minutes, so
    that it is not taken for one that nobody asked about.
    """
    import pyarrow as pa  # noqa: PLC0415  # only travel times are written so
    import pyarrow.parquet as pq  # noqa: PLC0415

    lone_areas = np.setdiff1d(np.arange(len(travel.areas)), travel.area)
    lone = np.setdiff1d(np.arange(len(travel.activities)), travel.activity)
    if not travel.areas or not travel.activities:
        lone_areas = lone = lone[:0]
    nought = np.zeros_like
    area = np.concatenate([travel.area, lone_areas, nought(lone)]).astype(np.int32)
    activity = np.concatenate([travel.activity, nought(lone_areas), lone]).astype(np.int32)
    empty = np.full(len(lone_areas) + len(lone), np.nan, dtype=np.float32)
    minutes = np.concatenate([travel.minutes, empty])
    table = pa.table(
        {
            "area": pa.DictionaryArray.from_arrays(area, pa.array(travel.areas, pa.string())),
            "activity": pa.DictionaryArray.from_arrays(
                activity, pa.array(travel.activities, pa.string())
            ),
            "minutes": pa.array(minutes, pa.float32(), from_pandas=True),
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out, row_group_size=_ROWS, compression="zstd")
    return out.getvalue()
