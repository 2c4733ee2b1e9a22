"""What stands under a heading, where that decides what the heading means."""

from dataclasses import dataclass, field

from netmap.networks.cells import as_number
from netmap.vocabulary import Vocabularies

_WORDS = frozenset(
    {"name", "organisation", "venue", "description", "communities", "approach", "topics", "area"}
    | {"sector", "roles", "led_by", "funding", "schedule", "source_organisation", "kind", "key"}
    | {"target_organisation", "email", "website", "languages", "access_routes", "status"}
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands under one heading, as far as it decides between headings.

    Attributes:
        filled: How many cells are not blank.
        distinct: How many of them differ.
        sample: The first few that differ.
    """

    filled: int = 0
    distinct: int = 0
    sample: tuple[str, ...] = field(default=())


def contradicted(column: str, here: Contents, vocabularies: Vocabularies) -> bool:
    """Tell whether the cells show that a heading means something else.

    ``Contact`` is a column of the register, and in every other sheet somebody's name.
    """
    if column != "contact":
        return False
    return any(vocabularies["contact"].resolve(text) is None for text in here.sample)


def implausible(column: str, here: Contents) -> bool:
    """Tell whether the cells are numbers under what would be words."""
    return column in _WORDS and all(as_number(text) is not None for text in here.sample)
