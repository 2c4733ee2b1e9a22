"""Long tables of travel times: r5r's and r5py's, and our own.

One row is one pair: ``from_id``, ``to_id`` and ``travel_time`` in minutes, or a column for each
percentile (``travel_time_p50``). r5py leaves the time empty where there is no way; r5r leaves the
row out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.exchange.draft import Note, Outcome, Spot
from netmap.exchange.travel.matrix import Ends, Matrix
from netmap.tables import normalise_heading
from netmap.tables.columns import headings_of
from netmap.tables.pairs import Names, PairTable, read_pairs

_FROM, _TO = ("fromid", "area"), ("toid", "activity")
_TIME = re.compile(r"(?:traveltime|minutes)(?:p(\d{1,2}))?")
_MEDIAN = 50
_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".parquet"})


def recognises(file: Path) -> bool:
    """Tell whether a file has the headings of such a table."""
    if file.suffix.lower() not in _ENDINGS or not file.is_file():
        return False
    try:
        return _columns(headings_of(file, file.name)) is not None
    except UnreadableFileError:
        return False


def read(file: Path, shown: str) -> Matrix:
    """Read a long table.

    Raises:
        UnreadableFileError: It is none, or broken.
    """
    columns = _columns(headings_of(file, shown))
    if columns is None:
        why = "it has not the headings from_id, to_id and travel_time"
        raise UnreadableFileError(shown, why)
    table = read_pairs(file, shown, columns)
    ours = normalise_heading(columns[0]) == "area"
    return Matrix(
        "netmap" if ours else "r5",
        _ends("sources", table.firsts),
        _ends("destinations", table.seconds),
        table.first,
        table.second,
        table.number,
        (*_percentile(columns[2], shown), *_faults(table, shown)),
    )


def _columns(headings: Sequence[str]) -> tuple[str, str, str] | None:
    """Find the three columns; of several percentiles the one nearest to the median."""
    plain = {normalise_heading(text): text for text in reversed(headings)}
    one = next((plain[name] for name in _FROM if name in plain), None)
    other = next((plain[name] for name in _TO if name in plain), None)
    times = {
        plain[name]: abs(int(found[1] or _MEDIAN) - _MEDIAN)
        for name in sorted(plain)
        if (found := _TIME.fullmatch(name))
    }
    if one is None or other is None or not times:
        return None
    return one, other, min(times, key=lambda name: times[name])


def _percentile(heading: str, shown: str) -> list[Note]:
    found = _TIME.fullmatch(normalise_heading(heading))
    if found is None or found[1] is None:
        return []
    message = f"of the percentiles of travel time '{heading}' is taken."
    return [Note(Outcome.WARNED, "percentile", message, Spot(shown, column=heading))]


def _ends(what: str, names: Names) -> Ends:
    nowhere = np.full((len(names.names), 2), np.nan)
    return Ends(what, names.names, nowhere, tuple(names.first_row))


def _faults(table: PairTable, shown: str) -> list[Note]:
    """Say how many rows could not be used, and the first of them."""
    notes = []
    for fault, code, what in (
        (table.bad, "bad-number", "have no time that can be"),
        (table.nameless, "missing-value", "do not say from where or to where"),
        (table.broken, "extra-cells", "have more or fewer cells than headings"),
    ):
        if fault.count:
            row, text = fault.first[0]
            rows = "row" if fault.count == 1 else "rows"
            message = f"{fault.count:,} {rows} {what}; they are left out."
            spot = Spot(shown, row=row)
            notes.append(Note(Outcome.REFUSED, code, message, spot, text or None))
    return notes
