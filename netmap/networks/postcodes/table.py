"""Looking postcodes up in a table of millions, touching only what is asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from netmap.errors import UnreadableFileError
from netmap.networks.postcodes.keeping import Kept, kept
from netmap.networks.postcodes.mending import look_alikes
from netmap.networks.postcodes.places import Places, State
from netmap.networks.postcodes.tidying import COLUMNS, INWARD, LIVE, LONGEST_OUTCODE

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_Known = tuple[float, float, int, str | None, str | None, int]
_NOWHERE: _Known = (float("nan"), float("nan"), LIVE, None, None, 0)


@dataclass(frozen=True, slots=True)
class PostcodeTable:
    """A postcode table, ready to be asked.

    Attributes:
        shown: How messages name it.
        kept: What was made of it.
    """

    shown: str
    kept: Kept

    def find(self, postcodes: Sequence[str]) -> Places:
        """Find where postcodes are.

        Args:
            postcodes: Full postcodes and outward codes, however they are spaced; may repeat.

        Returns:
            One answer for each, in that order.

        Raises:
            UnreadableFileError: What was made of the table is broken, or was taken away meanwhile.
        """
        keys = [squeezed(one) for one in postcodes]
        wanted = sorted(set(keys))
        known = self._known(sorted({*wanted, *map(_outcode, wanted)}))
        states = {key: _state(key, known) for key in wanted}
        unknown = [key for key in wanted if states[key] is State.UNKNOWN]
        found = {key: known.get(key) or known.get(_outcode(key)) or _NOWHERE for key in wanted}
        answers = [found[key] for key in keys]
        return Places(
            latitude=np.array([one[0] for one in answers], dtype=np.float64),
            longitude=np.array([one[1] for one in answers], dtype=np.float64),
            state=np.array([states[key] for key in keys], dtype=np.int8),
            terminated=np.array([one[2] for one in answers], dtype=np.int32),
            district=np.array([one[3] for one in answers], dtype=np.object_),
            lsoa=np.array([one[4] for one in answers], dtype=np.object_),
            mends=self._mends(unknown),
        )

    def _mends(self, unknown: Sequence[str]) -> dict[str, tuple[str, ...]]:
        tries = {key: look_alikes(key) for key in unknown}
        known = self._known(sorted({squeezed(one) for found in tries.values() for one in found}))
        there = {
            key: tuple(one for one in found if squeezed(one) in known)
            for key, found in tries.items()
        }
        return {key: found for key, found in there.items() if found}

    def _known(self, keys: Sequence[str]) -> dict[str, _Known]:
        """Read the rows of these keys, which are sorted and without repetition."""
        import pyarrow.parquet as pq  # noqa: PLC0415  # heavy: only what looks a postcode up pays

        found: dict[str, _Known] = {}
        if not keys:
            return found
        try:
            with pq.ParquetFile(self._content()) as file:
                for rows in _matching(file, keys):
                    columns = [rows.column(name).to_pylist() for name in COLUMNS]
                    found |= {key: tuple(rest) for key, *rest in zip(*columns, strict=True)}
        except Exception as error:  # pyarrow has no common ancestor for what a broken file raises
            raise UnreadableFileError(self.shown, str(error)) from error
        return found

    def _content(self) -> Any:
        import pyarrow as pa  # noqa: PLC0415

        content = self.kept.content
        return content if isinstance(content, Path) else pa.BufferReader(content)


def open_table(file: Path, shown: str) -> PostcodeTable:
    """Open a postcode table; the first use of it makes a quick one beside it.

    Args:
        file: A file or a folder.
        shown: How messages name it.

    Raises:
        UnreadableFileError: It is not there, broken, or has no postcodes with coordinates.
    """
    return PostcodeTable(shown, kept(file, shown))


def squeezed(postcode: str) -> str:
    """Write a postcode as the table's key: capitals, no blanks."""
    return "".join(postcode.split()).upper()


def _outcode(key: str) -> str:
    return key if len(key) <= LONGEST_OUTCODE else key[:-INWARD]


def _state(key: str, known: Mapping[str, _Known]) -> State:
    found = known.get(key) or known.get(_outcode(key))
    # A table of outward codes cannot tell a postcode that exists from one that does not.
    if found is None or (key not in known and found[5] > 0):
        return State.UNKNOWN
    if np.isnan(found[0]):
        return State.NO_PLACE
    if key not in known or len(key) <= LONGEST_OUTCODE:
        return State.OUTWARD
    return State.EXACT if found[2] == LIVE else State.TERMINATED


def _matching(file: "pq.ParquetFile", keys: Sequence[str]) -> "Iterator[pa.Table]":
    """Read the rows of some keys, passing over the parts of the file that cannot hold them."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    for index in range(file.num_row_groups):
        ends = file.metadata.row_group(index).column(0).statistics
        here = keys[bisect_left(keys, ends.min) : bisect_right(keys, ends.max)]
        if not here:
            continue
        only = file.read_row_group(index, columns=["postcode"]).column(0)
        mask = pc.is_in(only, value_set=pa.array(here))
        if pc.any(mask).as_py():
            yield file.read_row_group(index, columns=list(COLUMNS)).filter(mask)
