"""How to reach a service or organisation: addresses and numbers, never names of people.

What was published of a contact is taken for staff alone, because the person behind it was not
asked by this register. A contact marked as personal data is not taken at all.
"""

from collections.abc import Iterator

from netmap.exchange.directories.parts import Part, is_true, joined, parts, text
from netmap.exchange.draft import Note, Outcome, Spot

_PERSONAL = ("personal_data", "sensitive_data")


def contact_cells(record: Part, spot: Spot, notes: list[Note]) -> dict[str, str]:
    """Read ``email`` and ``phone``, and what there is beside the first of each.

    Args:
        record: The service or organisation, with its contacts and phones.
        spot: Where it stands.
        notes: Gets what was not taken.
    """
    contacts = list(_contacts(record))
    left_out = [one for one in contacts if any(is_true(one, mark) for mark in _PERSONAL)]
    taken = [one for one in contacts if one not in left_out]
    hidden = {text(one, "id") for one in left_out} - {""}
    if left_out:
        message = "a contact marked as personal or sensitive is not taken."
        notes.append(Note(Outcome.WARNED, "personal-contact", message, spot))
    secret = {text(one, "email") for one in left_out}
    emails = [text(record, "email"), *(text(one, "email") for one in taken)]
    phones = [
        _number(one) for one in _phones(record, taken) if text(one, "contact_id") not in hidden
    ]
    cells = {
        **_first_and_rest("email", [one for one in emails if one not in secret]),
        **_first_and_rest("phone", phones),
    }
    return {column: cell for column, cell in cells.items() if cell}


def names_of_people(record: Part) -> int:
    """Count the names of people that are in a record, and stay there."""
    return sum(bool(text(one, "name", "title")) for one in _contacts(record))


def _contacts(record: Part) -> Iterator[Part]:
    yield from parts(record, "contacts", "contact")
    for link in parts(record, "service_at_locations", "service_at_location"):
        yield from parts(link, "contacts", "contact")


def _phones(record: Part, contacts: list[Part]) -> Iterator[Part]:
    yield from parts(record, "phones", "phone")
    for one in (*contacts, *parts(record, "service_at_locations", "service_at_location")):
        yield from parts(one, "phones", "phone")


def _number(phone: Part) -> str:
    number, extension = text(phone, "number"), text(phone, "extension")
    return f"{number} ext. {extension}" if number and extension else number


def _first_and_rest(column: str, found: list[str]) -> dict[str, str]:
    known = list(dict.fromkeys(one for one in found if one))
    return {column: known[0] if known else "", f"other_{column}s": joined(known[1:])}
