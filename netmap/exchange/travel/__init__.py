"""Tables of travel times that routing programs write, on their way into a network.

OSRM and openrouteservice answer in JSON and know places by their points alone
(:mod:`~netmap.exchange.travel.services`); r5r and r5py write long tables with ids
(:mod:`~netmap.exchange.travel.long_tables`). Both become a
:class:`~netmap.exchange.travel.matrix.Matrix`, and :func:`fit` finds the areas and activities of a
register in it. A matrix is no rows of a register: it ends in the network's travel times.
"""

from pathlib import Path

from netmap.exchange.travel import long_tables, services
from netmap.exchange.travel.fitting import Fitted, fit
from netmap.exchange.travel.matrix import Matrix
from netmap.exchange.travel.writing import as_parquet

__all__ = ["Fitted", "Matrix", "as_parquet", "fit", "read", "recognises"]


def recognises(file: Path) -> bool:
    """Tell whether a file is a table of travel times."""
    return services.recognises(file) or long_tables.recognises(file)


def read(file: Path, shown: str) -> Matrix:
    """Read a table of travel times.

    Raises:
        UnreadableFileError: It is none, or nothing in it can be used.
    """
    reader = services.read if file.suffix.lower() == ".json" else long_tables.read
    return reader(file, shown)
