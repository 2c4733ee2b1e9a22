"""What looks like data about a person: people are not modelled, and must not slip in.

An equality column (ethnicity, religion, health) beside a column of people's names says of a named
person what the law protects most; an email address with a person's name in it is that person's.
Both are pointed out by ``check``; what is done about them is for people to decide.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Any

from netmap.findings import Finding, Level, Place
from netmap.networks.models import Organisation
from netmap.networks.records import Record, Sensitive

_PERSON = re.compile(
    r"\b(?:contact|leader'?s?|lead|first|last|full|fore|facilitator|co-?ordinator|organiser|worker|"
    r"volunteer|trustee|chair|manager|staff|person'?s?|member'?s?|owner)s? ?(?:name|person)\b"
    r"|\b(?:sur|fore)name\b|\b(?:group leader|named contact|key contact|contact person)\b"
    r"|^(?:contact|leader|facilitator|co-?ordinator|organiser|chair|trustees?|manager)$"
)
_EQUALITY = re.compile(
    r"\b(?:ethnic(?:ity| group| origin| background)?|race|racial|nationality|religion|faith|belief|"
    r"sexual(?:ity| orientation)|gender(?: identity)?|trans(?:gender)?|disabilit(?:y|ies)|disabled|"
    r"health|diagnos[ie]s|immigration|asylum|refugee|date of birth|dob|pregnan\w+|marital)\b"
)
_TWO_NAMES = re.compile(r"[^\W\d_]+[._][^\W\d_]+")
_TELLING = 4
_ADDRESS = re.compile(r"([^\s@<>]+)@([\w.\-]+)")


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, frozenset[str]]:
    text = (resources.files("netmap.networks") / "personal_words.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


def _words(name: str) -> frozenset[str]:
    return _lists()[name]


def looks_personal(address: str, names: Sequence[str]) -> bool:
    """Tell whether an email address seems to be a person's rather than a body's.

    Args:
        address: The address.
        names: What the body goes by; a word of these in the address speaks for the body.

    Returns:
        True for ``sarah.khan@example.org``, and for an address of a free mail service with nothing
        of the body's name in it; False for ``info@``, ``office.leeds@`` and the like.
    """
    found = _ADDRESS.search(address)
    if not found:
        return False
    local, domain = found[1].casefold(), found[2].casefold().rstrip(".")
    if not _TWO_NAMES.fullmatch(local) and domain not in _words("free_mail"):
        return False
    parts = [part for part in re.split(r"[._\-+\d]+", local) if part]
    return bool(parts) and not any(_speaks_for_body(part, names) for part in parts)


def _speaks_for_body(part: str, names: Sequence[str]) -> bool:
    """Tell whether a part of an address is a role, or is of what the body goes by."""
    words = [word for name in names for word in re.findall(r"\w+", name.casefold())]
    initials = {"".join(word[0] for word in name.casefold().split()) for name in names}
    return (
        part in _words("roles")
        or part in initials
        or (len(part) > 1 and part in words)
        or any(len(word) >= _TELLING and word in part for word in words)
    )


def person_headings(headings: Sequence[str]) -> list[str]:
    """Choose the headings of columns that hold people's names, in their order."""
    return [heading for heading in headings if _PERSON.search(_plain(heading))]


def equality_headings(headings: Sequence[str]) -> list[str]:
    """Choose the headings of columns that say what equality law protects, in their order."""
    return [heading for heading in headings if _EQUALITY.search(_plain(heading))]


def _plain(heading: str) -> str:
    return re.sub(r"[\s_:*]+", " ", heading.casefold()).strip()


def personal_findings(rows: Mapping[str, Sequence[Any]]) -> Iterator[Finding]:
    """Point out what looks like data about people.

    Args:
        rows: Table to its rows.

    Yields:
        One finding for each table with an equality column beside people's names, and one for each
        address that looks like a person's, in the order of tables and rows.
    """
    for table in rows.values():
        yield from _columns_together(table)
        yield from _addresses(table)


def _columns_together(table: Sequence[Record]) -> Iterator[Finding]:
    """Compare the headings of people's own columns; a column known to netmap is about a body."""
    headings: dict[str, Place] = {}
    led = any(row.led_by for row in table if isinstance(row, Organisation))
    for row in table:
        for heading in row.extra:
            headings.setdefault(heading, row.at)
    people = person_headings(list(headings))
    about = [heading for heading in equality_headings(list(headings)) if heading not in people]
    about += ["led_by"] if led else []
    if not people or not about:
        return
    place = Place(headings[people[0]].file, 1, about[0])
    message = (
        f"'{about[0]}' stands beside '{people[0]}': together they may tell a named person's "
        "ethnicity, religion, health or the like."
    )
    hint = "Keep names of people out of the register; netmap has no use for them."
    yield Finding(Level.WARNING, "equality-beside-name", message, place, about[0], hint)


def _addresses(table: Sequence[Record]) -> Iterator[Finding]:
    for row in table:
        email = row.email if isinstance(row, Sensitive) else None
        if not email:
            continue
        names = [getattr(row, "name", ""), *getattr(row, "aliases", ())]
        if not looks_personal(email, names):
            continue
        public = getattr(row, "contact", None) in {"public", "partners"}
        shown = f"and it is shown ('contact' is {getattr(row, 'contact', '')})" if public else ""
        message = f"the address looks like one person's{' ' if shown else ''}{shown}."
        hint = "Is there one for the group, such as info@? Ask before it is shared."
        place = replace(row.at, column="email")
        yield Finding(Level.WARNING, "personal-email", message, place, email, hint)
