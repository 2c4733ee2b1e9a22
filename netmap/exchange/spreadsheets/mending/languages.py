"""Languages by their English names, written as BCP 47 codes."""

import re

from netmap.exchange.draft import Outcome
from netmap.exchange.spreadsheets.mending.blanks import is_blank_word
from netmap.exchange.spreadsheets.mending.lists import by_commas
from netmap.exchange.spreadsheets.mending.outcomes import Remark, Understood, quoted
from netmap.findings import did_you_mean
from netmap.vocabulary.languages import LANGUAGE_NAMES, language_named, language_tag

_BETWEEN = re.compile(r"\s*(?:/|&|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"(.*?)\s*\(([^()]*)\)\s*")
_BESIDE = re.compile(r"\s+(?:language|speakers?|speaking|spoken)$", re.IGNORECASE)


def read_languages(text: str) -> Understood:
    """Read languages by name or code.

    Args:
        text: The cell, tidied.

    Returns:
        The codes joined by ``;`` in their order; an unknown language is left out, and said.
    """
    found: dict[str, None] = {}
    unknown: list[str] = []
    for item in (part for line in by_commas(text) for part in _BETWEEN.split(line)):
        name = item.strip(" .")
        code = _code(name)
        if code is not None:
            found[code] = None
        elif not is_blank_word(name):
            unknown.append(name)
    return Understood(";".join(found), tuple(_not_known(name) for name in unknown))


def _code(name: str) -> str | None:
    """Find the code for a name; in ``Kurdish (Sorani)`` the narrower one counts."""
    bare = _BESIDE.sub("", name.casefold())
    found = language_named(bare) or language_tag(name)
    around = _BRACKETS.fullmatch(bare)
    if found or around is None:
        return found
    return language_named(around[2].strip()) or language_named(around[1].strip())


def _not_known(name: str) -> Remark:
    message = f"{quoted(name)} is not a language netmap knows."
    hint = did_you_mean(name, LANGUAGE_NAMES) or "Write its code, as in en or ur."
    return Remark(Outcome.REFUSED, "unknown-language", message, hint)
