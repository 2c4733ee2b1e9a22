"""Read a workspace's own words and translation, and check each text against the English one.

A text that would lose a value, or bring in markup the English text has not, is named and left out:
a page is never broken, or opened to somebody's script, by its words.
"""

import gettext as catalogues
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from netmap.errors import UnreadableFileError
from netmap.findings import Finding, Level, Place, did_you_mean
from netmap.language.figures import is_language, locale_of
from netmap.language.pseudo import PSEUDO_LANGUAGE, PseudoTexts
from netmap.language.texts import ENGLISH_LANGUAGE, Texts

if TYPE_CHECKING:
    from babel import Locale
    from babel.messages import Catalog
    from babel.messages.catalog import Message

_VALUES = re.compile(r"%\((\w+)\)s|%%|(%)")
_TAGS = re.compile(r"<[^>]*>?")
TEMPLATE: Final = "netmap.pot"


def load(
    language: str,
    own: Mapping[str, str],
    file: Path | None,
    settings_file: str,
    shown: str,
) -> tuple[Texts, list[Finding]]:
    """Put the texts of a workspace together.

    Args:
        language: BCP 47.
        own: The workspace's own words, by the English text.
        file: The translation, a gettext ``.po`` file; None where there is none.
        settings_file: What the file of `own` is called.
        shown: What `file` is, or would be, called.

    Returns:
        The texts, and a finding for each text that was left out.

    Raises:
        UnreadableFileError: The translation is not a ``.po`` file.
    """
    words, findings = _own(own, settings_file) if own else ({}, [])
    if language == PSEUDO_LANGUAGE:
        return PseudoTexts(language), findings
    if language.split("-", maxsplit=1)[0] == "en" and file is None:
        return Texts(ENGLISH_LANGUAGE if language == "en" else language, own=words), findings
    if file is None:
        advice = f"netmap texts --output {shown}"
        missing = f"there are no texts in '{language}'. Begin a translation with: {advice}"
        place = Place(settings_file, None, "language")
        return Texts(own=words), [*findings, Finding(Level.WARNING, "no-texts", missing, place)]
    if not is_language(language):
        unknown = f"'{language}' is no language whose days and numbers are known; English is shown"
        place = Place(settings_file, None, "language")
        return Texts(own=words), [*findings, Finding(Level.WARNING, "no-texts", unknown, place)]
    locale = locale_of(language)
    catalogue, left_out = _catalogue(file, shown, locale)
    symbols = locale.number_symbols["latn"]
    return (
        Texts(
            language=language,
            right_to_left=locale.text_direction == "rtl",
            own=words,
            translations=_translations(catalogue),
            thousands=symbols["group"],
            decimals=symbols["decimal"],
        ),
        [*findings, *left_out],
    )


@cache
def shipped() -> "Catalog":
    """Read the catalogue: every text netmap shows, in English."""
    from babel.messages.pofile import read_po  # noqa: PLC0415  # few commands need it

    text = files("netmap.language").joinpath(TEMPLATE).read_bytes()
    return read_po(io.BytesIO(text))


def english_texts() -> dict[str, tuple[str, ...]]:
    """List every English text with all its forms: two where it goes with a count."""
    known = (_forms(message.id) for message in shipped() if message.id)
    return {text: forms for forms in known for text in forms}


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def _left_out(place: Place, message: str) -> Finding:
    return Finding(Level.WARNING, "bad-text", f"{message}; it is left out.", place)


def _own(own: Mapping[str, str], file: str) -> tuple[dict[str, str], list[Finding]]:
    known = english_texts()
    words, findings = {}, []
    for text, instead in own.items():
        place = Place(file, None, "texts")
        if text not in known:
            found = _left_out(place, f"'{text}' is no text of netmap's")
            findings.append(replace(found, hint=did_you_mean(text, known)))
        elif faults := list(faults_of(known[text], instead)):
            findings += [_left_out(place, fault) for fault in faults]
        else:
            words[text] = instead
    return words, findings


def faults_of(english: Iterable[str], instead: str) -> Iterator[str]:
    """Say what is wrong with a text that is to stand for an English one, or for either of two."""
    forms = tuple(english)
    wanted = [_values(text) for text in forms]
    # "One thing" needs no figure.
    spare = {"count"} if len(forms) > 1 else set()
    given, strays = _values(instead), [found[2] for found in _VALUES.finditer(instead) if found[2]]
    if strays:
        yield f"'{instead}' has a stray %; write a per cent sign as %%"
    elif not any(
        given.keys() == one.keys() or given.keys() == one.keys() - spare for one in wanted
    ):
        names = ", ".join(f"%({name})s" for name in sorted(set().union(*wanted)))
        yield f"'{instead}' needs just these values: {names or 'none'}"
    tags = Counter(_TAGS.findall(instead))
    if all(tags != Counter(_TAGS.findall(text)) for text in forms):
        yield f"'{instead}' needs the same tags as the English text, and no < besides"


def _values(text: str) -> Counter[str]:
    return Counter(found[1] for found in _VALUES.finditer(text) if found[1])


def _catalogue(file: Path, shown: str, locale: "Locale") -> "tuple[Catalog, list[Finding]]":
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        with file.open("rb") as opened:
            catalogue = read_po(opened, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError, OSError) as error:
        raise UnreadableFileError(file, str(error)) from error
    findings = []
    for message in list(catalogue):
        if message.id and (faults := list(_wrong(message))):
            place = Place(shown, message.lineno)
            findings += [_left_out(place, fault) for fault in faults]
            catalogue.delete(message.id, message.context)
    return catalogue, findings


def _wrong(message: "Message") -> Iterator[str]:
    # An empty text is one nobody has translated yet; one marked fuzzy is a guess.
    for text in _forms(message.string):
        if text and not message.fuzzy:
            yield from faults_of(_forms(message.id), text)


def _translations(catalogue: "Catalog") -> catalogues.GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415

    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)
