"""From what a draft calls an organisation, activity or area to the register's id or code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.contract import Contract, lists, references
from netmap.exchange.intake.names import ONS_CODE, compared
from netmap.exchange.intake.present import Present
from netmap.exchange.intake.taking import Ledger, Taking
from netmap.findings import did_you_mean
from netmap.networks.areas import Areas
from netmap.networks.cells import split
from netmap.networks.models import EVERYWHERE, Area
from netmap.networks.rows import KEYS

_TABLES = {
    "area": ("areas",),
    "organisation": ("organisations",),
    "activity": ("activities",),
    "owner": ("organisations", "areas"),
}
# Suggesting a name among many thousands takes long, and nobody reads a thousand suggestions.
_SUGGESTIONS = 20


@dataclass(slots=True)
class Directory:
    """What the rows of one table can be called.

    Attributes:
        ids: The ids or codes of the register, as it will be.
        keys: What the draft calls rows, to their id.
        names: A name or alias, reduced to what is compared, to the ids it can mean.
        written: Names as they are written, for suggestions.
        lost: What the draft calls rows that were set aside.
        areas: The areas, whose names follow rules of their own.
    """

    ids: dict[str, None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, None]] = field(default_factory=dict)
    written: dict[str, None] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    areas: Areas | None = None

    def add(self, id_: str, cells: Mapping[str, str]) -> None:
        """Add a row of the register, or one it is to have."""
        self.ids[id_] = None
        for name in (cells.get("name", ""), *split(cells.get("aliases", ""))):
            if name:
                self.names.setdefault(compared(name), {})[id_] = None
                self.written[name] = None

    def by_name(self, name: str) -> tuple[str, ...]:
        """Find the rows of a name or alias; none where there is no name."""
        return tuple(self.names.get(compared(name), ()))

    def find(self, text: str) -> tuple[str, ...]:
        """Find what a cell can mean: a row of the draft, an id or code, a name or alias."""
        if text in self.keys:
            return (self.keys[text],)
        if text in self.ids:
            return (text,)
        return (self.areas.resolve(text) if self.areas else ()) or self.by_name(text)


class References:
    """What everything can be called, for all tables that others refer to."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.of: dict[str, Directory] = {table: Directory() for table in KEYS}
        self._suggested = 0

    def know(
        self, table: str, present: Present, rows: Iterable[Taking], *, flat: bool = False
    ) -> None:
        """Learn the names of a table, once its rows of the draft have ids.

        Args:
            table: The table.
            present: Its rows in the register.
            rows: Its rows in the draft.
            flat: Areas do not know yet what they lie in.
        """
        directory = self.of[table] = Directory()
        cells: dict[str, Mapping[str, str]] = {}
        for kept in present.rows:
            if kept.cells.get(KEYS[table]):
                cells.setdefault(kept.cells[KEYS[table]], kept.cells)
        for id_, known in cells.items():
            directory.add(id_, known)
        for taking in rows:
            called = [n for n in (taking.row.key, *taking.calls, taking.own_id) if n]
            if not taking.names:
                for name in called:
                    directory.lost.setdefault(name, str(taking.row.spot))
                continue
            for name in called:
                directory.keys.setdefault(name, taking.names[0])
            if taking.first is None:
                cells.setdefault(taking.names[0], taking.cells)
            directory.add(taking.names[0], taking.cells)
        if table == "areas":
            directory.areas = Areas(_area(code, known, flat=flat) for code, known in cells.items())

    def resolve(self, taking: Taking, ledger: Ledger, columns: Iterable[str] | None = None) -> None:
        """Replace a row's references by ids and codes, in place.

        Args:
            taking: The row; it is set aside where one it needs leads nowhere.
            ledger: Gets what leads nowhere.
            columns: The columns to resolve; all where not given.
        """
        for column, (to, needed) in references(taking.table).items():
            text = taking.cells.get(column, "")
            wanted = columns is None or column in columns
            if not text or not wanted or taking.lost or (text == EVERYWHERE and to == "area"):
                continue
            items = split(text) if column in lists(taking.table) else (text,)
            found = [self._one(item, to, column, taking, ledger, needed) for item in items]
            # Areas often come later; by its own words a row then finds the one it is in.
            kept = items if to == "area" and not needed else [""] * len(items)
            good = list(dict.fromkeys(i or word for i, word in zip(found, kept, strict=True)))
            good = [one for one in good if one]
            if good:
                taking.cells[column] = ";".join(good)
            elif not taking.lost:
                del taking.cells[column]
                taking.unusable.add(column)

    def meaning(self, table: str, column: str, text: str) -> str:
        """Write a cell of the register as it is compared: references as ids, the rest as read."""
        if column not in references(table) or not text:
            return self.contract.meaning(table, column, text)
        to, _ = references(table)[column]
        items = split(text) if column in lists(table) else (text,)
        return ";".join(sorted({self._known(item, to) or item for item in items}))

    def _known(self, text: str, to: str) -> str:
        """Find what a cell of the register means, which knows nothing of the draft's names."""
        for table in _TABLES[to]:
            directory = self.of[table]
            if text in directory.ids:
                return text
            found = directory.areas.resolve(text) if directory.areas else ()
            if len(found) == 1:
                return found[0]
        return ""

    def _one(
        self,
        text: str,
        to: str,
        column: str,
        taking: Taking,
        ledger: Ledger,
        needed: bool,  # noqa: FBT001  # as a reference is marked
    ) -> str:
        found: tuple[str, ...] = ()
        for table in _TABLES[to]:
            found = found or self.of[table].find(text)
        if len(found) == 1:
            return found[0]
        stays = to == "area" and not needed
        outcome = "the row is set aside" if needed else "it is left out"
        outcome = "it stays as written" if stays else outcome
        if found:
            code, message = f"ambiguous-{to}", f"'{text}' can mean {', '.join(sorted(found)[:5])}"
            hint = "Write the id or code of the one that is meant."
        else:
            code, message, hint = self._unknown(text, to)
        if needed:
            ledger.set_aside(taking, code, f"{message}; {outcome}.", column, hint)
        else:
            spot, said = taking.spot(column), f"{message}; {outcome}."
            what = Outcome.WARNED if stays else Outcome.REFUSED
            ledger.say(taking, Note(what, code, said, spot, text, None, hint))
        return ""

    def _unknown(self, text: str, to: str) -> tuple[str, str, str]:
        tables = [self.of[table] for table in _TABLES[to]]
        where = next((d.lost[text] for d in tables if text in d.lost), None)
        if where:
            return f"unknown-{to}", f"'{text}' was set aside itself ({where})", ""
        hint = ""
        if self._suggested < _SUGGESTIONS and not ONS_CODE.fullmatch(text):
            self._suggested += 1
            hint = did_you_mean(text, [name for d in tables for name in (*d.ids, *d.written)])
        what = "organisation or area" if to == "owner" else to
        return f"unknown-{to}", f"the register has no {what} '{text}', nor has the file", hint


def _area(code: str, cells: Mapping[str, str], *, flat: bool) -> Area:
    return Area.model_construct(
        code=code,
        name=cells.get("name", code),
        aliases=split(cells.get("aliases", "")),
        parent=None if flat else cells.get("parent"),
    )
