"""What of an organisation is compared: its names, numbers, place and contacts, all tidied."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from netmap.networks.duplicates.identifiers import Identifier, identifier
from netmap.networks.duplicates.names import Name, name_of, names_of
from netmap.networks.duplicates.words import data
from netmap.networks.models import Organisation

_SEVERAL = re.compile(r"[;,/|]|\bor\b|\band\b")
_EXTENSION = re.compile(r"\b(?:ext|extension|x)\.?\s*\d+.*$", re.IGNORECASE)
_SHORTEST_PHONE = 9
_LONGEST_ALIASES = 12


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one organisation.

    Attributes:
        id: Its id.
        names: Its name, then other names that one gives, then its aliases.
        identifiers: Its charity and company numbers.
        area: Its area's code.
        point: (longitude, latitude) in degrees, WGS 84.
        postcode: Its full postcode.
        district: The first half of its postcode.
        phones: Its numbers, digits only, from the nought on.
        emails: Its addresses.
        mail_domains: The domains of its addresses that are its own.
        site: The host of its website, with the path where many bodies share the host.
    """

    id: str
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    area: str | None
    point: tuple[float, float] | None
    postcode: str | None
    district: str | None
    phones: frozenset[str]
    emails: frozenset[str]
    mail_domains: frozenset[str]
    site: str | None

    @property
    def name(self) -> Name:
        """The name itself."""
        return self.names[0]

    @property
    def placed(self) -> bool:
        """Tell whether anything says where it is."""
        return bool(self.area or self.district or self.point)

    @property
    def domains(self) -> frozenset[str]:
        """Its own domains, of its website or its addresses."""
        return self.mail_domains | ({self.site} if self.site else set())


def traits_of(one: Organisation) -> Traits:
    """Tidy what is compared of an organisation."""
    aliases = [name_of(alias) for alias in one.aliases[:_LONGEST_ALIASES]]
    outward, _, inward = (one.postcode or "").partition(" ")
    emails = _emails(one.email)
    domains = {address.rpartition("@")[2] for address in emails}
    return Traits(
        id=one.id,
        names=(*names_of(one.name), *aliases),
        identifiers=tuple(sorted({i for text in one.identifiers if (i := identifier(text))})),
        area=one.area,
        point=one.point,
        postcode=one.postcode if inward else None,
        district=outward or None,
        phones=_phones(one.phone),
        emails=emails,
        mail_domains=frozenset(domains - _listed("mail")),
        site=_site(one.website),
    )


def _emails(cell: str | None) -> frozenset[str]:
    parts = _several(cell, r"[;,/|\s]")
    return frozenset(part for part in parts if 0 < part.find("@") < len(part) - 1)


def _phones(cell: str | None) -> frozenset[str]:
    numbers = (_digits(part) for part in _several(cell, _SEVERAL.pattern))
    return frozenset(n for n in numbers if len(n) >= _SHORTEST_PHONE)


def _several(cell: str | None, between: str) -> Iterable[str]:
    return re.split(between, cell.casefold()) if cell else ()


def _digits(phone: str) -> str:
    digits = re.sub(r"\D", "", _EXTENSION.sub("", phone).replace("(0)", ""))
    return re.sub(r"^(?:00)?44", "0", digits)


def _site(address: str | None) -> str | None:
    if not address:
        return None
    try:
        parts = urlsplit(address.casefold())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if host.endswith(".facebook.com"):  # en-gb.facebook.com is facebook.com
        host = "facebook.com"
    if host not in _listed("platforms"):
        return host or None
    path = parts.path.rstrip("/")
    return f"{host}{path}" if path else None


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(data()[key])
