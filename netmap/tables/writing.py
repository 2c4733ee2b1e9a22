"""Writing rows as the bytes of a CSV; where they are kept is for others."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence

from netmap.tables.cells import as_text, guarded, storable


def write_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Write rows as CSV: UTF-8, the same bytes on every system, no cell that runs.

    Args:
        columns: The headings, in order; a row's other keys are left out.
        rows: The cells; None is empty, lists are joined by `;`, yes and no are words.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(storable(column)) for column in columns])
    for row in rows:
        writer.writerow([_written(row.get(column)) for column in columns])
    return out.getvalue().encode()


def _written(value: object) -> str:
    match value:
        case str():
            return guarded(storable(value))
        case bool() | None:
            return as_text(value)
        case list() | tuple() | frozenset() | set():
            items = sorted(value) if isinstance(value, set | frozenset) else value
            return guarded(storable(";".join(str(item) for item in items)))
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case _:
            return as_text(value)
