"""One cell: how it is tidied, how a typed one is put as text, and what would run as a formula."""

import datetime as dt
import re
import unicodedata

# Half a character, as broken JSON may hold it, cannot be written anywhere.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ud800-\udfff]")
_MARKUP = re.compile(r"<[A-Za-z/!]")
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tidy(text: str) -> str:
    """Tidy a cell: composed characters, no control characters, no space at the ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("\u00a0", " ")
    return _CONTROL.sub("", text).strip()


def storable(text: str) -> str:
    """Make a text what every file can hold: one kind of line end, no control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def has_markup(text: str) -> bool:
    """Tell whether a cell holds what a browser would take for HTML."""
    return "<" in text and _MARKUP.search(text) is not None


def as_text(value: object) -> str:
    """Write a typed cell as people would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case float() if value != value:  # noqa: PLR0124  # NaN: an empty number in Parquet
            return ""
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case list() | tuple():
            return "; ".join(as_text(item) for item in value)
        case _:
            # An array formula is an object; its text is what matters here.
            return str(getattr(value, "text", value))


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a cell as a formula, by a leading apostrophe."""
    return f"'{text}" if text.startswith(RUNS_AS_FORMULA) else text
