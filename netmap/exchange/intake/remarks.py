"""What is said of rows that were recognised, and of those that could not be."""

from netmap.exchange.draft import Note, Outcome
from netmap.exchange.intake.evidence import Recognised
from netmap.exchange.intake.taking import Ledger, Taking

_KINDS = {"organisations": "organisation", "activities": "activity", "areas": "area"}


def matched(taking: Taking, known: Recognised, ledger: Ledger) -> None:
    """Say which row of the register a row is, and how that is known."""
    row = taking.row.spot.row
    where = f"row {row}" if row else str(taking.row.spot)
    message = f"{where} is '{known.id}', by {known.how}."
    note = Note(Outcome.MENDED, "matched", message, taking.row.spot, None, known.id)
    ledger.matched.append((taking.number, note))


def branch(taking: Taking, known: Recognised, ledger: Ledger) -> None:
    """Say that a row has the number of an organisation and is taken as another."""
    message = (
        f"'{taking.name}' has the number {known.identifier} of '{known.branch_of}' and another "
        "name and postcode; it is taken as a branch, a row of its own."
    )
    hint = f"If they are the same, write the id '{known.branch_of}' in its row."
    spot = taking.spot("identifiers")
    note = Note(Outcome.WARNED, "branch", message, spot, known.identifier, None, hint)
    ledger.say(taking, note)


def left_over(taking: Taking, ledger: Ledger) -> None:
    """Set a row aside that adds to one the register does not have."""
    what = _KINDS[taking.table]
    called = taking.own_id or taking.name or taking.row.key
    message = f"the register has no {what} '{called}' to add this to; the row is set aside."
    column = "code" if taking.table == "areas" else "id"
    ledger.set_aside(taking, f"unknown-{what}", message, column)


def removed(taking: Taking, kept_in: str, ledger: Ledger) -> None:
    """Set a row aside that somebody took out of the register."""
    gone = taking.entry.names[0] if taking.entry else ""
    message = f"'{gone}' was taken out of the register by hand; the row is set aside."
    hint = f"If it is to come back, delete its row in {kept_in}."
    ledger.set_aside(taking, "removed-by-hand", message, hint=hint, outcome=Outcome.WARNED)
