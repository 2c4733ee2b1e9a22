"""An organisation of a directory as one of a register."""

from netmap.exchange.directories.contacts import contact_cells
from netmap.exchange.directories.feed import Feed
from netmap.exchange.directories.parts import Part, joined, parts, text, words
from netmap.exchange.directories.places import places_of
from netmap.exchange.directories.terms import term_cells
from netmap.exchange.draft import Note, Spot
from netmap.exchange.identifiers import charity_id, company_id, tidy_identifier
from netmap.vocabulary import Vocabularies

COLUMNS = {
    "name": "name",
    "aliases": "alternate_name",
    "identifiers": "organization_identifiers",
    "website": "website",
    "email": "email",
    "phone": "phones",
    "postcode": "postal_code",
    "latitude": "latitude",
    "longitude": "longitude",
    "roles": "attributes",
}
USED = frozenset(
    {
        "id", "name", "alternate_name", "description", "website", "url", "email",
        "organization_identifiers", "organization_identifier", "identifiers", "phones", "phone",
        "contacts", "contact", "locations", "location", "attributes", "services", "netmap",
    }
)  # fmt: skip


def organisation_cells(
    record: Part, feed: Feed, vocabularies: Vocabularies, spot: Spot, notes: list[Note]
) -> dict[str, str]:
    """Read an organisation as cells.

    Args:
        record: The organisation; it has a name.
        feed: For what stands apart.
        vocabularies: The controlled terms.
        spot: Where it stands.
        notes: Gets what was mended, or left out.
    """
    place = next((one for one in places_of(record, feed, spot, notes) if not one.virtual), None)
    where = {name: cell for name, cell in place.cells.items() if name != "venue"} if place else {}
    cells = {
        "name": text(record, "name"),
        "aliases": text(record, "alternate_name").replace(";", ","),
        "identifiers": joined(_identifier(one) for one in _identifiers(record)),
        "description": words(record, "description"),
        "website": text(record, "website", "url"),
        **contact_cells(record, spot, notes),
        **where,
        **term_cells(record, "organisations", feed, vocabularies, spot, notes),
    }
    return {name: cell for name, cell in cells.items() if cell}


def _identifiers(record: Part) -> list[Part]:
    return parts(record, "organization_identifiers", "organization_identifier", "identifiers")


def _identifier(part: Part) -> str:
    """Write a register number with the prefix that tells which register it is of."""
    number = text(part, "identifier")
    scheme = text(part, "identifier_scheme", "scheme").rstrip("-").upper()
    said = f"{scheme} {text(part, 'identifier_type', 'register')}".casefold()
    if not number or number.upper().startswith(("GB-", f"{scheme}-" if scheme else "GB-")):
        return tidy_identifier(number)
    if scheme == "GB-COH" or (not scheme and "compan" in said):
        return company_id(number) or f"GB-COH-{number}"
    if scheme == "GB-CHC" or (not scheme and "charit" in said):
        return charity_id(number) or f"GB-CHC-{number}"
    return f"{scheme}-{number}" if scheme else number
