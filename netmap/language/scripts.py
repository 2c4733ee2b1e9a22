"""In which language a name is written, as far as its letters tell.

A register does not say in which language a name is. Its letters tell the script; which language it
is follows from the languages beside it, where one of them is written so. A screen reader then takes
the right voice and a browser the right letter shapes; otherwise only the script is said.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import groupby

from markupsafe import escape

from netmap.language.texts import current

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
# The first letter of them all is Greek.
_OTHER = re.compile(
    r"[\u0370-\u1dff\u2c80-\udfff\uf900-\ufaff\ufb13-\ufdff\ufe70-\ufefe"
    r"\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
# Text between tags; what stands in these elements is no text, or may hold no element.
_SEEN = re.compile(
    r"<(script|style|title|option|textarea|text)\b.*?</\1>|>(?P<text>[^<]+)", re.DOTALL
)


def spoken(names: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Say in which language the parts of names in other letters are.

    Args:
        names: Each name, and the BCP 47 tags of the languages beside it, the likeliest first.

    Returns:
        The part, as it stands in HTML, and its tag, where a language beside it is written so.
    """
    known: dict[str, str] = {}
    for name, languages in names:
        if not name.isascii():
            tags = tuple(languages)
            for script, part in _runs(str(escape(name))):
                tag = _language(script, tags) if script else ""
                if tag and not tag.startswith("und-"):
                    known.setdefault(part, tag)
    return known


def in_other_letters(text: str) -> bool:
    """Tell whether a text has any letter that is not Latin."""
    return _OTHER.search(text) is not None


def own_script() -> str:
    """Say in which script the language in force is written, by its ISO 15924 code."""
    return _written(current().language)


def in_languages(html: str, known: Mapping[str, str]) -> str:
    """Mark all that a page says in other letters than its own with the language it is in.

    Args:
        html: The page.
        known: What :func:`spoken` knows of the names on it.

    Returns:
        The page, with a ``bdi`` element around each run of other letters that people see.
    """
    if not in_other_letters(html):
        return html
    own = own_script()

    def parts(text: str) -> Iterator[str]:
        for script, part in _runs(text):
            if not script or script == own:
                yield part
            else:
                tag = known.get(part) or f"und-{script}"
                yield f'<bdi lang="{tag}">{part}</bdi>'

    def seen(found: re.Match[str]) -> str:
        text = found["text"]
        return (
            found[0] if text is None or not in_other_letters(text) else ">" + "".join(parts(text))
        )

    return _SEEN.sub(seen, html)


def script() -> str:
    """Read the script that does the same to what scripts write: ``netmapLanguages``."""
    return _own("languages.js")


def folding() -> str:
    """Read the script by which searches compare: ``netmapFold`` and ``netmapRank``."""
    return _own("folding.js")


def _own(name: str) -> str:
    text = files("netmap.language").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Part a text by script; what has none stands apart, unless it is between letters of one."""
    scripts, last = [], ""
    for letter in text:
        last = _script(letter) if letter.isalpha() else last
        scripts.append(last)
    for script, letters in groupby(zip(scripts, text, strict=True), key=lambda pair: pair[0]):
        part = "".join(letter for _, letter in letters)
        kept = part[: _end(part)] if script else part
        yield script, kept
        if kept != part:
            yield "", part[len(kept) :]


def _end(text: str) -> int:
    """Find where the last letter of a text ends, with the marks on it."""
    return next(
        (at for at in range(len(text), 0, -1) if unicodedata.category(text[at - 1])[0] in "LM"), 0
    )


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
