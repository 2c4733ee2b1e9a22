"""How numbers, days and people's own text are written on a map."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from netmap.times import MONTHS, WEEKDAYS

# C0 and C1 controls would break or disguise a page; tabs and line ends become blanks.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
# Of texts joined by a unit separator: anything that clean would take out or change.
_TO_MEND = re.compile(
    r"[\x00-\x1e\x7f-\x9f\ud800-\udfff\ufffe\uffff]|[^\S \x1f]|  | \x1f|\x1f |^ | $|\x1f{2}"
)
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+|mailto:[^\s<>\"'`\\]+", re.IGNORECASE)
_THOUSAND = 1000
NOT_RECORDED = "not recorded"


def clean(text: object) -> str:
    """Write somebody's text on one line, without control characters; nothing for None."""
    return "" if text is None else _BLANKS.sub(" ", _CONTROLS.sub("", str(text))).strip()


def all_clean(texts: Sequence[str]) -> Sequence[str]:
    """Write many texts as :func:`clean` does; quick where there is nothing to mend."""
    if _TO_MEND.search("\x1f".join(texts)) is None:
        return texts
    return [clean(text) for text in texts]


def link(address: str | None) -> str | None:
    """Let an address through as a link only where it is a web or mail address."""
    squeezed = clean(address)
    return squeezed if _LINK.fullmatch(squeezed) else None


def day(when: date) -> str:
    """Write a day as ``31 July 2020``."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def moment(starts: str) -> str:
    """Write a local ISO start as ``Tue 2 February 2027, 10:00``; other text as it stands."""
    try:
        when = datetime.fromisoformat(starts)
    except ValueError:
        return clean(starts)
    return f"{WEEKDAYS[when.weekday()][:3]} {day(when)}, {when:%H:%M}"


def number(value: float) -> str:
    """Write a number with thousands apart and no needless decimals: ``1,250`` and ``6.7``."""
    return f"{value:,.0f}" if float(value).is_integer() or value >= _THOUSAND else f"{value:,.1f}"


def many(count: int, one: str, several: str = "") -> str:
    """Count things: ``1 gap``, ``3 gaps``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def plainly(slug: str) -> str:
    """Make words of a slug no vocabulary knows: ``target-missed`` is ``Target missed``."""
    words = clean(slug).replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def listed(items: "tuple[str, ...] | list[str]") -> str:
    """Join words with commas."""
    return ", ".join(items)
