"""One cell: as the text a register's CSV holds, and without what neither XML nor Excel can hold."""

import re
from collections.abc import Iterable

from netmap.tables import as_text

# All that XML 1.0 allows; lone surrogates are among what it does not, and UTF-8 refuses them too.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(value: object) -> str:
    """Write a typed cell as a register's CSV holds it, without a guard against formulas."""
    if isinstance(value, tuple):
        return ";".join(str(item) for item in value)
    return as_text(value)


def allowed(text: str) -> str:
    """Take from a text the characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def one_line_end(text: str) -> str:
    """Write every line end in the one way that all formats keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def safe(value: object) -> object:
    """Give a cell that any file can hold: texts without forbidden characters, line ends alike."""
    match value:
        case str():
            return one_line_end(allowed(value))
        case tuple():
            return tuple(safe(item) for item in value)
        case _:
            return value


def is_forbidden(text: str) -> bool:
    """Tell whether a text holds characters that XML forbids."""
    return _FORBIDDEN.search(text) is not None


def how_many(number: int, thing: str, *, many: str = "") -> str:
    """Count things in words: ``1 cell is``, ``2 cells are``."""
    return f"{number} {thing} is" if number == 1 else f"{number} {many or f'{thing}s'} are"


def forbidden_texts(texts: Iterable[str]) -> tuple[str, ...]:
    """Say how many texts hold characters that have to be left out; nothing where none does."""
    number = sum(map(is_forbidden, texts))
    if not number:
        return ()
    said = how_many(number, "cell")
    return (f"{said} written without characters that cannot be shown.",)
