"""What a row of a register is about: which areas, which communities, and whom it names."""

from collections.abc import Callable, Mapping
from typing import Any

from netmap.networks.models import (
    Activity,
    Area,
    Enquiry,
    Organisation,
    Population,
    Record,
    Share,
    Target,
    Tie,
)
from netmap.networks.register import Register

_SUBJECTS: Mapping[type[Record], Callable[[Any], tuple[str | None, ...]]] = {
    Organisation: lambda row: (row.id,),
    Activity: lambda row: (row.id, row.organisation, *row.topics),
    Tie: lambda row: (row.source_organisation, row.target_organisation, row.topic),
    Target: lambda row: (row.owner, row.measure),
    Area: lambda row: (row.code,),
    Share: lambda row: (row.key,),
}


def areas_of(row: Record, register: Register) -> frozenset[str]:
    """Name the areas a row is about; ``*`` for every area."""

    def of(organisation: str) -> str | None:
        found = register.organisation.get(organisation)
        return found.area if found else None

    found: tuple[str | None, ...] = ()
    match row:
        case Activity():
            found = (register.area_of(row), *row.serves)
        case Area():
            found = (row.code, row.parent)
        case Tie():
            found = (of(row.source_organisation), of(row.target_organisation))
        case Target():
            found = (row.owner if row.owner in register.areas else of(row.owner),)
        case Organisation() | Population() | Enquiry() | Share():
            found = (row.area,)
    return frozenset(code for code in found if code)


def communities_of(row: Record) -> frozenset[str] | None:
    """Name the communities a row is about; None for anybody."""
    match row:
        case Activity() if row.communities_known and not row.open:
            return frozenset(row.communities)
        case Enquiry():
            return frozenset((row.community,))
        case _:
            return None


def subjects_of(row: Record) -> frozenset[str]:
    """Name the organisations, activities, topics and measures a row speaks of."""
    named = _SUBJECTS.get(type(row))
    return frozenset(one for one in named(row) if one) if named else frozenset()
