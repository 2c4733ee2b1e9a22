"""Lists of words of many activities, compared as arrays: topics, languages, who leads them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from netmap.gaps.context import Facts
from netmap.networks.models import Activity

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


def kept(context: Facts, what: str, of: Callable[[Activity], Iterable[str]]) -> Lists:
    """Gather a list of every activity within reach of anywhere, once for a network.

    Args:
        context: The network.
        what: What is listed; no setting may change it.
        of: Reads the list of one activity.
    """
    if what not in context.lists:
        context.lists[what] = lists_of(map(of, context.within_reach.activities))
    found: Lists = context.lists[what]
    return found
