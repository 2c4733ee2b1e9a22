"""Rows that were said to be the same, one through another, and where that contradicts itself."""

from collections.abc import Collection, Iterable, Sequence


class Groups:
    """Sets of ids that stand for one body.

    A group in which two were also said to be different is not one body until somebody settles it:
    its members stay apart.
    """

    def __init__(
        self, same: Sequence[tuple[str, str]], apart: Iterable[Collection[str]] = ()
    ) -> None:
        """Put together what is the same.

        Args:
            same: Pairs of ids, the one that stays first.
            apart: Pairs of ids that were said not to be the same.
        """
        self._above: dict[str, str] = {}
        self._seconds = {second for _, second in same}
        for first, second in same:
            self._above[self._top(first)] = self._top(second)
        self.contradicted = {
            top
            for pair in apart
            for top in {self._top(one) for one in pair}
            if len({self._top(one) for one in pair}) == 1
        }
        members: dict[str, list[str]] = {}
        for one in sorted({one for pair in same for one in pair}):
            members.setdefault(self._top(one), []).append(one)
        self._members = members

    def _top(self, one: str) -> str:
        while one in self._above and self._above[one] != one:
            one = self._above[one]
        return one

    def contradicts(self, one: str, other: str) -> bool:
        """Tell whether two that are not the same were said, one through another, to be so."""
        return self._top(one) == self._top(other)

    def root(self, one: str) -> str:
        """Name the group an id is in; the id itself where it is in none that holds."""
        top = self._top(one)
        return one if top in self.contradicted else top

    def sound(self) -> list[list[str]]:
        """List the groups that hold, each with the one that stays first.

        The one that stays is never the second of a pair, where there is such a one; the rest are
        in order of id, so that the order of rows in a file changes nothing.
        """
        return sorted(
            sorted(members, key=lambda one: (one in self._seconds, one))
            for top, members in self._members.items()
            if top not in self.contradicted and len(members) > 1
        )
