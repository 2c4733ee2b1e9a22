"""How numbers, moments and people's own text are written on a map."""

import re
from collections.abc import Sequence
from datetime import datetime

from netmap import language
from netmap.language import _, current

# C0 and C1 controls would break or disguise a page; tabs and line ends become blanks.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"\s+")
# What stands between texts while many are looked at as one; no text is clean that has it.
_BETWEEN = "\x1f"
_LINK = re.compile(r"https?://[^\s<>\"'`\\]+|mailto:[^\s<>\"'`\\]+", re.IGNORECASE)
_THOUSAND = 1000


class Say:
    """Says texts, looking each up once: what is drawn may have very many rows."""

    def __init__(self) -> None:
        """Know none yet."""
        self._found: dict[str, str] = {}

    def __call__(self, text: str, /, **values: object) -> str:
        """Say a text that is marked for the catalogue, with its values."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = current().one(text)
        return found % values


def clean(text: object) -> str:
    """Write somebody's text on one line, without control characters; nothing for None."""
    return "" if text is None else _BLANKS.sub(" ", _CONTROLS.sub("", str(text))).strip()


def all_clean(texts: Sequence[str]) -> Sequence[str]:
    """Write many texts as :func:`clean` does; quick where there is nothing to mend."""
    joined = _BETWEEN.join(("", *texts, ""))
    bare = joined.replace(_BETWEEN, "")
    whole = len(joined) - len(bare) == len(texts) + 1
    spaced = any(odd in joined for odd in ("  ", f"{_BETWEEN} ", f" {_BETWEEN}"))
    # All blanks but the plain one, and all controls, are what Python does not call printable.
    return texts if whole and not spaced and bare.isprintable() else list(map(clean, texts))


def link(address: str | None) -> str | None:
    """Let an address through as a link only where it is a web or mail address."""
    squeezed = clean(address)
    return squeezed if _LINK.fullmatch(squeezed) else None


def moment(starts: str) -> str:
    """Write a local ISO start as ``Tue 2 February 2027, 10:00``; other text as it stands."""
    try:
        when = datetime.fromisoformat(starts)
    except ValueError:
        return clean(starts)
    return _(
        "%(weekday)s %(day)s, %(time)s",
        weekday=language.short_weekday(when),
        day=language.day(when),
        time=f"{when:%H:%M}",
    )


def number(value: float) -> str:
    """Write a number with thousands apart and no needless decimals: ``1,250`` and ``6.7``."""
    whole = float(value).is_integer() or value >= _THOUSAND
    return language.number(value, 0 if whole else 1)


def plainly(slug: str) -> str:
    """Make words of a slug no vocabulary knows: ``target-missed`` is ``Target missed``."""
    return capital(clean(slug).replace("_", " ").replace("-", " "))


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
