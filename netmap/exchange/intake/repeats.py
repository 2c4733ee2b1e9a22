"""Rows of a file that mean the same: saying it twice is once, saying two things is not taken."""

from netmap.exchange.intake.contract import naming
from netmap.exchange.intake.taking import Ledger, Taking


def repeat(taking: Taking, first: Taking, what: str, ledger: Ledger) -> None:
    """Deal with a row that means what an earlier row of the file means, in place.

    Rows that only mention something, or add cells, are put together; of whole rows the first stays, and a later one that says other things is set aside.

    Args:
        taking: The later row.
        first: The earlier row.
        what: What they share: ``key``, ``id``, ``its number ...``.
        ledger: Gets what is set aside.
    """
    taking.first, taking.names, taking.refers = first, first.names, True
    if taking.row.mention:
        if first.row.mention and not first.refers and not what.endswith("name"):
            first.cells.update({**taking.cells, **first.cells})
        return
    agrees = all(first.cells.get(column, text) == text for column, text in taking.cells.items())
    if taking.row.patch and (agrees or first.row.mention):
        first.cells.update(taking.cells)
        first.unusable |= taking.unusable
        return
    if _said(taking) == _said(first) and not taking.row.patch:
        return
    row = first.row.spot.row
    where = f"row {row}" if row else str(first.row.spot)
    shared = what.removeprefix("its ").replace("key", "identifier")
    message = f"it has the same {shared} as {where}, and says other things; it is set aside."
    ledger.set_aside(taking, "repeated", message)


def _said(taking: Taking) -> dict[str, str]:
    ids = naming(taking.table) if len(naming(taking.table)) == 1 else ()
    return {column: text for column, text in taking.cells.items() if column not in ids}
