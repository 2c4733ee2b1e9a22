"""What tells which organisation, activity or area of the register a row of a file means.

Never a name alone: two groups of one name are common, and a wrong match overwrites a right row.
By name go only areas, and rows that merely mention somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from netmap.exchange.intake.names import ONS_CODE, compared, same_postcode, squeezed
from netmap.exchange.intake.present import Kept, Present
from netmap.networks.areas import Areas, plain
from netmap.networks.cells import split
from netmap.networks.models import Area
from netmap.networks.rows import KEYS

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which row is meant, and how that is known.

    Attributes:
        id: Its id or code; empty where none is meant.
        how: What tells, for people; empty where it is plain.
        by_name: Its name alone tells.
        branch_of: The id of the organisation whose identifier a branch shares.
        identifier: The identifier that they share.
    """

    id: str = ""
    how: str = ""
    by_name: bool = False
    branch_of: str = ""
    identifier: str = ""


@dataclass(slots=True)
class Evidence:
    """The rows of one table of the register, by all they can be recognised by."""

    rows: dict[str, Kept] = field(default_factory=dict)
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    identifiers: dict[str, dict[str, None]] = field(default_factory=dict)
    areas: Areas | None = None

    def area(self, code: str, name: str) -> Recognised:
        """Recognise an area by its code, an alias or its name."""
        if self.areas is None:
            return Recognised()
        found = self.areas.resolve(code) if code else ()
        if len(found) == 1:
            return Recognised(found[0], f"its code {code}")
        found = self.areas.resolve(name) if name else ()
        if len(found) != 1:
            return Recognised()
        # One name and two official codes: two places, or one of two boundary years.
        if ONS_CODE.fullmatch(code) and ONS_CODE.fullmatch(found[0]):
            return Recognised()
        return Recognised(found[0], "its name", by_name=True)

    def organisation(self, cells: Cells) -> Recognised:
        """Recognise an organisation by an identifier that only one has."""
        for identifier in split(cells.get("identifiers", "")):
            id_ = _only(self.identifiers.get(squeezed(identifier), {}))
            if id_ and _is_branch(cells, self.rows[id_].cells):
                return Recognised(branch_of=id_, identifier=identifier)
            if id_:
                return Recognised(id_, f"its number {identifier}")
        return Recognised()

    def mentioned(self, cells: Cells) -> Recognised:
        """Recognise what is only mentioned by its exact name or an alias."""
        name = compared(cells.get("name", ""))
        id_ = _only(self.names.get(name, {})) if name else ""
        if not id_ or _other_numbers(cells, self.rows[id_].cells):
            return Recognised()
        return Recognised(id_, "its name", by_name=True)


def evidence_of(table: str, present: Present) -> Evidence:
    """Learn what the rows of a table can be recognised by."""
    evidence = Evidence()
    for kept in present.rows:
        id_ = kept.cells.get(KEYS[table])
        if not id_ or id_ in evidence.rows:
            continue
        evidence.rows[id_] = kept
        for name in (kept.cells.get("name", ""), *split(kept.cells.get("aliases", ""))):
            evidence.names.setdefault(compared(name), {})[id_] = None
        for identifier in split(kept.cells.get("identifiers", "")):
            evidence.identifiers.setdefault(squeezed(identifier), {})[id_] = None
    if table == "areas":
        evidence.areas = Areas(_area(code, kept.cells) for code, kept in evidence.rows.items())
    return evidence


def _only(found: Mapping[str, None]) -> str:
    return next(iter(found)) if len(found) == 1 else ""


def _is_branch(cells: Cells, known: Cells) -> bool:
    names = {plain(n) for n in (known.get("name", ""), *split(known.get("aliases", "")))}
    same_place = same_postcode(cells.get("postcode", ""), known.get("postcode", ""))
    return plain(cells.get("name", "")) not in names and not same_place


def _other_numbers(cells: Cells, known: Cells) -> bool:
    """Tell whether both have a number of one register, such as GB-CHC, and not the same."""
    here, there = (
        {squeezed(i).rpartition("-")[::2] for i in split(c.get("identifiers", ""))}
        for c in (cells, known)
    )
    return not here & there and bool({r for r, _ in here} & {r for r, _ in there})


def _area(code: str, cells: Cells) -> Area:
    return Area.model_construct(
        code=code,
        name=cells.get("name", code),
        aliases=split(cells.get("aliases", "")),
        parent=cells.get("parent"),
    )
