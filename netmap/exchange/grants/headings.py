"""What the headings of a grants sheet, and the keys of a grants document, stand for.

The standard's headings are titles joined by colons, its JSON has keys within keys; both come down
to the same letters, so one list serves both.
"""

import re
from collections.abc import Iterable

# What a heading comes down to, and what a grant calls it.
FIELDS = {
    "id": "id",
    "identifier": "id",
    "grantidentifier": "id",
    "grantid": "id",
    "currency": "currency",
    "amountawarded": "amount",
    "awarddate": "awarded",
    "planneddatesstartdate": "starts",
    "planneddatesenddate": "ends",
    "planneddatesduration": "months",
    "planneddatesdurationmonths": "months",
    "grantprogrammetitle": "programme",
    "datasource": "source",
    "source": "source",
    "beneficiarylocationgeographiccode": "beneficiary",
    "beneficiarylocationgeocode": "beneficiary",
    **{
        f"{heading}{part}": f"{party}.{name}"
        for heading, party in (("recipientorg", "recipient"), ("fundingorg", "funder"))
        for part, name in (
            ("id", "id"),
            ("identifier", "id"),
            ("name", "name"),
            ("charitynumber", "charity"),
            ("companynumber", "company"),
            ("postalcode", "postcode"),
            ("postcode", "postcode"),
            ("url", "website"),
            ("webaddress", "website"),
            ("website", "website"),
        )
    },
}
PERSON = "person"
MANY = frozenset({"beneficiary"})
_PEOPLE = ("recipientind", "toindividual")
_PARTS = re.compile(r"[:/]")
_INDEX = re.compile(r"[0-9]{1,6}")
_LEAST = 3


def field_of(heading: str) -> tuple[str, int] | None:
    """Find what a heading stands for.

    Args:
        heading: As ``Recipient Org:Identifier``, ``recipientOrganization/0/id`` or near it.

    Returns:
        The field, and which of several it belongs to, the first being nought; ``person`` for all
        that is said of people who got grants; None where a register has no use for it.
    """
    parts = [re.sub(r"[^a-z0-9]", "", part.casefold()) for part in _PARTS.split(heading)]
    index = next((int(part) for part in parts if _INDEX.fullmatch(part)), 0)
    flat = "".join(part for part in parts if not _INDEX.fullmatch(part))
    flat = re.sub(r"organi[sz]ation", "org", flat, count=1)
    if flat.startswith(_PEOPLE):
        return PERSON, index
    field = FIELDS.get(flat)
    return (field, index) if field else None


def is_of_grants(headings: Iterable[str]) -> bool:
    """Tell whether these headings, all together, are those of a grants sheet."""
    found = {field[0] for one in headings if (field := field_of(one))}
    parties = {name.split(".")[0] for name in found if "." in name} | (found & {PERSON})
    return bool(parties) and bool(found & {"amount", "awarded"}) and len(found) >= _LEAST
