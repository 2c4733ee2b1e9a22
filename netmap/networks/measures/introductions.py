"""Who could introduce one organisation to another, or to those who are for a community."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from netmap.networks.graph import ties_only
from netmap.networks.measures.naming import organisation_called, organisation_or_community
from netmap.networks.measures.serving import communities_of
from netmap.networks.register import Register
from netmap.vocabulary import Vocabulary

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Step:
    """From one organisation to the next.

    Attributes:
        one: Who asks to be introduced, or introduces.
        other: To whom.
        forth: The kinds of their ties that go this way, each once, by name.
        back: The kinds of those that go the other way.
    """

    one: str
    other: str
    forth: tuple[str, ...]
    back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Door:
    """An organisation that leads to the goal: the goal itself, or one that is for a community.

    Attributes:
        id: The organisation.
        led_by: The communities, at or near the goal, that lead it.
        serves: Those that its activities are for.
    """

    id: str
    led_by: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Introductions:
    """The shortest ways from an organisation to another, or to the nearest for a community.

    Attributes:
        start: The organisation that asks.
        goal: The organisation or the community.
        community: Whether the goal is a community.
        itself: Whether the organisation that asks is the goal, or is for the community.
        doors: How many others lead to the goal, whether or not they can be reached.
        unowned: How many activities are for the community of which no organisation is recorded.
        reached: The nearest of these: all that are equally near, by id.
        steps: How many steps away they are; None where nobody leads there.
        ways_in_all: How many equally short ways there are.
        ways: The ways, by the ids along them; of very many the first.
    """

    start: str
    goal: str
    community: bool
    itself: bool
    doors: int
    unowned: int
    reached: tuple[Door, ...]
    steps: int | None
    ways_in_all: int
    ways: tuple[tuple[Step, ...], ...]


def between(
    register: Register,
    start: str,
    goal: str,
    communities: Vocabulary | None = None,
    *,
    most: int = 5,
) -> Introductions:
    """Find the shortest ways of introduction.

    Args:
        register: The network.
        start: An organisation's id or name.
        goal: The same, or a community by any of its names; an organisation called so comes first.
        communities: The communities; without them only organisations are known.
        most: How many ways to tell at most.

    Returns:
        All ways of the fewest steps, ties taken in both directions, in steady order. A community
        is reached with the nearest other organisation that it leads, or that serves it, a wider
        or a narrower one.

    Raises:
        UnknownNameError: No organisation, or community, is called that.
    """
    first = organisation_called(register, start)
    code, community = organisation_or_community(register, goal, communities)
    doors, unowned = {code: Door(code)}, 0
    if communities and community:
        near = {code, *communities.ancestors(code), *communities.descendants(code)}
        doors = _doors(register, near)
        unowned = sum(
            one.communities_known and not near.isdisjoint(one.communities)
            for one in register.provision
            if one.organisation is None
        )
    graph = ties_only(register)
    away, number = _distances(graph, set(doors) - {first}, first)
    shown = list(islice(_ways(graph, away, first), most)) if first in away else []
    ends = _ends(graph, away, first) if first in away else ()
    return Introductions(
        start=first,
        goal=code,
        community=community,
        itself=first in doors,
        doors=len(doors) - (first in doors),
        unowned=unowned,
        reached=tuple(doors[one] for one in ends),
        steps=away.get(first),
        ways_in_all=number.get(first, 0),
        ways=_with_kinds(register, shown),
    )


def _doors(register: Register, near: set[str]) -> dict[str, Door]:
    """Find who leads to any of some communities."""

    def only_near(codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in codes if one in near)

    found = (
        Door(one, only_near(those.led_by), only_near(those.serves))
        for one, those in communities_of(register).items()
    )
    return {door.id: door for door in found if door.led_by or door.serves}


def _distances(
    graph: "nx.Graph[str]", goals: set[str], start: str
) -> tuple[dict[str, int], dict[str, int]]:
    """Count steps to the nearest goal, and the shortest ways there, until the start is met."""
    away, number = dict.fromkeys(goals, 0), dict.fromkeys(goals, 1)
    edge, steps = goals, 0
    while edge and start not in away:
        steps += 1
        further: dict[str, int] = {}
        for one in edge:
            for other in graph[one]:
                if other not in away:
                    further[other] = further.get(other, 0) + number[one]
        away.update(dict.fromkeys(further, steps))
        number.update(further)
        edge = set(further)
    return away, number


def _nearer(graph: "nx.Graph[str]", away: Mapping[str, int], one: str) -> list[str]:
    return sorted(other for other in graph[one] if away.get(other) == away[one] - 1)


def _ways(graph: "nx.Graph[str]", away: Mapping[str, int], start: str) -> Iterator[tuple[str, ...]]:
    """Go every shortest way, in the order of the ids along them."""
    path = [(start, iter(_nearer(graph, away, start)))]
    while path:
        following = next(path[-1][1], None)
        if following is None:
            path.pop()
            continue
        path.append((following, iter(_nearer(graph, away, following))))
        if not away[following]:
            yield tuple(one for one, _ in path)


def _ends(graph: "nx.Graph[str]", away: Mapping[str, int], start: str) -> tuple[str, ...]:
    edge = {start}
    for _ in range(away[start]):
        edge = {other for one in edge for other in _nearer(graph, away, one)}
    return tuple(sorted(edge))


def _with_kinds(
    register: Register, ways: Iterable[tuple[str, ...]]
) -> tuple[tuple[Step, ...], ...]:
    """Say along each way how those who follow one another are tied."""
    pairs = [list(pairwise(way)) for way in ways]
    kinds: dict[tuple[str, str], set[str]] = {
        either: set() for way in pairs for pair in way for either in (pair, pair[::-1])
    }
    for tie in register.current_ties:
        ends = tie.source_organisation, tie.target_organisation
        if ends in kinds:
            kinds[ends].add(tie.kind)
    return tuple(
        tuple(Step(a, b, tuple(sorted(kinds[a, b])), tuple(sorted(kinds[b, a]))) for a, b in way)
        for way in pairs
    )
