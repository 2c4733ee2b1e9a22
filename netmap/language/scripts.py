"""In which language a name is written, as far as its letters tell.

A register does not say in which language a name is. Its letters tell the script; which language it
is follows from the languages beside it, where one of them is written so. A screen reader then takes
the right voice and a browser the right letter shapes; otherwise only the script is said.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

# The first word of a letter's name in Unicode, and the script's ISO 15924 code.
_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "HANGUL": "Kore",
    "HEBREW": "Hebr",
    "HIRAGANA": "Jpan",
    "KANNADA": "Knda",
    "KATAKANA": "Jpan",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "MALAYALAM": "Mlym",
    "MONGOLIAN": "Mong",
    "MYANMAR": "Mymr",
    "NKO": "Nkoo",
    "ORIYA": "Orya",
    "SINHALA": "Sinh",
    "SYRIAC": "Syrc",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "THAANA": "Thaa",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
    "TIFINAGH": "Tfng",
}
# Chinese characters are part of more than one way of writing.
_HAN = {"Hani", "Hans", "Hant", "Jpan"}


def tag_of(text: str, languages: Iterable[str] = ()) -> str:
    """Say in which language a name is: of the script that most of its letters have.

    Args:
        text: The name.
        languages: BCP 47 tags of the languages it may be in, the likeliest first.

    Returns:
        One of `languages`, or ``und-`` and the script; nothing where Latin letters prevail.
    """
    if text.isascii():
        return ""
    letters = [_script(letter) for letter in text if letter.isalpha()]
    prevailing = max(sorted(set(letters)), key=letters.count, default="")
    return _language(prevailing, tuple(languages)) if prevailing else ""


def marked(text: str, languages: Iterable[str] = ()) -> Markup:
    """Set a name apart from the words around it, each part of it in its language.

    Args:
        text: The name.
        languages: BCP 47 tags of the languages it may be in, the likeliest first.

    Returns:
        A ``bdi`` element; everything in the name is escaped.
    """
    if text.isascii():
        return Markup("<bdi>{}</bdi>").format(text)
    known = tuple(languages)
    parts = [(part, _language(script, known) if script else "") for script, part in _runs(text)]
    if len(parts) == 1 and parts[0][1]:
        return Markup('<bdi lang="{}">{}</bdi>').format(parts[0][1], text)
    inner = Markup().join(
        Markup('<span lang="{}">{}</span>').format(tag, part) if tag else escape(part)
        for part, tag in parts
    )
    return Markup("<bdi>{}</bdi>").format(inner)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Part a text by script; what has none stays with what it stands behind, blanks at the end."""
    scripts, last = [], ""
    for letter in text:
        last = _script(letter) if letter.isalpha() else last
        scripts.append(last)
    for script, letters in groupby(zip(scripts, text, strict=True), key=lambda pair: pair[0]):
        part = "".join(letter for _, letter in letters)
        kept = part.rstrip() if script else part
        yield script, kept
        if kept != part:
            yield "", part[len(kept) :]


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """Name a letter's script; nothing for Latin letters and for scripts not known here."""
    return _SCRIPTS.get(
        unicodedata.name(letter, "").split(" ", maxsplit=1)[0].partition("-")[0], ""
    )


@lru_cache(maxsize=1024)
def _language(script: str, languages: tuple[str, ...]) -> str:
    written = _HAN if script == "Hani" else {script}
    return next((tag for tag in languages if _written(tag) in written), f"und-{script}")


def _written(tag: str) -> str:
    """Say in which script a language is usually written; nothing where that is not known."""
    from babel.core import get_global  # noqa: PLC0415  # only other scripts need it

    parts = tag.split("-")
    named = next((part for part in parts[1:] if len(part) == len("Arab")), "")
    if named.isalpha():
        return named.title()
    likely = str(get_global("likely_subtags").get(parts[0], ""))
    return next((part for part in likely.split("_")[1:] if len(part) == len("Arab")), "")
