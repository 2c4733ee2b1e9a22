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
# What funders call the same on sheets of their own; these may stand for other things elsewhere.
_OWN_WORDS = {
    **dict.fromkeys(("grantreference", "grantref", "grantnumber", "reference"), "id"),
    **dict.fromkeys(("amount", "grantamount", "amountofgrant", "amountgbp", "awardamount",
                     "amountofaward", "totalawarded", "grantawarded"), "amount"),
    **dict.fromkeys(("dateawarded", "dateofaward", "awardedon", "awardeddate", "decisiondate",
                     "dateofdecision", "grantdate", "dateofgrant"), "awarded"),
    **dict.fromkeys(("startdate", "grantstartdate", "projectstartdate"), "starts"),
    **dict.fromkeys(("enddate", "grantenddate", "projectenddate"), "ends"),
    **dict.fromkeys(("programme", "grantprogramme", "fund", "fundname", "programmename"),
                    "programme"),
    **dict.fromkeys(("funder", "fundername", "nameoffunder", "fundingorg", "fundingbody",
                     "grantmaker", "awardedby", "fundedby"), "funder.name"),
    **dict.fromkeys(("recipient", "recipientname", "nameofrecipient", "recipientorg", "grantee",
                     "granteename", "grantrecipient", "orgfunded", "orgawarded", "awardedto",
                     "beneficiaryorg", "fundedorg", "recipientorgname"), "recipient.name"),
    **dict.fromkeys(("charitynumber", "recipientcharitynumber", "registeredcharitynumber"),
                    "recipient.charity"),
    **dict.fromkeys(("companynumber", "recipientcompanynumber"), "recipient.company"),
    **dict.fromkeys(("postcode", "recipientpostcode"), "recipient.postcode"),
}  # fmt: skip
PERSON = "person"
RECIPIENT_TYPE = "recipient.type"
FIELDS |= dict.fromkeys(
    ("recipienttype", "typeofrecipient", "recipientorgtype", "granteetype", "applicanttype"),
    RECIPIENT_TYPE,
)
MANY = frozenset({"beneficiary"})
_PEOPLE = ("recipientind", "toindividual")
_PARTS = re.compile(r"[:/]")
_INDEX = re.compile(r"[0-9]{1,6}")
_LEAST = 3
_PERSONS = frozenset(
    {"individual", "individuals", "anindividual", "person", "persons", "people", "family",
     "household", "soletrader"}
)  # fmt: skip
_AWARD = frozenset({"amount", "awarded"})


def field_of(heading: str, *, own_words: bool = False) -> tuple[str, int] | None:
    """Find what a heading stands for.

    Args:
        heading: As ``Recipient Org:Identifier``, ``recipientOrganization/0/id`` or near it.
        own_words: Whether it may be a funder's own word, as on a sheet of grants and nothing else.

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
    field = FIELDS.get(flat) or (_OWN_WORDS.get(flat) if own_words else None)
    return (field, index) if field else None


def is_person(text: str) -> bool:
    """Tell whether what is said of the type of a recipient means a person."""
    return re.sub(r"[^a-z]", "", text.casefold()) in _PERSONS


def are_standard(headings: Iterable[str]) -> bool:
    """Tell whether these headings, all together, are those of a sheet in the standard."""
    found = {field[0] for one in headings if (field := field_of(one))}
    return _has_recipients(found) and bool(found & _AWARD) and len(found) >= _LEAST


def are_of_grants(headings: Iterable[str]) -> bool:
    """Tell whether these headings, in a funder's own words, say who gave whom how much or when."""
    found = {field[0] for one in headings if (field := field_of(one, own_words=True))}
    gives = bool(found & {"funder.id", "funder.name"})
    return gives and _has_recipients(found) and bool(found & _AWARD)


def _has_recipients(found: set[str]) -> bool:
    return bool(found & {"recipient.id", "recipient.name", PERSON})
