"""What the texts in a column mean: each distinct one is read once, however many rows have it.

How one text is read is said by the column's type (:mod:`netmap.networks.cells`); which rows there
are, and what becomes of one with a fault, is for :mod:`netmap.networks.rows`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from netmap.networks.cells import Reading, Reference, as_number
from netmap.networks.records import Record

_TEXT = (str, str | None)


class Meaning(NamedTuple):
    """What one text means.

    Attributes:
        value: What a row gets; None where there is a fault.
        fault: What is wrong with it, as pydantic says it.
        noticed: (code, message, item, hint) of items left out of a list.
    """

    value: Any
    fault: Mapping[str, Any] | None = None
    noticed: tuple[tuple[str, str, str, str], ...] = ()


class Meanings(dict[str, Meaning]):
    """The meanings of a column's texts, found as they are asked for."""

    def __init__(self, read: Callable[[str], Meaning]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Meaning:
        found = self[text] = self._read(text)
        return found


def takes_any_text(model: type[Record], column: str) -> bool:
    """Tell whether every text in a column means itself."""
    field = model.model_fields[column]
    return field.annotation in _TEXT and all(isinstance(one, Reference) for one in field.metadata)


def reader(model: type[Record], column: str, reading: Reading) -> Callable[[str], Meaning]:
    """Make what reads the texts of a column.

    Args:
        model: What each row is.
        column: The column.
        reading: What a column needs to know to be read; gets what is noticed of the whole.
    """

    def read(text: str) -> Meaning:
        reading.noticed.clear()
        try:
            value = _validator(model, column).validate_python(text, context=reading)
        except ValidationError as error:
            return Meaning(None, error.errors(include_url=False)[0])
        return Meaning(value, None, tuple(said[1:] for said in reading.noticed))

    return read


@cache
def _validator(model: type[Record], column: str) -> Any:
    """Take from a model what reads one of its columns."""
    kind: Any = model.model_fields[column].annotation
    for mark in model.model_fields[column].metadata:
        kind = Annotated[kind, mark]
    # Asked for directly: a large register has a hundred thousand coordinates.
    return TypeAdapter(kind).validator


def read_count(text: str) -> Meaning:
    """Read a count of people, or a percentage of them."""
    count = as_number(text)
    return Meaning(None, {"input": text}) if count is None or count < 0 else Meaning(count)
