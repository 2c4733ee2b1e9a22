"""How one cell of a register becomes a value.

The types here are the columns' types in :mod:`netmap.networks.models`. A cell that cannot be
understood raises; a list keeps the items it can understand and reports the others through the
:class:`Reading` that pydantic hands down as context.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from netmap import places, times
from netmap.findings import did_you_mean
from netmap.vocabulary import Vocabularies

_YES = frozenset({"yes", "y", "true", "1", "t", "ie"})
_NO = frozenset({"no", "n", "false", "0", "f", "na"})
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(?!\d{3}$)\d+")
_LIST = re.compile(r"\s*;\s*")


@dataclass(slots=True)
class Reading:
    """What a column needs to know to be read, and what it noticed on the way.

    Attributes:
        vocabularies: The controlled terms of this workspace.
        noticed: (column, code, message, value, hint) of items left out of a list.
        day_first: Whether any date was written day first.
    """

    vocabularies: Vocabularies
    noticed: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    day_first: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Marks a column whose cells name an area, an organisation or an activity."""

    to: str


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Make the error a cell raises; braces in people's text stay as they are."""
    return PydanticCustomError(code, "{said}", {"said": message, "hint": hint})


def split(text: str) -> tuple[str, ...]:
    """Split a cell at its semicolons."""
    return tuple(item for item in _LIST.split(text.strip()) if item)


def _items(value: object) -> object:
    return split(value) if isinstance(value, str) else value


def _day(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    read = times.parse_date(value)
    if read is None:
        raise fault("bad-date", f"'{value}' is not a date.", "Write it as 2026-03-31.")
    if isinstance(info.context, Reading) and times.is_day_first(value):
        info.context.day_first = True
    return read


def _yes_no(value: object) -> object:
    if isinstance(value, str):
        word = value.casefold()
        if word in _YES or word in _NO:
            return word in _YES
        raise fault("bad-yes-no", f"'{value}' is neither yes nor no.", "Write yes or no.")
    return value


def as_number(text: str) -> float | None:
    """Read a number as people write it: 1,234 and 1 234 and 53,8 and 40%; None where it is none."""
    try:
        number = float(text)
    except ValueError:
        return _as_people_write(text)
    return number if math.isfinite(number) else None


def _as_people_write(text: str) -> float | None:
    squeezed = text.replace(" ", "").removesuffix("%")
    # Where `;` stands between cells, a comma often stands before the decimals.
    decimal = squeezed.replace(",", ".") if _DECIMAL_COMMA.fullmatch(squeezed) else squeezed
    try:
        number = float(decimal.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _number(value: object) -> object:
    if isinstance(value, str):
        number = as_number(value)
        if number is None:
            raise fault("bad-number", f"'{value}' is not a number.")
        return number
    return value


def _whole(value: object) -> object:
    number = _number(value)
    if isinstance(number, float):
        if not number.is_integer():
            raise fault("bad-number", f"'{value}' is not a whole number.")
        return int(number)
    return number


def _postcode(value: object) -> object:
    if isinstance(value, str):
        tidy = places.tidy_postcode(value)
        if tidy is None:
            hint = "A postcode looks like LS1 1UR; its first half alone will do."
            raise fault("bad-postcode", f"'{value}' is not a postcode.", hint)
        return tidy
    return value


def _slug(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", value):
        hint = "Use lower-case letters, digits and hyphens, as in leeds-mind."
        raise fault("bad-id", f"'{value}' cannot be an id.", hint)
    return value


def _web(value: object) -> object:
    if isinstance(value, str):
        if value.startswith(("https://", "http://")):
            return value
        if re.fullmatch(r"[\w.\-]+\.[a-z]{2,}(?:/\S*)?", value, re.IGNORECASE):
            return f"https://{value}"
        raise fault("bad-address", f"'{value}' is not a web address.", "It begins with https://")
    return value


def _lower(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _find(vocabulary: str, text: str, info: ValidationInfo) -> str | None:
    if not isinstance(info.context, Reading):
        return text
    return info.context.vocabularies[vocabulary].resolve(text)


def _unknown(vocabulary: str, text: str, info: ValidationInfo) -> tuple[str, str, str]:
    """Word an unknown term: its code, message and hint."""
    what = vocabulary.replace("_", " ")
    known = info.context.vocabularies[vocabulary] if isinstance(info.context, Reading) else ()
    hint = did_you_mean(text, known) or f"docs/glossary.md lists the terms of '{what}'."
    return "unknown-term", f"'{text}' is not a known {what}.", hint


def one(vocabulary: str) -> BeforeValidator:
    """Read a column that holds one controlled term; aliases become the slug."""

    def read(value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        found = _find(vocabulary, value, info)
        if found is None:
            raise fault(*_unknown(vocabulary, value, info))
        return found

    return BeforeValidator(read)


def many(vocabulary: str) -> BeforeValidator:
    """Read a column that holds a list of controlled terms; unknown ones are left out, and said."""

    def read(value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        found: dict[str, None] = {}
        for item in split(value):
            slug = _find(vocabulary, item, info)
            if slug is not None:
                found[slug] = None
            elif isinstance(info.context, Reading):
                code, message, hint = _unknown(vocabulary, item, info)
                info.context.noticed.append((info.field_name or "", code, message, item, hint))
        return tuple(found)

    return BeforeValidator(read)


LOWER = BeforeValidator(_lower)
NUMBER = BeforeValidator(_number)
YES_NO = BeforeValidator(_yes_no)
Slug = Annotated[str, BeforeValidator(_slug)]
Items = Annotated[tuple[str, ...], BeforeValidator(_items)]
Day = Annotated[date | None, BeforeValidator(_day)]
YesNo = Annotated[bool | None, YES_NO]
Whole = Annotated[int | None, BeforeValidator(_whole), Field(ge=0)]
Number = Annotated[float | None, NUMBER, Field(allow_inf_nan=False)]
Latitude = Annotated[Number, Field(ge=-90, le=90)]
Longitude = Annotated[Number, Field(ge=-180, le=180)]
Postcode = Annotated[str | None, BeforeValidator(_postcode)]
Web = Annotated[str | None, BeforeValidator(_web)]
AreaCode = Annotated[str | None, Reference("area")]
AreaCodes = Annotated[Items, Reference("area")]
OrganisationId = Annotated[str | None, Reference("organisation")]
ActivityId = Annotated[str | None, Reference("activity")]
