"""The organisations of a grants file: who gave, who got, under which names and numbers."""

from collections import Counter
from dataclasses import dataclass, field

from netmap.exchange.draft import DraftRow, Note, Outcome, Spot
from netmap.exchange.grants.grant import Grant
from netmap.exchange.grants.postcodes import mended_postcode
from netmap.exchange.identifiers import charity_id, company_id, tidy_identifier
from netmap.networks.areas import plain
from netmap.tables import tidy

FUNDER, RECIPIENT = "funder", "recipient"


@dataclass(slots=True)
class Party:
    """What the grants of a file say of one organisation.

    Attributes:
        key: Its identifier, else its name.
        spot: The first grant that names it.
        names: How often each name is used.
        identifiers: In the order met.
        dated: Column to (day of the grant, text, the column of the file); the latest grant wins.
        postcodes: The sound ones.
        columns: Column to the file's own.
        gives: Whether it is a funder.
    """

    key: str
    spot: Spot
    names: Counter[str] = field(default_factory=Counter)
    identifiers: dict[str, None] = field(default_factory=dict)
    dated: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    postcodes: set[str] = field(default_factory=set)
    columns: dict[str, str] = field(default_factory=dict)
    gives: bool = False


def key_of(grant: Grant, side: str) -> str:
    """Say what the party on one side of a grant goes by; empty where it is not named."""
    return tidy_identifier(grant.text(f"{side}.id")) or tidy(grant.text(f"{side}.name"))


def meet(parties: dict[str, Party], grant: Grant, side: str, day: str, notes: list[Note]) -> None:
    """Add what a grant says of one of its sides.

    Args:
        parties: By key; gets the party where it is new.
        grant: The grant; the side is named in it.
        side: ``funder`` or ``recipient``.
        day: The day of the grant, ISO, or empty.
        notes: Gets what was mended or left out.
    """
    key = key_of(grant, side)
    party = parties.setdefault(key, Party(key, grant.spot))
    party.gives |= side == FUNDER
    if name := tidy(grant.text(f"{side}.name")):
        party.names[name] += 1
        party.columns.setdefault("name", grant.cells[f"{side}.name"].column)
    _identify(party, grant, side, notes)
    if website := grant.text(f"{side}.website"):
        _date(party, grant, f"{side}.website", ("website", website), day)
    said = grant.cells.get(f"{side}.postcode")
    if said:
        postcode, note = mended_postcode(said.text, grant.at(f"{side}.postcode"))
        if note:
            notes.append(note)
        if postcode:
            party.postcodes.add(postcode)
            _date(party, grant, f"{side}.postcode", ("postcode", postcode), day)


def organisation(party: Party) -> DraftRow:
    """Make an organisation of a party; of its names the commonest is its name."""
    names = sorted(party.names, key=lambda name: -party.names[name]) or [party.key]
    by_plain = {plain(name): name for name in reversed(names)}
    aliases = [name for name in names[1:] if by_plain[plain(name)] == name]
    cells = {
        "name": names[0],
        "roles": "funder" if party.gives else "",
        "aliases": ";".join(name.replace(";", ",") for name in aliases),
        "identifiers": ";".join(party.identifiers),
        **{column: text for column, (_, text, _) in party.dated.items()},
    }
    kept = {column: text for column, text in cells.items() if text}
    columns = {column: letter for column, letter in party.columns.items() if column in kept}
    return DraftRow("organisations", kept, party.spot, party.key, columns)


def remarks(party: Party) -> list[Note]:
    """Say what somebody should look at: several names or postcodes under one identifier."""
    notes = []
    names = {plain(name): name for name in party.names}
    if not names:
        message = f"'{party.key}' has no name; its identifier stands for it."
        notes.append(Note(Outcome.WARNED, "no-name", message, party.spot))
    if len(names) > 1:
        listed = ", ".join(sorted(f"'{name}'" for name in names.values()))
        message = f"{party.key} goes by {len(names)} names: {listed}."
        hint = "The commonest is taken, the others are aliases. Is one a branch or a guest of it?"
        notes.append(Note(Outcome.WARNED, "several-names", message, party.spot, hint=hint))
    if len(party.postcodes) > 1:
        listed = ", ".join(sorted(party.postcodes))
        message = f"{party.key} has {len(party.postcodes)} postcodes: {listed}."
        hint = "The one of its latest grant is taken."
        notes.append(Note(Outcome.WARNED, "several-postcodes", message, party.spot, hint=hint))
    return notes


def _date(party: Party, grant: Grant, name: str, cell: tuple[str, str], day: str) -> None:
    column, text = cell
    if column not in party.dated or day > party.dated[column][0]:
        party.dated[column] = (day, text, grant.cells[name].column)
        party.columns[column] = grant.cells[name].column


def _identify(party: Party, grant: Grant, side: str, notes: list[Note]) -> None:
    if own := tidy_identifier(grant.text(f"{side}.id")):
        party.identifiers[own] = None
        party.columns.setdefault("identifiers", grant.cells[f"{side}.id"].column)
    for name, made in (("charity", charity_id), ("company", company_id)):
        text = grant.text(f"{side}.{name}")
        if not text:
            continue
        number = made(text)
        if number is None or (name == "company" and number.endswith(_charity(grant, side))):
            message = f"this is not a {name} number; the cell is left out."
            at, hint = grant.at(f"{side}.{name}"), _looks_like(name, text)
            notes.append(Note(Outcome.REFUSED, f"bad-{name}-number", message, at, text, hint=hint))
        elif _differs(own, number):
            message = f"the {name} number {number} is not the one in the identifier, {own}."
            hint = "The identifier is taken. Put the other right in the file."
            at = grant.at(f"{side}.{name}")
            notes.append(Note(Outcome.WARNED, "numbers-differ", message, at, text, hint=hint))
        else:
            party.identifiers[number] = None


def _looks_like(name: str, text: str) -> str:
    other, made = ("company", company_id) if name == "charity" else ("charity", charity_id)
    return f"It looks like a {other} number." if made(text) else ""


def _charity(grant: Grant, side: str) -> str:
    """Give the digits of the charity number, which some type as the company's too."""
    found = charity_id(grant.text(f"{side}.charity"))
    return found.rsplit("-", maxsplit=1)[-1] if found else " "


def _differs(own: str, number: str) -> bool:
    prefix = number.rsplit("-", maxsplit=1)[0]
    return own.startswith(f"{prefix}-") and own != number
