"""Lists of words of many activities, compared as arrays: topics, languages, who leads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    Truths = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Lists:
    """One list for each of some activities; empty where nothing is recorded.

    Attributes:
        at: Which of `distinct` each has, intp.
        distinct: The lists, each once.
    """

    at: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    distinct: tuple[frozenset[str], ...]

    def any_of(self, words: Iterable[str]) -> "Truths":
        """Tell which have any of these words."""
        wanted = frozenset(words)
        return self._those(bool(wanted & one) for one in self.distinct)

    @property
    def empty(self) -> "Truths":
        """Which have nothing recorded."""
        return self._those(not one for one in self.distinct)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word that any of them has, sorted."""
        return tuple(sorted(frozenset[str]().union(*self.distinct)))

    def _those(self, chosen: Iterable[bool]) -> "Truths":
        of_distinct = np.array([*chosen, False], dtype=bool)
        found: Truths = of_distinct[self.at]
        return found


def lists_of(rows: Iterable[Iterable[str]]) -> Lists:
    """Gather the lists of some activities, in their order."""
    found: dict[frozenset[str], int] = {}
    at = [found.setdefault(frozenset(row), len(found)) for row in rows]
    return Lists(np.array(at, dtype=np.intp), tuple(found))
