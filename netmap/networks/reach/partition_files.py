"""Areas and activities in folders of Parquet files, some million rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.networks.network_settings import ReachSettings
from netmap.places import distance_class

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

DEGREES, METRES = ("longitude", "latitude"), ("x", "y")
_ROWS = 2**20


@dataclass(frozen=True, eq=False)
class AreaRows:
    """Some areas, one after another as the files have them.

    Attributes:
        code: Their codes, an Arrow array of whatever type the files have.
        points: Degrees or metres, shape (n, 2); NaN where unknown.
        people: Everybody, and the people of each community, shape (n, 1 + communities).
        catchment_km: How far people can travel, kilometres with detour.
    """

    code: Any
    points: "Floats"
    people: "Floats"
    catchment_km: "Floats"


@dataclass(frozen=True, eq=False)
class Provided:
    """All activities.

    Attributes:
        points: Degrees or metres, shape (m, 2); NaN where unknown.
        count: What each counts for, int64.
        layers: Which may be used by everybody (all), and by each community.
    """

    points: "Floats"
    count: "NDArray[np.int64]"
    layers: "NDArray[np.bool_]"


def files_in(folder: Path) -> list[Path]:
    """List the Parquet files of a folder and those below it, by name; or the one file.

    Raises:
        UnreadableFileError: There is none.
    """
    files = [folder] if folder.is_file() else sorted(folder.rglob("*.parquet"))
    if not files:
        raise UnreadableFileError(folder, "there is no Parquet file in it")
    return files


def are_metres(folder: Path) -> bool:
    """Tell whether points are in metres (columns x and y) or degrees (longitude and latitude).

    Raises:
        UnreadableFileError: There is neither.
    """
    names = set(_opened(files_in(folder)[0]).schema_arrow.names)
    if not names.issuperset(DEGREES) and not names.issuperset(METRES):
        raise UnreadableFileError(folder, "there are no columns longitude and latitude, or x and y")
    return not names.issuperset(DEGREES)


def read_areas(
    folder: Path, settings: ReachSettings, communities: Sequence[str]
) -> Iterator[AreaRows]:
    """Read areas, up to a million at a time, however small or large the files are."""
    by_class = {"urban": settings.urban_km, "rural": settings.rural_km}
    points = METRES if are_metres(folder) else DEGREES
    for table in _tables(folder, ("code", *points, "people", *communities)):
        if "catchment_km" in table.column_names:
            catchment = _floats(table, "catchment_km")
        elif "rural_urban" in table.column_names:
            classes = table.column("rural_urban").cast("string").fill_null("")
            classes = classes.combine_chunks().dictionary_encode()
            named = classes.dictionary.to_pylist()
            each = np.array([by_class[distance_class(one)] for one in named], dtype=np.float64)
            catchment = each[classes.indices.to_numpy()]
        else:
            catchment = np.full(len(table), settings.urban_km)
        people = np.stack([_floats(table, name) for name in ("people", *communities)], axis=1)
        yield AreaRows(table.column("code"), _points(table, points), people, catchment)


def read_activities(folder: Path, communities: Sequence[str]) -> Provided:
    """Read all activities; 0 in their column `communities` means that all may come."""
    points = METRES if are_metres(folder) else DEGREES
    nothing = np.empty((0, 1 + len(communities)), dtype=bool)
    parts = [Provided(np.empty((0, 2)), np.empty(0, dtype=np.int64), nothing)]
    for table in _tables(folder, points):
        count = np.ones(len(table), dtype=np.int64)
        if "count" in table.column_names:
            count = np.nan_to_num(_floats(table, "count"), nan=1.0).astype(np.int64)
        bits = np.zeros(len(table), dtype=np.uint64)
        if "communities" in table.column_names:
            column = table.column("communities").fill_null(0)
            bits = column.to_numpy().astype(np.uint64)
        named = [(bits >> np.uint64(n)) & np.uint64(1) for n in range(len(communities))]
        everybody = np.ones(len(table), dtype=bool)
        layers = [everybody, *((bits == 0) | one.astype(bool) for one in named)]
        parts.append(Provided(_points(table, points), count, np.stack(layers, axis=1)))
    return Provided(
        np.concatenate([part.points for part in parts]),
        np.concatenate([part.count for part in parts]),
        np.concatenate([part.layers for part in parts]),
    )


def _tables(folder: Path, needed: Sequence[str]) -> Iterator[Any]:
    """Read rows of the columns that are known, as Arrow tables; the last one of what is left."""
    import pyarrow as pa  # noqa: PLC0415  # only large data come as Parquet

    known = (*needed, "catchment_km", "rural_urban", "count", "communities")
    held: list[Any] = []
    for file in files_in(folder):
        opened = _opened(file)
        names = opened.schema_arrow.names
        missing = sorted(set(needed) - set(names))
        if missing:
            raise UnreadableFileError(file, f"there is no column {' nor '.join(missing)}")
        try:
            for batch in opened.iter_batches(_ROWS, columns=[n for n in known if n in names]):
                held.append(pa.Table.from_batches([batch]))
                if sum(len(table) for table in held) >= _ROWS:
                    yield _joined(folder, held)
                    held = []
        except (pa.ArrowException, OSError) as error:
            raise UnreadableFileError(file, f"it is broken ({error})") from error
    if held:
        yield _joined(folder, held)


def _joined(folder: Path, tables: list[Any]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    try:
        return pa.concat_tables(tables, promote_options="permissive")
    except pa.ArrowException as error:
        raise UnreadableFileError(folder, f"its files differ in their columns ({error})") from error


def _opened(file: Path) -> Any:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return pq.ParquetFile(file, memory_map=False)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFileError(file, f"it is not Parquet ({error})") from error


def _floats(table: Any, name: str) -> "Floats":
    """Give a column of numbers; NaN where it is empty."""
    import pyarrow as pa  # noqa: PLC0415

    try:
        column = table.column(name).cast(pa.float64()).fill_null(float("nan"))
    except pa.ArrowException as error:
        raise UnreadableFileError(name, f"this column is not of numbers ({error})") from error
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _points(table: Any, names: tuple[str, str]) -> "Floats":
    return np.stack([_floats(table, name) for name in names], axis=1)
