"""Text as it was typed: no control characters, no letters garbled by a wrong encoding.

What the text means, and whether it is right, is for the other modules.
"""

import re
import unicodedata

from netmap.tables import tidy

_PLAIN = re.compile(r"[!#-&(-~](?:[ -~]*[!-~])?")
_GARBLED = re.compile(r"[\u0080-\uffff]{2,}")
_EXCEL_BREAK = re.compile(r"_x000[AD]_", re.IGNORECASE)
_NO_WIDTH = re.compile("[\u200b\u2060\u00ad]")
_GUARD = re.compile(r"'+(?=[=+\-@])")
_LINE_BREAK = re.compile(r"\r\n?|\v|\f|\x85")
# Windows leaves these five bytes without a character; programs then show the byte itself.
_NO_CHARACTER = frozenset("\x81\x8d\x8f\x90\x9d")
_ENOUGH = 8
_ON_A_KEYBOARD = {
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-"),
    **dict.fromkeys([0x2018, 0x2019, 0x2032], "'"),
    **dict.fromkeys([0x201C, 0x201D, 0x2033], '"'),
}


def clean(text: str) -> tuple[str, bool]:
    """Tidy the text of a cell, and put garbled letters right.

    Args:
        text: The cell as the file holds it.

    Returns:
        The text without control characters, blanks at its ends, or the apostrophe that keeps a
        spreadsheet from running a cell; and whether letters such as ``â€™`` were put right.
        Cleaning it again changes nothing.
    """
    if _PLAIN.fullmatch(text) and "_" not in text:
        return text, False
    was_garbled = False
    # Putting one thing right can show the next: garbled twice over, or garbled inside blanks.
    for _ in range(_ENOUGH):
        right = _ungarbled(text)
        was_garbled |= right != text
        tidied = _tidied(right)
        if tidied == text:
            break
        text = tidied
    return text, was_garbled


def one_line(text: str) -> str:
    """Put a name on one line, with single blanks."""
    return " ".join(text.split())


def plain_marks(text: str) -> str:
    """Write dashes, minus signs and quotation marks as a keyboard has them."""
    return text if text.isascii() else text.translate(_ON_A_KEYBOARD)


def _tidied(text: str) -> str:
    broken = _LINE_BREAK.sub("\n", _EXCEL_BREAK.sub("\n", text))
    return _GUARD.sub("", tidy(_NO_WIDTH.sub("", broken)), count=1) if text else ""


def _ungarbled(text: str) -> str:
    return text if text.isascii() else _GARBLED.sub(lambda found: _decoded(found[0]), text)


def _decoded(run: str) -> str:
    """Read letters again that are UTF-8 read as Windows' Latin letters; others stay."""
    try:
        right = b"".join(_byte(letter) for letter in run).decode("utf-8")
    except UnicodeError:
        return run
    # Whoever typed two odd letters on purpose did not spell a control character with them.
    return run if any(unicodedata.category(letter) in {"Cc", "Cn"} for letter in right) else right


def _byte(letter: str) -> bytes:
    return letter.encode("latin-1" if letter in _NO_CHARACTER else "cp1252")
