"""The columns of the register's tables: their names, their order, and when two cells say the same.

What a cell means is for :mod:`netmap.networks.cells`; here its reading is only written down again
as a register's file would hold it, so that ``Yes`` and ``yes`` are no difference.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from netmap.exchange.intake.names import squeezed
from netmap.networks.cells import Reading, Reference, as_number, split
from netmap.networks.models import TABLES, columns, required
from netmap.networks.rows import KEYS
from netmap.tables import as_text, guarded, normalise_heading, tidy
from netmap.tables.cells import RUNS_AS_FORMULA
from netmap.vocabulary import Vocabularies

# Half characters and non-characters: no file can hold them.
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
# What tells the rows of a table without ids apart.
NATURAL: Mapping[str, tuple[str, ...]] = {
    "ties": ("source_organisation", "target_organisation", "kind", "topic", "since"),
    "populations": ("area",),
    "enquiries": ("area", "community", "asked_on", "by"),
    "targets": ("owner", "measure", "due"),
    "shares": ("area", "dimension", "key"),
}
ORDER = ("areas", "organisations", "activities", *NATURAL)


def naming(table: str) -> tuple[str, ...]:
    """Name the columns that tell the rows of a table apart."""
    return (KEYS[table],) if table in KEYS else NATURAL[table]


@cache
def references(table: str) -> Mapping[str, tuple[str, bool]]:
    """Map each column that refers to a row to what it names, and whether rows need it."""
    return {
        column: (mark.to, field.is_required())
        for column, field in TABLES[table].model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Reference)
    }


@cache
def lists(table: str) -> frozenset[str]:
    """Name the columns that hold several values."""
    fields = TABLES[table].model_fields
    return frozenset(c for c in columns(TABLES[table]) if fields[c].annotation == tuple[str, ...])


@cache
def numeric(table: str) -> frozenset[str]:
    """Name the columns that hold numbers."""
    fields = TABLES[table].model_fields
    kinds = {c: str(fields[c].annotation) for c in columns(TABLES[table])}
    return frozenset(c for c, kind in kinds.items() if "float" in kind or "int" in kind)


def readable(text: str) -> str:
    """Give a cell as the register reads it back."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = tidy(text if text.isascii() else _NO_TEXT.sub("", text))
    return text[1:] if text[:1] == "'" and text[1:2] in RUNS_AS_FORMULA else text


def written(value: object) -> str:
    """Write what a cell means as a register's file holds it."""
    match value:
        case tuple():
            return ";".join(str(item) for item in value)
        case dt.date():
            return value.isoformat()
        case _:
            return as_text(value)


class Contract:
    """The columns of the register's tables in one workspace, whose terms name some of them."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies
        self._found: dict[tuple[str, str, str], str] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._sorted: dict[tuple[str, ...], list[str]] = {}

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """Every table's columns in order; those of communities stand after the total."""
        found = {table: columns(model) for table, model in TABLES.items()}
        names = found["populations"]
        at = names.index("total") + 1
        communities = (c for c in self.vocabularies["community"] if c not in names)
        return {**found, "populations": (*names[:at], *communities, *names[at:])}

    @cached_property
    def _proper(self) -> Mapping[str, Mapping[str, str]]:
        return {
            table: {normalise_heading(column): column for column in names}
            for table, names in self.known.items()
        }

    def column(self, table: str, heading: str) -> str:
        """Find the column a heading means; one of people's own is as a file would hold it."""
        asked = (table, heading)
        if asked not in self._named:
            self._named[asked] = self._column(table, tidy(heading))
        return self._named[asked]

    def _column(self, table: str, heading: str) -> str:
        proper = self._proper[table].get(normalise_heading(heading))
        if proper is None and table == "populations":
            proper = self.vocabularies["community"].resolve(heading)
        return proper or guarded(heading) or "unnamed"

    def in_order(self, table: str, used: Mapping[str, Any]) -> list[str]:
        """Sort columns as people see them: the table's, then people's own as they came."""
        asked = (table, *used)
        if asked not in self._sorted:
            known = self.known[table]
            own = (column for column in used if column not in known)
            self._sorted[asked] = [*(column for column in known if column in used), *own]
        return self._sorted[asked]

    def needed(self, table: str) -> tuple[str, ...]:
        """Name the columns a row cannot do without."""
        return required(TABLES[table])

    def meaning(self, table: str, column: str, text: str) -> str:
        """Write a cell as the register would, where it understands it; else as it is."""
        asked = (table, column, text)
        if asked not in self._found:
            self._found[asked] = self._meaning(table, column, text)
        return self._found[asked]

    def _meaning(self, table: str, column: str, text: str) -> str:
        if not text:
            return ""
        if column == "identifiers":
            return ";".join(sorted(squeezed(item) for item in split(text)))
        read = _reader(table, column)
        if read is None:
            number = as_number(text) if self._counts(table, column) else None
            return text if number is None else written(number)
        try:
            value = read(text, Reading(self.vocabularies))
        except ValidationError:
            return text
        if isinstance(value, tuple):
            # The order within a list is nobody's statement.
            return ";".join(sorted(value)) or text
        return written(value)

    def _counts(self, table: str, column: str) -> bool:
        return table == "populations" and column in self.vocabularies["community"]


@cache
def _reader(table: str, column: str) -> Callable[[str, Reading], Any] | None:
    field = TABLES[table].model_fields.get(column)
    if field is None or column not in columns(TABLES[table]):
        return None
    adapter: TypeAdapter[Any] = TypeAdapter(_with_metadata(field.annotation, field.metadata))
    return lambda text, reading: adapter.validate_python(text, context=reading)


def _with_metadata(annotation: Any, metadata: list[Any]) -> Any:
    for mark in metadata:
        annotation = Annotated[annotation, mark]
    return annotation
