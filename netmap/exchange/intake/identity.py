"""An id for each organisation, activity and area of a file: the register's, or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from netmap.exchange.intake import remarks
from netmap.exchange.intake.evidence import Evidence, Recognised
from netmap.exchange.intake.memory import Entry
from netmap.exchange.intake.names import compared, new_id
from netmap.exchange.intake.pairing import pair
from netmap.exchange.intake.repeats import repeat
from netmap.exchange.intake.taking import Ledger, Taking
from netmap.networks.cells import split


@dataclass(slots=True)
class Identities:
    """The rows of one table of a file, as they get their ids.

    Attributes:
        table: ``organisations``, ``activities`` or ``areas``.
        evidence: The register's rows.
        entries: What the source gave last time.
        kept_in: The file that keeps it, for messages.
        ledger: Gets what is set aside, and how rows were recognised.
        left_over: The codes of rows that add to one the register does not have.
    """

    table: str
    evidence: Evidence
    entries: Sequence[Entry]
    kept_in: str
    ledger: Ledger
    left_over: list[str] = field(default_factory=list)
    _meant: dict[str, Taking] = field(default_factory=dict)
    _keys: dict[str, Taking] = field(default_factory=dict)
    _names: dict[str, Taking | None] = field(default_factory=dict)
    _of_id: dict[str, list[Entry]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _draft_keys: frozenset[str] = frozenset()

    def give(self, rows: Sequence[Taking]) -> None:
        """Give each row an id, in place; what is repeated or has no place is set aside.

        Args:
            rows: The rows of this table in the file's order. Those set aside already are only
                remembered as being in the file.
        """
        for entry in self.entries:
            self._of_id.setdefault(entry.names[0], []).append(entry)
        self._draft_keys = frozenset(t.row.key for t in rows)
        own = {t.own_id for t in rows if t.own_id}
        self._taken = {*self.evidence.rows, *self._of_id, *own}
        usable = [t for t in rows if not t.lost]
        self._remember(rows, self._once(usable))
        whole = [t for t in usable if not t.row.mention and not t.row.patch and not t.first]
        first = {t.row.key: t for t in reversed(whole) if t.row.key}
        later = [t for t in whole if first.get(t.row.key, t) is not t]
        waiting = [t for t in whole if first.get(t.row.key, t) is t and not self._recognise(t)]
        # An id that people chose goes before one made from a name.
        for taking in sorted(waiting, key=lambda t: not t.own_id):
            self._make(taking)
        for taking in later:
            self._recognise(taking)
        unknown = [t for t in usable if t.row.patch and not self._recognise(t)]
        mentions = [t for t in usable if t.row.mention and not t.row.patch]
        # What has an id or a key is clear; what has a name alone may then mean the same.
        self._mention([t for t in mentions if t.own_id or t.row.key])
        self._remember_mentions(rows)
        self._mention([t for t in mentions if not t.own_id and not t.row.key])
        for taking in unknown:
            if not self._recognise(taking) and not self._among_others(taking):
                self._leave_over(taking)

    def _mention(self, rows: Sequence[Taking]) -> None:
        for taking in rows:
            if not self._recognise(taking):
                self._make(taking)
            if not taking.first and not taking.lost and not taking.refers:
                self._call(taking)

    def _once(self, usable: Sequence[Taking]) -> list[Taking]:
        """List the rows with neither key nor id, those that say exactly the same only once."""
        said: dict[tuple[tuple[str, str], ...], Taking] = {}
        for taking in usable:
            if taking.row.key or taking.own_id or taking.row.mention:
                continue
            first = said.setdefault(tuple(sorted(taking.cells.items())), taking)
            taking.first = None if first is taking else first
        return list(said.values())

    def _remember(self, rows: Sequence[Taking], nameless: Sequence[Taking]) -> None:
        """Find what the source said of each row last time."""
        by_key = {entry.key: entry for entry in self.entries if entry.key}
        for taking in rows:
            taking.entry = by_key.get(taking.row.key)
            if taking.entry:
                taking.entry.seen = True
        own = {taking.own_id for taking in rows}
        pair(nameless, [e for e in self.entries if not e.key and e.names[0] not in own])

    def _remember_mentions(self, rows: Sequence[Taking]) -> None:
        """Find what the source said of mere mentions, once it is clear what others mean."""
        mentions = [t for t in rows if t.row.mention and not t.row.key and not t.own_id]
        free = [e for e in self.entries if not e.key and not e.seen]
        pair(_first_of_name(mentions), [e for e in free if e.names[0] not in self._meant])

    def _recognise(self, taking: Taking) -> bool:
        """Find the row that is meant; tell whether there is one, or the row was set aside."""
        first = self._keys.get(taking.row.key) if taking.row.key else None
        if first:
            self._repeat(taking, first, "key")
            return True
        known = self._known(taking)
        if known.branch_of and taking.entry is None:
            remarks.branch(taking, known, self.ledger)
        if not known.id and not known.branch_of and taking.row.mention:
            if self._among_others(taking):
                return True
            known = self._mentioned(taking)
        if not known.id:
            if taking.entry:
                remarks.removed(taking, self.kept_in, self.ledger)
            return taking.lost
        first = self._meant.get(known.id)
        if first and known.by_name and not taking.row.mention:
            # A second area of one name is another area.
            return False
        if first:
            self._repeat(taking, first, known.how or "id")
            return True
        self._mean(taking, known)
        return True

    def _known(self, taking: Taking) -> Recognised:
        evidence, own = self.evidence, taking.own_id
        if taking.entry and taking.entry.names[0] in evidence.rows:
            return Recognised(taking.entry.names[0])
        if own and (own in evidence.rows or own in self._meant):
            return Recognised(own)
        if self.table == "areas":
            return evidence.area(own, taking.name)
        if self.table == "organisations":
            return evidence.organisation(taking.cells)
        return Recognised()

    def _mean(self, taking: Taking, known: Recognised) -> None:
        taking.kept = self.evidence.rows.get(known.id)
        self._give(taking, known.id)
        if taking.row.mention and known.by_name:
            taking.refers = True
        elif taking.entry is None:
            self._take_entry(taking)
        elif taking.row.mention and not taking.entry.cells:
            taking.refers = True
        if known.how and taking.entry is None:
            remarks.matched(taking, known, self.ledger)

    def _take_entry(self, taking: Taking) -> None:
        """Take what the source said of the same row under another name, or none."""
        for entry in sorted(self._of_id.get(taking.names[0], ()), key=lambda e: e.key):
            given = entry.cells or not entry.key
            if not entry.seen and given and entry.key not in self._draft_keys - {""}:
                entry.seen, taking.entry = True, entry
                return

    def _make(self, taking: Taking) -> None:
        own, key = taking.own_id, taking.row.key
        first, what = (self._keys.get(key), "key") if key else (None, "key")
        if first is None:
            first, what = self._meant.get(own), "id"
        if first:
            self._repeat(taking, first, what)
            return
        id_ = own or new_id(self.table, taking.name, self._taken)
        self._taken.add(id_)
        self._give(taking, id_)

    def _give(self, taking: Taking, id_: str) -> None:
        taking.names = (id_,)
        self._meant[id_] = taking
        if taking.row.key:
            self._keys[taking.row.key] = taking
        if not taking.row.mention:
            self._call(taking)

    def _repeat(self, taking: Taking, first: Taking, what: str) -> None:
        repeat(taking, first, what, self.ledger)
        if taking.row.key:
            self._keys.setdefault(taking.row.key, first)

    def _call(self, taking: Taking) -> None:
        """Let others of the file mention a row by its names, where it is the only one of them."""
        called = {compared(n) for n in (taking.name, *split(taking.cells.get("aliases", "")))}
        for name in called - {""}:
            known = self._names.setdefault(name, taking)
            if known is None or known.names != taking.names:
                self._names[name] = None

    def _among_others(self, taking: Taking) -> bool:
        """Take a mere mention for the one row of its name, unless the file tells them apart."""
        first = self._names.get(compared(taking.name))
        if taking.row.patch and not first:
            first = self._names.get(compared(taking.own_id))
        apart = first and (taking.row.key or taking.own_id) and (first.row.key or first.own_id)
        if not first or (apart and not taking.row.patch):
            return False
        self._repeat(taking, first, "name")
        return True

    def _mentioned(self, taking: Taking) -> Recognised:
        """Recognise a mere mention by its name; where the file has that name, it means its own."""
        if compared(taking.name) in self._names:
            return Recognised()
        return self.evidence.mentioned(taking.cells)

    def _leave_over(self, taking: Taking) -> None:
        if self.table == "areas":
            self.left_over.append(taking.own_id or taking.name or taking.row.key)
        remarks.left_over(taking, self.ledger)


def _first_of_name(rows: Sequence[Taking]) -> list[Taking]:
    return list({compared(taking.name): taking for taking in reversed(rows)}.values())[::-1]
