"""What a check noticed, kept as a value.

Bad data is a value with its file and place, shown all at once. Nothing here reads or prints;
``cli`` turns findings into text, and the readers make them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

# To look up more would take minutes, and of so many unknown names nobody reads each.
_MOST_COMPARED = 150_000_000
_AT_ONCE = 64


class Level(StrEnum):
    """How much a finding matters, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def rank(self) -> int:
        """Nought for the worst."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in people's files something stands.

    ``row`` is the row as a spreadsheet shows it: the heading row is 1.
    """

    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Say it as in ``networks/leeds/ties.csv row 4, target_organisation``."""
        words = " ".join(
            part for part in (self.file, f"row {self.row}" if self.row else None) if part
        )
        return ", ".join(part for part in (words, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed, and where."""

    level: Level
    code: str
    message: str
    place: Place = Place()
    value: str | None = None
    hint: str = ""

    def __str__(self) -> str:
        """Say place, message and hint in one line."""
        head = f"{self.place}: " if str(self.place) else ""
        return f"{head}{self.message}{' ' + self.hint if self.hint else ''}"


# Headings of people's own are cells too.
_NAMES_OWN_COLUMNS = frozenset(
    {"unknown-column", "missing-heading", "duplicate-heading", "equality-beside-name"}
)


def without_cells(finding: Finding) -> Finding:
    """Say what kind of problem it is and where, and nothing of what the cells hold.

    Only staff may see cells: what is wrong with a row that is withheld quotes it.
    """
    message = f"{finding.code.replace('-', ' ')}; what the cell holds is for staff."
    place = finding.place
    if finding.code in _NAMES_OWN_COLUMNS:
        place = replace(place, column=None)
    return replace(finding, message=message, place=place, value=None, hint="")


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by level, every level present."""
    found = Counter(finding.level for finding in findings)
    return {level.value: found[level] for level in Level}


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: worst first, then by problem, file, row and column."""
    return sorted(
        findings,
        key=lambda f: (
            f.level.rank,
            f.code,
            f.place.file or "",
            f.place.row or 0,
            f.place.column or "",
            f.message,
        ),
    )


def did_you_mean(value: str, candidates: Iterable[str], *, at_least: int = 60) -> str:
    """Suggest the candidate nearest to what was written.

    Returns:
        ``Did you mean 'x'?``, or nothing where no candidate is near.
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415  # only needed once something is wrong

    near = process.extractOne(
        value,
        sorted(set(candidates)),
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=at_least,
    )
    return f"Did you mean '{near[0]}'?" if near else ""


def did_you_mean_each(
    values: Iterable[str], candidates: Iterable[str], *, at_least: int = 60
) -> dict[str, str]:
    """Suggest the candidate nearest to each of many values, as :func:`did_you_mean` does for one.

    Returns:
        For each distinct value its suggestion; nothing for the last of very many values beside
        very many candidates.
    """
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    hints = dict.fromkeys(values, "")
    names = sorted(set(candidates)) if hints else []
    compared = [utils.default_process(name) for name in names]
    for some in _batches(islice(hints, _MOST_COMPARED // len(names)) if names else ()):
        asked = [utils.default_process(value) for value in some]
        alike = process.cdist(asked, compared, scorer=fuzz.ratio, score_cutoff=at_least)
        for value, row, at in zip(some, alike, alike.argmax(axis=1), strict=True):
            hints[value] = f"Did you mean '{names[at]}'?" if row[at] else ""
    return hints


def _batches(values: Iterable[str]) -> Iterator[tuple[str, ...]]:
    left = iter(tuple(values))
    while some := tuple(islice(left, _AT_ONCE)):
        yield some
