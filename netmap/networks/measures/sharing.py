"""Who has things in common: organisations joined by what they share, not by ties.

Each answer is a one-mode projection of a two-mode network (Borgatti and Everett 1997): things on
one side, organisations on the other, and two organisations belong together by the things both
have.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from netmap.networks.graph import ties_only
from netmap.networks.register import Register

# The kind of a thing, the thing, and an organisation that has it.
Held = tuple[str, str, str]
By = Literal["activities", "advisers", "venues", "topics"]

# What more than so many share says little of any two of them.
COMMON = 100
_ADVISES = "advises"
_TOGETHER = frozenset({"co_delivers", "shares_resource"})


@dataclass(frozen=True, slots=True)
class InCommon:
    """One thing that organisations share.

    Attributes:
        kind: Which of a register's words for it: ``co_delivers``, ``shares_resource``, ``part_of``,
            ``advises``, ``venue`` or ``topic``.
        thing: The adviser's or the whole activity's id, the topic, the venue and its area; of a
            tie the ids of its ends.
        organisations: Who share it, by id; two at least.
    """

    kind: str
    thing: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two organisations with something in common.

    Attributes:
        one: The first by id.
        other: The other.
        things: What they share, in order.
        tied: Whether they are tied to each other as well.
    """

    one: str
    other: str
    things: tuple[str, ...]
    tied: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What organisations have in common, of one kind.

    Attributes:
        by: Which kind.
        things: What is shared, by most organisations first, then by name.
        pairs: Who share it, most things first, then by ids.
        common: Things that more than :data:`COMMON` share, which make no pairs.
    """

    by: By
    things: tuple[InCommon, ...]
    pairs: tuple[Pair, ...]
    common: tuple[str, ...]


def shared(register: Register, by: By) -> Shared:
    """Find which organisations have things in common.

    Args:
        register: The network.
        by: ``activities``: they deliver something together (ties of kind ``co_delivers`` and
            ``shares_resource``; one's activity is part of the other's); ``advisers``: one
            organisation advises both; ``venues``: their current activities meet at one venue of
            one area; ``topics``: they advise on a topic or have current activities about it.
    """
    having: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, thing, organisation in _SOURCES[by](register):
        having[kind, thing].add(organisation)
    things = [
        InCommon(*key, tuple(sorted(those))) for key, those in having.items() if len(those) > 1
    ]
    things.sort(key=lambda one: (-len(one.organisations), one.thing, one.kind))
    common = tuple(one.thing for one in things if len(one.organisations) > COMMON)
    pairs = _pairs(register, (one for one in things if one.thing not in common))
    return Shared(by, tuple(things), pairs, common)


def _pairs(register: Register, things: Iterable[InCommon]) -> tuple[Pair, ...]:
    graph = ties_only(register)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for thing in things:
        for pair in combinations(thing.organisations, 2):
            found[pair].append(thing.thing)
    pairs = [
        Pair(one, other, tuple(sorted(those)), graph.has_edge(one, other))
        for (one, other), those in found.items()
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair.things), pair.one, pair.other)))


def _activities(register: Register) -> Iterator[Held]:
    for tie in register.current_ties:
        if tie.kind in _TOGETHER:
            ends = sorted((tie.source_organisation, tie.target_organisation))
            for end in ends:
                yield tie.kind, " ".join(ends), end
    for part in register.provision:
        whole = register.activity.get(part.part_of or "")
        if whole and part.organisation and whole.organisation:
            yield "part_of", whole.id, part.organisation
            yield "part_of", whole.id, whole.organisation


def _advisers(register: Register) -> Iterator[Held]:
    for tie in register.current_ties:
        if tie.kind == _ADVISES and tie.source_organisation != tie.target_organisation:
            yield tie.kind, tie.source_organisation, tie.target_organisation


def _venues(register: Register) -> Iterator[Held]:
    written: dict[tuple[str, str], str] = {}
    for one in register.provision:
        area = register.area_of(one)
        if one.venue and one.organisation and not one.remote:
            key = " ".join(one.venue.split()).casefold(), area or ""
            place = f" ({register.areas.name(area)})" if area else ""
            venue = written.setdefault(key, " ".join(one.venue.split()) + place)
            yield "venue", venue, one.organisation


def _topics(register: Register) -> Iterator[Held]:
    for tie in register.current_ties:
        if tie.kind == _ADVISES and tie.topic:
            yield "topic", tie.topic, tie.source_organisation
    for one in register.provision:
        if one.organisation:
            yield from (("topic", topic, one.organisation) for topic in one.topics)


_SOURCES: Mapping[By, Callable[[Register], Iterator[Held]]] = {
    "activities": _activities,
    "advisers": _advisers,
    "venues": _venues,
    "topics": _topics,
}
