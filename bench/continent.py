"""Reach of eight million areas to two million activities, from Parquet to Parquet.

A continent made up from a fixed seed, clustered as census blocks are: three billion pairs within
10 km. In metres, then in degrees, it is written, and worked out in a process of its own, whose time
and memory are printed.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from netmap.networks.network_settings import ReachSettings
from netmap.places import to_metres

AREAS, ACTIVITIES, TOWNS, PARTS = 8_132_968, 2_000_000, 3_000, 50
_EQUAL_AREA = 5070  # Albers, the United States; metres
# As in the published measure: catchments of 10 km, nothing but the straight line.
SETTINGS = ReachSettings(urban_km=10, rural_km=10, detour=1, decay="gaussian")


def continent(folder: Path, *, metric: bool) -> None:
    """Write `areas` and `activities` of a made-up United States, the areas in 50 parts."""
    chance = np.random.default_rng(7)
    towns = np.c_[chance.uniform(-123, -69, TOWNS), chance.uniform(27, 48, TOWNS)]
    size = np.minimum(chance.pareto(1.2, TOWNS) + 0.5, 200)
    town = np.sort(chance.choice(TOWNS, AREAS, p=size / size.sum()))
    wide = np.where(chance.random(AREAS) < 0.3, 0.6, 0.02 * np.sqrt(size[town]) + 0.02)  # noqa: PLR2004
    areas = towns[town] + chance.normal(0, 1, (AREAS, 2)) * wide[:, None]
    activities = areas[chance.integers(0, AREAS, ACTIVITIES)] + chance.normal(
        0, 0.01, (ACTIVITIES, 2)
    )
    names = ("x", "y") if metric else ("longitude", "latitude")
    if metric:
        areas, activities = to_metres(areas, _EQUAL_AREA), to_metres(activities, _EQUAL_AREA)
    for part, rows in enumerate(np.array_split(np.arange(AREAS), PARTS)):
        more = {"code": rows, "people": chance.integers(10, 80, len(rows))}
        _write(folder / "areas", part, names, areas[rows], more)
    _write(folder / "activities", 0, names, activities, {})


def _write(
    folder: Path,
    part: int,
    names: tuple[str, str],
    points: NDArray[np.float64],
    more: dict[str, NDArray[np.int64]],
) -> None:
    folder.mkdir(exist_ok=True, parents=True)
    table = pa.table({**more, names[0]: points[:, 0], names[1]: points[:, 1]})
    pq.write_table(table, folder / f"{part:03}.parquet")


def measure(folder: Path) -> None:
    """Work it out here, and print what it took beyond the imports."""
    from netmap.networks.reach import partitions  # noqa: PLC0415  # imports are not measured

    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    found = partitions.reach_partitions(
        folder / "areas", folder / "activities", folder / "out", SETTINGS
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    megabytes = (after.ru_maxrss - before.ru_maxrss) / 1024
    print(
        f"{found.areas:,} areas x {found.activities:,} activities: {seconds:.0f} s "
        f"({busy:.0f} s of processors), {megabytes:,.0f} MB above imports"
    )


def main() -> None:
    """Measure in metres, then in degrees."""
    for kind in ("metres", "degrees"):
        with tempfile.TemporaryDirectory() as scratch:
            continent(Path(scratch), metric=kind == "metres")
            print(f"{kind}: ", end="", flush=True)
            subprocess.run((sys.executable, __file__, scratch), check=True)


if __name__ == "__main__":
    measure(Path(sys.argv[1])) if sys.argv[1:] else main()
