"""Sheets that list people beside what they belong to: what is said of people is not a group's.

A register holds organisations, never people. Columns that name them are kept for staff as any that
is not known, and said; what they say of themselves never becomes whom an activity is for.
"""

import re
from collections.abc import Sequence

from netmap.exchange.spreadsheets import headings
from netmap.networks.personal_data import equality_headings, person_headings

_OF_PEOPLE = frozenset(
    {"firstname", "forename", "surname", "lastname", "familyname", "yourname", "pronouns"}
    | {"dob", "dateofbirth", "nhsnumber", "nextofkin", "jobtitle", "position", "jobrole"}
    | {"participantname", "clientname", "membername", "staffname", "volunteername"}
)
_THEIR_NAME = frozenset({"name", "fullname", "names"})
_SAID_OF_THEM = frozenset({"age", "language", "languages", "languagesspoken", "firstlanguage"})
_OF_A_GROUP = re.compile(r"\b(?:served|supported|target\w*|aimed|for|who|groups|communit\w+)\b")


def lists_people(listed: Sequence[str]) -> bool:
    """Tell by its headings whether a sheet has a person in each row."""
    return any(headings.key(text) in _OF_PEOPLE for text in listed)


def is_of_person(heading: str) -> bool:
    """Tell whether a heading, on such a sheet, is over people's names, or what they are."""
    key = headings.key(heading)
    if key in _THEIR_NAME or key in _SAID_OF_THEM:
        return True
    about = equality_headings([heading])
    return bool(about) and _OF_A_GROUP.search(" ".join(headings.words(heading))) is None


def said_of_people(listed: Sequence[str]) -> str:
    """Say which columns name people; nothing where none does."""
    named = [text for text in listed if text and headings.key(text) in _OF_PEOPLE]
    named += [text for text in person_headings(listed) if text and text not in named]
    if not named:
        return ""
    those = ", ".join(repr(text) for text in named)
    about = [text for text in equality_headings(listed) if text not in named]
    if not about:
        return f"people stand under {those}; it is kept for staff only."
    beside = ", ".join(repr(text) for text in about)
    return f"people stand under {those}, and beside them {beside}; it is kept for staff only."
