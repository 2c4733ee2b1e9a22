"""From the grants of a file to its draft, every grant accounted for."""

from dataclasses import replace

from netmap.exchange.draft import Draft, Note, Outcome, Spot
from netmap.exchange.grants.grant import Grant, Pile
from netmap.exchange.grants.parties import (
    FUNDER,
    RECIPIENT,
    Party,
    key_of,
    meet,
    organisation,
    remarks,
)
from netmap.exchange.grants.ties import Fundings, day_of, fund, tie_rows
from netmap.networks.areas import plain
from netmap.tables import tidy

_MOST_NAMED = 40
_NUMBERS = frozenset({"recipient.id", "recipient.charity", "recipient.company"})


def draft_of(pile: Pile, shown: str) -> Draft:
    """Make the draft of a file of grants.

    Args:
        pile: The grants.
        shown: How messages name the file.
    """
    parties: dict[str, Party] = {}
    fundings: Fundings = {}
    notes = list(pile.notes)
    set_aside = list(pile.broken)
    without_postcode = 0
    for one in pile.grants:
        grant = _with_own_identifier(one, notes)
        if why := _why_not(grant):
            set_aside.append(why)
            continue
        day = day_of(grant, "awarded", notes)
        for side in (FUNDER, RECIPIENT):
            meet(parties, grant, side, day, notes)
        fund(fundings, grant, day, notes)
        without_postcode += "recipient.postcode" not in grant.cells
        if grant.recipients > 1:
            message = f"it has {grant.recipients} recipients; the first is taken."
            notes.append(Note(Outcome.WARNED, "several-recipients", message, grant.spot))
    for party in parties.values():
        notes.extend(remarks(party))
    notes.extend(_of_file(pile, shown, without_postcode, len(pile.grants) - len(set_aside)))
    organisations = [organisation(party) for party in parties.values()]
    return Draft(
        "360giving",
        "grants",
        len(pile.grants) + len(pile.broken),
        (*organisations, *tie_rows(fundings)),
        tuple(notes),
        tuple(set_aside),
    )


def _why_not(grant: Grant) -> Note | None:
    """Say why a grant is set aside; None where it is taken. Nothing of a person's is quoted."""
    if grant.to_a_person:
        message = "a grant to a person; netmap keeps no personal data."
        return Note(Outcome.REFUSED, "grant-to-a-person", message, grant.spot)
    if not key_of(grant, RECIPIENT):
        message = "it does not say which organisation got it."
        hint = "The columns are Recipient Org:Identifier and Recipient Org:Name."
        return Note(Outcome.REFUSED, "no-recipient", message, grant.spot, hint=hint)
    if not key_of(grant, FUNDER):
        message = "it does not say who gave it."
        hint = "The columns are Funding Org:Identifier and Funding Org:Name."
        return Note(Outcome.REFUSED, "no-funder", message, grant.spot, hint=hint)
    if key_of(grant, RECIPIENT) == key_of(grant, FUNDER):
        message = "its funder and its recipient are the same."
        return Note(Outcome.REFUSED, "grant-to-itself", message, grant.spot)
    return None


def _with_own_identifier(grant: Grant, notes: list[Note]) -> Grant:
    """Leave out numbers of a recipient that are the funder's, as where it has none of its own."""
    named, theirs = tidy(grant.text("recipient.name")), key_of(grant, FUNDER)
    same = theirs and key_of(grant, RECIPIENT) == theirs
    if not same or not named or plain(named) == plain(tidy(grant.text("funder.name"))):
        return grant
    message = f"the recipient '{named}' has the funder's own identifier; it is left out."
    hint = "Give it its own where it has one."
    at = grant.at("recipient.id")
    notes.append(Note(Outcome.REFUSED, "borrowed-identifier", message, at, theirs, hint=hint))
    kept = {name: said for name, said in grant.cells.items() if name not in _NUMBERS}
    return replace(grant, cells=kept)


def _of_file(pile: Pile, shown: str, without_postcode: int, taken: int) -> list[Note]:
    spot = Spot(shown)
    notes = []
    if without_postcode:
        message = f"{without_postcode} of {taken} grants give no postcode of their recipient."
        notes.append(Note(Outcome.WARNED, "no-postcode", message, spot))
    if pile.unused:
        named = ", ".join(pile.unused[:_MOST_NAMED])
        more = len(pile.unused) - _MOST_NAMED
        message = f"a register has no place for: {named}{f' and {more} more' if more > 0 else ''}."
        notes.append(Note(Outcome.WARNED, "not-taken", message, spot))
    return notes
