"""The headings people write for each column, as the data in ``aliases.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from netmap.networks.models import TABLES, columns

# Columns that are no column of the register, and the one they help to make.
PARTS: Mapping[str, str] = {
    "charity_number": "identifiers",
    "company_number": "identifiers",
    "day": "schedule",
    "time": "schedule",
    "start_time": "schedule",
    "end_time": "schedule",
    "frequency": "schedule",
    "active": "status",
}
# On a sheet of activities, the columns of the organisation that is named in the same row.
OWNER = "organisation."
_SAID_OF_OWNER = ("charity_number", "company_number", "sector")


@dataclass(frozen=True, slots=True)
class Aliases:
    """What one table's columns are called.

    Attributes:
        table: The table.
        columns: All columns a heading of it may mean, by their proper names.
        names: Column to its aliases, the best first.
        perhaps: Column to headings that may mean it, and are asked about.
        qualifiers: Words at either end of a heading that change nothing.
        matter: The columns whose absence is worth a word.
        pairs: Two headings that only together are the two ends of a tie.
    """

    table: str
    columns: tuple[str, ...]
    names: Mapping[str, Sequence[str]]
    perhaps: Mapping[str, Sequence[str]]
    qualifiers: frozenset[str]
    matter: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


@cache
def _data() -> Mapping[str, Any]:
    text = files("netmap.exchange.spreadsheets").joinpath("aliases.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def aliases_of(table: str) -> Aliases:
    """Give what the columns of a table are called.

    Args:
        table: One of :data:`netmap.networks.models.TABLES`.
    """
    data = _data()
    listed = {name: names for name, names in data[table].items() if name != "perhaps"}
    own = columns(TABLES[table])
    of_owner = tuple(f"{OWNER}{column}" for column in columns_of("organisations"))
    return Aliases(
        table,
        (*columns_of(table), *(of_owner if table == "activities" else ())),
        {column: listed.get(column, ()) for column in (*own, *_parts(table))},
        data[table].get("perhaps", {}),
        frozenset((*data["qualifiers"]["words"], *data["qualifiers"][table])),
        tuple(data["matter"][table]),
        tuple((first, second) for first, second in data["pairs"].get(table, ())),
    )


def columns_of(table: str) -> tuple[str, ...]:
    """Name the columns of a table, and after them the parts that make one up."""
    return (*columns(TABLES[table]), *_parts(table))


def said_of_owner() -> Mapping[str, Sequence[str]]:
    """Give the columns that can only be an organisation's, and their aliases."""
    names = aliases_of("organisations").names
    return {column: names[column] for column in _SAID_OF_OWNER}


def owner_words() -> tuple[str, ...]:
    """List the words that make a column on a sheet of activities their organisation's."""
    return tuple(_data()["owner"]["words"])


def own_headings() -> tuple[str, ...]:
    """List headings that everybody knows and that are no column of the register."""
    return tuple(_data()["own"]["headings"])


def signs() -> tuple[str, ...]:
    """List headings that say a sheet lists what is offered."""
    return tuple(_data()["signs"]["activities"])


def sheet_names() -> Mapping[str, Sequence[str]]:
    """Give the words in a sheet's name that speak for a table."""
    names: Mapping[str, Sequence[str]] = _data()["sheets"]
    return names


def _parts(table: str) -> tuple[str, ...]:
    own = _data()[table]
    return tuple(part for part in PARTS if part in own)
