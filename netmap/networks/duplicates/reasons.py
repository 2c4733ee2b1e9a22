"""Why two organisations may be one body, and what speaks against it, in plain words."""

from collections.abc import Iterable

from netmap.networks.duplicates.differences import Difference
from netmap.networks.duplicates.evidence import (
    ALIKE,
    Names,
    Support,
    postcodes_differ,
    same_place,
)
from netmap.networks.duplicates.traits import Traits
from netmap.networks.duplicates.words import Words


def name_reason(names: Names) -> list[str]:
    """Say how the names agree."""
    kind, score = names.compared.difference, names.compared.score
    endings = dict.fromkeys((*names.one.left_out, *names.other.left_out))
    differ = names.one.left_out != names.other.left_out
    verb = "is" if len(endings) == 1 else "are"
    without = f" once {_quoted(endings)} {verb} left out" if differ else ""
    whose = "" if names.main else f" ('{names.one.text}' and '{names.other.text}')"
    if kind is Difference.ACRONYM:
        return [f"one name has the initials of the other{whose}"]
    if kind is Difference.BRANCH:
        return [f"one name is the other with {_quoted(names.compared.words)} added"]
    if names.exact:
        aside = " apart from what is in brackets" if names.compared.tail_only else ""
        if names.main:
            return [f"the names are the same{aside}{without}"]
        return [f"'{names.other.text}' is a name of both"]
    if kind is Difference.CONTRAST or score < ALIKE:
        tail = kind is Difference.LONGER and names.compared.tail_only
        return ["one name is the beginning of the other" if tail else "different names"]
    return [f"the names are {score} % alike{without}{whose}"]


def _quoted(items: Iterable[str]) -> str:
    *rest, last = [f"'{item}'" for item in items]
    return f"{', '.join(rest)} and {last}" if rest else last


def place_reason(
    one: Traits, other: Traits, names: Names, support: Support, words: Words
) -> list[str]:
    """Say what is known of the places where a name is the same; not knowing is said where alone."""
    if not names.exact:
        return []
    same = same_place(one, other, words)
    if same:
        if one.area and one.area == other.area:
            return [f"the same area {words.areas.name(one.area) if words.areas else one.area}"]
        if one.district and one.district == other.district:
            return [] if one.postcode == other.postcode else [f"the same district {one.district}"]
        if one.area and other.area:
            return ["the area of one lies in that of the other"]
        return ["the same spot on the map"]
    if same is None and not support.words:
        missing = [t for t in (one, other) if not t.placed]
        if len(missing) == 2:  # noqa: PLR2004  # both
            return ["neither says where it is"]
        return ["one does not say where it is" if missing else "their places cannot be compared"]
    return []


def against(one: Traits, other: Traits, words: Words) -> list[str]:
    """Say what speaks against two organisations being one."""
    found = []
    if postcodes_differ(one, other):
        found.append(f"different postcodes {one.postcode} and {other.postcode}")
    if one.area and other.area and not same_place(one, other, words):
        found.append(f"different areas {one.area} and {other.area}")
    return found
