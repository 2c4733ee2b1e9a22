"""Register numbers as identifiers that mean the same body in everybody's data.

The prefixes are those of org-id.guide: ``GB-CHC`` for charities in England and Wales, ``GB-SC`` in
Scotland, ``GB-NIC`` in Northern Ireland, ``GB-COH`` for companies.
"""

import re

_BEFORE = (
    r"(?:(?:uk\s*)?(?:reg(?:istered|istration|\.)?\s*)?(?:charity|company)?"
    r"\s*(?:number|no\.?|#)?\s*:?\s*)"
)
_ENGLISH = re.compile(rf"{_BEFORE}(\d{{6,7}})(?:-0)?", re.IGNORECASE)
_SCOTTISH = re.compile(rf"{_BEFORE}(SC\s*0\d{{5}})", re.IGNORECASE)
_IRISH = re.compile(rf"{_BEFORE}NIC?\s*(1\d{{5}})", re.IGNORECASE)
_COMPANY = re.compile(rf"{_BEFORE}(\d{{5,8}}|[A-Z]{{2}}\s*\d{{6}})", re.IGNORECASE)
_PREFIXED = re.compile(r"([A-Z]{2}-[A-Z]{2,6})-(.+)", re.IGNORECASE)
_DIGITS = 8
_LONGEST = 80


def charity_id(text: str) -> str | None:
    """Make an identifier of a charity number; None where the whole text is not one."""
    text = _short(text)
    if found := _SCOTTISH.fullmatch(text):
        return f"GB-SC-{_squeezed(found[1])}"
    if found := _IRISH.fullmatch(text):
        return f"GB-NIC-{found[1]}"
    found = _ENGLISH.fullmatch(text)
    return f"GB-CHC-{found[1]}" if found else None


def company_id(text: str) -> str | None:
    """Make an identifier of a company number, with its leading zeros; None where it is none."""
    found = _COMPANY.fullmatch(_short(text))
    return f"GB-COH-{_squeezed(found[1]).zfill(_DIGITS)}" if found else None


def tidy_identifier(text: str) -> str:
    """Write an identifier the usual way: its prefix in capitals, no blanks."""
    text = "".join(text.split())
    found = _PREFIXED.fullmatch(text)
    return f"{found[1].upper()}-{found[2]}" if found else text


def _short(text: str) -> str:
    # Whoever writes more than this wrote a sentence, which holds no number to rely on.
    return " ".join(text.split()) if len(text) <= _LONGEST else ""


def _squeezed(text: str) -> str:
    return "".join(text.split()).upper()
