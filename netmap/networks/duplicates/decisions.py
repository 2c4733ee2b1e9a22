"""What people decided of pairs, and what follows from it for other pairs."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from netmap.findings import Place
from netmap.networks.duplicates.groups import Groups

_ACTIVITIES = "activities/"
_ORGANISATIONS = "organisations/"


class Verdict(StrEnum):
    """What somebody decided of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of ``duplicates.csv``.

    Attributes:
        first: The row that stays: an organisation's id, or an activity's after ``activities/``.
        second: The other row.
        verdict: What was decided; None where it is still to be reviewed.
        cells: All cells as they stand in the file, by heading; empty ones are left out.
        at: Where it stands.
    """

    first: str
    second: str
    verdict: Verdict | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    at: Place = field(default_factory=Place)

    @property
    def ids(self) -> frozenset[str]:
        """The two rows, in no order."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True)
class Decisions:
    """What people decided, in the order of their file.

    Attributes:
        rows: One for each row of the file.
        columns: The headings of the file; none where there is no file.
        intact: Whether all that is in the file was understood, so that it can be written anew.
    """

    rows: tuple[Decision, ...] = ()
    columns: tuple[str, ...] = ()
    intact: bool = True

    def __iter__(self) -> Iterator[Decision]:
        """Go through the rows."""
        return iter(self.rows)

    def about(self, one: str, other: str) -> Decision | None:
        """Find the row about two ids, whichever comes first; the decided one where several are."""
        found = [row for row in self.rows if row.ids == {one, other}]
        return next((row for row in found if row.verdict), found[0] if found else None)

    def settled(self, one: str, other: str) -> bool:
        """Tell whether two ids need not be asked about again.

        What was decided of a row holds for the rows that are the same as it.
        """
        if not self._settled:
            return False
        pair = frozenset((self.groups.root(one), self.groups.root(other)))
        return len(pair) == 1 or pair in self._settled or {one, other} in self._as_written

    @cached_property
    def groups(self) -> Groups:
        """The rows that were said to be the same, and where people contradict themselves."""
        two = [r for r in self.rows if r.verdict and r.first != r.second]
        same = [(r.first, r.second) for r in two if r.verdict is Verdict.SAME]
        apart = [r.ids for r in two if r.verdict is not Verdict.SAME]
        return Groups(same, apart)

    @cached_property
    def _as_written(self) -> frozenset[frozenset[str]]:
        return frozenset(row.ids for row in self.rows if row.verdict)

    @cached_property
    def _settled(self) -> frozenset[frozenset[str]]:
        return frozenset(frozenset(map(self.groups.root, ids)) for ids in self._as_written)

    def resolved(self, organisations: Container[str], activities: Container[str]) -> "Decisions":
        """Give these decisions with ids as pairs have them: activities marked as such."""
        rows = tuple(_resolved(row, organisations, activities) for row in self.rows)
        return replace(self, rows=rows)


def activity_key(text: str) -> str:
    """Write an activity's id so that no organisation can have the same."""
    return f"{_ACTIVITIES}{text}"


def activity_id(key: str) -> str | None:
    """Take an activity's id from what stands in a pair; None where it is an organisation's."""
    return key.removeprefix(_ACTIVITIES) if key.startswith(_ACTIVITIES) else None


def _resolved(row: Decision, organisations: Container[str], activities: Container[str]) -> Decision:
    first, second = (one.removeprefix(_ORGANISATIONS) for one in (row.first, row.second))
    plain = [one for one in (first, second) if activity_id(one) is None]
    # Where a row was taken out of the register, the other one says what it was.
    if len(plain) == 1 or (
        any(one in activities for one in plain) and not any(one in organisations for one in plain)
    ):
        first, second = (one if activity_id(one) else activity_key(one) for one in (first, second))
    return replace(row, first=first, second=second)
