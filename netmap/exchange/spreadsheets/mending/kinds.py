"""What kind of cell stands in which column, as the register's own row models say it.

The models are the only list of columns; what this room adds is which texts are names, contacts,
identifiers and languages.
"""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import lru_cache
from typing import Literal, get_args, get_origin

from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from netmap.networks import cells
from netmap.networks.models import TABLES


class Kind(StrEnum):
    """How a cell is understood."""

    TEXT = auto()
    OWN = auto()
    NAME = auto()
    NAMES = auto()
    PLACES = auto()
    IDENTIFIERS = auto()
    LANGUAGES = auto()
    TERM = auto()
    TERMS = auto()
    CHOICE = auto()
    DAY = auto()
    YES_NO = auto()
    WHOLE = auto()
    NUMBER = auto()
    LATITUDE = auto()
    LONGITUDE = auto()
    POSTCODE = auto()
    EMAIL = auto()
    PHONE = auto()
    WEBSITE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of one column are understood.

    Attributes:
        kind: The kind.
        vocabulary: For terms, the name of their list.
        choices: For choices, the words that may stand.
    """

    kind: Kind
    vocabulary: str = ""
    choices: tuple[str, ...] = ()


_BY_NAME: Mapping[str, Kind] = {
    "name": Kind.NAME,
    "aliases": Kind.NAMES,
    "serves": Kind.PLACES,
    "identifiers": Kind.IDENTIFIERS,
    "languages": Kind.LANGUAGES,
    "latitude": Kind.LATITUDE,
    "longitude": Kind.LONGITUDE,
    "email": Kind.EMAIL,
    "phone": Kind.PHONE,
    "website": Kind.WEBSITE,
}
# The first of a type's marks is the validator that reads its cells.
_BY_READER: tuple[tuple[object, Kind], ...] = (
    (get_args(cells.Day)[1], Kind.DAY),
    (get_args(cells.YesNo)[1], Kind.YES_NO),
    (get_args(cells.Whole)[1], Kind.WHOLE),
    (get_args(cells.Postcode)[1], Kind.POSTCODE),
    (cells.NUMBER, Kind.NUMBER),
)
_NAMED = frozenset({"organisation", "activity", "owner"})


@lru_cache(maxsize=1024)
def column_of(table: str, column: str) -> Column:
    """Say how the cells of a column are understood; a column of people's own holds text."""
    model = TABLES.get(table)
    field = None if model is None else model.model_fields.get(column)
    if field is None:
        return Column(Kind.OWN)
    if column in _BY_NAME:
        return Column(_BY_NAME[column])
    for reader, kind in _BY_READER:
        if reader in field.metadata:
            return Column(kind)
    return _in_words(field)


def _in_words(field: FieldInfo) -> Column:
    vocabulary = _vocabulary(field)
    if vocabulary:
        many = get_origin(field.annotation) is tuple
        return Column(Kind.TERMS if many else Kind.TERM, vocabulary)
    choices = _choices(field.annotation)
    if choices:
        return Column(Kind.CHOICE, choices=choices)
    named = any(isinstance(m, cells.Reference) and m.to in _NAMED for m in field.metadata)
    return Column(Kind.NAME if named else Kind.TEXT)


def _vocabulary(field: FieldInfo) -> str:
    """Find the list whose terms a column takes: the reader of terms was made for one list."""
    for mark in field.metadata:
        if isinstance(mark, BeforeValidator):
            made_for = inspect.getclosurevars(mark.func).nonlocals.get("vocabulary", "")
            if made_for:
                return str(made_for)
    return ""


def _choices(annotation: object) -> tuple[str, ...]:
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            return get_args(part)
    return ()
