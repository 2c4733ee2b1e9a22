"""Ids for what a register writes: the same in every export, so that importers know them again."""

from dataclasses import dataclass
from uuid import UUID, uuid5

# Never to change: every id of every export there ever was follows from it.
NAMESPACE = UUID("6f1d6f0e-8f2b-5c63-9b0e-0a7f4f2d9c11")


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes the ids of one network.

    Attributes:
        network: Its name; two networks may have an organisation of the same id.
    """

    network: str

    def of(self, table: str, *key: str) -> str:
        """Make the id of a row.

        Args:
            table: What it is a row of, in the standard's words.
            key: What tells it from the others: its id in the register, and what is within it.
        """
        return str(uuid5(NAMESPACE, "/".join((self.network, table, *key))))


def within(key: str, what: str) -> str:
    """Make the id of something there is once within a record, from the record's own."""
    return str(uuid5(NAMESPACE, f"{key}/{what}"))


def of_term(vocabulary: str, slug: str = "") -> str:
    """Make the id of a controlled term, or of its whole list; all networks share them."""
    return str(uuid5(NAMESPACE, f"vocabulary/{vocabulary}/{slug}"))
