"""Names of months, English and Welsh, and how a day is said in a message."""

from collections.abc import Mapping
from datetime import date

from netmap.times import MONTHS

_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)
_NUMBERS: Mapping[str, int] = {
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{name: number for number, name in enumerate(_WELSH, 1)},
    "sept": 9,
    "febuary": 2,
    "feburary": 2,
}


def month_number(name: str) -> int | None:
    """Give the number of a month, from 1; None where no month has that name."""
    return _NUMBERS.get(name.casefold())


def said(day: date) -> str:
    """Say a day so that nobody can take it for another: ``3 April 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
