"""Which row of the register each row of a file means, table after table.

Areas come first, since organisations name them; then organisations, since activities name them;
then what has no id of its own, and is told apart by the ids it names.
"""

from netmap.exchange.intake.contract import ORDER, references
from netmap.exchange.intake.evidence import evidence_of
from netmap.exchange.intake.identity import Identities
from netmap.exchange.intake.memory import path_of
from netmap.exchange.intake.natural import match
from netmap.exchange.intake.work import Work
from netmap.networks.rows import KEYS

_NAMED_IN = {"areas": "area", "organisations": "organisation", "activities": "activity"}


def find_rows(work: Work) -> None:
    """Give every row its id, and put ids in place of names in its cells."""
    for table in ORDER:
        if table in KEYS:
            _give_ids(work, table)
        else:
            _match(work, table)


def _give_ids(work: Work, table: str) -> None:
    group, present = work.groups.get(table, []), work.tables[table]
    # What lies in another of the same table can only be named once all have their ids.
    own = {c for c, (to, _) in references(table).items() if to == _NAMED_IN[table]}
    for taking in group:
        work.references.resolve(taking, work.ledger, set(references(table)) - own)
    identities = Identities(
        table,
        evidence_of(table, present),
        work.memory[table],
        path_of(work.source, table),
        work.ledger,
    )
    identities.give(group)
    work.codes += identities.left_over
    work.references.know(table, present, group, flat=True)
    for taking in group:
        if not taking.refers and not taking.first:
            work.references.resolve(taking, work.ledger, own)
    if table == "areas":
        work.references.know(table, present, group)


def _match(work: Work, table: str) -> None:
    group = work.groups.get(table, [])
    for taking in group:
        work.references.resolve(taking, work.ledger)
    kept_in = path_of(work.source, table)
    present, entries = work.tables[table], work.memory[table]
    match(group, present, entries, work.references, kept_in, work.ledger)
