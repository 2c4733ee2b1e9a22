"""What organisations have in common, said in words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from netmap.gaps.context import listed, plural

if TYPE_CHECKING:
    from netmap.networks.measures import InCommon, Shared
    from netmap.networks.register import Register
    from netmap.vocabulary import Vocabularies

# How far to set a line in, in characters, and the line.
Line = tuple[int, str]

_LINES = 15
_NOTHING = {
    "activities": "No two organisations deliver something together that is recorded.",
    "advisers": "No adviser advises two organisations.",
    "venues": "No venue is recorded where the activities of two organisations meet.",
    "topics": "No topic is recorded that two organisations advise on or offer something about.",
}


def shared_in_words(
    register: "Register", found: "Shared", words: "Vocabularies", *, every: bool
) -> Iterator[Line]:
    """Say what is shared and by whom, then who shares most and is not tied."""
    if not found.things:
        yield 0, _NOTHING[found.by]
        return
    name = {one.id: one.name for one in register.organisations}
    titles = {one.thing: _title(register, one, words) for one in found.things}
    most = None if every else _LINES
    yield 0, f"{found.by.capitalize()} that organisations share:"
    for one in found.things[:most]:
        who = listed((name[each] for each in one.organisations), most or len(one.organisations))
        yield 2, f"{titles[one.thing]}: {who}"
    yield from _untied(found, name, titles, most)
    if found.common:
        common = listed(titles[thing] for thing in found.common)
        yield 0, f"Shared by so many that they make no pairs: {common}."
    untied = sum(not pair.tied for pair in found.pairs)
    if most is not None and max(len(found.things), untied) > most:
        yield 0, "--all lists the rest."


def _untied(
    found: "Shared", name: Mapping[str, str], titles: Mapping[str, str], most: int | None
) -> Iterator[Line]:
    untied = [pair for pair in found.pairs if not pair.tied]
    tied = len(found.pairs) - len(untied)
    yield 0, f"{plural(len(found.pairs), 'pair')} in all, {tied:,} of them tied to each other."
    if untied:
        yield 0, "Not tied, those with most in common first:"
    for pair in untied[:most]:
        things = ", ".join(titles[thing] for thing in pair.things)
        yield 2, f"{name[pair.one]} and {name[pair.other]}: {things}"


def _title(register: "Register", one: "InCommon", words: "Vocabularies") -> str:
    match one.kind:
        case "topic":
            return words["topic"].label(one.thing)
        case "part_of":
            return register.activity[one.thing].name
        case "advises":
            return register.organisation[one.thing].name
        case "venue":
            return one.thing
        case _:
            return words["tie_kind"].label(one.kind)
