"""Rows of a file that mean the same: saying it twice is once, saying two things is not taken."""

from netmap.exchange.intake.contract import naming
from netmap.exchange.intake.taking import Ledger, Taking
from netmap.networks.rows import KEYS


def repeat(taking: Taking, first: Taking, what: str, ledger: Ledger) -> None:
    """Deal with a row that means what an earlier row of the file means, in place.

    Rows that only mention something, or add cells, are put together; of whole rows the first
    stays, and a later one that says other things is set aside.

    Args:
        taking: The later row.
        first: The earlier row.
        what: What they share, as ``id``, ``its name`` or the cells that tell ties apart.
        ledger: Gets what is set aside.
    """
    taking.first, taking.names, taking.refers = first, first.names, True
    said = _said(taking)
    if taking.row.mention:
        if first.row.mention and not first.refers and not what.endswith("name"):
            first.cells.update({**said, **first.cells})
        return
    # What adds cells knows more than what only mentions the row.
    settled = first.added if first.row.mention else first.cells.keys()
    agrees = all(first.cells[c] == text for c, text in said.items() if c in settled)
    if taking.row.patch and agrees:
        first.cells.update(said)
        first.added.update(said)
        first.unusable |= taking.unusable
        return
    if said == _said(first) and not taking.row.patch:
        return
    row = first.row.spot.row
    where = f"row {row}" if row else str(first.row.spot)
    shared = "identifier" if taking.table in KEYS else what
    message = f"it has the same {shared} as {where}, and says other things; it is set aside."
    ledger.set_aside(taking, "repeated", message)


def _said(taking: Taking) -> dict[str, str]:
    ids = naming(taking.table) if len(naming(taking.table)) == 1 else ()
    return {column: text for column, text in taking.cells.items() if column not in ids}
