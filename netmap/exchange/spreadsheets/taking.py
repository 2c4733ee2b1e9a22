"""The rows of a sheet, one by one: which make a row of the register, and which are set aside."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from netmap.exchange.draft import DraftRow, Note, Outcome, Spot
from netmap.exchange.grids import Grid
from netmap.exchange.spreadsheets.cells import Cut, Cutter, Mend
from netmap.exchange.spreadsheets.keys import Keys, as_id, name_key, slug_of
from netmap.exchange.spreadsheets.referring import ORGANISATIONS, Taken, one_by_one
from netmap.exchange.spreadsheets.rows import Line
from netmap.networks.models import TABLES, columns, required
from netmap.vocabulary import Vocabularies

_KEYS = frozenset({"id", "code"})


@dataclass(slots=True)
class RowsRead:
    """What was read so far.

    Attributes:
        vocabularies: The controlled terms.
        mend: What turns the text of a cell into a register's.
        keys: Gives rows their keys.
        taken: The rows taken, in the file's order.
        notes: What was noticed.
        set_aside: The rows set aside, with the reasons.
        bodies: Of lists of people, the first row of each organisation.
        count: How many rows were read.
    """

    vocabularies: Vocabularies
    mend: Mend
    keys: Keys = field(default_factory=Keys)
    taken: list[Taken] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    set_aside: list[Note] = field(default_factory=list)
    bodies: dict[tuple[str, str], Spot] = field(default_factory=dict)
    count: int = 0


def take(line: Line, cutter: Cutter, found: Cut, fixed: Cells[str, str], here: RowsRead) -> None:
    """Take a row, or set it aside with the reason.

    Args:
        line: The row.
        cutter: What cut it.
        found: Its cells.
        fixed: The cells every row of the sheet has.
        here: Gets the row, the reason, or what was noticed.
    """
    table, grid = cutter.table, cutter.grid
    cells = {**fixed, **found.cells}
    own = cells.pop("id", "")
    if cutter.after_owner:
        cells["name"] = cells.get("organisation", "")
    if as_id(own):
        cells["id"] = own
    if table == "areas" and not cells.get("code") and cells.get("name"):
        cells["code"] = slug_of(cells["name"])
    patch = table == "areas" and not cells.get("name") and bool(cells.get("code"))
    lacking = [column for column in _needed(table) if not cells.get(column)]
    if lacking and not patch and not _is_owner_alone(table, cells, lacking):
        code = f"no-{lacking[0].replace('_', '-')}"
        here.set_aside.append(aside(grid, line, code, _lacks(cutter, line, lacking)))
        return
    if lacking and not patch:
        here.taken.append(_owner_alone(line, cutter, found, here))
        return
    if cutter.of_people and table == ORGANISATIONS and _is_another_person(line, cells, grid, here):
        return
    key = here.keys.of(table, own, cells)
    row = DraftRow(table, cells, grid.spot(line.row), key, found.letters, patch=patch)
    here.taken += [Taken(r, found.owner, found.owner_letters) for r in one_by_one(row, here.notes)]


def _is_another_person(line: Line, cells: Cells[str, str], grid: Grid, here: RowsRead) -> bool:
    """Set aside the rows of a list of people whose organisation an earlier row gave."""
    name = cells["name"]
    place = cells.get("postcode") or cells.get("area", "")
    spot = grid.spot(line.row)
    first = here.bodies.setdefault((name_key(name), name_key(place)), spot)
    if first == spot:
        return False
    message = f"'{name}' stands in {first} already; a register holds organisations, not people."
    here.set_aside.append(aside(grid, line, "another-person", message))
    return True


def _is_owner_alone(table: str, cells: Cells[str, str], lacking: Sequence[str]) -> bool:
    """Tell whether a row of a sheet of activities says nothing but of their organisation."""
    if table != "activities" or lacking != ["name"] or "organisation" not in cells:
        return False
    return not (cells.keys() & _of_activities_alone())


@cache
def _of_activities_alone() -> frozenset[str]:
    bodies = {*columns(TABLES[ORGANISATIONS]), "organisation"}
    return frozenset(columns(TABLES["activities"])) - bodies


def _owner_alone(line: Line, cutter: Cutter, found: Cut, here: RowsRead) -> Taken:
    """Take such a row as its organisation's."""
    cells = {**found.cells, **found.owner, "name": found.cells["organisation"]}
    del cells["organisation"]
    own = cells.pop("id", "")
    if as_id(own):
        cells["id"] = own
    spot = cutter.grid.spot(line.row)
    letters = {**found.letters, **found.owner_letters, "name": found.letters["organisation"]}
    message = "the row names no activity; it is taken as an organisation."
    here.notes.append(Note(Outcome.WARNED, "organisation-alone", message, spot))
    key = here.keys.of(ORGANISATIONS, own, cells)
    return Taken(DraftRow(ORGANISATIONS, cells, spot, key, letters))


def _lacks(cutter: Cutter, line: Line, lacking: Sequence[str]) -> str:
    """Say what a row cannot be taken without, and whether something stood there."""
    filled = {p.column for p in cutter.where if p.table == cutter.table and p.index in line.cells}
    words = [column.replace("_", " ") for column in lacking]
    if filled.issuperset(lacking):
        return f"its {' and '.join(words)} could not be understood."
    return f"the row has no {' and no '.join(words)}."


@cache
def _needed(table: str) -> tuple[str, ...]:
    """Name what a row cannot be taken without; an id or code is made where there is none."""
    return tuple(column for column in required(TABLES[table]) if column not in _KEYS)


def aside(grid: Grid, line: Line, code: str, message: str) -> Note:
    """Word why a row is set aside, with the first of its cells."""
    first = " ".join(next(iter(line.cells.values())).split())
    return Note(Outcome.REFUSED, code, message, grid.spot(line.row), first)


def under_short_keys(here: RowsRead) -> list[Taken]:
    """Key rows whose name no other row has by that name, unless it is the number of another."""
    short = here.keys.shortened()
    used = {(one.row.table, one.row.key) for one in here.taken}
    keys = {at: name for at, name in short.items() if (at[0], name) not in used}
    return [
        replace(one, row=replace(one.row, key=keys[at]))
        if (at := (one.row.table, one.row.key)) in keys
        else one
        for one in here.taken
    ]
