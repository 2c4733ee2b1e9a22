"""Reach beyond a country: areas and activities in folders of Parquet, read through twice.

First all areas go by and each activity learns how many people can get to it; then they go by again
and each area learns how far, how many and how much. Held are the activities and a million areas at
a time, never their pairs.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.networks.network_settings import ReachSettings
from netmap.networks.reach.continent import Continent, Told
from netmap.networks.reach.partition_files import are_metres, read_activities, read_areas
from netmap.networks.reach.trees import WORD
from netmap.networks.reach.zones import FAR_M
from netmap.workspace import folder_in_the_making

ABOUT = "reach.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What was worked out: how many areas, how many of them without a point, and activities."""

    areas: int
    nowhere: int
    activities: int


def reach_partitions(
    areas: Path,
    activities: Path,
    output: Path,
    settings: ReachSettings,
    communities: Sequence[str] = (),
) -> Written:
    """Work out the reach of any number of areas, and write it as Parquet.

    Both folders have points as ``longitude`` and ``latitude`` (WGS 84 degrees), or both as ``x``
    and ``y`` (metres of one metric CRS; distances are then as true as that CRS is). Degrees are
    measured in the UTM projection of the area's zone, what is farther than 300 km over the round
    earth; the antimeridian is no edge. Source of supply: E2SFCA, Luo and Qi (2009).

    Args:
        areas: A folder of Parquet files, or one, with ``code``, a point, ``people``, a column of
            people for each community, and ``catchment_km`` or ``rural_urban``; without either, all
            are urban.
        activities: The same with a point, ``count`` (1 where empty) and ``communities``: bit n is
            set where it is for community n, and 0 is open to all.
        output: The folder to make or replace: ``part-00000.parquet`` and so on, areas in the order
            of their files, and ``reach.json``. It is put in place when all of it is there.
        settings: How far people can travel, detour and decay.
        communities: The names of the bits, at most 63.

    Returns:
        How many were read. Columns written: ``code``, ``nearest_km``, ``within_reach``,
        ``supply_per_1000``, and the last three again for each community, with its name behind;
        empty where an area has no point, or there is nothing to be near to.

    Raises:
        UnreadableFileError: A folder lacks a file or a column, or one is broken.
        CannotWriteError: `output` is not a folder made here, or cannot be written.
    """
    if len(communities) >= WORD:
        raise UnreadableFileError(activities, f"more than {WORD - 1} communities do not fit")
    if are_metres(areas) != are_metres(activities):
        raise UnreadableFileError(activities, f"{areas} has its points in another kind of columns")
    metric = are_metres(areas)
    continent = Continent(read_activities(activities, communities), settings, metric=metric)
    for rows in read_areas(areas, settings, communities):
        if not metric and (rows.catchment_km / settings.detour * 1000 > FAR_M).any():
            raise UnreadableFileError(areas, f"a catchment is wider than {FAR_M / 1000:.0f} km")
        continent.learn(rows)
    continent.share_out()
    number = nowhere = 0
    with folder_in_the_making(output, ABOUT) as made:
        for part, rows in enumerate(read_areas(areas, settings, communities)):
            told = continent.tell(rows)
            _write(made / f"part-{part:05}.parquet", rows.code, told, ("", *communities))
            number += len(told.placed)
            nowhere += len(told.placed) - int(told.placed.sum())
        written = Written(number, nowhere, len(continent.provided.count))
        about = {
            "areas": written.areas,
            "areas_without_point": written.nowhere,
            "activities": written.activities,
            "communities": list(communities),
            "detour": settings.detour,
            "decay": settings.decay,
        }
        (made / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return written


def _write(file: Path, code: Any, told: Told, names: Sequence[str]) -> None:
    """Write the answers for some areas, three columns for each layer."""
    import pyarrow as pa  # noqa: PLC0415  # only large data go as Parquet
    import pyarrow.parquet as pq  # noqa: PLC0415

    nowhere = ~told.placed
    columns = {"code": code}
    for layer, name in enumerate(names):
        behind = f"_{name}" if name else ""
        endless = np.isinf(told.nearest_km[:, layer])
        columns[f"nearest_km{behind}"] = pa.array(told.nearest_km[:, layer], mask=endless)
        columns[f"within_reach{behind}"] = pa.array(told.within[:, layer], mask=nowhere)
        columns[f"supply_per_1000{behind}"] = pa.array(told.per_1000[:, layer], mask=nowhere)
    pq.write_table(pa.table(columns), file, compression="zstd")
